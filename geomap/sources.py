"""Articles from files, folders, globs and standard input.

A text file is one article, whole. A JSON Lines file has one article a line, an object with
``text`` and, where known, ``id`` (or ``doc_id``), ``title``, ``published`` (or ``date``; an ISO
8601 day or date and time), ``url``, ``language`` and ``source``; it is read line by line.

An input that cannot be read is a :class:`~geomap.errors.SourceError`, which names the file (and
line) and the reason, after which reading goes on with the next one.
"""

from __future__ import annotations

import glob
import io
import json
import os
import re
import sys
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

from geomap.errors import SourceError
from geomap.model import Article, stable_id
from geomap.text import header

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

TEXT_SUFFIXES = (".txt",)
LINES_SUFFIXES = (".jsonl", ".ndjson", ".json")
_UNREAD_SUFFIXES = (".csv", ".docx", ".htm", ".html", ".pdf", ".rss", ".xhtml", ".xml")
"""Formats in which articles come, but which would be nonsense read as plain text."""

MAX_BYTES = 16 * 2**20
"""An article or JSON line longer than this is none: 16 MiB are some 2.5 million words."""

_SHOWN_CHARACTERS = 40
"""How much of a wrong value a message shows."""

_UNREAD = "not read yet; give plain text or JSON Lines"
_NO_FILE = "not a file but a pipe, socket or device"
_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
_SURROGATE = re.compile("[\ud800-\udfff]")


class _UnfitError(ValueError):
    """Why some bytes are no article."""


def read(
    sources: str | Path | Iterable[str | Path],
    *,
    stdin: TextIO | BinaryIO | None = None,
    on_error: Callable[[SourceError], None] | None = None,
) -> Iterator[Article]:
    """Yield the articles of the sources in the order given, folders' files sorted by name.

    A source is a file, a folder (read with its subfolders, hidden files skipped), a glob or
    ``-`` for ``stdin``. No file is read twice, and every article has an id of its own: the one
    that its JSON gives, else the file's stem; a repeated one is told apart by its text's hash.

    ``Article.text`` is the file's text unchanged (without a byte order mark), so that offsets
    count the file's own characters; only half surrogate pairs, which JSON can smuggle in,
    become U+FFFD. An article with a date that is none is reported, and read without a date.

    Raises SourceError at the first bad input, unless ``on_error`` is there to take it.
    """
    taken: dict[str, int] = {}
    for item in _items(sources, stdin):
        if isinstance(item, Article):
            yield replace(item, id=_unique(item, taken))
        elif on_error is None:
            raise item
        else:
            on_error(item)


def _unique(article: Article, taken: dict[str, int]) -> str:
    """Return an id that no article before has; ``taken`` counts the uses of each."""
    name = article.id
    if name in taken:
        stem = f"{name}-{stable_id(article.text)[:8]}"
        name = stem
        while name in taken:
            taken[stem] += 1
            name = f"{stem}-{taken[stem]}"
    taken[name] = 1
    return name


def _items(
    sources: str | Path | Iterable[str | Path], stdin: TextIO | BinaryIO | None
) -> Iterator[Article | SourceError]:
    """Yield the articles and what is wrong, in order."""
    read_already: set[str] = set()
    for source in [sources] if isinstance(sources, (str, Path)) else sources:
        if str(source) == "-":
            yield from _stream_items("stdin", _binary(stdin))
            continue
        for found in _files(str(source)):
            if isinstance(found, SourceError):
                yield found
            elif (real := os.path.realpath(found)) not in read_already:
                read_already.add(real)
                yield from _file_items(found)


def _files(source: str) -> Iterator[Path | SourceError]:
    """Yield the files that a source names."""
    if re.match(r"https?://", source, re.IGNORECASE):
        yield SourceError(
            source, "web addresses are not read yet; save the article's text to a file"
        )
    elif not _is_name(source):
        yield SourceError(repr(source), "no name that a file can have")
    elif os.path.isdir(source):  # noqa: PTH112 (Path.is_dir raises for a name that is too long)
        yield from _folder_files(Path(source))
    elif os.path.lexists(source) or not glob.has_magic(source):
        yield Path(source)
    else:
        yield from _glob_files(source)


def _is_name(source: str) -> bool:
    try:
        return bool(source.strip()) and b"\0" not in os.fsencode(source)
    except UnicodeEncodeError:
        return False


