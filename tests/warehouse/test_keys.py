"""Keys of programs: made once, shown once, refused after they were revoked; by the command too."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tests.warehouse.commands import run
from warehouse import WarehouseError, close_serving, open_warehouse, serving
from warehouse.keys import end_key, key_name, make_key
from warehouse.secret import secret_path


def test_a_key_names_its_program_also_after_a_new_start() -> None:
    key, other = make_key(serving(), "crm"), make_key(serving(), "shop-2")
    assert len(key) == 53 and key != other
    for _ in range(2):
        assert [key_name(serving(), each) for each in (key, other)] == ["crm", "shop-2"]
        close_serving()


@pytest.mark.parametrize("wrong", ["", "crm", "pactboard_", "\ud800", "x" * 10_000])
def test_what_is_no_key_names_nobody(wrong: str) -> None:
    make_key(serving(), "crm")
    assert key_name(serving(), wrong) is None


def test_a_revoked_key_stays_refused_and_its_name_is_free() -> None:
    key = make_key(serving(), "crm")
    end_key(serving(), "crm")
    assert key_name(serving(), key) is None
    new = make_key(serving(), "crm")
    close_serving()
    assert [key_name(serving(), each) for each in (key, new)] == [None, "crm"]


def test_a_name_has_one_live_key_however_many_ask_at_once() -> None:
    def make(_: int) -> str | None:
        try:
            return make_key(serving(), "crm")
        except WarehouseError as error:
            assert error.problem.code == "key-name-taken"
            return None

    serving()
    with ThreadPoolExecutor(8) as threads:
        made = [key for key in threads.map(make, range(8)) if key]
    assert len(made) == 1 and key_name(serving(), made[0]) == "crm"


@pytest.mark.parametrize("name", ["", "CRM", "a b", "-a", "x" * 41, "密钥", "a\n"])
def test_a_name_is_plain(name: str) -> None:
    with pytest.raises(WarehouseError, match="key-name:"):
        make_key(serving(), name)


def test_a_name_without_a_key_is_said_with_those_that_have_one() -> None:
    make_key(serving(), "crm")
    with pytest.raises(WarehouseError, match=r"key-unknown.*shop.*crm"):
        end_key(serving(), "shop")


def test_a_new_secret_ends_every_key() -> None:
    key = make_key(serving(), "crm")
    path = serving().path
    close_serving()
    secret_path(path).unlink()
    assert key_name(serving(), key) is None


def test_the_key_itself_is_nowhere_on_disk(warehouse_folder: Path) -> None:
    key = make_key(serving(), "crm")
    close_serving()
    for path in warehouse_folder.iterdir():
        assert key.encode() not in path.read_bytes()


def test_the_command_prints_the_key_alone_and_says_that_it_is_shown_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, err = run(capsys, "key", "crm", "--language", "en")
    assert (code, err) == (0, "Keep it now: it is not shown again.\n")
    with closing(open_warehouse()) as warehouse:
        assert key_name(warehouse, out.strip()) == "crm"


def test_the_command_revokes_and_refuses(capsys: pytest.CaptureFixture[str]) -> None:
    _, key, _ = run(capsys, "key", "crm")
    assert run(capsys, "key", "crm", "--language", "en")[0] == 1
    code, out, _ = run(capsys, "key", "crm", "--revoke", "--language", "en")
    assert (code, out) == (0, "The key crm is revoked.\n")
    with closing(open_warehouse()) as warehouse:
        assert key_name(warehouse, key.strip()) is None
    code, out, err = run(capsys, "key", "crm", "--revoke", "--language", "zh")
    assert (code, out) == (1, "") and "没有名为 crm" in err and "[key-unknown]" in err
