"""What a reader is told when a page cannot be drawn: words in their language, never a traceback."""

import pytest
from streamlit.testing.v1 import AppTest


def failing_within() -> None:
    """A page that meets a problem of the warehouse half-way."""
    import streamlit as st

    from pages.ui.layout import framed
    from warehouse import WarehouseError
    from warehouse.problems import Problem

    with framed():
        st.text("first part")
        raise WarehouseError(Problem("made-up", "here", "the <b>disk</b> is full", "make room", {}))


def failing_otherwise() -> None:
    """What Streamlit calls for any other error."""
    import streamlit as st

    from pages.ui.layout import show_failure

    st.text(str(show_failure(ValueError("secret 42"))))


def opened(page: object, language: str) -> tuple[AppTest, str]:
    app = AppTest.from_function(page)
    app.query_params["lang"] = language
    app.run()
    assert not app.exception
    return app, "".join(part.value for part in app.html if not part.value.startswith("<style>"))


def test_a_problem_of_the_warehouse_ends_the_page_with_its_words_as_text() -> None:
    app, shown = opened(failing_within, "en")
    assert app.text[0].value == "first part"
    assert "the &lt;b&gt;disk&lt;/b&gt; is full" in shown and "make room" in shown


@pytest.mark.parametrize(("language", "said"), [("en", "Something went wrong"), ("zh", "服务器出现问题")])
def test_any_other_error_is_a_kind_sentence_without_its_details(language: str, said: str) -> None:
    app, shown = opened(failing_otherwise, language)
    assert said in shown and "secret" not in shown
    assert app.text[0].value == "True", "else Streamlit draws its own box too"
