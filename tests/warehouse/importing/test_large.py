"""Large files: set by set they give what row by row gives."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tests.warehouse.importing.files import CLUB, CLUB_ROWS, write
from warehouse.importing import ImportRefusedError
from warehouse.importing.checking import Meaning
from warehouse.importing.columns import Columns, columns_of
from warehouse.importing.large.asking import FEW
from warehouse.importing.large.instants import Hours
from warehouse.importing.large.preparing import PreparedLarge, prepare_large
from warehouse.importing.large.rows import PartReader
from warehouse.importing.large.shape import regular_shape
from warehouse.importing.loading import PreparedSmall, prepare, prepare_small
from warehouse.importing.mapping_reading import load_mapping
from warehouse.importing.problems import import_problem
from warehouse.importing.reading import AROUND

EVERYTHING = (
    CLUB.replace("{constant: zh}", "{column: lang, values: {Chinese: zh, English: en}}")
    .replace(
        'text: "{day}"\n  formats: ["%Y-%m-%d"]',
        'text: "{day}"\n  formats: ["%Y-%m-%d %H:%M:%S", "%d.%m.%Y"]',
    )
    .replace(
        "answers:",
        "weight: weight\nmember: member\ntier: {column: tier, values: {g: gold, n: null}}\n"
        "missing: {99: unsure}\nanswers:",
    )
    + "  touchpoint: touchpoint\n  comment: comment\n"
)
COLUMNS = ("id", "day", "csat", "nps", "lang", "weight", "member", "tier", "touchpoint", "comment")
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
CELLS = {
    "id": st.one_of(
        st.sampled_from(["A1", "a1", "Ａ１", "", " A1 ", "7", "张三", "x" * 201, "b\x01"]), WORDS
    ),
    "day": st.sampled_from(
        [
            "2026-01-05 10:00:00",
            "2026-01-05 23:59:59",
            "2026-02-30 00:00:00",
            "05.01.2026",
            "soon",
            "",
            "2999-01-01 00:00:00",
        ]
    ),
    "csat": st.sampled_from(["1", "5", "5.0", "6", "", " 4 ", "99", "five", "=1+1", "\u200b3"]),
    "nps": st.sampled_from(["0", "10", "11", "9", "", "-1"]),
    "lang": st.sampled_from(["Chinese", "English", "French", ""]),
    "weight": st.sampled_from(["1", "0.5", "1e3", "-1", "", "x"]),
    "member": WORDS,
    "tier": st.sampled_from(["g", "n", "", "q"]),
    "touchpoint": st.sampled_from(["before", "after", "later", ""]),
    "comment": st.one_of(
        WORDS, st.sampled_from(["好\n的", "99", "99.0", "a" * 2001, "'x", '"', "a,b", "x\r\ny", "\u3000"])
    ),
}
# A failing file is small as it is, and each one takes two readings.
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
ROWS = st.lists(st.fixed_dictionaries(CELLS), min_size=1, max_size=15)


def as_csv(rows: list[dict[str, str]], **dialect: object) -> str:
    """The rows as a file, its heading first."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, **dialect)  # type: ignore[arg-type]  # the options are all texts
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def both(file: Path, mapping: Path) -> tuple[PreparedSmall, PreparedLarge]:
    """The same file in both ways."""
    loaded = load_mapping(mapping)
    return prepare_small(file, loaded), prepare_large(file, loaded)


def rows_of(columns: Columns) -> list[dict[str, object]]:
    """The responses of columns with what was said."""
    said = {
        kind: sorted(table.to_pylist(), key=lambda row: (row["response_id"], row["question"], row["place"]))
        for kind, table in columns.words.items()
    }
    return [*columns.responses.to_pylist(), said]


def same(small: PreparedSmall, large: PreparedLarge) -> None:
    """Rows, refusals, reasons and report are equal."""
    staged = large.checked.staged
    part = PartReader(large.checked, large.loaded).read(staged.first, staged.first + staged.rows)
    assert rows_of(part.columns) == rows_of(columns_of(small.checked.responses))
    assert tuple(part.rows) == small.checked.rows
    assert sorted(map(repr, large.refusals())) == sorted(map(repr, small.refusals()))
    assert large.report == small.report


@settings(max_examples=12, phases=NO_SHRINKING, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ROWS,
    st.sampled_from([("\r\n", csv.QUOTE_MINIMAL), ("\r\n", csv.QUOTE_ALL), ("\n", csv.QUOTE_ALL)]),
    st.booleans(),
)
def test_set_by_set_a_file_gives_what_it_gives_row_by_row(
    tmp_path: Path, rows: list[dict[str, str]], written: tuple[str, int], are_many: bool
) -> None:
    content = as_csv(rows, lineterminator=written[0], quoting=written[1])
    with pytest.MonkeyPatch.context() as patched:
        if are_many:  # then what texts mean is joined by the engine
            patched.setattr("warehouse.importing.large.part_values.FEW_MEANINGS", -1)
        same(*both(*write(tmp_path, content.encode(), EVERYTHING)))


