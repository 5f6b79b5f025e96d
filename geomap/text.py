"""Sentences and tokens of a text, as offsets into it.

Nothing here changes a character: every function returns spans, so that what is found can always
be shown in the words of the article.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geomap.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HEADER = re.compile(r"\s*date (\d{4}-\d{2}-\d{2})(?=\s)\s*")
_TOKEN = re.compile(
    r"https?://\S+|pic\.twitter\.com/\S+|[@#]\w+(?:[@#]\w+)*"
    r"|(?:[A-Za-z]\.){2,}"  # U.S., p.m.
    r"|\d+(?:[.,:]\d+)*"
    r"|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*|['’]s\b|\w+|[^\w\s]",
    re.IGNORECASE,
)
# The look-behinds keep a run of marks or blanks from being tried again at each of them.
_PARAGRAPH = re.compile(r"(?<![ \t\r\n])[ \t\r]*\n[ \t\r]*\n\s*")
_LINE = re.compile(r"(?<![ \t\r\n])[ \t\r]*\n\s*")
_STOP = re.compile(r"(?<![.!?…])(?:[.!?…]+[\"'”’»)\]]*(?=\s)|[.!?]+[\"”»]+(?=[A-Z]))")
_LONGEST = 1500
"""A sentence of more characters is cut: nobody's quote is longer, and the work stays linear."""
_OPENING = "\"'“‘«([-–—"
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof gen col lt sgt capt maj cmdr adm brig rev sen rep gov pres hon fr st ste mt "
    "ft no nos vs jr sr inc ltd co corp dept univ jan feb mar apr jun jul aug sep sept oct nov dec "
    "mon tue tues wed thu thur thurs fri sat sun ala ariz ark calif colo conn del fla ill ind "
    "kan ky la md mass mich minn miss mo mont neb nev okla ore pa penn tenn tex va vt wash wis "
    "wyo ont que alta sask man approx est ave blvd rd".split(),
)
_NEVER_LAST = frozenset(
    "mr mrs ms dr prof gen col lt sgt capt maj rev sen rep gov st mt ft".split()
)
"""Abbreviations that a name follows, so that a capital after them starts no sentence."""
_WORD_REACH = 20
"""How many characters after a full stop show the word that follows it."""
_WRAP_COLUMNS = 100
"""No line of a hard-wrapped text is longer than this, characters."""
_HEADING_SHARE = 0.7
"""A line of a wrapped text shorter than this share of the longest one ends its paragraph."""


class Token(NamedTuple):
    """A word, number or mark with its offsets."""

    text: str
    start: int
    end: int


def header(text: str) -> tuple[date | None, int]:
    """Return the publication day that a text begins with, and the offset of its body.

    >>> header("date 2020-01-01 The United States")
    (datetime.date(2020, 1, 1), 16)
    >>> header("Dateline Baghdad")
    (None, 0)
    """
    found = _HEADER.match(text)
    if not found:
        return None, 0
    try:
        return date.fromisoformat(found[1]), found.end()
    except ValueError:
        return None, 0


def tokens(text: str, span: Span | None = None) -> list[Token]:
    """Return the tokens of a text, or of a span of it.

    >>> [token.text for token in tokens("Iraq's U.S. embassy, Dec. 31")]
    ['Iraq', "'s", 'U.S.', 'embassy', ',', 'Dec', '.', '31']
    """
    start, end = (span.start, span.end) if span else (0, len(text))
    return [Token(m[0], m.start(), m.end()) for m in _TOKEN.finditer(text, start, end)]


def _is_wrapped(text: str) -> tuple[bool, int]:
    """Whether the lines of a text are hard-wrapped, and the longest line's length.

    Lines that all begin with a capital, where not all is in capitals, are headlines or a list.
    """
    lines = text.splitlines()
    longest = max(map(len, lines), default=0)
    goes_on = any(line[:1].islower() for line in lines) or text.isupper()
    return longest <= _WRAP_COLUMNS and goes_on, longest


