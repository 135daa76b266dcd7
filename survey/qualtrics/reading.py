"""A questionnaire from a .qsf of Qualtrics, with a note on everything that could not be carried over."""

import re
from collections.abc import Callable, Mapping
from pathlib import PurePath

from survey.foreign.conditions import Known
from survey.foreign.content import INTRO, THANKS, Content, Imported, slug_of
from survey.foreign.draft import Draft, Shown
from survey.foreign.notes import Notes
from survey.foreign.texts import Texts, codes_of
from survey.qualtrics import choices, entries, matrices
from survey.qualtrics.asked import Asked, Desk
from survey.qualtrics.document import Node, Survey, items, mapping, read_survey, words
from survey.qualtrics.flow import Flow, mapping_of_questions, shown_by
from survey.texts import translate

_SPECIAL = {"PB": "pt"}
_REFERENCE = re.compile(r"\$\{[^{}\n]{1,300}\}")
_ANSWER = re.compile(
    r"\$\{q://(QID[0-9]+(?:#[0-9]+)?)/"
    r"(?:ChoiceGroup/SelectedChoices|ChoiceTextEntryValue|ChoiceNumericEntryValue)(?:/(\w+))?\}"
)
_MEMBER = {
    "${m://FirstName}": "member.name",
    "${m://LastName}": "member.name",
    "${m://Language}": "member.language",
}
_READERS: Mapping[str, Callable[[Desk, Asked], None]] = {
    "MC": choices.multiple_choice,
    "RO": choices.ranking,
    "Matrix": matrices.matrix,
    "SBS": matrices.side_by_side,
    "TE": entries.text,
    "DB": entries.notice,
    "Slider": entries.slider,
    "CS": entries.total,
    "Draw": entries.signature,
    "FileUpload": entries.file,
}
_NOT_CARRIED = ("QuestionJS", "DefaultChoices", "DynamicChoices", "InPageDisplayLogic", "SearchSource")


def read_qsf(data: bytes, name: str) -> Imported:
    """The questionnaire of a .qsf; `name` is the file's. Raises SurveyError with every reason why it cannot
    be taken."""
    survey = read_survey(data, name)
    notes = Notes(name)
    languages = codes_of(_languages(survey), _SPECIAL, f"{name} SurveyLanguage", notes) or {"EN": "en"}
    texts = Texts(languages, next(iter(languages.values())), notes, _REFERENCE, _pipe)
    draft = Draft(texts.languages, notes)
    desk = Desk(texts, draft, notes)
    head = _head(survey, desk, name)
    place = 0
    for step in Flow(survey, draft, notes, name).steps():
        block = survey.blocks[step.block]
        _tell_block(block, f"{name} {step.block}", notes)
        draft.break_page()
        listed = mapping_of_questions(block)
        for _, element in items(block.get("BlockElements")):
            part = mapping(element)
            if words(part.get("Type")) == "Page Break":
                draft.break_page()
            qid = words(part.get("QuestionID"))
            if qid in listed and qid in survey.questions:
                place += 1
                _question(desk, qid, survey.questions[qid], part, name, place, step.shown)
    if not survey.blocks:
        for place, (qid, question) in enumerate(survey.questions.items(), start=1):
            _question(desk, qid, question, {}, name, place, Shown())
    notes.tell("import-measures", name)
    return draft.finished(head, name)


def _languages(survey: Survey) -> tuple[str, ...]:
    """The language of the survey, then those it is translated into."""
    found = [words(survey.entry.get("SurveyLanguage")) or "EN"]
    found += [key for key, _ in items(survey.options.get("AvailableLanguages"))]
    for question in survey.questions.values():
        found += [key for key, value in items(question.get("Language")) if mapping(value)]
    return tuple(dict.fromkeys(key for key in found if not key.isdigit()))


def _pipe(written: str, known: Mapping[str, Known]) -> str | None:
    if written in _MEMBER:
        return _MEMBER[written]
    found = _ANSWER.fullmatch(written.replace("%23", "#"))
    if found is None:
        return None
    name = known.get(f"{found[1]}/{found[2]}" if found[2] else found[1]) or known.get(found[1])
    return name.code if name else None


def _head(survey: Survey, desk: Desk, name: str) -> Content:
    """Everything of the definition but its questions. Welcome and thanks are not in the file."""
    texts, stem = desk.texts, PurePath(name).stem
    title = texts.of({texts.main: words(survey.entry.get("SurveyName"))}, f"{name} SurveyName", {})
    desk.notes.tell("import-texts-made", name)
    for setting in ("Header", "Footer", "EOSMessage", "SurveyExpiration", "Password"):
        said = words(survey.options.get(setting))
        if said and said != "None":
            desk.notes.tell("import-survey-setting", f"{name} {setting}", raw=f"{setting}: {said}")
    slug = slug_of(words(survey.entry.get("SurveyName")))
    return {
        "slug": slug if slug != "form" else slug_of(stem),
        "version": 1,
        "languages": list(texts.languages),
        "default_language": texts.default,
        "title": title or texts.made(stem or "form", f"{name} SurveyName"),
        "intro": {code: translate(INTRO, code) for code in texts.languages},
        "thanks": {code: translate(THANKS, code) for code in texts.languages},
    }


def _tell_block(block: Node, where: str, notes: Notes) -> None:
    """Say what a block does with its questions that cannot be done here."""
    options = mapping(block.get("Options"))
    for setting in ("Looping", "RandomizeQuestions"):
        said = words(options.get(setting))
        if said and said.lower() not in ("none", "false"):
            notes.tell("qualtrics-flow", f"{where} {setting}", raw=f"{setting}: {said}")


def _question(desk: Desk, qid: str, node: Node, element: Node, name: str, place: int, outer: Shown) -> None:
    """Ask one question of theirs, as one or several of ours; what cannot be asked is noted."""
    tag, kind = words(node.get("DataExportTag")), words(node.get("QuestionType"))
    where = f"{name} {qid}" if tag in ("", qid) else f"{name} {qid} ({tag})"
    reader = _READERS.get(kind)
    if reader is None:
        desk.notes.tell("import-type-left-out", f"{where} QuestionType", type=kind or "?")
        return
    logic = node.get("DisplayLogic")
    shown = shown_by(logic, f"{where} DisplayLogic", outer, desk.draft) if logic else outer
    text = desk.texts.of(desk.words(node, ("QuestionText",)), where, desk.draft.known)
    if text is None:
        text = desk.texts.made(words(node.get("QuestionDescription")) or tag or qid, where)
    asked = Asked(qid, node, where, place, shown, text)
    reader(desk, asked)
    if words(asked.settings.get("ForceResponse")) in ("ON", "RequestResponse") and not asked.required:
        desk.notes.tell("qualtrics-request", where)
    if element.get("SkipLogic"):
        said = [words(mapping(rule).get("Description")) for _, rule in items(element.get("SkipLogic"))]
        plain = re.sub("<[^>]*>", "", "; ".join(said))
        desk.notes.tell("qualtrics-skip", f"{where} SkipLogic", raw=plain or "SkipLogic")
    desk.left_out(asked, *_NOT_CARRIED)
