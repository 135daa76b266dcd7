"""`python -m warehouse share SURVEY`: the open link, its QR code, and a rating for an e-mail."""

import argparse
from contextlib import closing
from pathlib import Path

from survey import Questionnaire
from survey.sharing import MERGE_FIELD, RatingMail, mailable_questions, rating_mail
from warehouse.cli.link import server_address
from warehouse.cli.speaking import add_language, language_of
from warehouse.database import open_warehouse
from warehouse.qr import Kind, qr_code
from warehouse.sharing import named_survey, refusal
from warehouse.texts import translate

NAME = "share"
SUMMARY = "The open link of a survey, its QR code, and a rating for an e-mail."
_KINDS: dict[str, Kind] = {".png": "png", ".svg": "svg"}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The survey, where the server answers, and what to write."""
    parser.add_argument(
        "survey", metavar="SURVEY", help=translate("its name, such as customer-satisfaction", language)
    )
    parser.add_argument(
        "--base-url",
        metavar="URL",
        help=translate("address of the server, such as https://pactboard.example.org", language),
    )
    parser.add_argument(
        "--qr",
        type=Path,
        metavar="FILE",
        help=translate("gets the QR code of the link: .png or .svg", language),
    )
    parser.add_argument(
        "--mail",
        type=Path,
        metavar="FILE.html",
        help=translate("gets a row of ratings for an e-mail, and the same as text beside it", language),
    )
    parser.add_argument(
        "--question",
        metavar="CODE",
        help=translate("to be rated in the e-mail", language),
    )
    parser.add_argument(
        "--personal",
        action="store_true",
        help=translate("the e-mail takes personal links, put in for {field}", language, field=MERGE_FIELD),
    )
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Print the links and write the files. Raises WarehouseError: "link-address" and those of
    `sharing_problems`."""
    language = language_of(arguments)
    address = server_address(arguments.base_url)
    with closing(open_warehouse()) as warehouse:
        asked = named_survey(warehouse, arguments.survey)
    link = f"{address}/s/{asked.slug}"
    print(translate("Link: {link}", language, link=link))
    print(translate("For a kiosk: {link}", language, link=f"{link}?kiosk=1"))
    if arguments.qr is not None:
        kind = _KINDS.get(arguments.qr.suffix.lower())
        if kind is None:
            raise refusal("share-file-kind", str(arguments.qr))
        _write(arguments.qr, qr_code(link, kind))
    if arguments.mail is not None:
        to = MERGE_FIELD if arguments.personal else link
        mail = _mail(asked.questionnaire, arguments.question, to, language)
        _write(arguments.mail, mail.html.encode())
        _write(arguments.mail.with_suffix(".txt"), mail.text.encode())
    return 0


def _mail(questionnaire: Questionnaire, code: str | None, link: str, language: str) -> RatingMail:
    offered = mailable_questions(questionnaire)
    found = [question for question in offered if code in (None, question.code)]
    if not found:
        raise refusal("share-question", known=", ".join(question.code for question in offered) or "–")
    return rating_mail(questionnaire, found[0], link, language)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise refusal("share-file", str(path), reason=error.strerror or type(error).__name__) from error
