"""The real surveys that ship with the project, against their published figures; and a year nobody has seen
yet."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.warehouse.importing.files import SAMPLES
from warehouse import Warehouse, open_warehouse
from warehouse.importing import ImportReport, load, prepare
from warehouse.summary import Figures, summarise


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Warehouse]:
    warehouse = open_warehouse(tmp_path / "airport.duckdb")
    yield warehouse
    warehouse.close()


def load_year(warehouse: Warehouse, year: int) -> ImportReport:
    name = f"sfo_customer_survey_{year}"
    return load(warehouse, prepare(SAMPLES / f"{name}.csv", SAMPLES / f"{name}.yaml"))


def figures(warehouse: Warehouse, survey: str, question: str, language: str | None = None) -> Figures:
    every = summarise(warehouse, survey, "language").figures
    return next(each for each in every if (each.question.code, each.group) == (question, language))


def rounded(value: float | None, digits: int = 2) -> float:
    assert value is not None
    return round(value, digits)


def test_2016_gives_its_known_figures(opened: Warehouse) -> None:
    report = load_year(opened, 2016)
    assert (report.rows, report.stored, report.refused_rows, report.refused_cells) == (3087, 3087, 0, 0)
    overall = figures(opened, "sfo-2016", "overall")
    assert overall.mean and overall.top_two and overall.weighted
    assert (overall.n, rounded(overall.mean.value, 4), rounded(overall.top_two.value)) == (
        2919,
        4.0380,
        80.99,
    )
    assert rounded(overall.weighted.top_two) == 81.40
    assert "recommend" not in {each.question.code for each in summarise(opened, "sfo-2016").figures}


def test_2017_gives_its_known_figures(opened: Warehouse) -> None:
    report = load_year(opened, 2017)
    assert (report.rows, report.stored, report.refused_rows, report.refused_cells) == (2831, 2831, 0, 0)
    overall = figures(opened, "sfo-2017", "overall")
    assert overall.mean and overall.top_two and overall.weighted
    assert (overall.n, rounded(overall.mean.value, 4), rounded(overall.top_two.value)) == (
        2688,
        4.0644,
        82.07,
    )
    assert rounded(overall.weighted.top_two) == 82.28
    recommend = figures(opened, "sfo-2017", "recommend")
    assert recommend.nps and recommend.weighted
    assert (recommend.n, rounded(recommend.nps.value)) == (2746, 39.84)
    assert rounded(recommend.weighted.nps) == 40.40
    chinese = figures(opened, "sfo-2017", "recommend", "zh")
    assert chinese.nps
    assert (chinese.n, rounded(chinese.nps.value)) == (114, -3.51)


def test_every_column_says_what_was_valid_and_why_the_rest_is_missing(opened: Warehouse) -> None:
    columns = {each.column: each for each in load_year(opened, 2017).columns}
    assert (columns["Q7ALL"].valid, columns["Q7ALL"].missing) == (2688, {"blank": 143})
    assert (columns["NETPRO"].valid, columns["NETPRO"].missing) == (2746, {"blank": 85})
    assert columns["Q7ART"].missing == {"not_used": 445, "blank": 102}


# ---- a file of another year: other spellings, codes, labels, dates, delimiter; no weight ----

RATINGS = {
    "5": "5 Outstanding",
    "4": "4",
    "3": "3.0",
    "2": "2",
    "1": "1 Unacceptable",
    "0": "",
    "6": "n/a",
    "Blank": " ",
}
LANGUAGES = {"1": "English", "2": "Spanish", "3": "Chinese (simplified)", "4": "Japanese"}
ANOTHER_YEAR = """
apiVersion: pactboard/v1
kind: ImportMapping
survey:
  slug: sfo-2015
  title: {en: SFO customer survey 2015, zh: 旧金山国际机场 2015 年旅客调查}
questionnaire: airport-passengers
row_id: "{row}"
submitted_at:
  text: "{date}"
  formats: ["{form}"]
  zone: America/Los_Angeles
language:
  column: Survey language
  values: {English: en, Spanish: es, Chinese (simplified): zh, Japanese: ja}
missing: {n/a: not_used}
values: {5 Outstanding: 5, 1 Unacceptable: 1}
answers:
  overall: Overall rating of SFO
  art: Q8 Artwork
  recommend:
    column: Likely to recommend
    values: {Extremely likely: 10, Not at all: 0}
    missing: {No answer: blank}
"""


def another_year(path: Path, day_as: str, encoding: str, delimiter: str) -> None:
    """The 2017 answers as somebody else would have written them down."""
    with (SAMPLES / "sfo_customer_survey_2017.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(
            [
                "No. ",
                "Day",
                " Survey language",
                "Overall rating of SFO  ",
                "Q8 Artwork",
                "Likely to recommend",
                "",
            ]
        )
        for row in rows:
            score = {"10": "Extremely likely", "0": "Not at all", "11": "No answer"}.get(
                row["NETPRO"], row["NETPRO"]
            )
            answers = [RATINGS[row["Q7ALL"]], RATINGS[row["Q7ART"]], score]
            # Ids that are blank or come twice, as in files typed by hand.
            writer.writerow(
                [
                    "" if row["RESPNUM"] == "7" else "1",
                    day_as.format(int(row["INTDATE"])),
                    LANGUAGES[row["LANG"]],
                    *answers,
                    "",
                ]
            )


@pytest.mark.parametrize(
    ("day_as", "date", "form", "encoding", "delimiter"),
    [
        ("5/{}/2015 0:00", "{Day}", "%m/%d/%Y %H:%M", "utf-8-sig", ","),
        ("2015-05-{:02}", "{Day}", "%Y-%m-%d", "utf-16", "\t"),
        ("{}-May-15", "{Day}", "%d-%b-%y", "utf-8", ";"),
        ("{}", "May {Day}, 2015", "%B %d, %Y", "utf-16-le", "|"),
        ("", "2015-05-15", "%Y-%m-%d", "gb18030", ","),
    ],
)
def test_a_file_of_another_year_loads_by_a_changed_mapping_alone(
    opened: Warehouse, tmp_path: Path, day_as: str, date: str, form: str, encoding: str, delimiter: str
) -> None:
    file, mapping = tmp_path / "2015.csv", tmp_path / "2015.yaml"
    another_year(file, day_as, encoding, delimiter)
    mapping.write_text(ANOTHER_YEAR.replace("{date}", date).replace("{form}", form), encoding="utf-8")
    report = load(opened, prepare(file, mapping))
    assert (report.stored, report.refused_rows, report.refused_cells) == (2831, 0, 0)
    assert report.delimiter == delimiter
    assert {"No.", ""} <= set(report.unread)
    overall, recommend = figures(opened, "sfo-2015", "overall"), figures(opened, "sfo-2015", "recommend")
    assert overall.mean and overall.top_two and recommend.nps
    assert (overall.n, rounded(overall.mean.value, 4), rounded(overall.top_two.value)) == (
        2688,
        4.0644,
        82.07,
    )
    assert (recommend.n, rounded(recommend.nps.value)) == (2746, 39.84)
    assert overall.weighted is None
    assert figures(opened, "sfo-2015", "recommend", "zh").n == 114
    with opened.transaction() as cursor:
        assert cursor.execute("SELECT DISTINCT year(day), month(day) FROM response").fetchall() == [(2015, 5)]
