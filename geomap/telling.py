"""Whether a sentence may tell of an event at all, by its words: a quick look before the reader's.

A logistic regression over the words of a sentence. It lets most sentences pass that tell of an
event, and spares :mod:`geomap.senses`, which is two hundred times slower, more than half of the
others. The weights are in ``geomap/models/``, made by ``geomap/training/telling.py``.
"""

from __future__ import annotations

import json
from functools import cache
from math import fsum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MODEL = Path(__file__).with_name("models") / "telling.json"
LEAST = -1.0
"""A sentence may tell of an event from these log-odds on, a chance of one in four."""
NUMBER = "#"
"""What stands for every number."""


def may_tell(words: Iterable[str]) -> bool:
    """Whether a sentence of these lower-case words may tell of an event.

    >>> may_tell("rebels attacked the village at dawn".split())
    True
    >>> may_tell("the recipe needs two onions and some patience".split())
    False
    """
    return log_odds(shapes(words), weights()) >= LEAST


def log_odds(found: Iterable[str], known: Mapping[str, float]) -> float:
    """Return the log-odds that a sentence of these shapes tells of an event, in any order.

    >>> log_odds({"bomb", "#"}, {"": -1.0, "bomb": 2.5, "recipe": -2.0})
    1.5
    """
    return fsum([known[""], *(known.get(word, 0.0) for word in found)])


def shapes(words: Iterable[str]) -> set[str]:
    """Return the different words of a sentence as the weights know them.

    >>> sorted(shapes(["killed", "7", "of", "30", "."]))
    ['#', 'killed', 'of']
    """
    return {NUMBER if word[0].isdigit() else word for word in words if word[0].isalnum()}


@cache
def weights() -> Mapping[str, float]:
    """Return the weight of each word, and under the empty word the constant."""
    found: dict[str, float] = json.loads(MODEL.read_text(encoding="utf-8"))
    return found
