"""Whether a survey takes this answer now: dates, pause and closing, and how many answers are enough.

The writer asks inside its own transaction, so what it finds is what counts: of any number of answers that
come at once, a survey for ten stores ten. Who had the form open before a survey closed may still send it for
`GRACE`; a pause stops everybody at once.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from duckdb import DuckDBPyConnection

from survey.responses import Response
from warehouse.calendar import from_stored, utc_now
from warehouse.life_problems import problem
from warehouse.problems import WarehouseError
from warehouse.sql import sql
from warehouse.tally import Choice, Tallies

GRACE = timedelta(minutes=30)
"""How long after the closing a form that was shown before it may still be sent."""

State = Literal["not_yet", "open", "paused", "closed", "full"]


class NotOpen(WarehouseError):
    """The survey does not take this answer. `state` says why, `at` when it opens or since when it is closed,
    None where that is not known."""

    def __init__(self, state: State, at: datetime | None, zone: ZoneInfo) -> None:
        opens = local_words(at, zone) if at else ""
        super().__init__(problem(f"survey-{state.replace('_', '-')}", opens=opens))
        self.state = state
        self.at = at

    @property
    def has_form(self) -> bool:
        """Whether there is or was a form at all: there never is one of a survey made by an import."""
        return self.state != "closed" or self.at is not None


@dataclass(frozen=True, slots=True)
class Rules:
    """When a survey takes answers and how many; instants in UTC.

    `said` is the last that was said by hand: closed is what an import says of the survey it makes, ended that
    it was closed; `said_at` when, `in_pause` whether it was paused then. `quotas` is the most responses with
    a choice."""

    said: Literal["opened", "paused", "ended", "closed"] = "opened"
    said_at: datetime | None = None
    in_pause: bool = False
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    limit: int | None = None
    quotas: tuple[tuple[Choice, int], ...] = ()

    @property
    def is_free(self) -> bool:
        """Whether every answer is taken, so that nothing need be looked up."""
        return self == Rules(said_at=self.said_at)

    @property
    def is_history(self) -> bool:
        """Whether the survey never had a form: it was made by an import."""
        return self.said == "closed"

    @property
    def counts(self) -> bool:
        """Whether it matters how many responses there are."""
        return self.limit is not None or bool(self.quotas)

    def state(self, now: datetime) -> tuple[State, datetime | None]:
        """How the survey stands for somebody who comes now, apart from what is stored, and since or until
        when."""
        if self.said in ("ended", "closed"):
            return "closed", self.said_at if self.said == "ended" else None
        if self.closes_at and now >= self.closes_at:
            return "closed", self.closes_at
        if self.opens_at and now < self.opens_at:
            return "not_yet", self.opens_at
        return ("paused", None) if self.said == "paused" else ("open", None)

    def state_for(self, now: datetime, shown_at: datetime | None) -> tuple[State, datetime | None]:
        """The same for somebody to whom the form was shown at that instant, None when nobody knows."""
        state, at = self.state(now)
        stopped = self.in_pause or self.said == "paused"
        if state == "closed" and at and shown_at and shown_at < at and now < at + GRACE and not stopped:
            return "open", None
        return state, at


def rules_of(rows: Iterable[Sequence[Any]]) -> Rules:
    """The rules that the rows of `life/said` come to."""
    said: Any = "opened"
    said_at, in_pause = None, False
    opens_at = closes_at = limit = None
    quotas: tuple[tuple[Choice, int], ...] = ()
    for kind, event, opens, closes, most, counted, at in rows:
        if kind == "event":
            said, said_at, in_pause = event, from_stored(at), said == "paused" and event == "ended"
        elif kind == "dates":
            opens_at, closes_at = (from_stored(each) if each else None for each in (opens, closes))
        else:
            limit = most
            quotas = tuple(((question, choice), number) for question, choice, number in json.loads(counted))
    return Rules(said, said_at, in_pause, opens_at, closes_at, limit, quotas)


class Gate:
    """Decides for the writer which responses are stored. Used by whoever holds the writing connection alone;
    rules are remembered until `forget`."""

    def __init__(self) -> None:
        self._rules: dict[str, Rules] = {}
        self._tallies = Tallies()

    def forget(self) -> None:
        """Read and count all anew: to be called in the transaction that changes the rules."""
        self._rules = {}
        self._tallies.forget()

    def refusals(
        self, cursor: DuckDBPyConnection, responses: Sequence[Response], zone: ZoneInfo
    ) -> Mapping[int, NotOpen]:
        """Place in `responses` -> why it is not stored. What is stored already is never refused."""
        watched = [n for n, each in enumerate(responses) if not self._read(cursor, each.survey).is_free]
        if not watched:
            return {}
        ids = [responses[number].response_id for number in watched]
        known = {row[0] for row in cursor.execute(sql("life/stored"), {"response_ids": ids}).fetchall()}
        now, refused = utc_now(), {}
        counts: dict[str, _Count] = {}
        for number in watched:
            response = responses[number]
            if response.response_id in known:
                continue
            rules = self._rules[response.survey]
            state, at = rules.state_for(now, response.started_at)
            if state == "open" and rules.counts:
                if response.survey not in counts:
                    counts[response.survey] = self._count(cursor, response.survey, rules)
                state = "open" if counts[response.survey].takes(response) else "full"
            if state == "open":
                known.add(response.response_id)
            else:
                refused[number] = NotOpen(state, at, zone)
        return refused

    def _read(self, cursor: DuckDBPyConnection, survey: str) -> Rules:
        if survey not in self._rules:
            rows = cursor.execute(sql("life/said"), {"survey": survey}).fetchall()
            self._rules[survey] = rules_of(rows)
        return self._rules[survey]

    def _count(self, cursor: DuckDBPyConnection, survey: str, rules: Rules) -> "_Count":
        def ask(sql_name: str, **params: object) -> list[tuple[Any, ...]]:
            return cursor.execute(sql(sql_name), params).fetchall()

        count, chosen = self._tallies.count(ask, survey, [each for each, _ in rules.quotas])
        return _Count(rules, count, Counter(chosen))


class _Count:
    """How many responses a survey has, those taken here included."""

    def __init__(self, rules: Rules, count: int, chosen: Counter[Choice]) -> None:
        self._rules = rules
        self._all = count
        self._chosen = chosen

    def takes(self, response: Response) -> bool:
        """Count the response, unless the survey has enough of its kind."""
        met = [each for each, _ in self._rules.quotas if each[1] in response.choices.get(each[0], ())]
        most = dict(self._rules.quotas)
        limit = self._rules.limit
        if (limit is not None and self._all >= limit) or any(
            self._chosen[each] >= most[each] for each in met
        ):
            return False
        self._all += 1
        self._chosen.update(met)
        return True


def local_words(instant: datetime, zone: ZoneInfo) -> str:
    """An instant as people of the zone write it, in any language: 2026-07-05 18:00 (Asia/Shanghai)."""
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M} ({zone.key})"
