"""What is wrong with an expression: a code of `wordings`, the place in its text, the wording's values."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong; `position` counts characters of the expression from 1."""

    code: str
    position: int
    values: Mapping[str, object] = field(default_factory=dict)


class ExpressionRefused(Exception):
    """The text is no expression; `fault` says where it ceases to be one."""

    def __init__(self, code: str, position: int, **values: object) -> None:
        super().__init__(code, position, values)
        self.fault = Fault(code, position, values)
