"""How long sending a response takes while others send files: 200 files of 1 MB, by eight at once.

python -m tests.benchmarks.uploads"""

import os
import statistics
import tempfile
import threading
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from survey import Question, Upload, library_questionnaire, new_response_id
from survey.uploading import read_upload
from tests.warehouse.answering import a_response
from warehouse import Warehouse, open_warehouse
from warehouse.uploads import keep_upload

FILES, CLIENTS, SIZE = 200, 8, 999_000
ASKED = Question(code="slip", type="file", text=library_questionnaire("customer-satisfaction").title)


def submitted(house: Warehouse, until: threading.Event) -> list[float]:
    """Seconds of each response sent, one after the other, until then."""
    took = []
    while not until.is_set() or len(took) < 50:
        start = time.perf_counter()
        house.writer.submit(a_response(new_response_id(), submitted_at=datetime.now(UTC)))
        took.append(time.perf_counter() - start)
    return took


def send_files(house: Warehouse, count: int, took: list[float]) -> None:
    """Read and keep so many files, each for a response of its own."""
    for _ in range(count):
        content = b"%PDF-" + os.urandom(SIZE)
        start = time.perf_counter()
        found = read_upload(ASKED, "a.pdf", content)
        assert isinstance(found, Upload)
        keep_upload(house, "customer-satisfaction", new_response_id(), "slip", found, content)
        took.append(time.perf_counter() - start)


def told(what: str, took: list[float]) -> None:
    """One line of milliseconds."""
    cuts = statistics.quantiles((each * 1000 for each in took), n=100)
    said = "  ".join(f"{name} {cuts[at]:7.1f} ms" for name, at in (("p50", 49), ("p95", 94)))
    print(f"{what:32} n={len(took):5}  {said}  max {max(took) * 1000:7.1f} ms")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, closing(open_warehouse(Path(folder) / "w.duckdb")) as house:
        quiet = threading.Event()
        quiet.set()
        told("a response, nothing else", submitted(house, quiet))
        done, files = threading.Event(), list[float]()
        senders = [
            threading.Thread(target=send_files, args=(house, FILES // CLIENTS, files)) for _ in range(CLIENTS)
        ]
        found: list[float] = []
        writer = threading.Thread(target=lambda: found.extend(submitted(house, done)))
        start = time.perf_counter()
        for thread in (writer, *senders):
            thread.start()
        for thread in senders:
            thread.join()
        seconds = time.perf_counter() - start
        done.set()
        writer.join()
        told("a response, beside the files", found)
        told(f"a file of 1 MB ({CLIENTS} at once)", files)
        print(f"{FILES / seconds:.1f} files a second; the file has {house.path.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
