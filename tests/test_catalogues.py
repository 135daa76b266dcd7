"""Everything a person reads is said in Chinese too: the catalogues hold each message of the code, no other.

A message is found in the code as the literal of `t("...")` or `translate("...")`, as what and what to do of
a Problem or of a table of problems by code, as the template of a Message, as the title of an export, as a
value of a table read by `t(TABLE[...])`, and as `t("...")` in a template of HTML.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages import pofile

PROJECT = Path(__file__).resolve().parent.parent
ROOMS = ("survey", "contract", "warehouse", "pages")
# What is called -> at which places, or under which names, it takes messages.
MESSAGES: dict[str, tuple[tuple[int, ...], tuple[str, ...]]] = {
    "t": ((0,), ()),
    "translate": ((0,), ()),
    "Problem": ((2, 3), ("what", "todo")),
    "Message": ((0,), ("template",)),
    "Listed": ((1,), ("title",)),
}
IN_HTML = re.compile(r"""\bt\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""")
Names = dict[str, list[ast.expr]]
PROBLEM_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")


def trees(room: Path) -> list[ast.Module]:
    return [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(room.rglob("*.py"))]


def named_values(module: ast.Module) -> Names:
    """Name -> what the module gives it: by assignment, or as the elements of what a loop runs through."""
    found: Names = {}
    for node in ast.walk(module):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                found.setdefault(name, []).append(value)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                found.setdefault(name, []).append(value)
            case ast.comprehension(target=ast.Name(id=name), iter=value):
                found.setdefault(name, []).append(value)
            case ast.For(target=ast.Name(id=name), iter=value):
                found.setdefault(name, []).append(value)
    return found


def literals(node: ast.AST, names: Names, depth: int = 3) -> Iterator[str]:
    """The messages an expression can stand for; none when only a run can tell."""
    parts: list[ast.expr] = []
    match node:
        case ast.Constant(value=str(text)) if text:
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            parts = [body, orelse]
        case ast.Dict(values=parts) | ast.Tuple(elts=parts) | ast.List(elts=parts):
            pass
        case ast.Name(id=name) | ast.Subscript(value=ast.Name(id=name) | ast.Attribute(attr=name)) if depth:
            parts, depth = names.get(name, []), depth - 1
    for part in parts:
        yield from literals(part, names, depth)


def messages(room: Path) -> set[str]:
    """Every message of the room's code and templates."""
    found: set[str] = set()
    modules = [(module, named_values(module)) for module in trees(room)]
    shared = {name: values for _, names in modules for name, values in names.items() if name.isupper()}
    for module, own in modules:
        for node in ast.walk(module):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
                options = {option.arg: option.value for option in node.keywords}
                places, keys = MESSAGES.get(name, ((), ()))
                asked = [node.args[place] for place in places if place < len(node.args)]
                asked += [options[key] for key in keys if key in options]
                for expression in asked:
                    found.update(literals(expression, shared | own))
            elif isinstance(node, ast.Dict):
                for key, pair in zip(node.keys, node.values, strict=True):
                    code = key.value if isinstance(key, ast.Constant) else None
                    is_problem = isinstance(code, str) and PROBLEM_CODE.fullmatch(code)
                    if is_problem and isinstance(pair, ast.Tuple) and len(pair.elts) == 2:
                        found.update(literals(pair, {}))
    for path in sorted(room.rglob("*.html")):
        for match in IN_HTML.finditer(path.read_text(encoding="utf-8")):
            found.add(re.sub(r"\\(.)", r"\1", match[1] or match[2]))
    return found


