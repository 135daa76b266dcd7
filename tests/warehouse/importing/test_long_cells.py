"""Long cells of a large file: taken up in parts that memory bears, shown short, written beside whole."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.importing.files import CLUB, write
from warehouse.importing import ImportRefusedError
from warehouse.importing.checking import MOST_LETTERS
from warehouse.importing.large import asking, checking, hiding, staging
from warehouse.importing.large.preparing import prepare_large
from warehouse.importing.large.scratch import Scratch
from warehouse.importing.loading import prepare_small
from warehouse.importing.mapping_reading import load_mapping
from warehouse.slices import slices

MAPPING = CLUB + "  comment: comment\n"
LETTERS = 2_500  # more than an answer to this question may have
ROWS = 150
TEXTS = [f"{number:04}{'很' * LETTERS}" for number in range(ROWS)]
MOST = 300_000
"""Bytes for the parts of these tests: those of 39 of these texts."""

RAW_AT = {"raws": 0, "refusals": 2, "text_part": 0}


def a_file(folder: Path) -> tuple[Path, Path]:
    rows = "".join(f"{number},2026-01-05,5,9,{text}\n" for number, text in enumerate(TEXTS))
    return write(folder, "id,day,csat,nps,comment\n" + rows, MAPPING)


def test_texts_are_asked_about_and_given_in_parts_bounded_in_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, mapping = a_file(tmp_path)
    most: dict[str, int] = dict.fromkeys(RAW_AT, 0)
    ask = Scratch.ask

    def watched(
        self: Scratch, name: str, params: Mapping[str, object] | None = None, **words: str
    ) -> list[tuple[Any, ...]]:
        rows = ask(self, name, params, **words)
        if name in RAW_AT:
            content = sum(len(row[RAW_AT[name]].encode()) for row in rows)
            most[name] = max(most[name], content)
        return rows

    monkeypatch.setattr(Scratch, "ask", watched)
    monkeypatch.setattr(hiding, "is_judged", lambda *_: True)
    for module in (asking, checking, hiding):
        monkeypatch.setattr(module, "MOST_BYTES", MOST)
    prepared = prepare_large(file, load_mapping(mapping))
    refused = list(prepared.refusals())
    assert [each.raw for each in refused] == TEXTS
    assert [each.row for each in refused] == list(range(2, ROWS + 2))
    assert all(0 < content <= MOST for content in most.values()), most


def test_a_report_shows_long_texts_short_and_the_list_of_refusals_has_them_whole(tmp_path: Path) -> None:
    file, mapping = a_file(tmp_path)
    loaded = load_mapping(mapping)
    for prepared in (prepare_large(file, loaded), prepare_small(file, loaded)):
        (column,) = (each for each in prepared.report.columns if each.use == "answers.comment")
        assert len(column.refused) == column.refused_cells == ROWS
        assert {each.raw for each in column.refused} == {text[: MOST_LETTERS - 1] + "…" for text in TEXTS}
        assert len(prepared.report.as_json()) < ROWS * 2 * MOST_LETTERS
        assert sorted(each.raw for each in prepared.refusals()) == TEXTS


def test_a_report_names_as_many_long_texts_as_memory_bears_and_counts_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, mapping = a_file(tmp_path)
    monkeypatch.setattr(checking, "MOST_BYTES", MOST)
    (column,) = (
        each
        for each in prepare_large(file, load_mapping(mapping)).report.columns
        if each.use == "answers.comment"
    )
    assert len(column.refused) == MOST // len(TEXTS[0].encode())
    assert column.refused_cells == ROWS


def test_rows_too_long_for_the_engine_are_refused_with_their_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, mapping = a_file(tmp_path)
    monkeypatch.setattr(staging, "_MOST_BYTES", 500_000)
    with pytest.raises(ImportRefusedError) as caught:
        prepare_large(file, load_mapping(mapping))
    (problem,) = caught.value.problems
    assert (problem.code, problem.where) == ("file-dense", "club.csv")
    assert 2 < int(str(problem.values["row"])) < ROWS


def test_slices_are_bounded_and_leave_nothing_out() -> None:
    sizes = [1] * 5_000 + [900] * 7 + [5_000] + [1] * 9_000
    found = list(slices(3, len(sizes), lambda first, end: (end - first, sum(sizes[first:end])), 2_000, 2_500))
    assert [first for first, _ in found] == [3, *(end for _, end in found[:-1])]
    assert found[-1][1] == len(sizes)
    for first, end in found:
        assert end - first <= 2_000 and (sum(sizes[first:end]) <= 2_500 or end - first == 1)
    assert len(found) < 60
