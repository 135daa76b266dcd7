"""`python -m warehouse seal` seals, lists, writes the text and works a period out again."""

import hashlib
from datetime import UTC
from pathlib import Path

import pytest

from contract import example_source
from tests.warehouse.commands import run
from tests.warehouse.making import a_warehouse, local, satisfied
from warehouse.contract_loading import load_contract
from warehouse.database import open_warehouse
from warehouse.exports import csv_bytes, export_rows
from warehouse.filters import Filters

DEDUCTION = example_source("deduction").partition("  examples:")[0]


def test_the_command_seals_lists_writes_and_verifies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PACTBOARD_WAREHOUSE", str(tmp_path))
    monkeypatch.setattr("warehouse.as_of.utc_now", lambda: local("2026-08-02 09:00").astimezone(UTC))
    assert run(capsys, "seal", "--language", "en")[2].startswith("No contract is loaded.")
    house = a_warehouse(tmp_path, contract=False)
    load_contract(house, DEDUCTION)
    satisfied(house, 240, 300, at="2026-05-01 12:00")
    house.close()
    assert "can be sealed" in run(capsys, "seal", "--language", "en")[1]
    code, _, said = run(capsys, "seal", "2026Q2", "--verify", "--language", "en")
    assert code == 1 and "[seal-none]" in said
    text = tmp_path / "2026Q2.json"
    code, printed, _ = run(capsys, "seal", "2026Q2", "--out", text, "--language", "en")
    digest = hashlib.sha256(text.read_bytes()).hexdigest()
    assert code == 0 and f"Sealed: 2026Q2, SHA-256 {digest}" in printed
    assert "Sealed before: 2026Q2" in run(capsys, "seal", "2026Q2", "--language", "en")[1]
    code, printed, said = run(capsys, "seal", "--verify", "--language", "zh")
    assert (code, said) == (0, "") and printed.startswith("2026Q1：一致") and "2026Q2：一致" in printed

    house = open_warehouse(tmp_path / "pactboard.duckdb")
    satisfied(house, 1, 3, at="2026-05-02 12:00")
    tables = {
        name: b"".join(csv_bytes(export_rows(house, name, Filters("customer-satisfaction"), "en"))).decode()
        for name in ("settlement", "scorecard", "targets")
    }
    house.close()
    assert all(digest in table for table in tables.values())
    last = next(line for line in tables["scorecard"].splitlines() if ",2026Q2," in line)
    assert f",{digest},3," in last
    assert "for 1 targets" in run(capsys, "seal", "--language", "en")[1]

    house = open_warehouse(tmp_path / "pactboard.duckdb")
    with house.transaction() as cursor:
        cursor.execute("DELETE FROM response WHERE ingest_seq = 7")
    house.close()
    code, printed, said = run(capsys, "seal", "2026Q2", "--verify", "--language", "en")
    assert code == 1 and "2026Q2: differs" in printed
    assert "counts · n: sealed 300, counted again 299." in said
