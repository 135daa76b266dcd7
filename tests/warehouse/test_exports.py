"""Every table and figure as CSV: whole, in the reader's language, without the groups that are too small."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from contract import example_source
from survey import Response, library_questionnaire, new_response_id
from tests.new_warehouses import use_copy
from warehouse import Warehouse, WarehouseError, open_warehouse
from warehouse.__main__ import main
from warehouse.contract_loading import load_contract
from warehouse.csv_format import original
from warehouse.example import load_example
from warehouse.exports import csv_bytes, export_rows, exports
from warehouse.filters import Filters
from warehouse.register import Member, MemberEvent, add_events, add_members
from warehouse.responses import store_responses
from warehouse.satisfaction import satisfaction
from warehouse.scorecard import scorecard
from warehouse.surveys import publish

SURVEY = "customer-satisfaction"
ALL = Filters(SURVEY)
QUARTER = datetime(2025, 8, 15, 4, 0, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
COMMENT = '=cmd|"/c calc"!A1, "好"\n第二行'
SUMMARIES = {"scorecard", "targets", "settlement", "satisfaction", "distribution", "summary", "members"}


def response(number: int, **changes: object) -> Response:
    """The response of that number: every third is a VIP's, the last ones of a small tier."""
    plain = Response(
        response_id=new_response_id(QUARTER + timedelta(seconds=number)),
        survey=SURVEY,
        questionnaire=SURVEY,
        version=1,
        channel="light_form",
        language="zh",
        submitted_at=QUARTER + timedelta(minutes=number),
        started_at=None,
        weight=1.0,
        member_id=f"M{number:03}",
        tier="vip" if number % 3 == 0 else "new",
        touchpoint="after",
        scores=(4 + number % 2, 10 - number % 5, None),
        missing=(None, None, "blank"),
        choices={"touchpoint": ("after",)},
        texts={"comment": COMMENT} if number == 0 else {},
    )
    return replace(plain, **changes)


def store(warehouse: Warehouse, *responses: Response) -> None:
    with warehouse.transaction() as cursor:
        store_responses(cursor, responses, SHANGHAI)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with thirty responses and forty members of the example's contract, in its first quarter."""
    file = tmp_path_factory.mktemp("stored") / "stored.duckdb"
    warehouse = open_warehouse(file)
    load_contract(warehouse, example_source())
    store(warehouse, *(response(number) for number in range(30)))
    joined = [MemberEvent(f"M{n:03}", "joined", QUARTER - timedelta(days=3 * n)) for n in range(40)]
    with warehouse.transaction() as cursor:
        members = [Member(event.member_id, "zh", "shop") for event in joined]
        add_members(cursor, members, is_example=False, recorded_at=QUARTER)
        add_events(cursor, joined, zone=SHANGHAI, recorded_at=QUARTER)
    warehouse.close()
    return file


@pytest.fixture
def filled(stored: Path) -> Iterator[Warehouse]:
    """A warehouse of the test's own with what is stored there."""
    use_copy(stored)
    yield (warehouse := open_warehouse())
    warehouse.close()


def table(
    warehouse: Warehouse, name: str, filters: Filters = ALL, language: str = "en"
) -> list[dict[str, str]]:
    """The rows of the export as a reader of the CSV finds them."""
    data = b"".join(csv_bytes(export_rows(warehouse, name, filters, language)))
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    assert all(None not in row and None not in row.values() for row in rows)
    return rows


@pytest.mark.parametrize("name", [listed.name for listed in exports()])
def test_every_export_is_a_table_in_both_languages(filled: Warehouse, name: str) -> None:
    assert len(table(filled, name, language="zh")) == len(table(filled, name, language="en"))
    assert export_rows(filled, name, ALL, "zh").title != export_rows(filled, name, ALL, "en").title


@pytest.mark.parametrize("name", sorted(SUMMARIES))
def test_a_summary_says_in_each_row_where_it_comes_from(filled: Warehouse, name: str) -> None:
    rows = table(filled, name)
    assert rows
    for row in rows:
        assert (row["contract"], row["contract_version"]) == ("club-2025-001", "1")
        assert row["zone"] == "Asia/Shanghai"
        assert datetime.fromisoformat(row["generated_at"]) <= datetime.now(UTC)
        assert (row["rows"], row["example"]) == (str(len(rows)), "false")


@pytest.mark.parametrize("name", ["satisfaction", "summary", "responses", "answers", "imports"])
def test_an_empty_warehouse_exports_the_header_alone(name: str) -> None:
    warehouse = open_warehouse()
    assert table(warehouse, name) == []
    warehouse.close()


