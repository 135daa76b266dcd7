"""Links: one for each member of a file or of the register, who has answered and whom to remind; and one for
everybody."""

from urllib.parse import urlsplit

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

import warehouse
from pages.ui.access import require
from pages.ui.anonymity import anonymity
from pages.ui.handover import handover
from pages.ui.invitation_table import wave_table
from pages.ui.layout import Link, framed, heading, links, notice, section
from pages.ui.numbers import amount
from pages.ui.selection_form import ask_selection, selection_table
from pages.ui.sharing import share
from pages.ui.tables import show_table
from pages.ui.texts import language, t
from pages.web.links import MOST_CODES
from survey import pick
from warehouse.cli.link import server_address
from warehouse.importing import ImportRefusedError
from warehouse.invitations import LONGEST_WAVE, invite, revoke, waves
from warehouse.invited_words import column_words, linked
from warehouse.invitees import read_invitees
from warehouse.receiving import takes_answers
from warehouse.selection import Selected, register_values, selections
from warehouse.surveys import Survey, surveys

require("operator")


def page() -> None:
    """Choose a survey, a wave, a last day and the members; then how its waves stand."""
    with framed():
        heading(
            t("Personal links"),
            lead=t(
                "A link for each member of a file or of the register. Each gives one response, however often "
                "it is opened."
            ),
        )
        chosen = _choose_survey()
        if chosen is None:
            return
        _ask(chosen)
        if failure := st.session_state.get("links-failure"):
            notice(failure, title=t("Nobody was invited"), tone="bad")
        if made := st.session_state.get("links-made"):
            _made(*made)
        _standing(chosen)
        anonymity(chosen)
        share(chosen, st.session_state.get("links-address") or _own_address())


def _choose_survey() -> Survey | None:
    house = warehouse.serving()
    offered = {each.slug: each for each in surveys(house) if takes_answers(house, each.slug)}
    labels = {slug: pick(each.title, language(), "en")[0] for slug, each in offered.items()}
    slug = st.selectbox(
        t("Survey"),
        list(offered),
        index=None,
        format_func=labels.__getitem__,
        key="links-survey",
        placeholder=t("Choose a survey"),
        on_change=_forget,
        width=420,
    )
    return offered[slug] if slug else None


def _ask(chosen: Survey) -> None:
    wave = st.text_input(
        t("Wave"),
        key="links-wave",
        max_chars=LONGEST_WAVE,
        placeholder=t("of this round, such as 2026Q3"),
        width=420,
    )
    last_day = st.date_input(
        t("Last day on which the links work"),
        value=None,
        key="links-last-day",
        format="YYYY-MM-DD",
        width=420,
    )
    source = _source()
    address = st.text_input(
        t("Address of the server, as members reach it"), value=_own_address(), key="links-address", width=420
    )
    ready = bool(wave and source and address)
    if (
        st.button(t("Make the links"), type="primary", disabled=not (ready and last_day), key="links-make")
        and source
        and last_day
    ):
        _forget()
        try:
            # What can be refused comes first: links that are made must be handed over.
            server = server_address(address)
            members = (
                source if isinstance(source, Selected) else read_invitees(source.getvalue(), source.name)
            )
            made = invite(warehouse.serving(), chosen.slug, members, wave, last_day)
        except ImportRefusedError as refused:
            st.session_state["links-failure"] = [problem.words(language()) for problem in refused.problems]
        except warehouse.WarehouseError as error:
            st.session_state["links-failure"] = [error.problem.words(language())]
        else:
            head, rows = linked(made, server)
            key = handover.hold(tuple(map(tuple, [head, *rows]))) if rows else ""
            told = list(column_words(made, language()))
            st.session_state["links-made"] = (key, len(rows), len(made.invited_before), told)


def _source() -> Selected | UploadedFile | None:
    """The members of the register that fit, or the file, None while there are none. Without a register there
    is only the file."""
    offered = register_values(warehouse.serving())
    sources = {"file": t("Members of a file"), "register": t("Members of the register")}
    chosen = "file"
    if any(offered.values()):
        chosen = st.segmented_control(
            t("Members"),
            list(sources),
            default="file",
            required=True,
            format_func=sources.__getitem__,
            key="links-source",
        )
    if chosen == "register":
        selected = ask_selection(offered)
        return selected if selected.members else None
    return st.file_uploader(
        t("Members (CSV with the column member_id and, if wanted, tier, language, name and others)"),
        type=["csv", "txt", "tsv"],
        key="links-members",
    )


def _own_address() -> str:
    """The address by which the operator has reached the server; "" when the browser has not said."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _made(key: str, count: int, before: int, told: list[str]) -> None:
    lines = [t("{count} links were made.", count=amount(count, "count", language()))]
    if before:
        lines.append(
            t(
                "{count} members have a link that is open or have answered: no new one was made.",
                count=amount(before, "count", language()),
            )
        )
    lines += told
    if key:
        lines.append(
            t("Download them within a quarter of an hour: they are kept nowhere and cannot be shown again.")
        )
    notice(lines, title=t("The links are made") if key else t("Nobody new to invite"), tone="good")
    if key:
        shown = [Link(t("Download the links as CSV"), f"/export/links/{key}.csv", download=True)]
        if count <= MOST_CODES:
            shown.append(Link(t("With QR codes for print (ZIP)"), f"/export/links/{key}.zip", download=True))
        links(*shown)


def _standing(chosen: Survey) -> None:
    section(t("Invited so far"))
    found = waves(warehouse.serving(), chosen.slug)
    if not found:
        notice([t("Nobody has been invited to this survey yet.")])
        return
    show_table(wave_table(found, language()))
    if past := selections(warehouse.serving(), chosen.slug):
        show_table(selection_table(past, language()))
    if waiting := [wave.name for wave in found if wave.waiting]:
        links(Link(t("Whom to remind, as CSV"), f"/export/reminders/{chosen.slug}.csv", download=True))
        _offer_to_revoke(chosen, waiting)
    if closed := st.session_state.get("links-revoked"):
        notice([t("{count} links were revoked.", count=amount(closed, "count", language()))], tone="good")
    if failure := st.session_state.get("links-not-revoked"):
        notice([failure], title=t("Nothing was revoked"), tone="bad")


def _offer_to_revoke(chosen: Survey, waiting: list[str]) -> None:
    section(t("Revoke links"), t("Answers that are stored stay. A member can be invited again."))
    wave = st.selectbox(
        t("Wave"),
        waiting,
        index=None,
        key="links-revoke-wave",
        placeholder=t("Choose a wave"),
        width=420,
    )
    member = st.text_input(
        t("Member"), key="links-revoke-member", placeholder=t("every member who has not answered"), width=420
    )
    st.button(
        t("Revoke"), disabled=not wave, key="links-revoke", on_click=_revoke, args=(chosen.slug, wave, member)
    )


def _revoke(slug: str, wave: str, member: str) -> None:
    _forget()
    try:
        closed = revoke(warehouse.serving(), slug, wave, [member.strip()] if member.strip() else None)
    except warehouse.WarehouseError as error:
        st.session_state["links-not-revoked"] = error.problem.words(language())
    else:
        st.session_state["links-revoked"] = len(closed)


def _forget() -> None:
    for name in ("links-failure", "links-made", "links-revoked", "links-not-revoked"):
        st.session_state.pop(name, None)


page()
