"""Notices a scale whose ends are the wrong way round: scores are counted upwards, so the best must be at max.

Only plain words are understood, those that people write at the ends of scales, in Chinese and English."""

import re
from collections.abc import Iterator

from survey.definition import Questionnaire
from survey.languages import Text
from survey.parts import Scale

_BAD = {
    "en": re.compile(
        r"\b(not|never|dis\w+|un(?!der)\w+|bad(ly)?|poor(ly)?|worst|worse|terrible|awful|horrible|difficult|hard"
        r"|slow(ly)?|impossible|inconvenient|(high|much|great|lot of) effort)\b"
    ),
    "zh": re.compile("不|差|难|费劲|费力|糟|慢|坏|失望|无法|恶劣"),
}
_GOOD = {
    "en": re.compile(
        r"\b(satisf\w+|happy|pleased|delighted|likely|eas(y|ily)|simple|good|great|best|better|well|excellent|perfect"
        r"|outstanding|superb|agree|friendly|fair|reliable|fast|quick(ly)?|helpful|convenient|definitely|certainly"
        r"|(low|little|no) effort|effortless)\b"
    ),
    "zh": re.compile(
        "满意|好|容易|轻松|简单|省力|快|可能|推荐|同意|愿意|优秀|出色|可靠|公平|友好|友善|方便|顺畅|优"
    ),
}
_GOOD_AFTER_ALL = {
    "en": re.compile(
        r"\b(not (bad|difficult|hard)|without (any )?(effort|difficulty)|no difficulty|unforgettable)\b"
    ),
    "zh": re.compile("不错|不难|不费|不差|不慢|毫不费力|没有困难|难忘"),
}


def reversed_scales(questionnaire: Questionnaire) -> Iterator[tuple[int, str, str]]:
    """The place of each question that measures with the best at the bottom, and the words at its ends."""
    for place, question in enumerate(questionnaire.questions):
        if question.scale and question.measures != "none":
            for low, high in _ends(question.scale):
                if ends := _are_reversed(low, high):
                    yield place, *ends
                    break


def _ends(scale: Scale) -> Iterator[tuple[Text, Text]]:
    yield scale.low, scale.high
    if scale.labels:
        yield scale.labels[str(scale.min)], scale.labels[str(scale.max)]


def _are_reversed(low: Text, high: Text) -> tuple[str, str] | None:
    for language in _BAD:
        one, other = low.get(language, ""), high.get(language, "")
        if _is_good(one, language) and _is_bad(other, language):
            return one, other
    return None


def _is_bad(text: str, language: str) -> bool:
    plain = text.lower()
    return not _GOOD_AFTER_ALL[language].search(plain) and _BAD[language].search(plain) is not None


def _is_good(text: str, language: str) -> bool:
    plain = text.lower()
    if _GOOD_AFTER_ALL[language].search(plain):
        return True
    return not _BAD[language].search(plain) and _GOOD[language].search(plain) is not None
