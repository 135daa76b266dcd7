"""Says which cells of a question's row were not carried over."""

from pyxform.aliases import yes_no

from survey.xlsform.columns import TEXTS, Columns
from survey.xlsform.wordings import note
from survey.xlsform.words import Words
from survey.xlsform.workbook import Row

_HANDLED = frozenset(
    (
        *("type", "name", "relevant", "required", "constraint", "appearance", "choice_filter", "parameters"),
        *(
            "disabled",
            "pactboard_type",
            "pactboard_measures",
            "pactboard_options",
            "pactboard_choice",
            *TEXTS,
        ),
    )
)
_UNSUPPORTED = frozenset(
    (
        *("default", "read_only", "calculation", "trigger", "image", "big-image", "audio", "video", "media"),
        *("guidance_hint", "required_message", "autoplay", "rows", "repeat_count", "save_to", "intent"),
        *("buttontext", "noapperrorstring", "no_app_error_string", "saveincomplete", "body", "instance"),
    )
)
_SILENT = frozenset(
    {"likert", "minimal", "horizontal", "vertical", "quick", "compact", "multiline", "field-list"}
)


class Leftovers:
    """Tells of every cell that has no place here; of columns nobody knows once each."""

    def __init__(self, columns: Columns, words: Words) -> None:
        self._columns, self._words, self._notes = columns, words, words.notes
        self._unknown: dict[str, int] = {}

    def tell(self, number: int, row: Row) -> None:
        """Say what else stands in the row of a question that was taken."""
        for meaning, columns in self._columns.of.items():
            for column in columns:
                cell = row.get(column.heading)
                if not cell or meaning in _HANDLED or yes_no.get(cell) is False:
                    continue
                if meaning in _UNSUPPORTED:
                    where = f"survey:{number} {column.heading}"
                    self._notes.append(note("xlsform-column", where, raw=f"{column.heading}: {cell}"))
                else:
                    self._unknown.setdefault(column.heading, number)
        for word in self._columns.cell(row, "appearance").lower().split():
            if word not in _SILENT and not self._words.ours:
                where = f"survey:{number} appearance"
                self._notes.append(note("xlsform-column", where, raw=f"appearance: {word}"))

    def tell_unknown(self) -> None:
        """Name the columns nobody knows, each with the first row that used it."""
        for heading, number in self._unknown.items():
            self._notes.append(note("xlsform-column-unknown", f"survey:{number} {heading}", raw=heading))
