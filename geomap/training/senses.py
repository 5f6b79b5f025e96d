"""Train the reader of what sentences tell: ``python -m geomap.training.senses CORPORA``.

It learns from the project's own sentences (``sentences/``), and from CORPORA the documents of
``ecbplus.events.dev.jsonl`` that report nothing: what is told there is of no type. A multinomial
logistic regression over the encoder's states (scikit-learn, no randomness); the same sentences give
the same weights.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.encoder import LONGEST, Encoder
from geomap.senses import MODEL, NOTHING, pooled
from geomap.text import read
from geomap.training.documents import read_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

SENTENCES = Path(__file__).with_name("sentences")
STRENGTH = 0.02
"""The inverse of the regularization, chosen on sentences of other writers than these."""
_ROUNDS = 300
_LEAST_WORDS = 5


def read_sentences(folder: Path = SENTENCES) -> Iterator[tuple[str, str]]:
    """Yield the project's own sentences, each behind the type it tells of, or ``none``."""
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            kinds, sentence = line.split("\t")
            yield kinds.split("|")[0], sentence


def empty_sentences(corpora: Path) -> Iterator[tuple[str, str]]:
    """Yield the sentences of documents that report nothing."""
    for doc in read_lines(corpora / "ecbplus.events.dev.jsonl"):
        if not doc["events"]:
            for sentence in read(doc["text"]):
                if len(sentence.words) >= _LEAST_WORDS:
                    yield NOTHING, sentence.span.of(doc["text"])


def rows(sentences: Iterable[str], encoder: Encoder) -> NDArray[np.float32]:
    """Return the numbers of each sentence."""
    import numpy as np

    found = []
    for sentence in sentences:
        ids = encoder.pieces(sentence).ids[:LONGEST]
        found.append(pooled(encoder.states(ids, [0] * len(ids))[0][0]))
    return np.array(found)


def fit(
    kinds: Sequence[str], numbers: NDArray[np.float32]
) -> tuple[list[str], NDArray[np.float64], NDArray[np.float64]]:
    """Return the kinds, and the factors and offsets of each."""
    from sklearn.linear_model import LogisticRegression

    means, spread = numbers.mean(axis=0), numbers.std(axis=0) + 1e-6
    model = LogisticRegression(C=STRENGTH, max_iter=_ROUNDS)
    model.fit((numbers - means) / spread, kinds)
    factors = model.coef_ / spread
    return list(model.classes_), factors, model.intercept_ - factors @ means


def main() -> int:
    """Train and write the weights."""
    import numpy as np

    parser = argparse.ArgumentParser(description="Train the reader of what sentences tell.")
    parser.add_argument("corpora", type=Path, help="folder of the corpora")
    parser.add_argument("-o", "--output", type=Path, default=MODEL)
    options = parser.parse_args()
    encoder = Encoder.open()
    if encoder is None:
        return 1
    found = [*read_sentences(), *empty_sentences(options.corpora)]
    numbers = rows([sentence for _, sentence in found], encoder)
    kinds, factors, offsets = fit([kind for kind, _ in found], numbers)
    temporary = options.output.with_suffix(".new.npz")
    np.savez_compressed(
        temporary,
        kinds=np.array(kinds),
        factors=factors.astype(np.float16),
        offsets=offsets.astype(np.float16),
    )
    temporary.replace(options.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
