"""Questions of Qualtrics that are written into: texts, numbers, days, sliders, sums, signatures; notices."""

from survey.foreign.content import Content
from survey.foreign.uploads import file_question
from survey.qualtrics.asked import Asked, Chosen, Desk
from survey.qualtrics.document import decimal, is_on, mapping, whole, words

_LONG = frozenset({"ML", "ESTB"})
_UNCHECKED = "import-constraint"


def text(desk: Desk, asked: Asked) -> None:
    """The type TE: what its content type says it is."""
    selector = words(asked.node.get("Selector"))
    if selector == "FORM":
        rows(desk, asked, {"type": "short_text"})
        return
    code = desk.code(asked)
    content = asked.content(code, "long_text" if selector in _LONG else "short_text")
    if selector == "PW":
        desk.notes.tell("import-type-as-text", f"{asked.where} Selector", type="PW")
    kind = words(asked.settings.get("Type"))
    checked = words(asked.settings.get("ContentType")) if kind == "ContentType" else ""
    if checked == "ValidNumber":
        content |= {"type": "number", "number": desk.number(asked)}
    elif checked == "ValidDate":
        content["type"] = "date"
    elif checked == "ValidEmail":
        content["validation"] = {"expression": f"is_email({code})", "message": desk.invalid()}
    elif checked or kind == "CustomValidation":
        desk.notes.tell(_UNCHECKED, f"{asked.where} Validation", raw=checked or kind)
    _lengths(desk, asked, content)
    desk.add(asked, content)


def _lengths(desk: Desk, asked: Asked, content: Content) -> None:
    """How many characters a text may and must have."""
    if content["type"] not in ("short_text", "long_text"):
        return
    kind = words(asked.settings.get("Type"))
    most = whole(asked.settings.get("MaxChars") or asked.settings.get("TotalChars"))
    least = whole(asked.settings.get("MinChars"))
    if kind in ("MaxChar", "TotalChar", "CharRange", "MaxChars") and most and 1 <= most <= 100_000:
        content["max_length"] = most
    if kind in ("MinChar", "CharRange", "MinChars") and least and least > 0 and "validation" not in content:
        said = f"length({content['code']}) >= {least}"
        content["validation"] = {"expression": said, "message": desk.invalid()}


def notice(desk: Desk, asked: Asked) -> None:
    """The type DB."""
    desk.add(asked, asked.content(desk.code(asked), "section"))


def signature(desk: Desk, asked: Asked) -> None:
    """The type Draw: typed here."""
    desk.notes.tell("qualtrics-signature", asked.where)
    desk.add(asked, {**asked.content(desk.code(asked), "signature"), "pii": True})


def file(desk: Desk, asked: Asked) -> None:
    """The type FileUpload: which files and how large is not in the survey."""
    made = file_question()
    desk.notes.tell("import-file", asked.where, **made.told)
    desk.add(asked, {**asked.content(desk.code(asked), "file"), "file": made.content})


def slider(desk: Desk, asked: Asked) -> None:
    """The type Slider: stars are a rating, everything else is a number."""
    shape = asked.configuration
    if words(asked.node.get("Selector")) == "STAR":
        stars = whole(shape.get("StarCount")) or 5
        if 2 <= stars <= 10 and words(shape.get("StarType")) != "halfstep":
            default = desk.texts.default
            scale = {"min": 1, "max": stars, "low": {default: "1"}, "high": {default: str(stars)}}
            rows(desk, asked, {"type": "rating", "scale": scale, "look": "stars"})
            return
    desk.notes.tell("qualtrics-slider", asked.where)
    desk.left_out(asked, "Labels")
    places = whole(shape.get("NumDecimals"))
    limits: Content = {"decimals": places if places is not None and 0 <= places <= 6 else 0}
    for key, name in (("min", "CSSliderMin"), ("max", "CSSliderMax")):
        value = decimal(shape.get(name))
        if value is not None:
            limits[key] = value
    if is_on(shape.get("NotApplicable")):
        desk.notes.tell("import-setting", f"{asked.where} NotApplicable", raw="NotApplicable")
    rows(desk, asked, {"type": "number", "number": limits})


def total(desk: Desk, asked: Asked) -> None:
    """The type CS: numbers, whose sum is not checked."""
    rule = mapping(asked.settings).get("ChoiceTotal")
    if rule:
        desk.notes.tell(_UNCHECKED, f"{asked.where} Validation", raw=f"ChoiceTotal: {words(rule)}")
    rows(desk, asked, {"type": "number", "number": {"decimals": 6}})


def rows(desk: Desk, asked: Asked, kind: Content) -> None:
    """One question a choice under a heading; a single one without."""
    listed = desk.chosen(asked, "Choices")
    if not listed:
        desk.add(asked, {**asked.content(desk.code(asked), "short_text"), **kind})
        return
    under_heading(desk, asked, listed, kind, {})


def under_heading(
    desk: Desk, asked: Asked, cells: list[Chosen], kind: Content, names: dict[str, str]
) -> None:
    """A section with the text, and below it one question a cell."""
    code = desk.code(asked, [cell.code for cell in cells])
    desk.draft.add(asked.content(code, "section"), asked.where, 1, asked.shown)
    for cell in cells:
        content = {**asked.content(f"{code}_{cell.code}", "short_text", cell.text), **kind}
        desk.add(asked, content, f"{asked.qid}/{cell.key}", names)
    desk.notes.tell("qualtrics-parts", asked.where, type=words(asked.node.get("QuestionType")))
