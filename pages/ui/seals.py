"""What a page says of a sealed period: since when it is sealed, with which hash, and what came afterwards."""

from contract.wording import decimals_beside
from pages.ui.numbers import amount, instant
from pages.ui.standing import STANDINGS
from pages.ui.texts import translate
from warehouse.evidence.sealed import Seal
from warehouse.scorecard import Row


def sealed_words(seal: Seal, language: str) -> str:
    """When the period was sealed: "sealed at 1 Feb 2026, 09:30 (Asia/Shanghai)"."""
    said = instant(seal.sealed.sealed_at, seal.sealed.zone, language)
    return translate("sealed at {instant}", language, instant=said)


def late_words(row: Row, language: str) -> str:
    """What came for the target after its period was sealed and what it would make; "" where nothing did."""
    late = row.late
    if late is None:
        return ""
    unit, target = row.metric.unit, row.verdict.target.value
    figures = (row.verdict.estimate.value, late.estimate.value)
    said = {
        "figure": amount(
            late.estimate.value, unit, language, decimals=decimals_beside(target, unit, *figures)
        ),
        "word": STANDINGS[late.word].said(language),
    }
    if late.more is None:
        return translate(
            "What was recorded after the sealing changes nothing; with it: {figure}, {word}.",
            language,
            **said,
        )
    if late.more < 0:
        return translate(
            "Answers erased after the sealing: {count}. It changes nothing; without them: {figure}, {word}.",
            language,
            count=-late.more,
            **said,
        )
    return translate(
        "Answers that came after the sealing: {count}. They change nothing; with them: {figure}, {word}.",
        language,
        count=late.more,
        **said,
    )
