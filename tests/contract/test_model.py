"""The contract once read: parties, periods, targets, warnings, and one text for one agreement."""

import json
from datetime import date
from decimal import Decimal

import pytest

from contract import Contract, ContractError, Period, Target, example_source, read_contract

EXAMPLE = read_contract(example_source(), "contract.yaml")


def variant(old: str, new: str) -> Contract:
    assert old in example_source()
    return read_contract(example_source().replace(old, new, 1), "contract.yaml")


def test_the_example_names_its_parties_and_mediator_in_both_languages() -> None:
    assert EXAMPLE.parties.a.name == {"zh": "澄湖会员俱乐部", "en": "Chenghu Members Club"}
    assert EXAMPLE.parties.b.name["en"] == "Yuanshan Customer Service Ltd."
    assert EXAMPLE.mediator is not None
    assert EXAMPLE.mediator.name["zh"] == "明衡调解中心"
    assert (EXAMPLE.id, EXAMPLE.version) == ("club-2025-001", 1)
    assert EXAMPLE.warnings == ()


def test_the_term_ends_the_day_after_its_last_day_and_falls_into_quarters() -> None:
    assert (EXAMPLE.term.start, EXAMPLE.term.end) == (date(2025, 7, 1), date(2028, 7, 1))
    assert len(EXAMPLE.periods) == 12
    assert EXAMPLE.periods[0] == Period("2025Q3", date(2025, 7, 1), date(2025, 10, 1))
    assert EXAMPLE.periods[-1] == Period("2028Q2", date(2028, 4, 1), date(2028, 7, 1))


def test_targets_rise_along_their_ramps() -> None:
    first, last = EXAMPLE.target("csat_top2", "2025Q3"), EXAMPLE.target("csat_top2", "2028Q2")
    assert first == Target(
        "csat_top2",
        "4.2",
        EXAMPLE.periods[0],
        Decimal(80),
        "higher",
        "breach_must_be_proven",
        0.95,
        200,
        floor=Decimal(70),
        stretch=Decimal(93),
    )
    assert last is not None
    assert last.value == 88
    values = [target.value for target in EXAMPLE.targets if target.metric == "nps"]
    assert len(values) == 12
    assert values == sorted(values)
    assert (values[0], values[-1]) == (28, 42)


def test_a_census_has_full_confidence_and_needs_no_number_of_answers() -> None:
    growth = EXAMPLE.target("member_growth", "2026Q1")
    assert growth is not None
    assert (growth.value, growth.confidence, growth.min_n, growth.rule) == (Decimal("2.27"), 1.0, 0, "simple")


def test_a_metric_without_target_or_before_its_ramp_has_none() -> None:
    later = variant("points: [{at: 2025Q3, value: 28}", "points: [{at: 2026Q1, value: 28}")
    assert later.target("nps", "2025Q4") is None
    assert later.target("churn", "2025Q4") is None
    assert sum(target.metric == "nps" for target in later.targets) == 10
    with pytest.raises(KeyError):
        later.target("nps", "2031Q1")


def test_a_clause_is_found_by_its_number() -> None:
    assert EXAMPLE.clause("4.2").title["zh"] == "客户满意度"
    with pytest.raises(KeyError):
        EXAMPLE.clause("99")


def test_a_contract_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        EXAMPLE.metadata.version = 2


def test_the_mediator_may_be_left_out() -> None:
    start = example_source().index("    mediator:\n")
    without = variant(example_source()[start : example_source().index("  term:\n")], "")
    assert without.mediator is None
    assert '"mediator":' not in without.canonical_json()


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        (
            "en: Yuanshan Customer Service Ltd.",
            "en: Сhenghu Members Club",
            ["mixed-alphabets", "look-alike-names"],
        ),
        ("en: Yuanshan Customer Service Ltd.", "en: ΑΒΜ", []),
        ("value: 2.0", "value: 0.03", ["looks-like-a-fraction"]),
    ],
)
def test_what_looks_like_a_mistake_is_a_warning_and_no_refusal(old: str, new: str, codes: list[str]) -> None:
    assert [warning.code for warning in variant(old, new).warnings] == codes


def test_the_layout_of_the_file_does_not_change_the_hash_and_the_agreement_does() -> None:
    assert variant("value: 80.0", "value: 80").sha256 == EXAMPLE.sha256
    assert variant("# The contract", "# A contract").sha256 == EXAMPLE.sha256
    assert variant("value: 80.0", "value: 80.1").sha256 != EXAMPLE.sha256
    assert variant("en: Member growth", "en: Growth of members").sha256 != EXAMPLE.sha256


def test_the_canonical_text_reads_back_as_the_same_contract() -> None:
    text = EXAMPLE.canonical_json()
    again = Contract.model_validate_json(text)
    assert again == EXAMPLE
    assert again.canonical_json() == text
    assert len(EXAMPLE.sha256) == 64


def test_a_contract_that_contradicts_itself_cannot_be_made_in_any_way() -> None:
    document = json.loads(EXAMPLE.canonical_json())
    document["spec"]["targets"][1]["ramp"]["points"][0]["value"] = "0.85"
    with pytest.raises(ContractError, match=r"Write 85, not 0\.85"):
        Contract.model_validate_json(json.dumps(document))


def test_the_least_of_a_range_belongs_to_it() -> None:
    source = example_source("deduction").partition("  examples:")[0]
    read = read_contract(
        source.replace("upTo: 2.0, points: 1}", "upTo: 0.0001, points: 0.0001}"), "contract.yaml"
    )
    assert '"points":"0.0001"' in read.canonical_json()


def test_minus_nought_is_nought_so_that_one_agreement_has_one_hash() -> None:
    source = example_source("deduction").partition("  examples:")[0]
    hashes = {
        read_contract(
            source.replace("basePerPeriod: 300000.00", f"basePerPeriod: {nought}"), "contract.yaml"
        ).sha256
        for nought in ("0", "-0.0", "0.00")
    }
    assert len(hashes) == 1
