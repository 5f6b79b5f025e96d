"""What kinds of events a sentence tells, and in which words, to a learned reader.

The trigger lexicon finds what it was told of; news has ever other words for the same. This reader
is the encoder of :mod:`geomap.encoder` with upper layers of its own, trained on articles in which
every word that tells of an event is marked, and on sentences that only sound like news. It gives
each word the likelihood that it tells of an event of each type that happened or goes on. The
weights and their card are in ``geomap/models/``, made by ``geomap/training/senses.py``.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from geomap.encoder import LONGEST, Encoder, session
from geomap.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Encoding

MODEL = Path(__file__).with_name("models") / "senses.onnx"
_KEPT = 64
"""Sentences kept as they were read: a profile asks for those of events once more."""


class Sense(NamedTuple):
    """What a sentence tells, to the reader.

    ``likely`` gives for each type how likely the sentence tells of such an event, in [0, 1];
    ``words`` are its words with their offsets in the text, ``shares`` what each of them says of
    the types, in their order.
    """

    likely: dict[str, float]
    words: tuple[Span, ...]
    shares: NDArray[np.float32]

    def said(self, span: Span) -> dict[str, float]:
        """Return for each type how likely the words of a span tell of it; none without words."""
        rows = [
            row for word, row in zip(self.words, self.shares, strict=True) if word.overlaps(span)
        ]
        best = map(max, zip(*rows, strict=True))
        return dict(zip(self.likely, map(float, best), strict=False))

    def telling(self, kind: str) -> list[tuple[Span, float]]:
        """Return the words with how likely each tells of an event of a type."""
        column = list(self.likely).index(kind)
        return list(zip(self.words, map(float, self.shares[:, column]), strict=True))


class Senses:
    """Runs the model; opened with :meth:`open`."""

    def __init__(self, encoder: Encoder, model: Path) -> None:
        """Load the weights of the upper layers."""
        self._encoder = encoder
        self._session = session(model)
        self._kinds = self._session.get_modelmeta().custom_metadata_map["types"].split()
        self._read = lru_cache(_KEPT)(self._logits)

    @staticmethod
    def open(model: Path = MODEL) -> Senses | None:
        """Return the reader of a file of weights, or None where it or onnxruntime is missing.

        Each file is opened once in a process.
        """
        return _opened(model)

    def __call__(self, text: str, sentences: Sequence[Span], /) -> list[Sense]:
        """Return what each of some sentences of a text tells.

        Each is read by itself, so that no sentence changes what another seems to tell.
        """
        return [self._sense(*self._read(span.of(text)), span.start) for span in sentences]

    def heard(self, text: str, sentences: Iterable[Span], /) -> dict[Span, Sense]:
        """Return what each of some sentences of a text tells, by its offsets."""
        spans = list(sentences)
        return dict(zip(spans, self(text, spans), strict=True))

    def _logits(self, sentence: str) -> tuple[Encoding, NDArray[np.float32]]:
        """Return the pieces of a sentence, and for each the log-odds of the types."""
        pieces = self._encoder.pieces(sentence)
        states = self._encoder.states(pieces.ids[:LONGEST])
        return pieces, self._session.run(None, {"states": states})[0]

    def _sense(self, pieces: Encoding, logits: NDArray[np.float32], start: int) -> Sense:
        """Return what a sentence tells that begins at a place of the text."""
        import numpy as np

        likely = _share(np.logaddexp.reduce(logits, axis=0))
        words = _joined(pieces, logits)
        said = np.array([row for _, row in words]).reshape(-1, len(self._kinds))
        return Sense(
            dict(zip(self._kinds, map(float, likely), strict=True)),
            tuple(Span(start + span.start, start + span.end) for span, _ in words),
            _share(said),
        )


def _joined(
    pieces: Encoding, logits: NDArray[np.float32]
) -> list[tuple[Span, NDArray[np.float32]]]:
    """Return the words of a sentence, each with the greatest log-odds of its pieces.

    Words behind the longest row have none, and neither have the marks of its beginning and end.
    """
    import numpy as np

    words: dict[int, tuple[Span, NDArray[np.float32]]] = {}
    for number, (a, b), row in zip(pieces.word_ids, pieces.offsets, logits, strict=False):
        if number is not None:
            span, most = words.get(number, (Span(a, b), row))
            words[number] = (Span(span.start, b), np.maximum(most, row))
    return list(words.values())


def _share(log_odds: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return log-odds as likelihoods."""
    import numpy as np

    return (1.0 / (1.0 + np.exp(-log_odds))).astype(np.float32)


@cache
def _opened(model: Path) -> Senses | None:
    encoder = Encoder.open()
    return Senses(encoder, model) if encoder and model.is_file() else None