@settings(max_examples=60)
@example(text=",,\n1")  # as many delimiters as two records of two cells
@given(st.text(alphabet=st.sampled_from(list('a,"\r\n 1é\u3000\xa0、')), max_size=30))
def test_a_file_is_called_regular_only_if_python_and_the_engine_read_it_alike(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    file = tmp_path_factory.mktemp("csv") / "a.csv"
    file.write_bytes(f"x,y\n{text}".encode())
    shape = regular_shape(file, ",", 2)
    if shape is None:
        return
    read = list(csv.reader(io.StringIO(f"x,y\n{text}", newline=""), strict=True))
    assert (len(read), {len(row) for row in read}) == (shape.records, {2})
    engine = duckdb.connect()
    found = engine.execute(
        "SELECT * FROM read_csv($path, auto_detect = false, header = false, delim = ',', quote = '\"', "
        "escape = '\"', strict_mode = true, columns = {'a': 'VARCHAR', 'b': 'VARCHAR'})",
        {"path": str(file)},
    ).fetchall()
    engine.close()
    assert [[cell or "" for cell in row] for row in found] == read
    if shape.bare:
        assert all(cell == cell.strip(AROUND) for row in read for cell in row)


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Australia/Lord_Howe", "America/New_York", "UTC"])
@pytest.mark.parametrize("end", ["", ".25", "+0530"])
def test_dates_read_by_the_hour_are_those_read_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str, end: str
) -> None:
    monkeypatch.setattr("warehouse.importing.large.asking.FEW", 0)
    hours = [(month, day, hour) for month in (3, 4, 10, 11) for day in (1, 5, 8) for hour in range(24)]
    rows = "".join(
        f"{number},2026-{month:02}-{day:02} {hour:02}:{number % 60:02}:{number * 7 % 60:02}{end},5,5\n"
        for number, (month, day, hour) in enumerate(hours)
    )
    form = "%Y-%m-%d %H:%M:%S" + {"": "", ".25": ".%f", "+0530": "%z"}[end]
    mapping = CLUB.replace("%Y-%m-%d", form).replace("Asia/Shanghai", zone).replace("2026", "2025")
    small, large = both(*write(tmp_path, "id,day,csat,nps\n" + rows.replace("2026-", "2025-"), mapping))
    same(small, large)
    asked = large.checked.staged.scratch.ask("meanings_count", meanings="u_submitted_at_meanings")
    assert asked[0][0] < len(hours) * 0.2


def test_only_dates_of_the_right_shape_are_read_by_the_hour() -> None:
    def iso(text: str) -> Meaning[datetime]:
        try:
            return Meaning(datetime.fromisoformat(text).replace(tzinfo=UTC))
        except ValueError:
            return Meaning()

    right = [
        "2025-01-05 13:07:09",
        "2025-01-05 13:07:09.123456Z",
        "2025-01-05T13:59:59Z",
        "2025-01-05 13:07:09.125",
    ]
    wrong = [
        "",
        "2025-01-05",
        "2025-01-05 13:07:60",
        "2025-01-05 13:60:00",
        "2025-01-05 13:7:090",
        "2025-01-05 24:00:00",
    ]
    wrong += [
        "2025-01-05 13:07:09.",
        "2025-01-05 13:07:09.1234567",
        "2025-01-05 13:07:091",
        "2025-01-05 13:07:0９",
    ]
    found = Hours(iso).read(pa.array([*right, *wrong])).to_pylist()
    assert found == [datetime.fromisoformat(each).replace(tzinfo=None) for each in right] + [None] * len(
        wrong
    )


