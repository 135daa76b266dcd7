"""What is written down, by its code, with the words for it."""

from collections.abc import Mapping
from typing import Literal

from warehouse.texts import translate

Event = Literal[
    "signed-in",
    "signed-out",
    "published",
    "life-dates",
    "life-event",
    "life-limits",
    "anonymous-made",
    "anonymous-opened",
    "contract-loaded",
    "contract-withdrawn",
    "proceeding",
    "sealed",
    "imported",
    "register-changed",
    "exported",
    "file-opened",
    "invited",
    "revoked",
    "bounced",
    "websites",
    "key-made",
    "key-ended",
    "backed-up",
    "restored",
    "example-loaded",
    "example-declined",
    "stored",
    "refused",
]


def t(message: str) -> str:
    """The message itself: marked for the catalogue here, translated when it is said."""
    return message


TITLES: Mapping[str, str] = {
    "signed-in": t("Signed in by link"),
    "signed-out": t("Signed out"),
    "published": t("Questionnaire published"),
    "life-dates": t("Dates of a survey set"),
    "life-event": t("Survey opened, paused or closed"),
    "life-limits": t("Limits of a survey set"),
    "anonymous-made": t("Survey made anonymous"),
    "anonymous-opened": t("Box of an anonymous survey opened"),
    "contract-loaded": t("Contract loaded"),
    "contract-withdrawn": t("Contract withdrawn"),
    "proceeding": t("Report, relief or order kept"),
    "sealed": t("Period sealed"),
    "imported": t("File imported"),
    "register-changed": t("Register changed by hand"),
    "exported": t("Raw rows exported"),
    "file-opened": t("File of a response opened"),
    "invited": t("Links made"),
    "revoked": t("Links revoked"),
    "bounced": t("Invitations marked as bounced"),
    "websites": t("Websites that may show the form set"),
    "key-made": t("Key of a program made"),
    "key-ended": t("Key of a program revoked"),
    "backed-up": t("Backup made"),
    "restored": t("Backup restored"),
    "example-loaded": t("Example loaded"),
    "example-declined": t("Begun without the example"),
    "stored": t("Responses stored, counted"),
    "refused": t("Refused, counted"),
}

_ACTORS: Mapping[str, str] = {
    "operator": t("Operator"),
    "party_a": t("Party A"),
    "party_b": t("Party B"),
    "mediator": t("Mediator"),
    "server": t("The server itself"),
    "command line": t("Command line"),
    "visitor": t("Not signed in"),
}


def event_words(event: str, language: str) -> str:
    """What happened, in the language; an event of a later version by its code."""
    return translate(TITLES[event], language) if event in TITLES else event


def actor_words(actor: str, language: str) -> str:
    """Who did it, in the language."""
    if actor.startswith("program "):
        return translate("Program {name}", language, name=actor.removeprefix("program "))
    return translate(_ACTORS[actor], language) if actor in _ACTORS else actor


_DETAILS: Mapping[str, str] = {
    "answers": t("answers"),
    "closes_at": t("until"),
    "code": t("reason"),
    "count": t("how often"),
    "detail": t("said"),
    "event": t("now"),
    "file_sha256": t("SHA-256 of the file"),
    "kind": t("kind"),
    "links": t("links"),
    "made_at": t("made on"),
    "most": t("at most"),
    "on": t("on"),
    "opens_at": t("from"),
    "query": t("filters"),
    "quotas": t("quotas"),
    "refused": t("refused"),
    "responses": t("responses"),
    "rows": t("rows"),
    "sha256": "SHA-256",
    "side": t("side"),
    "since": t("since (UTC)"),
    "stored": t("stored"),
    "version": t("version"),
    "wave": t("wave"),
    "websites": t("websites"),
}


def detail_words(details: Mapping[str, object], language: str) -> str:
    """What else is known of it, in one line; hashes by their first twelve digits."""
    said = []
    for name, value in details.items():
        if value in (None, ""):
            continue
        title = translate(_DETAILS[name], language) if name in _DETAILS else name
        short = str(value)[:12] if "sha256" in name else str(value)
        said.append(f"{title}: {short}")
    return " · ".join(said)
