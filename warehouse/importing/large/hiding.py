"""Answers of a large file to questions that the rest of their row hides: judged row by row, a part at a time,
by the rules of every import."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from survey.problems import Problem
from warehouse.importing.checking import CheckedColumn, ColumnReport, Meaning
from warehouse.importing.hidden import Known, answers_to_hidden, is_judged
from warehouse.importing.large.asking import MOST_BYTES
from warehouse.importing.large.staging import Staged
from warehouse.importing.large.uses import Use
from warehouse.importing.mapping import Taken
from warehouse.importing.mapping_reading import LoadedMapping
from warehouse.slices import slices

_AT_A_TIME = 20_000


def find_hidden(staged: Staged, uses: Sequence[Use], loaded: LoadedMapping) -> Mapping[int, Problem]:
    """Fill the table `hidden`; the places of the uses that have such answers -> why they are refused. Only a
    mapping of questions with conditions takes the time for it."""
    scratch = staged.scratch
    scratch.ask("make_hidden")
    found: dict[int, Problem] = {}
    asked = loaded.questionnaire
    if not any(is_judged(question, asked, loaded.questions) for question in asked.questions):
        return found
    places = {use.key: place for place, use in enumerate(uses)}
    end = staged.first + staged.rows
    for first, upto in slices(staged.first, end, staged.size, _AT_A_TIME, MOST_BYTES):
        columns = {
            use.key: _column(staged, use, first, upto)
            for use in uses
            if use.key.startswith("answers.") or use.key in ("submitted_at", "language", "tier")
        }
        count = len(columns["submitted_at"].meanings)
        answers = {key.removeprefix("answers."): each for key, each in columns.items() if "." in key}
        members = {
            key: columns.get(key) or _constant(taken, count)
            for key, taken in (("language", loaded.mapping.language), ("tier", loaded.mapping.tier))
            if taken
        }
        known = Known(columns["submitted_at"], loaded.mapping.submitted_at.zone, members)
        for code, rows in answers_to_hidden(asked, answers, known, count).items():
            place = places[f"answers.{code}"]
            for meaning in rows.values():
                if isinstance(meaning.problem, Problem):
                    found[place] = meaning.problem
            spots = pa.table({"spot": pa.array([first + row for row in rows], pa.int64())})
            scratch.take("add_hidden", spots, view=uses[place].view, place=str(place))
    return found


def _column(staged: Staged, use: Use, first: int, end: int) -> CheckedColumn[Any]:
    rows = staged.scratch.ask("text_part", {"first": first, "end": end}, view=use.view)
    known = {text: use.meaning(text) for text in {row[0] for row in rows}}
    return _checked([known[row[0]] for row in rows])


def _constant(taken: Taken, count: int) -> CheckedColumn[Any]:
    return _checked([Meaning(taken.constant)] * count)


def _checked(meanings: Sequence[Meaning[Any]]) -> CheckedColumn[Any]:
    return CheckedColumn(ColumnReport("", "", 0, {}, ()), meanings, ())
