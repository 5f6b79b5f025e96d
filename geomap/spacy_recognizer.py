"""Any spaCy pipeline that sets ``doc.ents`` as a recognizer.

    import spacy
    from geomap import Pipeline
    from geomap.spacy_recognizer import SpacyRecognizer

    pipeline = Pipeline(recognizer=SpacyRecognizer(spacy.load("en_core_web_sm")))

spaCy is no dependency of geomap: ``pip install geomap[spacy]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from geomap.model import Span, Toponym

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geomap.model import ToponymKind

KINDS: Mapping[str, ToponymKind] = {
    "GPE": "place",
    "LOC": "place",
    "FAC": "facility",
    "NORP": "demonym",
}
"""What the labels of spaCy's English pipelines (OntoNotes 5) are among geomap's kinds."""
_SCORE = 0.8
"""spaCy gives entities no probability."""


class Entity(Protocol):
    """What is read of an entity."""

    label_: str
    start_char: int
    end_char: int


class Document(Protocol):
    """What is read of a document."""

    @property
    def ents(self) -> Iterable[Entity]:
        """The entities in reading order."""
        ...


class Language(Protocol):
    """A spaCy pipeline."""

    def __call__(self, text: str, /) -> Document:
        """Return the processed document."""
        ...


class SpacyRecognizer:
    """Takes the place names that a spaCy pipeline finds; ``kinds`` maps its labels."""

    def __init__(self, nlp: Language, *, kinds: Mapping[str, ToponymKind] = KINDS) -> None:
        """Take the pipeline and what its labels mean; entities of other labels are left out."""
        self._nlp = nlp
        self._kinds = kinds

    def __call__(self, text: str, /) -> tuple[Toponym, ...]:
        """Return the toponyms of a text in reading order."""
        return tuple(
            Toponym(
                Span(entity.start_char, entity.end_char),
                text[entity.start_char : entity.end_char],
                self._kinds[entity.label_],
                _SCORE,
            )
            for entity in self._nlp(text).ents
            if entity.label_ in self._kinds
        )
