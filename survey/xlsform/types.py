"""What the cell "type" of a row says, in all its spellings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

RowKind = Literal[
    "question", "select", "range", "begin", "end", "metadata", "calculation", "left_out", "unknown"
]


@dataclass(frozen=True, slots=True)
class RowType:
    """`what` is our type of question, the word behind begin or end, or the type as written; `list_name` and
    `other` are those of a choice."""

    kind: RowKind
    what: str
    list_name: str = ""
    other: bool = False


_SELECT = re.compile(
    r"(?:add )?(?P<how>select one|select1|select multiple|select all that apply|rank)"
    r"(?: prompt)?(?: using| from)? (?P<list>\S+?)(?P<other> or[ _]other| or specify other)?",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"(?:add )?select[ _](?:one|multiple)[ _](?:from[ _]file|external)\b")
_BLOCK = re.compile(r"(begin|end)[ _]?(.+)", re.IGNORECASE)
_SELECTS: Mapping[str, str] = {
    "select one": "single_choice",
    "select1": "single_choice",
    "rank": "ranking",
}
_QUESTIONS: Mapping[str, str] = {
    "text": "short_text",
    "string": "short_text",
    "integer": "number",
    "int": "number",
    "decimal": "decimal",
    "date": "date",
    "note": "section",
    "acknowledge": "consent",
    "trigger": "consent",
    "time": "as_text",
    "datetime": "as_text",
    "barcode": "as_text",
    "phone number": "as_text",
    "tel": "as_text",
    "url": "as_text",
    **{what: what for what in ("image", "audio", "video", "file")},
    **{f"add {what} prompt": what for what in ("image", "audio", "video", "file")},
    "photo": "image",
    "add photo prompt": "image",
}
_METADATA = frozenset(
    (
        *("start", "end", "today", "deviceid", "username", "audit", "phonenumber", "simserial", "imei"),
        *(
            "subscriberid",
            "email",
            "start-geopoint",
            "background-audio",
            "background-geopoint",
            "devicephonenum",
        ),
        *("caseid", "instanceid", "text audit", "audio audit", "calculate_here", "comments"),
    )
)
_CALCULATED = frozenset({"calculate"})
_LEFT_OUT = frozenset(
    (
        *("geopoint", "geotrace", "geoshape", "location", "osm"),
        *("uri", "gps", "hidden", "xml-external", "csv-external"),
        *("draw", "signature", "annotate", "bearing", "secret"),
    )
)


def nearest_type(written: str) -> str:
    """The type of question that is spelt most alike, "" for none."""
    known = (
        *_QUESTIONS,
        "range",
        "calculate",
        "select_one",
        "select_multiple",
        "rank",
        "begin_group",
        "end_group",
    )
    first, _, rest = written.lower().partition(" ")
    if rest and not first.startswith("select"):
        return ""
    return next(iter(get_close_matches(first[:40], known, n=1, cutoff=0.75)), "")


def row_type(written: str) -> RowType:
    """The type that a cell means."""
    said = " ".join(written.split())
    plain = said.lower()
    if plain in _METADATA or plain.startswith(
        ("uri:", "start-", "background-", "speed violations", "sensor_")
    ):
        return RowType("metadata", said)
    if plain in _QUESTIONS:
        return RowType("question", _QUESTIONS[plain])
    if plain in _CALCULATED:
        return RowType("calculation", said)
    if plain == "range":
        return RowType("range", "rating")
    if plain in _LEFT_OUT or _ELSEWHERE.match(plain):
        return RowType("left_out", said)
    select = _SELECT.fullmatch(re.sub("^select_(one|multiple)", r"select \1", said, flags=re.IGNORECASE))
    if select:
        what = _SELECTS.get(select["how"].lower(), "multiple_choice")
        return RowType("select", what, select["list"], select["other"] is not None)
    block = _BLOCK.fullmatch(plain)
    if block:
        return RowType("begin" if block[1] == "begin" else "end", block[2].strip())
    return RowType("unknown", said)
