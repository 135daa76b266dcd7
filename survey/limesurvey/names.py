"""The names by which expressions of LimeSurvey speak of answers, in all their spellings."""

from collections.abc import Iterator

from survey.foreign.tree import Apply, Ref, Text, Tree, Untranslatable
from survey.limesurvey.structure import Question, Survey

_TICKED = frozenset("MP")
_TABLES = frozenset(":;")
_PLAIN = frozenset({"NAOK", "code", "value", "valueNAOK"})
_SCORED = frozenset("LOFH1R!")  # here `.value` is the assessment value, not the answer


class Names:
    """Tells what a name means: a Ref by question id, since titles may stand twice in old files. A choice that
    may be ticked is told as `selected`."""

    def __init__(self, survey: Survey) -> None:
        self._meant: dict[str, tuple[Question, Tree]] = {}
        sid = survey.settings.cell("sid")
        for group in survey.groups:
            for question in group.questions:
                title, field = question.title, f"{sid}X{question.gid}X{question.qid}"
                self._learn(question, Ref(question.qid), (title, field, f"Q{question.qid}"))
                for part in ("other", "comment"):
                    names = (f"{title}_{part}", f"{field}{part}", f"Q{question.qid}_C{part}")
                    self._learn(question, Ref(f"{question.qid}_{part}"), names)
                for sub in question.subquestions:
                    names = (f"{title}_{sub.title}", f"{field}{sub.title}", f"Q{question.qid}_S{sub.qid}")
                    self._learn(question, _answer(question, sub.title), names)
                for part, meant in _inner(question):
                    self._learn(question, meant, (f"{title}_{part}",))

    def _learn(self, question: Question, meant: Tree, names: tuple[str, ...]) -> None:
        for name in names:
            self._meant.setdefault(name, (question, meant))

    def meant(self, written: str) -> Tree:
        """What the name stands for. Raises Untranslatable for one nobody has, or a property of a question."""
        name, _, kind = written.partition(".")
        if name in ("this", "self") and (not kind or kind in _PLAIN):
            return Ref(".")
        question, tree = self._meant.get(name.lstrip("+"), (None, None))
        if question is None or tree is None:
            raise Untranslatable
        if kind and (kind not in _PLAIN or ("value" in kind and question.type in _SCORED)):
            raise Untranslatable
        return tree


def _answer(question: Question, sub: str) -> Tree:
    """What the name of a subquestion stands for."""
    if question.type in _TICKED:
        return Apply("selected", (Ref(question.qid), Text(sub)))
    return Ref(f"{question.qid}_{sub}")


def _inner(question: Question) -> Iterator[tuple[str, Tree]]:
    """The fields of a table, where they are boxes each row being a question of several choices here; and
    both scales of an array with two."""
    for row in question.rows(0):
        if question.type == "1":
            for scale in ("0", "1"):
                part = f"{row.title}_{scale}"
                yield part, Ref(f"{question.qid}_{part}")
        if question.type not in _TABLES:
            continue
        for column in question.rows(1):
            part = f"{row.title}_{column.title}"
            if question.attribute("multiflexible_checkbox") == "1":
                yield part, Apply("selected", (Ref(f"{question.qid}_{row.title}"), Text(column.title)))
            else:
                yield part, Ref(f"{question.qid}_{part}")
