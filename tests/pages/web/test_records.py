"""Records as files: only for those signed in, only what their role may see."""

from io import BytesIO

import openpyxl
import pytest

import warehouse
from tests.pages.conftest import Visitor
from tests.warehouse.records.keeping import keep
from warehouse.access import Role

ROWS = (
    {"number": "T1", "title": "A", "audience": "staff_a", "planned_on": "2026-02-03", "trainer": "Li Wei"},
    {"number": "T2", "title": "B", "audience": "staff_b", "planned_on": "2026-02-04"},
)
PATH = "/export/records/training"


def test_signed_out_unknown_and_other_kinds_are_refused(visitor: Visitor) -> None:
    assert visitor.get(f"{PATH}.csv").status_code == 401
    visitor.sign_in("party_a")
    assert visitor.get("/export/records/nothing.csv").status_code == 404
    assert visitor.get(f"{PATH}.pdf").status_code == 404


@pytest.mark.parametrize(("role", "sees"), [("operator", True), ("party_a", False)])
def test_a_file_has_what_the_role_may_see(visitor: Visitor, role: Role, sees: bool) -> None:
    keep(warehouse.serving(), "training", *ROWS)
    visitor.sign_in(role)
    text = visitor.get(f"{PATH}.csv?value=staff_a").text
    assert "T1,A,staff_a,2026-02-03" in text and "T2" not in text and ("Li Wei" in text) == sees
    book = openpyxl.load_workbook(BytesIO(visitor.get(f"{PATH}.xlsx").content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["record_id", "T2", "T1"] and ("Li Wei" in rows[2]) == sees
