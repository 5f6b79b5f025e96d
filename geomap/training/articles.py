"""The project's own annotated articles (``articles/``): what the README there describes, read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from geomap.model import TOLD, Article, Place, Span, Status
from geomap.ontology import event_types

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ARTICLES = Path(__file__).with_name("articles")
_HEAD = re.compile(r"=== (?P<day>[-0-9]+) \| (?P<kind>[^|]+) \| (?P<title>.+)")
_EVENT = re.compile(
    r"@(?P<id>[a-z])(?P<optional>\??) (?P<types>[a-z_|]+)(?: (?P<status>[a-z]+))?;"
    r"(?P<places>[^;]*)(?:; ?(?P<days>[-0-9.]*))?(?:; killed (?P<killed>\d+))?"
)
_PLACE = re.compile(r"(?P<name>.+?) (?P<lat>-?\d+(?:\.\d+)?) (?P<lon>-?\d+(?:\.\d+)?)")
_MARK = re.compile(
    r"\{(?P<untold>~?)(?P<id>[a-z_]+) (?P<words>[^{}\[\]]+)\}|\[\[(?P<name>[^{}\[\]]+)\]\]"
)
_STRAY = re.compile(r".{0,30}[{}\[\]].{0,30}")
_STATUSES = frozenset(get_args(Status))


@dataclass(frozen=True, slots=True)
class Told:
    """An event that an article tells of; ``types`` and ``places`` are alternatives."""

    types: tuple[str, ...]
    status: str
    optional: bool
    places: tuple[Place, ...]
    days: tuple[date, date] | None
    killed: int | None

    @property
    def is_real(self) -> bool:
        """Whether it happened or goes on."""
        return self.status in TOLD


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that tell of an event, or of none that is told (``event`` is None)."""

    span: Span
    type: str
    event: Told | None


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article with its events, the words that tell of them, and its place names."""

    article: Article
    events: tuple[Told, ...]
    triggers: tuple[Trigger, ...]
    names: tuple[Span, ...]


def read_articles(folder: Path = ARTICLES) -> Iterator[Annotated]:
    """Yield the articles of a folder's files, in order; :class:`ValueError` names a bad line."""
    for path in sorted(folder.glob("*.txt")):
        parts = re.split(r"^(?====)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for number, part in enumerate(filter(str.strip, parts)):
            yield annotated(f"{path.stem}-{number}", part)


def annotated(name: str, source: str) -> Annotated:
    r"""Return an article from its notation; :class:`ValueError` names a line that is not in it.

    >>> marked = "@a earthquake; Lima -12.0 -77.0\n\nIt {a shook} [[Lima]]."
    >>> found = annotated("1", f"=== 2024-05-01 | wire | Quake\n{marked}")
    >>> found.article.text, found.triggers[0].type, found.names[0].of(found.article.text)
    ('It shook Lima.', 'earthquake', 'Lima')
    """
    head, *lines = source.splitlines()
    given = _matched(_HEAD, head)
    events = _events(filter(_is_event, lines))
    body = "\n".join(line for line in lines if not _is_event(line)).strip()
    text, triggers, names = _unmarked(body, events)
    day = None if given["day"] == "-" else _day(given["day"])
    article = Article(name, text, given["title"], published=day)
    return Annotated(article, tuple(events.values()), tuple(triggers), tuple(names))


def _events(lines: Iterable[str]) -> dict[str, Told]:
    """Return the events of some lines by their letters."""
    events: dict[str, Told] = {}
    for line in lines:
        found = _matched(_EVENT, line)
        if found["id"] in events:
            raise _bad(line)
        events[found["id"]] = _told(found)
    return events


def _is_event(line: str) -> bool:
    return line.startswith("@")


def _matched(pattern: re.Pattern[str], line: str) -> re.Match[str]:
    found = pattern.fullmatch(line.strip())
    if found is None:
        raise _bad(line)
    return found


def _bad(what: str) -> ValueError:
    return ValueError(f"not in the notation: {what!r}")


def _told(line: re.Match[str]) -> Told:
    """Return the event of a line."""
    types = tuple(line["types"].split("|"))
    if not event_types().keys() >= set(types) or (line["status"] or "happened") not in _STATUSES:
        raise _bad(line[0])
    return Told(
        types,
        line["status"] or "happened",
        bool(line["optional"]),
        tuple(_places(line["places"])),
        _days(line["days"]) if line["days"] else None,
        int(line["killed"]) if line["killed"] else None,
    )


def _days(words: str) -> tuple[date, date]:
    """Return the first and the last day of a range, or the one day twice."""
    first, _, last = words.partition("..")
    days = _day(first), _day(last or first)
    if days[0] > days[1]:
        raise _bad(words)
    return days


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise _bad(words) from None


def _places(words: str) -> Iterator[Place]:
    for part in filter(str.strip, words.split("|")):
        found = _matched(_PLACE, part)
        yield Place(found["name"], found["name"], float(found["lon"]), float(found["lat"]), "")


def _unmarked(source: str, events: Mapping[str, Told]) -> tuple[str, list[Trigger], list[Span]]:
    """Return the bare text, the words that tell of events, and the names."""
    parts: list[str] = []
    triggers: list[Trigger] = []
    names: list[Span] = []
    at = length = 0
    for found in _MARK.finditer(source):
        before, words = source[at : found.start()], found["words"] or found["name"]
        span = Span(length + len(before), length + len(before) + len(words))
        parts += [before, words]
        at, length = found.end(), span.end
        if found["name"]:
            names.append(span)
        else:
            triggers.append(_trigger(found, span, events))
    text = "".join(parts) + source[at:]
    if stray := _STRAY.search(text):
        raise _bad(stray[0])
    return text, triggers, names


def _trigger(mark: re.Match[str], span: Span, events: Mapping[str, Told]) -> Trigger:
    """Return what a mark says of the words that it encloses."""
    known = event_types() if mark["untold"] else events
    if mark["id"] not in known:
        raise _bad(mark[0])
    if mark["untold"]:
        return Trigger(span, mark["id"], None)
    event = events[mark["id"]]
    return Trigger(span, event.types[0], event)
