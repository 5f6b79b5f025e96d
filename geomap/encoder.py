"""The lower layers of a small transformer, which turn the words of a sentence into numbers.

They are the first three layers of the reader of places (:mod:`geomap.marker`), which has three
more; what kind of event a sentence tells (:mod:`geomap.senses`) is read from these alone. The
weights, of eight bits, and their card are in ``geomap/models/``, made by
``geomap/training/sites.py``; they are run by onnxruntime, on one thread.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Encoding

MODEL = Path(__file__).with_name("models") / "encoder.onnx"
WIDTH, HEADS = 384, 12
"""How many numbers a layer makes of a piece, and how many heads of attention share them."""
LONGEST = 128
"""Pieces of a sentence that the model sees at once."""
_KEPT = 64
"""Sentences kept in pieces: one with several triggers is read once for each."""

_SLOW = ["SkipLayerNormFusion"]
"""A step of onnxruntime's optimizer that costs more than it saves: the operator that it joins takes
several times as long on a CPU as the two that it stands for."""


def session(model: Path) -> Any:  # noqa: ANN401 (onnxruntime has no types)
    """Open a file of weights, to be run on one thread."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(
        str(model), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOW
    )


class Encoder:
    """Runs the layers; opened with :meth:`open`."""

    def __init__(self, model: Path) -> None:
        """Load the weights and the tokenizer beside them; takes about a tenth of a second."""
        from tokenizers import Tokenizer

        self._session = session(model)
        tokenizer = Tokenizer.from_file(str(model.with_suffix(".tokenizer.json")))
        self._encoded = lru_cache(_KEPT)(tokenizer.encode)

    @staticmethod
    def open(model: Path = MODEL) -> Encoder | None:
        """Return the encoder of a file of weights, or None where it or onnxruntime is missing.

        Each file is opened once in a process.
        """
        return _opened(model)

    def pieces(self, sentence: str) -> Encoding:
        """Return the pieces of a sentence, with ids and offsets.

        Halves of surrogate pairs, which the tokenizer refuses, are read as question marks.
        """
        return self._encoded(sentence.encode("utf-8", "replace").decode())

    def states(self, ids: Sequence[int], types: Sequence[int] = ()) -> NDArray[np.float32]:
        """Return what the last of the layers makes of the pieces of a sentence, (pieces, 384).

        ``types`` tells a trigger's pieces from the others. Sentences are read one by one: together
        they were padded, which costs more than it saves, and weights of eight bits let each change
        what is made of the others.
        """
        import numpy as np

        row = {
            "ids": np.array(ids, dtype=np.int64),
            "types": np.array(types or [0] * len(ids), dtype=np.int64),
        }
        states: NDArray[np.float32] = self._session.run(None, row)[0]
        return states


@cache
def _opened(model: Path) -> Encoder | None:
    if not model.is_file():
        return None
    try:
        return Encoder(model)
    except ImportError:
        return None