def test_a_scorecard_without_a_contract_is_refused_with_what_to_do() -> None:
    warehouse = open_warehouse()
    with pytest.raises(WarehouseError) as refused:
        table(warehouse, "scorecard")
    assert refused.value.problem.code == "contract-none"
    warehouse.close()


def test_the_scorecard_holds_every_target_of_the_page_with_its_verdict_in_the_language(
    filled: Warehouse,
) -> None:
    card = scorecard(filled)
    assert card is not None
    rows = [row for row in table(filled, "scorecard", language="zh") if not row["segment"]]
    assert [(row["metric"], row["period"], row["verdict"], row["state"]) for row in rows] == [
        (row.metric.name, row.period.name, row.verdict.word, row.state) for row in card.rows
    ]
    assert [row["reason"] for row in rows] == [row.verdict.reason_in("zh") for row in card.rows]
    first = next(row for row in rows if row["metric"] == "csat_top2" and row["period"] == "2025Q3")
    assert (first["value"], first["n"], first["unit"]) == ("100.0", "30", "percent")
    assert (first["verdict"], first["verdict_word"]) == ("too_few", "样本不足")
    assert float(first["low"]) < 100 and first["target"].startswith("80")
    assert (first["start"], first["end"]) == ("2025-07-01", "2025-10-01")


def test_a_tier_under_five_and_the_one_it_could_be_worked_out_from_have_no_figure(filled: Warehouse) -> None:
    store(filled, *(response(number, tier="potential") for number in range(30, 33)))
    rows = [row for row in table(filled, "scorecard") if row["metric"] == "nps" and row["period"] == "2025Q3"]
    shown = {row["segment"]: row for row in rows}
    assert shown["potential"]["suppressed"] == shown["vip"]["suppressed"] == "true"
    assert {shown["potential"]["n"], shown["potential"]["value"], shown["vip"]["n"], shown["vip"]["low"]} == {
        ""
    }
    assert shown["new"]["n"] == "20"


def test_a_negative_figure_stays_a_number(filled: Warehouse) -> None:
    store(filled, *(response(number, scores=(1, 0, 1), missing=(None,) * 3) for number in range(30, 60)))
    figure = next(row for row in table(filled, "summary") if row["question"] == "recommend" and not row["by"])
    assert float(figure["nps"]) < 0
    assert figure["nps"].startswith("-")


def test_the_series_is_that_of_the_page(filled: Warehouse) -> None:
    rows = table(filled, "satisfaction")
    page = satisfaction(filled, ALL)
    assert [(row["metric"], row["name"]) for row in rows] == [
        (series.metric.name, point.name) for series in page.series for point in series.points
    ]
    first = next(row for row in rows if row["metric"] == "nps" and row["n"])
    assert (first["name"], first["n"], first["suppressed"]) == ("2025Q3", "30", "false")
    assert float(first["low"]) < float(first["value"]) < float(first["high"])


def test_filters_narrow_the_figures_and_are_named_in_each_row(filled: Warehouse) -> None:
    rows = table(filled, "satisfaction", Filters(SURVEY, tier="vip"))
    assert {row["n"] for row in rows if row["name"] == "2025Q3" and row["metric"] == "nps"} == {"10"}
    assert {row["filters"] for row in rows} == {"survey=customer-satisfaction&tier=vip"}


def test_a_filtered_view_of_too_few_has_no_figure_in_series_and_distribution(filled: Warehouse) -> None:
    store(filled, *(response(number, tier="potential") for number in range(30, 33)))
    few = Filters(SURVEY, tier="potential")
    series = [row for row in table(filled, "satisfaction", few) if row["name"] == "2025Q3"]
    series = [row for row in series if row["metric"] != "ces_mean"]  # nobody answered that one
    assert {(row["suppressed"], row["n"], row["value"], row["low"]) for row in series} == {
        ("true", "", "", "")
    }
    scores = [row for row in table(filled, "distribution", few) if row["metric"] != "ces_mean"]
    assert {(row["suppressed"], row["n"], row["n_all"]) for row in scores} == {("true", "", "")}


@pytest.mark.parametrize("name", ["satisfaction", "distribution"])
def test_no_export_can_be_taken_from_another_to_leave_a_few(filled: Warehouse, name: str) -> None:
    vips = Filters(SURVEY, tier="vip")
    august = replace(vips, start=date(2025, 8, 1), end=date(2025, 9, 1))
    assert {row["suppressed"] for row in table(filled, name, august)} == {"false"}
    later = QUARTER + timedelta(days=30)
    store(filled, *(response(3 * n, touchpoint="before", submitted_at=later) for n in range(2)))
    for filters in (august, replace(vips, touchpoint="after")):
        rows = [row for row in table(filled, name, filters) if row["metric"] != "ces_mean"]
        assert {row["suppressed"] for row in rows} == {"true"}
        assert {row["n"] for row in rows} == {""}


