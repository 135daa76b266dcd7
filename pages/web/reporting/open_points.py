"""What of a report can still change, and until when, as sentences."""

from collections.abc import Iterator, Mapping, Sequence

from contract import Contract, Period
from pages.ui.numbers import day
from pages.ui.seals import late_words
from pages.ui.texts import translate
from warehouse.evidence.sealed import Seal
from warehouse.proceedings import Proceedings
from warehouse.scorecard import Row
from warehouse.settling import Ledger

_SIDES = {"A": "Party A", "B": "Party B"}


def open_points(
    contract: Contract,
    period: Period,
    rows: Sequence[Row],
    ledger: Ledger | None,
    seal: Seal | None,
    done: Proceedings,
    titles: Mapping[str, str],
    language: str,
) -> Iterator[str]:
    """One sentence a point, none where all is sealed and nothing came since."""

    def t(message: str, /, **values: object) -> str:
        return translate(message, language, **values)

    if any(row.state == "running" for row in rows):
        yield t(
            "The period runs until before {end}: what is said is a status, not a verdict.",
            end=day(period.end, language),
        )
    elif seal is None:
        if ledger is not None and ledger.is_provisional:
            yield t(
                "Figures and settlement are provisional until {day}: answers, approvals and reports that "
                "come before still count.",
                day=day(ledger.settled_on, language),
            )
        else:
            yield t("The period is not sealed yet: what comes late would still change it.")
    if ledger is not None and ledger.report_due is not None and done.report_day is None:
        yield t("The report is due by {day}; it was not handed in yet.", day=day(ledger.report_due, language))
    needs = contract.spec.relief.needs if contract.spec.relief else ()
    for one in done.approved:
        missing = [t(_SIDES[side]) for side in needs if side not in one.approved_by]
        if missing:
            yield t(
                "Relief for “{metric}” waits for {sides}.",
                metric=titles.get(one.metric, one.metric),
                sides=t(", ").join(missing),
            )
    for row in rows:
        title = titles.get(row.metric.name, row.metric.name)
        if row.carried:
            yield t("“{metric}” decides nothing yet: it is judged with the next period.", metric=title)
        if late := late_words(row, language):
            yield t("{metric}: {words}", metric=title, words=late)
