import ast
from pathlib import Path
from string import Formatter

import pytest

import survey
from survey.logic import KIND_WORDS
from survey.texts import Catalogue, translate
from survey.wordings import WORDINGS

FOLDER = Path(survey.__file__).parent
FRAMES = {"{where}: {advice}", "{what}. {todo}", "“{question}” {advice}"}
OWN_LABELS = {"Yes", "No", "Other", "I agree", "I do not agree", ", "}
REPORTED = {
    "{slug}, version {version}, in {languages}. Questions: {questions}, pages: {pages}",
    "Texts not translated into {code}: {count}",
}
REFUSING = {"problem", "refusal", "refuse", "YamlRefused", "ExpressionRefused", "Fault"}


def po(folder: Path, topic: str, *entries: tuple[str, str]) -> None:
    lines = [f'msgid "{message}"\nmsgstr "{text}"\n' for message, text in entries]
    (folder / "zh").mkdir(exist_ok=True)
    (folder / "zh" / f"{topic}.po").write_text("\n".join(lines), encoding="utf-8")


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def test_a_message_is_translated_and_its_fields_are_filled(tmp_path: Path) -> None:
    po(tmp_path, "greetings", ("Hello {name}", "您好，{name}"))
    assert Catalogue(tmp_path).translate("Hello {name}", "zh", name="李雷") == "您好，李雷"


def test_a_message_without_a_translation_is_its_own_text(tmp_path: Path) -> None:
    po(tmp_path, "greetings", ("Hello", ""))
    catalogue = Catalogue(tmp_path)
    assert catalogue.translate("Hello", "zh") == "Hello"
    assert catalogue.translate("Hello", "en") == "Hello"


def test_braces_in_a_value_are_text_and_not_fields(tmp_path: Path) -> None:
    assert Catalogue(tmp_path).translate("{raw}", "en", raw="{0} {language}") == "{0} {language}"


def test_a_message_without_values_may_hold_braces(tmp_path: Path) -> None:
    assert Catalogue(tmp_path).translate("{ not a field", "en") == "{ not a field"


def test_topics_are_read_together_and_may_agree(tmp_path: Path) -> None:
    po(tmp_path, "one", ("Yes", "是"), ("No", "否"))
    po(tmp_path, "two", ("Yes", "是"), ("Maybe", "也许"))
    assert Catalogue(tmp_path).messages("zh") == {"Yes": "是", "No": "否", "Maybe": "也许"}


def test_two_different_translations_of_one_message_are_refused(tmp_path: Path) -> None:
    po(tmp_path, "one", ("Open", "打开"))
    po(tmp_path, "two", ("Open", "开放"))
    with pytest.raises(ValueError, match=r"two\.po: a second, different translation of 'Open'"):
        Catalogue(tmp_path)


def test_every_wording_is_in_the_chinese_catalogue_with_the_same_fields() -> None:
    chinese = Catalogue(FOLDER / "locale").messages("zh")
    needed = FRAMES | OWN_LABELS | REPORTED | set(KIND_WORDS.values())
    needed |= {text for pair in WORDINGS.values() for text in pair}
    assert needed <= set(chinese)
    assert [text for text in needed if fields(text) != fields(chinese[text])] == []


def test_every_code_of_the_sources_has_words_and_every_wording_a_use() -> None:
    strings = {
        node.value
        for path in FOLDER.rglob("*.py")
        if path.name != "wordings.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(WORDINGS) - strings == set()
    raised = {
        node.args[0].value
        for path in FOLDER.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and (getattr(node.func, "id", "") or getattr(node.func, "attr", "")) in REFUSING
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert len(raised) > 60
    assert raised - set(WORDINGS) == set()


def test_the_frames_of_a_sentence_are_translated() -> None:
    assert translate("{what}. {todo}", "zh", what="甲", todo="乙") == "甲。乙"
