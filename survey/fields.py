"""One question of a form as both renderers draw it: all that they need, in one language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from survey.answers import Raw
from survey.definition import OTHER, Question, Questionnaire
from survey.expression import Value
from survey.file_kinds import KINDS
from survey.languages import Text
from survey.order import ordered
from survey.parts import Choice, NumberRange
from survey.shapes import TODAY
from survey.texts import translate
from survey.uploading import allowed, limits, most_bytes, read_reference
from survey.words import own_label, spoken


@dataclass(frozen=True, slots=True)
class FormOption:
    """One answer on offer: `code` is sent back, `label` is read; `exclusive` means alone."""

    code: str
    label: str
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of a matrix: `code` is the name under which one option's code is sent."""

    code: str
    label: str
    value: str | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class FormFile:
    """What the field of a file takes and holds: `accept` is that attribute of an input, `types` the same in
    words, `most_bytes` the largest size; `name` and `size` (bytes) are those of the file given, "" and 0 for
    none."""

    accept: str
    types: str
    max_mb: int
    most_bytes: int
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class FormField:
    """One question in one language. `code` is the name under which its answer is sent.

    `value` is what to show as answered, None for nothing, `values` the same where several may be chosen, in
    rank order for a ranking; `problem` what is wrong with it, in words; `max_length` is in characters;
    `is_fallback` says that a text is in the default language. `rows` are those of a matrix. Where
    `other_name` is set, the text for the option "other" is sent under it, and `other_value`,
    `other_problem` belong to it. `min_choices`, `max_choices` bound a multiple choice; a ranking has
    `max_choices` ranks. `min`, `max`, `step` are the attributes of a number's or a date's input, "" for none;
    `unit` stands beside it. `image` is the name of a picture's file; `file` is there where one is asked for,
    and `value` is then the reference of the one given."""

    code: str
    type: str
    label: str
    help: str
    required: bool
    options: tuple[FormOption, ...]
    low_label: str
    high_label: str
    max_length: int
    value: str | None
    problem: str | None
    is_fallback: bool
    look: str
    values: tuple[str, ...]
    rows: tuple[FormRow, ...]
    other_name: str
    other_value: str
    other_problem: str | None
    min_choices: int
    max_choices: int
    min: str
    max: str
    step: str
    unit: str
    image: str
    file: FormFile | None


@dataclass(slots=True)
class Reader:
    """For whom a field is made; `fell_back` tells whether a text was not there in the language."""

    questionnaire: Questionnaire
    language: str
    values: Mapping[str, Value]
    response_id: UUID | None = None
    today: date | None = None
    fell_back: bool = field(default=False, init=False)

    def say(self, text: Text | None) -> str:
        """The text in the reader's language, filled; "" for none."""
        if text is None:
            return ""
        said, is_fallback = spoken(self.questionnaire, text, self.language, self.values, self.today)
        self.fell_back |= is_fallback
        return said

    def order(self, question: Question, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        """The choices in this reader's order."""
        return ordered(choices, question.code, self.response_id) if question.randomise else choices


def build_field(
    question: Question, reader: Reader, raw: Mapping[str, Raw], advice: Mapping[str, str]
) -> FormField:
    """The field of one question; `raw` is item code -> what was sent, `advice` item code -> what is wrong
    with it, in words. A value that is no option is not shown as chosen; a text is shown as it was sent."""
    reader.fell_back = False
    scale = question.scale
    options = _options(question, reader)
    other = f"{question.code}_{OTHER}" if question.other else ""
    least, most, step = _bounds(question, reader.today)
    return FormField(
        code=question.code,
        type=question.type,
        label=reader.say(question.text),
        help=reader.say(question.help),
        required=question.required,
        options=options,
        low_label=reader.say(scale.low) if scale else "",
        high_label=reader.say(scale.high) if scale else "",
        max_length=question.max_length,
        value=_value(raw.get(question.code), options),
        problem=advice.get(question.code),
        rows=_rows(question, reader, raw, options, advice),
        values=_values(raw.get(question.code), options) if question.stored == "choices" else (),
        look=question.look,
        other_name=other,
        other_value=_value(raw.get(other), ()) or "",
        other_problem=advice.get(other),
        min_choices=question.min_choices or 0,
        max_choices=question.most_choices if question.stored == "choices" else 0,
        min=least,
        max=most,
        step=step,
        unit=reader.say(question.number.unit) if question.number else "",
        image=question.image or "",
        file=_file(question, reader, raw.get(question.code)),
        is_fallback=reader.fell_back,
    )


def _file(question: Question, reader: Reader, raw: Raw) -> FormFile | None:
    if question.type != "file":
        return None
    given = read_reference(raw) if isinstance(raw, str) else None
    kinds = [kind for kind in KINDS.values() if kind.type in limits(question).types]
    endings = (f".{ending}" for kind in kinds for ending in kind.endings)
    words = (translate(term.message, reader.language) for term in allowed(question))
    return FormFile(
        accept=",".join((*endings, *(kind.media_type for kind in kinds))),
        types=translate(", ", reader.language).join(words),
        max_mb=limits(question).max_mb,
        most_bytes=most_bytes(question),
        name=given.name if given else "",
        size=given.size if given else 0,
    )


def _options(question: Question, reader: Reader) -> tuple[FormOption, ...]:
    if question.scale:
        labels = question.scale.labels
        points = question.scale.points
        return tuple(FormOption(point, reader.say(labels.get(point)) or point) for point in points)
    listed = reader.order(question, question.choices)
    options = tuple(FormOption(choice.code, reader.say(choice.text), choice.exclusive) for choice in listed)
    # "other", yes and no have texts of our own, in every language that the catalogue knows.
    own = question.offered[len(question.choices) :]
    if question.type == "consent":
        own = ("yes",)
    labelled = (FormOption(code, own_label(question, code, reader.language)) for code in own)
    return (*options, *labelled)


def _rows(
    question: Question,
    reader: Reader,
    raw: Mapping[str, Raw],
    options: tuple[FormOption, ...],
    advice: Mapping[str, str],
) -> tuple[FormRow, ...]:
    rows = ((f"{question.code}_{row.code}", row) for row in reader.order(question, question.rows))
    return tuple(
        FormRow(code, reader.say(row.text), _value(raw.get(code), options), advice.get(code))
        for code, row in rows
    )


def _value(raw: Raw, options: tuple[FormOption, ...]) -> str | None:
    if not isinstance(raw, str) or (options and raw not in {option.code for option in options}):
        return None
    return raw


def _values(raw: Raw, options: tuple[FormOption, ...]) -> tuple[str, ...]:
    sent = raw.split(" ") if isinstance(raw, str) else raw or ()
    offered = {option.code for option in options}
    return tuple(dict.fromkeys(code for code in sent if code in offered))


def _bounds(question: Question, today: date | None) -> tuple[str, str, str]:
    """The attributes min, max and step of an input."""
    if question.type == "number":
        numbers = question.number or NumberRange()
        step = f"{Decimal(1).scaleb(-numbers.decimals):f}"
        return numbers.min or "", numbers.max or "", step
    if question.date is None:
        return "", "", ""
    day = today.isoformat() if today else ""
    least, most = (day if end == TODAY else end or "" for end in (question.date.min, question.date.max))
    return least, most, ""
