"""Questionnaires in files of every kind, told by what is in them."""

from pathlib import Path

from survey.definition import Questionnaire
from survey.foreign.notes import note as foreign_note
from survey.limesurvey import read_lss
from survey.limesurvey.tables import is_lss
from survey.problems import Problem, SurveyError, problem
from survey.qualtrics import read_qsf
from survey.qualtrics.document import is_qsf
from survey.reading import read_questionnaire
from survey.xlsform.reading import read_xlsform
from survey.xlsform.wordings import note
from survey.xlsform.workbook import is_workbook
from survey.xlsform.writing import write_xlsform
from survey.yaml_writing import write_questionnaire

_WORKBOOKS = (".xlsx", ".xls", ".xlsm")


def read_file(path: Path) -> tuple[Questionnaire, tuple[Problem, ...]]:
    """The questionnaire in a file, and what of it was not carried over. Raises SurveyError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SurveyError((_unusable(path, error),)) from None
    suffix = path.suffix.lower()
    if suffix == ".lsa":
        raise SurveyError((foreign_note("limesurvey-archive", path.name),))
    reader = None
    if is_workbook(data) or suffix in _WORKBOOKS:
        reader = read_xlsform
    elif is_lss(data) or suffix == ".lss":
        reader = read_lss
    elif is_qsf(data) or suffix == ".qsf":
        reader = read_qsf
    if reader is not None:
        imported = reader(data, path.name)
        return imported.questionnaire, imported.notes
    try:
        return read_questionnaire(data.decode("utf-8"), path.name), ()
    except UnicodeDecodeError:
        raise SurveyError((problem("file-not-utf8", path.name),)) from None


def write_file(questionnaire: Questionnaire, path: Path) -> tuple[Problem, ...]:
    """Write a new .yaml or .xlsx; gives what was not carried over. Raises SurveyError, also when the file is
    there already."""
    suffix = path.suffix.lower()
    notes: tuple[Problem, ...] = ()
    if suffix in (".yaml", ".yml"):
        data = write_questionnaire(questionnaire).encode()
    elif suffix == ".xlsx":
        exported = write_xlsform(questionnaire)
        data, notes = exported.data, exported.notes
    else:
        raise SurveyError((note("convert-file-name", str(path), raw=path.name),))
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        raise SurveyError((note("convert-file-exists", str(path)),)) from None
    except OSError as error:
        raise SurveyError((_unusable(path, error),)) from None
    return notes


def _unusable(path: Path, error: OSError) -> Problem:
    return problem("file-unreadable", str(path), detail=error.strerror or type(error).__name__)
