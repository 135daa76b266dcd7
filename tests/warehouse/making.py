"""Small made-up data for the tests of counting: answers, members and a contract of two quarters."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from survey import Envelope, Response, library_questionnaire, new_response_id, validate
from warehouse import Warehouse, open_warehouse
from warehouse.contract_loading import load_contract
from warehouse.register import Member, MemberEvent, add_events, add_members
from warehouse.responses import store_responses

SURVEY = "customer-satisfaction"
SHANGHAI = ZoneInfo("Asia/Shanghai")

CONTRACT = """
apiVersion: pactboard/v1
kind: Contract
metadata:
  id: small-001
  version: 1
  status: in_force
  title: {zh: 小合同, en: Small contract}
  authoritativeLanguage: zh
spec:
  parties:
    A: {name: {zh: 甲, en: Client}}
    B: {name: {zh: 乙, en: Provider}}
  term: {firstDay: 2026-01-01, lastDay: 2026-06-30, timezone: Asia/Shanghai, periods: quarter, fiscalStart: 1}
  clauses:
    - id: "1"
      title: {zh: 会员增长, en: Growth}
      text: {zh: 会员应增长。, en: Members grow.}
    - id: "2"
      title: {zh: 满意度, en: Satisfaction}
      text: {zh: 客户应满意。, en: Customers are satisfied.}
  metrics:
    - {id: member_growth, kind: census, direction: higher, clause: "1"}
    - {id: csat_top2, kind: share, direction: higher, clause: "2", survey: customer-satisfaction}
    - {id: nps, kind: nps, direction: higher, clause: "2", survey: customer-satisfaction}
    - {id: csat_mean, kind: mean, direction: higher, clause: "2", survey: customer-satisfaction}
    - {id: ces_mean, kind: mean, direction: higher, clause: "2", survey: customer-satisfaction}
  targets:
    - metric: member_growth
      ramp: {interpolate: step, points: [{at: 2026Q1, value: 2.0}]}
      decision: {rule: simple}
    - metric: csat_top2
      ramp: {interpolate: linear, points: [{at: 2026Q1, value: 80.0}, {at: 2026Q2, value: 82.0}]}
      decision: {rule: breach_must_be_proven, confidence: 0.95, minN: 20}
    - metric: nps
      ramp: {interpolate: step, points: [{at: 2026Q1, value: 30}]}
      decision: {rule: success_must_be_proven, confidence: 0.95, minN: 20}
    - metric: csat_mean
      ramp: {interpolate: step, points: [{at: 2026Q1, value: 4.0}]}
      decision: {rule: simple, confidence: 0.95, minN: 2}
    - metric: ces_mean
      ramp: {interpolate: step, points: [{at: 2026Q2, value: 5.0}]}
      decision: {rule: simple, confidence: 0.95, minN: 2}
"""


def a_warehouse(folder: Path, *, contract: bool = True) -> Warehouse:
    """An open warehouse in the folder, with the small contract unless told otherwise."""
    warehouse = open_warehouse(folder / "pactboard.duckdb")
    if contract:
        load_contract(warehouse, CONTRACT)
    return warehouse


def local(text: str) -> datetime:
    """The instant of a local time such as "2026-01-01 00:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def response(at: str = "2026-02-01 12:00", *, tier: str | None = None, **answers: object) -> Response:
    """A valid response of that local time; answers by question code, with channel and language among them."""
    channel, language = str(answers.pop("channel", "light_form")), str(answers.pop("language", "zh"))
    envelope = Envelope(new_response_id(), SURVEY, channel, language, local(at), tier=tier)
    raw = {"overall": "5"} | {code: str(value) for code, value in answers.items()}
    found = validate(library_questionnaire(SURVEY), raw, envelope)
    assert isinstance(found, Response), found
    return found


def answer(warehouse: Warehouse, *responses: Response) -> None:
    """Store the responses."""
    with warehouse.transaction() as cursor:
        store_responses(cursor, responses, warehouse.reporting_zone)


def satisfied(warehouse: Warehouse, successes: int, n: int, at: str = "2026-02-01 12:00") -> None:
    """Store n responses of that local time, some satisfied (4) and the others not (3)."""
    answer(warehouse, *(response(at, overall=4 if number < successes else 3) for number in range(n)))


def happen(warehouse: Warehouse, *events: tuple[str, str, str]) -> None:
    """Store events (member, event, local time)."""
    made = [MemberEvent(member, event, local(at)) for member, event, at in events]
    with warehouse.transaction() as cursor:
        add_events(cursor, made, zone=warehouse.reporting_zone, recorded_at=local("2026-07-01 00:00"))


def join(warehouse: Warehouse, numbers: Iterable[int], at: str = "2025-06-01 12:00") -> None:
    """Store members of those numbers who joined at that local time."""
    names = [f"M{number:05d}" for number in numbers]
    with warehouse.transaction() as cursor:
        add_members(
            cursor,
            [Member(name, "zh", "shop") for name in names],
            is_example=False,
            recorded_at=local("2026-07-01 00:00"),
        )
    happen(warehouse, *((name, "joined", at) for name in names))
