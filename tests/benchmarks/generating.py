"""A warehouse of any size for the benchmarks, made by SQL alone.

python -m tests.benchmarks.generating FILE.duckdb [--responses 1000000]"""

import argparse
import time
from pathlib import Path

import duckdb

from survey import read_questionnaire
from tests.benchmarks.rows import STATEMENTS
from warehouse import open_warehouse
from warehouse.contract_loading import load_contract
from warehouse.surveys import publish

HERE = Path(__file__).parent
SURVEY = "bench"
ANSWERS = 10  # scored answers a response


def generate(path: Path, responses: int) -> None:
    """Make the file with so many responses of ten answers each; nothing of it is counted into rollups yet."""
    questionnaire = read_questionnaire((HERE / "questionnaire.yaml").read_text("utf-8"), "questionnaire.yaml")
    warehouse = open_warehouse(path)
    publish(warehouse, questionnaire, SURVEY, questionnaire.title, is_example=False)
    load_contract(warehouse, (HERE / "contract.yaml").read_text("utf-8"))
    warehouse.close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        asked = {"responses": responses, "members": max(responses // 10, 1)}
        for statement in STATEMENTS:
            used = {name: value for name, value in asked.items() if f"${name}" in statement}
            connection.execute(statement, used)


def main() -> None:
    """Make one file and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--responses", type=int, default=1_000_000)
    asked = parser.parse_args()
    start = time.perf_counter()
    generate(asked.file, asked.responses)
    size = asked.file.stat().st_size / 1e6
    print(f"{asked.responses:,} responses in {time.perf_counter() - start:.1f} s, {size:,.0f} MB")


if __name__ == "__main__":
    main()
