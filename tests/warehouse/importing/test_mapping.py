"""Mappings: strict YAML; what is wrong is named by line and key."""

from pathlib import Path

import pytest

from survey import library_questionnaire
from tests.warehouse.importing.files import CLUB, SAMPLES
from warehouse.importing import ImportRefusedError
from warehouse.importing.mapping_reading import load_mapping, read_mapping

README_EXAMPLE = (SAMPLES / "README.md").read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]


def problems(folder: Path, source: str) -> list[tuple[str, str]]:
    path = folder / "map.yaml"
    path.write_text(source, encoding="utf-8")
    with pytest.raises(ImportRefusedError) as caught:
        load_mapping(path)
    for problem in caught.value.problems:
        assert problem.words("zh") != problem.words("en")
    return [(problem.code, problem.where) for problem in caught.value.problems]


@pytest.mark.parametrize("year", [2016, 2017])
def test_the_shipped_mappings_map_every_question_their_file_has(year: int) -> None:
    loaded = load_mapping(SAMPLES / f"sfo_customer_survey_{year}.yaml")
    asked = {question.code for question in library_questionnaire("airport-passengers").questions}
    assert asked - set(loaded.questions) == ({"recommend"} if year == 2016 else set())


def test_the_example_in_the_readme_is_a_mapping_that_fits_its_questionnaire(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(README_EXAMPLE, encoding="utf-8")
    loaded = load_mapping(tmp_path / "map.yaml")
    assert loaded.mapping.missing_of("recommend") == {"11": "blank"}
    assert loaded.mapping.values_of("overall") == {"5 Outstanding": "5", "1 Unacceptable": "1"}


def test_the_readme_names_every_key() -> None:
    mapping = read_mapping(README_EXAMPLE, "readme")
    assert set(type(mapping).model_fields) == mapping.model_fields_set


def test_an_unknown_key_is_refused_with_its_line_and_the_key_that_was_meant(tmp_path: Path) -> None:
    path = tmp_path / "map.yaml"
    path.write_text(CLUB.replace("row_id:", "rowid:"), encoding="utf-8")
    with pytest.raises(ImportRefusedError) as caught:
        load_mapping(path)
    words = [problem.words("en") for problem in caught.value.problems]
    assert any("map.yaml:8 rowid" in each and "row_id" in each for each in words)


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("zone: Asia/Shanghai", "zone: Asia/Shangai", "mapping-zone", "map.yaml:12 submitted_at.zone"),
        ('["%Y-%m-%d"]', '["%m-%d"]', "mapping-format", "map.yaml:11 submitted_at.formats[0]"),
        ('["%Y-%m-%d"]', "[]", "mapping-empty", "map.yaml:11 submitted_at.formats"),
        ('"{id}"', "id", "mapping-row-id", "map.yaml:8 row_id"),
        ("{constant: zh}", "{constant: Chinese}", "mapping-language", "map.yaml:13 language"),
        ("{constant: zh}", "{constant: zh, column: x}", "mapping-source", "map.yaml:13 language"),
        ("{constant: zh}", "{colum: x}", "key-misspelt", "map.yaml:13 language.colum"),
        ("answers:", "missing: {0: Not Used}\nanswers:", "mapping-reason", "map.yaml:14 missing"),
        ("  overall: csat", "  overal: csat", "mapping-question", "map.yaml answers.overal"),
        ("  overall: csat", "  overall: csat\n  overall: x", "key-duplicate", "map.yaml:16 answers.overall"),
        ("  overall: csat", "  overall: *csat", "yaml-alias", "map.yaml:15 answers"),
        ("  overall: csat", "  overall: 7", "value-not-mapping", "map.yaml:15 answers.overall"),
        (
            "questionnaire: customer-satisfaction",
            "questionnaire: customers",
            "mapping-questionnaire",
            "map.yaml questionnaire",
        ),
        ("questionnaire: customer-satisfaction", "questionnaire: own.yaml", "file-unreadable", "own.yaml"),
        ("kind: ImportMapping", "kind: Mapping", "value-not-offered", "map.yaml:3 kind"),
        ("kind: ImportMapping", "", "key-missing", "map.yaml:2 kind"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_key(
    tmp_path: Path, old: str, new: str, code: str, where: str
) -> None:
    assert old in CLUB
    assert (code, where) in problems(tmp_path, CLUB.replace(old, new, 1))


@pytest.mark.parametrize("formats", ['["%H:%M"]', '["%Y-%m-%d", "%Q"]'])
def test_a_date_form_that_is_refused_is_the_only_problem(tmp_path: Path, formats: str) -> None:
    found = problems(tmp_path, CLUB.replace('["%Y-%m-%d"]', formats))
    assert [code for code, _ in found] == ["mapping-format"]


def test_a_list_without_an_entry_is_empty(tmp_path: Path) -> None:
    found = problems(tmp_path, CLUB.replace('["%Y-%m-%d"]', "[]"))
    assert [code for code, _ in found] == ["mapping-empty"]


def test_a_missing_code_that_is_an_answer_is_refused(tmp_path: Path) -> None:
    source = CLUB.replace("answers:", "missing: {0: blank, 6: not_used}\nanswers:")
    assert problems(tmp_path, source) == [("mapping-missing-answer", "map.yaml answers.recommend")] * 2


def test_the_touchpoint_may_come_from_one_place_only(tmp_path: Path) -> None:
    source = CLUB.replace("answers:", "touchpoint: {constant: after}\nanswers:\n  touchpoint: stage")
    assert problems(tmp_path, source) == [("mapping-touchpoint", "map.yaml answers.touchpoint")]


def test_a_questionnaire_of_ones_own_lies_beside_the_mapping(tmp_path: Path) -> None:
    library = SAMPLES.parents[1] / "survey" / "library" / "customer-satisfaction.yaml"
    (tmp_path / "own.yaml").write_bytes(
        library.read_bytes().replace(b"slug: customer-satisfaction", b"slug: own")
    )
    (tmp_path / "map.yaml").write_text(
        CLUB.replace("questionnaire: customer-satisfaction", "questionnaire: own.yaml"), encoding="utf-8"
    )
    assert load_mapping(tmp_path / "map.yaml").questionnaire.slug == "own"
