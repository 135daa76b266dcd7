"""The project keeps the rules of the house, and each rule finds who breaks it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import (
    LONGEST_FILE,
    MAY_NOT_IMPORT,
    Offences,
    careless_sql_files,
    dangerous_widgets,
    long_files,
    misplaced_sql,
    sources,
    strangers,
    unguarded_pages,
    unguarded_routes,
    wrong_imports,
)

PROJECT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    "rule",
    [
        wrong_imports,
        misplaced_sql,
        careless_sql_files,
        unguarded_pages,
        unguarded_routes,
        dangerous_widgets,
        long_files,
        strangers,
    ],
)
def test_the_project_keeps_the_rule(rule: Callable[[Path], Offences]) -> None:
    assert not rule(PROJECT), rule.__doc__


def test_the_rules_look_at_every_room_of_the_project() -> None:
    seen = {place for place, _, _ in sources(PROJECT, *MAY_NOT_IMPORT)}
    assert seen == {"survey", "contract", "warehouse", "pages", "dashboard.py"}
    assert len(list((PROJECT / "pages").glob("*.py"))) > 3


GUARDED = """'A page.'

import streamlit as st

from pages.ui.access import require

require("operator")
st.title("x")
"""


def tree(root: Path, **files: str) -> Path:
    """A small project: `pages__ui__x_py="..."` writes pages/ui/x.py."""
    for name, text in {"_gitignore": "/data/\n", **files}.items():
        path = root / re.sub(r"_(py|sql|gitignore)$", r".\1", name).replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("survey__form_py", "import warehouse"),
        ("survey__form_py", "from contract.verdict import judge"),
        ("survey__form_py", "def later():\n    import pages.ui"),
        ("survey__form_py", "from ..warehouse import serving"),
        ("survey__form_py", "from .. import warehouse"),
        ("survey__deep__form_py", "from ...contract import verdict"),
        ("survey__form_py", "import importlib\nimportlib.import_module('warehouse')"),
        ("survey__form_py", "import importlib\nimportlib.import_module(name())"),
        ("survey__form_py", "__import__('warehouse.database')"),
        ("survey__form_py", "import duckdb"),
        ("contract__verdict_py", "from survey import texts"),
        ("contract__verdict_py", "import streamlit.components as c"),
        ("warehouse__exports_py", "from pages.ui import texts"),
        ("warehouse__exports_py", "from starlette.responses import Response"),
        ("warehouse__exports_py", "import importlib\nimportlib.import_module(f'pages.{1}')"),
        ("pages__overview_py", "import dashboard"),
    ],
)
def test_an_import_that_points_upward_is_found(tmp_path: Path, file: str, text: str) -> None:
    assert len(wrong_imports(tree(tmp_path, **{file: text}))) == 1


def test_an_import_that_points_downward_is_right(tmp_path: Path) -> None:
    files = {
        "warehouse__x_py": "import contract, survey\nfrom . import sql\nfrom .csv_format import original",
        "warehouse__y_py": "import importlib\nimportlib.import_module(f'warehouse.cli.{1}')",
        "pages__x_py": "import streamlit\nimport warehouse",
    }
    assert wrong_imports(tree(tmp_path, **files)) == []


@pytest.mark.parametrize(
    "text",
    [
        "rows = ask('SELECT count(*) FROM response')",
        "rows = ask('select count(*)\\nfrom response')",
        "rows = ask('-- how many\\nSelect n From response')",
        "rows = ask(f'SELECT {column} FROM response')",
        "rows = ask(start + ' WHERE survey = 1')",
        "ask('insert into setting values (1)')",
        "ask('DELETE FROM response')",
        "ask('update response set weight = 1')",
        "ask('MERGE INTO response USING x')",
        "ask('CREATE OR REPLACE TABLE x AS')",
        "ask('COPY response TO x')",
        "connection.execute(text)",
    ],
)
def test_sql_in_a_page_is_found(tmp_path: Path, text: str) -> None:
    assert len(misplaced_sql(tree(tmp_path, pages__overview_py=text))) == 1


def test_sql_in_a_python_file_of_the_warehouse_is_found(tmp_path: Path) -> None:
    for text in (
        "x = 'select 1 as n from member'",
        "import duckdb\nduckdb.connect('x')",
        "import duckdb as d\nd.connect('x')",
        "from duckdb import sql",
    ):
        assert len(misplaced_sql(tree(tmp_path, warehouse__members_py=text))) == 1


def test_types_and_errors_of_duckdb_may_be_named_anywhere_in_the_warehouse(tmp_path: Path) -> None:
    tree(tmp_path, warehouse__members_py="from duckdb import DuckDBPyConnection")
    tree(tmp_path, warehouse__writer_py="import duckdb\nx = duckdb.FatalException")
    tree(tmp_path, warehouse__opening_py="import duckdb\nduckdb.connect('x')")
    assert misplaced_sql(tmp_path) == []


def test_words_that_only_sound_like_sql_are_no_offence(tmp_path: Path) -> None:
    page = '"""SELECT nothing FROM nowhere."""\nt("Choose what to update and where from; delete nothing.")\n'
    assert misplaced_sql(tree(tmp_path, pages__overview_py=page)) == []


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("warehouse__queries__n_sql", "SELECT 1;"),
        ("warehouse__queries__n_sql", "-- n\nSELECT 1;"),
        ("warehouse__queries__n_sql", "-- How many responses are there?\nSELECT 1; SELECT 2;"),
        ("warehouse__metrics__n_sql", "SELECT 1;"),
        ("pages__n_sql", "-- How many responses are there?\nSELECT 1;"),
    ],
)
def test_an_sql_file_that_does_not_say_its_question_is_found(tmp_path: Path, file: str, text: str) -> None:
    assert len(careless_sql_files(tree(tmp_path, **{file: text}))) == 1


def test_an_sql_file_that_says_its_question_is_right(tmp_path: Path) -> None:
    text = "-- How many responses are there,\n-- of all surveys?\nSELECT 1;\n"
    assert careless_sql_files(tree(tmp_path, warehouse__queries__n_sql=text)) == []


@pytest.mark.parametrize(
    "page",
    [
        GUARDED.replace('require("operator")\n', ""),
        GUARDED.replace('require("operator")', 'if True:\n    require("operator")'),
        GUARDED.replace('require("operator")\nst.title("x")', 'st.title("x")\nrequire("operator")'),
        GUARDED.replace('require("operator")', "require"),
        GUARDED.replace("from pages.ui.access import require", "from somewhere import require"),
        GUARDED.replace("from pages.ui.access import require", "def require(role): ..."),
        GUARDED.replace("pages.ui.access", "pages.ui.layout"),
        GUARDED.replace("pages.ui.access", ".ui.access"),
        '"""A page with nothing to guard yet."""\n',
    ],
)
def test_an_unguarded_page_is_found(tmp_path: Path, page: str) -> None:
    assert len(unguarded_pages(tree(tmp_path, pages__members_py=page))) == 1


def test_an_unguarded_page_in_a_folder_of_pages_is_found(tmp_path: Path) -> None:
    tree(tmp_path, pages__deep__respond_py="import streamlit", pages__deep__members_py=GUARDED)
    tree(tmp_path, pages__ui__x_py="import streamlit", pages__web__x_py="x = 1")
    assert [line.split(":")[0] for line in unguarded_pages(tmp_path)] == ["pages/deep/respond.py"]


TABLE = """
from pages.web import figures
from starlette.routing import Route

