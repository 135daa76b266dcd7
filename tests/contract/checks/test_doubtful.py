"""What a contract may agree on but hardly means is warned of; what no figure can be is refused."""

import re
from pathlib import Path

import pytest

from contract import ContractError, Problem, example_source, read_contract
from contract.__main__ import main

EXAMPLES = re.compile(r"^  examples:.*", re.MULTILINE | re.DOTALL)


def changed(name: str, old: str, new: str) -> str:
    """The example file without its worked examples, and with one thing changed."""
    source = EXAMPLES.sub("", example_source(name))
    assert old in source
    return source.replace(old, new, 1)


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "key"),
    [
        ("deduction", "returns: 50", "returns: 0.5", "looks-like-a-fraction", "earnBack.returns"),
        ("deduction", "pointValue: {percentOfFee: 1.0}", "pointValue: {percentOfFee: 0.01}",
         "looks-like-a-fraction", "pointValue.percentOfFee"),
        ("deduction", "perPeriod: {percentOfFee: 10.0}", "perPeriod: {percentOfFee: 0.1}",
         "looks-like-a-fraction", "caps.perPeriod.percentOfFee"),
        ("score_to_pay", "{score: 0, percent: 80}, {score: 90, percent: 100}, {score: 100, percent: 102}",
         "{score: 0, percent: 0.8}, {score: 90, percent: 1}, {score: 100, percent: 1.02}",
         "looks-like-a-fraction", "pay[2].percent"),
        ("deduction", "pointValue: {percentOfFee: 1.0}", "pointValue: {amount: 0}",
         "costs-nothing", "pointValue"),
        ("tier_table", "{reaching: 80.0, percentOfFee: 0}", "{reaching: 78.0, percentOfFee: 0}",
         "costs-nothing", "liable[0].bands[0].reaching"),
        ("tier_table", "perPeriod: {amount: 12000.00}", "perPeriod: {amount: 120000.00}",
         "more-than-the-fee", "caps.perPeriod"),
        ("deduction", "afterMet: 2", "afterMet: 50", "beyond-the-term", "earnBack.afterMet"),
        ("deduction", "within: 1,", "within: 99,", "beyond-the-term", "repeat.within"),
    ],
)  # fmt: skip
def test_what_is_hardly_meant_is_warned_of_where_it_stands(
    name: str, old: str, new: str, code: str, key: str
) -> None:
    source = changed(name, old, new)
    found = {(each.code, each.key): each for each in warned(source)}
    assert (code, f"spec.consequences.{key}") in found, list(found)
    said = found[code, f"spec.consequences.{key}"]
    assert re.search(r"[\u4e00-\u9fff]", said.words("zh"))
    assert code not in {each.code for each in warned(EXAMPLES.sub("", example_source(name)))}


def warned(source: str) -> tuple[Problem, ...]:
    return read_contract(source, "contract.yaml").warnings


def test_deductions_without_a_cap_that_can_exceed_the_fee_are_warned_of() -> None:
    capped = changed("deduction", "points: 4}", "points: 400}")
    source = re.sub(r"    caps:\n.*\n.*\n", "", capped)
    found = [each for each in warned(source) if each.code == "more-than-the-fee"]
    assert len(found) == 1 and "2,400,000.00" in found[0].words("en")
    assert not [each for each in warned(capped) if each.code == "more-than-the-fee"]


def test_a_pool_above_the_fee_is_warned_of() -> None:
    source = re.sub(
        r"pool: \{.*\}", "pool: {amount: 9999999}", EXAMPLES.sub("", example_source("pool_and_share"))
    )
    assert "more-than-the-fee" in {each.code for each in warned(source)}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("value: 88.0}", "value: 79.0}", "easier-target"),
        ("basePerPeriod: 300000.00", "basePerPeriod: 0", "costs-nothing"),
        ("grace: [2026Q1]", "grace: [2026Q1, 2026Q2, 2026Q3, 2026Q4, 2027Q1, 2027Q2, 2027Q3, 2027Q4]",
         "always-grace"),
    ],
)  # fmt: skip
def test_targets_that_ease_or_never_count_are_warned_of(old: str, new: str, code: str) -> None:
    assert code in {each.code for each in warned(changed("deduction", old, new))}


def test_secrecy_for_ever_and_two_examples_of_one_name_are_warned_of() -> None:
    source = example_source().replace("secrecyYears: 3", "secrecyYears: 1000000000")
    source = source.replace("en: A serious miss}", "en: Low but not proven}")
    assert {each.code for each in warned(source)} == {"too-long-a-span", "same-name"}


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "words"),
    [
        ("tier_table", "{reaching: 75.0", "{reaching: 0.75", "fraction-for-percent", "Write 75, not 0.75"),
        ("score_to_pay", "worst: 50, best: 100", "worst: 0.5, best: 100", "fraction-for-percent", "Write 50"),
        ("score_to_pay", "worst: 50, best: 100", "worst: 50, best: 300", "target-out-of-range", "300"),
        ("score_to_pay", "zeroAt: 40, fullAt: 60", "zeroAt: 40, fullAt: 600", "target-out-of-range", "600"),
        ("deduction", "Asia/Shanghai", "localtime", "zone-of-no-place", "Asia/Shanghai"),
        ("deduction", "Asia/Shanghai", "Etc/GMT+8", "zone-of-no-place", "Asia/Shanghai"),
        ("deduction", "Asia/Shanghai", "EST", "zone-of-no-place", "Asia/Shanghai"),
        ("deduction", "Asia/Shanghai", "Factory", "zone-of-no-place", "Asia/Shanghai"),
        ("deduction", "Asia/Shanghai", "Asia", "unknown-timezone", "such as Asia/Shanghai"),
        ("deduction", "stretch: 92.0", "stretch: 100", "stretch-out-of-place", "remove the key"),
    ],
)
def test_what_no_figure_and_no_clock_can_be_is_refused(
    name: str, old: str, new: str, code: str, words: str
) -> None:
    source = changed(name, old, new)
    if code == "stretch-out-of-place":
        source = source.replace("value: 88.0}", "value: 100}")
    with pytest.raises(ContractError) as caught:
        read_contract(source, "contract.yaml")
    found = [each.words("en") for each in caught.value.problems if each.code == code]
    assert found and words in found[0], caught.value.problems


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "Asia/Urumqi"])
def test_clocks_of_places_and_that_of_the_world_are_taken(zone: str) -> None:
    assert read_contract(changed("deduction", "Asia/Shanghai", zone), "contract.yaml").term.timezone == zone


@pytest.mark.parametrize(
    ("encoding", "found"), [("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("gb18030", "GBK")]
)
def test_a_file_in_another_encoding_is_refused_with_the_one_it_seems_to_have(
    encoding: str, found: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "contract.yaml"
    file.write_bytes(example_source("deduction").encode(encoding))
    assert main(["check", str(file), "--language", "en"]) == 1
    assert f"not UTF-8; it looks like: {found}" in capsys.readouterr().err


def test_a_ramp_that_begins_after_the_term_leaves_periods_without_a_target() -> None:
    found = [
        each
        for each in warned(changed("deduction", "{at: 2026Q1,", "{at: 2026Q3,"))
        if each.code == "late-target"
    ]
    assert [each.words("en").partition(": ")[2] for each in found] == [
        "csat_top2 has no target in the 2 periods before 2026Q3. Add a point at 2026Q1, if those count too"
    ]
