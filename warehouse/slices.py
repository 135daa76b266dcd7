"""Places of a long table in slices whose rows and texts memory bears, found out before they are read."""

from collections.abc import Callable, Generator

_FIRST, _FASTER = 64, 16
"""Places asked about first, and how many times as many at most the next time: even to count the bytes of long
texts takes the memory of as many as are asked about."""


def slices(
    first: int, end: int, size: Callable[[int, int], tuple[int, int]], most_rows: int, most_bytes: int
) -> Generator[tuple[int, int], None, None]:
    """The places from `first` to before `end` as (first, end), each of so many rows and bytes at most, but of
    one place at least. `size` says how many rows and bytes such a slice has."""
    places = _FIRST
    while first < end:
        upto = min(first + places, end)
        rows, content = size(first, upto)
        share = max(rows / most_rows, content / most_bytes)
        places = upto - first
        if share > 1 and places > 1:
            places //= 2
            continue
        yield first, upto
        first = upto
        places *= max(1, int(min(_FASTER, 1 / share))) if share else _FASTER
