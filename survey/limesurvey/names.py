"""The names by which expressions of LimeSurvey speak of answers, in all their spellings."""

import re

from survey.foreign.tree import Apply, Ref, Text, Tree, Untranslatable
from survey.limesurvey.structure import Question, Survey

_TICKED = frozenset("MP")
_PLAIN = frozenset({"NAOK", "code", "value", "valueNAOK"})
_SCORED = frozenset("LOFH1R!")  # here `.value` is the assessment value, not the answer


class Names:
    """Tells what a name means. A choice that may be ticked is told as `selected`."""

    def __init__(self, survey: Survey) -> None:
        self._meant: dict[str, tuple[Question, Tree]] = {}
        sid = survey.settings.cell("sid")
        for group in survey.groups:
            for question in group.questions:
                own = (f"{sid}X{question.gid}X{question.qid}", f"Q{question.qid}")
                self._learn(question, Ref(question.title), (question.title, *own))
                for part in ("other", "comment"):
                    names = (f"{question.title}_{part}", own[0] + part, f"{own[1]}_C{part}")
                    self._learn(question, Ref(names[0]), names)
                self._learn_boxes(question)
                for sub in question.subquestions:
                    name = f"{question.title}_{sub.title}"
                    spelt = (name, own[0] + sub.title, f"{own[1]}_S{sub.qid}")
                    ticked = Apply("selected", (Ref(question.title), Text(sub.title)))
                    self._learn(question, ticked if question.type in _TICKED else Ref(name), spelt)

    def _learn_boxes(self, question: Question) -> None:
        """A table of boxes to tick: each row is a question of several choices here."""
        if question.type != ":" or question.attribute("multiflexible_checkbox") != "1":
            return
        for row in question.rows(0):
            for column in question.rows(1):
                ticked = Apply("selected", (Ref(f"{question.title}_{row.title}"), Text(column.title)))
                self._learn(question, ticked, (f"{question.title}_{row.title}_{column.title}",))

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
            return self._unlisted(name, kind)
        if kind and (kind not in _PLAIN or ("value" in kind and question.type in _SCORED)):
            raise Untranslatable
        return tree

    @staticmethod
    def _unlisted(name: str, kind: str) -> Tree:
        """A field of a table or of a second scale: named by itself when a question was made of it."""
        if not re.fullmatch("[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+){2}", name) or kind not in ("", *_PLAIN):
            raise Untranslatable
        return Ref(name)
