"""Where the text around a sentence sets it."""

from __future__ import annotations

from datetime import date

import pytest

from geomap.model import Article, Span
from geomap.page import Page
from geomap.pipeline import Pipeline
from geomap.scenes import Scenes

PIPELINE = Pipeline()


def scenes_of(text: str) -> Scenes:
    """Return the scenes of a text, its names found and placed."""
    article = Article("1", text, published=date(2024, 5, 8))
    return Scenes(Page(article, PIPELINE.mentions(article)))


def setting_of(text: str, words: str) -> tuple[str, str] | None:
    """Return how the sentence with some words is set, and where."""
    scenes = scenes_of(text)
    (index,) = [
        at for at, sentence in enumerate(scenes.page.sentences) if words in sentence.span.of(text)
    ]
    setting = next(scenes.of(index), None)
    return (setting.how, setting.mention.toponym.text) if setting else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The week in brief\n\nNairobi: Rain fell.\nMombasa: It burned.", ("section", "Mombasa")),
        ("The week\n\n• Nairobi: Rain fell.\n• Mombasa: Rain. It burned.", ("section", "Mombasa")),
        ("The week\n\nNairobi. Rain fell.\n\nMombasa. It burned.", ("section", "Mombasa")),
        ("The week\n\nKenya — Rain fell.\n\nMosul (Iraq): It burned.", ("section", "Mosul")),
        ("The week\n\nNAIROBI\nRain fell.\n\nMOMBASA\nIt burned.", ("section", "MOMBASA")),
        (
            "NEWS\n\nNAIROBI, May 3. - Rain fell.\n\nMOMBASA, May 2. - It burned.",
            ("section", "MOMBASA"),
        ),
        (
            "NEWS\n\nNAIROBI (AP) - Rain fell.\n\nMOMBASA (AP) - It burned.",
            ("section", "MOMBASA"),
        ),
        ("Statement\n\nNairobi / Lyon, 3 May 2024 - Rain fell.\n\nIt burned.", None),
        ("NAIROBI, Friday. Rain fell.\n\nIt burned.", ("dateline", "NAIROBI")),
        ("The week\n\nNAIROBI\nRain fell.\n\nIn other news\nIt burned.", None),
        ("The week\n\nNairobi: Rain fell.\nMosul: It snowed.\n\nZzyzxville: It burned.", None),
        ("The week\n\nNairobi: Rain fell.\nMosul: It snowed.\n\nIt burned.", None),
        ("In Mosul, rain fell. Nobody was hurt. It burned.", ("before", "Mosul")),
        ("In Mosul, rain fell. Envoys met in Geneva. It burned.", ("before", "Geneva")),
        (
            "It rained.\n\nIt snowed.\n\nIt blew.\n\n8:40 In Mosul, rain fell.\n9:15 It burned.",
            None,
        ),
    ],
)
def test_the_text_around_sets_the_scene(text: str, expected: tuple[str, str] | None) -> None:
    assert setting_of(text, "It burned") == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("A bus burned on Qwrtz Street.", "Qwrtz Street", True),
        ("A bus burned in the Qwrtz quarter.", "Qwrtz", True),
        ("A bus burned in Calle Qwrtz.", "Calle Qwrtz", True),
        ("A bus burned in Qwrtzuville.", "Qwrtzuville", False),
        ("Gunmen fired in the township of Kwanele.", "Kwanele", True),
        ("Fire swept through the slum of Kwanele.", "Kwanele", True),
        ("Gunmen fired in the district of Kwanele.", "Kwanele", False),
    ],
)
def test_a_street_or_quarter_lies_in_a_town(text: str, name: str, expected: bool) -> None:  # noqa: FBT001
    at = text.index(name)
    assert scenes_of(text).is_in_town(Span(at, at + len(name))) is expected
