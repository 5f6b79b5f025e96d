"""Reading articles, and naming what cannot be read."""

from __future__ import annotations

import io
import json
import os
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap import sources
from geomap.errors import SourceError
from geomap.sources import read

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from geomap.model import Article


def everything(
    given: str | Path | Iterable[str | Path], stdin: bytes = b""
) -> tuple[list[Article], list[str]]:
    """Return the articles and the messages of a whole run."""
    errors: list[SourceError] = []
    articles = list(read(given, stdin=io.BytesIO(stdin), on_error=errors.append))
    return articles, [str(error) for error in errors]


def lines(*objects: object) -> bytes:
    return "".join(json.dumps(value) + "\n" for value in objects).encode()


def test_a_text_file_is_one_article_with_its_stem_as_id(tmp_path: Path) -> None:
    (tmp_path / "quake.txt").write_text("It shook.", encoding="utf-8")
    (article,) = read(tmp_path / "quake.txt")
    assert (article.id, article.text, article.published) == ("quake", "It shook.", None)


def test_a_header_gives_the_day_and_stays_in_the_text(tmp_path: Path) -> None:
    text = " date 2020-01-01 The United States said"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (article,) = read(tmp_path / "a.txt")
    assert (article.text, article.published) == (text, date(2020, 1, 1))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"one\r\ntwo\r\n", "one\r\ntwo\r\n"),
        (b"\xef\xbb\xbfone", "one"),
        ("Kōbe \N{OLD PERSIAN SIGN A} x".encode(), "Kōbe \N{OLD PERSIAN SIGN A} x"),
        (b"one\x1b[31m", "one\x1b[31m"),
    ],
)
def test_a_texts_characters_are_kept(tmp_path: Path, data: bytes, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    (article,) = read(tmp_path / "a.txt")
    assert article.text == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b" \n\t ", "empty"),
        (b"abc\x00d", "binary, not text (a zero byte at offset 3)"),
        (b"caf\xe9", "not UTF-8 (byte 0xe9 at offset 3)"),
        (b"\xef\xbb\xbfcaf\xe9", "not UTF-8 (byte 0xe9 at offset 6)"),
        ("Erbil".encode("utf-16"), "UTF-16; save it as UTF-8"),
    ],
)
def test_a_text_file_that_is_no_article_is_named(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "bad.txt").write_bytes(data)
    (tmp_path / "good.txt").write_text("It shook.", encoding="utf-8")
    articles, errors = everything([tmp_path / "bad.txt", tmp_path / "good.txt"])
    assert [article.id for article in articles] == ["good"]
    assert errors == [f"{tmp_path / 'bad.txt'}: {reason}"]


def test_a_text_file_longer_than_any_article_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MAX_BYTES", 2**20)
    (tmp_path / "long.txt").write_bytes(b"a " * 2**19 + b"a")
    _, errors = everything(tmp_path / "long.txt")
    assert errors == [f"{tmp_path / 'long.txt'}: longer than 1 MiB, which is no article"]


def test_a_folder_is_read_whole_in_order_without_hidden_and_foreign_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/A.TXT", ".hidden.txt", ".git/x.txt", "a/picture.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    (tmp_path / "c.jsonl").write_bytes(lines({"text": "c1"}))
    (tmp_path / "d.json").write_bytes(lines({"text": "d1"}))
    articles, errors = everything(tmp_path)
    assert [article.text for article in articles] == ["a/A.TXT", "a/z.txt", "b.txt", "c1", "d1"]
    assert errors == []


def test_a_folder_that_links_to_itself_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path)
    articles, errors = everything(tmp_path)
    assert (len(articles), errors) == (1, [])


def test_a_folder_without_articles_is_named(tmp_path: Path) -> None:
    _, errors = everything(tmp_path)
    assert errors == [f"{tmp_path}: no article in this folder (.txt, .jsonl, .ndjson, .json)"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.txt", ["b", "d"]),
        ("**/*.txt", ["a/c", "b", "d"]),
        ("[b]*", ["b"]),
        ("a*", ["a/c"]),
        ("**", ["a/c", "b", "d"]),
    ],
)
def test_a_glob_is_read_in_order(tmp_path: Path, pattern: str, found: list[str]) -> None:
    for name in ("d", "b", "a/c"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.txt").write_text(name, encoding="utf-8")
    articles, errors = everything(str(tmp_path / pattern))
    assert [article.text for article in articles] == found
    assert errors == []


def test_a_file_named_like_a_glob_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "[b].txt").write_text("brackets", encoding="utf-8")
    (tmp_path / "b.txt").write_text("none", encoding="utf-8")
    articles, _ = everything(str(tmp_path / "[b].txt"))
    assert [article.text for article in articles] == ["brackets"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("nowhere.txt", "nowhere.txt: no such file or directory"),
        ("no*where", "no*where: no file matches"),
        ("", "'': no name that a file can have"),
        ("https://news.example/1", "https://news.example/1: web addresses are not read yet"),
        ("HTTP://news.example/1", "HTTP://news.example/1: web addresses are not read yet"),
        ("page.html", "page.html: .html files are not read yet"),
        ("paper.PDF", "paper.PDF: .pdf files are not read yet"),
        ("a\0b", "'a\\x00b': no name that a file can have"),
        ("a\ud800", "'a\\ud800': no name that a file can have"),
        ("x" * 5000, "file name too long"),
    ],
)
def test_a_source_that_cannot_be_read_is_named(source: str, message: str) -> None:
    _, errors = everything([source])
    assert len(errors) == 1
    assert message in errors[0]


