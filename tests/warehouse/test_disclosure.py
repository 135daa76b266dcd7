"""No view taken from another leaves one to four people: neither a filter less, nor some months less."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse import Warehouse, open_warehouse
from warehouse.disclosure import OUTSIDE, TOTAL, Cell, Disclosure, Limits
from warehouse.example import load_example
from warehouse.filters import DIMENSIONS, Filters, options
from warehouse.members import months_between
from warehouse.satisfaction import satisfaction
from warehouse.summary import DIMENSIONS as SPLITS
from warehouse.summary import summarise
from warehouse.suppression import is_small
from warehouse.surveys import BUILT_IN

View = tuple[Limits, frozenset[str], int]  # what it is limited to, its months, how many answers are shown


def given_away(views: Sequence[View]) -> list[tuple[View, View]]:
    """The pairs of views of which one lies in the other and leaves one to four of it."""
    by_limits: dict[Limits, list[View]] = defaultdict(list)
    for view in set(views):
        by_limits[view[0]].append(view)
    return [
        (wide, narrow)
        for limits, those in by_limits.items()
        for size in range(len(limits) + 1)
        for wider in combinations(limits, size)
        for narrow in those
        for wide in by_limits[frozenset(wider)]
        if narrow[1] <= wide[1] and is_small(wide[2] - narrow[2])
    ]


def test_a_pair_that_gives_away_a_group_is_found() -> None:
    everybody, vip = Limits(), Limits({("tier", "vip")})
    months = frozenset({"2026-01", "2026-02"})
    wide = (everybody, months, 20)
    assert given_away([wide, (vip, months, 17)]) == [(wide, (vip, months, 17))]
    assert given_away([wide, (everybody, frozenset({"2026-01"}), 16)])
    assert not given_away([wide, (vip, months, 15), (everybody, frozenset({"2026-03"}), 17)])


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    warehouse = open_warehouse(tmp_path_factory.mktemp("example") / "pactboard.duckdb")
    load_example(warehouse, lambda share, said: None)
    yield warehouse
    warehouse.close()


SPANS = (
    *((None, None), (date(2026, 2, 1), None), (None, date(2026, 1, 1))),
    *((date(2026, 10, 1), date(2026, 11, 1)), (date(2026, 2, 1), date(2026, 9, 1))),
)


def test_no_two_views_of_the_example_leave_one_to_four_people(house: Warehouse) -> None:
    offered = options(house, BUILT_IN)
    values = [(dimension, value) for dimension in DIMENSIONS for value in offered[dimension]]
    limits = [{}, *({name: value} for name, value in values)]
    limits += [dict(pair) for pair in combinations(values, 2) if pair[0][0] != pair[1][0]]
    months = list(months_between(date.fromisoformat(offered["start"][0]), date(2026, 12, 1)))
    views: dict[str, list[View]] = defaultdict(list)
    for chosen in limits:
        everywhere = Filters(BUILT_IN, **chosen)
        for start, end in SPANS:
            first, last = start or date.min, end or date.max
            for series in satisfaction(house, replace(everywhere, start=start, end=end)).series:
                shown = [(max(first, p.start), min(last, p.end), p.n) for p in series.points]
                if shown:
                    shown += [(shown[0][0], shown[-1][1], series.n), (first, shown[0][0], series.outside)]
                views[series.question.code] += [
                    (frozenset(chosen.items()), frozenset(m.name for m in months if a <= m.start < b), n)
                    for a, b, n in shown
                    if n is not None
                ]
    whole = frozenset(month.name for month in months)
    for split in SPLITS:
        for each in summarise(house, BUILT_IN, split).figures:
            if each.n is not None and each.group != "":
                held = frozenset({(split, each.group)}) if each.group else Limits()
                views[each.question.code].append((held, whole, each.n))
    assert min(len(set(found)) for found in views.values()) > 200
    assert {code: given_away(found) for code, found in views.items()} == {code: [] for code in views}


MONTHS = ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06"]
QUARTERS = {month: "Q1" if month < "2026-04" else "Q2" for month in MONTHS} | {"2025-12": OUTSIDE}
CELLS = st.lists(
    st.builds(
        Cell,
        st.sampled_from(list(QUARTERS)),
        st.fixed_dictionaries(
            {}, optional={"tier": st.sampled_from(["new", "vip", "staff"]), "language": st.sampled_from("ez")}
        ),
        st.sampled_from([1, 2, 3, 4, 5, 6, 30]),
    ),
    max_size=14,
)
EVERY = [
    frozenset({pair for pair in (tier, language) if pair})
    for tier in (None, ("tier", "new"), ("tier", "vip"))
    for language in (None, ("language", "e"), ("language", "z"))
]


def shown(cells: Sequence[Cell]) -> Iterator[View]:
    """Every view of the cells that the page may show: of quarters, of all of them, of months."""
    by_quarter = Disclosure([replace(cell, span=QUARTERS[cell.span]) for cell in cells], all_or_nothing=False)
    by_month = Disclosure(cells, all_or_nothing=True)

    def view(limits: Limits, months: Sequence[str]) -> View:
        mine = (each.n for each in cells if each.span in months and limits <= each.values.items())
        return limits, frozenset(months), sum(mine)

    for limits in EVERY:
        hidden = by_quarter.hidden(limits)
        for quarter in ("Q1", "Q2"):
            if hidden.isdisjoint({quarter, TOTAL}):
                yield view(limits, [month for month in MONTHS if QUARTERS[month] == quarter])
        if hidden.isdisjoint({OUTSIDE, TOTAL}):
            yield view(limits, MONTHS)
        if not limits and TOTAL not in hidden:
            yield view(limits, list(QUARTERS))
        if TOTAL not in by_month.hidden(limits):
            for start, end in combinations(range(len(MONTHS) + 1), 2):
                yield view(limits, MONTHS[start:end])


@given(CELLS)
def test_no_two_views_of_any_answers_leave_one_to_four_people(cells: list[Cell]) -> None:
    views = list(shown(cells))
    assert not any(is_small(n) for _, _, n in views)
    assert given_away(views) == []


def test_large_groups_are_shown() -> None:
    cells = [
        Cell(month, {"tier": tier, "language": language}, 9)
        for month in QUARTERS
        for tier in ("new", "vip")
        for language in "ez"
    ]
    assert len(list(shown(cells))) == len(EVERY) * (3 + 21) + 1


def test_a_span_follows_one_that_its_total_would_give_away_and_so_of_what_a_view_leaves_out() -> None:
    cells = [Cell(span, {"language": "z"}, n) for span, n in (("Q1", 30), ("Q2", 40), ("Q3", 50))]
    few = [*cells, *(Cell(span, {"language": "e"}, n) for span, n in (("Q1", 2), ("Q2", 20), ("Q3", 9)))]
    both = Disclosure(few, all_or_nothing=False)
    assert both.hidden(Limits()) == set()
    assert both.hidden(Limits({("language", "e")})) == {"Q1", "Q3"}
    assert both.hidden(Limits({("language", "z")})) == {"Q1", "Q3"}
