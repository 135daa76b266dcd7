"""Questions of Qualtrics that are a choice: of one, of several, in an order, from 0 to 10."""

from collections.abc import Sequence

from survey.foreign.content import Content
from survey.foreign.draft import Shown
from survey.qualtrics.asked import Asked, Chosen, Desk
from survey.qualtrics.document import is_on, items, mapping, whole, words

_SINGLE = frozenset({"SAVR", "SAHR", "SACOL", "DL", "SB"})
_SEVERAL = frozenset({"MAVR", "MAHR", "MACOL", "MSB"})


def multiple_choice(desk: Desk, asked: Asked) -> None:
    """The type MC."""
    selector = words(asked.node.get("Selector"))
    if selector == "NPS":
        _recommendation(desk, asked)
    elif selector in _SINGLE:
        choose(desk, asked, "single_choice")
    elif selector in _SEVERAL:
        choose(desk, asked, "multiple_choice")
    else:
        desk.notes.tell("import-type-left-out", f"{asked.where} Selector", type=f"MC {selector}")


def ranking(desk: Desk, asked: Asked) -> None:
    """The type RO."""
    choose(desk, asked, "ranking")


def choose(desk: Desk, asked: Asked, kind: str) -> None:
    """Add a choice, and for texts beside single choices a question of their own."""
    listed = desk.chosen(asked, "Choices")
    other = next((choice for choice in listed if choice.is_other and kind != "ranking"), None)
    listed = [choice for choice in listed if choice is not other]
    if len(listed) < 2:
        desk.notes.tell("import-choices-few", asked.where)
        return
    beside = [choice for choice in listed if choice.has_text and kind != "ranking"]
    parts = [f"{choice.code}_text" for choice in beside] + (["other"] if other else [])
    code = desk.code(asked, parts)
    content = asked.content(code, kind)
    shuffled = _shuffled(desk, asked, listed)
    marks = [_marks(asked, choice, kind, shuffled) for choice in listed]
    content["choices"] = [choice.content(**mark) for choice, mark in zip(listed, marks, strict=True)]
    if shuffled is not None:
        content["randomise"] = True
    if other:
        content["other"] = True
        desk.notes.tell("qualtrics-other", asked.where, raw=next(iter(other.text.values())))
    if kind != "single_choice":
        content |= _counts(asked)
    names = {choice.key: choice.code for choice in listed} | ({other.key: "other"} if other else {})
    if not desk.add(asked, content, choices=names):
        return
    if other:
        desk.draft.name(f"{asked.qid}/{other.key}", f"{code}_other")
    for choice in beside:
        _beside(desk, asked, code, choice)


def _beside(desk: Desk, asked: Asked, code: str, choice: Chosen) -> None:
    """The text beside a choice that is not "other": asked of those who made it."""
    content: Content = {"code": f"{code}_{choice.code}_text", "type": "short_text", "text": dict(choice.text)}
    shown = Shown((*asked.shown.parts, f"selected({code}, '{choice.code}')"), asked.shown.unsaid)
    desk.notes.tell("qualtrics-text-beside", asked.where, raw=next(iter(choice.text.values())))
    if desk.draft.add(content, asked.where, 1, shown) is not None:
        desk.draft.name(f"{asked.qid}/{choice.key}", str(content["code"]))


def _marks(asked: Asked, choice: Chosen, kind: str, shuffled: frozenset[str] | None) -> dict[str, bool]:
    marks: dict[str, bool] = {}
    if kind == "multiple_choice" and is_on(choice.node.get("ExclusiveAnswer")):
        marks["exclusive"] = True
    if shuffled is not None and choice.key not in shuffled:
        marks["stay_last"] = True
    return marks


def _shuffled(desk: Desk, asked: Asked, listed: Sequence[Chosen]) -> frozenset[str] | None:
    """The keys of the choices in random order; None when the order is fixed. What is fixed elsewhere than at
    the end, or drawn from, is noted."""
    settings = mapping(asked.node.get("Randomization"))
    kind = words(settings.get("Type"))
    every = frozenset(choice.key for choice in listed)
    if kind in ("", "None"):
        return None
    advanced = mapping(settings.get("Advanced"))
    drawn = frozenset(words(key) for _, key in items(advanced.get("RandomizeAll"))) & every
    if kind == "All" or not advanced:
        if kind != "All":
            desk.notes.tell("import-setting", f"{asked.where} Randomization", raw=f"Randomization: {kind}")
        return every if kind == "All" else None
    ending = frozenset(choice.key for choice in listed[len(listed) - len(every - drawn) :])
    if drawn and ending == every - drawn and not list(items(advanced.get("Undisplayed"))):
        return drawn
    desk.notes.tell("import-setting", f"{asked.where} Randomization", raw=f"Randomization: {kind}")
    return every


def _counts(asked: Asked) -> Content:
    limits: Content = {}
    for key, name in (("min_choices", "MinChoices"), ("max_choices", "MaxChoices")):
        count = whole(asked.settings.get(name))
        if count is not None and 1 <= count <= 1000:
            limits[key] = count
    return limits


def _recommendation(desk: Desk, asked: Asked) -> None:
    """NPS, when it runs from 0 to 10 as NPS does."""
    listed = desk.chosen(asked, "Choices")
    scores = {choice.key: whole(next(iter(choice.text.values()))) for choice in listed}
    if sorted(score for score in scores.values() if score is not None) != list(range(11)):
        desk.notes.tell("import-setting", f"{asked.where} Choices", raw="NPS")
        choose(desk, asked, "single_choice")
        return
    default = desk.texts.default
    ends = []
    for place, words_of_end in (("0", "0"), ("1", "10")):
        where = f"{asked.where} ColumnLabels {place}"
        text = desk.texts.of(desk.words(asked.node, ("ColumnLabels", place, "Display")), where, {})
        ends.append(text or {default: words_of_end})
    scale: Content = {"min": 0, "max": 10, "low": ends[0], "high": ends[1]}
    content = {**asked.content(desk.code(asked), "nps"), "scale": scale, "measures": "nps"}
    desk.add(asked, content, choices={key: str(score) for key, score in scores.items()})
