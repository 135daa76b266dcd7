"""The catalogue of metrics: one SQL file each in `metrics/`, whose head comment says what the figure is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from contract import MetricUse
from contract.metrics import Unit
from warehouse.texts import translate
from warehouse.wordings import refusal

FOLDER = Path(__file__).parent / "metrics"
FROM_ROWS = "from_rows"  # the folder in it whose files count the same from the base rows
LEFT_OUT = "left_out"  # the folder whose files count what a figure leaves out for now, a row a period
Kind = Literal["share", "nps", "mean", "census", "index"]
Section = Literal[
    "growth",
    "satisfaction",
    "files",
    "service",
    "care",
    "improvement",
    "staff",
    "money",
    "safety",
    "mediation",
    "other",
]
_TOUCHPOINTS = {"before": "before the sale", "during": "during the sale", "after": "after the sale"}
_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Texts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    en: _Words
    zh: _Words


class _Head(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    id: str
    title: _Texts
    kind: Literal["share", "nps", "mean", "census"]
    unit: Unit
    direction: Literal["higher", "lower"]
    clause: _Texts
    words: _Texts
    census: Literal["flow", "level"] | None = None
    section: Section = "other"
    left_out: _Texts | None = None


@dataclass(frozen=True, slots=True)
class Metric:
    """One way to count. `clause` names the duty it serves and `words` how it is computed, language -> text.

    `sql` counts it from the rollups, `from_rows`, where there is one, from the base rows up to a basis.
    `direction` says which way is better. `file` is the name in the catalogue, "" for an index, which has no
    SQL: it is made of other metrics. `name` is the contract's own where it gives one. `census` says of a
    census whether it comes about over the period (`flow`, also where nothing is said) or is a state
    (`level`), see `contract.counts.CensusCounts`. `left_out` says with {n} what is not counted yet, where a
    file counts that. `section` is the part of the duties that pages show it in.
    """

    name: str
    file: str
    title: Mapping[str, str]
    kind: Kind
    unit: Unit
    direction: Literal["higher", "lower"]
    clause: Mapping[str, str]
    words: Mapping[str, str]
    sql: str
    census: Literal["flow", "level"] | None = None
    from_rows: str = ""
    section: Section = "other"
    left_out: Mapping[str, str] | None = None

    @property
    def needs_survey(self) -> bool:
        """Whether it is counted from one survey: its answers or its invitations."""
        return "$survey" in self.sql

    @property
    def needs_tier(self) -> bool:
        """Whether it counts one class of customers."""
        return "$tier" in self.sql

    @property
    def can_be_full(self) -> bool:
        """Whether it is a share of those who answered, which a contract may also take as counted in full."""
        return "AS asked\nFROM" in self.sql

    @property
    def takes_touchpoint(self) -> bool:
        """Whether it can be counted from the answers at one touchpoint alone."""
        return "$touchpoint" in self.sql


@cache
def catalogue(folder: Path = FOLDER) -> tuple[Metric, ...]:
    """Every metric of the folder, by name. Raises WarehouseError("metric-head") naming the file."""
    return tuple(_read(path) for path in sorted(folder.glob("*.sql")))


def metric(name: str) -> Metric:
    """The metric of that name. Raises WarehouseError("metric-unknown") with the names there are."""
    for each in catalogue():
        if each.name == name:
            return each
    raise refusal("metric-unknown", metric=name, known=", ".join(each.name for each in catalogue()))


def agreed(use: MetricUse) -> Metric:
    """The metric that a contract uses, under the contract's name and title.

    Raises WarehouseError: "metric-unknown", "metric-kind" when kind or direction are not the metric's,
    "metric-survey", "metric-tier" when the contract leaves out what the metric needs, "metric-not-asked" when
    it names a survey or touchpoint for a metric that has none.
    """
    if use.kind == "index":
        return _index(use)
    found = metric(use.counted_as or use.metric)
    if use.kind == "census" and found.can_be_full:
        found = replace(found, kind="census", census="level")
    if (use.kind, use.direction) != (found.kind, found.direction):
        said, kind = f"{use.kind}, {use.direction}", f"{found.kind}, {found.direction}"
        raise refusal("metric-kind", metric=use.metric, said=said, kind=kind)
    if found.needs_survey and use.survey is None:
        raise refusal("metric-survey", metric=use.metric)
    if found.needs_tier != (use.tier is not None):
        raise refusal("metric-tier" if found.needs_tier else "metric-no-tier", metric=use.metric)
    superfluous = (use.survey and not found.needs_survey, use.touchpoint and not found.takes_touchpoint)
    if any(superfluous):
        raise refusal("metric-not-asked", metric=use.metric)
    return replace(found, name=use.metric, title=use.title or _narrowed(found.title, use))


def _narrowed(title: Mapping[str, str], use: MetricUse) -> Mapping[str, str]:
    """The title with the touchpoint or class that is counted."""
    part = use.touchpoint or use.tier
    if part is None:
        return title
    return {code: f"{text} · {translate(_TOUCHPOINTS.get(part, part), code)}" for code, text in title.items()}


def _index(use: MetricUse) -> Metric:
    title = use.title or {}
    parts = ", ".join(f"{each.metric} × {each.weight:f}" for each in use.components)
    words = {
        code: translate("The weighted sum of {parts}, each as 0 to 100 points.", code, parts=parts)
        for code in title
    }
    return Metric(use.metric, "", title, "index", "points", use.direction, title, words, "")


def _read(path: Path) -> Metric:
    text = path.read_text(encoding="utf-8")
    head = "\n".join(line[3:] for line in takewhile(lambda line: line.startswith("--"), text.splitlines()))
    try:
        read = _Head.model_validate(YAML(typ="safe", pure=True).load(head))
    except YAMLError as error:
        raise refusal("metric-head", path.name, reason=" ".join(str(error).split())) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "head"
        raise refusal("metric-head", path.name, reason=f"{place}: {first['msg']}") from error
    rows = path.parent / FROM_ROWS / path.name
    if read.id != path.stem:
        raise refusal("metric-head", path.name, reason=f"id: {read.id!r} is not the name of the file")
    if (read.left_out is None) == (path.parent / LEFT_OUT / path.name).exists():
        raise refusal(
            "metric-head", path.name, reason="left_out: words and a file that counts it go together"
        )
    return Metric(
        name=read.id,
        file=read.id,
        title=read.title.model_dump(),
        kind=read.kind,
        unit=read.unit,
        direction=read.direction,
        clause=read.clause.model_dump(),
        words=read.words.model_dump(),
        sql=text,
        census=read.census,
        section=read.section,
        left_out=read.left_out.model_dump() if read.left_out else None,
        from_rows=rows.read_text(encoding="utf-8") if rows.exists() else "",
    )