def test_the_distribution_names_every_score_of_the_scale(filled: Warehouse) -> None:
    rows = [row for row in table(filled, "distribution") if row["metric"] == "csat_top2"]
    assert [row["score"] for row in rows] == ["1", "2", "3", "4", "5"]
    assert [row["n"] for row in rows] == ["0", "0", "0", "15", "15"]
    assert [float(row["share_percent"]) for row in rows] == [0, 0, 0, 50, 50]


def test_the_summary_holds_the_whole_survey_and_its_groups(filled: Warehouse) -> None:
    rows = [row for row in table(filled, "summary") if row["question"] == "overall"]
    whole = next(row for row in rows if not row["by"])
    assert (whole["n"], float(whole["mean"]), float(whole["top_two_percent"])) == ("30", 4.5, 100.0)
    assert (whole["responses"], whole["first_day"], whole["last_day"]) == ("30", "2025-08-15", "2025-08-15")
    assert {row["group"]: row["n"] for row in rows if row["by"] == "tier"} == {"new": "20", "vip": "10"}


def test_the_movement_of_members_adds_up_in_every_row(filled: Warehouse) -> None:
    rows = table(filled, "members")
    assert {row["span"] for row in rows} == {"period", "month"}
    for row in rows:
        opening, joined, returned, left, closing = (
            int(row[name]) for name in ("opening", "joined", "returned", "left", "closing")
        )
        assert opening + joined + returned - left == closing
    first = rows[0]
    assert (first["name"], first["opening"], first["closing"]) == ("2025Q3", "24", "40")
    assert float(first["growth_percent"]) == pytest.approx(100 * 16 / 24)


def test_a_response_is_one_row_with_a_column_for_each_question(filled: Warehouse) -> None:
    rows = table(filled, "responses")
    assert len(rows) == 30
    assert [row["member_id"] for row in rows] == [f"M{number:03}" for number in range(30)]
    first = rows[0]
    assert (first["overall"], first["recommend"], first["ease"], first["touchpoint"]) == (
        "4",
        "10",
        "",
        "after",
    )
    assert (first["ease.missing"], first["overall.missing"]) == ("blank", "")
    assert (first["submitted_at"], first["day"]) == ("2025-08-15T04:00:00Z", "2025-08-15")


def test_what_people_wrote_is_text_and_can_be_had_back(filled: Warehouse) -> None:
    cell = table(filled, "responses")[0]["comment"]
    assert cell.startswith("'=")
    assert original(cell) == COMMENT
    written = [row["written"] for row in table(filled, "answers") if row["written"]]
    assert [original(each) for each in written] == [COMMENT]


def test_an_answer_is_one_row_with_its_score_reason_choice_or_text(filled: Warehouse) -> None:
    rows = table(filled, "answers")
    assert len(rows) == 30 * 4 + 1
    mine = {row["question"]: row for row in rows if row["member_id"] == "M001"}
    assert mine["overall"]["score"] == "5"
    assert mine["ease"]["missing_code"] == "blank"
    assert mine["touchpoint"]["choice"] == "after"


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (Filters(SURVEY, tier="vip"), 10),
        (Filters(SURVEY, language="en"), 0),
        (Filters(SURVEY, channel="light_form", touchpoint="after"), 30),
        (Filters(SURVEY, start=date(2025, 8, 1), end=date(2025, 9, 1)), 30),
        (Filters(SURVEY, end=date(2025, 8, 1)), 0),
        (Filters(SURVEY, start=date(2025, 9, 1)), 0),
    ],
)
def test_filters_narrow_the_raw_rows_with_half_open_days(
    filled: Warehouse, filters: Filters, count: int
) -> None:
    assert len(table(filled, "responses", filters)) == count
    assert len({row["response_id"] for row in table(filled, "answers", filters)}) == count


