"""Print what opening, looking up and scanning cost.

    python tests/bench/bench_gazetteer.py [CORPUS.jsonl]

Without a corpus the texts are made up: sentences of common words with names of the gazetteer, as
many as news has. Times are CPU seconds of one process. Names are looked up twice: for the first
time, when their places are unpacked, and again, as an article's and a week's news do. The memory
is that of a fresh process that has scanned the texts and seen the candidates of every match.
Where flashgeotext is installed, it reads the same texts in the same run.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from geomap.gazetteer import Gazetteer, bundled_folder

WORDS = (
    "the of and to in a that was on for said with at by from it is as his police were have be"
    " officials after who people two which killed attack government an this group not security"
    " three forces on Monday Tuesday military city its minister spokesman reported near armed"
).split()
SENTENCES, WORDS_A_SENTENCE, NAMES_A_SENTENCE = 16, 22, 1.4
TEXTS = 600


def made_up_texts(gazetteer: Gazetteer) -> list[str]:
    """Return texts of about 2,000 characters with names, always the same."""
    chance = random.Random(7)  # noqa: S311, no secrets here
    rows = [chance.randrange(len(gazetteer)) for _ in range(4000)]
    names = [gazetteer.tables.row(row).place.name for row in rows]

    def sentence() -> str:
        words = chance.choices(WORDS, k=WORDS_A_SENTENCE)
        for _ in range(1 + (chance.random() < NAMES_A_SENTENCE - 1)):
            words[chance.randrange(len(words))] = chance.choice(names)
        return "The " + " ".join(words) + ". "

    return ["".join(sentence() for _ in range(SENTENCES)) for _ in range(TEXTS)]


def opening_ms() -> float:
    """Return how long a fresh process takes to import, open and look up one name, ms."""
    code = (
        "import time; start = time.perf_counter()\n"
        "from geomap.gazetteer import Gazetteer\n"
        "Gazetteer.open().candidates('Baghdad')\n"
        "print((time.perf_counter() - start) * 1000)"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for _ in range(5)
    ]
    return min(float(run.stdout) for run in runs)


MEMORY = """
import sys
from pathlib import Path
from geomap.gazetteer import Gazetteer
gazetteer = Gazetteer.open()
for text in sys.stdin:
    for match in gazetteer.scan(text.replace("\\x1f", "\\n")):
        match.candidates
status = Path("/proc/self/status").read_text(encoding="utf-8")
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))
"""
"""Reads a text a line and tells its resident memory, KiB."""


def resident_mb(texts: list[str]) -> float:
    """Return the resident memory of a fresh process that scanned the texts, MB (Linux only)."""
    lines = "".join(text.replace("\n", "\x1f") + "\n" for text in texts)
    run = subprocess.run(
        [sys.executable, "-c", MEMORY],
        input=lines, capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    return int(run.stdout) / 1024


def per_second(count: int, start: float) -> float:
    return count / (time.process_time() - start)


def look_up(gazetteer: Gazetteer, names: list[str], title: str) -> None:
    """Print how many names are looked up in a second."""
    start = time.process_time()
    for name in names:
        gazetteer.candidates(name)
    sys.stdout.write(f"{title:28} {per_second(len(names), start):10,.0f} names/s\n")


def beside(texts: list[str]) -> None:
    """Print how fast flashgeotext, where it is installed, extracts names from the same texts."""
    if find_spec("flashgeotext") is None:
        return
    start = time.process_time()
    other = import_module("flashgeotext.geotext").GeoText()
    sys.stdout.write(
        f"flashgeotext: opening        {(time.process_time() - start) * 1e3:10.1f} ms\n"
    )
    start = time.process_time()
    for text in texts:
        other.extract(text)
    sys.stdout.write(
        f"flashgeotext: scanned        {per_second(len(texts), start):10,.0f} articles/s\n"
    )


def main() -> None:
    out = sys.stdout.write
    size = sum(path.stat().st_size for path in bundled_folder().iterdir())
    out(f"files                        {size / 1e6:10.1f} MB\n")
    out(f"import, open, first lookup   {opening_ms():10.1f} ms\n")
    gazetteer = Gazetteer.open()
    out(f"places                       {len(gazetteer):10,}\n")
    out(f"names                        {len(gazetteer.tables.names):10,}\n")
    if len(sys.argv) > 1:
        with Path(sys.argv[1]).open(encoding="utf-8") as file:
            texts = [json.loads(line)["text"] for line in file]
    else:
        texts = made_up_texts(gazetteer)
    start = time.process_time()
    found = [match.key for text in texts for match in gazetteer.scan(text)]
    out(f"scanned                      {per_second(len(texts), start):10,.0f} articles/s")
    out(f" of {sum(map(len, texts)) / len(texts):.0f} characters, {len(found)} matches\n")
    start = time.process_time()
    seen = sum(len(match.candidates) for text in texts for match in gazetteer.scan(text))
    out(f"scanned, with candidates     {per_second(len(texts), start):10,.0f} articles/s")
    out(f", {seen / max(1, len(found)):.1f} a match\n")
    gazetteer = Gazetteer(gazetteer.folder)  # one that remembers nothing
    look_up(gazetteer, found, "looked up, first time")
    look_up(gazetteer, found, "looked up again")
    look_up(gazetteer, gazetteer.tables.names.keys("ba")[:20_000], "looked up, each once, rare")
    out(f"resident memory              {resident_mb(texts):10.1f} MB\n")
    beside(texts)


if __name__ == "__main__":
    main()
