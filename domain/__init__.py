"""The nouns of the counter: frozen values, standard library only."""
