"""The project's own texts for the tagger."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from geomap.training.documents import read_texts, unmarked

NAMES = st.text("abc XYZ,\n", min_size=1, max_size=9)


@given(st.lists(st.tuples(st.text("ab. \n", max_size=9), NAMES), max_size=6))
def test_marks_vanish_and_their_names_stay(parts: list[tuple[str, str]]) -> None:
    doc = unmarked("".join(f"{before}[[{name}]]" for before, name in parts))
    assert doc["text"] == "".join(before + name for before, name in parts)
    found = [doc["text"][t["start"] : t["end"]] for t in doc["toponyms"]]
    assert found == [name for _, name in parts]


def test_the_texts_are_well_marked() -> None:
    texts = read_texts()
    assert len(texts) > 100
    assert len({doc["doc_id"] for doc in texts}) == len(texts)
    for doc in texts:
        assert "[[" not in doc["text"]
        assert "]]" not in doc["text"]
        assert len(doc["toponyms"]) >= 10, doc["doc_id"]
        for toponym in doc["toponyms"]:
            name = doc["text"][toponym["start"] : toponym["end"]]
            assert name == name.strip(), doc["doc_id"]
            assert 0 < len(name.split()) <= 8, doc["doc_id"]
