"""What the forms refuse, counted in the audit by code: never by whom, and nothing of anonymous surveys."""

from collections.abc import Sequence

import warehouse
from pages.web.sheet import Sheet
from survey import Problem
from warehouse.audit.acting import VISITOR


def count_refused(sheet: Sheet, problems: Sequence[Problem]) -> None:
    """Count why what was filled in was not taken, each reason once."""
    if sheet.is_anonymous or sheet.is_preview:
        return
    for code in dict.fromkeys(each.code for each in problems):
        warehouse.serving().audit.note_refused(code, sheet.survey.slug, actor=VISITOR)
