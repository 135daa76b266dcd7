"""Questions of LimeSurvey with rows: a matrix where the answers are points, else one question a row."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from survey.foreign.content import Content
from survey.foreign.scales import numbered_scale
from survey.limesurvey.asked import Asked, Chosen, Desk, Listed, codes
from survey.limesurvey.plain import own_answers
from survey.limesurvey.scales import scale_for


def points(desk: Desk, asked: Asked) -> None:
    """An array of five or of ten points."""
    top = 5 if asked.source.type == "A" else 10
    scores = {str(score): score for score in range(1, top + 1)}
    _matrix(desk, asked, numbered_scale(1, top, desk.texts.default), scores, "")


def words(desk: Desk, asked: Asked) -> None:
    """An array whose answers LimeSurvey brings along."""
    _rowwise(desk, asked, own_answers(desk, asked.source.type), "")


def array(desk: Desk, asked: Asked) -> None:
    """An array whose answers the author wrote."""
    if asked.source.type == "H":
        desk.notes.tell("limesurvey-by-column", asked.where)
    _array(desk, asked, desk.answers(asked), "")


def dual(desk: Desk, asked: Asked) -> None:
    """An array with two scales."""
    desk.notes.tell("limesurvey-dual", asked.where)
    for scale in (0, 1):
        header = asked.attributes.by_language(f"dualscale_header{'AB'[scale]}", desk.texts)
        headed = desk.texts.of(header, asked.where, desk.draft.known)
        part = replace(asked, help=headed or asked.help)
        _array(desk, part, desk.answers(asked, scale), f"_{scale}")


def fields(desk: Desk, asked: Asked) -> None:
    """Several texts or numbers."""
    if asked.source.type == "Q":
        kind = desk.free(asked)
    else:
        slides = asked.attributes.is_on("slider_layout")
        least, most = ("slider_min", "slider_max") if slides else ("min_num_value_n", "max_num_value_n")
        limits = asked.attributes.number(least, most)
        asked.attributes.unit(limits, desk.texts)
        kind = {"type": "number", "number": limits}
    _under_heading(desk, asked, kind)


def table(desk: Desk, asked: Asked) -> None:
    """A table of fields: one question a cell, or of boxes to tick one question a row."""
    columns = desk.subquestions(asked, 1)
    if asked.source.type == ":" and asked.attributes.is_on("multiflexible_checkbox"):
        _rowwise(desk, asked, columns, "", "multiple_choice")
        return
    desk.notes.tell("limesurvey-cells", asked.where)
    if asked.source.type == ";":
        _under_heading(desk, asked, desk.free(asked), columns)
        return
    limits: Content = {"decimals": 6, "min": asked.attributes.decimal("multiflexible_min") or "1"}
    limits["max"] = asked.attributes.decimal("multiflexible_max") or "10"
    _under_heading(desk, asked, {"type": "number", "number": limits}, columns)


def _array(desk: Desk, asked: Asked, listed: Sequence[Listed], ending: str) -> None:
    """`ending` parts the two scales of one question."""
    labels = [desk.label(asked, raw, text) for raw, text in listed]
    found = scale_for([raw for raw, _ in listed], labels, desk.texts.default)
    if found is None:
        _rowwise(desk, asked, listed, ending)
        return
    scale, scores = found
    if any(raw != str(score) for raw, score in scores.items()):
        said = ", ".join(f"{raw} = {score}" for raw, score in scores.items())
        desk.notes.tell("import-points", asked.where, raw=said)
    _matrix(desk, asked, scale, scores, ending)


def _matrix(desk: Desk, asked: Asked, scale: Content, scores: Mapping[str, int], ending: str) -> None:
    rows = desk.chosen(asked, desk.subquestions(asked), "subquestions")
    desk.tell_conditions(asked)
    if not rows:
        desk.notes.tell("import-rows-none", asked.where)
        return
    code = desk.code(asked, [row.code for row in rows], ending)
    content = {**asked.content(code, "matrix"), "rows": [row.content() for row in rows], "scale": scale}
    content |= asked.attributes.shuffled("subquestion_order")
    if desk.draft.add(content, asked.where, asked.source.line, asked.shown) is None:
        return
    said = {raw: str(score) for raw, score in scores.items()}
    for row in rows:
        desk.draft.name(f"{asked.source.qid}_{row.raw}{ending}", f"{code}_{row.code}", said)


def _rowwise(
    desk: Desk, asked: Asked, listed: Sequence[Listed], ending: str, kind: str = "single_choice"
) -> None:
    """One choice a row."""
    found = desk.chosen(asked, listed, "answers")
    if len(found) < 2:
        desk.notes.tell("import-choices-few", asked.where)
        return
    desk.notes.tell("import-rowwise", asked.where)
    asked.attributes.shuffled("subquestion_order", "answer_order")
    content: Content = {"type": kind, "choices": [choice.content() for choice in found]}
    _under_heading(desk, asked, content, (), ending, codes(found))


def _under_heading(
    desk: Desk,
    asked: Asked,
    kind: Content,
    columns: Sequence[Listed] = (),
    ending: str = "",
    choices: Mapping[str, str] | None = None,
) -> None:
    """A section with the text, and below it one question a row, or a row and column."""
    rows = desk.chosen(asked, desk.subquestions(asked), "subquestions")
    across = desk.chosen(asked, columns, "subquestions")
    cells = [_crossed(row, column) for row in rows for column in across] if columns else rows
    if not cells:
        desk.notes.tell("import-rows-none", asked.where)
        return
    code = desk.code(asked, [cell.code for cell in cells], ending)
    line = asked.source.line
    desk.draft.add(asked.content(code, "section"), asked.where, line, asked.shown)
    conditions = desk.conditions(asked)
    for cell in cells:
        content = {**asked.content(f"{code}_{cell.code}", "short_text", cell.text), **kind}
        where, shown = f"{asked.where} {cell.raw}", asked.shown
        for said in (conditions[part] for part in cell.raw.split("_") if part in conditions):
            shown = desk.draft.shown(desk.tree(said), said, where, shown)
        if desk.draft.add(content, where, line, shown) is not None:
            name = f"{asked.source.qid}_{cell.raw}{ending}"
            desk.draft.name(name, f"{code}_{cell.code}", choices)


def _crossed(row: Chosen, column: Chosen) -> Chosen:
    """The cell of a row and a column."""
    text = {
        language: f"{row.text.get(language, row.raw)} – {column.text.get(language, column.raw)}"
        for language in {**row.text, **column.text}
    }
    return Chosen(f"{row.raw}_{column.raw}", f"{row.code}_{column.code}", text)
