import doctest
from pathlib import Path

import survey

README = Path(survey.__file__).parent / "README.md"


def test_the_example_in_the_readme_runs_as_printed() -> None:
    failed, attempted = doctest.testfile(str(README), module_relative=False, encoding="utf-8")
    assert attempted > 5
    assert failed == 0


def test_the_readme_names_every_public_name() -> None:
    text = README.read_text(encoding="utf-8")
    assert [name for name in survey.__all__ if f"`{name}`" not in text] == []
