"""Published versions of questionnaires: kept for good, each understood as its answers were given."""

from duckdb import DuckDBPyConnection

from survey import Questionnaire
from survey.changes import breaking_changes
from warehouse.audit.chain import record
from warehouse.batteries import keep_batteries
from warehouse.calendar import to_stored, utc_now
from warehouse.problems import core_error
from warehouse.sql import sql


def published_versions(cursor: DuckDBPyConnection, slug: str) -> tuple[Questionnaire, ...]:
    """Every published version of that questionnaire, the oldest first."""
    rows = cursor.execute(sql("core/questionnaire_versions"), {"questionnaire": slug}).fetchall()
    return tuple(Questionnaire.model_validate_json(row[0]) for row in rows)


def publish_version(cursor: DuckDBPyConnection, questionnaire: Questionnaire) -> None:
    """Publish this version; doing it again changes nothing.

    Raises WarehouseError: "questionnaire-version-immutable" when it is published with another content,
    "questionnaire-breaks-answers" when answers of earlier versions could not be kept together with its own.
    """
    slug, version = questionnaire.slug, questionnaire.version
    published = published_versions(cursor, slug)
    same = next((each for each in published if each.version == version), None)
    if same is None:
        check_answers_kept(published, questionnaire)
        _insert(cursor, questionnaire)
        record(cursor, "published", slug, version=version, sha256=questionnaire.sha256)
    elif same.sha256 != questionnaire.sha256:
        raise core_error("questionnaire-version-immutable", questionnaire=slug, version=version)


def check_answers_kept(published: tuple[Questionnaire, ...], questionnaire: Questionnaire) -> None:
    """Raises WarehouseError("questionnaire-breaks-answers") when answers under one code would no longer mean
    the same."""
    broken = breaking_changes(published, questionnaire)
    if broken:
        said = "; ".join(f"{each.where}: {each.before} → {each.after}" for each in broken)
        codes = ", ".join(dict.fromkeys(each.code for each in broken))
        raise core_error("questionnaire-breaks-answers", questionnaire.slug, changes=said, codes=codes)


def _insert(cursor: DuckDBPyConnection, questionnaire: Questionnaire) -> None:
    key = {"questionnaire": questionnaire.slug, "version": questionnaire.version}
    content = {"definition": questionnaire.canonical_json(), "sha256": questionnaire.sha256}
    cursor.execute(
        sql("core/insert_questionnaire_version"), key | content | {"recorded_at": to_stored(utc_now())}
    )
    places = {question.code: place for place, question in enumerate(questionnaire.scored, start=1)}
    for position, question in enumerate(questionnaire.items, start=1):
        row = {
            "question": question.code,
            "position": position,
            "score_position": places.get(question.code),
            "type": question.type,
            "measures": question.measures,
            "scale_min": question.scale.min if question.scale else None,
            "scale_max": question.scale.max if question.scale else None,
        }
        cursor.execute(sql("core/insert_question"), key | row)
    keep_batteries(cursor, questionnaire)
