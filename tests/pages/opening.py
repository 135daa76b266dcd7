"""Opens a Streamlit page cold, from its own file, as somebody; and reads what it shows."""

import atexit
import html
import re
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from unittest.mock import patch

from streamlit.testing.v1 import AppTest

import warehouse
from tests.new_warehouses import use_copy
from warehouse.access import Role, open_session
from warehouse.example import load_example

PAGES = Path(__file__).resolve().parents[2] / "pages"
ROLES: tuple[Role, ...] = ("operator", "party_a", "party_b", "mediator")
PRIVATE = (
    *("overview", "satisfaction", "members", "at_risk", "member", "fieldwork", "records", "cases", "care"),
    "campaigns",
    *("targets", "settlement", "contract", "computed"),
    *("import_data", "links", "questionnaires", "audit"),
)


class Tab:
    """A page open in somebody's browser, run once without an error; `role` None is nobody signed in."""

    def __init__(
        self,
        page: str,
        role: Role | None = "party_a",
        language: str = "en",
        query: Mapping[str, str] | None = None,
    ) -> None:
        self.cookie = open_session(role) if role else None
        self.app = AppTest.from_file(PAGES / f"{page}.py", default_timeout=60)
        for key, value in {"lang": language, **(query or {})}.items():
            self.app.query_params[key] = value
        self.run()

    def run(self) -> "Tab":
        """Run again, after something was clicked."""
        with patch("pages.ui.access.cookie", return_value=self.cookie):
            self.app.run()
        assert not self.app.exception, [error.value for error in self.app.exception]
        return self

    @property
    def markup(self) -> str:
        """All HTML of ours on the page, the stylesheet left out."""
        return "\n".join(part.value for part in self.app.html if not part.value.startswith("<style>"))

    @property
    def words(self) -> str:
        """All text of our HTML, as a reader sees it, on one line."""
        return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", self.markup)).split())

    @property
    def figures(self) -> list[str]:
        """Each figure's specification as JSON."""
        return [str(figure.proto.spec) for figure in self.app.get("plotly_chart")]


def use_example() -> None:
    """Make the warehouse of this test the example, loaded once for all tests."""
    use_copy(example_file())


@cache
def example_file() -> Path:
    """A closed file of the example club, sealed; to be copied."""
    path = Path(tempfile.mkdtemp(prefix="pactboard-example-")) / "pactboard.duckdb"
    atexit.register(shutil.rmtree, path.parent, ignore_errors=True)
    house = warehouse.open_warehouse(path)
    try:
        load_example(house, lambda share, step: None)
        house.rollups.seal()  # as in a quiet moment: else every test would count all of it anew
    finally:
        house.close()
    return path
