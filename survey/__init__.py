"""Asks: questionnaires, validation and the model both forms share. Pure: no database, no server, no page."""

from survey.answers import Answer, check_answer
from survey.definition import Choice, Question, Questionnaire, Scale
from survey.form import Form, FormField, FormOption, FormProblem, build_form
from survey.identifiers import new_response_id, receipt_number, response_id_at, started_at
from survey.languages import Text, negotiate, normalise_language, pick
from survey.library import library, library_questionnaire
from survey.problems import Problem, SurveyError
from survey.reading import read_questionnaire
from survey.responses import Envelope, Response
from survey.validating import validate

__all__ = [
    "Answer",
    "Choice",
    "Envelope",
    "Form",
    "FormField",
    "FormOption",
    "FormProblem",
    "Problem",
    "Question",
    "Questionnaire",
    "Response",
    "Scale",
    "SurveyError",
    "Text",
    "build_form",
    "check_answer",
    "library",
    "library_questionnaire",
    "negotiate",
    "new_response_id",
    "normalise_language",
    "pick",
    "read_questionnaire",
    "receipt_number",
    "response_id_at",
    "started_at",
    "validate",
]
