"""Signed-in links and browser sessions: who is let in, for how long, and when no more."""

import hashlib
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from warehouse import WarehouseError, close_serving, serving
from warehouse.access import (
    ROLES,
    SESSION_LIFE,
    Role,
    end_session,
    link_key,
    link_role,
    open_session,
    session_role,
)
from warehouse.calendar import utc_now
from warehouse.secret import derived_key, secret_path


@pytest.fixture
def secret(warehouse_folder: Path) -> Path:
    """Where the secret of this test's warehouse lies, or will."""
    return warehouse_folder / "pactboard.secret"


def test_the_secret_lies_beside_the_warehouse_for_its_owner_alone(secret: Path) -> None:
    link_key("operator")
    assert secret == secret_path(secret.with_name("pactboard.duckdb"))
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert len(secret.read_text()) == 43
    assert [path.name for path in secret.parent.iterdir()] == ["pactboard.secret"]


def test_each_role_has_a_link_of_its_own_that_stays(secret: Path) -> None:
    keys = {role: link_key(role) for role in ROLES}
    assert len(set(keys.values())) == 4
    assert keys == {role: link_key(role) for role in ROLES}
    assert {role: link_role(key) for role, key in keys.items()} == {role: role for role in ROLES}


@pytest.mark.parametrize("wrong", ["", "0" * 64, "钥匙", "\ud800"])
def test_a_wrong_key_opens_nothing(wrong: str) -> None:
    assert link_role(wrong) is None
    assert link_role(link_key("operator")[:-1]) is None
    assert link_role(link_key("operator").upper()) is None


def test_no_key_is_made_for_a_role_there_is_not() -> None:
    for make in (link_key, open_session):
        with pytest.raises(ValueError, match="nobody"):
            make("nobody")


def test_keys_of_different_purposes_have_nothing_in_common(secret: Path) -> None:
    path = secret.with_name("pactboard.duckdb")
    assert derived_key(path, "link v1 operator") != derived_key(path, "session v1")
    assert link_key("operator") != secret.read_text()


def test_two_starting_at_once_share_one_secret(secret: Path) -> None:
    with ThreadPoolExecutor(16) as threads:
        keys = set(threads.map(lambda _: link_key("operator"), range(64)))
    assert len(keys) == 1


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 43, b"a b" * 20])
def test_a_damaged_secret_is_said_and_not_replaced(secret: Path, content: bytes) -> None:
    secret.parent.mkdir(parents=True)
    secret.write_bytes(content)
    with pytest.raises(WarehouseError, match="secret-unreadable"):
        link_key("operator")
    assert secret.read_bytes() == content


@pytest.mark.parametrize("role", ROLES)
def test_a_session_has_the_role_it_was_opened_with_also_after_a_new_start(role: Role) -> None:
    cookie = open_session(role)
    assert session_role(cookie) == role
    close_serving()
    assert session_role(cookie) == role


def test_an_unknown_cookie_is_nobody() -> None:
    open_session("operator")
    for cookie in ("", "x" * 43, "\ud800"):
        assert session_role(cookie) is None


def test_the_cookie_itself_is_nowhere_on_disk(warehouse_folder: Path) -> None:
    cookie = open_session("operator")
    assert len(cookie) == 43
    with serving().transaction() as cursor:
        ((stored, role),) = cursor.execute("SELECT session_sha256, role FROM access_session").fetchall()
    assert role == "operator"
    assert len(stored) == len(hashlib.sha256().hexdigest())
    close_serving()
    for path in warehouse_folder.iterdir():
        assert cookie.encode() not in path.read_bytes()


def test_an_ended_session_stays_ended_when_its_cookie_is_sent_again() -> None:
    cookie, other = open_session("operator"), open_session("operator")
    end_session(cookie)
    assert session_role(cookie) is None
    assert session_role(other) == "operator"
    end_session(cookie)
    end_session("unknown")
    close_serving()
    assert session_role(cookie) is None
    assert session_role(other) == "operator"


def test_a_session_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = open_session("mediator")
    opened = utc_now()
    monkeypatch.setattr("warehouse.access.utc_now", lambda: opened + SESSION_LIFE - timedelta(minutes=1))
    assert session_role(cookie) == "mediator"
    monkeypatch.setattr("warehouse.access.utc_now", lambda: opened + SESSION_LIFE)
    assert session_role(cookie) is None
    close_serving()
    assert session_role(cookie) is None


def test_a_new_secret_ends_every_older_link_and_session(secret: Path) -> None:
    key, cookie = link_key("party_a"), open_session("party_a")
    close_serving()
    secret.unlink()
    assert link_role(key) is None
    assert session_role(cookie) is None
    assert session_role(open_session("party_a")) == "party_a"


def test_a_warehouse_behind_a_symbolic_link_has_one_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, alias = tmp_path / "real" / "club.duckdb", tmp_path / "alias.duckdb"
    real.parent.mkdir()
    alias.symlink_to(real)
    monkeypatch.setenv("PACTBOARD_WAREHOUSE", str(alias))
    key = link_key("operator")
    assert session_role(open_session("operator")) == "operator"
    close_serving()
    monkeypatch.setenv("PACTBOARD_WAREHOUSE", str(real))
    assert link_key("operator") == key
    assert list(tmp_path.rglob("*.secret")) == [secret_path(real)]
