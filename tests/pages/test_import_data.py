"""Import: choose, check, load; nothing is half-loaded, and names of files are text."""

from pathlib import Path

import pytest

import warehouse
from contract import example_source
from tests.pages.opening import Tab, use_example
from tests.supplements import supplement
from tests.warehouse.importing.bad_files import mapped
from tests.warehouse.importing.books import changed, two_sheets
from warehouse.contracts import current_contract
from warehouse.surveys import survey

SAMPLES = Path(warehouse.__file__).parent / "samples"
MAPPING = "sfo_customer_survey_2017.yaml"

JOINED = f"id,joined\n1,2026-02-30\n---{mapped('comment: id', date='{joined}')}"


def chosen(mapping: str = MAPPING, language: str = "en") -> Tab:
    tab = Tab("import_data", "operator", language)
    tab.app.selectbox(key="import-mapping").select(mapping)
    return tab.run()


def clicked(tab: Tab, key: str) -> Tab:
    tab.app.button(key=key).click()
    return tab.run()


def test_nothing_is_chosen_beforehand_and_nothing_can_be_checked() -> None:
    tab = Tab("import_data", "operator")
    assert tab.app.selectbox(key="import-mapping").value is None
    assert tab.app.button(key="import-check").disabled
    assert "No file of answers has been imported yet" in tab.words


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_check_reports_each_column_and_stores_nothing(language: str) -> None:
    tab = clicked(chosen(language=language), "import-check")
    for told in ("Q7ALL", "2,688", "143", "NETPRO", "2,746"):
        assert told in tab.words
    assert survey(warehouse.serving(), "sfo-2017") is None


def test_a_checked_file_is_loaded_once_and_leads_to_its_figures() -> None:
    tab = clicked(clicked(chosen(), "import-check"), "import-load")
    assert "The import is done" in tab.words and "2,831 responses stored" in tab.words
    assert "/satisfaction?survey=sfo-2017" in tab.markup
    again = clicked(clicked(chosen(), "import-check"), "import-load")
    assert "nothing was stored twice" in again.words


def test_another_choice_forgets_the_check() -> None:
    tab = clicked(chosen(), "import-check")
    assert "What the check found" in tab.words
    tab.app.selectbox(key="import-mapping").select("sfo_customer_survey_2016.yaml")
    assert "What the check found" not in tab.run().words


def test_files_of_one_s_own_are_read_and_their_names_shown_as_text() -> None:
    tab = chosen("")
    tab.app.file_uploader(key="import-mapping-file").upload("own.yaml", (SAMPLES / MAPPING).read_bytes())
    tab.run()
    content = (SAMPLES / MAPPING).with_suffix(".csv").read_bytes()
    tab.app.file_uploader(key="import-file").upload("**x** <img src=y onerror=z>.csv", content)
    tab.run()
    clicked(tab, "import-check")
    assert "**x** <img src=y onerror=z>.csv: 2,831 rows" in tab.words and "<img" not in tab.markup


def test_a_workbook_is_loaded_like_a_text_file_and_the_sheets_not_read_are_named(tmp_path: Path) -> None:
    file, mapping = changed(tmp_path, two_sheets)
    tab = chosen("")
    tab.app.file_uploader(key="import-mapping-file").upload("own.yaml", mapping.read_bytes())
    tab.run()
    tab.app.file_uploader(key="import-file").upload("club.xlsx", file.read_bytes())
    tab.run()
    clicked(tab, "import-check")
    assert "club.xlsx: 1 rows of the sheet “New”; not read: the sheets Old" in tab.words
    clicked(tab, "import-load")
    assert warehouse.serving().read("summary/responses", survey="club") == [(1,)]


@pytest.mark.parametrize(
    ("mapping", "content"),
    [
        (b"kind: [", b"a,b\n1,2\n"),
        ((SAMPLES / MAPPING).read_bytes(), b""),
        ((SAMPLES / MAPPING).read_bytes(), b"a,b\n1,2\n"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_stored(mapping: bytes, content: bytes) -> None:
    tab = chosen("")
    tab.app.file_uploader(key="import-mapping-file").upload("own.yaml", mapping)
    tab.run()
    tab.app.file_uploader(key="import-file").upload("data.csv", content)
    tab.run()
    clicked(tab, "import-check")
    assert "Nothing was stored" in tab.words and not [
        each for each in tab.app.button if each.key == "import-load"
    ]
    assert survey(warehouse.serving(), "sfo-2017") is None


def test_a_file_of_which_nothing_can_be_taken_cannot_be_loaded_and_is_in_the_audit() -> None:
    file, mapping = JOINED.split("---")
    tab = chosen("")
    tab.app.file_uploader(key="import-mapping-file").upload("own.yaml", mapping.encode())
    tab.run()
    tab.app.file_uploader(key="import-file").upload("data.csv", file.encode())
    tab.run()
    clicked(tab, "import-check")
    assert tab.app.button(key="import-load").disabled
    house = warehouse.serving()
    house.audit.write()
    with house.transaction() as cursor:
        said = cursor.execute("SELECT * FROM audit_event").fetchall()
    assert [row for row in said if "file-all-refused" in str(row)]


def test_who_stopped_an_import_is_told_what_becomes_of_it_once() -> None:
    tab = chosen()
    tab.app.session_state["work-stopped"] = True
    assert "goes on from there" in tab.run().words
    assert "goes on from there" not in tab.run().words


def test_the_next_version_of_the_contract_is_loaded_at_any_time_and_stands_in_force() -> None:
    use_example()
    tab = Tab("import_data", "operator")
    assert "In force" in tab.words and "Version 1" in tab.words
    source = supplement(example_source(), "2025-10-01").encode()
    tab.app.file_uploader(key="contract-file").upload("contract.yaml", source)
    clicked(tab.run(), "contract-load")
    assert "Loaded: in force from now on" in tab.words and "Version 2" in tab.words
    current = current_contract(warehouse.serving())
    assert current is not None and current.contract.version == 2
