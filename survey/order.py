"""Choices in random order: another one for each respondent, always the same for one of them."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

from survey.parts import Choice


def ordered(choices: Sequence[Choice], question: str, response_id: UUID | None) -> tuple[Choice, ...]:
    """The choices in the order that the response id and the question's code decide; without an id, as they
    stand. Nothing needs to be stored: the id says the order again at any time. Those that stay last end the
    list, as they stand."""
    if response_id is None:
        return tuple(choices)

    def place(choice: Choice) -> bytes:
        return hashlib.sha256(response_id.bytes + f"\0{question}\0{choice.code}".encode()).digest()

    mixed = sorted((choice for choice in choices if not choice.stay_last), key=place)
    return (*mixed, *(choice for choice in choices if choice.stay_last))
