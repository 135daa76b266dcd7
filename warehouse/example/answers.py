"""What a member of the example club answers on an occasion: raw strings, as the form would send them."""

from warehouse.example.chance import Chance
from warehouse.example.comments import comment
from warehouse.example.shopping import Occasion
from warehouse.example.story import ZONE, in_bad_patch, month_of

# Thresholds of a normal feeling: below the first is the lowest score. At mood 0 some 84 % are satisfied.
_OVERALL = (-2.15, -1.65, -1.02, 0.35)
_RECOMMEND = (-2.6, -2.4, -2.2, -2.0, -1.8, -1.55, -1.2, -0.66, 0.11, 0.80)
_EASE = (-2.2, -1.85, -1.45, -0.95, -0.25, 0.75)
_TIER_MOOD = {"potential": -0.10, "new": -0.06, "returning": 0.0, "vip": 0.16}
_TOUCHPOINT_MOOD = {"before": 0.05, "during": 0.02, "after": -0.03}
_LANGUAGE_MOOD = {"zh": -0.01, "en": 0.04}
_PATCH_AFTER_SALE = -0.25


def channel_used(chance: Chance) -> str:
    """The form that a member uses: mostly the light form on a phone."""
    return "light_form" if chance.happens(0.82) else "page"


def language_used(chance: Chance, occasion: Occasion) -> str:
    """The language that a member answers in: nearly always the member's own."""
    own = occasion.person.member.language
    return own if chance.happens(0.97) else ("en" if own == "zh" else "zh")


def answers(chance: Chance, occasion: Occasion, answered_in: str) -> dict[str, str]:
    """Raw answers to `customer-satisfaction`, question code -> text; what is left blank is not there."""
    day = occasion.at.astimezone(ZONE).date()
    mood = month_of(day).mood + _TIER_MOOD[occasion.tier] + _TOUCHPOINT_MOOD[occasion.touchpoint]
    mood += _LANGUAGE_MOOD[answered_in]
    patched = in_bad_patch(day)
    if patched and occasion.touchpoint == "after":
        mood += _PATCH_AFTER_SALE
    feeling = 0.5 * occasion.person.warmth + chance.normal(0.0, 0.8)
    overall = _score(mood + feeling + chance.normal(0.0, 0.55), _OVERALL, lowest=1)
    raw = {"overall": str(overall)}
    recommend = _score(mood + 0.85 * feeling + chance.normal(0.0, 0.7), _RECOMMEND, lowest=0)
    if chance.happens(0.94):
        raw["recommend"] = str(recommend)
    ease = _score(0.8 * mood + 0.6 * feeling + chance.normal(0.0, 0.85), _EASE, lowest=1)
    if chance.happens(0.91):
        raw["ease"] = str(ease)
    if chance.happens(0.97):
        raw["touchpoint"] = occasion.touchpoint
    # Those who are unhappy write more often.
    if chance.happens(0.34 if overall <= 3 else 0.14):
        raw["comment"] = comment(chance, answered_in, overall, occasion.touchpoint, patched)
    return raw


def _score(latent: float, thresholds: tuple[float, ...], lowest: int) -> int:
    return lowest + sum(latent >= threshold for threshold in thresholds)
