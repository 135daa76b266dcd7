"""Line numbers beside a field of text: a picture behind it that scrolls along, wrong lines marked in it."""

from collections.abc import Collection
from urllib.parse import quote

from pages.ui.markup import show

_HEIGHT = 20  # pixels of a line, as in look.css
_WIDTH = 40
_MOST = 5_000


def line_numbers(count: int, wrong: Collection[int]) -> None:
    """Put numbers 1 to `count` behind the YAML field; the `wrong` lines get a bar before theirs."""
    show("line_numbers", address=picture(min(count, _MOST), wrong))


def picture(count: int, wrong: Collection[int]) -> str:
    """The picture as a data address in which every sign of markup is a percent code."""
    # It is drawn apart from the page: one grey and one red that are read on light and on dark paper.
    marks = "".join(
        f'<rect y="{_HEIGHT * (number - 1)}" width="4" height="{_HEIGHT}"/>'
        for number in sorted(wrong)
        if number <= count
    )
    numbers = "".join(
        f'<text x="{_WIDTH - 6}" y="{_HEIGHT * number - 6}">{number}</text>' for number in range(1, count + 1)
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT * max(count, 1)}" '
        f'font-family="monospace" font-size="12" text-anchor="end" fill="#78868A">'
        f'<g fill="#CB5A31">{marks}</g>{numbers}</svg>'
    )
    return "data:image/svg+xml," + quote(svg, safe="")
