"""A learned reader that marks where the event of a trigger happened, in the trigger's sentence.

A small transformer (the encoder all-MiniLM-L6-v2, trained further) sees the sentence with the
trigger told apart, and gives each word the likelihood that it names a place of that event. It
knows no gazetteer, so it and the recognizer confirm each other; it also marks places that the
gazetteer lacks. Its lower layers are :mod:`geomap.encoder`'s. The weights, of eight bits, and their
card are in ``geomap/models/``, made by ``geomap/training/sites.py``.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from geomap.encoder import LONGEST, Encoder, session
from geomap.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

MODEL = Path(__file__).with_name("models") / "sites.onnx"
_MOST_READ = 300
"""A text with more events is no article: rules alone read it, in a tenth of the time."""
_KEPT = 64
"""Triggers whose sentences are kept as they were read."""


class Word(NamedTuple):
    """A word or mark with its offsets in the text, and how likely it is of a place's name."""

    span: Span
    score: float


class Marks(NamedTuple):
    """What the model says of a sentence: its words in reading order.

    >>> marks = Marks((Word(Span(0, 4), 0.9), Word(Span(5, 9), 0.8), Word(Span(10, 12), 0.1)))
    >>> marks.spans(0.5), round(marks.over(Span(5, 12)), 2)
    ([Span(start=0, end=9)], 0.45)
    """

    words: tuple[Word, ...]

    def over(self, span: Span) -> float:
        """Return how likely a name is a place of the event: the mean of its words, in [0, 1]."""
        scores = [word.score for word in self.words if word.span.overlaps(span)]
        return sum(scores) / len(scores) if scores else 0.0

    def peak(self, span: Span) -> float:
        """Return how likely the likeliest word of a span is a place of the event, in [0, 1]."""
        return max((word.score for word in self.words if word.span.overlaps(span)), default=0.0)

    def spans(self, least: float, *, peak: float = 0.0) -> list[Span]:
        """Return the runs of words that are at least so likely, one of each at least ``peak``."""
        runs = (
            list(run) for likely, run in groupby(self.words, lambda w: w.score >= least) if likely
        )
        return [
            Span(run[0].span.start, run[-1].span.end)
            for run in runs
            if max(word.score for word in run) >= peak
        ]


class Marker:
    """Runs the model; opened with :meth:`open`."""

    def __init__(self, encoder: Encoder, model: Path) -> None:
        """Load the weights of the upper layers."""
        self._encoder = encoder
        self._session = session(model)
        self._marked = lru_cache(_KEPT)(self._mark)

    @staticmethod
    def open(model: Path = MODEL) -> Marker | None:
        """Return the marker of a file of weights, or None where it or onnxruntime is missing.

        Each file is opened once in a process.
        """
        return _opened(model)

    @staticmethod
    def for_events(count: int, model: Path = MODEL) -> Marker | None:
        """Return the marker for an article of so many events, None where it is not to be read."""
        return Marker.open(model) if 0 < count <= _MOST_READ else None

    def __call__(self, text: str, sentence: Span, trigger: Span, /) -> Marks:
        """Return what the model says of the places of a trigger's event in its sentence."""
        at = sentence.start
        found = self._marked(sentence.of(text), Span(trigger.start - at, trigger.end - at))
        shifted = (Span(word.span.start + at, word.span.end + at) for word in found)
        return Marks(tuple(word._replace(span=s) for word, s in zip(found, shifted, strict=True)))

    def _mark(self, sentence: str, trigger: Span) -> tuple[Word, ...]:
        """Return the words of a sentence as the model sees them."""
        encoding = self._encoder.pieces(sentence)
        seen = window(encoding.offsets, trigger)
        types = [int(trigger.overlaps(Span(*encoding.offsets[at]))) for at in seen]
        likely = self._run([encoding.ids[at] for at in seen], types)
        pieces = zip([encoding.word_ids[at] for at in seen], seen, likely, strict=True)
        return tuple(
            _joined([(encoding.offsets[at], score) for _, at, score in run])
            for number, run in groupby(pieces, itemgetter(0))
            if number is not None
        )

    def _run(self, ids: Sequence[int], types: Sequence[int]) -> list[float]:
        """Return how likely each piece is of a place's name."""
        import numpy as np

        states = self._encoder.states(ids, types)
        logits: Any = self._session.run(None, {"states": states})[0]
        weights = np.exp(logits - logits.max(axis=-1, keepdims=True))
        return [float(share) for share in 1.0 - weights[:, 0] / weights.sum(axis=-1)]


def _joined(pieces: Sequence[tuple[tuple[int, int], float]]) -> Word:
    """Return the word that pieces make up, its score the mean of theirs."""
    score = sum(score for _, score in pieces) / len(pieces)
    return Word(Span(pieces[0][0][0], pieces[-1][0][1]), score)


def window(offsets: Sequence[tuple[int, int]], trigger: Span) -> list[int]:
    """Return the pieces that the model sees: all of them, or those around the trigger.

    The first and the last piece, which frame the sentence, are always among them.

    >>> window([(0, 0), (0, 2), (3, 5), (0, 0)], Span(3, 5))
    [0, 1, 2, 3]
    """
    count = len(offsets)
    if count <= LONGEST:
        return list(range(count))
    at = next((i for i, (_, end) in enumerate(offsets) if end > trigger.start), 1)
    room = LONGEST - 2
    first = min(max(1, at - room // 2), count - 1 - room)
    return [0, *range(first, first + room), count - 1]


@cache
def _opened(model: Path) -> Marker | None:
    encoder = Encoder.open()
    return Marker(encoder, model) if encoder and model.is_file() else None
