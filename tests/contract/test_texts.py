"""Every sentence of the package exists in Chinese, with the same values in it."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import contract
from contract.texts import Message, translate

PACKAGE = Path(contract.__file__).parent
NOT_SHOWN = {
    "mistake": 1,
    "_between": 2,
    "_broken": 1,
    "problem": 2,
    "Problem": 2,
    "refuse": 3,
    "give_up": 3,
}  # arguments before the first sentence


def sentences() -> set[str]:
    """The English sentences in the source: arguments of the functions that make problems and messages."""
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef):
                continue
            for node in ast.walk(function):
                if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in (
                    "what",
                    "todo",
                    "template",
                    "(what, todo)",
                ):
                    found |= texts_in(node.value)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func).rsplit(".", 1)[-1]
                if name in ("Message", "translate", "t"):
                    found |= texts_in(node.args[0])
                elif name in NOT_SHOWN:
                    for argument in node.args[NOT_SHOWN[name] : NOT_SHOWN[name] + 2]:
                        found |= texts_in(argument)
            if (
                isinstance(node, ast.Return)
                and isinstance(node.value, ast.Tuple)
                and path.name == "wording.py"
            ):
                found |= texts_in(node.value)
    return found


def texts_in(node: ast.expr) -> set[str]:
    if isinstance(node, ast.IfExp):
        return texts_in(node.body) | texts_in(node.orelse)
    if isinstance(node, ast.Tuple):
        return set().union(*map(texts_in, node.elts))
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def catalogue() -> dict[str, str]:
    entries: dict[str, str] = {}
    for path in sorted((PACKAGE / "locale" / "zh").glob("*.po")):
        with path.open("rb") as file:
            for entry in read_po(file, abort_invalid=True):
                if entry.id:
                    assert entry.id not in entries, f"twice: {entry.id}"
                    entries[str(entry.id)] = str(entry.string)
    return entries


CHINESE = catalogue()


def test_every_sentence_has_its_chinese() -> None:
    found = sentences()
    assert len(found) > 100
    assert found - CHINESE.keys() == set()


@pytest.mark.parametrize("english", sorted(CHINESE))
def test_a_translation_fills_in_the_values_of_its_original(english: str) -> None:
    def values(template: str) -> set[str]:
        return set(re.findall(r"{(\w+)}", template))

    assert CHINESE[english]
    assert values(CHINESE[english]) <= values(english)
    assert values(english) - values(CHINESE[english]) == set()


def test_a_message_puts_its_inner_messages_into_the_same_language() -> None:
    message = Message("{head}; {goal}; {word}", {"head": "1", "goal": "2", "word": Message("met")})
    assert message.words("zh") == "1；2；达标"
    assert message.words("en") == "1; 2; met"


def test_a_sentence_without_translation_stays_as_it_is() -> None:
    assert translate("no such sentence {a}", "zh", a=1) == "no such sentence 1"
    assert translate("met", "en") == "met"
