"""What the events of an article say of one another's places and times: a choice's second look.

A first look says for each event how likely each rival is its place, or its time. Reports of one
event share both, and so do many events of a type in an article; so a second look adds to each rival
how likely it is to the event's neighbors: those of its type, group or sentence, those with the same
words, the event before and the one behind. Stacked in this way (Wolpert 1992, "Stacked
generalization"), a choice that stands alone can be told from one that all around it agree with.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from geomap import forest
from geomap.ontology import group_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

K = TypeVar("K", bound=Hashable)
Likely = Sequence[float]
"""How likely each rival is an event's, in their order."""
Table = list[list[float]]
"""A row of features for each rival of an event."""
FEATURES = (
    *("first look", "below the best", "share of likely", "to all", "to its type", "to its group"),
    *("to its sentence", "to its words", "to sentences around", "to the one before"),
    *("to the one behind", "to its type before", "to its type behind"),
)
"""How likely a rival is to the event itself, and to others."""
_NOBODY = -1.0
"""What stands for how likely a rival is to an event that is not there."""
_LEAST_SUM = 0.2
"""Shares are of at least so much, lest all that is unlikely look likely."""


class Seen(NamedTuple):
    """What an event may have in common with others: type, number of its sentence, its words."""

    type: str
    at: int
    words: str


def judged(
    tables: Sequence[Table], events: Sequence[Seen], models: tuple[Path, Path]
) -> list[list[float]]:
    """Return how likely each rival of an article's events is after both looks.

    The events come in reading order, with a table each; ``models`` are the trees of either look.
    """
    first, second = map(forest.read, models)
    return looked(second, seen_again(tables, events, looked(first, tables)))


def looked(trees: forest.Forest, tables: Sequence[Table]) -> list[list[float]]:
    """Return how likely each rival of each event is."""
    likely = iter(trees.probabilities([row for table in tables for row in table]))
    return [[next(likely) for _ in table] for table in tables]


def seen_again(
    tables: Sequence[Table], events: Sequence[Seen], likely: Sequence[Likely]
) -> list[Table]:
    """Return the tables of an article's events with what the first look says of the others."""
    return [
        [[*row, *others] for row, others in zip(*both, strict=True)]
        for both in zip(tables, rows(events, likely), strict=True)
    ]


def rows(events: Sequence[Seen], likely: Sequence[Likely]) -> list[Table]:
    """Return the features of each rival of each event, in the order of ``FEATURES``.

    The events come in reading order; ``likely`` has the first look at each, over the same rivals.
    """
    among = len(likely[0]) if likely else 0
    nobody = [_NOBODY] * among
    means = [
        _others(likely, keys)
        for keys in (
            [0] * len(events),
            [event.type for event in events],
            [group_of(event.type) for event in events],
            [event.at for event in events],
            [event.words.lower() for event in events],
        )
    ]
    around = _around(likely, [event.at for event in events])
    before, behind = [nobody, *likely][:-1], [*likely, nobody][1:]
    earlier = list(_last_of_type(events, likely, nobody))
    later = list(_last_of_type(events[::-1], likely[::-1], nobody))[::-1]
    columns = zip(*means, around, before, behind, earlier, later, strict=True)
    return [_table(own, others) for own, others in zip(likely, columns, strict=True)]


def _table(own: Likely, others: Iterable[Likely]) -> Table:
    """Return a row for each rival: the event's own first look, and those of others."""
    best, total = max(own, default=0.0), max(_LEAST_SUM, sum(own))
    shown = [[value - best for value in own], [value / total for value in own]]
    return [list(row) for row in zip(own, *shown, *others, strict=True)]


def _sum(found: Iterable[Likely], among: int) -> list[float]:
    total = [0.0] * among
    for likely in found:
        total = [a + b for a, b in zip(total, likely, strict=True)]
    return total


def _others(likely: Sequence[Likely], keys: Sequence[Hashable]) -> list[Likely]:
    """Return for each event the mean of the other events of the same key."""
    groups = _grouped(likely, keys)
    sums = {key: _sum(group, len(group[0])) for key, group in groups.items()}
    return [_mean(sums[key], own, len(groups[key])) for key, own in zip(keys, likely, strict=True)]


def _grouped(likely: Sequence[Likely], keys: Sequence[K]) -> dict[K, list[Likely]]:
    """Return the first looks at the events of each key."""
    groups: dict[K, list[Likely]] = {}
    for key, own in zip(keys, likely, strict=True):
        groups.setdefault(key, []).append(own)
    return groups


def _mean(total: Likely, own: Likely, count: int) -> Likely:
    """Return the mean of a group but for one of it."""
    if count == 1:
        return [_NOBODY] * len(own)
    return [(a - b) / (count - 1) for a, b in zip(total, own, strict=True)]


def _around(likely: Sequence[Likely], at: Sequence[int]) -> list[Likely]:
    """Return for each event the mean of the others of its sentence and those beside it."""
    groups = _grouped(likely, at)
    sums = {index: _sum(group, len(group[0])) for index, group in groups.items()}
    found = []
    for index, own in zip(at, likely, strict=True):
        near = [each for each in (index - 1, index, index + 1) if each in groups]
        count = sum(len(groups[each]) for each in near)
        found.append(_mean(_sum((sums[each] for each in near), len(own)), own, count))
    return found


def _last_of_type(
    events: Sequence[Seen], likely: Sequence[Likely], nobody: Likely
) -> Iterator[Likely]:
    """Yield for each event the first look at the last one of its type before it."""
    last: dict[str, Likely] = {}
    for event, own in zip(events, likely, strict=True):
        yield last.get(event.type, nobody)
        last[event.type] = own
