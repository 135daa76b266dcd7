"""The catalogue of metrics: one SQL file each in `metrics/`, whose head comment says what the figure is."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from contract import MetricUse
from warehouse.wordings import refusal

FOLDER = Path(__file__).parent / "metrics"
Kind = Literal["share", "nps", "mean", "census"]
_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Texts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    en: _Words
    zh: _Words


class _Head(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    id: str
    title: _Texts
    kind: Kind
    unit: Literal["percent", "points", "scale"]
    direction: Literal["higher", "lower"]
    clause: _Texts
    words: _Texts


@dataclass(frozen=True, slots=True)
class Metric:
    """One way to count. `clause` names the duty it serves and `words` how it is computed, language -> text.

    `direction` says which way is better; `needs_survey` whether it is counted from the answers to a survey.
    """

    name: str
    title: Mapping[str, str]
    kind: Kind
    unit: Literal["percent", "points", "scale"]
    direction: Literal["higher", "lower"]
    clause: Mapping[str, str]
    words: Mapping[str, str]
    needs_survey: bool
    sql: str


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
    """The metric that a contract uses. Raises WarehouseError: "metric-unknown", "metric-kind" when kind or
    direction are not the metric's."""
    found = metric(use.metric)
    if (use.kind, use.direction) != (found.kind, found.direction):
        said, kind = f"{use.kind}, {use.direction}", f"{found.kind}, {found.direction}"
        raise refusal("metric-kind", metric=use.metric, said=said, kind=kind)
    return found


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
    if read.id != path.stem:
        raise refusal("metric-head", path.name, reason=f"id: {read.id!r} is not the name of the file")
    return Metric(
        name=read.id,
        title=read.title.model_dump(),
        kind=read.kind,
        unit=read.unit,
        direction=read.direction,
        clause=read.clause.model_dump(),
        words=read.words.model_dump(),
        needs_survey="$survey" in text,
        sql=text,
    )
