"""What an operator writes down, read strictly at the start: the notices as data, providers, closings, settings."""
