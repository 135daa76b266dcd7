"""/healthz is open and says nothing of people; /metrics is for a key or the operator and counts truly."""

import re

import pytest

import warehouse
from tests.pages.conftest import Visitor
from tests.warehouse.answering import a_response
from tests.warehouse.test_engine import _files_limited_to
from warehouse import health
from warehouse.access import Role
from warehouse.keys import end_key, make_key

LINE = re.compile(r'pactboard_[a-z_]+(\{[a-z]+="[^"\n]*"\})? -?[0-9.e+-]+')


def values(text: str) -> dict[str, float]:
    return {name: float(value) for name, value in re.findall(r"^(pactboard_\S+) (\S+)$", text, re.MULTILINE)}


def test_health_tells_reading_writing_backup_and_room_to_anybody(visitor: Visitor) -> None:
    answer = visitor.get("/healthz")
    told = answer.json()
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    assert set(told) == {"ok", "can_read", "can_write", "last_backup_at", "free_disk_bytes"}
    assert told["ok"] and told["last_backup_at"] is None


def test_a_disk_that_takes_nothing_is_503(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "FRESH_SECONDS", 0.0)
    visitor.get("/healthz")
    with _files_limited_to(4096):
        answer = visitor.get("/healthz")
    assert answer.status_code == 503 and answer.json()["can_read"] and not answer.json()["can_write"]
    assert visitor.get("/healthz").status_code == 200


def test_a_closed_warehouse_is_503(visitor: Visitor) -> None:
    warehouse.serving().close()
    assert visitor.get("/healthz").status_code == 503


@pytest.mark.parametrize("role", ["party_a", "party_b", "mediator"])
def test_metrics_are_for_nobody_else(visitor: Visitor, role: Role) -> None:
    assert visitor.get("/metrics").status_code == 401
    for header in ("Bearer ", "Bearer pactboard_x", "Basic x", ""):
        assert visitor.get("/metrics", headers={"Authorization": header}).status_code == 401
    visitor.sign_in(role)
    assert visitor.get("/metrics").status_code == 403


def test_a_key_opens_the_metrics_until_it_is_revoked(visitor: Visitor) -> None:
    bearer = {"Authorization": f"Bearer {make_key(warehouse.serving(), 'prometheus')}"}
    assert visitor.get("/metrics", headers=bearer).status_code == 200
    end_key(warehouse.serving(), "prometheus")
    assert visitor.get("/metrics", headers=bearer).status_code == 401


def test_metrics_are_lines_of_prometheus_that_count_what_happened(visitor: Visitor) -> None:
    visitor.sign_in("operator")
    for _ in range(3):
        warehouse.serving().writer.submit(a_response())
    answer = visitor.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    assert all(LINE.fullmatch(line) or line.startswith(("# HELP ", "# TYPE ")) for line in lines), lines
    found = values(answer.text)
    assert found["pactboard_responses_stored_total"] == 3
    assert found["pactboard_commit_seconds_count"] == 3
    assert found['pactboard_commit_seconds_bucket{le="+Inf"}'] == 3
    assert found["pactboard_queue_length"] == 0 and found["pactboard_can_write"] == 1
    assert found["pactboard_database_bytes"] > 0 and found["pactboard_uptime_seconds"] > 0
    names = re.findall(r"^# TYPE (\S+)", answer.text, re.MULTILINE)
    assert len(names) == len(set(names)) == 10
