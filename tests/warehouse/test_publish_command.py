"""`python -m warehouse publish` and `surveys`: what an operator types to open a survey."""

import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from survey import library_questionnaire
from tests.sheets import EVERYTHING, everything
from tests.warehouse.answering import a_response
from tests.warehouse.commands import run
from tests.warehouse.importing.files import CLUB_ROWS, write
from warehouse import open_warehouse
from warehouse.surveys import survey, surveys

HOLDER = """
import sys
from warehouse import open_warehouse
opened = open_warehouse()
print("open", flush=True)
sys.stdin.readline()
opened.close()
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "questions.yaml"
    path.write_bytes(EVERYTHING.read_bytes())
    return path


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def asked(name: str) -> tuple[str, int, dict[str, str]] | None:
    """Questionnaire, version and title of a survey."""
    with closing(open_warehouse()) as warehouse:
        found = survey(warehouse, name)
    return (found.questionnaire.slug, found.questionnaire.version, dict(found.title)) if found else None


def test_a_questionnaire_of_the_library_becomes_a_survey_of_its_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, err = run(capsys, "publish", "nps-relationship", "--language", "en")
    definition = library_questionnaire("nps-relationship")
    assert (code, err) == (0, "")
    assert definition.sha256 in out and "/s/nps-relationship" in out
    assert asked("nps-relationship") == ("nps-relationship", 1, dict(definition.title))


def test_a_file_becomes_a_survey_of_the_name_and_titles_given(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    names = ("--survey", "club-2026", "--title-zh", "俱乐部 2026", "--title-en", "Club 2026")
    code, out, _ = run(capsys, "publish", file, *names, "--language", "zh")
    assert code == 0 and "已发布" in out and "/s/club-2026" in out
    assert asked("club-2026") == ("everything", 1, {"zh": "俱乐部 2026", "en": "Club 2026"})


def test_publishing_again_changes_nothing_and_says_so(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    run(capsys, "publish", file)
    code, out, _ = run(capsys, "publish", file, "--title-en", "Another", "--language", "en")
    assert code == 0 and "nothing changed" in out and "title stays" in out
    with closing(open_warehouse()) as warehouse:
        assert [each.slug for each in surveys(warehouse)] == ["customer-satisfaction", "everything"]
    assert asked("everything") == ("everything", 1, dict(everything().title))


def test_the_next_version_is_what_the_survey_asks_and_the_older_one_does_not_come_back(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    first = file.with_name("first.yaml")
    first.write_bytes(file.read_bytes())
    run(capsys, "publish", file)
    edit(file, "version: 1", "version: 2")
    assert "now asks version 2" in run(capsys, "publish", file, "--language", "en")[1]
    assert "asks version 2" in run(capsys, "publish", first, "--language", "en")[1]
    found = asked("everything")
    assert found and found[1] == 2


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_changed_file_of_a_published_version_is_refused(
    capsys: pytest.CaptureFixture[str], file: Path, language: str
) -> None:
    run(capsys, "publish", file)
    edit(file, "Overall}", "All in all}")
    code, out, err = run(capsys, "publish", file, "--language", language)
    assert (code, out) == (1, "")
    assert "[questionnaire-version-immutable]" in err
    assert ("published" in err) == (language == "en")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["nps-relationshipp"], "questionnaire-unknown"),
        (["no/such.yaml"], "questionnaire-file"),
        (["no-such.yml"], "questionnaire-file"),
        (["website", "--survey", "A b"], "survey-name-malformed"),
        (["website", "--survey", "../x"], "survey-name-malformed"),
        (["website", "--survey", "customer-satisfaction"], "survey-name-taken"),
        (["website", "--title-en", " "], "survey-title-unfit"),
        (["website", "--title-zh", "一\n二"], "survey-title-unfit"),
        (["website", "--title-en", "x" * 201], "survey-title-unfit"),
    ],
)
def test_what_cannot_be_published_is_refused_in_both_languages_and_nothing_is_stored(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: str
) -> None:
    said = []
    for language in ("en", "zh"):
        outcome, out, err = run(capsys, "publish", *arguments, "--language", language)
        assert (outcome, out) == (1, "") and f"[{code}]" in err
        said.append(err)
    assert said[0] != said[1]
    with closing(open_warehouse()) as warehouse:
        assert [each.slug for each in surveys(warehouse)] == ["customer-satisfaction"]


def test_a_file_with_mistakes_is_refused_with_each_line(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    edit(file, "look: stars", "look: moons")
    code, _, err = run(capsys, "publish", file, "--language", "en")
    assert code == 1 and "questions.yaml:13 questions[1].look" in err


def test_a_check_needs_no_warehouse(
    capsys: pytest.CaptureFixture[str], file: Path, warehouse_folder: Path
) -> None:
    code, out, _ = run(capsys, "publish", file, "--check", "--language", "en")
    assert (code, "can be published" in out) == (0, True)
    assert not warehouse_folder.exists()


def test_surveys_are_listed_with_version_responses_and_link(
    capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path
) -> None:
    run(capsys, "publish", file, "--survey", "club-2026")
    run(capsys, "import", "responses", *_imported(tmp_path))
    with closing(open_warehouse()) as warehouse:
        warehouse.writer.submit(a_response())
    code, out, _ = run(capsys, "surveys", "--url", "https://example.org/", "--language", "en")
    rows = [re.split(r"\s{2,}", line) for line in out.splitlines() if line]
    cells = {row[0]: row[2:] for row in rows}
    open_link = "https://example.org/s/customer-satisfaction"
    assert code == 0
    assert cells["customer-satisfaction"] == [
        *("customer-satisfaction", "1", "1", "takes answers", open_link),
    ]
    assert cells["club-2026"] == ["everything", "1", "0", "takes answers", "https://example.org/s/club-2026"]
    assert cells["club"] == ["customer-satisfaction", "1", "3", "closed", "–"]


def _imported(folder: Path) -> tuple[object, ...]:
    data, mapping = write(folder, CLUB_ROWS)
    return data, "--map", mapping


@pytest.mark.parametrize("command", [("publish", "website"), ("surveys",)])
def test_while_a_server_owns_the_file_the_command_says_so(
    capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin and server.stdout and server.stdout.readline() == "open\n"
        code, out, err = run(capsys, *command, "--language", "en")
        server.stdin.write("\n")
        server.stdin.flush()
    assert (code, out) == (1, "")
    assert "[warehouse-in-use]" in err and str(server.pid) in err and "Stop that process" in err
