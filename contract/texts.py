"""What people read, in their language: a catalogue of gettext files, and messages that carry their values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po


class Catalogue:
    """The translations under `folder`/<language>/*.po; the message itself is its English."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._messages = cache(self._read)

    def _read(self, language: str) -> Mapping[str, str]:
        messages: dict[str, str] = {}
        for path in sorted((self._folder / language).glob("*.po")):
            with path.open("rb") as file:
                messages.update({str(entry.id): str(entry.string) for entry in read_po(file) if entry.string})
        return messages

    def translate(self, message: str, language: str, /, **values: object) -> str:
        """The message in `language` with `values` filled in; English where a translation is missing."""
        template = self._messages(language).get(message, message)
        return template.format(**values) if values else template


translate = Catalogue(Path(__file__).parent / "locale").translate


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to be worded later: an English template and its values, which may be messages too.

    `said` holds it as it was worded once, by language: then it is never worded anew.
    """

    template: str
    values: Mapping[str, "str | Message"] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict, compare=False)

    def kept(self) -> "Message":
        """The same with its words of today, for what is kept as evidence."""
        return replace(self, said={language: self.words(language) for language in ("en", "zh")})

    def words(self, language: str) -> str:
        """The sentence in `language` ("zh" or "en")."""
        if language in self.said:
            return self.said[language]
        values = {
            name: value.words(language) if isinstance(value, Message) else value
            for name, value in self.values.items()
        }
        return translate(self.template, language, **values)


def as_written(text: Mapping[str, str]) -> Message:
    """A text of the contract itself, in the languages it was written in."""
    return Message(text["en"], said=dict(text))


def listed(parts: Sequence[str]) -> Message:
    """The parts in a row, one at least, parted as the language parts them."""
    return Message(parts[0]) if len(parts) == 1 else _joined([Message(part) for part in parts])


def _joined(parts: Sequence[Message]) -> Message:
    *before, last = parts
    first = before[0] if len(before) == 1 else _joined(before)
    return Message("{first}, {next}", {"first": first, "next": last})
