"""What can go wrong, as exceptions.

    GeomapError
    ├── SourceError(OSError)       an input that cannot be read or understood
    ├── GazetteerError(OSError)    a gazetteer that is missing, damaged or of another version
    ├── ExportError(OSError)       an output that cannot be written
    └── OptionError(ValueError)    an option with a value that is not allowed

Not finding something is no error: it is an empty sequence or None.
"""

from __future__ import annotations


class GeomapError(Exception):
    """The root of the errors that geomap raises on purpose."""


class SourceError(GeomapError, OSError):
    """An input cannot be read; ``source`` names it, ``reason`` says why in one line."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"


class GazetteerError(GeomapError, OSError):
    """A gazetteer's files are missing, damaged or of another format version."""


class ExportError(GeomapError, OSError):
    """An output cannot be written."""


class OptionError(GeomapError, ValueError):
    """An option's value is not allowed; the message lists what is."""