def test_a_broken_link_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    _, errors = everything(tmp_path)
    assert errors == [f"{tmp_path / 'a.txt'}: no such file or directory"]


def test_without_a_handler_the_first_error_is_raised(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        list(read(tmp_path / "nowhere.txt"))


def test_json_lines_carry_all_that_is_known() -> None:
    known = {
        "id": "a1",
        "text": "It shook.",
        "title": "Quake",
        "published": "2020-01-02",
        "url": "https://news.example/a1",
        "source": "News",
        "language": "de",
        "more": [1],
    }
    (article,) = read("-", stdin=io.BytesIO(lines(known)))
    assert (article.id, article.text, article.title) == ("a1", "It shook.", "Quake")
    assert article.published == date(2020, 1, 2)
    assert (article.url, article.source, article.language) == (known["url"], "News", "de")


def test_json_lines_without_values_have_defaults() -> None:
    bare = {"doc_id": 7, "id": None, "text": "t", "title": None, "date": None, "url": 3.5}
    (article,) = read("-", stdin=io.BytesIO(lines(bare)))
    assert (article.id, article.title, article.url, article.language) == ("7", "", "", "en")
    assert article.published is None


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2009-03-20", date(2009, 3, 20)),
        (" 2009-03-20 ", date(2009, 3, 20)),
        ("2009-03-20T23:30:00Z", date(2009, 3, 20)),
        ("2009-03-20T23:30:00+01:00", date(2009, 3, 20)),
        ("2009-03-20 12:24:52.002364-05", date(2009, 3, 20)),
    ],
)
@pytest.mark.parametrize("key", ["date", "published"])
def test_days_are_read_as_iso_8601_writes_them(key: str, value: str, day: date) -> None:
    (article,) = read("-", stdin=io.BytesIO(lines({"text": "t", key: value})))
    assert article.published == day


@pytest.mark.parametrize("value", ["Dec 18, 2016", "2020-13-01", "", 20200101, True, ["x"]])
def test_an_article_with_a_date_that_is_none_is_named_and_read(value: object) -> None:
    articles, errors = everything("-", lines({"text": "t", "date": value}, {"text": "u"}))
    assert [(article.text, article.published) for article in articles] == [("t", None), ("u", None)]
    assert len(errors) == 1
    assert errors[0].startswith("stdin:1: 'date' is no ISO 8601 date: ")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "x"', "broken JSON (Expecting ',' delimiter, column 13)"),
        (b"plain words", "broken JSON (Expecting value, column 1)"),
        (b'["text"]', 'not a JSON object, as an article a line is: ["text"]'),
        (b'"text"', 'not a JSON object, as an article a line is: "text"'),
        (b"{}", "no 'text'"),
        (b'{"text": null}', "'text' is no string: null"),
        (b'{"text": 12}', "'text' is no string: 12"),
        (b'{"text": " "}', "'text' is empty"),
        (b'{"text": "caf\xe9"}', "not UTF-8 (byte 0xe9 at offset 30)"),
        (b'{"text": "\x00"}', "binary, not text (a zero byte at offset 27)"),
        (b'{"text": "a", "n": ' + b"9" * 5000 + b"}", "JSON beyond all measure"),
        (b'{"text": ' + b"[" * 100_000, "JSON beyond all measure"),
    ],
)
def test_a_line_that_is_no_article_is_named_and_the_next_one_read(
    tmp_path: Path, line: bytes, reason: str
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "one"}\n\n' + line + b'\n{"text": "two"}')
    articles, errors = everything(path)
    assert [article.text for article in articles] == ["one", "two"]
    assert len(errors) == 1
    assert errors[0].startswith(f"{path}:3: {reason}")


def test_a_line_longer_than_any_article_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MAX_BYTES", 2**20)
    long = lines({"text": "x" * 2**22})
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines({"text": "one"}) + long + lines({"text": "two"}) + b"\xff\n")
    articles, errors = everything(path)
    assert [article.text for article in articles] == ["one", "two"]
    offset = len(long) + 2 * len(lines({"text": "one"}))
    assert errors == [
        f"{path}:2: longer than 1 MiB, which is no article",
        f"{path}:4: not UTF-8 (byte 0xff at offset {offset})",
    ]


