"""The reason of a verdict in words, in both languages."""

from decimal import Decimal
from typing import Any

import pytest

from contract import (
    CensusCounts,
    Counts,
    MeanCounts,
    NpsCounts,
    ShareCounts,
    Target,
    judge,
    live_status,
    outlook,
)
from contract.counts import index_figure
from contract.texts import listed
from tests.contract.aiming import target

CENSUS: dict[str, Any] = {"rule": "simple", "confidence": 1.0, "min_n": 0}
CLOSED: list[tuple[Target, Counts, str, str]] = [
    (
        target("85.0"),
        ShareCounts(185, 210),
        "88.1 % of 210; at least 83.8 % with 95 % confidence; target 85.0 %; not proven",
        "210 份中 88.1 %；95 % 把握下不低于 83.8 %；目标 85.0 %；尚不能证明",
    ),
    (
        target("85.0"),
        ShareCounts(150, 210),
        "71.4 % of 210; at most 76.5 % with 95 % confidence; target 85.0 %; missed",
        "210 份中 71.4 %；95 % 把握下不高于 76.5 %；目标 85.0 %；未达标",
    ),
    (
        target("85.0"),
        ShareCounts(9, 10),
        "90.0 % of 10; at least 60.6 % with 95 % confidence; target 85.0 %; "
        "too few (the contract asks for 200)",
        "10 份中 90.0 %；95 % 把握下不低于 60.6 %；目标 85.0 %；样本不足（合同要求不少于 200 份）",
    ),
    (
        target("5", direction="lower", confidence=0.975),
        ShareCounts(40, 1200),
        "3.3 % of 1,200; at most 4.5 % with 97.5 % confidence; target at most 5.0 %; met",
        "1,200 份中 3.3 %；97.5 % 把握下不高于 4.5 %；目标不高于 5.0 %；达标",
    ),
    (
        target("85", rule="simple"),
        ShareCounts(170, 200),
        "85.0 % of 200; target 85.0 %; met, by the figure itself",
        "200 份中 85.0 %；目标 85.0 %；达标（按数值直接比较）",
    ),
    (
        target("28"),
        NpsCounts(20, 60, 130),
        "52.4 points from 210; at least 43.2 points with 95 % confidence; target 28.0 points; met",
        "210 份，52.4 分；95 % 把握下不低于 43.2 分；目标 28.0 分；达标",
    ),
    (
        target("4", min_n=1),
        MeanCounts({5: 1}),
        "5.00 from 1; no bound can be given; target 4.00; not proven",
        "1 份，5.00；样本尚不足以给出界限；目标 4.00；尚不能证明",
    ),
    (
        target("3", **CENSUS),
        CensusCounts(2.5, 1200, 1230),
        "2.5 %, counted in full (1,200 to 1,230); target 3.0 %; missed",
        "2.5 %（全量统计，1,200 至 1,230）；目标 3.0 %；未达标",
    ),
    (
        target("70", **CENSUS),
        index_figure(71.25),
        "71.2 points, made of its components; target 70.0 points; met",
        "71.2 分（由各组成指标合成）；目标 70.0 分；达标",
    ),
    (target("85"), ShareCounts(0, 0), "no cases in the period; target 85.0 %", "本周期无样本；目标 85.0 %"),
]


@pytest.mark.parametrize(("goal", "counts", "english", "chinese"), CLOSED)
def test_the_reason_of_a_verdict_says_figure_bound_target_and_word(
    goal: Target, counts: Counts, english: str, chinese: str
) -> None:
    verdict = judge(goal, counts)
    assert verdict.reason_in("en") == english
    assert verdict.reason_in("zh") == chinese


