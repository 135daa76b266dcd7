"""What can be wrong with metrics, filters, scorecard and example: code -> what is wrong, what to do."""

from collections.abc import Mapping

from warehouse.problems import Problem, WarehouseError

# Every text stands in locale/<language>/scorecard.po
WORDINGS: Mapping[str, tuple[str, str]] = {
    "metric-head": (
        "The head comment of this metric is not as it must be ({reason}).",
        "Correct the lines that begin with -- at the top of the file.",
    ),
    "metric-columns": (
        "This metric gives the columns {found}; a metric of the kind {kind} gives {needed}.",
        "Correct the SELECT of the file.",
    ),
    "metric-counts": (
        "The counts of the period {period} cannot be ({reason}).",
        "Correct the SELECT of the file.",
    ),
    "contract-none": (
        "No contract is loaded.",
        "Load a contract file, or the example.",
    ),
    "contract-file": (
        "The file cannot be read ({reason}).",
        "Give the path of a contract file, saved as UTF-8 text.",
    ),
    "metric-unknown": (
        "The contract names the metric {metric}, which there is not. There are: {known}.",
        "Correct the contract, or add the file warehouse/metrics/{metric}.sql.",
    ),
    "metric-kind": (
        "The contract takes the metric {metric} for the kind {said}; it is of the kind {kind}.",
        "Correct the contract: the kind decides which statistics apply.",
    ),
    "metric-unit": (
        "The contract measures {metric} in {said}; its figure is in {unit}.",
        "Write unit: {unit} beside the metric, and its targets in it.",
    ),
    "survey-none": (
        "The metric {metric} is counted from the survey {survey}, which is not in this warehouse.",
        "Import answers under that name, or correct the contract; until then the metric has no cases.",
    ),
    "survey-unchecked": (
        "The metric {metric} is counted from the survey {survey}, which no warehouse has from the start.",
        "Make sure that answers are imported under that name; only loading looks into the warehouse.",
    ),
    "target-beyond-scale": (
        "The target {target} of {metric} lies beyond the scale of its question, {lowest} to {highest}.",
        "Write a target on that scale, or correct the scale in the questionnaire.",
    ),
    "contract-zone": (
        "The contract counts days in {said}, this warehouse in {zone}.",
        "Keep a contract of another time zone in a warehouse of its own.",
    ),
    "metric-survey": (
        "The contract names no survey for the metric {metric}, which is counted from answers.",
        "Say in the contract which survey the metric is counted from.",
    ),
    "metric-tier": (
        "The contract names no class of customers for the metric {metric}, which counts one.",
        "Add tier to the metric, one of spec.tiers.",
    ),
    "metric-no-tier": (
        "The metric {metric} counts everybody, not one class of customers.",
        "Remove tier from the metric.",
    ),
    "metric-not-asked": (
        "The metric {metric} is not counted from answers.",
        "Remove survey and touchpoint from the metric.",
    ),
    "period-unknown": (
        "This is not a period of the contract.",
        "Name one from {first} to {last}.",
    ),
    "period-running": (
        "The period is not over, so there is nothing to report on yet.",
        "Hand in the report from {ends} on.",
    ),
    "report-none": (
        "The report on the period was not handed in yet, so there is nothing to answer.",
        "The operator enters on the page of the report that it came; answer it then.",
    ),
    "report-approved": (
        "Party A has approved version {version} of the report, and its figures are the same.",
        "Leave it as it is; a new version takes figures that have changed.",
    ),
    "report-answered": (
        "Party A has answered version {version} of the report.",
        "Its answer stands until a new version is handed in.",
    ),
    "report-name": (
        "The answer needs the name of who gives it, of at most {most} characters.",
        "Write the name of the person who answers for party A.",
    ),
    "report-comment": (
        "The comment is longer than {most} characters, or holds characters that cannot be kept.",
        "Write up to {most} characters of plain text.",
    ),
    "report-comment-none": (
        "The report is given back without a word.",
        "Write what is to be changed.",
    ),
    "report-day-unread": (
        "“{day}” is not a day.",
        "Write the day on which the report came like 2026-10-08.",
    ),
    "report-day": (
        "{day} is still to come: a report cannot have come then.",
        "Enter the day on which it came.",
    ),
    "period-settled": (
        "The period has been settled since {day}.",
        "Agree on it with the other party: what both relieve later comes back in the period of that day.",
    ),
    "relief-none": (
        "The contract sets no target free on the ground {ground}.",
        "Name a ground of the contract: {known}.",
    ),
    "relief-metric": (
        "The metric {metric} has no target in this period.",
        "Name a metric that the contract sets a target for.",
    ),
    "what-if": (
        "No {n} answers give {figure} for this metric, or it has no target in the period.",
        "Choose a metric with a target, a figure within its scale and at least one answer.",
    ),
    "service-unknown": (
        "The contract prices no service {service} by order.",
        "Name one of these: {known}.",
    ),
    "service-count": (
        "A service cannot be ordered {count} times.",
        "Give how often it was ordered in the period, from 0 to {most}.",
    ),
    "as-of-future": (
        "This day is not over yet.",
        "Choose an earlier day, or leave it out for the figures of this moment.",
    ),
    "filter-long": (
        "The value is longer than {limit} characters.",
        "Choose a value from the list.",
    ),
    "filter-unknown": (
        "There is no “{value}” to filter by.",
        "Choose a value from the list.",
    ),
    "filter-date": (
        "“{value}” is not a day.",
        "Write the day as year-month-day, such as 2026-07-01, from 1900 to 2199.",
    ),
    "filter-month": (
        "“{value}” is not the first day of a month.",
        "Choose whole months: the first day of the first month, and that of the month after the last.",
    ),
    "filter-order": (
        "The first day {start} is not before the end {end}.",
        "The end is the day after the last day that counts: choose a later one.",
    ),
    "filter-span": (
        "The days span more than {years} years.",
        "Choose days that lie closer together.",
    ),
    "warehouse-not-empty": (
        "The warehouse holds data already, or it was chosen to start empty.",
        "Set PACTBOARD_WAREHOUSE to a new folder and load the example there.",
    ),
}


def problem(code: str, where: str = "", **values: object) -> Problem:
    """The problem with one of the codes above; `values` fill its texts."""
    what, todo = WORDINGS[code]
    return Problem(code, where, what, todo, values)


def refusal(code: str, where: str = "", **values: object) -> WarehouseError:
    """The same as an error to raise."""
    return WarehouseError(problem(code, where, **values))