def routes():
    return [Route("/healthz", open_to_all), Route("/figures.csv", figures.show)]
"""
HANDLER = """
from pages.web.session import role

def show(request):
    'Docstring.'
    visitor = role(request)
    if visitor is None:
        return refuse()
    return figures()
"""


def test_open_routes_and_those_that_begin_with_the_role_are_right(tmp_path: Path) -> None:
    tree(tmp_path, pages__web__routes_py=TABLE, pages__web__figures_py=HANDLER)
    assert unguarded_routes(tmp_path) == []


@pytest.mark.parametrize(
    "handler",
    [
        HANDLER.replace("role(request)", "'operator'"),
        HANDLER.replace("role(request)", "role(other)"),
        HANDLER.replace("visitor is None", "visitor is not None"),
        HANDLER.replace("return refuse()", "log()"),
        HANDLER.replace("    visitor = role(request)\n", "    figures()\n    visitor = role(request)\n"),
        HANDLER.replace("pages.web.session", "pages.web.notices"),
        HANDLER.replace("def show", "def shown"),
        HANDLER + "\ndef show(request): ...",
        "",
    ],
)
def test_a_route_that_serves_anybody_is_found(tmp_path: Path, handler: str) -> None:
    tree(tmp_path, pages__web__routes_py=TABLE, pages__web__figures_py=handler)
    assert len(unguarded_routes(tmp_path)) == 1


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("pages__web__other_py", "Route('/healthz', show)"),
        ("pages__ui__x_py", "app.add_route('/healthz', show)"),
        ("dashboard_py", "Mount('/x', app)"),
        ("pages__web__routes_py", "Mount('/healthz', app)"),
        ("pages__web__routes_py", "Route(path, show)"),
        ("pages__web__routes_py", "Route(path='/healthz', endpoint=show)"),
        ("pages__web__routes_py", "Route('/x', lambda request: figures())"),
    ],
)
def test_a_route_beside_the_table_or_that_cannot_be_read_is_found(
    tmp_path: Path, file: str, text: str
) -> None:
    assert len(unguarded_routes(tree(tmp_path, **{file: text}))) == 1


def test_a_guarded_page_and_the_open_form_are_right(tmp_path: Path) -> None:
    kept = GUARDED.replace("require(", "role = require(", 1)
    tree(tmp_path, pages__members_py=GUARDED, pages__overview_py=kept, pages__respond_py="import streamlit")
    assert unguarded_pages(tmp_path) == []


@pytest.mark.parametrize(
    "widget",
    [
        "st.download_button('x', data)",
        "from streamlit import download_button",
        "st.radio('x', options, index=0)",
        "st.radio('x', options)",
        "st.selectbox('x', options, index=0)",
        "st.slider('x')",
        "st.markdown(text, unsafe_allow_html=True)",
        "st.markdown(text, unsafe_allow_html=allowed)",
    ],
)
def test_a_dangerous_widget_is_found(tmp_path: Path, widget: str) -> None:
    assert len(dangerous_widgets(tree(tmp_path, pages__ui__x_py=widget))) == 1


def test_a_radio_that_begins_unanswered_is_right(tmp_path: Path) -> None:
    assert dangerous_widgets(tree(tmp_path, pages__x_py="st.radio('x', options, index=None)")) == []


def test_a_file_that_is_too_long_is_found(tmp_path: Path) -> None:
    tree(tmp_path, survey__long_py="x = 1\n" * (LONGEST_FILE + 1), survey__short_py="x = 1\n" * LONGEST_FILE)
    assert [line.split(":")[0] for line in long_files(tmp_path)] == ["survey/long.py"]


def test_a_stranger_at_the_top_of_the_project_is_found(tmp_path: Path) -> None:
    tree(tmp_path, utils__x_py="", survey__x_py="", data__x_py="")
    assert [line.split(":")[0] for line in strangers(tmp_path)] == ["utils"]
