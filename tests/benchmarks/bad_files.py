"""Imports each file known to have harmed such software in a process of its own: what became of it, how long
it took, and the most memory that the process held.

python -m tests.benchmarks.bad_files [--one import-26]"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from tests.warehouse.importing.bad_files import BAD_FILES
from warehouse import open_warehouse
from warehouse.importing import ImportRefusedError, load, prepare

MOST_MB = 512


def tried(case: str) -> str:
    """What becomes of the file in a new warehouse. It is made by another process: that takes memory too."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = subprocess.run(
            (sys.executable, "-m", __spec__.name, "--make", case, "--folder", name),
            check=True,
            capture_output=True,
            text=True,
        )
        file, mapping = (Path(line) for line in made.stdout.splitlines())
        with closing(open_warehouse(folder / "pactboard.duckdb")) as house:
            before = _peak_mb()
            start = time.perf_counter()
            try:
                outcome = f"{load(house, prepare(file, mapping)).stored} stored"
            except ImportRefusedError as error:
                outcome = error.problems[0].code
            seconds = time.perf_counter() - start
        size = file.stat().st_size
    return f"| {case} | {BAD_FILES[case].name} | {size:,} | {outcome} | {seconds:.2f} | {before:.0f} |"


def _peak_mb() -> float:
    """The most memory that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Try each, or the one named; 1 when one of them took more than is allowed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--one", choices=[*BAD_FILES])
    parser.add_argument("--make", choices=[*BAD_FILES])
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    if asked.make:
        print(*BAD_FILES[asked.make].make(asked.folder), sep="\n")
        return 0
    if asked.one:
        print(tried(asked.one), f"{_peak_mb():.0f} |")
        return 0 if _peak_mb() < MOST_MB else 1
    print(
        "| id | file | bytes | outcome | seconds | MB before it | most MB |", "|---|---|---|---|---|---|---|"
    )
    failed = []
    for case in BAD_FILES:
        if subprocess.run((sys.executable, "-m", __spec__.name, "--one", case), check=False).returncode:
            failed.append(case)
    print(f"over {MOST_MB} MB: {', '.join(failed) or 'none'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
