"""Plain content as YAML text: on one line inside brackets, or over several lines as a person types it."""

import json
import re

_ALSO_PLAIN = frozenset(" '().!?/%+_&-…—，。？！、；：（）“”‘’《》·")
_LONGEST_FLOW = 80
_WORDS = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))


def inline(value: object) -> str:
    """The value on one line, as it may stand anywhere, also inside brackets."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key_text(key)}: {inline(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(part) for part in value) + "]"
    if isinstance(value, str):
        return value if _is_plain(value) else _quoted(value)
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def after_key(value: object, column: int) -> str:
    """What follows "key:" of a key in that column, with the space or the line end before it."""
    if isinstance(value, dict) and value and (len(inline(value)) > _LONGEST_FLOW or not _is_short(value)):
        indent = "\n" + " " * (column + 2)
        return "".join(
            f"{indent}{key_text(key)}:{after_key(part, column + 2)}" for key, part in value.items()
        )
    if isinstance(value, list) and any(isinstance(part, dict) for part in value):
        return "".join("\n" + item(part, column + 2) for part in value)
    if isinstance(value, str) and (block := _literal(value, column + 2)):
        return " " + block
    return " " + inline(value)


def item(value: object, column: int) -> str:
    """A list item with its dash in that column, without a line end."""
    if not isinstance(value, dict) or not value:
        return f"{' ' * column}- {inline(value)}"
    lines = "".join(
        f"\n{' ' * (column + 2)}{key_text(key)}:{after_key(part, column + 2)}" for key, part in value.items()
    )
    return f"{' ' * column}- {lines[column + 3 :]}"


def key_text(key: object) -> str:
    """A mapping's key."""
    return str(key) if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]*", str(key)) else _quoted(str(key))


def _is_short(value: dict[str, object]) -> bool:
    """Texts by language may share a line; a piece with keys of its own takes one a key."""
    return all(isinstance(part, str | int) and "\n" not in str(part) for part in value.values())


def _is_plain(text: str) -> bool:
    return (
        text[:1].isalpha()
        and not text.endswith(" ")
        and text.lower() not in _WORDS
        and all(char.isalnum() or char in _ALSO_PLAIN for char in text)
    )


def _quoted(text: str) -> str:
    """The text in double quotes; what cannot be seen is written as an escape."""
    return "".join(
        char if char.isprintable() else f"\\u{ord(char):04x}" if ord(char) < 65536 else f"\\U{ord(char):08x}"
        for char in json.dumps(text, ensure_ascii=False)
    )


def _literal(text: str, column: int) -> str:
    """Several lines as a block, "" where a block could not say them exactly."""
    lines = text.removesuffix("\n").split("\n")
    exact = all(line == line.strip() and all(char.isprintable() for char in line) for line in lines)
    if "\n" not in text or not exact or not lines[0] or not lines[-1]:
        return ""
    head = "|" if text.endswith("\n") else "|-"
    return head + "".join(f"\n{' ' * column}{line}" if line else "\n" for line in lines)