RUNNING: list[tuple[Target, Counts, float, str, str]] = [
    (
        target("85"),
        ShareCounts(195, 210),
        0.5,
        "so far 92.9 % of 210; between 85.2 % and 97.4 % with 95 % confidence at every look; "
        "target 85.0 %; on course",
        "截至目前 210 份中 92.9 %；无论何时查看，95 % 把握下介于 85.2 % 与 97.4 % 之间；"
        "目标 85.0 %；进展正常",
    ),
    (
        target("3", **CENSUS),
        CensusCounts(1.0, 1000, 1010),
        0.5,
        "so far 1.0 %, counted in full (1,000 to 1,010); the pace asks for 1.5 % after 50 % of the period; "
        "target 3.0 %; at risk",
        "截至目前 1.0 %（全量统计，1,000 至 1,010）；本周期已过 50 %，按进度应为 1.5 %；目标 3.0 %；有风险",
    ),
    (
        target("3", **CENSUS),
        CensusCounts(0.2, 1000, 1002),
        0.02,
        "so far 0.2 %, counted in full (1,000 to 1,002); only 2 % of the period is over, too early to tell; "
        "target 3.0 %; undecided",
        "截至目前 0.2 %（全量统计，1,000 至 1,002）；本周期仅过去 2 %，为时尚早；目标 3.0 %；尚不明朗",
    ),
    (
        target("85"),
        ShareCounts(0, 0),
        0.5,
        "no answers yet; target 85.0 %; undecided",
        "尚无答卷；目标 85.0 %；尚不明朗",
    ),
    (
        target("3", **CENSUS),
        CensusCounts(None, 0, 4),
        0.5,
        "no cases so far; target 3.0 %; undecided",
        "截至目前无数据；目标 3.0 %；尚不明朗",
    ),
    (
        target("4"),
        MeanCounts({5: 3}),
        0.5,
        "so far 5.00 from 3; no bound can be given; target 4.00; undecided",
        "截至目前 3 份，5.00；样本尚不足以给出界限；目标 4.00；尚不明朗",
    ),
]


@pytest.mark.parametrize(("goal", "counts", "elapsed", "english", "chinese"), RUNNING)
def test_the_reason_of_a_live_status_says_that_the_period_still_runs(
    goal: Target, counts: Counts, elapsed: float, english: str, chinese: str
) -> None:
    status = live_status(goal, counts, elapsed)
    assert status.reason_in("en") == english
    assert status.reason_in("zh") == chinese


def test_a_figure_just_below_the_target_is_not_written_as_the_target() -> None:
    reason = judge(target("85", rule="simple"), ShareCounts(8499, 10_000)).reason_in("en")
    assert reason == "84.99 % of 10,000; target 85.00 %; missed, by the figure itself"
    census = judge(target("3", **CENSUS), CensusCounts(2.9996, 10, 10)).reason_in("en")
    assert census.startswith("2.9996 %, counted in full (10 to 10); target 3.0000 %; missed")


def test_a_figure_just_behind_the_pace_is_not_written_as_the_pace() -> None:
    reason = live_status(target("3", **CENSUS), CensusCounts(1.496, 1000, 1015), 0.5).reason_in("en")
    assert "1.496 %, counted" in reason
    assert "pace asks for 1.500 %" in reason


RATED = {"min_response_rate": Decimal(15)}


@pytest.mark.parametrize(
    ("counts", "rate", "word", "english", "chinese"),
    [
        (
            ShareCounts(195, 210),
            Decimal("14.96"),
            "too_few",
            "92.9 % of 210; at least 89.2 % with 95 % confidence; target 85.0 %; "
            "too few (a response rate of 14.96 %; the contract asks for 15 %)",
            "210 份中 92.9 %；95 % 把握下不低于 89.2 %；目标 85.0 %；"
            "样本不足（应答率 14.96 %，合同要求不低于 15 %）",
        ),
        (
            ShareCounts(195, 210),
            Decimal(15),
            "met",
            "92.9 % of 210; at least 89.2 % with 95 % confidence; target 85.0 %; met",
            "210 份中 92.9 %；95 % 把握下不低于 89.2 %；目标 85.0 %；达标",
        ),
        (
            ShareCounts(195, 210),
            None,
            "met",
            "92.9 % of 210; at least 89.2 % with 95 % confidence; target 85.0 %; "
            "met; response rate not known, the contract asks for 15 %",
            "210 份中 92.9 %；95 % 把握下不低于 89.2 %；目标 85.0 %；达标；应答率未知，合同要求不低于 15 %",
        ),
        (
            ShareCounts(150, 210),
            Decimal(3),
            "missed",
            "71.4 % of 210; at most 76.5 % with 95 % confidence; target 85.0 %; missed",
            "210 份中 71.4 %；95 % 把握下不高于 76.5 %；目标 85.0 %；未达标",
        ),
    ],
)
@pytest.mark.parametrize("rule", ["breach_must_be_proven", "success_must_be_proven"])
def test_a_low_response_rate_blocks_met_but_never_a_proven_miss(
    counts: Counts, rate: Decimal | None, word: str, english: str, chinese: str, rule: str
) -> None:
    verdict = judge(target("85", rule=rule, **RATED), counts, rate)
    assert verdict.word == word
    assert verdict.reason_in("en") == english
    assert verdict.reason_in("zh") == chinese


