"""Whose the numbers of people are that a text tells: which event they are of."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.model import SHOWN
from geomap.participants import count_cost, suits

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from geomap.drafts import Draft
    from geomap.model import Count
    from geomap.page import Page
    from geomap.scenes import Scenes

_REACH = 2
"""So many sentences behind an event's own may tell how many it struck."""
_PERIODICAL = re.compile(
    r"\b(?:(?:every|each|per|a|this|last|past)\s+year|annually|yearly|so\s+far|(?:since|in)\s+\d{4})\b",
    re.IGNORECASE,
)
"""Words by which a number is that of many events."""


def shared(beside: Sequence[Draft]) -> list[Draft]:
    """Leave each number of a sentence to the nearest of its events that it may belong to."""
    shares: dict[int, list[Count]] = {at: [] for at in range(len(beside))}
    for count in beside[0].counts:
        costs = {
            at: count_cost(draft.scene, count)
            for at, draft in enumerate(beside)
            if draft.event.status in SHOWN and suits(count, draft.event.type)
        }
        least = min(costs.values(), default=0)
        for at, value in costs.items():
            if value == least:
                shares[at].append(count)
    return [replace(draft, counts=tuple(shares[at])) for at, draft in enumerate(beside)]


def told_behind(
    page: Page, scenes: Scenes, drafts: Sequence[Draft], heard: Container[int]
) -> list[Draft]:
    """Give each event the numbers told behind it, up to the next one of its paragraph.

    "Five dead, two of them children." is of the event told last, unless the sentence names a place.
    ``heard`` has the indices of the sentences that tell of events themselves.
    """
    last = {draft.index: at for at, draft in enumerate(drafts)}
    return [
        replace(draft, counts=(*draft.counts, *_behind(page, scenes, draft, heard)))
        if last[draft.index] == at and draft.event.status in SHOWN
        else draft
        for at, draft in enumerate(drafts)
    ]


def _behind(page: Page, scenes: Scenes, draft: Draft, heard: Container[int]) -> list[Count]:
    """Return the numbers of the sentences behind an event's that fit it."""
    found: list[Count] = []
    paragraph_end = scenes.beside(draft.index).stop
    for index in range(draft.index + 1, min(draft.index + 1 + _REACH, paragraph_end)):
        if index in heard or page.mentions_in(index):
            break
        if not _PERIODICAL.search(page.sentences[index].span.of(page.article.text)):
            found += [count for count in page.counts_in(index) if suits(count, draft.event.type)]
    return found
