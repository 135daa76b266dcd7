"""A questionnaire from an .lss of LimeSurvey, with a note on everything that could not be carried over."""

import re
from pathlib import PurePath

from survey.foreign.content import INTRO, THANKS, Content, Imported, slug_of
from survey.foreign.draft import Draft, Shown
from survey.foreign.notes import Notes, note
from survey.foreign.texts import Texts, codes_of
from survey.languages import is_missing
from survey.limesurvey.asked import Desk
from survey.limesurvey.names import Names
from survey.limesurvey.piping import REFERENCE, pipe_for
from survey.limesurvey.questions import Questions
from survey.limesurvey.structure import Group, Survey, survey_of
from survey.limesurvey.tables import Tables, read_tables
from survey.problems import SurveyError
from survey.texts import translate

_SPECIAL = {"de-informal": "de", "nl-informal": "nl", "it-informal": "it", "es-MX": "es"}
_TABLES_LEFT_OUT = ("quota", "assessments", "survey_url_parameters", "plugin_settings", "quota_members")
_LIFE = ("expires", "startdate", "anonymized", "usetokens", "usecaptcha", "autoredirect", "assessments")
"""Settings of how a survey is run, which here belong to its operation and not to its questions."""

_USUAL = frozenset({"", "N", "I", "E", "0"})


def read_lss(data: bytes, name: str) -> Imported:
    """The questionnaire of an .lss; `name` is the file's. Raises SurveyError with every reason why it cannot
    be taken."""
    tables = read_tables(data, name)
    if tables.kind != "Survey" or not (tables.of("questions") or tables.of("surveys")):
        raise SurveyError((note("limesurvey-not-a-survey", name, raw=tables.kind),))
    survey = survey_of(tables)
    notes = Notes(name)
    languages = codes_of(survey.languages, _SPECIAL, f"{name}:{survey.settings.line} language", notes)
    languages = languages or {survey.languages[0]: "en"}
    names = Names(survey)
    texts = Texts(languages, next(iter(languages.values())), notes, REFERENCE, pipe_for(names))
    draft = Draft(texts.languages, notes)
    desk = Desk(texts, draft, notes, names)
    head = _head(survey, desk, name)
    _tell_settings(survey, tables, notes, name)
    reader = Questions(survey, desk, name)
    shape = survey.settings.cell("format")
    for place, group in enumerate(survey.groups, start=1):
        if shape != "A":
            draft.break_page()
        _group(group, place, survey, desk, reader, one_a_page=shape == "S")
    notes.tell("import-measures", name)
    return draft.finished(head, name)


def _head(survey: Survey, desk: Desk, name: str) -> Content:
    """Everything of the definition but its questions."""
    texts, stem = desk.texts, PurePath(name).stem

    def written(*cells: str) -> dict[str, str] | None:
        found: dict[str, str] = {}
        for language, row in survey.texts.items():
            said = [row.cell(cell) for cell in cells if not is_missing(row.cell(cell))]
            found[language] = "\n\n".join(said) if len(said) < 2 else "<br><br>".join(said)
        return texts.of(found, f"{name}:{_line(survey)} {cells[-1]}", {})

    title = written("surveyls_title")
    intro = written("surveyls_description", "surveyls_welcometext")
    thanks = written("surveyls_endtext")
    if not (intro and thanks):
        desk.notes.tell("import-texts-made", name)
    sid = survey.settings.cell("sid")
    slug = slug_of((title or {}).get("en", "") or (title or {}).get(texts.default, ""))
    return {
        "slug": slug if slug != "form" else slug_of(f"survey-{sid}" if sid else stem),
        "version": 1,
        "languages": list(texts.languages),
        "default_language": texts.default,
        "title": title or texts.made(stem or "form", f"{name}:{_line(survey)} surveyls_title"),
        "intro": intro or {code: translate(INTRO, code) for code in texts.languages},
        "thanks": thanks or {code: translate(THANKS, code) for code in texts.languages},
    }


def _line(survey: Survey) -> int:
    return next((row.line for row in survey.texts.values()), 1)


def _tell_settings(survey: Survey, tables: Tables, notes: Notes, name: str) -> None:
    """Say what of the survey as a whole is not carried over."""
    row = survey.settings
    where = f"{name}:{row.line} surveys"
    for setting in _LIFE:
        if row.cell(setting) not in _USUAL:
            notes.tell("import-survey-setting", where, raw=f"{setting}: {row.cell(setting)}")
    for text in survey.texts.values():
        for setting in ("surveyls_policy_notice", "surveyls_url"):
            if text.cell(setting):
                told = f"{setting}: {text.cell(setting)}"
                notes.tell("import-survey-setting", f"{name}:{text.line} {setting}", raw=told)
    for table in _TABLES_LEFT_OUT:
        if tables.of(table):
            first = tables.of(table)[0].line
            notes.tell("import-survey-setting", f"{name}:{first} {table}", raw=table)


def _group(group: Group, place: int, survey: Survey, desk: Desk, reader: Questions, one_a_page: bool) -> None:
    name = next(filter(None, group.text.values()), str(place))
    where = reader.where(group.line, re.sub("<[^>]*>", "", name)[:60])
    shown = reader.shown(group.condition, f"{where} grelevance", Shown())
    if shown is None:
        desk.notes.tell("import-hidden", where)
        return
    if group.cells.cell("randomization_group"):
        raw = f"randomization_group: {group.cells.cell('randomization_group')}"
        desk.notes.tell("import-setting", where, raw=raw)
    info = survey.settings.cell("showgroupinfo")
    title = desk.texts.of(group.text, where, desk.draft.known) if info not in ("X", "D") else None
    helped = desk.texts.of(group.help, where, desk.draft.known) if info not in ("X", "N") else None
    if (title or helped) and group.questions:
        content: Content = {"code": desk.draft.code(f"group_{place}", place, where, ours=True)}
        content |= {"type": "section", "text": title or helped}
        if title and helped:
            content["help"] = helped
        desk.draft.add(content, where, group.line, shown)
    for number, question in enumerate(group.questions):
        if one_a_page and number:
            desk.draft.break_page()
        reader.ask(question, shown)
