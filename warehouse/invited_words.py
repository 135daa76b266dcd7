"""New links as a table to mail from, and what an operator is told of the list they were made from."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from warehouse.importing.problems import ImportRefusedError
from warehouse.importing.reading import read_columns, read_content, read_header
from warehouse.invitation_problems import problem
from warehouse.invitations import Invited, Made
from warehouse.texts import translate


def linked(made: Made, address: str, codes: Sequence[str] | None = None) -> tuple[list[str], list[list[str]]]:
    """The headings and one row a link: member_id, link, the file of its QR code where there are any, and the
    further columns of the list, such as name and e-mail."""
    others = [*made.kept, *made.passed_over]
    head = ["member_id", "link", *(["qr"] if codes is not None else []), *others]
    rows = [
        [
            link.member_id,
            address + link.path,
            *([codes[place]] if codes is not None else []),
            *(link.fields.get(name, "") for name in others),
        ]
        for place, link in enumerate(made.links)
    ]
    return head, rows


def linked_still(content: bytes, name: str, members: Iterable[Invited]) -> tuple[list[str], list[list[str]]]:
    """Of a file of links made before, the headings and the rows whose link is one of these members'.

    Links are kept nowhere else, so a mailing to those who have not answered comes from that file. Raises
    ImportRefusedError: a file that cannot be read, one without the column link.
    """
    whole = read_content(content, name)
    header, delimiter = read_header(whole, ("member_id", "link"))
    if "link" not in header:
        raise ImportRefusedError([problem("invitation-no-links", name)])
    table = read_columns(whole, header, delimiter, list(dict.fromkeys(header)))
    wanted = {each.token_sha256 for each in members}
    rows = [
        list(row)
        for row, link in zip(zip(*table.columns.values(), strict=True), table.columns["link"], strict=True)
        if hashlib.sha256(link.rpartition("/i/")[2].encode()).hexdigest() in wanted
    ]
    return list(table.columns), rows


def column_words(made: Made, language: str) -> Iterator[str]:
    """What becomes of the list's further columns, and whose language the survey does not speak."""
    if made.kept:
        yield translate(
            "The form uses these columns: {columns}. They are kept sealed with each link.",
            language,
            columns=", ".join(made.kept),
        )
    if made.passed_over:
        yield translate(
            "These columns stand beside the links and are not kept, since the questionnaire does not ask for "
            "them: {columns}.",
            language,
            columns=", ".join(made.passed_over),
        )
    if made.unspoken:
        yield translate(
            "The survey is not offered in {languages}: members with this language get it in another.",
            language,
            languages=", ".join(made.unspoken),
        )
