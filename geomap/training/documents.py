"""The documents that weights are trained on, the folds they fall into, and the options of a run."""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Doc = dict[str, Any]

TRAINED_ON = ("lgl", "trnews", "geovirus", "gwn")
"""The toponym corpora that the tagger and the ranker are trained on."""

TEXTS = Path(__file__).with_name("texts")
"""Texts written for the tagger, of kinds that the corpora lack; see the README there."""
_MARKED = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)


def read_lines(path: Path) -> Iterator[Doc]:
    """Yield the documents of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def read_documents(folder: Path, names: Iterable[str] = TRAINED_ON) -> list[Doc]:
    """Return the documents of the named corpora, each with its corpus's name."""
    return [
        {**doc, "corpus": name}
        for name in names
        for doc in read_lines(folder / f"{name}.dev.jsonl")
    ]


def read_texts(folder: Path = TEXTS) -> list[Doc]:
    """Return the project's own texts as documents, without their marks."""
    return [
        {"doc_id": path.stem, "corpus": "own", **unmarked(path.read_text(encoding="utf-8"))}
        for path in sorted(folder.glob("*.txt"))
    ]


def unmarked(text: str) -> Doc:
    """Return a text without its double brackets, and where the names lie that they marked.

    >>> unmarked("Rain in [[Nelson]].")
    {'text': 'Rain in Nelson.', 'toponyms': [{'start': 8, 'end': 14}]}
    """
    parts, toponyms, at, length = [], [], 0, 0
    for name in _MARKED.finditer(text):
        parts += [text[at : name.start()], name[1]]
        length += name.start() - at + len(name[1])
        toponyms.append({"start": length - len(name[1]), "end": length})
        at = name.end()
    return {"text": "".join(parts) + text[at:], "toponyms": toponyms}


def fold_of(doc: Doc, folds: int) -> int:
    """Return the fold of a document, by the hash of its id.

    >>> fold_of({"doc_id": "7"}, 5) in range(5)
    True
    """
    return int(hashlib.sha1(doc["doc_id"].encode()).hexdigest(), 16) % folds  # noqa: S324


def run_options(description: str, output: Path) -> argparse.ArgumentParser:
    """Return the options that all trainings on corpora have; ``output`` is where weights go."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("corpora", type=Path, help="folder of the corpora")
    parser.add_argument("--folds", type=int, default=0, help="cross-validate in so many folds")
    parser.add_argument("-o", "--output", type=Path, default=output, help="file or folder")
    return parser


def write_weights(text: str, path: Path) -> None:
    """Write weights under a temporary name, then under their own; make the folder if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".new")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
