"""Runs a metric's SQL for the periods of a contract and gives its counts in the shape of its kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contract import MetricUse
from contract.counts import CensusCounts, Counts, MeanCounts, NpsCounts, ShareCounts, index_figure
from contract.model.measures import index_value
from warehouse.as_of import AsOf
from warehouse.calendar import to_stored
from warehouse.database import Warehouse
from warehouse.evidence.basis import EVERYTHING, Basis
from warehouse.metrics import FROM_ROWS, Metric
from warehouse.suppression import is_small
from warehouse.wordings import refusal

# What the SELECT of each kind gives; a mean has a row for every point of its scale.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "share": ("period", "segment", "n", "successes"),
    # Also of how many they are the answers, None where nobody knows: of all, nothing was sampled.
    "share or census": ("period", "segment", "n", "successes", "asked"),
    "nps": ("period", "segment", "n", "detractors", "passives", "promoters"),
    "mean": ("period", "segment", "point", "n"),
    "census": ("period", "segment", "opening", "closing", "value"),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of one period and segment; the segment is a tier, or "" for everybody."""

    period: str
    segment: str
    counts: Counts


def count(
    warehouse: Warehouse,
    metric: Metric,
    contract_sha256: str,
    use: MetricUse,
    at: AsOf,
    basis: Basis = EVERYTHING,
) -> tuple[Counted, ...]:
    """The counts of every period that began before the local day `at.until`, from what happened before that
    day and, where the metric's SQL asks for it, from the rows of `basis` alone. What is due later than `at`
    is not yet missed: $today is the first local day that is not over, $instant the instant in UTC.

    `use` says what of it the contract counts: survey, touchpoint, class of customers; `agreed` has checked
    that. Raises WarehouseError "metric-columns" and "metric-counts" when the file gives something else than
    its kind needs.
    """
    values: dict[str, object] = {"contract": contract_sha256, "as_of": at.until}
    if metric.needs_survey:
        values["survey"] = use.survey
    if metric.takes_touchpoint:
        values["touchpoint"] = use.touchpoint
    if metric.needs_tier:
        values["tier"] = use.tier
    from_rows = bool(metric.from_rows) and basis != EVERYTHING  # rollups know nothing of earlier states
    asked = metric.from_rows if from_rows else metric.sql
    moments: dict[str, object] = {"today": at.instant.date(), "instant": to_stored(at.instant)}
    for name, reaches in {**basis.parameters(), **moments}.items():
        if f"${name}" in asked:
            values[name] = reaches
    folder = f"metrics/{FROM_ROWS}" if from_rows else "metrics"
    names, found = warehouse.table(f"{folder}/{metric.file}", **values)
    columns, rows = tuple(names), [dict(zip(names, row, strict=True)) for row in found]
    of_those_asked = metric.can_be_full and columns == COLUMNS["share or census"]
    if not of_those_asked and columns != COLUMNS[metric.kind]:
        needed = ", ".join(COLUMNS[metric.kind])
        raise refusal(
            "metric-columns", f"{metric.file}.sql", found=", ".join(columns), kind=metric.kind, needed=needed
        )
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        groups.setdefault((str(row["period"]), str(row["segment"])), []).append(row)
    return tuple(
        Counted(period, segment, _counts(metric, period, group))
        for (period, segment), group in sorted(groups.items())
    )


def _of_those_asked(metric: Metric, successes: int, n: int, asked: int | None) -> Counts:
    """A share of answers; a census where all who were asked answered, or where the contract says so. Few
    answers stay answers, since only of these nothing is shown."""
    if metric.kind == "census" or (n and n == asked and not is_small(n)):
        value = 100 * successes / n if n else None
        return CensusCounts(value, n, successes, level=True)
    return ShareCounts(successes, n)


def index_counts(use: MetricUse, parts: Mapping[str, Sequence[Counted]]) -> tuple[Counted, ...]:
    """The index of every period from the counts of its components; no figure while one of them has none, nor
    from fewer answers than may be shown."""
    whole = {
        name: {each.period: each.counts for each in found if not each.segment}
        for name, found in parts.items()
    }
    periods = next(iter(whole.values()))
    return tuple(
        Counted(
            period,
            "",
            index_figure(_index(use, [(name, each[period]) for name, each in whole.items()])),
        )
        for period in periods
    )


def _index(use: MetricUse, parts: Sequence[tuple[str, Counts]]) -> float | None:
    if any(not isinstance(counts, CensusCounts) and is_small(counts.n) for _, counts in parts):
        return None
    figures = {name: figure for name, counts in parts if (figure := counts.exact()) is not None}
    value = index_value(use.components, figures)
    return None if value is None else float(value)


def _counts(metric: Metric, period: str, rows: Sequence[Mapping[str, Any]]) -> Counts:
    first = rows[0]
    try:
        if "asked" in first:
            return _of_those_asked(metric, int(first["successes"]), int(first["n"]), first["asked"])
        match metric.kind:
            case "share":
                return ShareCounts(int(first["successes"]), int(first["n"]))
            case "nps":
                return NpsCounts(int(first["detractors"]), int(first["passives"]), int(first["promoters"]))
            case "mean":
                return MeanCounts({int(row["point"]): int(row["n"]) for row in rows})
            case "census":
                value = first["value"]
                return CensusCounts(
                    None if value is None else float(value),
                    int(first["opening"]),
                    int(first["closing"]),
                    level=metric.census == "level",
                    unit="scale" if metric.unit == "points" else metric.unit,  # in points is an index alone
                )
        raise ValueError(f"a metric of the kind {metric.kind} is not counted by SQL")
    except (TypeError, ValueError) as error:
        raise refusal("metric-counts", f"{metric.file}.sql", period=period, reason=str(error)) from error
