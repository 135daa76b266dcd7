"""Batteries of items, of which somebody may give the same score to every one: kept for each version, so that
straight lines are found where responses are counted."""

from collections.abc import Iterator

from duckdb import DuckDBPyConnection

from survey import Question, Questionnaire
from warehouse.sql import named, sql

SHORTEST_BATTERY = 4
_TABLES = ("pace_exact_sealed", "pace_sealed")


def batteries(definition: Questionnaire) -> tuple[tuple[int, ...], ...]:
    """Places, from 1, among the scores: of each matrix, and of ratings in a row on one page and one scale,
    of at least SHORTEST_BATTERY items."""
    places = {item.code: place for place, item in enumerate(definition.scored, start=1)}
    found = (battery for page in definition.pages for battery in _of_page(page))
    return tuple(
        tuple(places[code] for code in battery) for battery in found if len(battery) >= SHORTEST_BATTERY
    )


def keep_batteries(cursor: DuckDBPyConnection, definition: Questionnaire) -> None:
    """Say which items of a version are batteries, once: when it is published. Call it in a transaction."""
    blocks = [list(battery) for battery in batteries(definition)]
    row = {"questionnaire": definition.slug, "version": definition.version, "blocks": blocks}
    cursor.execute(sql("core/insert_battery"), row)


def keep_missing(cursor: DuckDBPyConnection) -> bool:
    """Do so for versions published before this was kept, and count how long responses took as far as they are
    sealed; whether there was anything to do. Call it in a transaction."""
    missing = cursor.execute(sql("core/without_batteries")).fetchall()
    if not missing:
        return False
    for (definition,) in missing:
        keep_batteries(cursor, Questionnaire.model_validate_json(definition))
    for table in _TABLES:
        cursor.execute(named("rollups/empty", table=table))
    cursor.execute(sql("rollups/sealed_pace"))
    for table in _TABLES:
        cursor.execute(sql(f"rollups/seal_{table.removesuffix('_sealed')}"))
    cursor.execute(sql("rollups/forget_fresh_pace"))
    return True


def _of_page(page: tuple[Question, ...]) -> Iterator[list[str]]:
    run: list[Question] = []
    for question in page:
        fits = question.type == "rating" and (not run or _range(run[-1]) == _range(question))
        if not fits:
            yield [each.code for each in run]
            run = []
        if question.type == "matrix":
            yield [item.code for item in question.items]
        elif question.type == "rating":
            run.append(question)
    yield [each.code for each in run]


def _range(question: Question) -> tuple[int, int] | None:
    """The points of the scale; what they are called may differ."""
    return (question.scale.min, question.scale.max) if question.scale else None
