"""A census need not be a percentage: counts, days, money and rates are written as what they are."""

from decimal import Decimal
from typing import Any

import pytest

from contract import CensusCounts, example_source, judge, read_contract
from contract.explaining.voice import Voice
from contract.metrics import Unit
from contract.problems import ContractError
from tests.contract.aiming import target

SIMPLE: dict[str, Any] = {"rule": "simple", "confidence": 1.0, "min_n": 0}


@pytest.mark.parametrize(
    ("unit", "value", "opening", "closing", "goal", "words", "zh"),
    [
        ("count", 3.0, 0, 3, "0", "3, counted in full", "3（全量统计）"),
        ("days", 121.0, 0, 1, "90", "121 days, counted in full", "121 天（全量统计）"),
        ("money", 60.025, 2, 20, "150", "60.02, counted in full", "60.02（全量统计）"),
        ("per_1000", 4.25, 800, 3, "5", "4.2 per 1,000, counted in full", "每千 4.2（全量统计）"),
        (
            "percent",
            87.5,
            8,
            7,
            "90",
            "87.5 %, counted in full (7 of 8)",
            "87.5 %（全量统计，8 中的 7）",
        ),
        ("percent", 12.5, 8, 9, "2", "12.5 %, counted in full (8 to 9)", "12.5 %（全量统计，8 至 9）"),
    ],
)
def test_a_figure_is_written_in_its_unit(
    unit: Unit, value: float, opening: int, closing: int, goal: str, words: str, zh: str
) -> None:
    verdict = judge(target(goal, **SIMPLE), CensusCounts(value, opening, closing, unit=unit))
    assert verdict.reason_in("en").startswith(words)
    assert verdict.reason_in("zh").startswith(zh)


def incidents(unit: str, value: str) -> str:
    """An example contract with one more target, for incidents, in that unit."""
    added = f'metrics:\n    - {{id: incidents, kind: census, direction: lower, clause: "5.1", unit: {unit}}}'
    ramp = f"ramp: {{interpolate: step, points: [{{at: 2026Q1, value: {value}}}]}}"
    aimed = f"targets:\n    - metric: incidents\n      {ramp}\n      decision: {{rule: simple}}"
    return example_source("deduction").replace("metrics:", added, 1).replace("targets:", aimed, 1)


@pytest.mark.parametrize(
    ("unit", "value", "said"),
    [
        ("count", "0", "0"),
        ("days", "4000", "4000 days"),
        ("money", "1500.5", "CNY\N{NO-BREAK SPACE}1,500.50"),
        ("percent", "5", "5 %"),
    ],
)
def test_a_target_of_a_census_may_be_in_another_unit_and_is_said_in_it(
    unit: str, value: str, said: str
) -> None:
    contract = read_contract(incidents(unit, value), "contract.yaml")
    assert Voice(contract, "en", {}).value("incidents", Decimal(value)) == said
    assert not contract.warnings


@pytest.mark.parametrize(
    ("unit", "value", "code"),
    [
        ("count", "-1", "target-out-of-range"),
        ("percent", "4000", "target-out-of-range"),
        ("scale", "1", "wrong-unit"),
    ],
)
def test_a_unit_that_a_census_has_not_and_a_value_beyond_it_are_refused(
    unit: str, value: str, code: str
) -> None:
    with pytest.raises(ContractError) as refused:
        read_contract(incidents(unit, value), "contract.yaml")
    assert [each.code for each in refused.value.problems] == [code]
