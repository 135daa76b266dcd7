"""The versions of a contract: which counts on a day, their files and hashes, and how two of them differ."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from contract import Contract, Difference, differences, state_on
from pages.ui.contract_choice import contract_href
from pages.ui.numbers import NOTHING, day
from pages.ui.tables import Cell, Column, Table
from pages.ui.texts import translate

_STATES = {
    "draft": "Draft",
    "signed": "Signed, not begun",
    "in_force": "In force now",
    "superseded": "Superseded",
    "ended": "Ended",
}
_AREAS = {
    "metadata": "About the version",
    "parties": "Parties",
    "term": "Term",
    "tiers": "Customer tiers",
    "clauses": "Clauses",
    "metrics": "Metrics",
    "targets": "Targets",
    "multiplicity": "Targets judged together",
    "fees": "Fees",
    "consequences": "Consequences",
    "relief": "Relief",
    "cure": "Cure",
    "escalation": "Escalation",
    "governance": "Reports and disputes",
    "dataSecurity": "Members' data",
    "examples": "Worked examples",
}
_BRACKETS = re.compile(r"\[([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Changed:
    """A difference for the template `differences`: where, its place in the file, and both texts."""

    label: str
    code: str
    what: str
    kind: str
    before: str
    after: str
    breaks: bool = False


def state_words(versions: Sequence[Contract], version: Contract, on: date, language: str) -> str:
    """What the day makes of the version."""
    return translate(_STATES[state_on(versions, version, on)], language)


def version_table(versions: Sequence[Contract], on: date, language: str) -> Table:
    """A row a version, the latest first, with its files to download."""
    rows = [
        [
            Cell(translate("Version {version}", language, version=one.version)),
            Cell(state_words(versions, one, on, language)),
            Cell(day(one.in_force_from, language)),
            Cell("YAML", href=contract_href(f"/export/contract/{one.version}.yaml")),
            Cell("JSON", href=contract_href(f"/export/contract/{one.version}.json")),
            Cell(one.sha256[:12], one.sha256),
        ]
        for one in reversed(versions)
    ]
    names = ("Version", "Status", "First day", "Source file", "Canonical text", "SHA-256")
    return Table(translate("Versions", language), [Column(translate(name, language)) for name in names], rows)


def changes(before: Contract, after: Contract, titles: Mapping[str, str], language: str) -> list[Changed]:
    """What `after` says otherwise, in the order of the file."""
    return [_changed(each, titles, language) for each in differences(before, after)]


def _changed(each: Difference, titles: Mapping[str, str], language: str) -> Changed:
    what = "Changed"
    if each.before is None:
        what = "Added"
    elif each.after is None:
        what = "Removed"
    path = each.path.removeprefix("spec.")
    area = re.split(r"[.\[]", path, maxsplit=1)[0]
    named = [titles.get(name, name) for name in _BRACKETS.findall(path)]
    label = " · ".join([translate(_AREAS[area], language) if area in _AREAS else area, *named])
    return Changed(label, each.path, translate(what, language), "", _text(each.before), _text(each.after))


def _text(value: object) -> str:
    if value is None:
        return NOTHING
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)
