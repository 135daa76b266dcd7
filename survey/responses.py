"""An answered questionnaire: the envelope known about it, and the response that goes to the warehouse."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from survey.uploading import Upload


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is known about a response beside its answers, filled in by the way it came in.

    `survey` is the survey's slug; `channel` how it came (web, import, ...); `language` a code such as zh;
    instants are timezone-aware; `weight` is the respondent's share in a weighted sample, 1.0 when there is
    none; `member_id` and `tier` are those at the time of answering; `member` holds the fields that texts and
    expressions may use, by name; `today` is the day in the survey's zone, that of UTC when None."""

    response_id: UUID
    survey: str
    channel: str
    language: str
    submitted_at: datetime
    started_at: datetime | None = None
    weight: float = 1.0
    member_id: str | None = None
    tier: str | None = None
    member: Mapping[str, str] = field(default_factory=dict)
    today: date | None = None

    def __post_init__(self) -> None:
        """Raises ValueError for an instant without a time zone: that is a mistake of ours, not of the
        respondent."""
        if self.submitted_at.tzinfo is None or (self.started_at and self.started_at.tzinfo is None):
            raise ValueError("an envelope's instants carry a time zone")


@dataclass(frozen=True, slots=True)
class Response:
    """One valid, complete answer sheet, against one version of one questionnaire.

    `scores` and `missing` stand in the order of `Questionnaire.scored`: a score in the question's own scale
    units, or None with the reason it is missing ("not_shown" when its question was hidden). `choices` is
    question code -> chosen codes (in rank order for a ranking; yes or no), `texts` question code -> text as
    written, `numbers`, `dates` and `files` likewise; unanswered and hidden questions are in none of them.
    `touchpoint` is the choice of the question that asks for it, else that of the questionnaire.
    `content_sha256` tells the request of a program from another one under the same id, `request_sha256` a
    repeat of it from a new one; None for what comes by other ways in."""

    response_id: UUID
    survey: str
    questionnaire: str
    version: int
    channel: str
    language: str
    submitted_at: datetime
    started_at: datetime | None
    weight: float
    member_id: str | None
    tier: str | None
    touchpoint: str | None
    scores: tuple[int | None, ...]
    missing: tuple[str | None, ...]
    choices: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, str]
    numbers: Mapping[str, Decimal] = field(default_factory=dict)
    dates: Mapping[str, date] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)
    content_sha256: str | None = None
    request_sha256: str | None = None
