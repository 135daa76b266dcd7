"""Gathers the report on a period from the functions that the pages use: nothing is counted here."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode

import warehouse
from contract import Contract, Party, Period
from contract.model.parties import Mediator
from pages.ui.contract_terms import metric_titles
from pages.ui.headline import headline
from pages.ui.kpi import Kpi, interval_words, kpi, reason_words
from pages.ui.kpi_groups import FLAT, SECTIONS
from pages.ui.ledger import Purse, cap_table, line_table, report_words, state_words
from pages.ui.numbers import amount, day, instant
from pages.ui.tables import Cell, Column, Table
from pages.ui.texts import translate
from pages.web.reporting.course import Course, course
from pages.web.reporting.duties import changed_table, duty_table, measure_table
from pages.web.reporting.open_points import open_points
from survey import pick
from warehouse.access import Role
from warehouse.as_of import as_of
from warehouse.contracts import current_contract
from warehouse.evidence.sealed import Seal
from warehouse.fieldwork.dispositions import waves
from warehouse.fieldwork.rates import rates
from warehouse.proceedings import Proceedings, proceedings
from warehouse.scorecard import Row, scorecard
from warehouse.settling import Ledger, settlements
from warehouse.surveys import surveys


@dataclass(frozen=True, slots=True)
class Line:
    """One target of the period, in the reader's language; no `interval` where all was counted."""

    kpi: Kpi
    interval: str
    why: str
    course: Course | None


@dataclass(frozen=True, slots=True)
class Report:
    """All that the document says. `figures_sha256` is the same as long as no figure, verdict or amount
    changes; `closed` says whether the period is over, `others` are the periods with a report and
    its address."""

    period: Period
    address: str
    contract_title: str
    facts: Sequence[tuple[str, str]]
    summary: str
    parts: Sequence[tuple[str, Sequence[Line]]]
    fieldwork: Table | None
    duties: Table | None
    measures: Table | None
    changed: Table | None
    settlement: Table | None
    totals: Sequence[tuple[str, str]]
    caps: Table | None
    open_points: Sequence[str]
    done: Proceedings
    closed: bool
    sealed: bool
    zone: str
    is_example: bool
    figures_sha256: str
    others: Sequence[tuple[str, str]]


def gather(
    house: warehouse.Warehouse, name: str, role: Role, language: str, asked: str | None = None
) -> Report | None:
    """The report on the period of that name, of the contract `asked` for, else of the one in force; None
    without a contract, and for a period that has not begun or has no target. Raises the errors of
    `scorecard.scorecard`."""
    card = scorecard(house, contract=asked)
    if card is None:
        return None
    every = [row for row in card.rows if not row.segment]
    rows = [row for row in every if row.period.name == name]
    loaded = current_contract(house, contract=asked)
    if not rows or loaded is None:
        return None
    period, closed = rows[0].period, rows[0].state == "closed"
    contract = next(each for each in loaded.versions if each.version == rows[0].version)
    found = settlements(house, contract=asked)
    ledger = next((each for each in found.ledgers if each.period == period), None) if found else None
    at = as_of(house)
    done = proceedings(house, loaded, at.until).get(name, Proceedings())
    titles = metric_titles(contract, language)
    seal = rows[0].seal
    today = at.until - timedelta(days=1)
    return Report(
        period=period,
        address=address(name, asked),
        contract_title=pick(contract.title, language, "zh")[0],
        facts=[
            *_parties(contract, language),
            *_state(contract, period, card.as_of, ledger, seal, language),
        ],
        summary=headline(rows if closed else [], [] if closed else rows, language),
        parts=[
            (title, [_line(row, every, contract, language) for row in mine])
            for title, mine in _parts(rows, contract, language)
        ],
        fieldwork=_fieldwork(house, contract, period, language),
        duties=duty_table(house, role, contract.id, name, {row.metric.name for row in rows}, language),
        measures=measure_table(house, role, contract.id, period, today, language),
        changed=changed_table(house, role, period, language),
        settlement=line_table(ledger.settlement, ledger.contract, titles, rows, language) if ledger else None,
        totals=_totals(ledger, language) if ledger else (),
        caps=cap_table(ledger, language) if ledger else None,
        open_points=tuple(open_points(contract, period, rows, ledger, seal, done, titles, language)),
        done=done,
        closed=closed,
        sealed=seal is not None,
        zone=contract.term.timezone,
        is_example=card.is_example,
        figures_sha256=figures_sha256(contract, rows, ledger),
        others=[(each, address(each, asked)) for each in dict.fromkeys(_names(every))],
    )


def address(period: str, contract: str | None) -> str:
    """Where the report stands; the contract is named where it was asked for by name."""
    query = f"?{urlencode({'contract': contract})}" if contract else ""
    return f"/report/{quote(period)}{query}"


