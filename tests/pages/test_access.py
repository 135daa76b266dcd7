"""The guard of every Streamlit page: who may see it, and what the others are told."""

import pytest
from streamlit.testing.v1 import AppTest

import warehouse
from warehouse.access import Role, end_session, open_session

FIGURE = "97.5 percent"


def page(roles: tuple[str, ...]) -> None:
    import streamlit as st

    from pages.ui.access import require

    role = require(*roles)
    st.write(f"97.5 percent for {role}")


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> dict[str, str | None]:
    """What the browser sends: `cookie`."""
    sent: dict[str, str | None] = {"cookie": None}
    monkeypatch.setattr("pages.ui.access.cookie", lambda: sent["cookie"])
    return sent


def shown(app: AppTest) -> str:
    """Everything on the page, as one text."""
    assert not app.exception
    return "\n".join(str(element.proto) for element in app.main)


def run(*roles: str, language: str = "en") -> AppTest:
    app = AppTest.from_function(page, args=(roles,), default_timeout=20)
    app.query_params["lang"] = language
    return app.run()


@pytest.mark.parametrize("cookie", [None, "", "made up", "x" * 5000])
def test_a_visitor_without_a_session_is_told_to_sign_in_and_sees_no_figure(
    browser: dict[str, str | None], cookie: str | None
) -> None:
    browser["cookie"] = cookie
    text = shown(run())
    assert "Please sign in" in text and FIGURE not in text


def test_the_notice_is_in_the_visitor_s_language(browser: dict[str, str | None]) -> None:
    assert "请先登录" in shown(run(language="zh"))


@pytest.mark.parametrize("role", ["operator", "party_a", "party_b", "mediator"])
def test_anyone_signed_in_may_see_a_page_that_names_no_role(
    browser: dict[str, str | None], role: Role
) -> None:
    browser["cookie"] = open_session(role)
    assert f"{FIGURE} for {role}" in shown(run())


def test_another_role_is_told_whose_page_it_is(browser: dict[str, str | None]) -> None:
    browser["cookie"] = open_session("party_a")
    text = shown(run("operator", "mediator"))
    assert FIGURE not in text and "Party A" in text and "Operator, Mediator" in text


def test_a_page_open_in_a_tab_is_refused_after_signing_out(browser: dict[str, str | None]) -> None:
    browser["cookie"] = cookie = open_session("operator")
    app = run("operator")
    assert FIGURE in shown(app)
    end_session(cookie)
    assert FIGURE not in shown(app.run())


def test_the_session_of_another_warehouse_counts_for_nothing(
    browser: dict[str, str | None], monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    browser["cookie"] = open_session("operator")
    warehouse.close_serving()
    monkeypatch.setenv("PACTBOARD_WAREHOUSE", f"{tmp_path}/other")
    assert FIGURE not in shown(run())
