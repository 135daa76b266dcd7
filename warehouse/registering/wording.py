"""A register report in words, for the command line and the page."""

from warehouse.importing.problems import shown
from warehouse.problems import Problem
from warehouse.registering.report import Fault, RegisterReport
from warehouse.texts import translate


def outcome(report: RegisterReport, language: str, *, stored: bool) -> list[str]:
    """What became of the rows; `stored` is False after a mere check."""
    counts = {
        "rows": f"{report.rows:,}",
        "taken": f"{report.rows - report.refused - report.left_out:,}",
        "stored": f"{report.stored:,}",
        "changed": f"{report.changed:,}",
        "known": f"{report.known:,}",
        "refused": f"{report.refused:,}",
    }
    if stored:
        said = translate(
            "{file}: {rows} rows. New: {stored}; corrected: {changed}; there before: {known}; "
            "refused: {refused}.",
            language,
            file=shown(report.file),
            **counts,
        )
    else:
        said = translate(
            "{file}: {rows} rows. Checked only: {taken} can be taken, {refused} are refused.",
            language,
            file=shown(report.file),
            **counts,
        )
    lines = [said]
    if report.left_out:
        lines.append(
            translate("Left out, since “only” does not name them: {n}.", language, n=f"{report.left_out:,}")
        )
    if report.new_members:
        lines.append(
            translate(
                "Members whom only this file knew, added to the register: {n}.",
                language,
                n=f"{report.new_members:,}",
            )
        )
    if report.unread:
        named = ", ".join(shown(column) for column in report.unread[:12])
        more = ", …" if len(report.unread) > 12 else ""
        lines.append(translate("Not read: {columns}", language, columns=named + more))
    return lines


def fault_lines(report: RegisterReport, language: str) -> list[str]:
    """What was refused, the most frequent first, and what was taken though odd."""
    return [fault_words(fault, language) for fault in report.faults] + [
        translate(
            "Taken as they stand, {n} rows, {column}: {what}",
            language,
            n=f"{count:,}",
            column=column,
            what=problem.words(language),
        )
        for column, problem, count in report.odd
    ]


def fault_words(fault: Fault, language: str) -> str:
    """How many rows, the first of them, the cell of the first, and why."""
    problem = fault.problem
    return translate(
        "Refused, {n} rows ({rows}), {column} “{raw}”: {what} [{code}]",
        language,
        n=f"{fault.count:,}",
        rows=", ".join(map(str, fault.first_rows)) + (" …" if fault.count > len(fault.first_rows) else ""),
        column=shown(fault.column),
        raw=shown(fault.raw),
        what=problem.words(language) if isinstance(problem, Problem) else problem.advice(language),
        code=problem.code,
    )
