"""A new survey: from the library, from a file or blank, under a name and a title of its own."""

import tempfile
from pathlib import Path

import streamlit as st

import warehouse
from pages.ui.editing.entries import find_entry
from pages.ui.editing.new_questions import new_questionnaire
from pages.ui.layout import notice, section
from pages.ui.texts import LANGUAGE_NAMES, language, t
from survey import Problem, SurveyError, library, pick
from survey.editing import EditRefused, set_value
from survey.files import read_file
from survey.library import library_source
from survey.strict_yaml import Key, YamlRefused
from survey.yaml_writing import write_questionnaire
from warehouse.drafts import save_draft

FILES = ("yaml", "yml", "xlsx", "xls", "lss", "qsf")


def new_survey() -> None:
    """The fields of a new survey. It begins as a draft; nobody is asked before it is published."""
    section(t("New survey"), t("It begins as a draft: nobody is asked anything before you publish it."))
    ways = {"library": t("From the library"), "file": t("From a file"), "blank": t("Blank")}
    way = st.segmented_control(
        t("Begin"), list(ways), format_func=ways.__getitem__, default="library", required=True, key="new-way"
    )
    found = {"library": _from_library, "file": _from_file, "blank": new_questionnaire}[way]()
    name = st.text_input(
        t("Name, used in the address of the form"),
        key="new-name",
        placeholder=t("small letters, digits and hyphens, such as after-sale-2026"),
        width=420,
    )
    titles = {
        code: st.text_input(
            f"{t('Title')} · {own}",
            key=f"new-title-{code}",
            placeholder=t("as in the questionnaire"),
            width=420,
        )
        for code, own in LANGUAGE_NAMES.items()
    }
    st.button(
        t("Begin the draft"),
        type="primary",
        key="new-begin",
        disabled=not (found and name.strip()),
        on_click=_begin,
        args=(found, name.strip(), titles),
    )
    if failure := st.session_state.get("new-failure"):
        notice(failure, title=t("No draft was begun"), tone="bad")
    if slug := st.session_state.pop("new-slug", ""):
        st.query_params["survey"] = slug
        st.rerun()


def _from_library() -> str:
    """The YAML text of the questionnaire chosen, "" for none."""
    offered = {each.slug: each for each in library()}
    labels = {
        slug: t(
            "{title} ({count} questions)",
            title=pick(each.title, language(), "zh")[0],
            count=sum(1 for question in each.questions if question.items),
        )
        for slug, each in offered.items()
    }
    slug = st.selectbox(
        t("Questionnaire"),
        list(offered),
        index=None,
        format_func=labels.__getitem__,
        key="new-library",
        placeholder=t("Choose a questionnaire"),
        on_change=_forget,
        width=420,
    )
    return library_source(slug) if slug else ""


def _from_file() -> str:
    """The YAML text of the file given, "" for none; what of it cannot be carried over is said."""
    given = st.file_uploader(
        t("Questionnaire file: YAML, XLSForm (.xlsx, .xls), LimeSurvey (.lss) or Qualtrics (.qsf)"),
        type=list(FILES),
        key="new-file",
        on_change=_forget,
    )
    if given is None:
        return ""
    source, problems, is_taken = read_upload(given.name, given.getvalue())
    lines = [problem.words(language()) for problem in problems]
    if not is_taken:
        notice(lines, title=t("This file cannot be taken"), tone="bad")
    elif source and lines and not _is_yaml(given.name):
        notice(lines, title=t("Not carried over as it was: {count}", count=len(lines)))
    elif lines:
        notice(lines, title=t("It can become a draft, and has to be mended before it is published"))
    return source if is_taken else ""


def read_upload(name: str, data: bytes) -> tuple[str, tuple[Problem, ...], bool]:
    """The YAML text of a file, what is to be said of it, and whether it can become a draft: a YAML text can,
    right or wrong."""
    with tempfile.TemporaryDirectory(prefix="pactboard-questionnaire-") as folder:
        path = Path(folder) / f"questionnaire{Path(name).suffix.lower()}"
        path.write_bytes(data)
        try:
            read, notes = read_file(path)
        except SurveyError as error:
            text = _text(data) if _is_yaml(name) else ""
            return text, error.problems, bool(text)
    return (_text(data) if _is_yaml(name) else write_questionnaire(read)), notes, True


def _is_yaml(name: str) -> bool:
    return Path(name).suffix.lower() in (".yaml", ".yml")


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""


def _begin(source: str, name: str, titles: dict[str, str]) -> None:
    _forget()
    if find_entry(name):
        st.session_state["new-failure"] = [
            t("There is a survey or a draft of that name. Choose another one.")
        ]
        return
    changes: list[tuple[Key, object]] = [(("slug",), name), (("version",), 1)]
    changes += [(("title", code), text.strip()) for code, text in titles.items() if text.strip()]
    for key, value in changes:
        try:
            source = set_value(source, key, value)
        except (EditRefused, YamlRefused):
            continue  # a text that cannot be read yet is kept as it is, to be mended on the page
    try:
        save_draft(warehouse.serving(), name, source, "operator")
    except warehouse.WarehouseError as error:
        st.session_state["new-failure"] = [error.problem.words(language())]
    else:
        st.session_state["new-slug"] = name


def _forget() -> None:
    for key in ("new-failure", "new-slug"):
        st.session_state.pop(key, None)
