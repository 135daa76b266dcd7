"""Whatever happens in a term, the lines of a ledger add up, and no cap is broken."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract import Contract
from contract.deciding import Counted
from contract.settlement import Facts, settle, settle_term, what_if
from contract.settlement.what_if import counts_at
from tests.contract.settlement.making import deduction, example, facts, relieved

CONTRACTS = {
    "deduction": deduction(),
    "weighty": deduction(
        ("points: 4}", "points: 7.35}"), ("basePerPeriod: 300000.00", "basePerPeriod: 99999.97")
    ),
    **{name: example(name) for name in ("tier_table", "pool_and_share", "score_to_pay")},
}
WORDS = st.sampled_from(["met", "missed", "not_proven", "too_few", "no_cases"])
SIDES = st.lists(st.sampled_from(["A", "B"]), unique=True)


@st.composite
def terms(draw: st.DrawFn, contract: Contract) -> list[Facts]:
    """Facts of the first periods of the contract, whatever words and figures."""
    found = []
    for period in contract.periods[: draw(st.integers(1, 8))]:
        results = {}
        for use in contract.metrics:
            if contract.target(use.metric, period.name) is None or not draw(st.booleans()):
                continue
            word = draw(WORDS)
            figure = None if word == "no_cases" else str(draw(st.decimals(0, 100, places=3)))
            results[use.metric] = (word, figure)
        relief = tuple(relieved(metric, *draw(SIDES)) for metric in results if draw(st.booleans()))
        named = [(one.period.name, metric) for one in found for metric in one.results]
        back = tuple(draw(st.lists(st.sampled_from(named), max_size=2, unique=True))) if named else ()
        said = {"relief": relief, "returned": back, "reported": draw(st.booleans())}
        found.append(facts(contract, period.name, results=results, **said))
    return found


@pytest.mark.parametrize("name", CONTRACTS)
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_the_lines_add_up_to_the_total_and_stay_within_the_caps(name: str, data: st.DataObject) -> None:
    contract = CONTRACTS[name]
    fees, scheme = contract.spec.fees, contract.spec.consequences
    assert fees is not None and scheme is not None
    settled = settle_term(contract, data.draw(terms(contract)))
    fee, gone = fees.base_per_period, []
    for number, one in enumerate(settled):
        assert sum(line.amount for line in one.lines) == one.total
        assert all(line.amount == fees.rounded(line.amount) for line in one.lines)
        carried_in = sum(line.amount for line in one.lines if line.kind == "carried_in")
        score = sum(line.amount for line in one.lines if line.kind == "score")
        assert one.payable == fee - one.deducted + one.earned_back + one.bonus + carried_in + score
        assert one.deducted >= 0
        left = [each.deducted for each in one.history.past if each.period == one.period.name]
        assert sum(left) == one.deducted or scheme.scheme == "score_to_pay"
        gone.append(one.deducted)
        caps = getattr(scheme, "caps", None)
        if caps and caps.per_period:
            assert one.deducted <= fees.rounded(caps.per_period.of(fee))
        if caps and caps.rolling:
            window = gone[-caps.rolling.periods :]
            returned = sum(line.amount for each in settled for line in each.lines if line.kind == "relief")
            limit = fee * caps.rolling.periods * caps.rolling.percent_of_fees / 100
            assert sum(window) <= fees.rounded(limit) + returned, number


def test_what_if_changes_one_figure_of_the_same_ledger() -> None:
    contract = deduction()
    found = facts(contract, "2026Q3", results={"csat_top2": ("met", "90")})
    term: list[tuple[Contract, dict[str, Counted]]] = [(contract, {})]
    assumed = what_if(term, found, "csat_top2", Decimal("78"), 2400)
    assert (assumed.deducted, assumed.outcomes["csat_top2"].severity) == (6000, "serious")
    assert settle(contract, found).deducted == 0
    assert what_if(term, found, "csat_top2", Decimal("78"), 50).deducted == 0  # too few to prove it
    with pytest.raises(KeyError):
        what_if(term, found, "nps", Decimal(1), 10)
    with pytest.raises(ValueError, match="not a figure"):
        what_if(term, found, "csat_top2", Decimal("NaN"), 10)


@pytest.mark.parametrize(
    ("kind", "figure", "n", "exact"),
    [
        ("share", "81", 200, "81"),
        ("nps", "30", 200, "30"),
        ("nps", "-100", 7, "-100"),
        ("mean", "4.25", 200, "4.25"),
        ("mean", "5", 3, "5"),
        ("census", "2.5", 0, "2.5"),
    ],
)
def test_counts_at_a_figure_come_to_that_figure(kind: str, figure: str, n: int, exact: str) -> None:
    found = counts_at(kind, Decimal(figure), n).exact()
    assert found == Decimal(exact)


@pytest.mark.parametrize(("kind", "figure", "n"), [("share", "101", 10), ("mean", "0.9", 5), ("nps", "0", 0)])
def test_counts_at_a_figure_that_no_answers_give_are_refused(kind: str, figure: str, n: int) -> None:
    with pytest.raises(ValueError, match=r"between|at least one"):
        counts_at(kind, Decimal(figure), n)


def test_severities_and_services_are_called_by_their_titles_in_each_language() -> None:
    extra = '{id: extra, clause: "7.1", title: {zh: 专项培训, en: Training}, price: 100.00, per: period}'
    contract = deduction(
        ("basePerPeriod: 300000.00", f"basePerPeriod: 300000.00\n    addedServices:\n      - {extra}"),
        ("{name: serious,", "{name: serious, title: {zh: 明显, en: marked},"),
    )
    for figure, english, chinese in (("81", "so minor;", "轻微"), ("78", "so marked;", "明显")):
        results = {"csat_top2": ("missed", figure)}
        lines = settle(contract, facts(contract, "2026Q3", results=results)).lines
        said = [(line.reason.words("en"), line.reason.words("zh")) for line in lines]
        assert any(english in en and chinese in zh and "minor" not in zh for en, zh in said)
        assert any(en.startswith("Training: 1 ×") and zh.startswith("专项培训") for en, zh in said)
