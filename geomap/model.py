"""The values that flow through the pipeline.

Every stage takes and returns these frozen values; none is ever changed in place, so that each
stage can be used, tested and pickled alone. Offsets are Python string indices into
``Article.text``, half-open. Coordinates are WGS84 degrees, always in fields named ``lon`` and
``lat``; distances are kilometers.

    Article -> Toponym -> Mention -> Event -> LinkedEvent -> Incident
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

ToponymKind = Literal["place", "facility", "demonym", "metonym", "organization"]
"""What a place name stands for: the place itself, a facility ("the US embassy"), its people or
things ("Iraqi"), its government ("Washington said") or a part of an organization's name."""

NameKind = Literal["name", "alternate", "demonym", "abbreviation", "part", "similar"]
"""How a name belongs to a place in the gazetteer; "part": the place is named within it;
"similar": the place's name is spelled nearly so."""

Status = Literal[
    "happened",
    "ongoing",
    "planned",
    "threatened",
    "demanded",
    "denied",
    "hypothetical",
    "background",
]
"""Whether the text says that the event took place."""

TOLD: frozenset[Status] = frozenset({"happened", "ongoing"})
"""Statuses of what a text says was or is so."""
SHOWN: frozenset[Status] = TOLD | {"planned"}
"""The statuses that make an incident; the others are kept off the map."""

Role = Literal["site", "destination", "target", "base"]
"""What a place is to an event pinned there. (A movement's start is the event's origin.)"""

Operator = Literal["=", ">=", "<=", "~"]

DatePrecision = Literal["day", "week", "month", "year"]


def stable_id(*parts: object) -> str:
    """Return a short identifier that depends on the parts alone.

    >>> stable_id("article", 3) == stable_id("article", 3)
    True
    >>> len(stable_id("x"))
    12
    """
    import hashlib  # brings OpenSSL with it, 4 MB: only reports need it, not the gazetteer

    joined = "\x1f".join(map(str, parts))
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:12]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters of an article's text.

    >>> Span(3, 6).of("in Iraq")
    'Ira'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of ``text`` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether the other span lies inside this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One text with what is known about it; ``text`` is exactly what the offsets count."""

    id: str
    text: str
    title: str = ""
    published: date | None = None
    url: str = ""
    source: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name found in a text, not yet placed; ``score`` in [0, 1]."""

    span: Span
    text: str
    kind: ToponymKind
    score: float


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of a gazetteer.

    ``feature`` is a GeoNames feature code (PPLC, ADM1, PCLI, RGN, SEA, ...), ``country`` an ISO
    3166-1 alpha-2 code or empty, ``admin1`` the name of the first-level division or empty,
    ``radius_km`` how far the place reaches from its point.
    """

    id: str
    name: str
    lon: float
    lat: float
    feature: str
    country: str = ""
    admin1: str = ""
    population: int = 0
    radius_km: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean, and how the name belongs to it."""

    place: Place
    name_kind: NameKind = "name"


@dataclass(frozen=True, slots=True)
class Mention:
    """A toponym with the place it means, or None where no candidate fits."""

    toponym: Toponym
    place: Place | None
    score: float
    reason: str = ""
    runners_up: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """A range of days, both ends included, and how precisely the text gives it.

    ``start`` is None where only the last possible day is known ("before Sunday").
    """

    start: date | None
    end: date
    precision: DatePrecision
    span: Span | None = None

    def overlaps(self, other: When) -> bool:
        """Whether the two can be one time; two open ones only if they end on the same day."""
        if self.start is None and other.start is None:
            return self.end == other.end
        return (other.start is None or self.end >= other.start) and (
            self.start is None or other.end >= self.start
        )


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people or things: ``low`` to ``high``, ``high`` None where open.

    ``operator`` is how the words give it: exactly, at least, at most, about.
    """

    kind: str
    low: int
    high: int | None
    span: Span
    operator: Operator = "="


@dataclass(frozen=True, slots=True)
class Participant:
    """Who does or suffers: words of the text and their offsets.

    ``normalized`` is the one name for all ways of naming the same actor: "Taliban" of "the
    Taliban's fighters", "Iraq (forces)" of "Iraqi troops", "gunmen" of "two unknown gunmen".
    """

    role: Literal["actor", "target"]
    name: str
    span: Span
    normalized: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A trigger of an event type in a sentence, before it is placed."""

    type: str
    trigger: Span
    sentence: Span
    status: Status
    score: float
    anaphoric: bool = False
    """Whether the words point back to an event told before ("the attack")."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A place name of an event's sentence that is not where it happened, and why not."""

    mention: Mention
    reason: str


@dataclass(frozen=True, slots=True)
class Reference:
    """What a report keeps of its article."""

    id: str
    title: str = ""
    url: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True)
class LinkedEvent:
    """One report of an event, with its place, time, people and the evidence."""

    id: str
    event: Event
    article: Reference
    trigger: str
    quote: str
    mention: Mention | None
    role: Role
    origin: Mention | None
    when: When | None
    counts: tuple[Count, ...]
    participants: tuple[Participant, ...]
    score: float
    reason: str
    rejected: tuple[Rejection, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """One real event with all reports of it, the best first.

    ``because`` says of each report why it is of this event, "" of the one that the others joined.
    """

    id: str
    type: str
    status: Status
    place: Place | None
    role: Role
    origin: Place | None
    when: When | None
    reports: tuple[LinkedEvent, ...]
    score: float
    reason: str
    because: tuple[str, ...] = ()
