"""The questions of a form as Streamlit widgets: nothing is answered beforehand, problems stand in place."""

from collections.abc import Mapping, MutableMapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from pages.ui.layout import Link, links, text
from pages.ui.literal import literal
from pages.ui.markup import show
from pages.ui.question_hints import hint
from pages.ui.texts import t
from survey import Form, FormField, FormOption, Raw
from warehouse.pictures import Picture

_FIRST_DAY, _LAST_DAY = (
    date(1900, 1, 1),
    date(2199, 12, 31),
)  # what the calendar offers, unless told otherwise
_MOODS = ("very_dissatisfied", "dissatisfied", "neutral", "satisfied", "very_satisfied")


def answer_key(survey: str, code: str) -> str:
    """Where the answer to that item stands in the session state; `survey` is the survey's slug. The first
    part is used by look.css.

    A choice among several adds `.<choice>` to it, a rank `.<rank>`, counted from 1."""
    return f"answer-{survey}-{code}"


def draw_fields(form: Form, survey: str, shown: Mapping[str, Picture]) -> None:
    """Draw every question of the form, one below the other. `shown` are its pictures, by the name of the
    file."""
    for field in form.fields:
        if field.type == "image" and (picture := shown.get(field.image)):
            show("picture", picture=picture, label=field.label, help=field.help)
            continue
        if field.type == "image":
            show("part_of_question", label=t("Picture: {text}", text=field.label), problem=None)
            continue
        show(
            "question",
            field=field,
            required=t("required"),
            hint=" · ".join(filter(None, (hint(field), field.unit))),
            original=t("Not yet translated") if field.is_fallback else "",
        )
        _draw(survey, field)
        if field.other_name:
            show("part_of_question", label=t("If other, please say which"), problem=field.other_problem)
            _line(t("If other, please say which"), answer_key(survey, field.other_name))


def recall(form: Form, survey: str, state: MutableMapping[Any, Any]) -> None:
    """Give the widgets about to be drawn what was answered on an earlier visit of the page."""
    for field in form.fields:
        for name, value in _held(survey, field).items():
            if value is not None and name not in state:
                state[name] = value


def sent_answers(form: Form, survey: str, state: Mapping[Any, Any]) -> dict[str, Raw]:
    """What the widgets hold, item code -> raw answer; trusted in nothing, it goes to the validator."""
    answers: dict[str, Raw] = {}
    for field in form.fields:
        key = answer_key(survey, field.code)
        if field.type in ("section", "image", "file"):
            continue
        if field.type == "matrix":
            answers |= {row.code: _raw(state.get(answer_key(survey, row.code))) for row in field.rows}
        elif field.type == "multiple_choice":
            answers[field.code] = [o.code for o in field.options if state.get(f"{key}.{o.code}")]
        elif field.type == "ranking":
            ranks = (state.get(f"{key}.{rank}") for rank in range(1, field.max_choices + 1))
            answers[field.code] = [_raw(code) or "" for code in ranks]
        elif field.type == "consent":
            answers[field.code] = "yes" if state.get(key) else None
        else:
            answers[field.code] = _raw(state.get(key))
        if field.other_name:
            answers[field.other_name] = _raw(state.get(answer_key(survey, field.other_name)))
    return answers


def _raw(held: object) -> str | None:
    return None if held is None else str(held)  # a day is written as ISO 8601


def _held(survey: str, field: FormField) -> dict[str, object]:
    """The session state of the field's widgets for the answers it shows."""
    key = answer_key(survey, field.code)
    if field.type == "matrix":
        return {answer_key(survey, row.code): row.value for row in field.rows}
    if field.type == "multiple_choice":
        held: dict[str, object] = {f"{key}.{code}": True for code in field.values}
    elif field.type == "ranking":
        held = {f"{key}.{rank}": code for rank, code in enumerate(field.values, start=1)}
    elif field.type == "consent":
        held = {key: True} if field.value == "yes" else {}
    elif field.type == "file":
        held = {}
    elif field.type == "date":
        held = {key: date.fromisoformat(field.value) if field.value else None}
    else:
        held = {key: field.value}
    if field.other_name:
        held[answer_key(survey, field.other_name)] = field.other_value or None
    return held


