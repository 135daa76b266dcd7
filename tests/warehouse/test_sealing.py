"""Sealed texts: only the token opens them, and a change is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.sealing import Unsealable, seal, unseal

TOKEN = "0f" * 16


@given(st.binary(max_size=5_000), st.text(max_size=40))
def test_what_was_sealed_is_read_again_with_the_token(text: bytes, token: str) -> None:
    assert unseal(token, seal(token, text)) == text


@given(st.text(max_size=40).filter(lambda token: token != TOKEN))
def test_no_other_token_opens_it(token: str) -> None:
    with pytest.raises(Unsealable):
        unseal(token, seal(TOKEN, b"my telephone"))


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_changed_byte_anywhere_is_noticed(place: int, change: int) -> None:
    sealed = bytearray(seal(TOKEN, b"my telephone"))
    sealed[place % len(sealed)] ^= change
    with pytest.raises(Unsealable):
        unseal(TOKEN, bytes(sealed))


@pytest.mark.parametrize("length", [0, 1, 47, 48, 59])
def test_a_part_of_it_is_nothing(length: int) -> None:
    with pytest.raises(Unsealable):
        unseal(TOKEN, seal(TOKEN, b"my telephone")[:length])


def test_the_same_text_is_never_sealed_twice_alike_and_does_not_show() -> None:
    first, second = seal(TOKEN, b"my telephone" * 3), seal(TOKEN, b"my telephone" * 3)
    assert first[:16] != second[:16] and first[16:-32] != second[16:-32]
    assert b"telephone" not in first and len(first) == 36 + 48