def _names(rows: Sequence[Row]) -> list[str]:
    return [row.period.name for row in sorted(rows, key=lambda row: row.period.start)]


def figures_sha256(contract: Contract, rows: Sequence[Row], ledger: Ledger | None) -> str:
    """The fingerprint of what the report says in figures: version, values, verdicts, and the sum payable."""
    said = [
        [
            row.metric.name,
            None if row.verdict.estimate.value is None else round(row.verdict.estimate.value, 6),
            row.verdict.estimate.n,
            str(row.verdict.target.value),
            row.verdict.word,
        ]
        for row in rows
    ]
    payable = str(ledger.settlement.total) if ledger else None
    text = json.dumps([contract.sha256, rows[0].period.name, said, payable])
    return hashlib.sha256(text.encode()).hexdigest()


def _parts(rows: Sequence[Row], contract: Contract, language: str) -> Iterator[tuple[str, Sequence[Row]]]:
    """The targets as the overview groups them: those with consequences first, then by section."""
    if len(rows) <= FLAT:
        yield "", rows
        return
    liable = [row for row in rows if contract.liable(row.metric.name)]
    if liable:
        yield translate("Targets with consequences", language), liable
    for section, title in SECTIONS.items():
        mine = [row for row in rows if row not in liable and row.metric.section == section]
        if mine:
            yield translate(title, language), mine


def _line(row: Row, every: Sequence[Row], contract: Contract, language: str) -> Line:
    until_now = [
        each
        for each in every
        if each.metric.name == row.metric.name and each.period.start <= row.period.start
    ]
    until_now.sort(key=lambda each: each.period.start)
    return Line(
        kpi(row, contract, language),
        "" if row.verdict.estimate.kind == "census" else interval_words(row, language),
        reason_words(row, language),
        course(until_now),
    )


def _parties(contract: Contract, language: str) -> Iterator[tuple[str, str]]:
    parties: Mapping[str, Party | Mediator | None] = {
        translate("Party A, the client", language): contract.parties.a,
        translate("Party B, the provider", language): contract.parties.b,
        translate("Mediator", language): contract.parties.mediator,
    }
    for title, party in parties.items():
        if party is not None:
            yield title, pick(party.name, language, "zh")[0]
    yield (
        translate("Contract", language),
        translate("{id}, version {version}", language, id=contract.id, version=contract.version),
    )


def _state(
    contract: Contract,
    period: Period,
    at: datetime,
    ledger: Ledger | None,
    seal: Seal | None,
    language: str,
) -> Iterator[tuple[str, str]]:
    first, last = period.start, period.end - timedelta(days=1)
    span = translate("{start} to {end}", language, start=day(first, language), end=day(last, language))
    yield translate("Period", language), f"{period.name} ({span})"
    yield translate("Figures as of", language), instant(at, contract.term.timezone, language)
    if ledger is not None:
        yield translate("State", language), state_words(ledger, language)
        if ledger.report_due is not None:
            yield translate("Report of party B", language), report_words(ledger, language)
    if seal is not None:
        yield translate("Hash of the seal (SHA-256)", language), seal.sha256


def _fieldwork(house: warehouse.Warehouse, contract: Contract, period: Period, language: str) -> Table | None:
    """The waves of the contract's surveys that touched the period; None without any."""
    asked = {use.survey for use in contract.metrics if use.survey}
    rows = []
    for survey in surveys(house):
        for wave in waves(house, survey.slug) if survey.slug in asked else ():
            if wave.first_day is None or wave.last_day is None:
                continue
            if wave.first_day >= period.end or wave.last_day < period.start:
                continue
            rate = next((each.percent for each in rates(wave) if each.name == "RR1"), None)
            span = translate(
                "{start} to {end}",
                language,
                start=day(wave.first_day, language),
                end=day(wave.last_day, language),
            )
            rows.append(
                [
                    Cell(pick(survey.title, language, "en")[0], f"{wave.name} · {span}"),
                    *(
                        Cell(amount(count, "count", language))
                        for count in (wave.tally.cases, wave.tally.opened, wave.tally.completed)
                    ),
                    Cell(amount(rate, "percent", language)),
                ]
            )
    if not rows:
        return None
    columns = [Column(translate("Survey", language))]
    names = ("Invited", "Opened", "Completed", "Response rate (AAPOR RR1)")
    columns += [Column(translate(name, language), right=True) for name in names]
    return Table(translate("Fieldwork", language), columns, rows)


def _totals(ledger: Ledger, language: str) -> list[tuple[str, str]]:
    purse, settled = Purse(ledger.contract, language), ledger.settlement
    return [
        (translate("Payable for the period", language), purse.said(settled.payable)),
        (translate("Deducted", language), purse.said(settled.deducted)),
        (translate("With added services", language), purse.said(settled.total)),
    ]
