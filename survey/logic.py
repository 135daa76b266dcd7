"""Checks the expressions of a questionnaire before anybody answers: what they name must be asked before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from survey.expression import ExpressionRefused, Fault, Kind, check, names, parse
from survey.expression.kinds import DATE, NUMBER, TEXT, KindName
from survey.languages import Text
from survey.piping import pieces
from survey.problems import Term
from survey.question import Question
from survey.shapes import Path

MEMBER_FIELDS = ("name", "tier", "language")
"""What is known of every member, as `member.<field>`."""

KIND_WORDS: Mapping[str, str] = {
    "number": "a number",
    "text": "a text",
    "choice": "a choice",
    "choices": "several choices",
    "date": "a date",
    "truth": "true or false",
    "any": "anything",
}

_SHOWN: tuple[KindName, ...] = ("number", "text", "choice", "choices", "date")

Found = tuple[str, Path, Mapping[str, object]]
"""A code of `wordings`, the path in the definition, the values of the wording."""


def logic_faults(
    questions: Sequence[Question], member_fields: Iterable[str], intro: Text, thanks: Text, title: Text
) -> list[Found]:
    """Everything wrong with show_if, validation and `{{ }}`, in the order of the definition."""
    known: dict[str, Kind] = {f"member.{field}": TEXT for field in (*MEMBER_FIELDS, *member_fields)}
    every = {name for question in questions for name in kinds(question)}
    found = [*_piping(("title",), title, known, every), *_piping(("intro",), intro, known, every)]
    for number, question in enumerate(questions):
        here: Path = ("questions", number)
        later = every - set(known)
        if question.show_if is not None:
            found += _expression((*here, "show_if"), question.show_if, known, later)
        own = {**known, **kinds(question)}
        for path, text in question.texts():
            seen = own if path[0] == "validation" else known
            found += _piping((*here, *path), text, seen, every - set(seen))
        if question.validation:
            path = (*here, "validation", "expression")
            found += _expression(path, question.validation.expression, own, every - set(own))
        known = own
    return [*found, *_piping(("thanks",), thanks, known, ())]


def kinds(question: Question) -> dict[str, Kind]:
    """The names that an answer to this question gives to expressions, each with its kind."""
    if question.type == "matrix":
        rows = {item.code: NUMBER for item in question.items}
        return {question.code: Kind("choices", tuple(row.code for row in question.rows)), **rows}
    return {item.code: _kind(item) for item in question.items}


def needs(question: Question) -> frozenset[str]:
    """The names that decide whether and how this question is shown."""
    sources = [] if question.show_if is None else [question.show_if]
    for path, text in question.texts():
        if path[0] != "validation":
            for translation in text.values():
                sources += [piece[1] for piece in pieces(translation) if isinstance(piece, tuple)]
    return frozenset().union(*(names(parse(source)) for source in sources))


def _kind(item: Question) -> Kind:
    match item.stored:
        case "score" | "number":
            return NUMBER
        case "choice" | "choices":
            return Kind(item.stored, item.offered)
        case "date":
            return DATE
        case _:
            return TEXT


def _piping(at: Path, text: Text, known: Mapping[str, Kind], later: Iterable[str]) -> Iterator[Found]:
    for language, translation in text.items():
        here = (*at, language)
        try:
            cut = pieces(translation)
        except ExpressionRefused as refused:
            yield _placed(here, refused.fault)
            continue
        for piece in cut:
            if isinstance(piece, tuple):
                start, source = piece
                yield from _expression(here, source, known, later, _SHOWN, start - 1)


def _expression(
    at: Path,
    source: str,
    known: Mapping[str, Kind],
    later: Iterable[str],
    wanted: tuple[KindName, ...] = ("truth",),
    before: int = 0,
) -> Iterator[Found]:
    """The faults of one expression that stands behind so many characters of its text."""
    try:
        faults = check(parse(source), known, later, wanted)
    except ExpressionRefused as refused:
        faults = (refused.fault,)
    for fault in faults:
        yield _placed(at, fault, before)


def _placed(at: Path, fault: Fault, before: int = 0) -> Found:
    values = {name: _worded(name, value) for name, value in fault.values.items()}
    return fault.code, at, {**values, "position": before + fault.position}


def _worded(name: str, value: object) -> object:
    """Kinds as words a reader knows; everything else as it is."""
    if name in ("wanted", "found", "left", "right"):
        if isinstance(value, tuple):
            return tuple(Term(KIND_WORDS[kind]) for kind in value)
        return Term(KIND_WORDS[value]) if isinstance(value, str) else value
    return value
