"""Mistakes in contract files: each is refused with its code, line and key, and with what to write instead."""

import json
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract import Contract, ContractError, Problem, example_source, read_contract
from contract.reading import example_names

SOURCES = {name: example_source(name) for name in example_names()}
# A line a mistake: its group, the example file it is made in, what is replaced, by what, the code and the
# key it is refused with. Those of the group "collected" are mistakes that people have made in other programs.
MISTAKES = [
    tuple(json.loads(line))
    for line in (Path(__file__).parent / "files" / "bad_terms.jsonl").read_text(encoding="utf-8").splitlines()
]


def problems(source: str) -> tuple[Problem, ...]:
    with pytest.raises(ContractError) as caught:
        read_contract(source, "contract.yaml")
    return caught.value.problems


def test_more_than_a_hundred_mistakes_were_thought_of() -> None:
    assert len({tuple(case[1:4]) for case in MISTAKES if case[0] != "collected"}) > 100


@pytest.mark.parametrize(("group", "name", "old", "new", "code", "key"), MISTAKES)
def test_a_mistake_is_refused_with_code_line_key_and_what_to_write(
    group: str, name: str, old: str, new: str, code: str, key: str
) -> None:
    source = SOURCES[name]
    assert old in source, group
    found = {(each.code, each.key): each for each in problems(source.replace(old, new, 1))}
    assert (code, key) in found, list(found)
    said = found[code, key]
    step = re.findall(r"\.(\w+)(?:\[\d+\])*$", key)
    if step and f"{step[0]}:" in new:
        first = source[: source.index(old)].count("\n") + 1
        assert first <= (said.line or 0) <= first + new.count("\n")
    assert said.line and said.column and said.file == "contract.yaml"
    english, chinese = said.words("en"), said.words("zh")
    assert english.startswith(f"contract.yaml:{said.line}:{said.column} {key}: ")
    assert not re.search(r"[{}]\w*[{}]|\{\w+\}", english), english
    assert re.search(r"[\u4e00-\u9fff]", chinese) and len(chinese.split("。")) >= 2


def test_hardly_any_mistake_brings_other_messages_with_it() -> None:
    alone = 0
    for _, name, old, new, _, _ in MISTAKES:
        alone += len(problems(SOURCES[name].replace(old, new, 1))) == 1
    assert alone >= 0.9 * len(MISTAKES)


def test_a_class_of_customers_is_not_missed_where_the_classes_could_not_be_read() -> None:
    source = (
        SOURCES["contract"]
        .replace("minDeals: 2}", "minDeals: two}")
        .replace('"4.1"}', '"4.1", tier: returning}', 1)
    )
    assert [each.code for each in problems(source)] == ["not-a-number"]


def test_a_name_in_letters_that_only_look_latin_is_warned_of() -> None:
    source = SOURCES["deduction"].replace("Shiguang Member Services Ltd.", "Qingyu Hоtels Ltd.")
    contract = read_contract(source, "contract.yaml")
    codes = {each.code for each in contract.warnings}
    assert {"mixed-alphabets", "look-alike-names"} <= codes


def test_five_thousand_nested_lists_are_refused_and_not_a_crash() -> None:
    assert {each.code for each in problems("[" * 5000)} <= {"too-deep", "not-yaml"}


def test_a_thousandfold_alias_is_refused_at_its_first_anchor() -> None:
    laughs = "a: &a [x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(9)
    )
    assert problems(laughs)[0].code == "anchor"


TOKENS = st.sampled_from(
    [
        *(
            "",
            " ",
            "\n",
            "  ",
            ":",
            "-",
            "[",
            "]",
            "{",
            "}",
            ",",
            "#",
            "'",
            '"',
            "|",
            ">",
            "&a ",
            "*a",
            "!!str ",
        ),
        *(
            "null",
            "true",
            "NO",
            ".nan",
            "0",
            "-1",
            "1e9",
            "85",
            "0.85",
            "99999999999999",
            "８５",
            "甲",
            "\ud800",
            "\x00",
        ),
        *("[]", "{}", "<<: {a: 1}", "2026Q9", "spec:", "metric: nope", "\t", "\u200b", "%YAML 1.1\n---\n"),
    ]
)


@settings(deadline=None, max_examples=400)
@given(
    st.sampled_from(sorted(SOURCES)),
    st.integers(0, 10**6),
    st.lists(st.tuples(st.integers(0, 10**6), TOKENS), min_size=1, max_size=4),
)
def test_a_damaged_file_is_read_or_refused_and_never_anything_else(
    name: str, cut: int, put: list[tuple[int, str]]
) -> None:
    parts = re.split(r"(?<=[\s,:{}\[\]])", SOURCES[name])
    for place, token in put:
        at = place % len(parts)
        parts[at : at + cut % 3] = [token]
    try:
        assert isinstance(read_contract("".join(parts), "x"), Contract)
    except ContractError as error:
        assert error.problems
        assert all(each.line and each.words("zh") and each.words("en") for each in error.problems)


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(sorted(SOURCES)), st.randoms(use_true_random=False))
def test_lines_moved_about_are_read_or_refused(name: str, chance: random.Random) -> None:
    lines = SOURCES[name].splitlines()
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    try:
        read_contract("\n".join(lines), "x")
    except ContractError as error:
        assert error.problems
