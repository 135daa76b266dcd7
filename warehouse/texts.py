"""The warehouse's words in the languages people read."""

from pathlib import Path

from survey.texts import Catalogue

translate = Catalogue(Path(__file__).parent / "locale").translate
