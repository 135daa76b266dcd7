"""Names that are the same, and names that only look it."""

import pytest

from contract.names import look_alike, mixes_alphabets, plain_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme Ltd", "ＡＣＭＥ  ltd"),
        ("澄湖俱乐部", "澄湖 俱乐部"),
        ("Straße", "STRASSE"),
        ("Acme", "Ac\u200bme"),
    ],
)
def test_width_case_spaces_and_invisible_characters_make_no_other_name(one: str, other: str) -> None:
    assert plain_name(one) == plain_name(other)
    assert not look_alike(one, other)


@pytest.mark.parametrize(("one", "other"), [("Acme", "Аcme"), ("Acme", "Асme"), ("OPTIMA", "ΟΡΤΙΜΑ")])
def test_cyrillic_and_greek_letters_look_like_latin_ones(one: str, other: str) -> None:
    assert plain_name(one) != plain_name(other)
    assert look_alike(one, other)


@pytest.mark.parametrize(
    ("name", "mixed"),
    [("Аcme", True), ("Αcme", True), ("Acme 澄湖", False), ("Ромашка", False), ("Acme 2", False)],
)
def test_one_name_in_two_alphabets_is_noticed_but_not_chinese_with_latin(name: str, mixed: bool) -> None:
    assert mixes_alphabets(name) is mixed


def test_different_names_do_not_look_alike() -> None:
    assert not look_alike("Chenghu Club", "Yuanshan Ltd.")