def test_responses_of_two_versions_stand_in_one_table(filled: Warehouse) -> None:
    asked = library_questionnaire(SURVEY)
    kept = tuple(question for question in asked.questions if question.code in {"recommend", "comment"})
    language = kept[0].model_copy(update={"code": "language", "measures": "none"})
    edited = asked.model_copy(update={"version": 2, "questions": (language, *kept)})
    publish(filled, edited, SURVEY, asked.title, is_example=False)
    newer = response(40, version=2, scores=(3, 9), missing=(None, None), choices={}, touchpoint=None)
    store(filled, newer)
    rows = table(filled, "responses")
    assert list(rows[0])[12:] == [
        *("question.language", "language.missing", "recommend", "recommend.missing", "comment"),
        *("overall", "overall.missing", "ease", "ease.missing", "question.touchpoint", "example"),
    ]
    assert (rows[0]["version"], rows[0]["overall"], rows[0]["question.language"]) == ("1", "4", "")
    last = rows[-1]
    assert (last["version"], last["recommend"], last["question.language"], last["language"]) == (
        "2",
        "9",
        "3",
        "zh",
    )
    assert last["overall"] == ""


def test_rows_are_read_while_they_are_written_out(filled: Warehouse) -> None:
    export = export_rows(filled, "responses", ALL, "en")
    assert isinstance(export.table.rows, Iterator)
    assert next(csv_bytes(export)).startswith(b"\xef\xbb\xbfresponse_id,")


def test_example_data_are_labelled_in_every_row_but_not_what_was_imported_beside_them() -> None:
    warehouse = open_warehouse()
    load_example(warehouse, lambda share, message: None)
    asked = library_questionnaire(SURVEY)
    publish(warehouse, asked, "own", asked.title, is_example=False)
    store(warehouse, *(response(number, survey="own") for number in range(6)))
    for name in ("scorecard", "members", "satisfaction", "summary", "responses", "answers"):
        assert {row["example"] for row in table(warehouse, name)} == {"true"}
    for name in ("satisfaction", "summary", "responses", "answers"):
        assert {row["example"] for row in table(warehouse, name, Filters("own"))} == {"false"}
    warehouse.close()


def test_only_operator_and_mediator_may_have_what_people_wrote() -> None:
    roles = {listed.name: set(listed.roles) for listed in exports()}
    for name in ("responses", "answers", "imports"):
        assert roles[name] == {"operator", "mediator"}
    for name in SUMMARIES:
        assert roles[name] == {"operator", "mediator", "party_a", "party_b"}


def test_an_unknown_export_is_a_problem_that_names_the_nearest(filled: Warehouse) -> None:
    with pytest.raises(WarehouseError) as refused:
        export_rows(filled, "response", ALL, "en")
    assert refused.value.problem.code == "export-unknown"
    assert "Did you mean responses?" in refused.value.problem.words("en")
    assert "responses" in refused.value.problem.words("zh")


def test_a_filter_that_would_be_ignored_is_refused(filled: Warehouse) -> None:
    with pytest.raises(WarehouseError) as refused:
        export_rows(filled, "scorecard", Filters(SURVEY, tier="vip"), "en")
    assert refused.value.problem.code == "export-not-filtered"


def test_the_command_writes_the_same_file_as_the_route(filled: Warehouse, tmp_path: Path) -> None:
    whole = b"".join(csv_bytes(export_rows(filled, "answers", Filters(SURVEY, tier="vip"), "en")))
    filled.close()
    file = tmp_path / "answers.csv"
    assert main(["export", "answers", "--tier", "vip", "--out", str(file)]) == 0
    assert file.read_bytes() == whole
    assert list(tmp_path.glob("*.part")) == []


def test_the_command_prints_the_file_without_a_name(
    filled: Warehouse, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    filled.close()
    assert main(["export", "members"]) == 0
    printed = capfdbinary.readouterr()
    assert printed.out.startswith(b"\xef\xbb\xbfspan,name,")
    assert printed.err == b""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["export", "scorecards"], "export-unknown"),
        (["export", "answers", "--tier", "gold"], "filter-unknown"),
        (["export", "answers", "--out", "no/such/folder/x.csv"], "export-file"),
        (["link", "party_a", "--url", "javascript:alert(1)"], "link-address"),
    ],
)
def test_a_command_that_cannot_be_done_says_why_and_fails(
    arguments: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) != 0
    assert code in capsys.readouterr().err


def test_the_link_command_prints_a_link_that_signs_in(capsys: pytest.CaptureFixture[str]) -> None:
    from warehouse.access import link_role

    assert main(["link", "party_b", "--url", "https://pactboard.example.org/"]) == 0
    address, key = capsys.readouterr().out.strip().split("?key=")
    assert address == "https://pactboard.example.org/signin"
    assert link_role(key) == "party_b"


def test_the_link_is_printed_while_a_server_has_the_warehouse_open(
    filled: Warehouse, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PACTBOARD_PORT", "9123")
    assert main(["link"]) == 0
    assert capsys.readouterr().out.startswith("http://127.0.0.1:9123/signin?key=")
