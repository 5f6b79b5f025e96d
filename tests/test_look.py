"""The page's languages and options: every word in every language, every value checked."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from geomap.errors import OptionError
from geomap.ontology import event_types
from geomap.webmap import bundle, event_map, look

PLURALS = {
    "en": {"one", "other"},
    "fr": {"one", "many", "other"},
    "es": {"one", "many", "other"},
    "ar": {"zero", "one", "two", "few", "many", "other"},
}
"""The forms that Unicode's rules tell apart: https://www.unicode.org/cldr/charts/latest/"""


def flat(value: Any, path: str = "") -> dict[str, str]:
    if isinstance(value, str):
        return {path: value}
    return {k: v for key, item in value.items() for k, v in flat(item, f"{path}.{key}").items()}


def gaps(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("lang", look.LANGUAGES)
def test_every_language_has_every_word_and_no_other(lang: str) -> None:
    table, english = look.words(lang), look.words("en")
    assert {key: set(table[key]) for key in table if isinstance(table[key], dict)} == {
        key: set(english[key]) for key in english if isinstance(english[key], dict)
    }
    for key, forms in table["plurals"].items():
        assert set(forms) == PLURALS[lang]
        assert all(gaps(form) <= gaps(english["plurals"][key]["other"]) for form in forms.values())
        assert gaps(forms["other"]) == gaps(english["plurals"][key]["other"])
    shown = {key: text for key, text in flat(look.words(lang)).items() if "plurals" not in key}
    for key, text in flat(english).items():
        if "plurals" not in key:
            assert gaps(shown[key]) == gaps(text), key
    assert all(text.strip() == text and text for text in shown.values())
    assert not any(set(text) & set("<>&`$\\") for text in flat(look.words(lang)).values())


@pytest.mark.parametrize("lang", look.LANGUAGES)
def test_every_type_and_group_has_a_name_of_its_own(lang: str) -> None:
    table = look.words(lang)
    assert set(table["type"]) == set(event_types())
    assert {kind.group for kind in event_types().values()} | {"other"} == set(table["group"])
    assert len(set(table["type"].values())) == len(table["type"])


def test_other_languages_are_translated() -> None:
    english = flat(look.words("en"))
    for lang in set(look.LANGUAGES) - {"en"}:
        same = [key for key, text in flat(look.words(lang)).items() if english.get(key) == text]
        assert len(same) < 12, (lang, same)


def test_the_scripts_ask_for_no_word_that_is_missing() -> None:
    ui, plurals = look.words("en")["ui"], look.words("en")["plurals"]
    source = "\n".join(bundle.asset(name).decode() for name in bundle.SCRIPTS)
    asked = set(re.findall(r'\bsay\("(\w+)"', source))
    assert asked <= set(ui)
    assert set(re.findall(r'\bplural\("(\w+)"', source)) <= set(plurals)
    unused = {key for key in ui if f'"{key}"' not in source and not key.startswith("find_")}
    assert unused <= {"article", "bars"}


def test_the_page_says_its_language_and_direction() -> None:
    html = event_map([], lang="ar", theme="dark", embed=True).get_root().render()
    assert '<html lang="ar" dir="rtl" data-theme="dark" data-embed>' in html
    assert '<html lang="en" dir="ltr" data-theme="system">' in event_map([]).get_root().render()
    (packed,) = re.findall(r'id="geomap-words">([^<]*)<', html)
    assert json.loads(packed) == look.words("ar")


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"lang": "xx"}, "en, ar, es, fr"),
        ({"lang": "../../x"}, "en, ar, es, fr"),
        ({"theme": "blue"}, "system, light, dark"),
        ({"tiles": "javascript:alert(1)/{z}/{x}/{y}"}, "http or https"),
        ({"tiles": "ftp://example.org/{z}/{x}/{y}"}, "http or https"),
        ({"tiles": "https://example.org/{z}/{x}"}, "{x} and {y}"),
        ({"tiles": "https://example.org/{z}/{x}/{y}/{key}"}, "{x} and {y}"),
        ({"tiles": "https://example.org; script-src *//{z}/{x}/{y}"}, "http or https"),
        ({"tiles": 'https://example.org/{z}/{x}/{y}"><script>'}, "http or https"),
        ({"tiles": "https://a b/{z}/{x}/{y}"}, "http or https"),
        ({"tiles": "https://user@example.org/{z}/{x}/{y}"}, "http or https"),
    ],
)
def test_a_value_that_is_not_allowed_is_named(options: dict[str, Any], named: str) -> None:
    with pytest.raises(OptionError, match=re.escape(named)):
        event_map([], **options)


@pytest.mark.parametrize(
    ("address", "allowed", "credit"),
    [
        ("https://{s}.example.org/{z}/{x}/{y}.png", "https://*.example.org", "example.org"),
        ("http://localhost:8080/t/{z}/{x}/{y}{r}.png", "http://localhost:8080", "localhost"),
    ],
)
def test_the_policy_lets_in_the_images_of_the_tile_server_alone(
    address: str, allowed: str, credit: str
) -> None:
    html = event_map([], tiles=address).get_root().render()
    assert f"img-src data: {allowed};" in html
    assert look.Look(tiles=address).credit == credit
    assert look.Look(tiles=address, attribution="A").credit == "A"
