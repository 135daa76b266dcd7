"""Whom to invite, asked of the register: conditions from a short list, and a random sample that can be drawn
again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from warehouse.calendar import local_day, utc_now
from warehouse.invitation_problems import refusal
from warehouse.invitees import Invitee

if TYPE_CHECKING:
    from warehouse.database import Warehouse

LONGEST_DAYS = 3660
LARGEST_SAMPLE = 10_000_000
LARGEST_SEED = 2**31 - 1
LISTS = ("tier", "language", "channel")
DAYS = ("bought-within", "rested")
NAMES = (*LISTS, "members", *DAYS)


@dataclass(frozen=True, slots=True)
class Selection:
    """Conditions that all must hold; an empty list and None ask nothing.

    `tiers` are those of now, `channels` where the member joined. `current` leaves out who is no member now.
    `bought_within` are the last local days, today among them, in which the member bought something; `rested`
    those in which they were invited to no survey. `sample` is the number drawn from all that fit, with
    `seed`.
    """

    tiers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    current: bool = True
    bought_within: int | None = None
    rested: int | None = None
    sample: int | None = None
    seed: int = 0

    @property
    def words(self) -> str:
        """The conditions as `parse` reads them, without the sample."""
        lists = zip(LISTS, (self.tiers, self.languages, self.channels), strict=True)
        parts = [f"{name}={','.join(values)}" for name, values in lists if values]
        parts.append(f"members={'current' if self.current else 'all'}")
        days = zip(DAYS, (self.bought_within, self.rested), strict=True)
        return " ".join([*parts, *(f"{name}={number}" for name, number in days if number is not None)])


@dataclass(frozen=True, slots=True)
class Selected:
    """The members chosen on a local day, in the order drawn; `matched` is how many fitted before the
    sample."""

    selection: Selection
    day: date
    matched: int
    members: tuple[Invitee, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class PastSelection:
    """How members were chosen for a wave. `seed` is None where all that fitted were taken."""

    wave: str
    day: date
    conditions: str
    seed: int | None
    matched: int
    selected: int
    invited: int


def parse(conditions: Sequence[str], sample: int | None = None, seed: int = 0) -> Selection:
    """The selection that texts such as "tier=vip,new" and "bought-within=90" stand for.

    Raises WarehouseError: "selection-condition", "selection-twice", "selection-number", "selection-members".
    """
    given: dict[str, str] = {}
    for condition in conditions:
        name, is_pair, value = condition.strip().partition("=")
        if name not in NAMES or not is_pair or not value.strip():
            raise refusal("selection-condition", given=condition, known=", ".join(NAMES))
        if name in given:
            raise refusal("selection-twice", name=name)
        given[name] = value.strip()
    if given.get("members", "current") not in ("current", "all"):
        raise refusal("selection-members", given=given["members"])
    tiers, languages, channels = (_list(given.get(name, "")) for name in LISTS)
    bought_within, rested = (_number(given.get(name)) for name in DAYS)
    current = given.get("members") != "all"
    return Selection(tiers, languages, channels, current, bought_within, rested, sample, seed)


def register_values(warehouse: "Warehouse") -> Mapping[str, tuple[str, ...]]:
    """The values that the lists can name: "tier", "language" and "channel" -> codes in the register."""
    found: dict[str, list[str]] = {name: [] for name in LISTS}
    for name, code in warehouse.read("invitations/register_values"):
        found[name].append(code)
    return {name: tuple(codes) for name, codes in found.items()}


def select(warehouse: "Warehouse", selection: Selection, now: datetime | None = None) -> Selected:
    """Who fits now, or at that aware instant; writes nothing.

    Raises WarehouseError: "selection-value" for a code that no member has, "selection-number", and
    "selection-sample" and "selection-seed" for numbers out of range.
    """
    _check(warehouse, selection)
    instant = now or utc_now()
    today = local_day(instant, warehouse.reporting_zone)
    rows = warehouse.read(
        "invitations/select_members",
        now=instant,
        current=selection.current,
        tiers=list(selection.tiers) or None,
        languages=list(selection.languages) or None,
        channels=list(selection.channels) or None,
        bought_from=_first_day(today, selection.bought_within),
        invited_from=_first_day(today, selection.rested),
        sample=selection.sample,
        seed=selection.seed,
    )
    members = tuple(Invitee(member_id, tier, language) for member_id, tier, language, _ in rows)
    return Selected(selection, today, rows[0][3] if rows else 0, members)


def selections(warehouse: "Warehouse", survey: str) -> tuple[PastSelection, ...]:
    """How members were chosen from the register for this survey, the oldest first."""
    return tuple(PastSelection(*row) for row in warehouse.read("invitations/selections", survey=survey))


def _first_day(today: date, days: int | None) -> date | None:
    """The first of so many local days, the last of which is today."""
    return today - timedelta(days=days - 1) if days else None


def _check(warehouse: "Warehouse", selection: Selection) -> None:
    known = register_values(warehouse)
    lists = zip(LISTS, (selection.tiers, selection.languages, selection.channels), strict=True)
    for name, values in lists:
        for value in values:
            if value not in known[name]:
                raise refusal("selection-value", name=name, given=value, known=", ".join(known[name]) or "–")
    for days in (selection.bought_within, selection.rested):
        if days is not None and not 1 <= days <= LONGEST_DAYS:
            raise refusal("selection-number", given=str(days), most=LONGEST_DAYS)
    if selection.sample is not None and not 1 <= selection.sample <= LARGEST_SAMPLE:
        raise refusal("selection-sample", given=str(selection.sample), most=f"{LARGEST_SAMPLE:,}")
    if not 0 <= selection.seed <= LARGEST_SEED:
        raise refusal("selection-seed", given=str(selection.seed), most=f"{LARGEST_SEED:,}")


def _list(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise refusal("selection-number", given=text, most=LONGEST_DAYS)
    return int(text)
