"""Why a survey takes no answer now, and what can be wrong with drafts, dates and limits: code -> what is
wrong, what to do."""

from collections.abc import Mapping

from warehouse.problems import Problem, WarehouseError

# Every text stands in locale/<language>/life.po
WORDINGS: Mapping[str, tuple[str, str]] = {
    "survey-not-yet": (
        "This survey opens on {opens}.",
        "Come back then; nothing was stored.",
    ),
    "survey-paused": (
        "This survey is paused.",
        "Keep what you have written and send it again later; nothing was stored.",
    ),
    "survey-closed": (
        "This survey takes no answers any more.",
        "Ask whoever runs it if it should be open; nothing was stored.",
    ),
    "survey-full": (
        "This survey has enough answers.",
        "Nothing more needs to be done; nothing was stored.",
    ),
    "life-survey": (
        "There is no survey {survey}; there are: {known}.",
        "Name one of these.",
    ),
    "life-imported": (
        "The answers of the survey {survey} were imported from a file: its form stays closed.",
        "Publish the questionnaire as a survey of another name to ask it.",
    ),
    "life-dates-order": (
        "The survey would close on {closes}, before it opens on {opens}.",
        "Choose a closing that comes after the opening.",
    ),
    "life-dates-past": (
        "The closing {closes} is over already.",
        "Choose a later one, or close the survey at once.",
    ),
    "life-date": (
        "“{given}” is not a day or a time of a day.",
        "Write 2026-07-05 or 2026-07-05T18:00, in the zone {zone}; none for no bound.",
    ),
    "life-quota": (
        "“{given}” is not a quota.",
        "Write it as question=choice:number, such as touchpoint=after:100; none for no quotas.",
    ),
    "life-over": (
        "The survey's closing date {closes} is over.",
        "Set a later closing date, or none, to open it again.",
    ),
    "life-limit": (
        "{limit} cannot be a number of responses.",
        "Write a whole number from 1 to {most}, or nothing for no limit.",
    ),
    "life-quota-question": (
        "A quota needs a question with choices, and {question} is none of this survey's.",
        "Name one of these: {known}.",
    ),
    "life-quota-choice": (
        "{question} has no choice {choice}.",
        "Name one of these: {known}.",
    ),
    "life-quota-twice": (
        "There are two quotas for {question} = {choice}.",
        "Keep one of them.",
    ),
    "draft-name": (
        "“{slug}” cannot be the name of a questionnaire.",
        "Write small letters, digits and hyphens, starting with a letter, at most 60.",
    ),
    "draft-text": (
        "The text has more than {limit} characters, or characters that no file can hold.",
        "Shorten it, and write it as plain text.",
    ),
    "draft-changed": (
        "Another draft was saved meanwhile, by {by}.",
        "Yours is not stored. Choose which of the two goes on.",
    ),
    "draft-gone": (
        "The draft was published or discarded meanwhile.",
        "Yours is not stored. Begin again from what is published, or keep yours as a new draft.",
    ),
}


def problem(code: str, where: str = "", **values: object) -> Problem:
    """The problem with one of the codes above; `values` fill its texts."""
    what, todo = WORDINGS[code]
    return Problem(code, where, what, todo, values)


def refusal(code: str, where: str = "", **values: object) -> WarehouseError:
    """The same as an error to raise."""
    return WarehouseError(problem(code, where, **values))
