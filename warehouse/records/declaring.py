"""What a record type is: its fields with their texts and rules, and who may see and write them."""

from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from warehouse.access import Role

FieldKind = Literal["text", "note", "choice", "whole", "money", "day", "time", "instant", "yes_no"]
Derivation = Literal["clock"]
Names = Literal["metric", "channel", "survey", "tier"]
_Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_STRICT = ConfigDict(extra="forbid", frozen=True, strict=True)

# The columns that every table of records begins with; no field may be called like one of them.
OWN_COLUMNS = ("record_id", "revision", "withdrawn", "recorded_at", "recorded_by")
REASON = "reason"  # in a file or a program's document: why what stood is changed
_ORDERED: tuple[set[FieldKind], ...] = ({"day"}, {"time"}, {"instant"}, {"whole"}, {"money"})
COLUMN_TYPES: dict[FieldKind, str] = {
    "text": "VARCHAR",
    "note": "VARCHAR",
    "choice": "VARCHAR",
    "whole": "BIGINT",
    "money": "DECIMAL(18,2)",
    "day": "DATE",
    "time": "TIME",
    "instant": "TIMESTAMP",
    "yes_no": "BOOLEAN",
}


class Texts(BaseModel):
    """The same said in both languages."""

    model_config = _STRICT
    en: _Words
    zh: _Words

    def said(self, language: str) -> str:
        """The text in that language, "zh" or "en"."""
        return self.zh if language == "zh" else self.en


class Choice(BaseModel):
    """One of the answers that a choice takes; stored is the code."""

    model_config = _STRICT
    code: _Code
    title: Texts


class Field(BaseModel):
    """One value of a record. An instant called `..._at` is stored with its local day, `..._day`.

    `least` and `most` bound whole numbers and money. `pii` is shown to the operator and to whom `see` names.
    `write` names who besides the operator may set it, where that differs from the type. `listed` puts it into
    the list; `derived` is worked out when a row is written, never entered. A day that `happened` states what
    was done, as every instant does, and does not lie ahead. One that `stands` is changed with a reason only,
    and by the consent of those whom the type names in `agreed_by`; an amount that `grows`, only where it
    becomes less. `due` names the day or instant by which it has to have happened: who says days after it that
    it did asks for the same consent; `within` the notice, it is due so many hours of the contract after that.
    `stamp_of` names the field that says who: the instant is set when that
    is filled. `names` says whose codes a text holds, metrics' of the catalogue,
    channels' of the register or surveys', where other words may stand too, or classes of customers of the
    contract, nothing else.
    """

    model_config = _STRICT
    code: _Code
    kind: FieldKind
    title: Texts
    help: Texts | None = None
    required: bool = False
    choices: tuple[Choice, ...] = ()
    least: int | None = None
    most: int | None = None
    pii: bool = False
    listed: bool = False
    derived: bool = False
    happened: bool = False
    stands: bool = False
    grows: bool = False
    due: _Code | None = None
    within: Literal["notice"] | None = None
    stamp_of: _Code | None = None
    names: Names | None = None
    see: tuple[Role, ...] = ()
    write: tuple[Role, ...] | None = None

    @property
    def day_column(self) -> str | None:
        """The column of the instant's local day."""
        return f"{self.code.removesuffix('_at')}_day" if self.kind == "instant" else None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError(f"{self.code}: a choice has choices, and nothing else has")
        if len({choice.code for choice in self.choices}) != len(self.choices):
            raise ValueError(f"{self.code}: a choice has a code twice")
        if (self.kind == "instant") != self.code.endswith("_at"):
            raise ValueError(f"{self.code}: instants, and nothing else, are called ..._at")
        if self.code in (*OWN_COLUMNS, REASON):
            raise ValueError(f"{self.code}: every record has a column of that name already")
        if self.derived and (self.required or self.write is not None):
            raise ValueError(f"{self.code}: nobody enters what is derived")
        if self.happened and self.kind != "day":
            raise ValueError(f"{self.code}: only of days need it be said that they happened")
        if self.within and not (self.due and self.kind == "instant"):
            raise ValueError(f"{self.code}: within: only an instant that is due has hours for it")
        if self.grows and not (self.stands and self.kind in ("money", "whole")):
            raise ValueError(f"{self.code}: only an amount that stands grows")
        if self.names and self.kind != "text":
            raise ValueError(f"{self.code}: names: only a text holds codes of something else")
        if self.see and not self.pii:
            raise ValueError(f"{self.code}: see: only what is personal is shown to fewer than the type")
        return self


class Order(BaseModel):
    """Two days, times, instants, numbers or amounts of which the second is not before, or less than, the
    first; nor stated without it where it `needs` it. Those stated `together` need each other, and differ."""

    model_config = _STRICT
    first: _Code
    then: _Code
    needs: bool = False
    together: bool = False


