"""YAML with nothing clever in it: plain mappings, lists and scalars, each with its line; all else is refused.

It walks ruamel's events with a stack of its own, so that no depth of nesting ends in a RecursionError."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from survey.characters import unfit_character, with_plain_newlines
from survey.yaml_faults import meaning

Key = tuple[str | int, ...]
"""Where a value stands: ("questions", 0, "code")."""

_DEEPEST = 20
# Booleans and integers as in YAML 1.2's core schema, but decimal only; everything else is text.
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")


class YamlRefused(Exception):
    """The text was refused: code of `wordings`, 1-based line, key, and the values of the wording."""

    def __init__(self, code: str, line: int, at: Key = (), **values: object) -> None:
        super().__init__(code, line, at, values)
        self.code, self.line, self.key, self.values = code, line, at, values


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds, and the 1-based line of every key and list item; the root's key is ()."""

    content: object
    lines: dict[Key, int]


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not been read."""

    node: list[object] | dict[str, object]
    key: Key
    waiting: str | None = None  # a mapping's key that has no value yet


def read_strictly(source: str) -> Document:
    """Read one YAML document. Raises YamlRefused for the first thing that is not plain YAML."""
    source = with_plain_newlines(source)
    for number, line in enumerate(source.split("\n"), start=1):
        character = unfit_character(line)
        if character:
            raise YamlRefused("yaml-control-character", number, character=character)
    try:
        return _compose(source)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlRefused(
            "yaml-broken", mark.line + 1 if mark else 1, detail=meaning(str(error.problem))
        ) from None
    except YAMLError as error:
        raise YamlRefused("yaml-broken", 1, detail=meaning(str(error))) from None


def _compose(source: str) -> Document:
    roots: list[object] = []
    lines: dict[Key, int] = {}
    stack: list[_Open] = []
    for event in YAML(typ="safe", pure=True).parse(source):
        line = event.start_mark.line + 1
        if isinstance(event, DocumentStartEvent) and roots:
            raise YamlRefused("yaml-many-documents", line)
        if isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            stack.pop()
        if not isinstance(event, NodeEvent):
            continue
        top = stack[-1] if stack else None
        _refuse_cleverness(event, line, top.key if top else ())
        if top and isinstance(top.node, dict) and top.waiting is None:
            top.waiting = _take_key(top, event, lines)
            lines[*top.key, top.waiting] = line
            continue
        key = _place(top)
        lines.setdefault(key, line)
        node = _node(event)
        _attach(top, node, roots)
        if isinstance(node, (list, dict)):
            if len(stack) == _DEEPEST:
                raise YamlRefused("yaml-too-deep", line, limit=_DEEPEST)
            stack.append(_Open(node, key))
    lines.setdefault((), 1)
    return Document(roots[0] if roots else None, lines)


def _refuse_cleverness(event: NodeEvent, line: int, key: Key) -> None:
    if isinstance(event, AliasEvent) or event.anchor is not None:
        raise YamlRefused("yaml-alias", line, key)
    if isinstance(event, (ScalarEvent, MappingStartEvent, SequenceStartEvent)) and event.ctag is not None:
        raise YamlRefused("yaml-tag", line, key, tag=str(event.ctag))
    if isinstance(event, ScalarEvent):
        character = unfit_character(event.value)
        if character:
            raise YamlRefused("yaml-control-character", line, key, character=character)


def _take_key(top: _Open, event: NodeEvent, lines: Mapping[Key, int]) -> str:
    """A mapping's next key, as text: `0:` is the key "0"."""
    line = event.start_mark.line + 1
    if not isinstance(event, ScalarEvent):
        raise YamlRefused("yaml-key-not-text", line, top.key)
    name: str = event.value
    if name == "<<" and event.style is None:
        raise YamlRefused("yaml-alias", line, top.key)
    key = (*top.key, name)
    if key in lines:
        raise YamlRefused("key-duplicate", line, key, key=name, first=lines[key])
    return name


def _place(top: _Open | None) -> Key:
    if top is None:
        return ()
    if isinstance(top.node, list):
        return (*top.key, len(top.node))
    # A mapping's value always follows its key: the caller took the key first.
    return (*top.key, top.waiting or "")


def _node(event: NodeEvent) -> object:
    if isinstance(event, MappingStartEvent):
        return {}
    if not isinstance(event, ScalarEvent):
        return []
    text: str = event.value
    if event.style is not None:  # quoted or a block: always text
        return text
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _INTEGER.fullmatch(text) else text


def _attach(top: _Open | None, node: object, roots: list[object]) -> None:
    if top is None:
        roots.append(node)
    elif isinstance(top.node, list):
        top.node.append(node)
    elif top.waiting is not None:
        top.node[top.waiting] = node
        top.waiting = None
