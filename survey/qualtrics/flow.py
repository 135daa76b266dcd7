"""The way through a survey of Qualtrics: which blocks are asked, in which order, on which condition."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from survey.foreign.draft import Draft, Shown
from survey.foreign.notes import Notes
from survey.foreign.tree import Tree, Untranslatable
from survey.qualtrics.document import Node, Survey, items, mapping, words
from survey.qualtrics.logic import logic_tree, logic_words

_BLOCKS = frozenset({"Block", "Standard"})
_INSIDE = frozenset({"Root", "Group", "BlockRandomizer", "Branch"})
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Step:
    """A block to be asked and when."""

    block: str
    shown: Shown


class Flow:
    """Walks the flow. The conditions of a branch are read when it is come to: then what is asked before is
    known."""

    def __init__(self, survey: Survey, draft: Draft, notes: Notes, name: str) -> None:
        self._survey, self._draft, self._notes, self._name = survey, draft, notes, name
        self._asked: set[str] = set()

    def steps(self) -> Iterator[Step]:
        """The blocks one after the other, each once; without a flow all but the bin."""
        yield from self._walk(self._survey.flow, Shown(), 0)
        if not self._asked:
            for key, block in self._survey.blocks.items():
                if words(block.get("Type")) != "Trash":
                    self._asked.add(key)
                    yield Step(key, Shown())
        for key, block in self._survey.blocks.items():
            if key not in self._asked and mapping_of_questions(block):
                named = words(block.get("Description")) or key
                self._notes.tell("qualtrics-block-unreached", f"{self._name} {key}", raw=named)

    def _walk(self, node: Node, shown: Shown, depth: int) -> Iterator[Step]:
        for _, each in items(node.get("Flow")):
            part = mapping(each)
            kind, where = words(part.get("Type")), f"{self._name} {words(part.get('FlowID'))}"
            if kind in _BLOCKS:
                yield from self._block(words(part.get("ID")), where, shown)
                continue
            if kind not in _INSIDE or depth >= _DEEPEST:
                self._notes.tell("qualtrics-flow", where, raw=kind)
                continue
            inner = self._branched(part, where, shown) if kind == "Branch" else shown
            if kind == "BlockRandomizer":
                self._notes.tell("qualtrics-flow", where, raw=kind)
            yield from self._walk(part, inner, depth + 1)

    def _block(self, key: str, where: str, shown: Shown) -> Iterator[Step]:
        if key in self._asked:
            self._notes.tell("qualtrics-block-twice", where, raw=key)
        elif key in self._survey.blocks:
            self._asked.add(key)
            yield Step(key, shown)

    def _branched(self, part: Node, where: str, shown: Shown) -> Shown:
        logic = part.get("BranchLogic")
        return shown_by(logic, f"{where} BranchLogic", shown, self._draft)


def shown_by(logic: object, where: str, outer: Shown, draft: Draft) -> Shown:
    """When something with that logic is shown."""
    try:
        tree: Tree | None = logic_tree(logic, draft.known)
    except Untranslatable:
        tree = None
    return draft.shown(tree, logic_words(logic), where, outer)


def mapping_of_questions(block: Node) -> Mapping[str, Node]:
    """The elements of a block that are questions, by id."""
    elements = (mapping(element) for _, element in items(block.get("BlockElements")))
    return {words(each.get("QuestionID")): each for each in elements if words(each.get("Type")) == "Question"}
