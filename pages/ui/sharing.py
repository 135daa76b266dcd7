"""What the links page has for everybody: open link, QR code, kiosk, frames on websites, rating in a mail."""

from urllib.parse import urlencode

import streamlit as st

import warehouse
from pages.ui.layout import Link, links, notice, section
from pages.ui.markup import show
from pages.ui.texts import LANGUAGES, language, t
from survey import pick
from survey.sharing import MERGE_FIELD, frame_snippet, mailable_questions, rating_mail
from warehouse import WarehouseError
from warehouse.cli.link import server_address
from warehouse.embedding import allow_framing, frame_hosts
from warehouse.surveys import Survey


def share(chosen: Survey, address: str) -> None:
    """Everything about the survey's open link on the server at that address, as its users reach it."""
    section(
        t("One link for everybody"),
        t("For posters, receipts and websites. Whoever has it can answer, as often as they open it."),
    )
    try:
        link = f"{server_address(address)}/s/{chosen.slug}"
    except WarehouseError as error:
        notice([error.problem.words(language())], tone="bad")
        return
    st.code(link, language=None)
    query = urlencode({"address": server_address(address)})
    show("qr", src=f"/export/qr/{chosen.slug}.svg?{query}", label=t("QR code of the link"))
    links(
        Link(t("QR code for print (PNG)"), f"/export/qr/{chosen.slug}.png?{query}", download=True),
        Link(t("QR code (SVG)"), f"/export/qr/{chosen.slug}.svg?{query}", download=True),
    )
    section(
        t("Kiosk"),
        t("For a device that many people use: the form is empty again after each of them."),
    )
    st.code(f"{link}?kiosk=1", language=None)
    _websites(chosen, link)
    _mail(chosen, link)


def _websites(chosen: Survey, link: str) -> None:
    section(
        t("On another website"),
        t("Only websites on this list may show the form in a frame. Personal links are never framed."),
    )
    allowed = frame_hosts(warehouse.serving(), chosen.slug)
    st.text_area(
        t("Websites, one a line"),
        value="\n".join(allowed),
        key=f"links-websites-{chosen.slug}",
        placeholder="https://www.example.org",
        width=420,
        height=96,
    )
    st.button(t("Keep the list"), key="links-websites-keep", on_click=_keep, args=(chosen.slug,))
    if failure := st.session_state.pop("links-websites-failure", None):
        notice([failure], title=t("The list is as it was"), tone="bad")
    if st.session_state.pop("links-websites-kept", False):
        notice([t("The list is kept: {count} websites.", count=len(allowed))], tone="good")
    if allowed:
        st.code(
            frame_snippet(link, pick(chosen.title, language(), "en")[0]), language="html", wrap_lines=True
        )


def _keep(slug: str) -> None:
    given = str(st.session_state[f"links-websites-{slug}"])
    try:
        allow_framing(warehouse.serving(), slug, given.splitlines())
    except WarehouseError as error:
        st.session_state["links-websites-failure"] = error.problem.words(language())
    else:
        st.session_state["links-websites-kept"] = True
        del st.session_state[f"links-websites-{slug}"]  # it shows the list as it is kept


def _mail(chosen: Survey, link: str) -> None:
    asked = chosen.questionnaire
    offered = {question.code: question for question in mailable_questions(asked)}
    if not offered:
        return
    section(
        t("Rating in an e-mail"),
        t("A row of links to put into a mail. A click marks the rating; only sending the form stores it."),
    )
    labels = {
        code: pick(question.text, language(), asked.default_language)[0] for code, question in offered.items()
    }
    code = st.selectbox(
        t("Question"),
        list(offered),
        index=None,
        format_func=labels.__getitem__,
        key=f"links-mail-question-{chosen.slug}",
        placeholder=t("Choose a question"),
        width=420,
    )
    tongue = st.segmented_control(
        t("Language of the mail"),
        [each for each in LANGUAGES if each in asked.languages] or [asked.default_language],
        format_func=lambda each: {"zh": "中文", "en": "English"}.get(each, each),
        key="links-mail-language",
    )
    personal = st.toggle(
        t("For personal links: the mailing program puts them in for {field}", field=MERGE_FIELD),
        key="links-mail-personal",
    )
    if code is None or tongue is None:
        return
    mail = rating_mail(asked, offered[code], MERGE_FIELD if personal else link, tongue)
    st.code(mail.html, language="html", wrap_lines=True, height=240)
    st.code(mail.text, language=None, wrap_lines=True, height=240)
