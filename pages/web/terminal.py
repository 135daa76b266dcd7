"""What is said at the terminal, in its language: the signed-in link, or why the server did not start."""

import os
import sys

from pages.ui.texts import choose_language, translate
from survey import normalise_language
from warehouse import WarehouseError


def terminal_language() -> str:
    """The language of the terminal's locale (LC_ALL, LC_MESSAGES, LANG), English when it is none of ours."""
    found = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return choose_language(normalise_language(found), None, None)


def say(message: str, /, **values: object) -> None:
    """Print a message (English source text) to the terminal at once."""
    print(translate(message, terminal_language(), **values), flush=True)


def refusal(code: str, message: str, /, **values: object) -> str:
    """Why the server does not start, in one line that begins with a stable code."""
    return f"[{code}] {translate(message, terminal_language(), **values)}"


def warehouse_refusal(error: WarehouseError) -> str:
    """The same for an error of the warehouse."""
    return f"[{error.problem.code}] {error.problem.words(terminal_language())}"


def complain(line: str) -> None:
    """Print a refusal to standard error."""
    print(line, file=sys.stderr, flush=True)
