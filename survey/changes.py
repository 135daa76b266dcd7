"""What is different between two versions of a questionnaire, and which differences would spoil answers.

Answers of all versions are kept together by code. A difference `breaks` when answers to both versions under
one code would no longer mean the same: another type, another scale, another measure, another unit, words that
stand for another code than before, or what may name a person no longer said to do so."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from survey.definition import Question, Questionnaire
from survey.languages import Text, pick
from survey.parts import Choice
from survey.shapes import Part
from survey.texts import translate

Kind = Literal["added", "removed", "moved", "changed"]

_FREE_TEXTS = ("short_text", "long_text")
_NOT_PLAIN = {"code", "questions", "slug", "version", "choices", "rows"}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `code` is that of the question or item, "" for the questionnaire itself; `what` the key
    that differs, such as "text.zh", "scale.max" or "choices.after.text.en", "" for a whole question.

    `before` and `after` are the values as texts (the places, from 1, of what moved), None where there is
    none. `breaks` says that answers to both versions cannot be kept together under this code."""

    kind: Kind
    code: str
    what: str
    before: str | None
    after: str | None
    breaks: bool

    @property
    def where(self) -> str:
        """The code and the key in one: "overall.scale.max"."""
        return ".".join(part for part in (self.code, self.what) if part)

    def words(self, language: str) -> str:
        """The difference as a line for a list."""
        said = {"where": self.where, "before": self.before or "", "after": self.after or ""}
        if self.kind == "added":
            return translate("{where} added: {after}", language, **said)
        if self.kind == "removed":
            return translate("{where} removed: {before}", language, **said)
        if self.kind == "moved":
            return translate("{where} moved from place {before} to {after}", language, **said)
        return translate("{where} changed: {before} → {after}", language, **said)


def changes(before: Questionnaire, after: Questionnaire) -> tuple[Change, ...]:
    """Every difference: those of the questionnaire itself, then question by question in the order of `after`,
    then what was removed. Version numbers and names of the questionnaires are not compared."""
    old = {question.code: question for question in before.questions}
    new = {question.code: question for question in after.questions}
    moved = _moved(list(old), list(new))
    found = list(_of_keys("", _plain(before), _plain(after)))
    for code, question in new.items():
        if code not in old:
            found.append(Change("added", code, "", None, _said(question.text, after), False))
            continue
        if code in moved:
            found.append(Change("moved", code, "", *moved[code], False))
        found += _of_question(old[code], question, after)
    for code, question in old.items():
        if code not in new:
            found.append(Change("removed", code, "", _said(question.text, before), None, False))
    return (*found, *_of_items(before, after))


def breaking_changes(published: Sequence[Questionnaire], after: Questionnaire) -> tuple[Change, ...]:
    """The differences from any published version, the oldest first, for which `after` must not be published.

    Beside what `changes` finds: a code that is gone from the latest version and comes back for something
    with other words. What the latest version has done already is not held against `after`."""
    found: dict[tuple[str, str], Change] = {}
    for number, earlier in enumerate(published):
        latest = published[-1]
        done = set() if number == len(published) - 1 else {_key(each) for each in changes(earlier, latest)}
        for change in (*changes(earlier, after), *_come_back(earlier, latest, after)):
            if change.breaks and _key(change) not in done:
                found.setdefault((change.code, change.what), change)
    return tuple(found.values())


def _key(change: Change) -> tuple[str, str, str | None]:
    return change.code, change.what, change.after


def _of_question(before: Question, after: Question, questionnaire: Questionnaire) -> Iterator[Change]:
    """The differences of two questions, or items, of one code."""
    kept = before.stored != "nothing" and after.stored != "nothing"
    taken = _words_taken(before, after)
    for change in (
        *_of_keys(after.code, _plain(before), _plain(after)),
        *_of_list("choices", before, after, questionnaire),
        *_of_list("rows", before, after, questionnaire),
    ):
        yield replace(change, breaks=kept and (_key_breaks(change) or change.what in taken))


def _of_list(name: str, before: Question, after: Question, questionnaire: Questionnaire) -> Iterator[Change]:
    """The differences of the choices, or of the rows of a matrix."""
    old, new = _listed(before, name), _listed(after, name)
    moved = _moved(list(old), list(new))
    for code in (*new, *(gone for gone in old if gone not in new)):
        what = f"{name}.{code}"
        if code not in old:
            yield Change("added", after.code, what, None, _said(new[code].text, questionnaire), False)
        elif code not in new:
            yield Change("removed", after.code, what, _said(old[code].text, questionnaire), None, False)
        else:
            if code in moved:
                yield Change("moved", after.code, what, *moved[code], False)
            yield from _of_keys(after.code, _plain(old[code], what), _plain(new[code], what))


def _listed(question: Question, name: str) -> Mapping[str, Choice]:
    """The choices or the rows by their code."""
    found: Sequence[Choice] = getattr(question, name)
    return {each.code: each for each in found}


