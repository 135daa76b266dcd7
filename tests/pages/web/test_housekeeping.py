"""What must not be kept is erased when a server starts, without anybody asking for it."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from survey import new_response_id
from tests.serving import running_server
from tests.warehouse.inviting import SURVEY, rows_stored
from warehouse import open_warehouse
from warehouse.saved import Progress, save

FILE = "pactboard.duckdb"


def test_a_server_that_starts_erases_what_was_saved_too_long_ago_and_nothing_else(tmp_path: Path) -> None:
    with closing(open_warehouse(tmp_path / FILE)) as house:
        for token in ("ab" * 16, "cd" * 16):
            progress = Progress(1, 0, "zh", {"overall": "4"})
            save(house, token, SURVEY, new_response_id(), datetime.now(UTC), progress)
        with house.transaction() as cursor:
            cursor.execute(
                "UPDATE saved_form SET expires_at = started_at "
                "WHERE token_sha256 = (SELECT min(token_sha256) FROM saved_form)"
            )
    with running_server(tmp_path):
        pass  # it stops once the clean-up that it began with is done
    with closing(open_warehouse(tmp_path / FILE)) as house:
        left = rows_stored(house)
    assert left["saved_form"] == left["saved_answers"] == 1
