"""`python -m warehouse contract`: a contract file checked line by line, and put in force."""

from contextlib import closing
from pathlib import Path

import pytest

from contract import example_source, read_contract
from tests.supplements import supplement
from tests.warehouse.commands import run
from tests.warehouse.making import CONTRACT
from warehouse import open_warehouse
from warehouse.contract_loading import store_contract
from warehouse.contracts import current_contract


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "club.yaml"
    path.write_text(example_source(), encoding="utf-8")
    return path


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def version_in_force() -> int | None:
    with closing(open_warehouse()) as warehouse:
        current = current_contract(warehouse)
    return current.contract.version if current else None


def test_a_contract_is_loaded_and_shown_with_what_it_sets(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    code, out, err = run(capsys, "contract", file, "--language", "en")
    cells = [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert "(club-2025-001, version 1)" in out
    assert read_contract(example_source(), "x").sha256 in out
    assert "12 periods, 2025Q3 to 2028Q2" in out
    assert ["Member growth (member_growth)", "4.1", "2.0 % (2025Q3)", "3.5 % (2028Q2)"] in cells
    assert ["Net Promoter Score (NPS) (nps)", "4.3", "28.0 (2025Q3)", "42.0 (2028Q2)"] in cells
    assert "it counts from 2025-07-01 on" in out and "In force is club-2025-001, version 1" in out
    assert version_in_force() == 1


def test_what_the_catalogue_of_metrics_refuses_is_named_with_its_line_and_key(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    edit(file, "{id: csat_top2, kind: share,", "{id: csat_top2, metric: csat_best, kind: share,")
    lines = file.read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, start=1) if "csat_best" in text)
    code, _, err = run(capsys, "contract", file, "--check", "--language", "en")
    assert code == 1
    assert f"club.yaml:{line}:" in err and "spec.metrics[1].id" in err and "csat_best" in err


def test_a_contract_is_shown_in_chinese(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    _, out, _ = run(capsys, "contract", file, "--check", "--language", "zh")
    assert "共 12 个周期，2025Q3 至 2028Q2" in out
    assert "会员增长率 (member_growth)" in out
    assert "该合同可以载入" in out


def test_a_check_stores_nothing_and_needs_no_warehouse(
    capsys: pytest.CaptureFixture[str], file: Path, warehouse_folder: Path
) -> None:
    code, out, _ = run(capsys, "contract", file, "--check", "--language", "en")
    assert (code, "Checked only" in out) == (0, True)
    assert not warehouse_folder.exists()


def test_the_same_file_again_changes_nothing_and_says_what_is_in_force(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    run(capsys, "contract", file)
    code, out, _ = run(capsys, "contract", file, "--language", "en")
    assert (code, "nothing changed" in out, "version 1." in out) == (0, True, True)
    later = file.with_name("later.yaml")
    later.write_text(supplement(example_source(), "2025-10-01"), encoding="utf-8")
    run(capsys, "contract", later)
    code, out, _ = run(capsys, "contract", file, "--language", "en")
    assert (code, "In force is club-2025-001, version 2" in out) == (0, True)
    assert version_in_force() == 2


def test_a_changed_file_of_the_same_version_is_refused(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    run(capsys, "contract", file)
    edit(file, "value: 2.0", "value: 1.0")
    code, out, err = run(capsys, "contract", file, "--language", "en")
    assert (code, out) == (1, "")
    assert err.strip().endswith("[contract-version-immutable]")


@pytest.mark.parametrize("check", [True, False])
def test_every_problem_is_said_with_line_and_key_and_nothing_is_stored(
    capsys: pytest.CaptureFixture[str], file: Path, check: bool
) -> None:
    edit(file, 'direction: higher, clause: "4.1"', 'direction: up, clause: "9.9"')
    edit(file, "fiscalStart: 1 ", "fiscalStrat: 1 ")
    code, out, err = run(capsys, "contract", file, "--language", "en", *(["--check"] if check else []))
    assert (code, out) == (1, "")
    lines = err.splitlines()
    assert len(lines) >= 3
    assert all(line.startswith("club.yaml:") and line.endswith("]") for line in lines)
    assert any("spec.metrics[0].direction" in line and "[not-one-of]" in line for line in lines)
    assert any("fiscalStrat" in line and "fiscalStart" in line for line in lines)
    assert version_in_force() is None


def test_every_metric_that_the_catalogue_does_not_agree_with_is_said(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    edit(file, "id: nps, kind: nps", "id: nps, kind: mean")
    edit(file, "csat_top2", "joy")
    code, out, err = run(capsys, "contract", file, "--language", "en")
    assert (code, out) == (1, "")
    codes = [line.rpartition("[")[2] for line in err.splitlines()]
    assert codes == ["metric-unknown]", "metric-kind]", "metric-unknown]"]  # two targets count csat_top2
    assert version_in_force() is None


def test_what_looks_like_a_mistake_is_said_beside(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    edit(file, "Chenghu Members Club", "Chenghu Memb\u0435rs Club")
    code, out, _ = run(capsys, "contract", file, "--check", "--language", "en")
    assert code == 0
    assert "Look again: spec.parties.A.name.en" in out


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "none.yaml"
    if content is not None:
        path.write_bytes(content)
    code, _, err = run(capsys, "contract", path, "--language", "en")
    assert (code, err.strip().endswith("[contract-file]"), "none.yaml" in err) == (1, True, True)


@pytest.mark.parametrize("check", [True, False])
def test_a_metric_of_a_survey_that_is_not_there_is_warned_of_and_the_contract_still_loaded(
    capsys: pytest.CaptureFixture[str], file: Path, check: bool
) -> None:
    edit(file, 'clause: "4.3", survey: customer-satisfaction', 'clause: "4.3", survey: customers-2026')
    code, out, err = run(capsys, "contract", file, "--language", "en", *(["--check"] if check else []))
    assert (code, err) == (0, "")
    warnings = [line for line in out.splitlines() if line.startswith("Look again:")]
    assert len(warnings) == 1
    assert "metric nps" in warnings[0] and "survey customers-2026" in warnings[0]
    assert "mport" in warnings[0]
    assert version_in_force() == (None if check else 1)


def test_the_help_says_what_only_loading_checks(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(capsys, "contract", "--language", "en", "--help")
    assert "only loading checks the time zone" in " ".join(capsys.readouterr().out.split())


def test_without_a_file_the_versions_are_listed_with_what_they_are_on_the_day(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    code, _, err = run(capsys, "contract", "--language", "en")
    assert (code, err.strip().endswith("[contract-none]")) == (1, True)
    run(capsys, "contract", file)
    later = file.with_name("later.yaml")
    later.write_text(supplement(example_source(), "2028-04-01"), encoding="utf-8")
    _, out, _ = run(capsys, "contract", later, "--language", "en")
    assert "it counts from 2028-04-01 on" in out and "In force is club-2025-001, version 1." in out
    code, out, _ = run(capsys, "contract", "--language", "en")
    lines = [line.split("  ") for line in out.splitlines()]
    cells = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    assert code == 0
    assert ["1", "in force", "2025-07-01", read_contract(example_source(), "x").sha256] in cells
    assert [each[:3] for each in cells if each][-1] == ["2", "signed, not begun", "2028-04-01"]
    _, out, _ = run(capsys, "contract", "--language", "zh")
    assert "生效中" in out and "已签署，尚未生效" in out


def test_a_file_in_another_encoding_is_refused_with_what_it_looks_like(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    file.write_bytes(example_source().encode("gb18030"))
    code, _, err = run(capsys, "contract", file, "--check", "--language", "en")
    assert code == 1 and "not UTF-8; it looks like: GBK" in err


def test_the_example_of_today_beside_an_older_one_is_answered_with_what_to_do(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    older = example_source().replace("value: 3.5}", "value: 3.4}", 1)
    house = open_warehouse()
    with house.transaction() as cursor:
        store_contract(cursor, read_contract(older, "x"), older, is_example=True)
    house.close()
    code, _, err = run(capsys, "contract", file, "--language", "en")
    assert code == 1 and "[example-is-older]" in err and "load today's example in a new folder" in err
    file.write_text(example_source().replace("value: 3.5}", "value: 3.3}", 1), encoding="utf-8")
    assert "[contract-version-immutable]" in run(capsys, "contract", file, "--language", "en")[2]


def test_a_mean_that_its_scale_cannot_reach_is_said_when_the_contract_is_loaded(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    file.write_text(
        CONTRACT.replace("{at: 2026Q2, value: 5.0}", "{at: 2026Q2, value: 7.5}"), encoding="utf-8"
    )
    code, out, _ = run(capsys, "contract", file, "--language", "en")
    assert code == 0 and "The target 7.5 of ces_mean lies beyond the scale of its question, 1 to 7." in out
