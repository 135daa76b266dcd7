"""The text of a sealed period by address: for who checks it, byte for byte what was hashed."""

import hashlib
from datetime import UTC

import pytest

import warehouse
from contract import example_source
from tests.pages.conftest import Visitor
from tests.warehouse.making import local
from warehouse.access import Role
from warehouse.contract_loading import load_contract
from warehouse.evidence.sealing import seal_period

ADDRESS = "/export/seal/2026Q1.json"


@pytest.fixture
def sealed(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> str:
    """The hash of the sealed first quarter, nobody signed in."""
    monkeypatch.setattr("warehouse.as_of.utc_now", lambda: local("2026-08-02 09:00").astimezone(UTC))
    load_contract(warehouse.serving(), example_source("deduction"))
    (seal,) = seal_period(warehouse.serving(), "2026Q1")
    return seal.sha256


@pytest.mark.parametrize("role", ["operator", "mediator"])
def test_who_checks_it_gets_the_text_that_was_hashed(visitor: Visitor, sealed: str, role: Role) -> None:
    answer = visitor.sign_in(role).get(ADDRESS)
    assert answer.status_code == 200 and hashlib.sha256(answer.content).hexdigest() == sealed
    assert answer.headers["content-disposition"] == 'attachment; filename="deduction-2026-2026Q1-seal.json"'
    assert visitor.get("/export/seal/2026Q2.json").status_code == 404


def test_the_parties_and_who_is_not_signed_in_do_not_get_it(visitor: Visitor, sealed: str) -> None:
    assert visitor.get(ADDRESS).status_code == 401
    assert visitor.sign_in("party_a").get(ADDRESS).status_code == 403
    assert visitor.sign_in("party_b").get(ADDRESS).status_code == 403
