"""Valid responses to the built-in survey, for the tests of the warehouse."""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from survey import Response, new_response_id

SUBMITTED = datetime(2026, 3, 31, 17, 30, tzinfo=UTC)  # already 1 April in Shanghai


def a_response(
    response_id: UUID | None = None,
    scores: tuple[int | None, ...] = (5, 9, None),
    texts: Mapping[str, str] | None = None,
    submitted_at: datetime = SUBMITTED,
) -> Response:
    """An answer sheet of customer-satisfaction v1 with its choice, and a comment unless told otherwise."""
    return Response(
        response_id=response_id or new_response_id(),
        survey="customer-satisfaction",
        questionnaire="customer-satisfaction",
        version=1,
        channel="web",
        language="zh",
        submitted_at=submitted_at,
        started_at=None,
        weight=1.0,
        member_id=None,
        tier=None,
        touchpoint="after",
        scores=scores,
        missing=tuple("blank" if score is None else None for score in scores),
        choices={"touchpoint": ("after",)},
        texts={"comment": "很好"} if texts is None else texts,
    )
