"""GET /api/v1/surveys/{slug}: what a survey asks, for the programs that send its responses."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

import warehouse
from pages.web.api.endpoint import Endpoint, in_thread, key_holder
from pages.web.api.problems import reader_language
from pages.web.api.responses import known_survey
from pages.web.api.wire import answers_schema
from warehouse.life import turned_away


class Survey(Endpoint):
    """GET: the questionnaire, and the JSON Schema of its answers."""

    async def get(self, request: Request) -> Response:
        """The survey as JSON, a `SurveyDocument`; defaults of the definition are left out."""
        await key_holder(request)
        language = reader_language(request)
        return await in_thread(_document, request.path_params["slug"], language)


def _document(slug: str, language: str) -> Response:
    survey = known_survey(slug)
    document = {
        "survey": survey.slug,
        "title": dict(survey.title),
        "takes_answers": turned_away(warehouse.serving(), survey) is None,
        "questionnaire": survey.questionnaire.model_dump(mode="json", exclude_defaults=True),
        "answers": answers_schema(survey.questionnaire, language),
    }
    return JSONResponse(document, headers={"Content-Language": language})
