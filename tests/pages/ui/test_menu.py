"""The menu: every page has its place once, and a role finds there what it may open and nothing else."""

import pytest

from pages.ui.menu import sections
from tests.pages.opening import PAGES, PRIVATE, ROLES
from warehouse.access import Role

OF_THE_OPERATOR = {"member", "questionnaires", "links", "import_data"}
OF_WHO_CHECKS = {"audit"}


@pytest.mark.parametrize("role", [*ROLES, None])
def test_every_page_stands_in_the_menu_once(role: Role | None) -> None:
    named = [entry.name for entries in sections(role, "en").values() for entry in entries]
    assert sorted(named) == sorted(path.stem for path in PAGES.glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("role", ROLES)
def test_a_role_finds_what_it_may_open(role: Role) -> None:
    kept = set() if role == "operator" else OF_THE_OPERATOR
    kept = kept | (OF_WHO_CHECKS if role in ("party_a", "party_b") else set())
    shown = {entry.name for entries in sections(role, "en").values() for entry in entries if entry.shown}
    assert shown == {*PRIVATE, "respond"} - kept


@pytest.mark.parametrize("role", ROLES)
def test_no_section_is_empty_and_none_is_so_long_that_it_has_to_be_searched(role: Role) -> None:
    lengths = [sum(entry.shown for entry in entries) for entries in sections(role, "en").values()]
    assert len(lengths) <= 6 and all(1 <= length <= 6 for length in lengths)
