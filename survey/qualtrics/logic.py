"""Display logic and branches of Qualtrics as trees of conditions, exactly or not at all."""

import re
from collections.abc import Mapping
from html import unescape

from survey.foreign.conditions import Known
from survey.foreign.tree import Apply, Number, Ref, Text, Tree, Untranslatable
from survey.qualtrics.document import Node, is_on, items, mapping, words

_LOCATOR = re.compile(r"q://(QID[0-9]+(?:#[0-9]+)?)/(\w+)(?:/(\w+))?")
_SIGNS = {
    "EqualTo": "=",
    "NotEqualTo": "!=",
    "GreaterThan": ">",
    "GreaterThanOrEqual": ">=",
    "LessThan": "<",
    "LessThanOrEqual": "<=",
}


def logic_tree(logic: object, known: Mapping[str, Known]) -> Tree:
    """The tree of a BooleanExpression. Raises Untranslatable; also where `and` and `or` stand side by side,
    since which of them binds is not written down."""
    sets = [
        (mapping(value), words(mapping(value).get("Type"))) for key, value in items(logic) if key.isdigit()
    ]
    if not sets:
        raise Untranslatable
    parts = [_set_tree(each, known) for each, _ in sets]
    return _joined(parts, [kind.removesuffix("If").lower() for _, kind in sets[1:]])


def logic_words(logic: object) -> str:
    """What the logic says in the words of Qualtrics, for a note."""
    said = [
        " ".join(unescape(re.sub("<[^>]*>", " ", words(mapping(expression).get("Description")))).split())
        for key, value in items(logic)
        if key.isdigit()
        for place, expression in items(value)
        if place.isdigit()
    ]
    return " ".join(filter(None, said)) or "?"


def _set_tree(listed: Node, known: Mapping[str, Known]) -> Tree:
    expressions = [mapping(value) for key, value in items(listed) if key.isdigit()]
    if not expressions:
        raise Untranslatable
    # The spelling of the key is theirs.
    joining = [
        words(each.get("Conjuction") or each.get("Conjunction")).lower() or "or" for each in expressions[1:]
    ]
    return _joined([_expression(each, known) for each in expressions], joining)


def _joined(parts: list[Tree], joining: list[str]) -> Tree:
    if len(parts) == 1:
        return parts[0]
    if set(joining) not in ({"and"}, {"or"}):
        raise Untranslatable
    return Apply(joining[0], tuple(parts))


def _expression(found: Node, known: Mapping[str, Known]) -> Tree:
    if words(found.get("LogicType")) != "Question" or is_on(found.get("QuestionIsInLoop")):
        raise Untranslatable
    located = _LOCATOR.fullmatch(words(found.get("LeftOperand")).replace("%23", "#"))
    if located is None:
        raise Untranslatable
    qid, what, part = located.groups()
    operator, right = words(found.get("Operator")), words(found.get("RightOperand"))
    if what == "SelectableChoice" and part and operator in ("Selected", "NotSelected"):
        tree = _selected(qid, part, known)
        return tree if operator == "Selected" else Apply("not", (tree,))
    if what == "SelectedChoicesCount" and operator in _SIGNS and right.isdigit():
        return Apply(_SIGNS[operator], (Apply("count-selected", (Ref(qid),)), Number(str(int(right)))))
    if what not in ("ChoiceTextEntryValue", "ChoiceNumericEntryValue"):
        raise Untranslatable
    return _compared(
        Ref(f"{qid}/{part}" if part and f"{qid}/{part}" in known else qid), operator, right, found
    )


def _selected(qid: str, choice: str, known: Mapping[str, Known]) -> Tree:
    """A choice is made; of a scale its score is given."""
    name = known.get(qid)
    if name is None:
        raise Untranslatable
    if name.kind.name == "number":
        return Apply("=", (Ref(qid), Text(choice)))
    return Apply("selected", (Ref(qid), Text(choice)))


def _compared(answer: Ref, operator: str, right: str, found: Node) -> Tree:
    if operator in ("Empty", "NotEmpty"):
        return Apply("=" if operator == "Empty" else "!=", (answer, Text("")))
    if operator not in _SIGNS or is_on(found.get("IgnoreCase")) or not right:
        raise Untranslatable
    is_number = re.fullmatch(r"(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?", right)
    if not is_number and operator not in ("EqualTo", "NotEqualTo"):
        raise Untranslatable
    return Apply(_SIGNS[operator], (answer, Number(right) if is_number else Text(right)))
