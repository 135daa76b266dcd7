"""The worked examples of a contract as a table: what was given, and what both parties agreed comes out."""

from collections.abc import Mapping
from decimal import Decimal

from contract import Contract
from contract.model.consequences import Deduction
from contract.model.examples import Example, Expected, Given, Total
from pages.ui.numbers import NOTHING, amount, money
from pages.ui.standing import STANDINGS
from pages.ui.tables import Cell, Column, Table
from pages.ui.texts import translate
from survey import pick

_TOTALS = {
    "deducted": "deducted {amount}",
    "earned_back": "earned back {amount}",
    "bonus": "bonus {amount}",
}


def example_table(contract: Contract, titles: Mapping[str, str], language: str) -> Table | None:
    """A row for each metric that an example expects something of, and one for its totals; None without
    examples. `titles` is metric -> what people call it."""
    if not contract.spec.examples:
        return None
    rows = []
    for example in contract.spec.examples:
        rows += _rows(contract, example, titles, language)
    names = ("Example", "Metric", "Given", "Verdict", "Severity")
    columns = [Column(translate(name, language)) for name in names]
    columns += [Column(translate(name, language), right=True) for name in ("Points", "Amount")]
    return Table(translate("Worked examples", language), columns, rows)


def _rows(contract: Contract, example: Example, titles: Mapping[str, str], language: str) -> list[list[Cell]]:
    given = {one.metric: one for one in example.given}
    rows = []
    for place, expected in enumerate(example.expect):
        name = Cell("↳")
        if place == 0:
            name = Cell(pick(example.name, language, "zh")[0], example.period)
        rows.append(
            [
                name,
                Cell(titles[expected.metric]),
                Cell(
                    _given(given[expected.metric], language), _before(contract, example, expected, language)
                ),
                _verdict(expected, language),
                Cell(_severity(contract, expected, language)),
                Cell(NOTHING if expected.points is None else f"{expected.points.normalize():f}"),
                Cell(_money(contract, expected.amount, language)),
            ]
        )
    if example.total:
        total = Cell(
            _money(contract, example.total.payable, language), _total(contract, example.total, language)
        )
        rows.append([Cell(f"↳ {translate('Total', language)}"), *([Cell("")] * 5), total])
    return rows


def _severity(contract: Contract, expected: Expected, language: str) -> str:
    scheme = contract.spec.consequences
    if expected.severity is None or not isinstance(scheme, Deduction):
        return NOTHING
    known = {one.name: one.words for one in scheme.severities(expected.metric)}
    return known[expected.severity].words(language)


def _verdict(expected: Expected, language: str) -> Cell:
    standing = STANDINGS[expected.verdict]
    return Cell(standing.said(language), standing=standing)


def _given(given: Given, language: str) -> str:
    def count(number: int | None) -> str:
        return amount(number, "count", language)

    if given.successes is not None:
        return translate("{k} of {n}", language, k=count(given.successes), n=count(given.n))
    if given.promoters is not None:
        return translate(
            "{detractors} detractors, {passives} passives, {promoters} promoters",
            language,
            detractors=count(given.detractors),
            passives=count(given.passives),
            promoters=count(given.promoters),
        )
    if given.answers:
        points = (f"{point} × {count(number)}" for point, number in sorted(given.answers.items()))
        return translate(", ", language).join(points)
    return NOTHING if given.value is None else f"{given.value.normalize():f}"


def _before(contract: Contract, example: Example, expected: Expected, language: str) -> str:
    earlier = [one for one in example.before if one.metric == expected.metric]
    return translate(", ", language).join(
        translate(
            "{period}: {verdict}, {amount} deducted",
            language,
            period=one.period,
            verdict=STANDINGS[one.verdict].said(language),
            amount=_money(contract, one.deducted or Decimal(0), language),
        )
        for one in earlier
    )


def _total(contract: Contract, total: Total, language: str) -> str:
    parts = [translate("payable", language)] if total.payable is not None else []
    parts += [
        translate(_TOTALS[name], language, amount=_money(contract, value, language))
        for name in _TOTALS
        if (value := getattr(total, name)) is not None
    ]
    return translate(", ", language).join(parts)


def _money(contract: Contract, value: Decimal | None, language: str) -> str:
    fees = contract.spec.fees
    return NOTHING if fees is None else money(value, fees.currency, fees.scale, language)
