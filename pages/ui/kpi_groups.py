"""The targets of a period: those that money hangs on as rows, many others folded by section."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from contract import Contract
from contract.verdict import Word
from pages.ui.headline import CLOSED, RUNNING
from pages.ui.kpi import Kpi, kpi, show_kpi
from pages.ui.markup import show
from pages.ui.standing import STANDINGS, Standing
from pages.ui.texts import translate
from warehouse.metrics import Section
from warehouse.scorecard import Row

FLAT = 5  # as many as are read without being folded
SECTIONS: Mapping[Section, str] = {
    "growth": "Members and growth",
    "satisfaction": "Satisfaction and surveys",
    "files": "Customer files",
    "service": "Service and cases",
    "care": "Customer care",
    "improvement": "Service plan and improvement",
    "staff": "Staff and training",
    "money": "Money",
    "safety": "Data security",
    "mediation": "Mediation",
    "other": "Other figures",
}
_WORST_FIRST: tuple[Word, ...] = (
    *("missed", "at_risk", "not_proven", "too_few", "no_cases", "undecided", "on_course", "met"),
)
_COUNTED: Mapping[Word, str] = {**CLOSED, **RUNNING, "met": "{count} met"}


@dataclass(frozen=True, slots=True)
class Group:
    """The targets of one section: `word` is the worst of theirs, `said` how many came to which."""

    title: str
    standing: Standing
    word: str
    said: str
    kpis: Sequence[Kpi]


def show_targets(rows: Sequence[Row], contract: Contract, language: str) -> None:
    """Put the rows of one period on the page, one a target."""
    if len(rows) <= FLAT:
        for row in rows:
            show_kpi(row, contract, language)
        return
    for row in rows:
        if contract.liable(row.metric.name):
            show_kpi(row, contract, language)
    others = [row for row in rows if not contract.liable(row.metric.name)]
    if others:
        show("kpi_groups", groups=groups(others, contract, language))


def groups(rows: Sequence[Row], contract: Contract, language: str) -> list[Group]:
    """By section, in their order; the SQL is left to the page that says how a figure is computed."""
    found = []
    for name, title in SECTIONS.items():
        mine = [row for row in rows if row.metric.section == name]
        if not mine:
            continue
        words = Counter(row.verdict.word for row in mine)
        parts = [
            translate(_COUNTED[word], language, count=words[word]) for word in _WORST_FIRST if words[word]
        ]
        worst = STANDINGS[next(word for word in _WORST_FIRST if words[word])]
        found.append(
            Group(
                translate(title, language),
                worst,
                worst.said(language),
                translate(", ", language).join(parts),
                [replace(kpi(row, contract, language), sql="") for row in mine],
            )
        )
    return found
