"""Earlier answers and the participant's fields in texts of LimeSurvey: `{Q1.shown}`, `{TOKEN:FIRSTNAME}`."""

import re
from collections.abc import Mapping

from survey.foreign.conditions import Known
from survey.foreign.texts import Pipe
from survey.foreign.tree import Ref, Untranslatable
from survey.limesurvey.names import Names

REFERENCE = re.compile(r"\{(?=\S)[^{}\n]{1,500}\}")
"""What stands in braces without white space behind the first one."""

_PARTICIPANT = {
    "TOKEN:FIRSTNAME": "member.name",
    "TOKEN:LASTNAME": "member.name",
    "FIRSTNAME": "member.name",
    "LASTNAME": "member.name",
    "TOKEN:LANGUAGE": "member.language",
}


def pipe_for(names: Names) -> Pipe:
    """What a reference becomes."""

    def pipe(written: str, known: Mapping[str, Known]) -> str | None:
        inside = written[1:-1].strip().removeprefix("INSERTANS:")
        if inside in _PARTICIPANT:
            return _PARTICIPANT[inside]
        try:
            meant = names.meant(inside.removesuffix(".shown"))
        except Untranslatable:
            return None
        if not isinstance(meant, Ref):
            return None
        found = known.get(meant.name)
        return found.code if found else None

    return pipe