class Needed(BaseModel):
    """What is required where a choice is one of `of`."""

    model_config = _STRICT
    choice: _Code
    of: tuple[_Code, ...]
    fields: tuple[_Code, ...]


class CountedFigure(BaseModel):
    """The field that names a figure, and those that state it: left blank for a figure that is counted."""

    model_config = _STRICT
    figure: _Code
    instead: tuple[_Code, ...]


class RecordType(BaseModel):
    """A kind of record. `see` and `write` name who may beside the operator, who may everything.

    `by` is the day or instant that the list is sorted by, `filter` the choice it can be narrowed by,
    `metrics` the files of the catalogue that count it, `derive` the rule for its derived fields, `decides`
    the rule that its records decide: what follows by it is worked out anew when they change.

    A withdrawal, another value for a field that stands, and what is said to have been in time days after it
    was due count once one of `agreed_by` agrees who did not ask for it; where there is no such role, and for
    the operator, at once. Fields stand from when they are entered or, where `stands_from` names a field, from
    when that is filled.
    """

    model_config = _STRICT
    name: _Code
    title: Texts
    lead: Texts
    clause: Texts
    see: tuple[Role, ...] = ()
    write: tuple[Role, ...] = ()
    by: _Code
    filter: _Code | None = None
    metrics: tuple[_Code, ...] = ()
    derive: Derivation | None = None
    decides: Derivation | None = None
    orders: tuple[Order, ...] = ()
    needed: tuple[Needed, ...] = ()
    agreed_by: tuple[Role, ...] = ()
    stands_from: _Code | None = None
    counted: CountedFigure | None = None
    fields: tuple[Field, ...]

    @cached_property
    def by_code(self) -> dict[str, Field]:
        """The fields by their code."""
        return {field.code: field for field in self.fields}

    @property
    def table(self) -> str:
        """The table of all its rows, to which rows are only added."""
        return f"{self.name}_record"

    def seen_by(self, role: Role) -> tuple[Field, ...]:
        """The fields that the role may see; none where it may not see the type."""
        if role == "operator":
            return self.fields
        if role not in self.see:
            return ()
        return tuple(field for field in self.fields if not field.pii or role in field.see)

    def asks(self, role: Role) -> tuple[Role, ...]:
        """Who has to agree to a withdrawal or another value for what stands, when the role wants it."""
        return () if role == "operator" else tuple(each for each in self.agreed_by if each != role)

    def entered_by(self, role: Role) -> tuple[Field, ...]:
        """The fields that the role may set."""
        return tuple(
            field
            for field in self.fields
            if not field.derived
            and (role == "operator" or role in (self.write if field.write is None else field.write))
        )

    @model_validator(mode="after")
    def _whole(self) -> Self:
        codes = [field.code for field in self.fields]
        days = [field.day_column for field in self.fields if field.day_column]
        if len({*codes, *days}) != len(codes) + len(days):
            raise ValueError("a field, or the day of an instant, is there twice")
        kinds = {field.code: field.kind for field in self.fields}
        if kinds.get(self.by) not in ("day", "instant"):
            raise ValueError(f"by: {self.by} is no day and no instant of this type")
        if self.filter is not None and kinds.get(self.filter) != "choice":
            raise ValueError(f"filter: {self.filter} is no choice of this type")
        for order in self.orders:
            if {kinds.get(order.first), kinds.get(order.then)} not in _ORDERED:
                raise ValueError(
                    f"orders: {order.first} and {order.then} are not two of a kind with an order"
                )
        for need in self.needed:
            choices = {
                each.code for field in self.fields if field.code == need.choice for each in field.choices
            }
            if not {*need.of} <= choices or not {*need.fields} <= kinds.keys():
                raise ValueError(f"needed: {need.choice} names choices or fields that are not there")
        if any(field.derived for field in self.fields) != (self.derive is not None):
            raise ValueError("derive: a rule and fields that it works out belong together")
        for field in self.fields:
            if field.stamp_of is not None and (
                field.kind != "instant" or kinds.get(field.stamp_of) != "text"
            ):
                raise ValueError(f"{field.code}: stamp_of: an instant names the text that says who")
            if field.due is not None and (not field.stands or kinds.get(field.due) != field.kind):
                raise ValueError(f"{field.code}: due: what stands names another field of its kind")
        if self.counted and not {self.counted.figure, *self.counted.instead} <= kinds.keys():
            raise ValueError("counted: names fields that are not there")
        if self.stands_from is not None and self.stands_from not in kinds:
            raise ValueError(f"stands_from: {self.stands_from} is no field of this type")
        named = {
            *self.see,
            *self.write,
            *self.agreed_by,
            *(each for field in self.fields for each in field.see),
        }
        if "operator" in named or not {*self.agreed_by} <= {*self.see}:
            raise ValueError(
                "see, write, agreed_by: name party_a, party_b or mediator; the operator may everything, and "
                "nobody agrees to what they may not see"
            )
        return self
