"""What is being asked: questionnaires published for good, and the surveys that collect answers to them."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey import Question, Questionnaire, Text, library_questionnaire
from warehouse.anonymity import check_version
from warehouse.calendar import to_stored, utc_now
from warehouse.memory import PerWarehouse
from warehouse.problems import core_error
from warehouse.receiving import forget_rules
from warehouse.sql import sql
from warehouse.versions import publish_version, published_versions

if TYPE_CHECKING:
    from warehouse.database import Warehouse

BUILT_IN = "customer-satisfaction"
EXAMPLE_SETTING = "example_until"  # set once the example is loaded: from then on the built-in survey is its


@dataclass(frozen=True, slots=True)
class Survey:
    """Collects answers to the latest published version of one questionnaire. `title` is in "en" and "zh".

    `is_example` says that made-up answers are among those it has.
    """

    slug: str
    questionnaire: Questionnaire
    title: Text
    is_example: bool


@dataclass(slots=True)
class _Published:
    """What was read already: a published version never changes, and surveys change only here."""

    versions: dict[tuple[str, int], Questionnaire] = field(default_factory=dict)
    surveys: Mapping[str, Survey] | None = None
    lock: threading.RLock = field(default_factory=threading.RLock)


_published = PerWarehouse(lambda warehouse: _Published())


def publish(
    warehouse: "Warehouse", questionnaire: Questionnaire, survey_slug: str, title: Text, is_example: bool
) -> None:
    """Publish this version of the questionnaire and open the survey with it; doing it again changes nothing.

    A later version of the same questionnaire is what the survey asks from then on. Its title stays the first
    one. Raises WarehouseError: those of `publish_version`, and "survey-name-taken" when the survey asks
    another questionnaire.
    """
    with publishing(warehouse) as cursor:
        store_survey(cursor, questionnaire, survey_slug, title, is_example=is_example)


@contextmanager
def publishing(warehouse: "Warehouse") -> Iterator[DuckDBPyConnection]:
    """`Warehouse.transaction()` for a block that calls `store_survey`: after it, surveys are read anew."""
    with warehouse.transaction() as cursor:
        yield cursor
    forget_rules(warehouse)
    memory = _published(warehouse)
    with memory.lock:  # not held during the write: somebody in a transaction may be reading surveys
        memory.surveys = None


def store_survey(
    cursor: DuckDBPyConnection, questionnaire: Questionnaire, slug: str, title: Text, *, is_example: bool
) -> None:
    """What `publish` does, as part of the caller's `publishing` block; the same errors."""
    check_version(cursor, questionnaire)
    publish_version(cursor, questionnaire)
    _open_survey(cursor, questionnaire, slug, title, is_example)


def next_version(
    warehouse: "Warehouse", survey_slug: str, questionnaire: Questionnaire, *, replaces: int | None = None
) -> Questionnaire:
    """Publish an edited questionnaire under the next free version number, whatever number it bears, and open
    the survey when it is new; what was published, or the latest version when nothing is different from it.

    `replaces` is the version that was edited, when the editor knows. Raises WarehouseError:
    "questionnaire-edited" when another version was published since, "questionnaire-breaks-answers",
    "survey-name-taken".
    """
    with publishing(warehouse) as cursor:
        asked = cursor.execute(sql("core/survey"), {"survey": survey_slug}).fetchone()
        if asked and asked[0] != questionnaire.slug:
            raise core_error("survey-name-taken", survey=survey_slug, questionnaire=asked[0])
        published = published_versions(cursor, questionnaire.slug)
        latest = published[-1].version if published else 0
        if replaces is not None and replaces != latest:
            raise core_error("questionnaire-edited", questionnaire.slug, version=latest, replaced=replaces)
        made = questionnaire.model_copy(update={"version": max(latest, 1)})
        if not published or made.sha256 != published[-1].sha256:
            made = questionnaire.model_copy(update={"version": latest + 1})
        store_survey(cursor, made, survey_slug, made.title, is_example=False)
    return made


def publish_built_in(warehouse: "Warehouse") -> None:
    """Open the built-in survey, so that its link works in an empty warehouse too."""
    questionnaire = library_questionnaire(BUILT_IN)
    publish(warehouse, questionnaire, BUILT_IN, questionnaire.title, is_example=False)


def surveys(warehouse: "Warehouse") -> tuple[Survey, ...]:
    """Every survey, in the order they were opened."""
    return tuple(_surveys(warehouse).values())


def survey(warehouse: "Warehouse", slug: str) -> Survey | None:
    """The survey of that name, or None."""
    return _surveys(warehouse).get(slug)


def responses_of(warehouse: "Warehouse", slug: str) -> int:
    """How many responses to the survey are stored, imported ones too."""
    return int(dict(warehouse.read("core/survey_responses")).get(slug, 0))


def questionnaire(warehouse: "Warehouse", slug: str, version: int) -> Questionnaire | None:
    """One published version of a questionnaire, or None: what old responses were answers to."""
    memory = _published(warehouse)
    with memory.lock:
        if (slug, version) not in memory.versions:
            rows = warehouse.read("core/questionnaire_version", questionnaire=slug, version=version)
            if not rows:
                return None
            memory.versions[slug, version] = Questionnaire.model_validate_json(rows[0][0])
        return memory.versions[slug, version]


def scored_ever(warehouse: "Warehouse", asked: Survey) -> tuple[Question, ...]:
    """The scored items of all versions, each once as it was asked last: those of the latest version in its
    order, then those that are gone, the ones of newer versions first."""
    slug = asked.questionnaire.slug
    found = {question.code: question for question in asked.questionnaire.scored}
    for (version,) in warehouse.read("core/version_numbers", questionnaire=slug):
        definition = questionnaire(warehouse, slug, version)
        for question in definition.scored if definition else ():
            found.setdefault(question.code, question)
    return tuple(found.values())


def _surveys(warehouse: "Warehouse") -> Mapping[str, Survey]:
    memory = _published(warehouse)
    with memory.lock:
        if memory.surveys is None:
            found: dict[str, Survey] = {}
            has_example = bool(warehouse.read("core/setting", name=EXAMPLE_SETTING))
            for slug, asked, version, title_en, title_zh, is_example in warehouse.read("core/surveys"):
                definition = questionnaire(warehouse, asked, version)
                if definition:
                    made_up = is_example or (has_example and slug == BUILT_IN)
                    found[slug] = Survey(slug, definition, {"en": title_en, "zh": title_zh}, made_up)
            memory.surveys = found
        return memory.surveys


def _open_survey(
    cursor: DuckDBPyConnection, questionnaire: Questionnaire, slug: str, title: Text, is_example: bool
) -> None:
    opened = cursor.execute(sql("core/survey"), {"survey": slug}).fetchone()
    if opened:
        if opened[0] != questionnaire.slug:
            raise core_error("survey-name-taken", survey=slug, questionnaire=opened[0])
        return
    row = {
        "survey": slug,
        "questionnaire": questionnaire.slug,
        "title_en": title.get("en") or next(iter(title.values())),
        "title_zh": title.get("zh") or next(iter(title.values())),
        "is_example": is_example,
        "recorded_at": to_stored(utc_now()),
    }
    cursor.execute(sql("core/insert_survey"), row)
