"""What kind of event a sentence tells, to a learned reader that knows no list of words.

The trigger lexicon finds what it was told of; news has ever other words for the same. This reader
weighs the numbers that :mod:`geomap.encoder` makes of a sentence, and was trained on sentences that
tell of the types of the ontology in many ways, and on others that only sound like it. The weights
and their card are in ``geomap/models/``, made by ``geomap/training/senses.py``.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from geomap.encoder import LONGEST, Encoder
from geomap.model import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL = Path(__file__).with_name("models") / "senses.npz"
NOTHING = "none"
"""The kind of sentences that tell of no event."""
_KEPT = 256


class Sense(NamedTuple):
    """The likeliest type that a sentence may tell of, how likely that is, and that it tells none.

    ``words`` are the words with their offsets in the text and how much each speaks for the type.
    """

    type: str
    likely: float
    nothing: float
    words: tuple[tuple[Span, float], ...]


class Senses:
    """Runs the model; opened with :meth:`open`."""

    def __init__(self, encoder: Encoder, model: Path) -> None:
        """Load the weights."""
        import numpy as np

        self._encoder = encoder
        with np.load(model) as weights:
            self._kinds = [str(kind) for kind in weights["kinds"]]
            self._factors = weights["factors"].astype(np.float32)
            self._offsets = weights["offsets"].astype(np.float32)
        self._read = lru_cache(_KEPT)(self._sense)

    @staticmethod
    def open(model: Path = MODEL) -> Senses | None:
        """Return the reader of a file of weights, or None where it or onnxruntime is missing.

        Each file is opened once in a process.
        """
        return _opened(model)

    def __call__(self, text: str, sentence: Span, /) -> Sense:
        """Return what a sentence tells of."""
        found = self._read(sentence.of(text))
        at = sentence.start
        moved = ((Span(span.start + at, span.end + at), value) for span, value in found.words)
        return found._replace(words=tuple(moved))

    def _sense(self, sentence: str) -> Sense:
        """Return what a sentence tells of, its words with offsets in itself."""
        import numpy as np

        pieces = self._encoder.pieces(sentence)
        ids = pieces.ids[:LONGEST]
        states = self._encoder.states(ids, [0] * len(ids))[0][0]
        weighed = self._factors @ pooled(states) + self._offsets
        shares = np.exp(weighed - weighed.max())
        shares /= shares.sum()
        nothing = self._kinds.index(NOTHING)
        best = max((at for at in range(len(shares)) if at != nothing), key=lambda at: shares[at])
        spoken = states @ self._factors[best, : states.shape[1]]
        words: dict[int, tuple[Span, float]] = {}
        for number, (start, end), value in zip(
            pieces.word_ids, pieces.offsets, spoken, strict=False
        ):
            if number is not None:
                span, most = words.get(number, (Span(start, end), float(value)))
                words[number] = (Span(span.start, end), max(most, float(value)))
        return Sense(
            self._kinds[best], float(shares[best]), float(shares[nothing]), tuple(words.values())
        )


def pooled(states: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the mean and the greatest of each number over the pieces, one behind the other."""
    import numpy as np

    return np.concatenate([states.mean(axis=0), states.max(axis=0)])


@cache
def _opened(model: Path) -> Senses | None:
    encoder = Encoder.open()
    return Senses(encoder, model) if encoder and model.is_file() else None
