"""The project's own annotated articles (``articles/``): what the README there describes, read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.model import TOLD, Article, Place, Span

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
    r"\{(?P<untold>~?)(?P<id>[a-z_]+) (?P<words>[^{}]*)\}|\[\[(?P<name>[^\[\]]*)\]\]"
)


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
    """Return an article from its notation.

    >>> source = "=== 2024-05-01 | wire | Quake\\n@a earthquake; Lima -12.0 -77.0\\n\\nIt {a shook} [[Lima]]."
    >>> found = annotated("1", source)
    >>> found.article.text, found.triggers[0].type, found.names[0].of(found.article.text)
    ('It shook Lima.', 'earthquake', 'Lima')
    """  # noqa: E501
    head, *lines = source.splitlines()
    given = _matched(_HEAD, head)
    events = {m["id"]: _told(m) for m in (_matched(_EVENT, x) for x in lines if x[:1] == "@")}
    text, triggers, names = _unmarked("\n".join(x for x in lines if x[:1] != "@").strip(), events)
    day = None if given["day"] == "-" else date.fromisoformat(given["day"])
    article = Article(name, text, given["title"], published=day)
    return Annotated(article, tuple(events.values()), tuple(triggers), tuple(names))


def _matched(pattern: re.Pattern[str], line: str) -> re.Match[str]:
    found = pattern.fullmatch(line.strip())
    if found is None:
        message = f"not in the notation: {line!r}"
        raise ValueError(message)
    return found


def _told(line: re.Match[str]) -> Told:
    days = [date.fromisoformat(day) for day in (line["days"] or "").split("..") if day]
    return Told(
        tuple(line["types"].split("|")),
        line["status"] or "happened",
        bool(line["optional"]),
        tuple(_places(line["places"])),
        (days[0], days[-1]) if days else None,
        int(line["killed"]) if line["killed"] else None,
    )


def _places(words: str) -> Iterator[Place]:
    for part in filter(str.strip, words.split("|")):
        found = _matched(_PLACE, part)
        yield Place(found["name"], found["name"], float(found["lon"]), float(found["lat"]), "")


def _unmarked(
    source: str, events: Mapping[str, Told]
) -> tuple[str, Iterable[Trigger], Iterable[Span]]:
    """Return the bare text, the words that tell of events, and the names; marks may hold names."""
    parts: list[str] = []
    triggers: list[Trigger] = []
    names: list[Span] = []
    length = 0

    def add(words: str) -> None:
        nonlocal length
        parts.append(words)
        length += len(words)

    def walk(marked: str) -> None:
        at = 0
        for found in _MARK.finditer(marked):
            add(marked[at : found.start()])
            at, start = found.end(), length
            if found["name"] is not None:
                add(found["name"])
                names.append(Span(start, length))
                continue
            walk(found["words"])
            event = None if found["untold"] else events[found["id"]]
            kind = event.types[0] if event else found["id"]
            triggers.append(Trigger(Span(start, length), kind, event))
        add(marked[at:])

    walk(source)
    return "".join(parts), triggers, names
