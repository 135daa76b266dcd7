"""Adds, moves and takes away items of a list in a YAML text, each with the comments above it."""

from typing import Any

from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from survey.editing.emitting import inline, item
from survey.editing.values import (
    EditRefused,
    Place,
    find,
    is_bracketed,
    line_end,
    line_start,
    put,
    set_value,
    span,
    verified,
    with_remarks,
)
from survey.strict_yaml import Key


def insert(source: str, key: Key, at: int, value: object) -> str:
    """The source with `value` before the item `at` of the list, at its end when there is none. Raises
    YamlRefused and EditRefused."""
    place = find(source, key)
    if place is None or (isinstance(place.node, ScalarNode) and not place.node.value):
        return set_value(source, key, [value])

    def change(content: Any) -> Any:
        _at(content, key).insert(at, value)
        return content

    return verified(source, lambda text: _insert(text, key, at, value), change)


def move(source: str, key: Key, at: int, to: int) -> str:
    """The source with the item `at` of the list as number `to`. Raises YamlRefused and EditRefused."""

    def change(content: Any) -> Any:
        items = _at(content, key)
        items.insert(to, items.pop(at))
        return content

    def edit(text: str) -> str:
        pieces, before, after, glue = _pieces(text, key)
        pieces.insert(to, pieces.pop(at))
        return before + glue.join(pieces) + after

    return verified(source, edit, change)


def remove(source: str, key: Key) -> str:
    """The source without that key of a mapping, or that item of a list. Raises as `set_value`."""

    def change(content: Any) -> Any:
        del _at(content, key[:-1])[key[-1]]
        return content

    return verified(source, lambda text: _remove(text, key), change)


def _remove(source: str, key: Key) -> str:
    around, place = find(source, key[:-1]), find(source, key)
    if around is None or place is None:
        raise EditRefused
    node = around.node
    if len(node.value) == 1:
        return put(source, key[:-1], {} if isinstance(node, MappingNode) else [])
    if isinstance(node, SequenceNode):
        pieces, before, after, glue = _pieces(source, key[:-1])
        del pieces[int(key[-1])]
        return before + glue.join(pieces) + after
    if is_bracketed(node) or around.in_flow:
        kept = [pair for pair in node.value if pair[0].value != key[-1]]
        pieces = [source[pair[0].start_mark.index : span(source, pair[1], pair[0])[1]] for pair in kept]
        return source[: node.start_mark.index] + "{" + ", ".join(pieces) + "}" + source[node.end_mark.index :]
    number = next(number for number, pair in enumerate(node.value) if pair[0].value == key[-1])
    begin = node.value[number][0].start_mark.index
    if source[line_start(source, begin) : begin].strip():  # it stands behind the dash of a list
        return source[:begin] + source[node.value[number + 1][0].start_mark.index :]
    floor = span(source, node.value[number - 1][1], node.value[number - 1][0])[1] if number else 0
    end = line_end(source, span(source, place.node, place.key)[1])
    return source[: with_remarks(source, begin, floor)] + source[end:]


def _insert(source: str, key: Key, at: int, value: object) -> str:
    place = _sequence(source, key)
    node = place.node
    if not node.value and not place.in_flow and place.key is not None:
        begin = source.index(":", place.key.end_mark.index) + 1
        new = "\n" + item(value, place.key.start_mark.column + 2)
        return source[:begin] + new + source[node.end_mark.index :]
    pieces, before, after, glue = _pieces(source, key)
    if glue or not node.value:
        pieces.insert(at, inline(value))
        return before + glue.join(pieces) + after
    is_spaced = len(pieces) > 1 and pieces[1].startswith("\n")
    new = item(value, node.start_mark.column) + "\n"
    pieces.insert(at, "\n" + new if is_spaced and at else new)
    return before + "".join(pieces) + after


def _pieces(source: str, key: Key) -> tuple[list[str], str, str, str]:
    """The text of each item, what stands before the first and after the last, and what is between two."""
    place = _sequence(source, key)
    node = place.node
    if place.in_flow or is_bracketed(node):
        spans = [span(source, each) for each in node.value]
        gaps = source[node.start_mark.index : node.end_mark.index]
        pieces = [source[start:end] for start, end in spans]
        for piece in pieces:
            gaps = gaps.replace(piece, "", 1)
        if "#" in gaps:  # a comment between brackets has no item that it surely belongs to
            raise EditRefused
        before, after = source[: node.start_mark.index], source[node.end_mark.index :]
        return pieces, before + "[", "]" + after, ", "
    starts = []
    floor = line_end(source, place.key.end_mark.index) if place.key is not None else 0
    for each in node.value:
        dash = source.rindex("-", 0, each.start_mark.index)
        if dash - line_start(source, dash) != node.start_mark.column:
            raise EditRefused
        starts.append(with_remarks(source, dash, floor))
        floor = line_end(source, span(source, each)[1])
    ends = [*starts[1:], floor]
    pieces = [source[start:end] for start, end in zip(starts, ends, strict=True)]
    return pieces, source[: starts[0]], source[floor:], ""


def _sequence(source: str, key: Key) -> Place:
    place = find(source, key)
    if place is None or not isinstance(place.node, SequenceNode):
        raise EditRefused
    return place


def _at(content: Any, key: Key) -> Any:
    for step in key:
        content = content[step]
    return content
