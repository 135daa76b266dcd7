"""What the operator chooses from: a survey, or a draft that has not become one."""

from collections.abc import Mapping
from dataclasses import dataclass

import warehouse
from pages.ui.editing import bound, desk
from survey import Questionnaire
from survey.editing import EditRefused, set_value
from survey.strict_yaml import YamlRefused, read_strictly
from survey.yaml_writing import write_questionnaire
from warehouse.drafts import Draft, draft, drafts, written
from warehouse.life import Life, life
from warehouse.surveys import Survey, questionnaire, survey, surveys


@dataclass(frozen=True, slots=True)
class Entry:
    """`slug` is the survey's name, `questionnaire` that of what it asks; `survey` and `life` are None before
    the first publishing, `draft` when there is none."""

    slug: str
    questionnaire: str
    title: Mapping[str, str]
    survey: Survey | None
    life: Life | None
    draft: Draft | None

    @property
    def versions(self) -> tuple[Questionnaire, ...]:
        """Every published version, the oldest first."""
        latest = self.survey.questionnaire.version if self.survey else 0
        found = (
            questionnaire(warehouse.serving(), self.questionnaire, number) for number in range(1, latest + 1)
        )
        return tuple(each for each in found if each)

    def lay_out(self) -> None:
        """Put the draft on the desk as it is now; without one, the latest version as the next one. A text
        that could not be saved stays."""
        if desk.lies_here(self.questionnaire) and (desk.overtaken() or self._lies_as_it_is()):
            return
        if self.draft:
            desk.lay(self.questionnaire, self.draft.source, self.draft.saved_at)
        elif self.survey:
            desk.lay(self.questionnaire, _following(self.survey.questionnaire), None)

    def _lies_as_it_is(self) -> bool:
        """Whether nobody has saved, published or discarded anything since it was laid out."""
        if self.draft is not None or desk.saved_at() is not None:
            return self.draft is not None and self.draft.saved_at == desk.saved_at()
        following = self.survey.questionnaire.version + 1 if self.survey else 1
        return bool(bound.at(desk.content(), ("version",)) == following)


def _following(published: Questionnaire) -> str:
    """The text of the next version: as this one was written here, comments and all, else made from what it
    says."""
    version = published.version + 1
    if text := written(warehouse.serving(), published):
        try:
            return set_value(text, ("version",), version)
        except EditRefused:  # written too cleverly: then it is made anew
            pass
    return write_questionnaire(published.model_copy(update={"version": version}))


def entries() -> tuple[Entry, ...]:
    """Every survey in the order they were opened, then the drafts that are no survey yet."""
    house = warehouse.serving()
    kept = {each.slug: each for each in drafts(house)}
    found = [_of_survey(each, kept.get(each.questionnaire.slug)) for each in surveys(house)]
    asked = {each.questionnaire for each in found}
    return (*found, *(_of_draft(each) for slug, each in kept.items() if slug not in asked))


def find_entry(slug: str) -> Entry | None:
    """The survey, or the draft, of that name."""
    house = warehouse.serving()
    if found := survey(house, slug):
        return _of_survey(found, draft(house, found.questionnaire.slug))
    kept = draft(house, slug) if slug else None
    return _of_draft(kept) if kept else None


def _of_survey(found: Survey, kept: Draft | None) -> Entry:
    house = warehouse.serving()
    return Entry(found.slug, found.questionnaire.slug, found.title, found, life(house, found.slug), kept)


def _of_draft(kept: Draft) -> Entry:
    return Entry(kept.slug, kept.slug, _title(kept), None, None, kept)


def _title(kept: Draft) -> Mapping[str, str]:
    """The draft's title as far as it can be read, else its name."""
    try:
        found = bound.at(read_strictly(kept.source).content, ("title",))
    except YamlRefused:
        found = None
    said = {str(code): str(text) for code, text in found.items() if text} if isinstance(found, dict) else {}
    return said or {"zh": kept.slug, "en": kept.slug}