def test_the_spelling_of_dates_by_the_hour_is_for_many_only() -> None:
    assert FEW > 1_000


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_large_files_are_read_in_any_encoding_and_with_any_delimiter(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    rows = "".join(f"会员{n},2026-01-05,{n % 5 + 1},{n % 11}\n" for n in range(300))
    content = f"id,day,csat,nps\n{rows}".replace(",", delimiter).encode(encoding)
    same(*both(*write(tmp_path, content)))


@pytest.mark.parametrize(
    "content",
    [
        "sep=;\nid;day;csat;nps\n1;2026-01-05;5;10\n",
        "id,day,csat,nps\n1,2026-01-05,5,10\n\n2,2026-01-06,4,9\n",
        "id,day,csat,nps\r\n1,2026-01-05,5,10\r\n2,2026-01-06,4,9",
        'id,day,csat,nps\n1,2026-01-05,"5",10\n2, "2026-01-06",4,9\n',
        "id,day,csat,nps\r1,2026-01-05,5,10\r",
    ],
)
def test_odd_but_readable_files_are_read_alike(tmp_path: Path, content: str) -> None:
    same(*both(*write(tmp_path, content)))


def test_rows_that_do_not_count_are_left_out_alike(tmp_path: Path) -> None:
    mapping = CLUB.replace("row_id", "only: {nps: [10, 0], csat: [5, 4]}\nrow_id")
    same(*both(*write(tmp_path, CLUB_ROWS, mapping)))


CONDITIONAL = """
slug: shown
version: 1
title: {en: Shown, zh: 显示}
intro: {en: Please answer., zh: 请作答。}
thanks: {en: Thank you., zh: 谢谢。}
languages: [en, zh]
default_language: en
questions:
  - {code: overall, type: rating, text: {en: How, zh: 如何}, scale: SCALE}
  - {code: why, type: short_text, show_if: overall <= 2, text: {en: Why, zh: 为何}}
  - {code: again, type: rating, show_if: member.tier = 'gold', text: {en: Again, zh: 再}, scale: SCALE}
""".replace("SCALE", "{min: 1, max: 5, low: {en: Bad, zh: 差}, high: {en: Good, zh: 好}}")


def test_answers_to_hidden_questions_are_refused_alike(tmp_path: Path) -> None:
    (tmp_path / "shown.yaml").write_text(CONDITIONAL, encoding="utf-8")
    mapping = (
        CLUB.replace("questionnaire: customer-satisfaction", "questionnaire: shown.yaml")
        .replace("answers:", "tier: tier\nanswers:")
        .replace("recommend: nps", "why: why\n  again: again")
    )
    rows = [(n, n % 6, ["", "bad", "dear"][n % 3], ["gold", ""][n % 2], n % 5) for n in range(60)]
    lines = "".join(f"{n},2026-01-05,{csat},{why},{tier},{again}\n" for n, csat, why, tier, again in rows)
    small, large = both(*write(tmp_path, f"id,day,csat,why,tier,again\n{lines}", mapping))
    same(small, large)
    assert {each.problem.code for each in large.refusals()} >= {"answer-hidden"}


# ---- Parquet


def parquet(folder: Path, columns: dict[str, pa.Array], mapping: str = CLUB) -> tuple[Path, Path]:
    file, mapping_file = write(folder, b"", mapping)
    pq.write_table(pa.table(columns), file)
    return file, mapping_file


def test_a_parquet_file_gives_what_its_text_would(tmp_path: Path) -> None:
    day = pa.array(["2026-01-05", "2026-01-06", "2026-01-07"])
    prepared = prepare(
        *parquet(
            tmp_path,
            {
                "id": pa.array([1, 2, 3]),
                "day": day.cast(pa.date32()),
                "csat": pa.array([5.0, 4.0, None]),
                "nps": pa.array(["10", "0", "7"]).dictionary_encode(),
                "other": pa.array([[1], None, []]),
            },
        )
    )
    text = prepare_small(write(tmp_path, CLUB_ROWS)[0], prepared.loaded)
    assert isinstance(prepared, PreparedLarge)
    part = PartReader(prepared.checked, prepared.loaded).read(0, 3)
    assert rows_of(part.columns) == rows_of(columns_of(text.checked.responses))
    assert prepared.report.unread == ("other",)


def test_instants_of_a_parquet_file_need_no_form(tmp_path: Path) -> None:
    instants = pa.array([1_767_589_200_123_456], pa.timestamp("us", tz="UTC"))
    plain = {"id": pa.array(["a"]), "csat": pa.array([5]), "nps": pa.array([9])}
    prepared = prepare(*parquet(tmp_path, plain | {"day": instants}))
    assert isinstance(prepared, PreparedLarge)
    part = PartReader(prepared.checked, prepared.loaded).read(0, 1)
    assert str(part.columns.responses["submitted_at"][0]) == "2026-01-05 05:00:00.123456"


@pytest.mark.parametrize(
    ("column", "code"),
    [
        (pa.array([[5]]), "file-nested"),
        (pa.array([{"a": 5}]), "file-nested"),
        (pa.array([b"5"]), "file-nested"),
        (pa.array(["5" * 140_000]), "file-cell"),
        (pa.array([], pa.int64()), "file-no-rows"),
    ],
)
def test_parquet_files_that_are_no_table_of_texts_are_refused(
    tmp_path: Path, column: pa.Array, code: str
) -> None:
    rest = {name: pa.array(["2026-01-05"] * len(column), pa.string()) for name in ("id", "day", "nps")}
    with pytest.raises(ImportRefusedError) as caught:
        prepare(*parquet(tmp_path, rest | {"csat": column}))
    assert [problem.code for problem in caught.value.problems] == [code]


def test_a_parquet_file_that_is_cut_short_is_refused_as_damaged(tmp_path: Path) -> None:
    file, mapping = parquet(tmp_path, {"id": pa.array(["1"])})
    file.write_bytes(file.read_bytes()[:-5])
    with pytest.raises(ImportRefusedError) as caught:
        prepare(file, mapping)
    assert caught.value.problems[0].code == "file-damaged"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_said_of_a_damaged_file_or_of_one_that_takes_too_much_holds_for_parquet_too(
    language: str,
) -> None:
    damaged = import_problem("file-damaged", "x.parquet", reason="–")
    too_much = import_problem("file-memory", "x.parquet", most="400MB")  # as lying sizes of pages take
    for problem in (damaged, too_much):
        assert "Parquet" in problem.words(language)
    assert not any(word in damaged.parts(language)[0] for word in ("workbook", "工作簿"))