def _folder_files(folder: Path) -> Iterator[Path | SourceError]:
    """Yield the article files of a folder and its subfolders."""
    found: list[Path] = []
    broken: list[OSError] = []
    for base, folders, names in os.walk(folder, onerror=broken.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(base, name) for name in names if not name.startswith(".")]
    suffixes = (*TEXT_SUFFIXES, *LINES_SUFFIXES)
    others = Counter(path.suffix.lower() for path in found)
    found = [path for path in found if path.suffix.lower() in suffixes]
    yield from (_os_error(error, str(error.filename)) for error in broken)
    for path in sorted(found, key=lambda path: path.parts):
        yield path if _is_readable(path) else SourceError(str(path), _NO_FILE)
    for suffix in (suffix for suffix in _UNREAD_SUFFIXES if others[suffix]):
        files = "file is" if others[suffix] == 1 else "files are"
        yield SourceError(str(folder), f"{others[suffix]:,} {suffix} {files} {_UNREAD}")
    if not found and not broken:
        yield SourceError(str(folder), f"no article in this folder ({', '.join(suffixes)})")


def _is_readable(path: Path) -> bool:
    """Whether reading a path ends: a pipe that nobody fills does not; a lost link is told later."""
    # os.path, for Path raises where a folder on the way is closed.
    return os.path.isfile(path) or not os.path.exists(path)  # noqa: PTH110, PTH113


def _glob_files(pattern: str) -> Iterator[Path | SourceError]:
    """Yield the files that a pattern matches; folders among them are read whole."""
    names = glob.glob(pattern, recursive=True)  # noqa: PTH207 (Path.glob takes no absolute pattern)
    matches = sorted(map(Path, names), key=lambda path: path.parts)
    if not matches:
        yield SourceError(pattern, "no file matches")
    for path in matches:
        if not path.is_dir():
            yield path if _is_readable(path) else SourceError(str(path), _NO_FILE)
        elif not pattern.endswith("**"):
            yield from _folder_files(path)


def _file_items(path: Path) -> Iterator[Article | SourceError]:
    """Yield what a file holds."""
    name = str(path)
    if path.suffix.lower() in _UNREAD_SUFFIXES:
        reason = f"{path.suffix.lower()} files are {_UNREAD}"
        yield SourceError(name, reason)
        return
    try:
        with path.open("rb") as stream:
            yield from _stream_items(name, stream)
    except OSError as error:
        yield _os_error(error, name)


def _os_error(error: OSError, name: str) -> SourceError:
    reason = (error.strerror or str(error) or "cannot be read").lower()
    return SourceError(name, reason)


def _binary(stdin: TextIO | BinaryIO | None) -> io.BufferedReader:
    """Return a stream's bytes, with a look ahead."""
    given: Any = sys.stdin if stdin is None else stdin
    stream = getattr(given, "buffer", given)
    if isinstance(stream, io.TextIOBase):
        stream = io.BytesIO(stream.read().encode("utf-8", "replace"))
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)


def _stream_items(name: str, stream: io.BufferedReader) -> Iterator[Article | SourceError]:
    """Yield what a stream holds, by the suffix of its name or, without a known one, its start."""
    path = Path(name)
    suffix = path.suffix.lower()
    sniffed = suffix not in TEXT_SUFFIXES and _starts_object(stream)
    if suffix in LINES_SUFFIXES or sniffed:
        yield from _line_items(name, path.stem, stream)
        return
    try:
        yield _text_article(path.stem, stream.read(MAX_BYTES + 1))
    except _UnfitError as error:
        yield SourceError(name, str(error))


def _starts_object(stream: io.BufferedReader) -> bool:
    return stream.peek(1).removeprefix(_BOM).lstrip()[:1] == b"{"


def _text_article(stem: str, data: bytes) -> Article:
    """Return the article that a text file is."""
    text = _decoded(data)
    if not text.strip():
        message = "empty"
        raise _UnfitError(message)
    return Article(id=_sound(stem), text=text, published=header(text)[0])


