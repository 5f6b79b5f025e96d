"""The event types: what each is, its group, and its codes in the field's ontologies.

The table is ``data/ontology.json``: 34 types in ten groups with their PLOVER, CAMEO, ACLED
sub-event, IPTC Media Topic and GLIDE codes, and four verbal types that are recognized so that
they can be kept off the map.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("data") / "ontology.json"

NATIONAL = frozenset({"election", "sanction", "government_change", "agreement"})
"""Types of events of a whole country, where the wider place is the true one."""


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of event with its codes; a code of ``-`` in the table is empty here."""

    code: str
    group: str
    definition: str
    plover: str = ""
    cameo: str = ""
    acled: str = ""
    iptc: str = ""
    glide: str = ""

    @property
    def label(self) -> str:
        """Return the name to show: "Air strike"."""
        return self.code.replace("_", " ").capitalize()


@cache
def event_types() -> dict[str, EventType]:
    """Return the mappable types by code, in the table's order.

    >>> event_types()["riot"].group
    'unrest'
    """
    rows = json.loads(_FILE.read_text(encoding="utf-8"))["types"]
    return {row["code"]: _read(row) for row in rows}


def _read(row: dict[str, str]) -> EventType:
    codes = {key: "" if row[key] == "-" else row[key] for key in _CODES}
    return EventType(row["code"], row["group"], row["definition"], **codes)


_CODES = ("plover", "cameo", "acled", "iptc", "glide")


def group_of(code: str) -> str:
    """Return the group of a type; "verbal" for those that are never mapped.

    >>> group_of("flood"), group_of("demand")
    ('disaster', 'verbal')
    """
    found = event_types().get(code)
    return found.group if found else "verbal"