def _draw(survey: str, field: FormField) -> None:
    key, label = answer_key(survey, field.code), literal(field.label)
    match field.type:
        case "rating" | "nps":
            _score(field, label, key)
        case "matrix":
            for row in field.rows:
                show("part_of_question", label=row.label, problem=row.problem)
                _scale(field, literal(row.label), answer_key(survey, row.code))
        case "single_choice" | "yes_no":
            _radio(field.options, label, key, required=field.required)
        case "multiple_choice":
            for option in field.options:
                st.checkbox(literal(option.label), key=f"{key}.{option.code}")
        case "consent":
            st.checkbox(literal(field.options[0].label), key=key)
        case "ranking":
            _ranks(field, key)
        case "file":
            _elsewhere(survey)
        case "date":
            _day(field, label, key)
        case "number":
            _line(label, key)
        case "short_text" | "signature":
            _line(label, key, field.max_length)
        case "long_text":
            st.text_area(label, value=None, max_chars=field.max_length, key=key, label_visibility="collapsed")


def _elsewhere(survey: str) -> None:
    """Where a file can be given: Streamlit would take it into memory before it is looked at, from anybody."""
    text(t("A file is sent with the form at this address, not on this page."))
    links(Link(t("Open that form"), f"/s/{survey}"))


def _score(field: FormField, label: str, key: str) -> None:
    named = any(option.label != option.code for option in field.options)
    if named and field.look == "numbers":
        options = [FormOption(option.code, f"{option.code} · {option.label}") for option in field.options]
        _radio(options, label, key, required=field.required)
    else:
        _scale(field, label, key)


def _scale(field: FormField, label: str, key: str) -> None:
    """A row of scores; a second click on one takes it back."""
    codes = [option.code for option in field.options]
    labels = {code: _look(field, place) for place, code in enumerate(codes)}
    st.segmented_control(
        label,
        codes,
        default=None,
        format_func=labels.__getitem__,
        key=key,
        label_visibility="collapsed",
        wrap=True,
    )
    show("scale_ends", low=field.low_label, high=field.high_label, points=len(codes))


def _look(field: FormField, place: int) -> str:
    code = literal(field.options[place].code)
    if field.type != "rating" or field.look == "numbers":
        return code
    if field.look == "stars":
        return f"{code} ★"
    mood = _MOODS[round(place * (len(_MOODS) - 1) / (len(field.options) - 1))]
    return f":material/sentiment_{mood}: {code}"


def _radio(options: Sequence[FormOption], label: str, key: str, *, required: bool) -> None:
    """One under the other; where no answer is needed, a last one takes the choice back."""
    labels = {option.code: literal(option.label) for option in options}
    if not required:
        labels[""] = t("No answer")
    st.radio(
        label,
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        key=key,
        label_visibility="collapsed",
    )


def _ranks(field: FormField, key: str) -> None:
    labels = {option.code: option.label for option in field.options}
    for rank in range(1, field.max_choices + 1):
        st.selectbox(
            t("Rank {number}", number=rank),
            list(labels),
            index=None,
            format_func=labels.__getitem__,
            key=f"{key}.{rank}",
            placeholder=t("Choose"),
        )


def _day(field: FormField, label: str, key: str) -> None:
    least = date.fromisoformat(field.min) if field.min else _FIRST_DAY
    most = date.fromisoformat(field.max) if field.max else _LAST_DAY
    st.date_input(
        label,
        value=None,
        min_value=min(least, most),
        max_value=max(least, most),
        format="YYYY-MM-DD",
        key=key,
        label_visibility="collapsed",
    )


def _line(label: str, key: str, most: int | None = None) -> None:
    st.text_input(
        label,
        value=None,
        max_chars=most,
        key=key,
        label_visibility="collapsed",
        autocomplete="off",
    )
