"""The operator's part of the fieldwork: the mail service's report of invitations that came back."""

from collections.abc import Sequence

import streamlit as st

from pages.ui.layout import notice, section
from pages.ui.numbers import amount
from pages.ui.texts import language, t
from warehouse import Warehouse, WarehouseError
from warehouse.fieldwork.bounces import mark_bounced, read_bounces
from warehouse.importing import ImportRefusedError


def bounce_report(house: Warehouse, slug: str, waves: Sequence[str]) -> None:
    """Take a report for one of the waves, mark its members, and say what became of it."""
    section(
        t("Invitations that came back"),
        t("Of the report only the member and the reason are kept; e-mail addresses are not."),
    )
    wave = st.selectbox(
        t("Wave"),
        waves,
        index=None,
        key="bounced-wave",
        placeholder=t("Choose a wave"),
        width=420,
    )
    given = st.file_uploader(
        t("Report (CSV with the column member_id and, if wanted, reason)"),
        type=["csv", "txt", "tsv"],
        key="bounced-report",
    )
    ready = bool(wave and given)
    if st.button(t("Mark as bounced"), disabled=not ready, key="bounced-mark") and wave and given:
        try:
            done = mark_bounced(house, slug, wave, read_bounces(given.getvalue(), given.name))
        except ImportRefusedError as refused:
            lines = [problem.words(language()) for problem in refused.problems]
            notice(lines, title=t("Nothing was marked"), tone="bad")
        except WarehouseError as error:
            notice([error.problem.words(language())], title=t("Nothing was marked"), tone="bad")
        else:
            counts = (len(done.marked), len(done.known), len(done.strangers))
            marked, known, strangers = (amount(count, "count", language()) for count in counts)
            words = t(
                "{marked} marked as bounced, {known} marked before, {strangers} not invited to this wave.",
                marked=marked,
                known=known,
                strangers=strangers,
            )
            notice([words, t("Load the page again to see it in the figures.")], tone="good")