def _line_items(name: str, stem: str, stream: io.BufferedReader) -> Iterator[Article | SourceError]:
    """Yield what the lines of a JSON Lines stream hold."""
    empty = True
    for number, (offset, line) in enumerate(_lines(stream), 1):
        content = line.removeprefix(_BOM).strip()
        if not content:
            continue
        if empty and content in (b"{", b"["):
            reason = "a JSON document over several lines; JSON Lines has an article on each line"
            yield SourceError(f"{name}:{number}", reason)
            return
        empty = False
        yield from _line_article(f"{name}:{number}", stem, line, offset)
    if empty:
        yield SourceError(name, "empty")


def _lines(stream: io.BufferedReader) -> Iterator[tuple[int, bytes]]:
    """Yield each line after its offset, bytes; of too long a line only the start."""
    offset = 0
    while line := stream.readline(MAX_BYTES + 1):
        yield offset, line
        offset += len(line)
        while not line.endswith(b"\n") and (line := stream.readline(MAX_BYTES)):
            offset += len(line)


def _line_article(
    where: str, stem: str, line: bytes, offset: int
) -> Iterator[Article | SourceError]:
    """Yield the article of a JSON line, after what is wrong with its date."""
    try:
        fields = _fields(_decoded(line, offset))
        article = _article(fields, stem)
    except _UnfitError as error:
        yield SourceError(where, str(error))
        return
    key = "published" if fields.get("published") is not None else "date"
    day = _day(fields.get(key))
    if day is None and fields.get(key) is not None:
        yield SourceError(where, f"{key!r} is no ISO 8601 date: {_shortened(fields[key])}")
    yield replace(article, published=day or header(article.text)[0])


def _decoded(data: bytes, offset: int = 0) -> str:
    """Return bytes as text; ``offset`` is where in the file they begin."""
    if len(data) > MAX_BYTES:
        message = f"longer than {MAX_BYTES // 2**20} MiB, which is no article"
        raise _UnfitError(message)
    if data.startswith(_UTF16_BOMS):
        message = "UTF-16; save it as UTF-8"
        raise _UnfitError(message)
    if (zero := data.find(b"\0")) >= 0:
        message = f"binary, not text (a zero byte at offset {offset + zero})"
        raise _UnfitError(message)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = error.start + (len(_BOM) if data.startswith(_BOM) else 0)
        message = f"not UTF-8 (byte 0x{data[at]:02x} at offset {offset + at})"
        raise _UnfitError(message) from error


def _fields(line: str) -> dict[str, Any]:
    """Return the object that a JSON line is."""
    try:
        fields = json.loads(line.rstrip())
    except json.JSONDecodeError as error:
        message = f"broken JSON ({error.msg}, column {error.colno})"
        raise _UnfitError(message) from error
    except (ValueError, RecursionError) as error:  # a number too long, brackets too deep
        message = f"JSON beyond all measure ({error})"
        raise _UnfitError(message) from error
    if not isinstance(fields, dict):
        message = f"not a JSON object, as an article a line is: {_shortened(fields)}"
        raise _UnfitError(message)
    return fields


def _article(fields: dict[str, Any], stem: str) -> Article:
    """Return the article that a JSON object is, without its date."""
    text = fields.get("text")
    if not isinstance(text, str):
        message = f"'text' is no string: {_shortened(text)}" if "text" in fields else "no 'text'"
        raise _UnfitError(message)
    if not text.strip():
        message = "'text' is empty"
        raise _UnfitError(message)
    return Article(
        id=_word(fields, "id") or _word(fields, "doc_id") or _sound(stem),
        text=_sound(text),
        title=_word(fields, "title"),
        url=_word(fields, "url"),
        source=_word(fields, "source"),
        language=_word(fields, "language") or "en",
    )


def _word(fields: dict[str, Any], key: str) -> str:
    """Return a field's string or whole number as a string, anything else as nothing."""
    value = fields.get(key)
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return _sound(str(value).strip())


def _day(value: object) -> date | None:
    """Return the day of an ISO 8601 date, or date and time, on the calendar of its own offset.

    >>> _day("2009-03-20 23:24:52.002364-05")
    datetime.date(2009, 3, 20)
    """
    try:
        return datetime.fromisoformat(value.strip()).date() if isinstance(value, str) else None
    except ValueError:
        return None


def _sound(text: str) -> str:
    """Return a text that UTF-8 can encode, of the same length."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def _shortened(value: object) -> str:
    """Return the start of a value as JSON, for a message of one line."""
    text = json.dumps(value)
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}..."
