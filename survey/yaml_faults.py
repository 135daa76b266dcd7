"""What the YAML parser stumbled over, in words that can be translated; its own are English only."""

from collections.abc import Mapping

from survey.problems import Term

# part of what the parser says -> what it means for somebody who writes a file
_MEANINGS: Mapping[str, str] = {
    "mapping values are not allowed": "a colon stands where none can stand; put the text in quotes",
    "expected ':'": "a line has no colon",
    "expected <block end>": "the indentation does not fit the lines above, or text follows a closing quote",
    "',' or ']'": "a comma or a closing square bracket is missing",
    "',' or '}'": "a comma or a closing curly bracket is missing",
    "unexpected end of stream": "a quotation mark is not closed",
    "cannot start any token": "no value can begin with this character; put the text in quotes, and indent "
    "with spaces",
    "escape": "there is no such character with a backslash; use 'single quotes'",
    "document": "a line with % or --- stands where none can stand",
}
_OTHERWISE = "something stands here that YAML does not allow"


def meaning(problem: str) -> Term:
    """What the parser's message means."""
    return Term(next((said for part, said in _MEANINGS.items() if part in problem), _OTHERWISE))
