"""The sheet a respondent sees: a survey, one version of its questionnaire, one address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import warehouse
from pages.web.body import Limits
from pages.web.form_id import LONGEST_OPEN
from pages.web.kiosk import CHANNEL, KEPT, Kiosk
from survey import Questionnaire, Raw, next_page, with_kept
from warehouse import surveys
from warehouse.anonymity import is_anonymous
from warehouse.receiving import rules
from warehouse.saved import SavedForm

# A form with more questions than this, or with several pages, may be too long for one sitting.
_FEW_QUESTIONS = 5


@dataclass(frozen=True, slots=True)
class Invited:
    """Who answers by a link of their own: the address of the form, its token, the one response it can give,
    and the member.

    `member` are the fields that texts and conditions of the questionnaire may use, by name. `saved` is what
    was saved under the link, `until` when the link ends, None for a link that was made by saving."""

    path: str
    token: str
    response_id: UUID
    member_id: str | None
    tier: str | None
    member: Mapping[str, str]
    channel: str = "invitation"
    saved: SavedForm | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A survey with the version of its questionnaire that the respondent sees.

    `now` is when the request came, in UTC; `today` the day it is then in the survey's zone. `is_preview` says
    that the operator only looks at it, `kiosk` is set on a device that many people use, `savable` where the
    form can be saved for later, `is_anonymous` where nobody is to know who answered what."""

    survey: surveys.Survey
    questionnaire: Questionnaire
    invited: Invited | None
    now: datetime
    today: date
    is_preview: bool = False
    kiosk: Kiosk | None = None
    savable: bool = False
    is_anonymous: bool = False

    @property
    def path(self) -> str:
        """Where this form is shown."""
        if self.is_preview:
            return f"/preview/{self.survey.slug}"
        return self.invited.path if self.invited else f"/s/{self.survey.slug}"

    @property
    def action(self) -> str:
        """Where this form is sent to."""
        return self.kiosk.home if self.kiosk else self.path

    @property
    def channel(self) -> str:
        """By which way its response comes in."""
        if self.invited:
            return self.invited.channel
        return CHANNEL if self.kiosk else "light_form"

    @property
    def oldest(self) -> timedelta:
        """How long ago a form that is sent may have been shown."""
        return KEPT if self.kiosk else LONGEST_OPEN

    @property
    def member(self) -> Mapping[str, str]:
        """The fields of the member invited; of anybody else, and in an anonymous survey, nothing is known."""
        return self.invited.member if self.invited and not self.is_anonymous else {}

    @property
    def several(self) -> frozenset[str]:
        """The names under which more than one value may be sent."""
        return frozenset(item.code for item in self.questionnaire.items if item.stored == "choices")

    def page_after(self, answers: Mapping[str, Raw], page: int | None) -> int | None:
        """The next page on which something is shown for these answers, None when all are done.

        None for `page`: the questionnaire is one page, and that is it."""
        if page is None:
            return None
        return next_page(self.questionnaire, answers, page, member=self.member, today=self.today)

    def first_page(self, answers: Mapping[str, Raw]) -> int | None:
        """The page to begin with; None for a questionnaire of one page, which is drawn as a whole."""
        return (self.page_after(answers, -1) or 0) if len(self.questionnaire.pages) > 1 else None

    def sent(self, answers: Mapping[str, Raw], kept: Mapping[str, Raw]) -> Mapping[str, Raw]:
        """What was sent, with what the form had kept and still asks for."""
        return with_kept(self.questionnaire, answers, kept, self.member, self.today)

    def page_of(self, item: str) -> int | None:
        """The page on which that item, or the question of that code, is asked."""
        for number, page in enumerate(self.questionnaire.pages):
            if any(item in (question.code, *(part.code for part in question.items)) for question in page):
                return number
        return None


def find_sheet(
    slug: str, version: str = "", invited: Invited | None = None, at: Kiosk | None = None
) -> Sheet | None:
    """The survey's sheet in the version the form was shown in, else in the latest; None when there is no such
    form. Whether the survey takes answers now is for `turned_away` and the writer to say."""
    serving = warehouse.serving()
    survey = surveys.survey(serving, slug)
    if survey is None or rules(serving, slug).is_history:
        return None
    latest = survey.questionnaire
    shown = None
    if version.isascii() and version.isdigit() and len(version) < 8:
        shown = surveys.questionnaire(serving, latest.slug, int(version))
    now = datetime.now(UTC)
    asked = shown or latest
    secret = is_anonymous(serving, slug)
    is_long = len(asked.pages) > 1 or len(asked.questions) > _FEW_QUESTIONS
    return Sheet(
        survey,
        asked,
        invited,
        now,
        now.astimezone(serving.reporting_zone).date(),
        kiosk=at,
        savable=is_long and at is None and not secret,
        is_anonymous=secret,
    )


def limits() -> Limits:
    """What a form may send at most: enough for a full sheet of any survey there is."""
    found = Limits()
    for survey in surveys.surveys(warehouse.serving()):
        found = found.raised_for(survey.questionnaire)
    return found
