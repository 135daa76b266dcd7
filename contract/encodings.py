"""Which encoding a file that is no UTF-8 seems to have, so that the message can say what was found."""

import re

from contract.texts import Message

_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")


def not_utf8(data: bytes) -> Message:
    """Why bytes that are no UTF-8 cannot be read, with what they look like."""
    return Message("not UTF-8; it looks like: {encoding}", {"encoding": encoding_of(data)})


def encoding_of(data: bytes) -> str:
    """The name of the encoding, as far as the bytes tell; "unknown" otherwise."""
    if data[:2] in _MARKS:
        return _MARKS[data[:2]]
    if b"\0" in data[:100]:
        return (
            "UTF-16"
            if data[1::2].count(0) > len(data) / 4 or data[::2].count(0) > len(data) / 4
            else "binary"
        )
    try:
        return "GBK" if _HAN.search(data.decode("gb18030")) else "unknown"
    except UnicodeDecodeError:
        return "unknown"