def _break_ends(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the white space between paragraphs."""
    wrapped, longest = _is_wrapped(text)
    if wrapped and _PARAGRAPH.search(text):
        yield from (found.span() for found in _PARAGRAPH.finditer(text))
        return
    start = 0
    for found in _LINE.finditer(text):
        if not wrapped or found.start() - start < _HEADING_SHARE * longest:
            yield found.span()
        start = found.end()


def paragraphs(text: str) -> list[Span]:
    r"""Return the paragraphs of a text's body, without the white space around them.

    >>> [span.of("A b.\n\nC d.") for span in paragraphs("A b.\n\nC d.")]
    ['A b.', 'C d.']
    """
    start = header(text)[1]
    breaks = [(a, b) for a, b in _break_ends(text) if a >= start]
    edges = [start, *(edge for pair in breaks for edge in pair), len(text)]
    spans = (_trimmed(text, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True))
    return [span for span in spans if span.start < span.end]


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return Span(start, max(start, start + len(piece.strip())))


def _ends_sentence(text: str, found: re.Match[str], paragraph: Span) -> bool:
    """Whether the full stop that was found ends a sentence."""
    after = text[found.end() : min(found.end() + _WORD_REACH, paragraph.end)].lstrip()
    if not after:
        return False
    follows = after.lstrip(_OPENING)[:1]
    if follows.islower():
        return False
    if not found[0].startswith(".") or len(found[0].rstrip("\"'”’»)]")) > 1:
        return True
    before = text[max(paragraph.start, found.start() - 12) : found.start()]
    word = re.split(r"[\s(\"“‘'-]", before)[-1]
    if word.lower() in _ABBREVIATIONS:
        return word.lower() not in _NEVER_LAST and not follows.isdigit() and _starts_clause(after)
    is_initials = word.replace(".", "").isalpha() and (len(word) == 1 or "." in word)
    return not is_initials or _starts_clause(after)


def _starts_clause(after: str) -> bool:
    """Whether the words after an abbreviation look like a new sentence rather than a name."""
    first = re.match(r"\W*(\w+)", after)
    return bool(first) and first[1].lower() in _STARTERS  # type: ignore[index]


_STARTERS = frozenset(
    "the a an in on at it he she they we i this that these those there but and his her their its "
    "after before when while if as for from police officials".split(),
)


def sentences(text: str) -> list[Span]:
    """Return the sentences of a text's body in reading order; headings count as sentences.

    >>> text = "Gen. Ali met U.S. envoys. “We talked.” He left."
    >>> [span.of(text) for span in sentences(text)]
    ['Gen. Ali met U.S. envoys.', '“We talked.”', 'He left.']
    """
    return list(_sentences(text))


@lru_cache(maxsize=8)
def _sentences(text: str) -> tuple[Span, ...]:
    """Cut a text into sentences, remembered for the stages that follow."""
    spans = []
    for paragraph in paragraphs(text):
        start = paragraph.start
        for found in _STOP.finditer(text, paragraph.start, paragraph.end):
            if _ends_sentence(text, found, paragraph):
                spans.append(_trimmed(text, start, found.end()))
                start = found.end()
        spans.append(_trimmed(text, start, paragraph.end))
    return tuple(part for span in spans if span.start < span.end for part in _cut(text, span))


def _cut(text: str, span: Span) -> Iterator[Span]:
    """Yield an overlong sentence in parts, cut at white space where there is some."""
    start = span.start
    while span.end - start > _LONGEST:
        blank = max(text.rfind(mark, start, start + _LONGEST) for mark in " \n\t")
        end = blank if blank > start else start + _LONGEST
        yield Span(start, end)
        start = _trimmed(text, end, span.end).start
    yield Span(start, span.end)


class Sentence(NamedTuple):
    """A sentence with its tokens, and its lower-case words with the token each stands for.

    Hyphens are no words: "air-strike" and "air strike" read alike.
    """

    span: Span
    tokens: list[Token]
    words: list[str]
    at: list[int]

    def word_range(self, span: Span) -> tuple[int, int] | None:
        """Return the first and last index of the words that a span covers, None if none."""
        first = bisect_right(self.at, span.start, key=lambda at: self.tokens[at].end)
        after = bisect_left(self.at, span.end, key=lambda at: self.tokens[at].start)
        return (first, after - 1) if first < after else None

    def span_of(self, first: int, last: int) -> Span:
        """Return the characters from the first to the last word."""
        return Span(self.tokens[self.at[first]].start, self.tokens[self.at[last]].end)


@lru_cache(maxsize=8)
def read(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text with their words, remembered for the stages that follow.

    >>> [sentence.words for sentence in read("An air-strike hit Iraq.")]
    [['an', 'air', 'strike', 'hit', 'iraq', '.']]
    """
    return tuple(_read_sentence(text, span) for span in sentences(text))


def _read_sentence(text: str, span: Span) -> Sentence:
    found = tokens(text, span)
    at = [index for index, token in enumerate(found) if token.text != "-"]
    return Sentence(span, found, [found[i].text.lower().replace("’", "'") for i in at], at)


def index_at(spans: Sequence[Span], offset: int) -> int:
    """Return the index of the last span that starts at or before an offset; -1 if none does.

    >>> index_at([Span(0, 4), Span(5, 9)], 6)
    1
    """
    return bisect_right(spans, offset, key=lambda span: span.start) - 1


def sentence_at(text: str, offset: int) -> Span:
    """Return the sentence in which a character stands, or the last one before it.

    >>> sentence_at("He left. She stayed.", 12)
    Span(start=9, end=20)
    """
    spans = _sentences(text)
    return spans[max(0, index_at(spans, offset))] if spans else Span(0, 0)
