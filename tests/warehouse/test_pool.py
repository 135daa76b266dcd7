"""Connections, one borrower each, first come first served."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest

from warehouse.pool import Pool, PoolClosed

PATIENCE = 10.0


def _pool(size: int) -> Pool:
    root = duckdb.connect()
    return Pool([root.cursor() for _ in range(size)])


def test_no_connection_has_two_borrowers_at_a_time() -> None:
    pool, held, seen = _pool(3), set[int](), set[int]()

    def use() -> None:
        for _ in range(200):
            with pool.borrow(PATIENCE) as connection:
                assert id(connection) not in held
                held.add(id(connection))
                seen.add(id(connection))
                held.discard(id(connection))

    with ThreadPoolExecutor(8) as threads:
        for done in [threads.submit(use) for _ in range(8)]:
            done.result()
    assert 1 <= len(seen) <= 3


def test_who_waits_longest_is_next() -> None:
    pool, served = _pool(1), list[int]()

    def use(number: int) -> None:
        with pool.borrow(PATIENCE):
            served.append(number)

    threads = []
    with pool.borrow(PATIENCE):
        for number in range(6):
            threads.append(threading.Thread(target=use, args=(number,)))
            threads[-1].start()
            _wait_until(lambda count=number: len(pool._waiting) == count + 1)
    for thread in threads:
        thread.join()
    assert served == list(range(6))


def test_who_waited_in_vain_leaves_the_queue() -> None:
    pool = _pool(1)
    with pool.borrow(PATIENCE), pytest.raises(TimeoutError), pool.borrow(0.01):
        pass
    with pool.borrow(0.01) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_borrower_that_fails_gives_its_connection_back() -> None:
    pool = _pool(1)
    with pytest.raises(ZeroDivisionError), pool.borrow(PATIENCE):
        raise ZeroDivisionError
    with pool.borrow(0.01):
        pass


def test_a_closed_pool_sends_those_who_wait_away() -> None:
    pool = _pool(1)
    with ThreadPoolExecutor(1) as threads, pool.borrow(PATIENCE):
        waiting = threads.submit(pool.borrow(PATIENCE).__enter__)
        _wait_until(lambda: len(pool._waiting) == 1)
        assert not pool.close(0.01)
        with pytest.raises(PoolClosed):
            waiting.result(PATIENCE)
    assert pool.close(0.01)
    with pytest.raises(PoolClosed), pool.borrow(PATIENCE):
        pass


def test_closing_never_takes_a_connection_from_under_its_borrower() -> None:
    pool = _pool(1)
    with pool.borrow(PATIENCE) as connection:
        pool.close(0.01)
        assert connection.execute("SELECT 1").fetchone() == (1,)
    with pytest.raises(duckdb.ConnectionException):
        connection.execute("SELECT 1")


def _wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.001)