def test_under_the_simple_rule_a_low_response_rate_leaves_the_target_open() -> None:
    verdict = judge(target("85", rule="simple", **RATED), ShareCounts(195, 210), Decimal(3))
    assert (verdict.word, verdict.kept) == ("too_few", None)


def test_a_level_is_compared_as_it_stands() -> None:
    for value, word, chinese in ((70.0, "on course", "进展正常"), (60.0, "at risk", "有风险")):
        status = live_status(target("65", **CENSUS), CensusCounts(value, 0, 0, level=True), 0.01)
        assert status.reason_in("en") == (
            f"so far {value} %, counted in full; compared as it stands; target 65.0 %; {word}"
        )
        assert status.reason_in("zh") == (
            f"截至目前 {value} %（全量统计）；按现值比较；目标 65.0 %；{chinese}"
        )
        assert status.pace is None
    nothing = live_status(target("65", **CENSUS), CensusCounts(None, 0, 0, level=True), 0.5)
    assert nothing.word == "undecided"


def test_the_outlook_says_how_likely_the_target_is_reached() -> None:
    found = outlook(target("85"), ShareCounts(170, 200), 0.5)
    assert found
    assert found.projection.remaining == 200
    assert found.reason_in("en") == (
        "if some 200 more answers come like those so far, the chance that the final figure reaches "
        "the target is 53 %"
    )
    assert found.reason_in("zh") == "若后续约 200 份答卷与目前情况相同，期末数值达到目标的概率为 53 %"
    sure = outlook(target("85", direction="lower"), ShareCounts(10, 200), 0.9)
    assert sure
    assert sure.reason_in("en").endswith("is > 99 %")
    assert outlook(target("28"), NpsCounts(20, 60, 130), 0.4)
    assert outlook(target("4"), MeanCounts({1: 0, 2: 0, 3: 1, 4: 3, 5: 3}), 0.4)
    for counts, elapsed in [
        (ShareCounts(0, 0), 0.5),
        (ShareCounts(3, 4), 0.01),
        (MeanCounts({5: 1}), 0.5),
        (CensusCounts(1.0, 1, 1), 0.5),
    ]:
        assert outlook(target("4"), counts, elapsed) is None
    with pytest.raises(ValueError, match="between 0 and 1"):
        outlook(target("4"), ShareCounts(3, 4), 1.5)


def test_the_mean_of_several_targets_is_shown_with_two_decimals_unless_more_tell_the_side() -> None:
    reason = judge(target("82.286667"), ShareCounts(1465, 1800)).reason_in("en")
    assert reason.startswith("81.39 % of 1,800;") and "target 82.29 %" in reason
    close_by = judge(target("80.001234", rule="simple"), ShareCounts(1600, 2000)).reason_in("en")
    assert close_by.startswith("80.000 % of 2,000;") and "target 80.001 %" in close_by


def test_periods_pooled_stand_in_a_row_as_the_language_parts_them() -> None:
    said = listed(["2026Q1", "2026Q2", "2026Q3"])
    assert said.words("en") == "2026Q1, 2026Q2, 2026Q3"
    assert said.words("zh") == "2026Q1、2026Q2、2026Q3"
