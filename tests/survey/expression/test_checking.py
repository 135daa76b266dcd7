import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.expression import Kind, check, names, parse
from survey.expression.kinds import DATE, NUMBER, TEXT

KNOWN = {
    "score": NUMBER,
    "word": TEXT,
    "place": Kind("choice", ("shop", "web")),
    "places": Kind("choices", ("shop", "web")),
    "joined": DATE,
    "member.tier": TEXT,
}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("scores > 1", [("expression-name-misspelt", 1)]),
        ("nothing_like_it > 1 or zzz = 2", [("expression-name-unknown", 1), ("expression-name-unknown", 24)]),
        ("comment = 'x'", [("expression-name-later", 1)]),
        ("member.x = '1'", [("expression-name-unknown", 1)]),
        ("member.tir = '1'", [("expression-name-misspelt", 1)]),
        ("score", [("expression-kind", 1)]),
        ("not score", [("expression-kind", 5)]),
        ("score = 1 and place", [("expression-kind", 15)]),
        ("score = '1'", [("expression-kinds-differ", 1)]),
        ("joined > '2026-01-01'", [("expression-kinds-differ", 1)]),
        ("joined > date('2026-02-30')", [("expression-no-date", 15)]),
        ("joined > date(word)", [("expression-not-literal", 15)]),
        ("word < 'b'", [("expression-not-ordered", 1)]),
        ("place = 'shp'", [("expression-choice-unknown", 9)]),
        ("'nowhere' != place", [("expression-choice-unknown", 1)]),
        ("place in ('shop', 'moon')", [("expression-choice-unknown", 19)]),
        ("'moon' in places", [("expression-choice-unknown", 1)]),
        ("selected(places, 'moon')", [("expression-choice-unknown", 18)]),
        ("selected(places, word)", [("expression-not-literal", 18)]),
        ("selected(word, 'a')", [("expression-kind", 10)]),
        ("places = 'shop'", [("expression-choices-compared", 1)]),
        ("score in places", [("expression-kinds-differ", 1)]),
        ("places in places", [("expression-kind", 1), ("expression-kinds-differ", 1)]),
        ("count(place) = 1", [("expression-kind", 7)]),
        ("length(score) = 1", [("expression-kind", 8)]),
        ("word + 1 = 2", [("expression-kind", 1)]),
        ("-word = 2", [("expression-kind", 2)]),
        ("answered(score + 1)", [("expression-not-a-question", 10)]),
        ("answered()", [("expression-arguments", 1)]),
        ("today(1) = joined", [("expression-arguments", 1)]),
        ("regex(word, '(a+)+$')", [("expression-function-unknown", 1)]),
        ("coalesce(score, 'x') = 1", [("expression-kinds-differ", 1)]),
        ("coalesce(place, 'none') = 'none'", []),
        ("coalesce(member.tier, 'none') in ('gold', 'none')", []),
        ("place = 'shop' and selected(places, 'web') and joined <= today() and score * 2 >= 3", []),
        ("place in places or 'shop' in places or place = word", []),
    ],
)
def test_a_fault_is_found_at_its_character(source: str, found: list[tuple[str, int]]) -> None:
    faults = check(parse(source), KNOWN, later=("comment",))
    assert [(fault.code, fault.position) for fault in faults] == found


NAMES = st.from_regex(r"[a-z]{1,6}", fullmatch=True).filter(
    lambda name: name not in ("and", "or", "not", "in", "true", "false")
)


@given(st.lists(NAMES, min_size=1, max_size=8), st.sets(NAMES, max_size=8))
def test_every_unknown_name_is_found_and_no_known_one(used: list[str], known: set[str]) -> None:
    node = parse(" and ".join(f"({name} > 1 or answered({name}))" for name in used))
    faults = check(node, dict.fromkeys(known, NUMBER))
    assert {fault.values["name"] for fault in faults} == set(used) - known
    assert names(node) == set(used)
