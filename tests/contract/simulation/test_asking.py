"""What the command line asks a simulation for: each form of truth is read as said, each mistake is named."""

from decimal import Decimal
from fractions import Fraction

import pytest

from contract import Contract, ContractError, example_source, read_contract
from contract.simulation import Truth, read_asked, simulate

CLUB = read_contract(example_source("contract"), "contract.yaml")
SCORE = read_contract(example_source("score_to_pay"), "contract.yaml")
MEANS = read_contract(
    example_source("deduction")
    .partition("  examples:")[0]
    .replace("kind: share", "kind: mean")
    .replace("decimals: 2}", "decimals: 2, scale: {lowest: 1, highest: 5}}")
    .replace("value: 80.0", "value: 4.0")
    .replace("value: 88.0", "value: 4.4")
    .replace("floor: 75.0", "floor: 3.0")
    .replace("stretch: 92.0", "stretch: 4.9"),
    "contract.yaml",
)
ALL = ["csat_top2=0.85", "nps=35", "member_growth=2.5"]


def truth(contract: Contract, text: str) -> Truth:
    metric = text.partition("=")[0]
    others = [] if contract is MEANS else [each for each in ALL if not each.startswith(metric)]
    return read_asked(contract, [text, *others], ["200"]).truths[metric]


def codes(contract: Contract, *asked: list[str]) -> list[str]:
    with pytest.raises(ContractError) as caught:
        read_asked(contract, *asked)
    for problem in caught.value.problems:
        assert problem.words("en") != problem.words("zh")
    return [problem.code for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "figure"), [("0.85", 85), ("85%", 85), ("85", 85), ("1", 100), ("1%", 1), ("0", 0), ("0.5", 50)]
)
def test_a_share_is_read_as_a_part_of_one_up_to_one_and_as_percent_above(text: str, figure: int) -> None:
    found = truth(CLUB, f"csat_top2={text}")
    assert found.first.figure == found.last.figure == figure
    assert found.first.chances == pytest.approx((1 - figure / 100, figure / 100))


@pytest.mark.parametrize(
    ("text", "figure", "chances"),
    [
        ("35", 35, (0.175, 0.3, 0.525)),
        ("-90", -90, (0.9, 0.1, 0)),
        ("15/30/55", 40, (0.15, 0.3, 0.55)),
        ("0.15/0.3/0.55", 40, (0.15, 0.3, 0.55)),
    ],
)
def test_an_nps_is_a_score_with_three_in_ten_passive_or_its_three_parts(
    text: str, figure: int, chances: tuple[float, ...]
) -> None:
    found = truth(CLUB, f"nps={text}").first
    assert (found.figure, found.chances) == (figure, chances)


def test_a_mean_is_a_figure_on_its_scale_or_answers_by_point() -> None:
    assert truth(MEANS, "csat_top2=4.2").first.figure == Fraction("4.2")
    explicit = truth(MEANS, "csat_top2=1:5,4:40,5:55").first
    assert explicit.figure == Fraction(5 + 160 + 275, 100)
    assert explicit.chances == (0.05, 0, 0, 0.4, 0.55)


def test_a_census_has_its_spread_and_a_truth_may_move() -> None:
    found = truth(CLUB, "member_growth=2..3~0.8")
    assert (found.first.figure, found.first.spread, found.last.figure, found.last.spread) == (2, 0, 3, 0.8)
    assert found.at(6, 13).figure == Fraction(5, 2)
    assert found.at(6, 13).spread == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("contract", "text"),
    [
        *((CLUB, f"csat_top2={text}") for text in ("", "abc", "101", "-0.1", "nan", "1e-3", "0.8...9", "..")),
        *((CLUB, f"nps={text}") for text in ("101", "15/30/56", "15/85", "-5/50/55", "35%")),
        *((CLUB, f"member_growth={text}") for text in ("2~", "2~-1", "-101", "~1")),
        *((MEANS, f"csat_top2={text}") for text in ("0.5", "6", "0:1", "1:0", "1:2,1:3", "a:1", "4:")),
    ],
)
def test_what_cannot_be_a_truth_is_refused_with_the_forms_there_are(contract: Contract, text: str) -> None:
    metric = text.partition("=")[0]
    others = [] if contract is MEANS else [each for each in ALL if not each.startswith(metric)]
    assert codes(contract, [text, *others], ["200"]) == ["truth-form"]


def test_what_is_missing_is_said_for_every_metric_at_once() -> None:
    assert codes(CLUB, [], []) == ["truth-missing"] + ["truth-missing", "n-missing"] * 2
    assert codes(CLUB, ALL, ["nps=200"]) == ["n-missing"]
    assert codes(CLUB, [*ALL, "csat=0.8", "nps=3"], ["200"]) == ["unknown-metric", "repeated"]
    assert codes(CLUB, ALL, ["0", "nps=200", "csat_top2=200"]) == ["bad-number"]
    assert codes(CLUB, ALL, ["200", "member_growth=5"]) == ["unknown-metric"]  # nothing is sampled
    assert codes(CLUB, ALL, ["200"], ["120%"]) == ["bad-number"]


def test_an_index_asks_for_its_components_and_refuses_a_truth_of_its_own() -> None:
    truths = ["csat_top2=0.8", "nps=30", "member_growth=3"]
    assert set(read_asked(SCORE, truths, ["200"]).truths) == {"csat_top2", "nps", "member_growth"}
    assert codes(SCORE, [*truths, "service_index=60"], ["200"]) == ["truth-of-index"]


def test_answers_and_response_rates_are_for_all_metrics_or_for_one() -> None:
    asked = read_asked(CLUB, ALL, ["200", "nps=150"], ["nps=0.35", "20%"])
    assert asked.n == {"csat_top2": 200, "nps": 150}
    assert asked.response_rates == {"csat_top2": Decimal(20), "nps": Decimal(35)}


def test_a_target_that_no_money_hangs_on_needs_no_truth_and_may_have_one() -> None:
    contract = read_contract(example_source(), "contract.yaml")
    liable = ["member_growth=2.5", "csat_top2=0.85", "nps=35"]
    asked = read_asked(contract, liable, ["200"])
    assert set(asked.truths) == {"member_growth", "csat_top2", "nps"}
    more = read_asked(contract, [*liable, "care_on_time=96"], ["200"])
    found = simulate(contract, more.truths, more.n, runs=20, seed=1)
    assert {each.metric for each in found.frequencies} == {*asked.truths, "care_on_time"}
