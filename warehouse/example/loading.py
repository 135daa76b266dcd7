"""Puts the example into a warehouse that is still empty, all or nothing, and remembers the choice made."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from duckdb import DuckDBPyConnection

from contract import example_source, read_contract
from survey import Envelope, Response, SurveyError, library_questionnaire, response_id_at, validate
from warehouse.as_of import end_of
from warehouse.audit.chain import record
from warehouse.calendar import to_stored, utc_now
from warehouse.contract_loading import store_contract
from warehouse.database import Warehouse
from warehouse.evidence.sealing import closed_periods, seal_period
from warehouse.example.answers import answers, channel_used, language_used
from warehouse.example.asking import Asking, make_asking, seconds_taken, store_asking
from warehouse.example.caring import store_care
from warehouse.example.chance import Chance
from warehouse.example.dealing import store_dealings
from warehouse.example.duties import store_duties
from warehouse.example.filing import filed, store_files
from warehouse.example.joining import people
from warehouse.example.serving import store_service
from warehouse.example.shopping import Occasion, shopping
from warehouse.example.story import LAST_DAY, SEED, ZONE
from warehouse.register import Member, MemberEvent, add_events
from warehouse.responses import store_responses
from warehouse.sql import sql
from warehouse.surveys import BUILT_IN, EXAMPLE_SETTING, publishing
from warehouse.texts import translate
from warehouse.wordings import refusal

Progress = Callable[[float, str], None]
EMPTY_SETTING = "started_empty"
_A_STEP = 250


@dataclass(frozen=True, slots=True)
class Club:
    """All that is made up: members, what happened to them, what they answered in the order of time, and how
    they were asked."""

    members: tuple[Member, ...]
    events: tuple[MemberEvent, ...]
    responses: tuple[Response, ...]
    asking: Asking


def load_example(warehouse: Warehouse, progress: Progress, language: str = "en") -> None:
    """Load the club and the example contract; `progress` gets a share (0 to 1) and words in the language.

    All of it, with the note that it was done, is one transaction: an interruption leaves the warehouse empty.
    The periods that are settled when the story ends are sealed after it.
    Raises WarehouseError("warehouse-not-empty") and those of `Warehouse.transaction`.
    """

    def step(share: float, message: str) -> None:
        progress(share, translate(message, language))

    if not is_empty(warehouse):
        raise refusal("warehouse-not-empty", str(warehouse.path))
    step(0.0, "Making up the members and what they bought")
    club = make_club(lambda share: step(0.1 + 0.5 * share, "Filling in the questionnaires"))
    step(0.6, "Saving")
    source, recorded_at = example_source(), utc_now()
    contract = read_contract(source, "contract.yaml")
    with publishing(warehouse) as cursor:
        if not _is_empty(cursor):
            raise refusal("warehouse-not-empty", str(warehouse.path))
        store_contract(cursor, contract, source, is_example=True)
        store_files(cursor, club.members, club.events)
        add_events(cursor, club.events, zone=warehouse.reporting_zone, recorded_at=recorded_at)
        store_responses(cursor, club.responses, warehouse.reporting_zone)
        store_asking(cursor, club.asking)
        store_dealings(cursor, contract)
        store_service(cursor, club.members)
        store_care(cursor, club.members)
        store_duties(cursor)
        _set(cursor, EXAMPLE_SETTING, end_of(LAST_DAY, ZONE).isoformat(), recorded_at)
        record(cursor, "example-loaded", responses=len(club.responses))
    step(0.9, "Sealing the settled periods")
    if due := [one.period for one in closed_periods(warehouse) if one.is_due]:
        seal_period(warehouse, due[-1])
    step(1.0, "Done")


def start_empty(warehouse: Warehouse) -> None:
    """Remember that the operator wants no example; a warehouse that is not empty stays as it is."""
    with warehouse.transaction() as cursor:
        if _is_empty(cursor):
            _set(cursor, EMPTY_SETTING, "true", utc_now())
            record(cursor, "example-declined")


def is_empty(warehouse: Warehouse) -> bool:
    """Whether the choice is still open: no example, no empty start, no data or contract of one's own."""
    return warehouse.while_unchanged(
        "empty", lambda: bool(warehouse.read("example/is_empty", **_SETTINGS)[0][0])
    )


def example_loaded(warehouse: Warehouse) -> bool:
    """Whether this is an example warehouse; answers given in it later count with the example's."""
    return bool(warehouse.read("core/setting", name=EXAMPLE_SETTING))


def make_club(progress: Callable[[float], None]) -> Club:
    """The club, the same one each time. Raises SurveyError when the questionnaire refuses an answer."""
    chance = Chance(SEED)
    everybody, events = people(chance)
    occasions: list[Occasion] = []
    for person in everybody:
        bought, answering = shopping(chance, person)
        events += bought
        occasions += answering
    events.sort(key=lambda event: (event.happened_at, event.member_id))
    occasions.sort(key=lambda occasion: (occasion.at, occasion.person.member.member_id))
    responses = []
    for number, response in enumerate(_responses(chance, occasions), start=1):
        responses.append(response)
        if number % _A_STEP == 0:
            progress(number / len(occasions))
    asking = make_asking(everybody, events, responses)
    members = filed([person.member for person in everybody])
    return Club(members, tuple(events), tuple(responses), asking)


def _responses(chance: Chance, occasions: list[Occasion]) -> Iterator[Response]:
    questionnaire = library_questionnaire(BUILT_IN)
    hurry = Chance(SEED + 1)  # apart, so that no answer depends on how long it took
    for number, occasion in enumerate(occasions, start=1):
        answered_in, used = language_used(chance, occasion), channel_used(chance)
        raw = answers(chance, occasion, answered_in)
        envelope = Envelope(
            response_id=response_id_at(occasion.at, BUILT_IN, f"example {number}"),
            survey=BUILT_IN,
            channel=used,
            language=answered_in,
            submitted_at=occasion.at,
            started_at=occasion.at - timedelta(seconds=seconds_taken(hurry, int("comment" in raw))),
            member_id=occasion.person.member.member_id,
            tier=occasion.tier,
        )
        response = validate(questionnaire, raw, envelope)
        if not isinstance(response, Response):
            raise SurveyError(response)
        yield response


_SETTINGS = {"example": EXAMPLE_SETTING, "empty": EMPTY_SETTING}


def _is_empty(cursor: DuckDBPyConnection) -> bool:
    row = cursor.execute(sql("example/is_empty"), _SETTINGS).fetchone()
    return bool(row and row[0])


def _set(cursor: DuckDBPyConnection, name: str, value: str, recorded_at: datetime) -> None:
    stamp = to_stored(recorded_at)
    cursor.execute(sql("core/default_setting"), {"name": name, "value": value, "recorded_at": stamp})
