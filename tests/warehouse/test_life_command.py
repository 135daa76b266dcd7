"""`python -m warehouse life`, and what `surveys` and `publish` say of versions and states."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from survey import library_questionnaire
from survey.yaml_writing import write_questionnaire
from tests.warehouse.commands import run
from warehouse import Warehouse, open_warehouse
from warehouse.life import Quota, life

SURVEY = "customer-satisfaction"
Printed = pytest.CaptureFixture[str]


@contextmanager
def opened() -> Iterator[Warehouse]:
    with closing(open_warehouse()) as house:
        yield house


def test_without_an_order_it_says_how_the_survey_stands(capsys: Printed) -> None:
    code, said, _ = run(capsys, "life", SURVEY, "--language", "en")
    assert code == 0 and said.splitlines() == [f"{SURVEY}: takes answers", "Responses: 0"]


def test_dates_are_whole_days_of_the_survey_s_zone(capsys: Printed) -> None:
    code, said, _ = run(
        capsys, "life", SURVEY, "--opens", "2190-07-01", "--closes", "2190-07-05", "--language", "en"
    )
    assert code == 0 and said.splitlines()[:3] == [
        f"{SURVEY}: not open yet",
        "Opens: 2190-07-01 00:00 (Asia/Shanghai)",
        "Closes: 2190-07-06 00:00 (Asia/Shanghai)",
    ]
    _, said, _ = run(capsys, "life", SURVEY, "--closes", "2190-07-05T18:30", "--language", "en")
    assert "Opens: 2190-07-01 00:00" in said and "Closes: 2190-07-05 18:30" in said, "the other date stays"
    _, said, _ = run(capsys, "life", SURVEY, "--opens", "none", "--closes", "none", "--language", "en")
    assert said.splitlines() == [f"{SURVEY}: takes answers", "Responses: 0"]


def test_pause_resume_and_close_are_told_in_chinese_too(capsys: Printed) -> None:
    for order, state in (
        ("--pause", "暂停"),
        ("--resume", "开放中"),
        ("--close", "已关闭"),
        ("--resume", "开放中"),
    ):
        code, said, _ = run(capsys, "life", SURVEY, order, "--language", "zh")
        assert code == 0 and said.startswith(f"{SURVEY}: {state}\n")
        assert ("已于 2" in said) == (order == "--close")


def test_limit_and_quotas_are_set_kept_and_taken_back(capsys: Printed) -> None:
    _, said, _ = run(
        capsys, "life", SURVEY, "--limit", "500", "--quota", "touchpoint=after:100", "--language", "en"
    )
    assert "Responses: 0 of 500\nResponses with touchpoint = after: 0 of 100" in said
    run(capsys, "life", SURVEY, "--limit", "none")
    with opened() as house:
        found = life(house, SURVEY)
        assert (found.limit, found.quotas) == (None, (Quota("touchpoint", "after", 100),))
    run(capsys, "life", SURVEY, "--quota", "none")
    with opened() as house:
        assert life(house, SURVEY).quotas == ()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["nothing"], "life-survey"),
        ([SURVEY, "--opens", "tomorrow"], "life-date"),
        ([SURVEY, "--closes", "2190-02-30"], "life-date"),
        ([SURVEY, "--closes", "9999-12-31"], "life-date"),
        ([SURVEY, "--closes", "2001-01-01"], "life-dates-past"),
        ([SURVEY, "--opens", "2190-01-02", "--closes", "2190-01-01"], "life-dates-order"),
        ([SURVEY, "--limit", "0"], "life-limit"),
        ([SURVEY, "--limit", "many"], "life-limit"),
        ([SURVEY, "--quota", "touchpoint"], "life-quota"),
        ([SURVEY, "--quota", "touchpoint=later:3"], "life-quota-choice"),
        ([SURVEY, "--quota", "none", "--quota", "touchpoint=after:3"], "life-quota"),
    ],
)
def test_what_cannot_be_is_refused_by_code(capsys: Printed, arguments: list[str], code: str) -> None:
    exit_code, said, complained = run(capsys, "life", *arguments, "--language", "en")
    assert (exit_code, said) == (1, "") and f"[{code}]" in complained
    with opened() as house:
        found = life(house, SURVEY)
        assert (found.state, found.opens_at, found.closes_at, found.limit) == ("open", None, None, None)


def test_surveys_tells_the_state_of_each(capsys: Printed) -> None:
    run(capsys, "life", SURVEY, "--pause")
    _, said, _ = run(capsys, "surveys", "--language", "en")
    (row,) = [line for line in said.splitlines() if line.startswith(SURVEY)]
    assert "paused" in row and f"/s/{SURVEY}" in row


def test_publish_tells_what_is_different_from_the_version_before(capsys: Printed, tmp_path: Path) -> None:
    first = library_questionnaire(SURVEY)
    comment = first.question("comment").model_copy(update={"required": True})
    later = first.model_copy(update={"version": 2, "questions": (*first.questions[:-1], comment)})
    path = tmp_path / "later.yaml"
    path.write_text(write_questionnaire(later), encoding="utf-8")
    code, said, _ = run(capsys, "publish", path, "--language", "en")
    assert code == 0 and "Different from version 1 (1):\n  comment.required changed: false → true" in said
    _, again, _ = run(capsys, "publish", path, "--language", "en")
    assert "Different" not in again


def test_publish_refuses_what_would_spoil_answers(capsys: Printed, tmp_path: Path) -> None:
    first = library_questionnaire(SURVEY)
    overall = first.questions[0].model_copy(update={"measures": "none"})
    path = tmp_path / "later.yaml"
    later = first.model_copy(update={"version": 2, "questions": (overall, *first.questions[1:])})
    path.write_text(write_questionnaire(later), encoding="utf-8")
    code, _, complained = run(capsys, "publish", path, "--language", "zh")
    assert code == 1 and "[questionnaire-breaks-answers]" in complained
    assert "overall.measures: csat → none" in complained and "换一个新的代码" in complained
