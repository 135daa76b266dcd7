"""The questionnaires that come with the product, read once from `library/*.yaml`."""

from functools import cache
from pathlib import Path

from survey.definition import Questionnaire
from survey.problems import SurveyError, problem
from survey.reading import read_questionnaire


@cache
def library() -> tuple[Questionnaire, ...]:
    """Every built-in questionnaire, by slug."""
    paths = sorted((Path(__file__).parent / "library").glob("*.yaml"))
    return tuple(read_questionnaire(path.read_text(encoding="utf-8"), path.name) for path in paths)


def library_questionnaire(slug: str) -> Questionnaire:
    """The built-in questionnaire of that slug. Raises SurveyError with the slugs there are."""
    for questionnaire in library():
        if questionnaire.slug == slug:
            return questionnaire
    allowed = tuple(questionnaire.slug for questionnaire in library())
    raise SurveyError((problem("questionnaire-unknown", "", slug=slug, allowed=allowed),))


def library_source(slug: str) -> str:
    """The same as the YAML text it was read from, comments and all. Raises SurveyError as above."""
    name = library_questionnaire(slug).slug
    return (Path(__file__).parent / "library" / f"{name}.yaml").read_text(encoding="utf-8")
