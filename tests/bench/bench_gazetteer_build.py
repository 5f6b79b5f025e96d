"""Build a gazetteer from generated rows in GeoNames' format, and print what that costs.

    python tests/bench/bench_gazetteer_build.py [--rows 10000000]

Building and opening run in processes of their own, so that the memory printed is theirs. The rows
have names of one to three made-up words and up to three alternates, as GeoNames' have on average.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = 200_000
SYLLABLES = "ba be bo da del fo gar hol ka kir la mar mon na or pol qa ran sar tel ul var wen zar"
FEATURES = [f"{letter}{number}" for letter in ("STM", "HLL", "SCH", "FRM") for number in range(99)]
COUNTRIES = "AF BR CN DE EG FR GB IN IQ JP KE MX NG PK RU SY TR UA US YE".split()
OPEN = """
import time
start = time.perf_counter()
from pathlib import Path
from geomap.gazetteer import Gazetteer
imported = time.perf_counter()
gazetteer = Gazetteer.open(Path({folder!r}))
found = gazetteer.candidates({name!r})
print((time.perf_counter() - imported) * 1000, len(found), len(gazetteer))
"""


def word(chance: random.Random, syllables: list[str]) -> str:
    return "".join(chance.choices(syllables, k=chance.randrange(2, 5))).capitalize()


def write_rows(path: Path, rows: int) -> str:
    """Write that many lines, always the same, and return a name that is in them."""
    chance = random.Random(11)  # noqa: S311, no secrets here
    syllables = SYLLABLES.split()
    name = ""
    with path.open("w", encoding="utf-8") as file:
        for number in range(1, rows + 1):
            words = [word(chance, syllables) for _ in range(chance.randrange(1, 4))]
            name = " ".join(words)
            others = ",".join(word(chance, syllables) for _ in range(chance.randrange(4)))
            kind = chance.choice(["PPL", *FEATURES]) if number % 3 else "PPL"
            lat, lon = chance.uniform(-60, 75), chance.uniform(-180, 180)
            cells = [number, name, name, others, f"{lat:.5f}", f"{lon:.5f}", "P", kind]
            cells += [chance.choice(COUNTRIES), "", chance.randrange(40), "", "", ""]
            cells += [chance.randrange(10**5), "", "", "", "2024-01-01"]
            file.write("\t".join(map(str, cells)) + "\n")
    return name


def build(source: Path, folder: Path) -> tuple[float, float]:
    """Build in a process; return seconds and the process's highest resident memory, MB."""
    command = ["-m", "geomap", "gazetteer", "build", str(source), "-o", str(folder)]
    start = time.perf_counter()
    subprocess.run([sys.executable, *command], check=True)
    seconds = time.perf_counter() - start
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def opening(folder: Path, name: str) -> tuple[float, int, int]:
    """Return the best of five openings with a look-up, ms; places of the name; places in all."""
    code = OPEN.format(folder=str(folder), name=name)
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for _ in range(5)
    ]
    ms, found, places = min((run.stdout.split() for run in runs), key=lambda cells: float(cells[0]))
    return float(ms), int(found), int(places)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure building a gazetteer.")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--folder", type=Path, help="where to work; by default the temporary one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as scratch:
        source, folder = Path(scratch, "allCountries.txt"), Path(scratch, "built")
        name = write_rows(source, options.rows)
        seconds, megabytes = build(source, folder)
        ms, found, places = opening(folder, name)
        size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
        sys.stdout.write(
            f"rows          {places:>12,} from {source.stat().st_size / 1e6:,.0f} MB\n"
        )
        sys.stdout.write(f"built in      {seconds:>12,.1f} s, {places / seconds:,.0f} rows/s\n")
        sys.stdout.write(f"peak memory   {megabytes:>12,.0f} MB\n")
        sys.stdout.write(f"gazetteer     {size:>12,.1f} MB\n")
        sys.stdout.write(f"open, look up {ms:>12,.1f} ms ({found} places of {name!r})\n")


if __name__ == "__main__":
    main()