def _key_breaks(change: Change) -> bool:
    """Whether another value of that key gives answers another meaning, whatever the values are."""
    if change.what == "type":
        return not (change.before in _FREE_TEXTS and change.after in _FREE_TEXTS)
    if change.what in ("measures", "scale.min", "scale.max") or change.what.startswith("number.unit."):
        return change.kind == "changed"
    # What was written while it counted as personal stays personal.
    return change.what == "pii" and change.before == "true"


def _words_taken(before: Question, after: Question) -> set[str]:
    """The keys of words that stood for another code, or another end or point of the scale: whoever chose the
    words then and whoever chooses them now would count under two codes."""
    return {
        key
        for old, new in zip(_labels(before), _labels(after), strict=True)
        for key, words in new.items()
        if key in old
        and not _same(old[key], words)
        and any(
            other != key and _language(other) == _language(key) and _same(old[other], words) for other in old
        )
    }


def _labels(question: Question) -> tuple[Mapping[str, str], ...]:
    """The words that stand for codes, in groups in which each of them has one place: key -> words."""
    scale = question.scale
    return (
        _flat("scale", {"low": scale.low, "high": scale.high} if scale else {}),
        _flat("scale.labels", scale.labels if scale else {}),
        *(
            _flat(name, {code: {"text": each.text} for code, each in _listed(question, name).items()})
            for name in ("choices", "rows")
        ),
    )


def _language(key: str) -> str:
    return key.rsplit(".", 1)[1]


def _of_items(before: Questionnaire, after: Questionnaire) -> Iterator[Change]:
    """Items that have one code and belong to questions of different codes: a text "staff_friendly" and the
    row "friendly" of a matrix "staff"."""
    old, new = _owned(before), _owned(after)
    for code in old.keys() & new.keys():
        (owner, item), (other, again) = old[code], new[code]
        if owner != other:
            yield from (change for change in _of_question(item, again, after) if change.breaks)


def _owned(questionnaire: Questionnaire) -> dict[str, tuple[str, Question]]:
    return {
        item.code: (question.code, item) for question in questionnaire.questions for item in question.items
    }


def _come_back(earlier: Questionnaire, latest: Questionnaire, after: Questionnaire) -> Iterator[Change]:
    """Questions and choices that the latest version does not have, back with other words."""
    old, still = (
        {question.code: question for question in each.questions if question.stored != "nothing"}
        for each in (earlier, latest)
    )
    for question in after.questions:
        before, between = old.get(question.code), still.get(question.code)
        if before is None or question.stored == "nothing":
            continue
        if between is None and _other_words(before.text, question.text):
            said = _said(before.text, earlier), _said(question.text, after)
            yield Change("changed", question.code, "text", *said, True)
        for name in ("choices", "rows"):
            known = _listed(before, name)
            there = _listed(between, name) if between else {}
            for code, each in _listed(question, name).items():
                if code in known and code not in there and _other_words(known[code].text, each.text):
                    said = _said(known[code].text, earlier), _said(each.text, after)
                    yield Change("changed", question.code, f"{name}.{code}.text", *said, True)


def _other_words(before: Text, after: Text) -> bool:
    """Whether the words differ in every language that both have."""
    both = before.keys() & after.keys()
    return bool(both) and not any(_same(before[language], after[language]) for language in both)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _of_keys(code: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    for what in dict.fromkeys((*after, *before)):
        old, new = before.get(what), after.get(what)
        if old != new:
            kind: Kind = "added" if old is None else "removed" if new is None else "changed"
            yield Change(kind, code, what, old, new, False)


def _plain(part: Part, path: str = "") -> Mapping[str, str]:
    """All keys but choices, rows and questions: path -> value as text. What is not set is not there."""
    return _flat(path, part.model_dump(mode="json", exclude_none=True, exclude=_NOT_PLAIN))


def _flat(path: str, value: object) -> dict[str, str]:
    """A value as paths and texts: {"text": {"zh": ...}} under "scale" as "scale.text.zh"."""
    if isinstance(value, Mapping):
        inner = ((f"{path}.{key}" if path else str(key), each) for key, each in value.items())
        return {where: text for key, each in inner for where, text in _flat(key, each).items()}
    if isinstance(value, list | tuple):
        return {path: ", ".join(map(str, value))} if value else {}
    return {path: str(value).lower() if isinstance(value, bool) else str(value)}


def _moved(before: Sequence[str], after: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The fewest codes that must have moved, with their places in both lists, from 1."""
    old = {code: place for place, code in enumerate(before, start=1)}
    new = {code: place for place, code in enumerate(after, start=1)}
    both = [code for code in after if code in old]
    ends: list[int] = []  # the last place of the best run of each length
    lengths = []
    for code in both:
        at = bisect_left(ends, old[code])
        ends[at : at + 1] = [old[code]]
        lengths.append(at)
    stay, length = set(), len(ends) - 1
    for code, at in zip(reversed(both), reversed(lengths), strict=True):
        if at == length:
            stay.add(code)
            length -= 1
    return {code: (str(old[code]), str(new[code])) for code in both if code not in stay}


def _said(text: Text, questionnaire: Questionnaire) -> str:
    language = questionnaire.default_language
    return pick(text, language, language)[0]
