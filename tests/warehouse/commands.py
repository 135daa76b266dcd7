"""The command line as a test calls it."""

import pytest

from warehouse.__main__ import main


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Run `python -m warehouse ...` in this process: its exit code, what it printed, what it complained
    of."""
    code = main([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    return code, printed.out, printed.err
