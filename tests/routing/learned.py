"""A model without scikit-learn: an n-gram speaks for the items whose examples hold it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from routing.opinion import Model, digest_examples, list_grams


def make_model(examples: Sequence[tuple[str, str]], *, weight: float = 9.0, version: str = "0001-test") -> Model:
    """Return a model that pairs of item and text make; ``weight`` is how sure it is."""
    items = sorted({item for item, _ in examples})
    grams = {gram: column for column, gram in enumerate(sorted({g for _, text in examples for g in list_grams(text)}))}
    weights = np.zeros((len(items), len(grams)))
    for item, text in examples:
        for gram in list_grams(text):
            weights[items.index(item), grams[gram]] = weight
    idf, bias = np.ones(len(grams)), np.zeros(len(items))
    return Model(digest_examples(examples), tuple(items), grams, idf, weights, bias, version)
