"""`python -m warehouse life SURVEY`: how a survey stands; its dates, pause, closing and limits."""

import argparse
import re
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta

from warehouse.anonymity import is_anonymous, open_boxes, sealed_answers
from warehouse.cli.speaking import add_language, language_of
from warehouse.database import Warehouse, open_warehouse
from warehouse.gate import local_words
from warehouse.importing.problems import shown
from warehouse.life import Quota, close, keep_anonymous, life, pause, resume, set_dates, set_limits
from warehouse.life_problems import refusal
from warehouse.receiving import rules
from warehouse.texts import translate

NAME = "life"
SUMMARY = "Says when and how many answers a survey takes; pauses, closes and opens it."
NO = "none"
STATES: Mapping[str, str] = {
    "not_yet": "not open yet",
    "open": "takes answers",
    "paused": "paused",
    "closed": "closed",
    "full": "enough answers",
}
_ORDERS = {"pause": pause, "resume": resume, "close": close}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The survey, and what is to be changed; without anything, only how it stands is said."""
    parser.add_argument(
        "survey", metavar="SURVEY", help=translate("its name, such as customer-satisfaction", language)
    )
    for name, words in (
        ("--opens", translate("first day, or time, that takes answers; none: at once", language)),
        ("--closes", translate("last day, or time that is too late; none: never", language)),
    ):
        parser.add_argument(name, metavar="DATE", help=words)
    order = parser.add_mutually_exclusive_group()
    for name, words in (
        ("--pause", translate("take no answers for now, of nobody", language)),
        ("--resume", translate("take answers again", language)),
        ("--close", translate("close now; open forms may be sent for half an hour", language)),
    ):
        order.add_argument(name, action="store_true", help=words)
    parser.add_argument(
        "--anonymous",
        action="store_true",
        help=translate(
            "for good, before anybody has answered: nobody can tell who answered what; see ANONYMITY.md",
            language,
        ),
    )
    parser.add_argument(
        "--limit", metavar="N", help=translate("most responses in all; none: any number", language)
    )
    parser.add_argument(
        "--quota",
        action="append",
        metavar="QUESTION=CHOICE:N",
        help=translate("most responses with a choice; may be given again; none: no quotas", language),
    )
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked, then say how the survey stands. Raises the errors of `warehouse.life`."""
    with closing(open_warehouse()) as warehouse:
        name = arguments.survey
        before = life(warehouse, name)
        zone = warehouse.reporting_zone
        if arguments.anonymous:
            keep_anonymous(warehouse, name)
        if arguments.opens or arguments.closes:
            said = rules(warehouse, name)  # what `life` tells of a survey closed by hand is when that was
            opens, closes = said.opens_at, said.closes_at
            if arguments.opens:
                opens = _time(arguments.opens, zone.key)
            if arguments.closes:
                closes = _time(arguments.closes, zone.key, ends=True)
            set_dates(warehouse, name, opens, closes)
        if arguments.limit or arguments.quota:
            limit = _limit(arguments.limit) if arguments.limit else before.limit
            quotas = _quotas(arguments.quota) if arguments.quota else before.quotas
            set_limits(warehouse, name, limit, quotas)
        for order, carry_out in _ORDERS.items():
            if getattr(arguments, order):
                carry_out(warehouse, name)
        open_boxes(warehouse)
        print(words(warehouse, name, language_of(arguments)))
    return 0


def words(warehouse: Warehouse, survey: str, language: str) -> str:
    """How the survey stands, a line for each thing that is set."""
    found, zone = life(warehouse, survey), warehouse.reporting_zone
    lines = [f"{survey}: {translate(STATES[found.state], language)}"]
    if found.opens_at:
        lines.append(translate("Opens: {when}", language, when=local_words(found.opens_at, zone)))
    if found.closes_at:
        when = local_words(found.closes_at, zone)
        words = "Closed since {when}" if found.state == "closed" else "Closes: {when}"
        lines.append(translate(words, language, when=when))
    if is_anonymous(warehouse, survey):
        sealed = f"{sealed_answers(warehouse, survey):,}"
        said = translate("Anonymous; answers sealed until it is closed: {n}", language, n=sealed)
        lines.append(said)
    count = {"n": f"{found.responses:,}", "limit": f"{found.limit or 0:,}"}
    if found.limit is None:
        lines.append(translate("Responses: {n}", language, **count))
    else:
        lines.append(translate("Responses: {n} of {limit}", language, **count))
    for quota in found.quotas:
        name = {"question": quota.question, "choice": quota.choice}
        reached = {"n": f"{quota.reached:,}", "limit": f"{quota.limit:,}"}
        lines.append(
            translate("Responses with {question} = {choice}: {n} of {limit}", language, **name, **reached)
        )
    return "\n".join(lines)


def _time(given: str, zone: str, *, ends: bool = False) -> datetime | None:
    """The local time; a day alone is taken whole. Raises WarehouseError("life-date")."""
    if given == NO:
        return None
    pattern = r"\d{4}-\d\d-\d\d(?P<time>[T ]\d\d:\d\d)?"
    fits = re.fullmatch(pattern, given, re.ASCII)
    try:
        found = datetime.fromisoformat(given) if fits else None
        if found and fits and fits["time"] is None and ends:
            found += timedelta(days=1)
    except (ValueError, OverflowError):
        found = None
    if found is None or not 1970 <= found.year <= 2199:
        raise refusal("life-date", given=shown(given), zone=zone)
    return found


def _limit(given: str) -> int | None:
    if given == NO:
        return None
    if not re.fullmatch(r"\d{1,12}", given, re.ASCII):
        raise refusal("life-limit", limit=shown(given), most="1,000,000,000")
    return int(given)


def _quotas(given: Sequence[str]) -> list[Quota]:
    if list(given) == [NO]:
        return []
    found = []
    for text in given:
        fits = re.fullmatch(r"([a-z][a-z0-9_]*)=([a-z0-9_]+):(\d{1,12})", text, re.ASCII)
        if not fits:
            raise refusal("life-quota", given=shown(text))
        found.append(Quota(fits[1], fits[2], int(fits[3])))
    return found
