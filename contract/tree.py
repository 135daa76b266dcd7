"""A strict reading of YAML: plain mappings, lists, texts and numbers, with the line of every key.

Only what every YAML reader reads the same way is let through: no aliases, merge keys, tags, repeated keys,
words like NO that some take for a boolean, or numbers in other notations. Built from parse events without
recursion, so that depth is an error and not a crash.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from contract.fields import shown
from contract.problems import Problem

MOST_CHARACTERS = 400_000  # a long contract in two languages has about 100,000
_MOST_NODES = 20_000
_MOST_DEPTH = 16

_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,14})")
_FRACTION = re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
_NOT_FINITE = re.compile(r"[-+]?\.inf|\.nan", re.IGNORECASE)
_WORD_OR_BOOLEAN = re.compile(r"y|n|yes|no|on|off", re.IGNORECASE)
_ODD_NUMBER = re.compile(
    r"[-+]?(0[0-9_]+|0x[0-9a-f_]+|0o[0-7_]+|0b[01_]+|[0-9]+(:[0-5]?[0-9])+|[0-9]*\.?[0-9]+e[-+]?[0-9]+|[0-9]+_[0-9_]*)|\+[0-9.]+",
    re.IGNORECASE,
)
_YAML_TAG = "tag:yaml.org,2002:"
_NOTHING = ("", "~", "null", "Null", "NULL")
_TRUTHS = {"true": True, "false": False}


_Node = AliasEvent | ScalarEvent | MappingStartEvent | SequenceStartEvent


class Mark(NamedTuple):
    """A place in the file; both count from 1."""

    line: int
    column: int


@dataclass(slots=True)
class Tree:
    """What was read. `marks` gives where each key path stands; paths in `refused` hold no usable value."""

    data: object = None
    marks: dict[str, Mark] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def give_up(self, code: str, key: str, mark: Mark, what: str, todo: str, **values: object) -> None:
        """Keep a problem after which the rest cannot be read."""
        self.refuse(code, key, mark, what, todo, **values)
        self.refused.add("")

    def refuse(self, code: str, key: str, mark: Mark, what: str, todo: str, **values: object) -> None:
        """Keep a problem and mark its value as unusable."""
        self.refused.add(key)
        self.problems.append(Problem(code, key, what, todo, values, *mark))


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come yet; `key` is the mapping key that waits for its value."""

    path: str
    entries: dict[str, object] | list[object]
    ghost: bool = False  # stands below a refused key, so nothing of it counts
    key: str | None = None
    dropped: bool = False  # the value that comes belongs to a refused key

    def next_path(self) -> str:
        if isinstance(self.entries, list):
            return f"{self.path}[{len(self.entries)}]"
        return f"{self.path}.{shown(self.key)}" if self.path else shown(self.key)


def read_tree(source: str) -> Tree:
    """Read the text of a YAML file; everything wrong with it is in `problems`."""
    tree = Tree()
    if len(source) > MOST_CHARACTERS:
        what = "The file has {given} characters"
        tree.refuse(
            "too-large", "", Mark(1, 1), what, "Shorten it to {most}", given=len(source), most=MOST_CHARACTERS
        )
        return tree
    builder = _Builder(tree)
    try:
        for event in YAML(typ="safe", pure=True).parse(source.removeprefix("\ufeff")):
            if not builder.take(event):
                return tree
    except MarkedYAMLError as error:
        where = error.problem_mark
        mark = Mark(where.line + 1, where.column + 1) if where else Mark(1, 1)
        _not_yaml(tree, mark, str(error.problem))
    except YAMLError as error:
        before = source[: getattr(error, "position", None) or 0]
        mark = Mark(before.count("\n") + 1, len(before) - before.rfind("\n"))
        _not_yaml(tree, mark, str(error).split("\n")[0])
    except ValueError as error:  # such as a directive %YAML 9 that is no version
        _not_yaml(tree, Mark(1, 1), str(error))
    if tree.data is None and not tree.problems:
        tree.refuse("empty", "", Mark(1, 1), "The file is empty", "Start from the example contract")
    return tree


def _not_yaml(tree: Tree, mark: Mark, detail: str) -> None:
    todo = "Look for a missing quote, colon, bracket or space near this line"
    tree.refuse("not-yaml", "", mark, "The file cannot be read as YAML ({detail})", todo, detail=detail)


