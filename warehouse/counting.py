"""Runs a metric's SQL for the periods of a contract and gives its counts in the shape of its kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from contract.counts import CensusCounts, Counts, MeanCounts, NpsCounts, ShareCounts
from warehouse.database import Warehouse
from warehouse.metrics import Kind, Metric
from warehouse.wordings import refusal

# What the SELECT of each kind gives; a mean has a row for every point of its scale.
COLUMNS: Mapping[Kind, tuple[str, ...]] = {
    "share": ("period", "segment", "n", "successes"),
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
    warehouse: Warehouse, metric: Metric, contract_sha256: str, survey: str | None, until: date
) -> tuple[Counted, ...]:
    """The counts of every period that began before the local day `until`, from what happened before that day.

    Raises WarehouseError "metric-survey" without the survey that the metric needs, "metric-columns" and
    "metric-counts" when the file gives something else than its kind needs.
    """
    values: dict[str, object] = {"contract": contract_sha256, "as_of": until}
    if metric.needs_survey:
        if survey is None:
            raise refusal("metric-survey", metric=metric.name)
        values["survey"] = survey
    names, found = warehouse.table(f"metrics/{metric.name}", **values)
    columns, rows = tuple(names), [dict(zip(names, row, strict=True)) for row in found]
    if columns != COLUMNS[metric.kind]:
        needed = ", ".join(COLUMNS[metric.kind])
        raise refusal(
            "metric-columns", f"{metric.name}.sql", found=", ".join(columns), kind=metric.kind, needed=needed
        )
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        groups.setdefault((str(row["period"]), str(row["segment"])), []).append(row)
    return tuple(
        Counted(period, segment, _counts(metric, period, group))
        for (period, segment), group in sorted(groups.items())
    )


def _counts(metric: Metric, period: str, rows: Sequence[Mapping[str, Any]]) -> Counts:
    first = rows[0]
    try:
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
                    None if value is None else float(value), int(first["opening"]), int(first["closing"])
                )
    except (TypeError, ValueError) as error:
        raise refusal("metric-counts", f"{metric.name}.sql", period=period, reason=str(error)) from error
