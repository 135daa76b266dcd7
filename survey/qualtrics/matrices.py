"""Matrices of Qualtrics: points become a matrix, everything else one question a row."""

from dataclasses import replace

from survey.foreign.content import Content
from survey.foreign.scales import scale_of_points
from survey.qualtrics.asked import Asked, Chosen, Desk
from survey.qualtrics.document import is_on, items, mapping, whole, words
from survey.qualtrics.entries import under_heading

_POINTS = frozenset({"SingleAnswer", "DL", "", "DND"})


def matrix(desk: Desk, asked: Asked) -> None:
    """The type Matrix."""
    selector, shape = words(asked.node.get("Selector")), words(asked.node.get("SubSelector"))
    rows = desk.chosen(asked, "Choices")
    for row in rows:
        if is_on(row.node.get("TextEntry")):
            desk.notes.tell("qualtrics-row-text", asked.where, raw=next(iter(row.text.values()), row.key))
    if not rows:
        desk.notes.tell("import-rows-none", asked.where)
    elif selector in ("Likert", "Bipolar") and shape in _POINTS:
        _points(desk, asked, rows)
    elif selector == "Likert":
        _rowwise(desk, asked, rows, "multiple_choice")
    elif selector == "TE":
        columns = desk.chosen(asked, "Answers")
        kind = "long_text" if shape in ("Long", "Essay") else "short_text"
        cells = [_crossed(row, column) for row in rows for column in columns] or rows
        under_heading(desk, asked, cells, {"type": kind}, {})
    else:
        kind = f"Matrix {selector} {shape}".strip()
        desk.notes.tell("import-type-left-out", f"{asked.where} Selector", type=kind)


def side_by_side(desk: Desk, asked: Asked) -> None:
    """The type SBS: each of its columns is a matrix of its own."""
    columns = [mapping(part) for _, part in items(asked.node.get("AdditionalQuestions"))]
    if not columns:
        desk.notes.tell("import-rows-none", asked.where)
    for number, column in enumerate(columns, start=1):
        where = f"{asked.where} #{number}"
        node = {"DataExportTag": f"{asked.tag}_{number}", **column, "Choices": asked.node.get("Choices")}
        node["Choices"] = node["Choices"] or column.get("Choices")
        node["Language"] = asked.node.get("Language")
        text = desk.texts.of({desk.texts.main: words(column.get("QuestionText"))}, where, desk.draft.known)
        whole_text = {
            language: f"{said} – {(text or {}).get(language, '')}".removesuffix(" – ")
            for language, said in asked.text.items()
        }
        qid = words(column.get("QuestionID")) or f"{asked.qid}#{number}"
        part = replace(asked, qid=qid, node=node, where=where, text=whole_text)
        if words(column.get("QuestionType")) == "Matrix":
            matrix(desk, part)
        else:
            kind = words(column.get("QuestionType"))
            desk.notes.tell("import-type-left-out", where, type=kind)


def _points(desk: Desk, asked: Asked, rows: list[Chosen]) -> None:
    answers = desk.chosen(asked, "Answers")
    recoded = {key: whole(value) for key, value in items(asked.node.get("RecodeValues"))}
    scores: dict[str, int] = {}
    for answer in answers:
        score = recoded.get(answer.key, whole(answer.key))
        if score is not None and score not in scores.values():
            scores[answer.key] = score
    points = {scores[answer.key]: answer.text for answer in answers if answer.key in scores}
    scale = scale_of_points(points, desk.texts.default) if len(scores) == len(answers) else None
    if scale is None:
        _rowwise(desk, asked, rows, "single_choice")
        return
    said = ", ".join(f"{next(iter(text.values()))} = {score}" for score, text in points.items())
    desk.notes.tell("import-points", asked.where, raw=said)
    code = desk.code(asked, [row.code for row in rows])
    content = {**asked.content(code, "matrix"), "scale": scale, "rows": [row.content() for row in rows]}
    if words(mapping(asked.node.get("Randomization")).get("Type")) == "All":
        content["randomise"] = True
    if desk.draft.add(content, asked.where, 1, asked.shown) is not None:
        names = {key: str(score) for key, score in scores.items()}
        for row in rows:
            desk.draft.name(f"{asked.qid}/{row.key}", f"{code}_{row.code}", names)


def _rowwise(desk: Desk, asked: Asked, rows: list[Chosen], kind: str) -> None:
    answers = desk.chosen(asked, "Answers")
    if len(answers) < 2:
        desk.notes.tell("import-choices-few", asked.where)
        return
    desk.notes.tell("import-rowwise", asked.where)
    content: Content = {"type": kind, "choices": [answer.content() for answer in answers]}
    under_heading(desk, asked, rows, content, {answer.key: answer.code for answer in answers})


def _crossed(row: Chosen, column: Chosen) -> Chosen:
    text = {
        language: f"{row.text.get(language, row.key)} – {column.text.get(language, column.key)}"
        for language in {**row.text, **column.text}
    }
    return Chosen(f"{row.key}/{column.key}", f"{row.code}_{column.code}", text, {})
