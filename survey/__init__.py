"""Asks: questionnaires, validation and the model both forms share. Pure: no database, no server, no page."""

from survey.answers import Answer, Raw, check_answer
from survey.definition import Choice, DateRange, FileLimits, NumberRange, Question, Questionnaire, Rule, Scale
from survey.form import Form, FormField, FormFile, FormOption, FormProblem, FormRow, build_form, next_page
from survey.identifiers import new_response_id, receipt_number, response_id_at, started_at
from survey.languages import Text, negotiate, normalise_language, pick
from survey.library import library, library_questionnaire
from survey.naming import names_used
from survey.problems import Problem, SurveyError
from survey.reading import read_questionnaire
from survey.responses import Envelope, Response
from survey.sheet import with_kept
from survey.uploading import Upload
from survey.validating import check_page, validate

__all__ = [
    "Answer",
    "Choice",
    "DateRange",
    "Envelope",
    "FileLimits",
    "Form",
    "FormField",
    "FormFile",
    "FormOption",
    "FormProblem",
    "FormRow",
    "NumberRange",
    "Problem",
    "Question",
    "Questionnaire",
    "Raw",
    "Response",
    "Rule",
    "Scale",
    "SurveyError",
    "Text",
    "Upload",
    "build_form",
    "check_answer",
    "check_page",
    "library",
    "library_questionnaire",
    "names_used",
    "negotiate",
    "new_response_id",
    "next_page",
    "normalise_language",
    "pick",
    "read_questionnaire",
    "receipt_number",
    "response_id_at",
    "started_at",
    "validate",
    "with_kept",
]
