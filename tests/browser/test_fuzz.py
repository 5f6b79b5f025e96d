"""Texts that nobody writes, in every field at once: shown to the letter, and nothing runs.

One page holds hundreds of events whose texts Hypothesis has drawn, so that one load of the page
tries them all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic_events import feature

from geomap.webmap import columns

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Window

    Opener = Callable[..., Window]

pytestmark = pytest.mark.browser

PIECES = (
    "<script>window.pwned=1</script>|</script>|<img src=x onerror=window.pwned=1>|<svg/onload=|"
    "javascript:window.pwned=1|{{7*7}}|{% x %}|{#|${window.pwned=1}|`|'|\"|\\|&lt;|&#x3c;|]]>|<!--|"
    "__proto__|constructor|toString|$&|$1|%s|%00|\0|\ud83d|\ude00|\u202e|\u2028|\ufeff|{n}|{total}|"
    "=1+1|@x|-->|<style>*{display:none}</style>|<base href=//x>|عربي|עברית|\U0001f600|a\u0301"
).split("|")

ANY = st.text(st.characters(exclude_categories=()), min_size=1, max_size=6)

TEXTS = st.lists(st.sampled_from(PIECES) | ANY, min_size=1, max_size=5).map("".join)

EVENTS = 300

FIELDS = ("place", "admin1", "country", "reason", "origin", "status", "type", "group", "role")

CARDS = """async () => {
  const { app } = geomap;
  await app.needText();
  const points = (node) => node ? [...node.textContent].map((c) => c.codePointAt(0)) : null;
  const seen = [];
  for (let row = 0; row < app.model.count; row += 1) {
    const card = geomap.card(app.model, row);
    document.body.append(card);
    seen.push(['.gm-quote', '.gm-reason', '.gm-article'].map((s) => points(card.querySelector(s))));
    geomap.citation(app.model, row);
    card.remove();
  }
  return seen;
}"""

USES = """async () => {
  const { app } = geomap;
  const texts = Array.from({ length: app.model.count }, (_, row) => app.model.actors(row)[0]);
  for (const words of texts.slice(0, 25)) {
    await app.search(words);
    app.pick('actor', words, true);
    app.pick('actor', words, false);
  }
  app.reset();
  document.querySelectorAll('.gm-panel details').forEach((d) => { d.open = true; });
  app.panel.update();
  geomap.csv(app.model, app.filter.rows);
  dispatchEvent(new Event('beforeprint'));
  return JSON.parse(geomap.geojson(app.model, app.filter.rows)).features.length;
}"""


def drawn() -> list[str]:
    """Return texts that Hypothesis draws, the same in every run."""
    texts: list[str] = []

    @settings(max_examples=EVENTS, database=None, derandomize=True, deadline=None)
    @given(TEXTS)
    def collect(text: str) -> None:
        texts.append(text)

    collect()
    return texts


def event(number: int, text: str, other: str) -> dict[str, Any]:
    """Return an event with a text in every field."""
    one = feature(number, quote=f"{text} x {other}", title=text, url=other, actors=[text, other])
    one["properties"] |= dict.fromkeys(FIELDS, text) | {"id": f"{number}{text}"}
    one["properties"] |= {"targets": [other], "counts": {text: [1, None]}, other: text}
    one["properties"] |= {"date_start": text if number % 3 else None}
    return one


def whole(text: str) -> list[int]:
    """Return the code points of a text as a browser counts them."""
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return [ord(char) for char in joined]


def test_texts_of_all_kinds_are_shown_to_the_letter_and_never_run(open_map: Opener) -> None:
    texts = drawn()
    assert len(texts) > EVENTS / 2
    others = texts[1:] + texts[:1]
    collection = [event(n, *pair) for n, pair in enumerate(zip(texts, others, strict=True))]
    mentions = [{"name": text, "lon": 1, "lat": 2, "count": 1} for text in texts[:50]]
    window = open_map(collection, title="".join(texts[:9]), look={"mentions": mentions})
    assert window.run(USES) == len(texts)
    for text, (quote, reason, article), one in zip(
        texts, window.run(CARDS), collection, strict=True
    ):
        assert quote == whole(one["properties"]["quote"])
        assert reason == whole(text)
        assert article == whole(text)
    assert window.run("() => window.pwned === undefined && !('pwned' in Object.prototype)")
    hidden = "getComputedStyle(document.querySelector('.gm-name')).display === 'none'"
    assert not window.run(f"() => {hidden}")
    foreign = ".gm-panel :is(script, img, style, base, iframe), .gm-print :is(script, img, style)"
    assert window.page.locator(foreign).count() == 0


def test_texts_of_all_kinds_survive_packing() -> None:
    texts = drawn()
    assert columns.unpack(columns.pack(texts)) == texts
