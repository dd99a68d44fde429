"""A second opinion on a mail's item, learned from examples: shown beside the rules' evidence, never deciding alone.

A linear model of character n-grams. Teaching it needs scikit-learn (``youban[learn]``); asking it only numpy. It is
kept as plain numbers: nothing in such a file can run when it is read.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from domain.catalogue import Catalogue
from domain.decisions import Acknowledge, AskForMaterials, Decided, Guide, Ignore, Triage
from domain.mail import Message
from domain.routing import Checklist, Evidence, Opinion, Rival
from domain.text import fold
from routing.situation import words_of

if TYPE_CHECKING:  # imported where it is needed: routing itself works without
    import numpy as np
    from numpy.typing import NDArray

FORMAT = 1
"""Of the file. Also to be raised when ``list_grams`` changes: the numbers would belong to other n-grams."""
NO_ITEM = "none"
"""What an example says that is about nothing in the catalogue."""
STRONG = 0.5
"""Surer of another item than of all the rest together, the model hands a mail to a clerk.

With the shipped examples it is as sure as that of three mails in five, and then hardly ever against the rules.
"""
OPINION_RULE = "hand_over_other_opinion"
"""``Decided.rule`` of a mail that the rules would have answered and the model sent to a clerk."""

_LONGEST_GRAM = 3
_SHOWN = 6
_MOST_TEXT = 2_000  # What is wanted stands at the beginning; the rest is addresses and thanks.
_MOST_BYTES = 256 * 2**20
_RUN = re.compile(r"[^\W\d_]+")
_PARTS = ("format", "taught", "items", "grams", "idf", "weights", "bias")


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """What was learned. ``taught`` is a digest of the examples: the same examples teach the same model.

    ``weights`` has a row for each of ``items`` and a column for each of ``grams``; ``version`` is the name under which
    the model is kept.
    """

    taught: str
    items: tuple[str, ...]
    grams: Mapping[str, int]
    idf: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]
    version: str = ""

    def tell(self, text: str, among: Collection[str]) -> Opinion | None:
        """Return the likeliest of some items, None where nothing in the text was ever seen or no item is known."""
        import numpy as np

        rows = [n for n, item in enumerate(self.items) if item in among or item == NO_ITEM]
        counted = Counter(gram for gram in list_grams(text) if gram in self.grams)
        if not counted or all(self.items[n] == NO_ITEM for n in rows):
            return None
        columns = [self.grams[gram] for gram in counted]
        # As TfidfVectorizer does with sublinear_tf and the Euclidean norm.
        values = (1 + np.log(np.array(list(counted.values()), dtype=np.float64))) * self.idf[columns]
        values /= np.linalg.norm(values)
        spoken = self.weights[np.ix_(rows, columns)] * values
        scores = spoken.sum(axis=1) + self.bias[rows]
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        best = int(shares.argmax())
        above = spoken[best] - spoken.mean(axis=0)
        told_by = _choose_telling(dict(zip(counted, map(float, above), strict=True)))
        return Opinion(self.items[rows[best]], round(float(shares[best]), 3), told_by, self.version)


def list_grams(text: str) -> list[str]:
    """Return the n-grams of a text, one to three characters, none across punctuation or digits."""
    runs = _RUN.findall("".join("。" if c.isspace() else c for c in text[:_MOST_TEXT]))
    folded = [fold(run) for run in runs]
    return [
        run[start : start + length]
        for run in folded
        for length in range(1, _LONGEST_GRAM + 1)
        for start in range(len(run) - length + 1)
    ]


def _choose_telling(weights: Mapping[str, float]) -> tuple[Evidence, ...]:
    """Return the n-grams that weigh most; a piece of one already chosen tells nothing more.

    For a reader a long one tells more than the characters that it is made of, so it stands for them.
    """
    chosen: list[Evidence] = []
    for gram in sorted(weights, key=lambda g: (-weights[g] * len(g), g)):
        if len(chosen) == _SHOWN or weights[gram] <= 0:
            break
        if not any(gram in other.what or other.what in gram for other in chosen):
            chosen.append(Evidence(gram, "opinion", round(weights[gram], 2)))
    return tuple(chosen)


def digest_examples(examples: Iterable[tuple[str, str]]) -> str:
    """Return what tells one set of pairs of item and text from another, whatever their order."""
    lines = sorted(f"{item}\x1f{text}" for item, text in examples)
    return hashlib.sha256("\x1e".join((str(FORMAT), *lines)).encode()).hexdigest()


def teach_model(examples: Sequence[tuple[str, str]]) -> Model:
    """Return the model that pairs of item and text teach; the same ones, the same model.

    Raises: ImportError when scikit-learn is not installed; ValueError with fewer than two items or no words at all.
    """
    import numpy as np

    # It has no types worth the name, and may not be installed at all.
    text, linear_model = (import_module(f"sklearn.{name}") for name in ("feature_extraction.text", "linear_model"))

    if len({item for item, _ in examples}) < 2:
        raise ValueError("examples of at least two items are needed")
    vectorizer: Any = text.TfidfVectorizer(analyzer=list_grams, sublinear_tf=True)
    vectors = vectorizer.fit_transform([words for _, words in examples])
    # Balanced: an item with many corrections is not therefore likelier. C is large because the texts are short and
    # few: with the usual 1 no opinion would ever be strong.
    learner: Any = linear_model.LogisticRegression(C=50.0, class_weight="balanced", max_iter=1000)
    learner.fit(vectors, [item for item, _ in examples])
    weights, bias = learner.coef_, learner.intercept_
    if len(learner.classes_) == 2:  # scikit-learn keeps one row for the second of two
        weights, bias = np.vstack((-weights, weights)) / 2, np.concatenate((-bias, bias)) / 2
    return Model(
        taught=digest_examples(examples),
        items=tuple(map(str, learner.classes_)),
        grams={str(gram): int(column) for gram, column in vectorizer.vocabulary_.items()},
        idf=vectorizer.idf_,
        weights=weights,
        bias=bias,
    )


def dump_model(model: Model) -> bytes:
    """Return a model as the bytes of an ``.npz`` file: arrays of numbers and texts, no pickle."""
    import numpy as np

    written = io.BytesIO()
    np.savez_compressed(
        written,
        format=np.array(FORMAT),
        taught=np.array(model.taught),
        items=np.array(model.items),
        grams=np.array(sorted(model.grams, key=model.grams.__getitem__)),
        idf=model.idf.astype(np.float32),
        weights=model.weights.astype(np.float32),
        bias=model.bias.astype(np.float32),
    )
    return written.getvalue()


def parse_model(data: bytes, *, version: str = "") -> Model:
    """Return the model that was dumped.

    Raises: ValueError saying that the bytes are no model, are damaged, or are of another format.
    """
    import numpy as np

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > _MOST_BYTES:
            raise ValueError(f"holds {size} bytes, more than any model")
        with np.load(io.BytesIO(data), allow_pickle=False) as held:
            if "format" in held and int(held["format"]) != FORMAT:
                raise _OtherFormatError(f"is of format {int(held['format'])}, this release reads {FORMAT}")
            parts = {name: held[name] for name in _PARTS}
    except _OtherFormatError:
        raise
    except (OSError, ValueError, TypeError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as exc:
        raise ValueError("is no model or is damaged") from exc
    items, grams = parts["items"], parts["grams"]
    shapes = [parts[name].shape for name in ("idf", "weights", "bias")]
    if shapes != [(grams.size,), (items.size, grams.size), (items.size,)] or len(set(grams.tolist())) != grams.size:
        raise ValueError("is damaged: its parts do not fit together")
    numbers = [parts[name] for name in ("idf", "weights", "bias")]
    if any(part.dtype.kind != "f" or not np.isfinite(part).all() for part in numbers):
        raise ValueError("is damaged: it holds something else than numbers")
    idf, weights, bias = (part.astype(np.float64) for part in numbers)
    return Model(
        taught=str(parts["taught"]),
        items=tuple(map(str, items.tolist())),
        grams={str(gram): column for column, gram in enumerate(grams.tolist())},
        idf=idf,
        weights=weights,
        bias=bias,
        version=version,
    )


class _OtherFormatError(ValueError):
    """The file is a model, of another release."""


def form_opinion(model: Model, message: Message, decided: Decided, catalogue: Catalogue) -> Opinion | None:
    """Return what the model thinks a mail is about, None where its words do not tell: an answer, or nothing for us.

    It chooses among the items of one agency only. Which agency is meant is told by the mailbox and by places, which the
    rules weigh and n-grams of other people's mails do not.
    """
    if decided.joins or isinstance(decided.decision, Ignore):
        return None
    item = decided.classification.item
    agency = catalogue.item(item).agency if item else decided.agency
    return model.tell(words_of(message), {i.code for i in catalogue.items if i.agency == agency})


def apply_opinion(decided: Decided, opinion: Opinion | None, catalogue: Catalogue) -> Decided:
    """Return the decision with the opinion, handed to a clerk where the model is sure of another item.

    That is all it can do: it lowers the margin, as far as its doubt goes. It never chooses an item, and lets no letter
    go that the rules held.
    """
    decided = replace(decided, opinion=opinion)
    if opinion is None or not is_contradicted(decided, opinion):
        return decided
    checklist = Checklist()
    match decided.decision:
        case Acknowledge(checked) | AskForMaterials(checked):
            checklist = checked
        case Guide():
            pass  # nothing was checked
        case Triage() | Ignore():
            return decided
    found = decided.classification
    others = tuple(rival for rival in found.rivals if rival.item != opinion.item)
    mine = next((rival for rival in found.rivals if rival.item == opinion.item), Rival(opinion.item, 0.0))
    told = "、".join(e.what for e in opinion.told_by)
    reason = (
        f"规则认为是“{catalogue.item(found.item).title}”,学习模型认为更像“{catalogue.item(opinion.item).title}”"
        f"({opinion.probability:.0%},依据:{told}),请人工判断。"
    )
    return replace(
        decided,
        decision=Triage(reason, checklist),
        rule=OPINION_RULE,
        classification=replace(
            found, margin=min(found.margin, round(1 - opinion.probability, 3)), rivals=(mine, *others)
        ),
        reasons=(reason, f"适用规则:{OPINION_RULE}。", "没有学习模型时,规则的结论是:", *decided.reasons),
    )


def is_contradicted(decided: Decided, opinion: Opinion) -> bool:
    """Return whether the model is sure of an item that the rules found neither first nor beside it."""
    found = decided.classification
    return (
        bool(found.item)
        and not decided.is_news
        and opinion.probability >= STRONG
        and opinion.item not in (NO_ITEM, found.item, *found.also_items)
    )
