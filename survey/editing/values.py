"""Sets one value of a YAML text; every other character stays, comments and order with it."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from survey.characters import with_plain_newlines
from survey.definition import Questionnaire
from survey.editing.emitting import after_key, inline, key_text
from survey.question import Question
from survey.strict_yaml import Key, YamlRefused, read_strictly

_ORDER_OF_A_QUESTION = tuple(Question.model_fields)
_ORDER_OF_ALL = tuple(Questionnaire.model_fields)


class EditRefused(Exception):
    """This place is written in a way that cannot be edited piece by piece; the text itself must be."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: the node, its key if it has one, the collection around it, and whether any
    collection around it is written in brackets."""

    node: Node
    key: Node | None
    parent: Node | None
    in_flow: bool


def set_value(source: str, key: Key, value: object) -> str:
    """The source with `value` there: plain content. What was there is replaced, what was not is added, with
    the mappings around it. Raises YamlRefused for a source that is no plain YAML, EditRefused."""

    def change(content: Any) -> Any:
        return _with(content, key, value)

    return verified(source, lambda text: put(text, key, value), change)


def verified(source: str, edit: Callable[[str], str], change: Callable[[Any], Any]) -> str:
    """What `edit` makes of the text, when it says exactly what `change` makes of its content."""
    text = with_plain_newlines(source)
    text += "" if text.endswith("\n") else "\n"
    content = deepcopy(read_strictly(text).content)
    try:
        wanted = change(content)
    except (TypeError, KeyError, IndexError, AttributeError):  # there is no such place
        raise EditRefused from None
    edited = edit(text)
    try:
        is_right = read_strictly(edited).content == wanted
    except YamlRefused:  # an edit gone wrong: it is not kept
        is_right = False
    if not is_right:
        raise EditRefused
    return edited


def find(source: str, key: Key) -> Place | None:
    """The place of that key; None for none. Raises EditRefused below what is no mapping or list."""
    place = Place(YAML(typ="safe", pure=True).compose(source), None, None, False)
    for step in key:
        node = place.node
        flow = place.in_flow or is_bracketed(node)
        if isinstance(node, MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == step), None)
            if pair is None:
                return None
            place = Place(pair[1], pair[0], node, flow)
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
            place = Place(node.value[step], None, node, flow)
        else:
            raise EditRefused
    return place


def span(source: str, node: Node, key: Node | None = None) -> tuple[int, int]:
    """Where the node's own text begins and ends, without what a parser reads past it."""
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, ScalarNode):
        if start == end and key is not None:  # nothing is written: the place is after the colon
            start = end = source.index(":", key.end_mark.index) + 1
        return start, start + len(source[start:end].rstrip())
    if is_bracketed(node) or not node.value:
        return start, end
    last = node.value[-1]
    return start, (span(source, last[1], last[0]) if isinstance(last, tuple) else span(source, last))[1]


def is_bracketed(node: Node) -> bool:
    """Whether it is a mapping or list in brackets."""
    return isinstance(node, CollectionNode) and bool(node.flow_style)


def line_start(source: str, at: int) -> int:
    """Where the line begins."""
    return source.rfind("\n", 0, at) + 1


def line_end(source: str, at: int) -> int:
    """After the line's end."""
    return source.index("\n", at) + 1


def with_remarks(source: str, at: int, floor: int) -> int:
    """The beginning of the line at `at`, or of the comments and blank lines right above it; not before
    `floor`."""
    start = line_start(source, at)
    while start > floor:
        above = line_start(source, start - 1)
        line = source[above:start].strip()
        if above < floor or (line and not line.startswith("#")):
            break
        start = above
    return start


def put(source: str, key: Key, value: object) -> str:
    """`set_value` without the check."""
    place = find(source, key)
    if place is None:
        return _add(source, key, value)
    start, end = span(source, place.node, place.key)
    if place.key is None or (isinstance(place.node, ScalarNode) and start > place.key.end_mark.index + 1):
        text = inline(value)
        if place.key is not None and not place.in_flow and not source[end : line_end(source, end)].strip():
            text = after_key(value, place.key.start_mark.column).removeprefix(" ")
        return source[:start] + text + source[end:]
    colon = source.index(":", place.key.end_mark.index) + 1
    return source[:colon] + " " + inline(value) + source[end:]


def _add(source: str, key: Key, value: object) -> str:
    """Add what is not there to the nearest mapping around it."""
    depth = next(depth for depth in range(len(key) - 1, -1, -1) if find(source, key[:depth]))
    for step in reversed(key[depth + 1 :]):
        value = {step: value}
    around = find(source, key[:depth])
    if around is None or not isinstance(around.node, MappingNode):
        raise EditRefused
    node, name = around.node, key[depth]
    if not node.value:
        return put(source, key[:depth], {name: value})
    if is_bracketed(node) or around.in_flow:
        end = span(source, node.value[-1][1], node.value[-1][0])[1]
        return f"{source[:end]}, {key_text(name)}: {inline(value)}{source[end:]}"
    before = _predecessor(node, key[:depth], str(name))
    column = node.value[0][0].start_mark.column
    end = line_end(source, span(source, before[1], before[0])[1])
    return f"{source[:end]}{' ' * column}{key_text(name)}:{after_key(value, column)}\n{source[end:]}"


def _predecessor(node: MappingNode, key: Key, name: str) -> tuple[Node, Node]:
    """The pair after which a new key belongs: the last one that the model names before it, else the last."""
    order: Sequence[str] = _ORDER_OF_ALL if not key else ()
    if len(key) == 2 and key[0] == "questions":
        order = _ORDER_OF_A_QUESTION
    known = order[: order.index(name)] if name in order else ()
    earlier = [pair for pair in node.value if pair[0].value in known]
    pair: tuple[Node, Node] = (earlier or node.value)[-1]
    return pair


def _with(content: Any, key: Key, value: object) -> Any:
    if not key:
        return value
    here = content
    for step in key[:-1]:
        if isinstance(here, dict) and here.get(step) is None:
            here[step] = {}
        here = here[step]
    here[key[-1]] = value
    return content
