"""The command line: what it writes where, and how it ends."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import geomap
from geomap.cli import COMMANDS, main
from geomap.cli_gazetteer import PLACE_COLUMNS
from geomap.export import SUFFIXES

BOMBING = " date 2024-05-08 A bomb exploded in Mosul, Iraq, on Tuesday, killing three people.\n"
QUAKE = " date 2024-05-08 An earthquake struck Kathmandu, Nepal, on Monday, killing ten people.\n"


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of two articles, beside which the program runs."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "bombing.txt").write_text(BOMBING, encoding="utf-8")
    (folder / "quake.txt").write_text(QUAKE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def feed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


def fresh(*arguments: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "geomap", *arguments]
    return subprocess.run(command, input=data, capture_output=True, check=False)


def here() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


def objects(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_map_writes_one_file_and_with_geojson_a_second(articles: Path) -> None:
    assert main(["map", "articles", "-o", "map.html"]) == 0
    assert here() == ["articles", "map.html"]
    assert main(["map", "articles", "-o", "map.html", "--geojson"]) == 0
    assert here() == ["articles", "map.geojson", "map.html"]
    collection = json.loads(Path("map.geojson").read_text(encoding="utf-8"))
    articles_seen = {feature["properties"]["article_id"] for feature in collection["features"]}
    assert articles_seen == {"bombing", "quake"}
    assert articles.is_dir()


@pytest.mark.usefixtures("articles")
def test_map_puts_the_title_on_the_map_as_text() -> None:
    title = "Quakes {{7*7}} & <b>bombs</b>"
    assert main(["map", "articles", "-o", "map.html", "--title", title]) == 0
    page = Path("map.html").read_text(encoding="utf-8")
    assert "<b>bombs</b>" not in page
    assert "{{7*7}}" in page


@pytest.mark.usefixtures("articles")
def test_map_takes_the_options_of_the_page() -> None:
    options = ["--lang", "ar", "--theme", "dark", "--embed", "--mentions"]
    options += ["--tiles", "https://tiles.example.org/{z}/{x}/{y}.png", "--attribution", "<b>"]
    assert main(["map", "articles", "-o", "map.html", *options]) == 0
    page = Path("map.html").read_text(encoding="utf-8")
    assert '<html lang="ar" dir="rtl" data-theme="dark" data-embed>' in page
    assert "img-src data: https://tiles.example.org;" in page


@pytest.mark.usefixtures("articles")
def test_a_wrong_option_of_the_page_is_told_before_the_work(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert main(["map", "articles", "-o", "map.html", "--tiles", "ftp://x/{z}/{x}/{y}"]) == 2
    assert "http or https" in capfd.readouterr().err
    assert not Path("map.html").exists()


@pytest.mark.usefixtures("articles")
def test_the_same_articles_give_the_same_bytes() -> None:
    for name in ("a", "b"):
        assert main(["map", "articles", "-o", f"{name}.html", "--geojson"]) == 0
    assert Path("a.html").read_bytes() == Path("b.html").read_bytes()
    assert Path("a.geojson").read_bytes() == Path("b.geojson").read_bytes()


@pytest.mark.usefixtures("articles")
def test_events_are_geojson_unless_told_otherwise(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["events", "articles"]) == 0
    collection = json.loads(capfd.readouterr().out)
    assert collection["type"] == "FeatureCollection"
    assert main(["events", "articles", "--format", "jsonl"]) == 0
    rows = objects(capfd.readouterr().out)
    assert len(rows) == len(collection["features"]) > 0
    assert main(["events", "articles", "--format", "csv"]) == 0
    assert capfd.readouterr().out.splitlines()[0].split(",") == list(rows[0])


@pytest.mark.usefixtures("articles")
@pytest.mark.parametrize("suffix", [name for name in SUFFIXES if name != ".parquet"])
def test_events_are_written_by_suffix(suffix: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["events", "articles", "-o", f"out{suffix}"]) == 0
    assert Path(f"out{suffix}").stat().st_size > 0
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("articles")
def test_a_format_goes_before_the_suffix() -> None:
    assert main(["events", "articles", "-o", "out.txt", "--format", "csv"]) == 0
    assert Path("out.txt").read_text(encoding="utf-8").startswith("id,")


@pytest.mark.usefixtures("articles")
def test_a_dash_as_output_is_standard_output(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["events", "articles", "-o", "-"]) == 0
    assert json.loads(capfd.readouterr().out)["features"]
    assert here() == ["articles"]


@pytest.mark.usefixtures("articles")
def test_toponyms_are_a_table_or_lines_or_geojson(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["toponyms", "articles"]) == 0
    head, *rows = capfd.readouterr().out.splitlines()
    assert head.split()[:4] == ["article_id", "start", "text", "kind"]
    assert any("Mosul" in row for row in rows)
    assert main(["toponyms", "articles", "--format", "jsonl"]) == 0
    found = objects(capfd.readouterr().out)
    assert len(found) == len(rows)
    for row in found:
        text = {"bombing": BOMBING, "quake": QUAKE}[str(row["article_id"])]
        assert text[row["start"] : row["end"]] == row["text"]  # type: ignore[misc]
    assert main(["toponyms", "articles", "--format", "geojson", "-o", "t.geojson"]) == 0
    collection = json.loads(Path("t.geojson").read_text(encoding="utf-8"))
    assert len(collection["features"]) == len(rows)


def test_place_lists_what_the_gazetteer_knows(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["place", "Mosul"]) == 0
    head, first, *_ = capfd.readouterr().out.splitlines()
    assert head.split() == list(PLACE_COLUMNS)
    assert first.split()[:3] == ["Mosul", "city", "IQ"]


def test_place_reads_names_line_by_line(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    feed(monkeypatch, "Mosul\r\n\n  Kathmandu  \nXyzzyxyz\n\xff".encode("latin-1"))
    assert main(["place", "-", "--format", "jsonl"]) == 1
    out, err = capfd.readouterr()
    rows = objects(out)
    assert {row["query"] for row in rows} == {"Mosul", "Kathmandu"}
    needed = {"query", "name", "lon", "lat", "kind", "country", "population", "id"}
    assert all(needed <= set(row) for row in rows)
    assert err.splitlines() == [
        "geomap: no place is called 'Xyzzyxyz'",
        "geomap: stdin:5: not UTF-8",
    ]


def test_a_name_that_no_place_has_is_no_failure(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["place", "Xyzzyxyz", "--format", "jsonl"]) == 0
    assert capfd.readouterr().out == ""


@pytest.mark.usefixtures("articles")
def test_a_bad_input_is_named_in_a_line_and_the_rest_is_done(
    capfd: pytest.CaptureFixture[str],
) -> None:
    Path("bad.txt").write_bytes(b"\xff")
    Path("more.jsonl").write_bytes(b'{"text": 1}\n{"id": "m", "text": "Floods hit Lagos."}\n')
    given = ["bad.txt", "gone.txt", "more.jsonl", "articles"]
    assert main(["toponyms", *given, "--format", "jsonl"]) == 1
    out, err = capfd.readouterr()
    assert {row["article_id"] for row in objects(out)} == {"m", "bombing", "quake"}
    assert err.splitlines() == [
        "geomap: bad.txt: not UTF-8 (byte 0xff at offset 0)",
        "geomap: gone.txt: no such file or directory",
        "geomap: more.jsonl:1: 'text' is no string: 1",
    ]


@pytest.mark.parametrize("suffix", [".geojson", ".jsonl", ".csv", ".gpkg", ".fgb"])
@pytest.mark.usefixtures("articles")
def test_when_every_input_fails_the_output_is_empty_and_valid(suffix: str) -> None:
    assert main(["events", "gone.txt", "-o", f"out{suffix}"]) == 1
    if suffix in (".gpkg", ".fgb"):
        import geopandas

        assert len(geopandas.read_file(f"out{suffix}")) == 0
    elif suffix == ".geojson":
        assert json.loads(Path("out.geojson").read_text(encoding="utf-8"))["features"] == []
    else:
        assert len(Path(f"out{suffix}").read_text(encoding="utf-8").splitlines()) < 2


@pytest.mark.usefixtures("articles")
def test_when_every_input_fails_there_is_still_a_map() -> None:
    assert main(["map", "gone.txt", "-o", "map.html", "--geojson"]) == 1
    assert "</html>" in Path("map.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["map"],
        ["map", "articles"],
        ["map", "articles", "-o", "-"],
        ["map", "articles", "-o", "map.png"],
        ["map", "articles", "-o", "map.html", "--lang", "xx"],
        ["map", "articles", "-o", "map.html", "--theme", "blue"],
        ["map", "articles", "-o", "nowhere/map.html"],
        ["events", "articles", "-o", "articles"],
        ["events", "articles", "--format", "table"],
        ["toponyms", "articles", "--format", "csv"],
        ["place"],
        ["place", "New", "York"],
    ],
)
@pytest.mark.usefixtures("articles")
def test_wrong_usage_ends_with_2(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert capfd.readouterr().out == ""


@pytest.mark.usefixtures("articles")
def test_an_unknown_suffix_is_wrong_usage_told_before_the_work(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert main(["events", "articles", "-o", "out.shp"]) == 2
    err = capfd.readouterr().err
    assert "'.shp'" in err
    assert all(suffix in err for suffix in SUFFIXES)
    assert not Path("out.shp").exists()


@pytest.mark.usefixtures("articles")
def test_what_a_terminal_would_obey_is_escaped(capfd: pytest.CaptureFixture[str]) -> None:
    name = "a\x1b[31m\N{RIGHT-TO-LEFT OVERRIDE}.txt"
    Path(name).write_text("Floods hit Mosul.", encoding="utf-8")
    Path("b\x1b]0;x\x07.txt").write_bytes(b"")
    assert main(["toponyms", name, "b\x1b]0;x\x07.txt", "--format", "table"]) == 1
    out, err = capfd.readouterr()
    assert "Mosul" in out
    assert (out + err).replace("\n", "").isprintable()
    assert "\\x1b" in out
    assert "\\x1b" in err


def test_json_on_a_terminal_holds_no_control_character(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    title = "\x9b31m\x1b[31m\x7f\ud800"
    feed(monkeypatch, json.dumps({"text": BOMBING, "id": title, "title": title}).encode())
    assert main(["events", "-", "--format", "jsonl"]) == 0
    out = capfd.readouterr().out
    assert not set(out) & set("\x9b\x1b\x7f\ud800")
    assert objects(out)[0]["article_title"] == title.replace("\ud800", "\N{REPLACEMENT CHARACTER}")


@pytest.mark.parametrize(
    "text",
    [
        "\ud800 A bomb exploded in Mosul.",
        "A bomb\0 exploded in Mosul.",
        "{{7*7}} {% raw %} A bomb exploded in Mosul. </script><script>",
        "\N{ZERO WIDTH JOINER}" * 500 + " A bomb exploded in Mosul.",
        "A bomb exploded in " + "Mosul " * 2000,
        "." * 4_000,
        "A" * 20_000,
        "(" * 5_000 + ")" * 5_000,
        "\r\n\r\n\r\n",
    ],
)
@pytest.mark.parametrize("command", ["events", "toponyms"])
def test_no_text_makes_the_program_fail(
    command: str, text: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    feed(monkeypatch, json.dumps({"text": f"It rained. {text}"}).encode())
    assert main([command, "-", "--format", "geojson"]) == 0
    out, err = capfd.readouterr()
    assert json.loads(out)["type"] == "FeatureCollection"
    assert err in ("", "geomap: not in English, so left out: stdin\n")


def test_articles_in_other_languages_are_left_out_and_named_in_one_line(
    articles: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    french = "Une explosion a tué trois personnes à Mossoul mardi soir, a annoncé la police."
    for name in ("un", "deux"):
        (articles / f"{name}.txt").write_text(french, encoding="utf-8")
    assert main(["events", "articles", "--format", "jsonl"]) == 0
    out, err = capfd.readouterr()
    assert {row["article_id"] for row in objects(out)} == {"bombing", "quake"}
    assert err == "geomap: not in English, so left out: deux, un\n"


def test_explanations_are_of_the_types_asked_for(
    articles: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["events", str(articles), "--explain"]) == 0
    everything = capfd.readouterr().out
    assert main(["events", str(articles), "--explain", "--types", "earthquake"]) == 0
    quakes = capfd.readouterr().out
    assert quakes
    assert quakes in everything
    assert len(quakes) < len(everything)


def test_explanations_have_no_format(articles: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["events", str(articles), "--explain", "--format", "csv"]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err == "geomap: --explain writes words, not data: it goes without --format\n"


def test_an_error_of_ours_in_one_article_does_not_lose_the_others(
    articles: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from geomap.pipeline import Pipeline

    class Fragile(Pipeline):
        """Fails at one of the articles."""

        def mentions(self, article: geomap.Article) -> tuple[geomap.Mention, ...]:
            if article.id == "bombing":
                raise ZeroDivisionError("one\x1bline\nor two")
            return super().mentions(article)

    monkeypatch.setattr("geomap.pipeline.Pipeline", Fragile)
    assert main(["toponyms", str(articles), "--format", "jsonl"]) == 1
    out, err = capfd.readouterr()
    assert {row["article_id"] for row in objects(out)} == {"quake"}
    assert len(err.splitlines()) == 1
    assert err.startswith("geomap: bombing: internal error")
    assert "\x1b" not in err


def test_version_and_help_say_what_they_are(capfd: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--version"], ["--help"], *([name, "--help"] for name in COMMANDS)):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 0
    out = capfd.readouterr().out
    assert out.startswith(f"geomap {geomap.__version__}\n")
    assert all(summary in out for summary, _ in COMMANDS.values())


def test_the_package_runs_as_a_module() -> None:
    done = fresh("toponyms", "-", "--format", "jsonl", data=BOMBING.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Mosul" in done.stdout


def test_output_is_utf_8_whatever_the_locale() -> None:
    command = [sys.executable, "-m", "geomap", "place", "Zürich", "--format", "jsonl"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert "Zürich" in done.stdout.decode()


def test_a_closed_pipe_ends_the_program_quietly() -> None:
    line = json.dumps({"text": BOMBING}).encode() + b"\n"
    command = [sys.executable, "-m", "geomap", "toponyms", "-", "--format", "jsonl"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as program:
        assert program.stdin
        assert program.stdout
        assert program.stderr
        program.stdout.close()
        program.stdin.write(line * 500)
        program.stdin.close()
        assert program.stderr.read() == b""
    assert program.returncode == 0


def test_ctrl_c_ends_the_program_quietly() -> None:
    command = [sys.executable, "-m", "geomap", "toponyms", "-"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as program:
        assert program.stdin
        assert program.stderr
        program.stdin.write(b"{}\n")
        program.stdin.flush()
        assert program.stderr.readline() == b"geomap: stdin:1: no 'text'\n"
        program.send_signal(signal.SIGINT)
        assert program.stderr.read() == b""
    assert program.returncode == 130


def test_progress_goes_to_a_terminal_alone(
    articles: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["toponyms", str(articles), "--format", "jsonl"]) == 0
    assert capfd.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert main(["toponyms", str(articles), "--format", "jsonl"]) == 0
    out, err = capfd.readouterr()
    assert "2 articles read" in err
    assert err.endswith("\r\x1b[K")
    assert "articles read" not in out
