"""Versions of a contract: which one counts on a day, how they follow each other, what differs."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract import (
    Contract,
    ContractError,
    Difference,
    check_succession,
    differences,
    example_source,
    periods_in_force,
    read_contract,
    state_on,
    target_in_force,
    version_on,
)
from tests.supplements import supplement

FIRST = read_contract(example_source(), "1")
SECOND_SOURCE = supplement(example_source(), "2026-04-01", ("value: 80.0", "value: 78.0"))
SECOND = read_contract(SECOND_SOURCE, "2")
THIRD = read_contract(
    supplement(SECOND_SOURCE, "2027-07-01", ("lastDay: 2028-06-30", "lastDay: 2029-06-30")), "3"
)
ALL = (FIRST, SECOND, THIRD)


def codes(*contracts: Contract) -> list[tuple[str, object]]:
    return [(each.code, each.values["version"]) for each in check_succession(contracts)]


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2025, 6, 30), None),
        (date(2025, 7, 1), 1),
        (date(2026, 3, 31), 1),
        (date(2026, 4, 1), 2),
        (date(2027, 6, 30), 2),
        (date(2027, 7, 1), 3),
        (date(2029, 6, 30), 3),
        (date(2029, 7, 1), None),
    ],
)
def test_each_day_of_the_term_has_one_version(day: date, version: int | None) -> None:
    for order in (ALL, ALL[::-1]):
        found = version_on(order, day)
        assert (found.version if found else None) == version


@given(st.dates(date(2025, 7, 1), date(2029, 6, 30)))
def test_the_version_of_a_day_is_that_of_its_period_since_supplements_begin_with_one(day: date) -> None:
    (mine,) = [one for period, one in periods_in_force(ALL) if period.start <= day < period.end]
    assert mine is version_on(ALL, day)


def test_a_period_belongs_to_the_version_in_force_on_its_first_day() -> None:
    found = periods_in_force(ALL)
    assert [one.version for _, one in found] == [1] * 3 + [2] * 5 + [3] * 8
    assert all(one.end == other.start for (one, _), (other, _) in pairwise(found))
    before, after = (target_in_force(ALL, "csat_top2", name) for name in ("2026Q1", "2026Q2"))
    assert before == FIRST.target("csat_top2", "2026Q1")
    assert after == SECOND.target("csat_top2", "2026Q2")
    assert after != FIRST.target("csat_top2", "2026Q2")
    assert target_in_force(ALL, "csat_top2", "2031Q1") is None
    assert target_in_force(ALL, "churn", "2026Q2") is None


def test_the_days_tell_the_state_whatever_the_file_says() -> None:
    states = [state_on(ALL, FIRST, day) for day in (date(2025, 1, 1), date(2025, 7, 1), date(2026, 4, 1))]
    assert states == ["signed", "in_force", "superseded"]
    assert state_on(ALL, THIRD, date(2029, 7, 1)) == "ended"
    assert state_on(ALL, FIRST, date(2029, 7, 1)) == "superseded"
    draft = read_contract(example_source().replace("in_force", "draft"), "x")
    assert state_on([draft], draft, date(2026, 1, 1)) == "draft"
    assert version_on([draft], date(2026, 1, 1)) is None


def test_versions_that_follow_each_other_are_no_problem_in_any_order() -> None:
    assert codes(*ALL) == codes(*ALL[::-1]) == []
    assert check_succession(()) == ()


def test_a_missing_version_is_named() -> None:
    assert codes(SECOND, THIRD) == [("version-missing", 2)]
    assert codes(FIRST, THIRD) == [("version-missing", 3)]
    assert codes(FIRST, FIRST) == [("version-missing", 1)]


def test_a_supplement_to_another_content_is_refused() -> None:
    other = read_contract(example_source().replace("value: 80.0", "value: 79.0"), "x")
    (problem,) = check_succession([other, SECOND])
    assert problem.code == "supersedes-another"
    assert other.sha256 in problem.words("en")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("id: club-2025-001", "id: club-2025-002", "metadata.id"),
        ("timezone: Asia/Shanghai", "timezone: Asia/Tokyo", "spec.term.timezone"),
        ("firstDay: 2025-07-01", "firstDay: 2025-04-01", "spec.term.firstDay"),
    ],
)
def test_what_makes_it_another_contract_cannot_be_changed(old: str, new: str, key: str) -> None:
    after = read_contract(SECOND_SOURCE.replace(old, new, 1), "x")
    assert [(each.code, each.key) for each in check_succession([FIRST, after])] == [("not-a-supplement", key)]


def test_a_supplement_that_begins_with_or_before_the_one_it_supersedes_overlaps() -> None:
    after = read_contract(SECOND_SOURCE.replace("inForceFrom: 2026-04-01", "inForceFrom: 2025-07-01"), "x")
    assert codes(FIRST, after) == [("versions-overlap", 2)]


def test_a_supplement_that_begins_after_the_end_leaves_a_gap() -> None:
    source = SECOND_SOURCE.replace("lastDay: 2028-06-30", "lastDay: 2029-06-30")
    late = read_contract(source.replace("inForceFrom: 2026-04-01", "inForceFrom: 2028-10-01"), "x")
    assert codes(FIRST, late) == [("versions-gap", 2)]
    on_time = read_contract(source.replace("inForceFrom: 2026-04-01", "inForceFrom: 2028-07-01"), "x")
    assert codes(FIRST, on_time) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "key"),
    [
        ("inForceFrom: 2026-04-01", "inForceFrom: 2026-04-02", "broken-period", "metadata.inForceFrom"),
        ("inForceFrom: 2026-04-01", "inForceFrom: 2031-04-01", "outside-term", "metadata.inForceFrom"),
        ("  inForceFrom: 2026-04-01\n", "", "missing-key", "metadata.inForceFrom"),
        (
            "{version: 1,",
            "{version: 2,",
            "bad-succession",
            "metadata.supersedes.version",
        ),
        ("  version: 2\n", "  version: 1\n", "bad-succession", "metadata.supersedes"),
        (FIRST.sha256, FIRST.sha256.upper(), "bad-name", "metadata.supersedes.sha256"),
    ],
)
def test_a_supplement_that_does_not_fit_by_itself_is_refused_on_reading(
    old: str, new: str, code: str, key: str
) -> None:
    assert old in SECOND_SOURCE
    with pytest.raises(ContractError) as caught:
        read_contract(SECOND_SOURCE.replace(old, new), "x")
    assert (code, key) in [(each.code, each.key) for each in caught.value.problems]


def test_the_first_version_begins_with_the_term() -> None:
    with pytest.raises(ContractError, match="first day of the term"):
        read_contract(
            example_source().replace("  version: 1\n", "  version: 1\n  inForceFrom: 2025-10-01\n"), "x"
        )


def test_a_draft_is_never_in_force() -> None:
    draft = read_contract(SECOND_SOURCE.replace("status: in_force", "status: draft"), "x")
    assert codes(FIRST, draft) == [("draft-in-force", 2)]
    assert version_on([FIRST, draft], date(2026, 4, 1)) is FIRST


def test_differences_name_entries_and_not_their_places() -> None:
    found = {each.path: each for each in differences(FIRST, SECOND)}
    path = "spec.targets[csat_top2].ramp.points[2025Q3].value"
    assert found.pop(path) == Difference(path, "80", "78")
    assert found.pop("metadata.version") == Difference("metadata.version", 1, 2)
    assert set(found) == {"metadata.inForceFrom", "metadata.supersedes"}


def test_what_is_only_written_otherwise_or_stands_elsewhere_does_not_differ() -> None:
    again = read_contract(example_source().replace("value: 80.0", "value: 80"), "x")
    assert differences(FIRST, again) == ()
    moved = FIRST.model_copy(update={"spec": FIRST.spec.model_copy(update={"metrics": FIRST.metrics[::-1]})})
    assert differences(FIRST, moved) == ()


def test_an_added_and_a_removed_entry_differ_as_a_whole() -> None:
    line = next(line for line in example_source().splitlines() if "id: member_growth" in line)
    shorter = FIRST.model_copy(
        update={"spec": FIRST.spec.model_copy(update={"targets": FIRST.spec.targets[1:]})}
    )
    assert "member_growth" in line
    (gone,) = differences(FIRST, shorter)
    assert (gone.path, gone.after) == ("spec.targets[member_growth]", None)
    (come,) = differences(shorter, FIRST)
    assert (come.before, come.after) == (None, gone.before)


@given(st.integers(0, 200))
def test_every_day_is_in_one_state_for_at_most_one_version(weeks: int) -> None:
    day = date(2025, 6, 1) + timedelta(weeks=weeks)
    states = [state_on(ALL, one, day) for one in ALL]
    assert states.count("in_force") <= 1
