"""The questions of a form as Streamlit widgets: nothing is answered beforehand, problems stand in place."""

from collections.abc import Mapping

import streamlit as st

from pages.ui.literal import literal
from pages.ui.markup import show
from pages.ui.texts import t
from survey import Form, FormField


def answer_key(slug: str, code: str) -> str:
    """Where the answer to that question stands in the session state. Its first part is used by look.css."""
    return f"answer-{slug}-{code}"


def draw_fields(form: Form) -> None:
    """Draw every question of the form, one below the other."""
    for field in form.fields:
        show(
            "question",
            field=field,
            required=t("required"),
            original=t("Not yet translated") if field.is_fallback else "",
        )
        _draw(form.slug, field)


def sent_answers(form: Form, state: Mapping[str, object]) -> dict[str, str | None]:
    """What the widgets hold, question code -> raw answer; trusted in nothing, it goes to the validator."""
    held = {field.code: state.get(answer_key(form.slug, field.code)) for field in form.fields}
    return {code: None if value is None else str(value) for code, value in held.items()}


def _draw(slug: str, field: FormField) -> None:
    key, label = answer_key(slug, field.code), literal(field.label)
    if field.type == "long_text":
        st.text_area(label, value=None, max_chars=field.max_length, key=key, label_visibility="collapsed")
        return
    labels = {option.code: literal(option.label) for option in field.options}
    if field.type == "single_choice":
        st.radio(
            label,
            list(labels),
            index=None,
            format_func=labels.__getitem__,
            key=key,
            label_visibility="collapsed",
        )
        return
    st.segmented_control(label, list(labels), default=None, key=key, label_visibility="collapsed", wrap=True)
    show("scale_ends", low=field.low_label, high=field.high_label, points=len(labels))
