"""What a program may send for each question, as a JSON Schema made from the questionnaire."""

from collections.abc import Mapping

from survey import Question, Questionnaire, pick


def answers_schema(questionnaire: Questionnaire, language: str) -> dict[str, object]:
    """The JSON Schema (2020-12) of `answers`: item code -> value, titles in that language.

    What only the server can tell (conditions, rules, the present day) is not in it, nor are files, which
    programs cannot send.
    """
    always = [item for question in questionnaire.questions if not question.show_if for item in question.items]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "additionalProperties": False,
        "required": [item.code for item in always if item.required],
        "properties": {
            item.code: {"title": pick(item.text, language, questionnaire.default_language)[0], **_value(item)}
            for item in questionnaire.items
            if item.stored != "file"
        },
    }


def _value(item: Question) -> Mapping[str, object]:
    """The schema of one item's value: null, which says that there is no answer, only where that may be."""
    kinds: list[Mapping[str, object]] = [_answer(item)]
    if item.missing_codes:
        kinds.append({"enum": list(item.missing_codes)})
    if not item.required:
        kinds.append({"type": "null"})
    return kinds[0] if len(kinds) == 1 else {"anyOf": kinds}


def _answer(item: Question) -> Mapping[str, object]:
    if item.scale:
        return {"type": "integer", "minimum": item.scale.min, "maximum": item.scale.max}
    if item.stored == "choice":
        offered = ["yes"] if item.type == "consent" and item.required else list(item.offered)
        return {"enum": offered}
    if item.stored == "choices":
        return {
            "type": "array",
            "items": {"enum": list(item.offered)},
            "uniqueItems": True,
            "minItems": item.min_choices or 1,
            "maxItems": item.most_choices,
        }
    if item.stored == "number":
        ends = {"minimum": item.number.least, "maximum": item.number.most} if item.number else {}
        return {"type": "number"} | {key: float(end) for key, end in ends.items() if end is not None}
    if item.stored == "date":
        return {"type": "string", "format": "date"}
    return {"type": "string", "maxLength": item.max_length}