def braces(template: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def faults(room: Path) -> list[str]:
    """What is wrong between the room's code and its Chinese catalogues, one sentence each."""
    found: list[str] = []
    said: set[str] = set()
    constants = {
        node.value
        for module in trees(room)
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    known = constants | messages(room)
    for path in sorted((room / "locale" / "zh").glob("*.po")):
        with path.open(encoding="utf-8") as file:
            catalogue = pofile.read_po(file, locale="zh", abort_invalid=True)
        found += [f"{path.name}: {message!r} is kept as obsolete" for message in catalogue.obsolete]
        for entry in catalogue:
            message, text = entry.id, entry.string
            if not message:
                continue
            if entry.fuzzy:
                found.append(f"{path.name}: {message!r} is marked fuzzy")
            if not text:
                found.append(f"{path.name}: {message!r} has no translation")
                continue
            if braces(str(message)) != braces(str(text)):
                found.append(f"{path.name}: {message!r} has other names in braces than its translation")
            if message not in known:
                found.append(f"{path.name}: {message!r} is said nowhere")
            said.add(str(message))
    return found + [f"{message!r} is not translated" for message in sorted(messages(room) - said)]


@pytest.mark.parametrize("room", ROOMS)
def test_every_message_is_translated_and_every_translation_is_used(room: str) -> None:
    assert faults(PROJECT / room) == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_messages_and_a_catalogue(room: str) -> None:
    assert messages(PROJECT / room)
    assert list((PROJECT / room / "locale" / "zh").glob("*.po"))


CODE = """
WORDS = {"met": "Target met"}
HEADINGS = ("Period", "Value")
CODES = {"too-late": ("It is too late.", "Come earlier.")}
def say(word, n):
    t("A {n}", n=n)
    t("B" if n else "C")
    t(WORDS[word])
    [t(heading) for heading in HEADINGS]
    template = "H" if n else "I"
    Message(template)
    translate(f"not {n}", "zh")
    Problem("no-file", "x", "D", todo="E")
    Message("F", {})
"""


def room_with(folder: Path, code: str, catalogue: str, html: str = "") -> Path:
    (folder / "locale" / "zh").mkdir(parents=True)
    (folder / "code.py").write_text(code, encoding="utf-8")
    (folder / "page.html").write_text(html, encoding="utf-8")
    (folder / "locale" / "zh" / "topic.po").write_text(catalogue, encoding="utf-8")
    return folder


def test_messages_are_found_wherever_they_are_said(tmp_path: Path) -> None:
    room = room_with(tmp_path, CODE, "", """<p>{{ t("It's {n}", n=1) }}{{ t('G') }}</p>""")
    words = {"A {n}", "B", "C", "D", "E", "F", "It's {n}", "G", "H", "I"}
    words |= {"Target met", "Period", "Value", "It is too late.", "Come earlier."}
    assert messages(room) == words


@pytest.mark.parametrize(
    ("catalogue", "fault"),
    [
        ("", "'Hello {name}' is not translated"),
        ('msgid "Hello {name}"\nmsgstr ""\n', "'Hello {name}' has no translation"),
        ('msgid "Hello {name}"\nmsgstr "你好，{nom}"\n', "other names in braces"),
        ('#, fuzzy\nmsgid "Hello {name}"\nmsgstr "你好，{name}"\n', "is marked fuzzy"),
        (
            'msgid "Hello {name}"\nmsgstr "你好，{name}"\n\nmsgid "Bye"\nmsgstr "再见"\n',
            "'Bye' is said nowhere",
        ),
        (
            'msgid "Hello {name}"\nmsgstr "你好，{name}"\n\n#~ msgid "Bye"\n#~ msgstr "再见"\n',
            "kept as obsolete",
        ),
    ],
)
def test_a_fault_of_a_catalogue_is_found(tmp_path: Path, catalogue: str, fault: str) -> None:
    assert fault in "\n".join(faults(room_with(tmp_path, 't("Hello {name}", name=n)', catalogue)))


def test_a_whole_catalogue_has_no_fault(tmp_path: Path) -> None:
    catalogue = 'msgid "Hello {name}"\nmsgstr "{name}，你好"\n'
    assert faults(room_with(tmp_path, 't("Hello {name}", name=n)', catalogue)) == []
