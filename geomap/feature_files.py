"""Features of large GeoJSON files, one at a time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geomap.lines import fault, lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geomap.errors import SourceError
    from geomap.lines import Tell

_CHUNK = 1 << 18
"""Characters read at once."""
_LONGEST = 1 << 28
"""Characters; no feature is longer, and what is broken is not read to the end."""


def features(path: Path, tell: Tell) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield line and value of each feature of a FeatureCollection that has a geometry.

    Raises SourceError, with the number of the line, for what is none.
    """
    for number, feature in _Reading(path, tell).features():
        yield number, _checked(path, number, feature)


def feature_lines(path: Path, tell: Tell) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the features of a file with one on each line."""
    for number, line in lines(path, tell):
        text = line.lstrip("\x1e")
        if not text.strip():
            continue
        try:
            feature = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise fault(path, number, f"not JSON ({error})") from error
        yield number, _checked(path, number, feature)


def _checked(path: Path, number: int, feature: object) -> dict[str, Any]:
    if not isinstance(feature, dict) or not isinstance(feature.get("geometry"), dict):
        raise fault(path, number, "not a feature with a geometry")
    return feature


class _Reading:
    """Reads the features of a GeoJSON file without holding more than one of them."""

    def __init__(self, path: Path, tell: Tell) -> None:
        self.path = path
        self.text = ""
        self.at = 0
        self.line = 1
        self.pieces = (line + "\n" for _, line in lines(path, tell))
        self.decode = json.JSONDecoder().raw_decode

    def features(self) -> Iterator[tuple[int, Any]]:
        """Yield line and value of each member of the object's array ``features``."""
        self._expect("{")
        while (key := self._value()) != "features":
            if not isinstance(key, str):
                reason = "not a FeatureCollection"
                raise self._wrong(reason)
            self._expect(":")
            self._value()
            self._expect(",")
        self._expect(":")
        self._expect("[")
        if self._next() == "]":
            return
        while True:
            line = self._line()
            yield line, self._value()
            if self._next() == "]":
                return
            self._expect(",")

    def _more(self) -> bool:
        """Read on; return whether there was anything."""
        self.line = self._line()
        pieces = [self.text[self.at :]]
        if len(pieces[0]) > _LONGEST:
            reason = f"a value longer than {_LONGEST:,} characters"
            raise self._wrong(reason)
        size = 0
        for piece in self.pieces:
            pieces.append(piece)
            size += len(piece)
            if size > max(_CHUNK, len(pieces[0])):
                break
        self.text, self.at = "".join(pieces), 0
        return size > 0

    def _next(self) -> str:
        """Return the next character that is no space, and stay before it."""
        while True:
            while self.at < len(self.text):
                if not self.text[self.at].isspace():
                    return self.text[self.at]
                self.at += 1
            if not self._more():
                reason = "the file ends too early"
                raise self._wrong(reason)

    def _expect(self, char: str) -> None:
        if self._next() != char:
            reason = f"expected {char!r} of a FeatureCollection"
            raise self._wrong(reason)
        self.at += 1

    def _value(self) -> Any:  # noqa: ANN401 (JSON)
        self._next()
        while True:
            try:
                value, end = self.decode(self.text, self.at)
            except RecursionError as error:
                reason = "nested too deeply"
                raise self._wrong(reason) from error
            except ValueError as error:
                if not self._more():
                    reason = f"not JSON ({error})"
                    raise self._wrong(reason) from error
                continue
            if end < len(self.text) or not self._more():
                self.at = end
                return value

    def _line(self) -> int:
        return self.line + self.text.count("\n", 0, self.at)

    def _wrong(self, reason: str) -> SourceError:
        return fault(self.path, self._line(), reason)
