"""What the README shows is what happens."""

import doctest
from pathlib import Path

import contract

README = Path(contract.__file__).parent / "README.md"


def test_the_example_in_the_readme_runs_as_shown() -> None:
    result = doctest.testfile(str(README), module_relative=False, encoding="utf-8")
    assert result.attempted >= 5
    assert result.failed == 0
