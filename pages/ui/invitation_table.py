"""How many members were invited to each wave, and how they stand."""

from collections.abc import Sequence

from pages.ui.numbers import amount
from pages.ui.tables import Cell, Column, Table
from pages.ui.texts import translate
from warehouse.invitations import Wave


def wave_table(waves: Sequence[Wave], language: str) -> Table:
    """One line a wave, the oldest first."""
    columns = ("Wave", "Invited", "Answered", "Can still answer", "Expired", "Revoked")
    return Table(
        translate("Invited so far", language),
        [Column(translate(name, language), right=place > 0) for place, name in enumerate(columns)],
        [
            [
                Cell(wave.name),
                *(
                    Cell(amount(count, "count", language))
                    for count in (wave.invited, wave.answered, wave.waiting, wave.expired, wave.revoked)
                ),
            ]
            for wave in waves
        ],
    )
