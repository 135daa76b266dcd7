"""One target over the whole term: the points of its figure, and its table of periods with the verdicts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from contract import Contract, Period, Target
from contract.texts import listed
from contract.wording import decimals_beside
from pages.ui.kpi import left_out_words, said_count
from pages.ui.numbers import NOTHING, amount, span
from pages.ui.run_chart import RunPoint
from pages.ui.seals import late_words
from pages.ui.standing import STANDINGS
from pages.ui.tables import Cell, Column, Table
from pages.ui.texts import translate
from warehouse.contracts import LoadedContract
from warehouse.metrics import Metric
from warehouse.scorecard import Row

BOUNDS = {"floor": "Floor", "stretch": "Stretch"}


@dataclass(frozen=True, slots=True)
class Course:
    """A target in every period of the term that has one: (target, version it belongs to, what was counted
    or None for a period that has not begun)."""

    metric: Metric
    periods: Sequence[tuple[Target, Contract, Row | None]]

    def has(self, name: str) -> bool:
        """Whether any period has a `floor` or a `stretch`."""
        return any(getattr(target, name) is not None for target, _, _ in self.periods)


def course(loaded: LoadedContract, metric: Metric, rows: Sequence[Row]) -> Course:
    """The course of one metric; `rows` are those of the scorecard for everybody."""
    found: Mapping[Period, Row] = {row.period: row for row in rows if row.metric.name == metric.name}
    known = ((period, one, one.target(metric.name, period.name)) for period, one in loaded.periods)
    return Course(
        metric, [(target, one, found.get(period)) for period, one, target in known if target is not None]
    )


def course_points(course: Course, language: str) -> list[RunPoint]:
    """A point a period; those to come have a target only."""
    return [_point(target, row, language) for target, _, row in course.periods]


def course_table(course: Course, language: str) -> Table:
    """A row a period, the first one first, with what was asked, what came, and why it is judged so."""
    decimals = max(
        (
            decimals_beside(goal, course.metric.unit, *(row.verdict.figures if row else ()))
            for target, _, row in course.periods
            for goal in {target.value, row.verdict.target.value if row else target.value}
        ),
        default=0,
    )
    bounds = [name for name in BOUNDS if course.has(name)]

    def said(figure: float | Decimal | None) -> str:
        return amount(figure, course.metric.unit, language, decimals=decimals)

    rows = []
    for target, version, row in course.periods:
        first = Cell(target.period.name, _notes(target, version, course, language))
        value, verdict, why = _found(row, course.metric.unit, decimals, language)
        others = [Cell(said(getattr(target, name))) for name in bounds]
        rows.append([first, Cell(said(target.value)), value, verdict, why, *others])
    columns = [
        Column(translate("Period", language)),
        Column(translate("Target", language), right=True),
        Column(translate("Value", language), right=True),
        Column(translate("Verdict", language)),
        Column(translate("Why", language)),
        *(Column(translate(BOUNDS[name], language), right=True) for name in bounds),
    ]
    return Table(translate("Every period of the term", language), columns, rows)


def flags(target: Target, row: Row | None, language: str) -> list[str]:
    """What is special about the period, in words: grace, pooled, carried."""
    words = []
    if target.grace:
        words.append(translate("grace", language))
    if row is not None and row.carried:
        words.append(translate("carried", language))
    elif row is not None and row.pooled:
        words.append(translate("pooled", language))
    return words


def _point(target: Target, row: Row | None, language: str) -> RunPoint:
    estimate = row.verdict.estimate if row else None
    value = estimate.value if estimate else None
    note = said_count(row, language) if row else ""
    if row is not None and row.pooled:
        pooled = translate("together with {periods}", language, periods=listed(row.pooled).words(language))
        note = f"{note}, {pooled}"
    return RunPoint(
        label=target.period.name,
        value=value,
        low=estimate.low if estimate else None,
        high=estimate.high if estimate else None,
        target=float(target.value),
        standing=STANDINGS[row.verdict.word] if row and value is not None else None,
        running=row is not None and row.state == "running",
        note=note,
        floor=None if target.floor is None else float(target.floor),
        stretch=None if target.stretch is None else float(target.stretch),
        flag=translate(", ", language).join(flags(target, row, language)),
    )


def _found(row: Row | None, unit: str, decimals: int, language: str) -> tuple[Cell, Cell, Cell]:
    """Value, verdict, why."""
    if row is None:
        return Cell(NOTHING), Cell(NOTHING), Cell("", translate("The period has not begun.", language))
    verdict = row.verdict
    estimate, standing = verdict.estimate, STANDINGS[verdict.word]
    interval = span(estimate.low, estimate.high, unit, language, decimals)
    note = translate(", ", language).join(
        part
        for part in (
            "" if interval == NOTHING else interval,
            said_count(row, language),
            left_out_words(row, language),
        )
        if part
    )
    return (
        Cell(amount(estimate.value, unit, language, decimals=decimals), note),
        Cell(standing.said(language), standing=standing),
        Cell("", _why(row, language)),
    )


def _why(row: Row, language: str) -> str:
    """The reason, and after it what came since the period was sealed."""
    reason, late = row.verdict.reason_in(language), late_words(row, language)
    return translate("{reason}. {late}", language, reason=reason, late=late) if late else reason


def _notes(target: Target, version: Contract, course: Course, language: str) -> str:
    row = next((row for each, _, row in course.periods if each is target), None)
    words = flags(target, row, language)
    if row is not None and row.state == "running":
        words.insert(0, translate("still running", language))
    if row is not None and row.seal:
        words.append(translate("sealed", language))
    if len({one.version for _, one, _ in course.periods}) > 1:
        words.append(translate("Version {version}", language, version=version.version))
    return translate(", ", language).join(words)