@pytest.mark.parametrize("data", [b'{\n "text": "x"\n}\n', b'[\n {"text": "x"}\n]\n'])
def test_a_json_document_over_several_lines_is_named_once(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.json").write_bytes(data)
    articles, errors = everything(tmp_path)
    assert articles == []
    assert len(errors) == 1
    assert "a JSON document over several lines" in errors[0]


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_json_lines_without_any_line_are_named(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.jsonl").write_bytes(data)
    assert everything(tmp_path) == ([], [f"{tmp_path / 'a.jsonl'}: empty"])


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b"It shook.\nAgain.", ["It shook.\nAgain."]),
        (b'{"text": "a"}\n{"text": "b"}\n', ["a", "b"]),
        (b'\xef\xbb\xbf\n  {"text": "a"}', ["a"]),
        (b"[a text that begins with a bracket]", ["[a text that begins with a bracket]"]),
    ],
)
def test_standard_input_is_text_or_json_lines(data: bytes, texts: list[str]) -> None:
    articles, errors = everything("-", data)
    assert [article.text for article in articles] == texts
    assert errors == []
    assert articles[0].id == "stdin"


def test_standard_input_may_be_text_already() -> None:
    (article,) = read("-", stdin=io.StringIO("Kōbe shook."))
    assert article.text == "Kōbe shook."


def test_empty_standard_input_is_named() -> None:
    assert everything("-") == ([], ["stdin: empty"])


def test_a_pipe_is_read_by_its_start(tmp_path: Path) -> None:
    name = tmp_path / "pipe"
    os.mkfifo(name)
    if os.fork() == 0:
        name.write_bytes(lines({"text": "through a pipe"}))
        os._exit(0)
    (article,) = read(name)
    os.wait()
    assert article.text == "through a pipe"


def test_half_surrogate_pairs_are_replaced_one_for_one() -> None:
    (article,) = read("-", stdin=io.BytesIO(rb'{"text": "a\ud800b \ud83d\ude00", "id": "\udfff"}'))
    assert article.text == "a\N{REPLACEMENT CHARACTER}b \N{GRINNING FACE}"
    assert article.id == "\N{REPLACEMENT CHARACTER}"


def test_ids_are_unique_and_depend_on_order_and_text_alone(tmp_path: Path) -> None:
    objects = [{"id": "a", "text": text} for text in ("one", "two", "two", "two", "three")]
    (tmp_path / "a.jsonl").write_bytes(lines(*objects))
    (tmp_path / "a.txt").write_text("four", encoding="utf-8")
    ids = [article.id for article in read(tmp_path)]
    assert len(set(ids)) == len(ids)
    assert ids[0] == "a"
    assert all(name.startswith("a-") for name in ids[1:])
    assert ids == [article.id for article in read(tmp_path)]


def test_no_article_tells_where_its_file_lay(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    (article,) = read(tmp_path)
    assert str(tmp_path) not in repr(article)


def test_no_file_is_read_twice(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    given = [tmp_path, tmp_path / "a.txt", str(tmp_path / "*.txt")]
    assert len(list(read(given))) == 1


def test_many_identical_articles_get_their_ids_quickly() -> None:
    data = lines({"text": "same"}) * 20_000
    assert len({article.id for article in read("-", stdin=io.BytesIO(data))}) == 20_000


def test_reading_holds_no_more_than_a_line() -> None:
    class Endless(io.RawIOBase):
        """A stream of one line again and again."""

        line = lines({"text": "again"})

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            buffer[: len(self.line)] = self.line
            return len(self.line)

    articles = read("-", stdin=io.BufferedReader(Endless()))
    assert [next(articles).text for _ in range(3)] == ["again"] * 3


@given(st.binary(max_size=200))
def test_any_bytes_are_articles_or_errors_and_never_a_crash(data: bytes) -> None:
    articles, errors = everything("-", data)
    assert articles or errors
    assert all("\n" not in error for error in errors)


@given(st.text(min_size=1).filter(str.strip))
def test_a_json_lines_text_comes_back_with_the_same_length(text: str) -> None:
    (article,) = read("-", stdin=io.BytesIO(lines({"text": text})))
    assert len(article.text) == len(text)
    article.text.encode()


def test_a_pipe_in_a_folder_does_not_stop_the_reading(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    for source in (tmp_path, str(tmp_path / "*")):
        articles, errors = everything(source)
        assert [article.text for article in articles] == ["a"]
        assert errors == [f"{tmp_path / 'pipe.txt'}: not a file but a pipe, socket or device"]


def test_articles_of_formats_not_read_are_counted_not_overlooked(tmp_path: Path) -> None:
    for name in ("a.txt", "b.html", "sub/c.HTML", "d.pdf", "e.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    articles, errors = everything(tmp_path)
    assert [article.text for article in articles] == ["a.txt"]
    assert errors == [
        f"{tmp_path}: 2 .html files are not read yet; give plain text or JSON Lines",
        f"{tmp_path}: 1 .pdf file is not read yet; give plain text or JSON Lines",
    ]
