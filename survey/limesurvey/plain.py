"""Questions of LimeSurvey that become one question here."""

import re
from collections.abc import Sequence

from survey.foreign.content import Content
from survey.foreign.scales import numbered_scale
from survey.foreign.uploads import file_question
from survey.limesurvey.asked import Asked, Desk, Listed, codes
from survey.texts import translate

OWN_WORDS = {
    "C": (("Y", "Yes"), ("U", "Uncertain"), ("N", "No")),
    "E": (("I", "Increase"), ("S", "Same"), ("D", "Decrease")),
    "G": (("F", "Female"), ("M", "Male")),
}
"""The answers that these types bring along: code and English words."""


def own_answers(desk: Desk, kind: str) -> list[Listed]:
    """The answers that a type brings along, in the words of this product."""
    spoken = desk.texts.codes.items()
    return [
        (code, {named: translate(said, language) for named, language in spoken})
        for code, said in OWN_WORDS[kind]
    ]


def section(desk: Desk, asked: Asked) -> None:
    """Text display."""
    desk.add(asked, asked.content(desk.code(asked), "section"))


def yes_no(desk: Desk, asked: Asked) -> None:
    """Yes or no."""
    desk.add(asked, asked.content(desk.code(asked), "yes_no"), {"Y": "yes", "N": "no"})


def five_points(desk: Desk, asked: Asked) -> None:
    """A choice of five points."""
    scale = numbered_scale(1, 5, desk.texts.default)
    desk.add(asked, {**asked.content(desk.code(asked), "rating"), "scale": scale})


def date(desk: Desk, asked: Asked) -> None:
    """A day; with a time of day, or without the day, a text."""
    shape = asked.attributes.get("date_format")
    if re.search("[Hh:]", shape) or (shape and not {"d", "y"} <= set(shape.lower())):
        desk.notes.tell("import-type-as-text", f"{asked.where} date_format", type=shape)
        desk.add(asked, asked.content(desk.code(asked), "short_text"))
        return
    first, last = asked.attributes.day("date_min", False), asked.attributes.day("date_max", True)
    limits = {key: value for key, value in (("min", first), ("max", last)) if value}
    content = {**asked.content(desk.code(asked), "date"), **({"date": limits} if limits else {})}
    desk.rule(asked, content)
    desk.add(asked, content)


def number(desk: Desk, asked: Asked) -> None:
    """A number."""
    limits = asked.attributes.number()
    asked.attributes.unit(limits, desk.texts)
    content = {**asked.content(desk.code(asked), "number"), "number": limits}
    desk.rule(asked, content)
    desk.add(asked, content)


def text(desk: Desk, asked: Asked) -> None:
    """A text, short or long."""
    content = {**asked.content(desk.code(asked), "short_text"), **desk.free(asked)}
    desk.rule(asked, content)
    desk.add(asked, content)


def gender(desk: Desk, asked: Asked) -> None:
    """The type of its own for gender."""
    choose(desk, asked, "single_choice", own_answers(desk, "G"))


def single(desk: Desk, asked: Asked) -> None:
    """One answer from a list."""
    choose(desk, asked, "single_choice", desk.answers(asked))


def commented(desk: Desk, asked: Asked) -> None:
    """One answer from a list, and a comment beside it."""
    code = choose(desk, asked, "single_choice", desk.answers(asked), ("comment",))
    if code:
        words = {language: translate("Comment", language) for language in desk.texts.languages}
        content = asked.content(f"{code}_comment", "long_text", words)
        content.pop("required", None)
        desk.draft.add(content, asked.where, asked.source.line, asked.shown)
        desk.draft.name(f"{asked.source.qid}_comment", f"{code}_comment")


def multiple(desk: Desk, asked: Asked) -> None:
    """Several answers; a single box to tick is an agreement."""
    if asked.source.type == "P":
        desk.notes.tell("limesurvey-comments", asked.where)
    listed = desk.subquestions(asked)
    if len(listed) != 1 or asked.other:
        choose(desk, asked, "multiple_choice", listed)
        return
    ((raw, words),) = listed
    content: Content = {"code": desk.code(asked), "type": "consent", "text": dict(asked.text)}
    content["help"] = dict(desk.label(asked, raw, words))
    if asked.required:
        content["required"] = True
    desk.notes.tell("import-consent", asked.where)
    desk.add(asked, content, {raw: "yes"})


def ranking(desk: Desk, asked: Asked) -> None:
    """Answers in an order."""
    choose(desk, asked, "ranking", desk.answers(asked) or desk.subquestions(asked))


def file(desk: Desk, asked: Asked) -> None:
    """Uploaded files: one of them."""
    said = asked.attributes.get("allowed_filetypes")
    kilobytes = asked.attributes.whole("max_filesize", most=999_999)
    for name in ("max_num_of_files", "min_num_of_files"):
        if (count := asked.attributes.whole(name)) and count > 1:
            desk.notes.tell("import-setting", f"{asked.where} {name}", raw=f"{name}: {count}")
    made = file_question(re.split(r"[\s,;.]+", said.lower()), kilobytes)
    desk.notes.tell("import-file", asked.where, **made.told)
    desk.add(asked, {**asked.content(desk.code(asked), "file"), "file": made.content})


def choose(desk: Desk, asked: Asked, kind: str, listed: Sequence[Listed], parts: Sequence[str] = ()) -> str:
    """Add a choice; its code, "" when there is nothing to choose from."""
    found = desk.chosen(asked, listed, "answers")
    desk.tell_conditions(asked)
    if len(found) < 2:
        desk.notes.tell("import-choices-few", asked.where)
        return ""
    other = asked.other and kind != "ranking"
    code = desk.code(asked, (*parts, *(("other",) if other else ())))
    content = asked.content(code, kind)
    alone = asked.attributes.names("exclude_all_others") if kind == "multiple_choice" else frozenset()
    content["choices"] = [
        choice.content() | ({"exclusive": True} if choice.raw in alone else {}) for choice in found
    ]
    content |= {"other": True} if other else {}
    content |= asked.attributes.shuffled("answer_order", "subquestion_order")
    if kind != "single_choice":
        content |= asked.attributes.counts()
    if kind == "ranking" and (ranks := asked.attributes.whole("max_subquestions")):
        content["max_choices"] = ranks
    desk.rule(asked, content)
    desk.add(asked, content, {**codes(found), **({"-oth-": "other"} if other else {})})
    return code
