"""Small groups are not shown, nor the groups of the same table from which they could be worked out.

Views of several filters and months are `warehouse.disclosure`'s, which says what is protected and what
is not.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

SMALLEST = 5


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a view: `n` is None where `suppressed`, since neither figures nor size are then shown."""

    name: str
    n: int | None
    suppressed: bool


def suppress(
    sizes: Mapping[str, int], total: int | None = None, also: Collection[str] = ()
) -> tuple[Group, ...]:
    """The groups in their order, with those suppressed that a reader must not see or could work out.

    A group with 0 < n < 5 is suppressed, and so are those named in `also` for what another view shows. What a
    shown total (that of the groups when None) leaves over is worked out by subtraction, so the next smallest
    groups follow until those hidden are at least two and together at least 5. Who is in no group is one more
    hidden group. Raises ValueError for groups that exceed the total.
    """
    whole = sum(sizes.values()) if total is None else total
    rest = whole - sum(sizes.values())
    if rest < 0:
        raise ValueError(f"groups of {whole - rest} cannot come from a total of {whole}")
    hidden = {name for name, n in sizes.items() if is_small(n) or name in also}
    others = sorted((n, name) for name, n in sizes.items() if n > 0 and name not in hidden)
    while others and _can_be_worked_out(sizes, hidden, rest):
        hidden.add(others.pop(0)[1])
    return tuple(Group(name, None if name in hidden else n, name in hidden) for name, n in sizes.items())


def is_small(n: int) -> bool:
    """Whether a group of that size is too small to be shown; an empty one hides nobody."""
    return 0 < n < SMALLEST


def _can_be_worked_out(sizes: Mapping[str, int], hidden: set[str], rest: int) -> bool:
    left_over = rest + sum(sizes[name] for name in hidden)
    parts = len(hidden) + (rest > 0)
    if not hidden:
        return is_small(rest)
    return parts < 2 or left_over < SMALLEST
