"""GET /api/v1/surveys and /api/v1/surveys/{slug}: what surveys ask, for the programs that send responses."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

import warehouse
from pages.web.api.endpoint import Endpoint, in_thread, key_holder
from pages.web.api.problems import reader_language
from pages.web.api.responses import known_survey
from pages.web.api.wire import answers_schema
from warehouse.life import turned_away
from warehouse.surveys import Survey as Asked
from warehouse.surveys import surveys


class Surveys(Endpoint):
    """GET: every survey, with its questionnaire and the JSON Schema of its answers."""

    async def get(self, request: Request) -> Response:
        """The surveys as JSON, a `SurveyList`, in the order of their names."""
        await key_holder(request)
        return await in_thread(_list, reader_language(request))


class Survey(Endpoint):
    """GET: the questionnaire, and the JSON Schema of its answers."""

    async def get(self, request: Request) -> Response:
        """The survey as JSON, a `SurveyDocument`; defaults of the definition are left out."""
        await key_holder(request)
        language = reader_language(request)
        return await in_thread(_document, request.path_params["slug"], language)


def _document(slug: str, language: str) -> Response:
    document = _told(known_survey(slug), language)
    return JSONResponse(document, headers={"Content-Language": language})


def _list(language: str) -> Response:
    found = sorted(surveys(warehouse.serving()), key=lambda each: each.slug)
    document = {"surveys": [_told(each, language) for each in found]}
    return JSONResponse(document, headers={"Content-Language": language})


def _told(survey: Asked, language: str) -> dict[str, object]:
    return {
        "survey": survey.slug,
        "title": dict(survey.title),
        "takes_answers": turned_away(warehouse.serving(), survey) is None,
        "questionnaire": survey.questionnaire.model_dump(mode="json", exclude_defaults=True),
        "answers": answers_schema(survey.questionnaire, language),
    }