class _Builder:
    """Takes one event after the other; `take` says whether reading goes on."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._open: list[_Open] = []
        self._nodes = 0
        self._documents = 0

    def take(self, event: Event) -> bool:
        start = event.start_mark
        mark = Mark(start.line + 1, start.column + 1) if start else Mark(1, 1)
        if isinstance(event, DocumentStartEvent):
            return self._document(event, mark)
        if isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            self._open.pop()
            if self._open:
                self._settled()
            return True
        if not isinstance(event, (AliasEvent, ScalarEvent, MappingStartEvent, SequenceStartEvent)):
            return True
        self._nodes += 1
        if self._nodes > _MOST_NODES:
            todo = "Remove what does not belong to the contract"
            self._tree.give_up(
                "too-large", "", mark, "The file has more than {most} entries", todo, most=_MOST_NODES
            )
            return False
        here = self._open[-1] if self._open else None
        if here and isinstance(here.entries, dict) and here.key is None:
            return self._key(here, event, mark)
        return self._value(here, event, mark)

    def _document(self, event: DocumentStartEvent, mark: Mark) -> bool:
        self._documents += 1
        if self._documents > 1:
            todo = "Keep one contract a file; remove the line ---"
            self._tree.give_up("two-documents", "", mark, "A second document begins here", todo)
            return False
        if event.version or event.tags:
            what = "The directive changes how YAML is read"
            self._tree.refuse("directive", "", Mark(1, 1), what, "Remove the line that begins with %")
        return True

    def _key(self, here: _Open, event: _Node, mark: Mark) -> bool:
        entries = here.entries
        if not isinstance(event, ScalarEvent) or not isinstance(entries, dict):
            what = "A key has to be one word"
            self._tree.give_up(
                "bad-key", here.path, mark, what, "Write the key as one word, without brackets or *"
            )
            return False
        here.key = event.value
        path = here.next_path()
        self._check_properties(event, path, mark)
        if event.value == "<<" and event.style is None:
            here.dropped = True
            what = "A merge key brings values in from elsewhere"
            self._tree.refuse("merge-key", path, mark, what, "Write the keys out")
        elif any(unicodedata.category(letter) == "Cs" for letter in event.value):
            here.dropped = True
            what = "The key {name} holds half a character"
            self._tree.refuse("odd-character", path, mark, what, "Remove it", name=shown(event.value))
        elif event.value in entries:
            here.dropped = True
            what = "The key {name} stands here twice, first in line {first}"
            values = {"name": shown(event.value), "first": self._tree.marks.get(path, mark).line}
            self._tree.problems.append(
                Problem("duplicate-key", path, what, "Keep one of them", values, *mark)
            )
        else:
            here.dropped = here.ghost
            if not here.ghost:
                self._tree.marks[path] = mark
        return True

    def _value(self, here: _Open | None, event: _Node, mark: Mark) -> bool:
        path = here.next_path() if here else ""
        dropped = here is not None and (here.dropped or here.ghost)
        if not dropped:
            self._tree.marks.setdefault(path, mark)
        self._check_properties(event, path, mark)
        if isinstance(event, ScalarEvent):
            value = self._scalar(event, path, mark)
            self._put(here, value)
            self._settled()
            return True
        if isinstance(event, AliasEvent):
            what = "*{name} stands for a value written elsewhere"
            self._tree.refuse("alias", path, mark, what, "Write the value out", name=event.anchor)
            self._put(here, None)
            self._settled()
            return True
        if len(self._open) >= _MOST_DEPTH:
            todo = "A contract needs no more than {most} levels"
            self._tree.give_up(
                "too-deep", path, mark, "The file is nested too deeply", todo, most=_MOST_DEPTH
            )
            return False
        entries: dict[str, object] | list[object] = {} if isinstance(event, MappingStartEvent) else []
        self._put(here, entries)
        self._open.append(_Open(path, entries, ghost=dropped))
        return True

    def _put(self, here: _Open | None, value: object) -> None:
        if here is None:
            self._tree.data = value
        elif isinstance(here.entries, list):
            here.entries.append(value)
        elif here.key is not None and not here.dropped:
            here.entries[here.key] = value

    def _settled(self) -> None:
        if self._open:
            self._open[-1].key = None

    def _check_properties(self, event: _Node, path: str, mark: Mark) -> None:
        if not isinstance(event, AliasEvent) and event.ctag is not None:
            self._tree.refuse(
                "tag",
                path,
                mark,
                "{name} is a tag",
                "Remove it",
                name=str(event.ctag).replace(_YAML_TAG, "!!"),
            )
        if not isinstance(event, AliasEvent) and event.anchor is not None:
            self._tree.refuse("anchor", path, mark, "&{name} is an anchor", "Remove it", name=event.anchor)

    def _scalar(self, event: ScalarEvent, path: str, mark: Mark) -> object:
        text = str(event.value)
        if event.style is not None:
            return text
        if text in _NOTHING:
            return None
        if text.lower() in _TRUTHS:
            return _TRUTHS[text.lower()]
        if _WHOLE.fullmatch(text):
            return int(text)
        if _FRACTION.fullmatch(text):
            return Decimal(text)
        if _NOT_FINITE.fullmatch(text):
            self._tree.refuse(
                "not-finite",
                path,
                mark,
                "{given} is not a number",
                "Write a plain number such as 85",
                given=text,
            )
        elif _WORD_OR_BOOLEAN.fullmatch(text):
            what = "Some programs read {given} as yes or no, not as a word"
            self._tree.refuse(
                "ambiguous-word", path, mark, what, 'Put it in quotes: "{given}"', given=shown(text)
            )
        elif _ODD_NUMBER.fullmatch(text):
            what = "Programs disagree on what {given} means"
            todo = "Write a plain number such as 85, or put a text in quotes"
            self._tree.refuse("ambiguous-number", path, mark, what, todo, given=shown(text))
        return text
