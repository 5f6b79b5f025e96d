"""Layers of a BERT written plainly, as they are run, and their export with weights of eight bits.

A model in ``geomap/models/`` reads one sentence at a time. So its layers need no batch, no padding
and no mask, and ask for queries, keys and values in one product. Exported from
:class:`transformers.BertLayer` the same layers take nearly twice as long for a sentence, most of it
for shapes that never change.
"""

from __future__ import annotations

import copy
import tempfile
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.encoder import HEADS, LONGEST, WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LOWER = 3
"""How many of a model's layers make up the encoder, which the readers share."""
_OPSET = 17


def embedded(embeddings: Any, layers: Iterable[Any]) -> Any:  # noqa: ANN401
    """Return a module that takes ids and types, both (pieces), to states (pieces, width).

    It has a model's ``embeddings`` and some of its layers.
    """
    import torch

    class Embedded(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.embeddings, self.layers = embeddings, stacked(layers)
            self.places = torch.nn.Parameter(
                embeddings.position_embeddings.weight[:LONGEST].clone()
            )

        def forward(self, ids: Any, types: Any) -> Any:  # noqa: ANN401
            known = self.embeddings
            found = known.word_embeddings(ids) + known.token_type_embeddings(types)
            found = found + self.places[: ids.shape[0]]
            return self.layers(known.LayerNorm(found))

    return Embedded().eval()


def stacked(layers: Iterable[Any], *behind: Any) -> Any:  # noqa: ANN401
    """Return a module that takes states (pieces, width) through layers and what stands behind."""
    import torch

    return torch.nn.Sequential(*map(_plain, layers), *behind).eval()


def _plain(layer: Any) -> Any:  # noqa: ANN401
    """Return a module that does with the states of one sentence what a BERT's layer does."""
    import torch

    attention, size = layer.attention, WIDTH // HEADS

    class Plain(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.asked = _joined(attention.self, 1.0 / sqrt(size))
            self.answer, self.norm = attention.output.dense, attention.output.LayerNorm
            self.wide, self.narrow = layer.intermediate.dense, layer.output.dense
            self.last = layer.output.LayerNorm

        def forward(self, states: Any) -> Any:  # noqa: ANN401
            asked = self.asked(states).view(-1, 3 * HEADS, size).transpose(0, 1)
            query, key, value = asked.split(HEADS)
            shares = torch.softmax(query @ key.transpose(1, 2), -1)
            heard = (shares @ value).transpose(0, 1).reshape(-1, WIDTH)
            states = self.norm(self.answer(heard) + states)
            thought = torch.nn.functional.gelu(self.wide(states))
            return self.last(self.narrow(thought) + states)

    return Plain()


def _joined(attention: Any, scale: float) -> Any:  # noqa: ANN401
    """Return the queries, scaled, the keys and the values of an attention as one product."""
    import torch

    parts = (attention.query, attention.key, attention.value)
    joined = torch.nn.Linear(WIDTH, 3 * WIDTH)
    with torch.no_grad():
        for at, (part, by) in enumerate(zip(parts, (scale, 1.0, 1.0), strict=True)):
            rows = slice(at * WIDTH, (at + 1) * WIDTH)
            joined.weight[rows], joined.bias[rows] = part.weight * by, part.bias * by
    return joined


def blended(model: Any, other: Any) -> Any:  # noqa: ANN401
    """Return a model with the mean of two models' weights."""
    import torch

    mean = copy.deepcopy(model)
    with torch.no_grad():
        for ours, theirs in zip(mean.parameters(), other.parameters(), strict=True):
            ours.lerp_(theirs, 0.5)
    return mean


def export(
    module: Any,  # noqa: ANN401
    sample: Mapping[str, Any],
    output: str,
    path: Path,
    notes: Sequence[tuple[str, str]] = (),
) -> None:
    """Write a module as ONNX with weights of eight bits, and notes as its metadata.

    ``sample`` gives its inputs by their names; their first axis, and that of the output, may have
    any length.
    """
    import onnx
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    axes = {name: {0: "pieces"} for name in (*sample, output)}
    with tempfile.TemporaryDirectory() as folder:
        full, small = Path(folder) / "full.onnx", Path(folder) / "small.onnx"
        torch.onnx.export(
            module, tuple(sample.values()), full, input_names=[*sample], output_names=[output],
            dynamic_axes=axes, opset_version=_OPSET, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(full, small, weight_type=QuantType.QInt8, per_channel=True)
        found = onnx.load(str(small))
        for key, value in notes:
            found.metadata_props.add(key=key, value=value)
        temporary = path.with_suffix(".new")
        onnx.save(found, str(temporary))
        temporary.replace(path)
