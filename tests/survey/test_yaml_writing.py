"""What is written as YAML is read again as it was."""

import pytest

import survey
from survey.yaml_writing import write_questionnaire


@pytest.mark.parametrize(
    "text", [":-)", ":0", "?a", "??", "- a", "# a", "{a: b}", "a: b", "&a", "null", "1", "'"]
)
def test_a_text_that_looks_like_yaml_comes_back(text: str) -> None:
    questionnaire = survey.library_questionnaire("nps-relationship")
    changed = questionnaire.model_copy(update={"intro": {"en": text, "zh": text}})
    assert survey.read_questionnaire(write_questionnaire(changed), "a.yaml") == changed
