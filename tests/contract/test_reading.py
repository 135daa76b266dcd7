"""Reading contract files: everything wrong is named with code, line, key and what to write instead."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract import Contract, ContractError, Problem, read_contract

# A small contract, each of whose values can be wrong by itself.
EXAMPLE = (Path(__file__).parent / "files" / "first_format.yaml").read_text(encoding="utf-8")


def changed(*changes: tuple[str, str]) -> str:
    """The example with each first text replaced by the second."""
    source = EXAMPLE
    for old, new in changes:
        assert old in source, old
        source = source.replace(old, new, 1)
    return source


def problems(source: str) -> tuple[Problem, ...]:
    with pytest.raises(ContractError) as caught:
        read_contract(source, "contract.yaml")
    return caught.value.problems


def line_of(text: str) -> int:
    """The line of the example that holds the text."""
    return next(number for number, line in enumerate(EXAMPLE.splitlines(), start=1) if text in line)


CSAT = line_of("value: 80.0")
COLUMN = EXAMPLE.splitlines()[CSAT - 1].index("value: 80.0") + 1
BAD_VALUES: list[tuple[str, str, str, str, str]] = [
    # old, new, code, key, words of the advice
    (
        "value: 80.0",
        "value: 0.85",
        "fraction-for-percent",
        "spec.targets[1].ramp.points[0].value",
        "Write 85, not 0.85",
    ),
    (
        "value: 80.0",
        "value: 1",
        "fraction-for-percent",
        "spec.targets[1].ramp.points[0].value",
        "Write 100, not 1",
    ),
    ("value: 80.0", "value: 120", "target-out-of-range", "spec.targets[1].ramp.points[0].value", "range"),
    ("value: 80.0", "value: -3", "target-out-of-range", "spec.targets[1].ramp.points[0].value", "range"),
    ("value: 80.0", "value: 120%", "number-with-sign", "spec.targets[1].ramp.points[0].value", "Write 120"),
    ("value: 80.0", "value: ８５", "full-width-digits", "spec.targets[1].ramp.points[0].value", "Write 85"),
    ("value: 80.0", 'value: "85"', "number-in-quotes", "spec.targets[1].ramp.points[0].value", "Write 85"),
    ("value: 80.0", "value: .nan", "not-finite", "spec.targets[1].ramp.points[0].value", "plain number"),
    ("value: 80.0", "value: -.inf", "not-finite", "spec.targets[1].ramp.points[0].value", "plain number"),
    ("value: 80.0", "value: 8e1", "ambiguous-number", "spec.targets[1].ramp.points[0].value", "plain number"),
    ("value: 80.0", "value: 080", "ambiguous-number", "spec.targets[1].ramp.points[0].value", "plain number"),
    ("value: 80.0", "value: 1_0", "ambiguous-number", "spec.targets[1].ramp.points[0].value", "plain number"),
    ("value: 80.0", "value: eighty", "not-a-number", "spec.targets[1].ramp.points[0].value", "plain number"),
    ("value: 80.0", "value: true", "not-a-number", "spec.targets[1].ramp.points[0].value", "plain number"),
    ("value: 80.0", "value: null", "not-a-number", "spec.targets[1].ramp.points[0].value", "plain number"),
    (
        "value: 80.0",
        "value: 80.12345",
        "too-many-decimals",
        "spec.targets[1].ramp.points[0].value",
        "4 decimals",
    ),
    ("value: 80.0", "value: !!float 80", "tag", "spec.targets[1].ramp.points[0].value", "Remove it"),
    ("value: 80.0", "value: &x 80", "anchor", "spec.targets[1].ramp.points[0].value", "Remove it"),
    (
        "value: 28}",
        "value: 0.28}",
        "fraction-for-percent",
        "spec.targets[2].ramp.points[0].value",
        "Write 28",
    ),
    ("value: 28}", "value: 128}", "target-out-of-range", "spec.targets[2].ramp.points[0].value", "range"),
    ("minN: 200", "minN: 20.5", "not-whole", "spec.targets[1].decision.minN", "whole number"),
    ("minN: 200", "minN: 0", "bad-min-n", "spec.targets[1].decision.minN", "from 1"),
    (
        "confidence: 0.95",
        "confidence: 95",
        "bad-confidence",
        "spec.targets[1].decision.confidence",
        "0.95 for 95 %",
    ),
    ("confidence: 0.95, ", "", "missing-key", "spec.targets[1].decision.confidence", "confidence: 0.95"),
    ("rule: simple", "rule: simpel", "not-one-of", "spec.targets[0].decision.rule", "Write one of: simple"),
    (
        "{rule: simple}",
        "{rule: simple, minN: 5}",
        "sampling-of-census",
        "spec.targets[0].decision.minN",
        "Remove",
    ),
    (
        "rule: simple",
        "rule: breach_must_be_proven",
        "rule-of-census",
        "spec.targets[0].decision.rule",
        "simple",
    ),
    ("metric: csat_top2", "metric: csat_top1", "unknown-metric", "spec.targets[1].metric", "Write csat_top2"),
    ('- id: "4.2"', "- id: 4.2", "not-a-text", "spec.clauses[2].id", 'quotes: "4.2"'),
    ('clause: "4.1"', 'clause: "7.7"', "unknown-clause", "spec.metrics[0].clause", "2.1, 4.1"),
    ("kind: share", "kind: percentage", "not-one-of", "spec.metrics[1].kind", "share"),
    (
        ", survey: customer-satisfaction}\n    - {id: nps",
        "}\n    - {id: nps",
        "survey-missing",
        "spec.metrics[1]",
        "survey",
    ),
    ('"4.1"}', '"4.1", touchpoint: after}', "touchpoint-of-census", "spec.metrics[0].touchpoint", "Remove"),
    ('"4.1"}', '"4.1", tier: gold}', "unknown-tier", "spec.metrics[0].tier", "Declare"),
    ('"4.2", survey', '"4.2", tier: vip, survey', "tier-of-sample", "spec.metrics[1].tier", "Remove"),
    (
        "at: 2025Q3, value: 80.0",
        "at: 2025Q2, value: 80.0",
        "outside-term",
        "spec.targets[1].ramp.points[0].at",
        "2025Q3",
    ),
    (
        "at: 2025Q3, value: 80.0",
        "at: 2028Q2, value: 80.0",
        "out-of-order",
        "spec.targets[1].ramp.points[1].at",
        "order",
    ),
    (
        "[{at: 2025Q3, value: 28}, {at: 2028Q2, value: 42}]",
        "[]",
        "empty-ramp",
        "spec.targets[2].ramp.points",
        "one point",
    ),
    (
        "lastDay: 2028-06-30",
        "lastDay: 2025-06-30",
        "ends-before-start",
        "spec.term.lastDay",
        "after the first",
    ),
    (
        "lastDay: 2028-06-30",
        "lastDay: 2028-07-01",
        "broken-period",
        "spec.term.lastDay",
        "2028-06-30 or 2028-09-30",
    ),
    ("lastDay: 2028-06-30", "lastDay: 3028-06-30", "term-too-long", "spec.term.lastDay", "years"),
    (
        "firstDay: 2025-07-01",
        "firstDay: 2025-07-15",
        "broken-period",
        "spec.term.firstDay",
        "2025-07-01 or 2025-10-01",
    ),
    ("firstDay: 2025-07-01", "firstDay: 2025-02-30", "not-a-day", "spec.term.firstDay", "2026-07-01"),
    ("firstDay: 2025-07-01", "firstDay: 2025/07/01", "not-a-day", "spec.term.firstDay", "2026-07-01"),
    (
        "timezone: Asia/Shanghai",
        "timezone: Asia/Shangai",
        "unknown-timezone",
        "spec.term.timezone",
        "Asia/Shanghai",
    ),
    ("timezone: Asia/Shanghai", "timezone: ../etc/passwd", "unknown-timezone", "spec.term.timezone", "IANA"),
    ("fiscalStart: 1 ", "fiscalStart: 13 ", "bad-month", "spec.term.fiscalStart", "1 to 12"),
    ("version: 1", "version: 0", "bad-version", "metadata.version", "from 1"),
    ("id: club-2025-001", "id: Club 2025", "bad-name", "metadata.id", "club-2025-001"),
    ("pactboard/v1", "pactboard/v2", "not-one-of", "apiVersion", "pactboard/v1"),
    ("远山客户服务有限公司", " 澄湖会员 俱乐部", "parties-equal", "spec.parties.B", "two different"),
    ("明衡调解中心", "远山客户服务有限公司", "mediator-is-a-party", "spec.parties.mediator", "neutral"),
    (
        "{name: {zh: 明衡调解中心, en: Mingheng Mediation Centre}}",
        "party_b",
        "not-a-group",
        "spec.parties.mediator",
        "keys",
    ),
    ("en: Chenghu Members Club", "en: NO", "ambiguous-word", "spec.parties.A.name.en", '"NO"'),
    ("en: Chenghu Members Club", "en: true", "not-a-text", "spec.parties.A.name.en", '"true"'),
    ("en: Chenghu Members Club", 'en: "-"', "blank", "spec.parties.A.name.en", "Write it"),
    ("en: Chenghu Members Club", 'en: "a\\u200bb"', "odd-character", "spec.parties.A.name.en", "Remove"),
    ("en: Chenghu Members Club", "en: [a]", "not-a-text", "spec.parties.A.name.en", "text"),
    (", en: Member growth", "", "missing-language", "spec.clauses[1].title", "both languages"),
    ("zh: 会员增长", "zh-CN: 会员增长", "unknown-language", "spec.clauses[1].title.zh-CN", "Write zh"),
    ("zh: 会员增长", "fr: 会员增长", "unknown-language", "spec.clauses[1].title.fr", "zh and en"),
]


@pytest.mark.parametrize(("old", "new", "code", "key", "advice"), BAD_VALUES)
def test_a_bad_value_is_refused_with_its_line_and_key_and_what_to_write(
    old: str, new: str, code: str, key: str, advice: str
) -> None:
    (problem,) = problems(changed((old, new)))
    assert (problem.code, problem.key) == (code, key)
    assert advice in problem.words("en")
    assert problem.file == "contract.yaml"
    assert problem.line == EXAMPLE[: EXAMPLE.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("metric: csat_top2", "metric: nps", "spec.targets[2].metric"),
        ("{id: nps, ", "{id: csat_top2, ", "spec.metrics[2].id"),
        ('- id: "4.2"', '- id: "4.1"', "spec.clauses[2].id"),
    ],
)
def test_what_may_stand_once_is_refused_the_second_time(old: str, new: str, key: str) -> None:
    assert ("repeated", key) in [(problem.code, problem.key) for problem in problems(changed((old, new)))]


def test_the_line_is_that_of_the_value() -> None:
    (problem,) = problems(changed(("value: 80.0", "value: 120")))
    assert problem.line == CSAT
    assert problem.words("en").startswith(
        f"contract.yaml:{CSAT}:{COLUMN} spec.targets[1].ramp.points[0].value: 120"
    )
    assert problem.words("zh").startswith(
        f"contract.yaml:{CSAT}:{COLUMN} spec.targets[1].ramp.points[0].value：120 无法达到"
    )


@pytest.mark.parametrize(
    ("old", "new", "near"),
    [
        ("  targets:", "  taget:", "targets"),
        ("rule: simple", "rule: simple, minn: 3", "minN"),
        ("version: 1", "verison: 1", "version"),
    ],
)
def test_an_unknown_key_is_refused_with_a_suggestion(old: str, new: str, near: str) -> None:
    unknown = [problem for problem in problems(changed((old, new))) if problem.code == "unknown-key"]
    assert [problem.words("en").endswith(f"Did you mean {near}?") for problem in unknown] == [True]


def test_an_unknown_key_like_no_other_is_answered_with_the_keys_there_are() -> None:
    (problem,) = problems(changed(("version: 1", "version: 1\n  country: NL")))
    assert "The keys here are: id, version, status, title, authoritativeLanguage" in problem.words("en")


def test_a_duplicate_key_names_both_lines() -> None:
    (problem,) = problems(
        changed(("    - metric: csat_top2\n", "    - metric: csat_top2\n      metric: nps\n"))
    )
    assert (problem.code, problem.key) == ("duplicate-key", "spec.targets[1].metric")
    assert problem.line == line_of("metric: csat_top2") + 1
    assert f"first in line {problem.line - 1}" in problem.words("en")


def test_a_duplicate_group_is_refused_whatever_it_holds() -> None:
    (problem,) = problems(
        changed(("  term:\n", "    A: {name: {zh: 甲, en: A}, color: {a: [1, {b: 2}]}}\n\n  term:\n"))
    )
    assert (problem.code, problem.key) == ("duplicate-key", "spec.parties.A")


def test_an_alias_is_refused_where_it_stands() -> None:
    found = problems(changed(("value: 80.0", "value: &low 80.0"), ("value: 28}", "value: *low}")))
    assert [(problem.code, problem.key) for problem in found] == [
        ("anchor", "spec.targets[1].ramp.points[0].value"),
        ("alias", "spec.targets[2].ramp.points[0].value"),
    ]


def test_a_merge_key_is_refused() -> None:
    (problem,) = problems(
        changed(("    - metric: csat_top2\n", "    - metric: csat_top2\n      <<: {metric: nps}\n"))
    )
    assert problem.code == "merge-key"


def test_all_problems_are_found_at_once_in_the_order_of_the_file() -> None:
    found = problems(
        changed(
            ("version: 1", "version: one"),
            ("远山客户服务有限公司", "澄湖会员俱乐部"),
            ("timezone: Asia/Shanghai", "timezone: Mars"),
            ('clause: "4.1"', 'clause: "7.7"'),
            ("rule: simple", "rule: breach"),
            ("value: 80.0", "value: 0.8"),
            ("value: 28}", "valeu: 28}"),
        )
    )
    assert [problem.code for problem in found] == [
        "not-a-number",
        "parties-equal",
        "unknown-timezone",
        "unknown-clause",
        "not-one-of",
        "fraction-for-percent",
        "missing-key",
        "unknown-key",
    ]
    lines = [problem.line for problem in found]
    assert lines == sorted(lines)


@pytest.mark.parametrize("source", ["[" * 5000, "{" * 5000, "- " * 5000, "a: " + "{a: " * 5000, "? " * 5000])
def test_thousands_of_nested_levels_are_one_problem_and_no_recursion_error(source: str) -> None:
    assert {problem.code for problem in problems(source)} <= {"too-deep", "not-yaml", "bad-key"}


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("", "empty"),
        ("# nothing but a comment", "empty"),
        ("hello", "not-a-group"),
        ("- a", "not-a-group"),
        ("a: " + "x" * 500_000, "too-large"),
        ("a: [" + "1," * 30_000 + "]", "too-large"),
        (EXAMPLE + "\n---\na: 1\n", "two-documents"),
        ("%YAML 1.1\n---\n" + EXAMPLE, "directive"),
        ("a: \x00", "not-yaml"),
        ("a: \ud800", "not-yaml"),
        ('a: "open', "not-yaml"),
        ("a:\n\tb: 1", "not-yaml"),
        ("a: 1\n b: 2", "not-yaml"),
        ("? [a]\n: b", "bad-key"),
        ("&a x: 1\n*a : 2", "anchor"),
        ('"\\ud800": 1', "odd-character"),
    ],
)
def test_a_file_that_cannot_be_a_contract_is_refused(source: str, code: str) -> None:
    assert problems(source)[0].code == code


def test_a_byte_order_mark_is_no_problem() -> None:
    assert read_contract("\ufeff" + EXAMPLE, "contract.yaml") == read_contract(EXAMPLE, "contract.yaml")


def test_what_is_shown_of_a_file_cannot_command_a_terminal() -> None:
    found = problems('"a\\e[31m": 1')
    assert "\x1b" not in "".join(problem.words("en") for problem in found)


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_problems(source: str) -> None:
    try:
        assert isinstance(read_contract(source, "x"), Contract)
    except ContractError as error:
        assert error.problems
        assert all(problem.words("zh").encode() for problem in error.problems)


@settings(deadline=None, max_examples=150)
@given(
    st.integers(0, len(EXAMPLE) - 1),
    st.integers(0, 12),
    st.text(alphabet="{}[]:,-&*!|>'\"#%@`0aé８\n\t ", max_size=4),
)
def test_a_damaged_contract_is_read_or_refused_with_lines(start: int, length: int, put: str) -> None:
    source = EXAMPLE[:start] + put + EXAMPLE[start + length :]
    try:
        assert read_contract(source, "x").periods
    except ContractError as error:
        assert all(problem.line and problem.line <= source.count("\n") + 2 for problem in error.problems)
