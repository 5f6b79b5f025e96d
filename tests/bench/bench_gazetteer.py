"""Print what opening, looking up and scanning cost.

    python tests/bench/bench_gazetteer.py [CORPUS.jsonl]

Without a corpus the texts are made up: sentences of common words with names of the gazetteer, as
many as news has. Times are of one process on one core; the memory is this process's after all.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
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


def resident_mb() -> float:
    """Return the resident memory of this process, MB; 0 where the system does not tell."""
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def per_second(count: int, start: float) -> float:
    return count / (time.process_time() - start)


def main() -> None:
    out = sys.stdout.write
    size = sum(path.stat().st_size for path in bundled_folder().iterdir())
    out(f"files                        {size / 1e6:10.1f} MB\n")
    out(f"import, open, first lookup   {opening_ms():10.1f} ms\n")
    empty = resident_mb()
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
    for name in found:
        gazetteer.candidates(name)
    out(f"candidates of names in texts {per_second(len(found), start):10,.0f} names/s\n")
    single = gazetteer.tables.names.keys("ba")[:20_000]
    start = time.process_time()
    for name in single:
        gazetteer.candidates(name)
    out(f"candidates of rare names     {per_second(len(single), start):10,.0f} names/s\n")
    out(f"resident memory              {resident_mb():10.1f} MB, {empty:.1f} before opening\n")


if __name__ == "__main__":
    main()
