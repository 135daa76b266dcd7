"""What a cell of a workbook says, as the text that the same table would have as CSV."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # else each start loads openpyxl, a tenth of a second, for workbooks that may never come
    from warehouse.importing.sheets import Cell

_DIGITS = 15  # those that a spreadsheet program keeps of a number
_LOST = 10**_DIGITS


def text_of(value: object) -> str:
    """Dates are ISO 8601 with seconds, without a time at midnight; numbers have the 15 digits that the
    program shows, no exponent and no point where they are whole; truth is TRUE or FALSE, as the program
    writes it."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
        case float():
            return f"{Decimal(f'{value:.{_DIGITS}g}'):f}"
        case datetime():
            return _moment(value)
        case date():
            return value.isoformat()
        case time():
            return _moment(datetime.combine(date(2000, 1, 2), value))[11:] or "00:00:00"
        case timedelta():
            return _span(value)
        case _:  # a formula over several cells
            return str(getattr(value, "text", value))


def why_unread(cell: "Cell", formula: "Cell | None") -> str | None:
    """The code of the problem for which the cell has no value, else None. `formula` is the same cell with its
    formula, where the cell is blank."""
    if cell.data_type == "e":
        return "cell-error"
    if formula is not None and formula.data_type == "f":
        return "cell-formula"
    if isinstance(cell.value, float) and abs(cell.value) >= _LOST:
        return "cell-digits"
    return None


def _moment(value: datetime) -> str:
    """To the second: a program keeps a fraction of a day, which is seldom exact."""
    whole = (value + timedelta(milliseconds=500)).replace(microsecond=0)
    return whole.date().isoformat() if whole.time() == time() else whole.isoformat(" ")


def _span(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"
