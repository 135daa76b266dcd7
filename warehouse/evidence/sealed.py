"""What is kept of a sealed period, and its text: canonical JSON, so that its hash can be taken anywhere."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from pydantic import TypeAdapter, ValidationError

from contract import Counts, Period
from contract.deciding import Decided
from contract.settlement import Settlement
from warehouse.evidence.basis import Basis

FORMAT = "pactboard-seal/1"


@dataclass(frozen=True, slots=True)
class SealedTarget:
    """What one target was judged by, the period alone, and what was `decided` with what was pooled.

    `response_rate` is in percent, None where unknown; `relieved`: both parties had set it free in time.
    """

    counts: Counts
    response_rate: Decimal | Fraction | None
    relieved: bool
    decided: Decided


@dataclass(frozen=True, slots=True)
class Sealed:
    """A period as it was sealed. `before` is the hash of the seal before, None for the first.

    `counted` holds every metric with its segments ("" for everybody), `targets` by metric; `settlement` is
    None for a contract without fees. The figures are as of `as_of`, from the rows up to `basis`.
    """

    format: str
    contract: str
    version: int
    contract_sha256: str
    zone: str
    period: Period
    settled_on: date
    as_of: datetime
    sealed_at: datetime
    before: str | None
    basis: Basis
    counted: Mapping[str, Mapping[str, Counts]]
    targets: Mapping[str, SealedTarget]
    settlement: Settlement | None

    def document(self) -> str:
        """The canonical text: JSON in UTF-8 with sorted keys and no spaces."""
        plain = _ADAPTER.dump_python(self, mode="json")
        return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Seal:
    """What was sealed, with its text as stored and the hash that was stored beside it."""

    sealed: Sealed
    document: str
    sha256: str

    @property
    def subject(self) -> str:
        """What the audit calls it."""
        return f"{self.sealed.contract} {self.sealed.period.name}"

    @property
    def is_whole(self) -> bool:
        """Whether the text is still the one that was hashed."""
        return sha256_of(self.document) == self.sha256


def sha256_of(document: str) -> str:
    """The hash of the text in UTF-8, as `sha256sum` gives it for a file of exactly this text."""
    return hashlib.sha256(document.encode()).hexdigest()


def sealed_from(document: str) -> Sealed:
    """What the text says. Raises ValueError for a text that is none of ours."""
    try:
        return _ADAPTER.validate_json(document)
    except ValidationError as error:
        raise ValueError(f"{error.error_count()} places of the text cannot be read") from error


_ADAPTER = TypeAdapter(Sealed)
