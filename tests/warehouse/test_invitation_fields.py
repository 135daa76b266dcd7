"""What the form knows of an invited member: what the questionnaire asks for, readable by the link alone."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from survey import read_questionnaire
from warehouse import Warehouse, WarehouseError, open_warehouse
from warehouse.invitations import find, invite
from warehouse.invitees import Invitee
from warehouse.surveys import publish

LATER = (datetime.now(UTC) + timedelta(days=30)).date()
ASKED = """
slug: visit
version: 1
title: {en: Your visit}
default_language: en
languages: [en]
intro: {en: Hello}
member_fields: [city]
questions:
  - {code: why, type: short_text, text: {en: "{{ member.name }}, how is {{ member.city }}?"}}
thanks: {en: Thank you.}
"""
ANN = Invitee("M1", fields={"name": "Ann Ångström", "city": "Xi’an", "e-mail": "ann@example.org"})


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    opened = open_warehouse(tmp_path / "pactboard.duckdb")
    asked = read_questionnaire(ASKED, "visit.yaml")
    publish(opened, asked, asked.slug, asked.title, is_example=False)
    yield opened
    opened.close()


def test_the_fields_that_the_questionnaire_asks_for_are_found_by_the_link(warehouse: Warehouse) -> None:
    made = invite(warehouse, "visit", [ANN, Invitee("M2")], "2026Q4", LATER)
    assert (made.kept, made.passed_over) == (("name", "city"), ("e-mail",))
    found = [find(warehouse, link.token) for link in made.links]
    assert [each and dict(each.fields) for each in found] == [
        {"name": "Ann Ångström", "city": "Xi’an"},
        {},
    ]


def test_nobody_reads_the_fields_in_the_file_without_the_link(warehouse: Warehouse) -> None:
    first, second = invite(
        warehouse, "visit", [ANN, Invitee("M2", fields={"name": "Bob"})], "2026Q4", LATER
    ).links
    with warehouse.transaction() as cursor:
        cursor.execute("CHECKPOINT")
    files = b"".join(path.read_bytes() for path in warehouse.path.parent.iterdir() if path.is_file())
    assert b"M1" in files
    assert not [text for text in ("Ångström", "Xi’an", "ann@example.org") if text.encode() in files]
    with warehouse.transaction() as cursor:  # one member's row put under another's link
        cursor.execute(
            "UPDATE invitation_field SET sealed = (SELECT any_value(sealed) FROM invitation_field "
            "WHERE token_sha256 = (SELECT token_sha256 FROM invitation WHERE member_id = 'M1'))"
        )
    mine, other = find(warehouse, first.token), find(warehouse, second.token)
    assert mine and mine.fields["name"] == "Ann Ångström" and other and other.fields == {}


@pytest.mark.parametrize("cell", ["x" * 201, "a\x07b"])
def test_a_field_that_cannot_be_shown_invites_nobody(warehouse: Warehouse, cell: str) -> None:
    with pytest.raises(WarehouseError) as refusal:
        invite(warehouse, "visit", [Invitee("M1", fields={"city": cell})], "2026Q4", LATER)
    assert refusal.value.problem.code == "invitation-field"
    assert invite(warehouse, "visit", [Invitee("M1", fields={"e-mail": cell})], "2026Q4", LATER).links
