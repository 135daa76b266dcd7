"""Gettext catalogues: a message is its own English text; a language's .po files translate it."""

from collections.abc import Mapping
from pathlib import Path

from babel.messages import pofile


class Catalogue:
    """The translations under one folder, laid out as `<folder>/<language>/<topic>.po` and read once."""

    def __init__(self, folder: Path) -> None:
        """Read every catalogue. Raises ValueError when two topics translate one message differently."""
        self._messages = {part.name: _read(part) for part in sorted(folder.glob("*")) if part.is_dir()}

    def translate(self, message: str, language: str, /, **values: object) -> str:
        """The message in that language, or itself where there is no translation; values fill its {fields}."""
        text = self._messages.get(language, {}).get(message, message)
        return text.format(**values) if values else text

    def messages(self, language: str) -> Mapping[str, str]:
        """Everything translated into that language: message -> translation."""
        return self._messages.get(language, {})


def _read(folder: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.po")):
        with path.open(encoding="utf-8") as file:
            catalogue = pofile.read_po(file, locale=folder.name, abort_invalid=True)
        for entry in catalogue:
            message, text = entry.id, entry.string
            if not (isinstance(message, str) and isinstance(text, str) and message and text) or entry.fuzzy:
                continue
            if found.setdefault(message, text) != text:
                raise ValueError(f"{path}: a second, different translation of {message!r}")
    return found


translate = Catalogue(Path(__file__).parent / "locale").translate
