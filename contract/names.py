"""When two names are the same, or print alike: spaces, width, case, Cyrillic or Greek letters for Latin."""

import unicodedata

# Letters of other alphabets that print like Latin ones, after Unicode Technical Standard 39.
_LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABESIJKMHOPCTYXaesijopcyxdqwhABEZHIKMNOPTYXo",
)


def plain_name(name: str) -> str:
    """The name for comparing: width, case, spaces and invisible characters do not make another party."""
    letters = unicodedata.normalize("NFKC", name).casefold()
    return "".join(
        letter for letter in letters if not letter.isspace() and unicodedata.category(letter) != "Cf"
    )


def look_alike(one: str, other: str) -> bool:
    """Whether two different names print alike."""
    return plain_name(one) != plain_name(other) and _skeleton(one) == _skeleton(other)


def mixes_alphabets(name: str) -> bool:
    """Whether the name mixes Latin letters with Cyrillic or Greek ones."""
    alphabets = {unicodedata.name(letter, "").split(" ")[0] for letter in name if letter.isalpha()}
    return "LATIN" in alphabets and bool(alphabets & {"CYRILLIC", "GREEK"})


def _skeleton(name: str) -> str:
    return plain_name(unicodedata.normalize("NFKC", name).translate(_LOOKALIKES))
