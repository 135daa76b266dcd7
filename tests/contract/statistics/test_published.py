"""Measures of surveys against published examples; each test names where its numbers stand."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from contract.statistics import (
    alpha_interval,
    cronbach_alpha,
    holm,
    kaplan_meier,
    rake,
    relative_importance,
    response_rates,
    sample_size,
    share_interval,
    share_power,
    weighted_mean,
    xmr_limits,
)

DATA = json.loads(Path(__file__).with_name("published_data.json").read_text(encoding="utf-8"))


def published(name: str) -> pd.DataFrame:
    """One of the data sets that lie beside this file."""
    return pd.DataFrame(DATA[name]["rows"], columns=DATA[name]["columns"])


def test_alpha_intervals_agree_with_published_ones() -> None:
    """R packages statpsych 2.0 (ci.cronbach, example) and psychometric 2.4 (alpha.CI, the example of Feldt,
    Woodruff & Salih 1987: alpha 0.79 of 26 items and 41 persons, 90 %)."""
    assert alpha_interval(0.85, 89, 7) == pytest.approx((0.7971, 0.8932), abs=5e-5)
    assert alpha_interval(0.79, 41, 26, 0.90) == pytest.approx((0.7047, 0.8616), abs=5e-5)


def test_alpha_is_the_spearman_brown_of_two_parallel_halves() -> None:
    """Cronbach 1951: for two items of one variance, alpha is 2 r / (1 + r)."""
    rng = np.random.default_rng(1)
    first = rng.normal(size=60)
    second = 0.6 * first + 0.8 * rng.normal(size=60)
    halves = np.column_stack([(item - item.mean()) / item.std(ddof=1) for item in (first, second)])
    r = float(np.corrcoef(first, second)[0, 1])
    alpha = cronbach_alpha(halves)
    assert alpha.value == pytest.approx(2 * r / (1 + r))
    assert alpha.low < alpha.value < alpha.high < 1
    assert (alpha.n, alpha.items, alpha.if_dropped) == (60, 2, (None, None))


def test_an_item_that_does_not_belong_lowers_alpha() -> None:
    rng = np.random.default_rng(2)
    common = rng.normal(size=(80, 1))
    items = np.hstack([common + rng.normal(size=(80, 3)), rng.normal(size=(80, 1))])
    alpha = cronbach_alpha(pd.DataFrame(items))
    without = alpha.if_dropped
    assert without[3] is not None
    assert without[3] > alpha.value > max(each for each in without[:3] if each is not None)
    assert without[0] == pytest.approx(cronbach_alpha(items[:, 1:]).value)


def test_lmg_agrees_with_relaimpo_on_the_swiss_data() -> None:
    """R 4.4, relaimpo 2.2-7, calc.relimp(lm(Fertility ~ ., swiss), type = "lmg"), as quoted in public tests;
    Groemping 2006, Journal of Statistical Software 17(1), works the same example."""
    frame = published("swiss")
    found = relative_importance(frame.iloc[:, 1:], frame["Fertility"])
    assert found.r_squared == pytest.approx(0.706735001593, abs=1e-11)
    assert found.values == pytest.approx(
        [0.0570912207681, 0.1711730289002, 0.2601346786244, 0.1055701503735, 0.1127659229265], abs=1e-11
    )
    assert found.shares == pytest.approx(
        [0.0807816517357, 0.2422025632160, 0.3680795178364, 0.1493772773891, 0.1595589898228], abs=1e-11
    )
    assert found.names == tuple(frame.columns[1:])


@pytest.mark.parametrize(
    ("data", "expected", "r_squared"),
    [
        (
            "swiss",
            [0.048416895812, 0.154708249806, 0.271964104646, 0.114680029948, 0.116965721381],
            0.706735001593,
        ),
        ("cars", [0.228479725928, 0.222146870540, 0.232174439299, 0.096388603215], 0.779189638983),
    ],
)
def test_johnsons_weights_agree_with_relativeimp_and_rwa(
    data: str, expected: list[float], r_squared: float
) -> None:
    """Python package relativeImp 0.0.2 on swiss; the documented example of R package rwa on mtcars."""
    rows = published(data).to_numpy()
    found = relative_importance(rows[:, 1:], rows[:, 0], method="johnson")
    assert found.values == pytest.approx(expected, abs=1e-11)
    assert found.r_squared == pytest.approx(r_squared, abs=1e-11)
    assert sum(found.shares) == pytest.approx(1)


def test_lmg_agrees_with_relaimpo_on_the_motor_cars() -> None:
    rows = published("cars").to_numpy()
    found = relative_importance(rows[:, 1:].tolist(), rows[:, 0].tolist(), method="LMG")
    expected = [0.2470520332352, 0.2434995947956, 0.2109128995443, 0.0777251114079]
    assert found.values == pytest.approx(expected, abs=1e-11)
    assert found.names == ("x1", "x2", "x3", "x4")


def test_process_limits_agree_with_the_nist_handbook() -> None:
    """NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2.2, individuals control chart."""
    limits = xmr_limits([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])
    assert [limits.value, limits.moving_range] == pytest.approx([50.81, 1.8778], abs=5e-5)
    assert [limits.low, limits.high] == pytest.approx([45.8159, 55.8041], abs=5e-5)
    assert (limits.outside, limits.runs) == ((), ())


def test_process_limits_agree_with_wheelers_exercise() -> None:
    """Wheeler 1993, Understanding Variation, figure 6.7 and page 60: monthly US trade deficits of the second
    half of 1988; average plus and minus 2.66 moving ranges, and 3.27 of them for the ranges."""
    limits = xmr_limits(pd.Series([10.5, 11.2, 9.2, 10.1, 10.4, 10.5]))
    assert (limits.value, limits.moving_range) == (pytest.approx(61.9 / 6), pytest.approx(0.8))
    assert limits.low == pytest.approx(61.9 / 6 - 2.66 * 0.8, abs=0.002)
    assert limits.high == pytest.approx(61.9 / 6 + 2.66 * 0.8, abs=0.002)
    assert limits.moving_range_high == pytest.approx(3.27 * 0.8, abs=0.01)


def test_a_point_outside_a_wide_step_and_a_run_are_told() -> None:
    limits = xmr_limits([10, 11, 10, 11, 10, 11, 10, 30, 10, 11, 10])
    assert (limits.outside, limits.wide_ranges) == ((7,), (7, 8))
    assert xmr_limits([1, 2] * 4 + [8, 9] * 4).runs == (7, 15)


@pytest.mark.parametrize("values", [[0.1] * 30, [85.3] * 20, [1e9 + 0.1] * 12])
def test_a_figure_that_never_moves_is_no_news(values: list[float]) -> None:
    limits = xmr_limits(values)
    assert limits.outside == limits.wide_ranges == limits.runs == ()


def test_survival_agrees_with_the_leukaemia_trial() -> None:
    """6-MP arm of Freireich et al. 1963, Blood 21; survival and Greenwood errors as in Cox & Oakes 1984,
    Analysis of Survival Data; log-log limits as Stata's sts list prints them."""
    time = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    left = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    curve = kaplan_meier(time, left)
    assert curve.times == (6, 7, 10, 13, 16, 22, 23)
    assert curve.at_risk == (21, 17, 15, 12, 11, 7, 6)
    assert curve.events == (3, 1, 1, 1, 1, 1, 1)
    assert curve.survival == pytest.approx([0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482], abs=5e-5)
    assert curve.standard_error == pytest.approx(
        [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346], abs=6e-5
    )
    assert curve.survival_low == pytest.approx(
        [0.6197, 0.5631, 0.5032, 0.4316, 0.3675, 0.2678, 0.1881], abs=5e-5
    )
    assert curve.survival_high == pytest.approx(
        [0.9516, 0.9228, 0.8894, 0.8491, 0.8049, 0.7468, 0.6801], abs=5e-5
    )
    assert (curve.value, curve.low, curve.high) == (23, 13, None)
    assert (curve.at(5.9), curve.at(6), curve.at(100)) == (1.0, curve.survival[0], curve.survival[-1])


def test_the_log_limits_are_those_of_survfit() -> None:
    """R's survfit(Surv(time, status) ~ x, aml), Maintained: survival 0.909 (0.7541, 1.000) at 9 and 0.368
    (0.1549, 0.875) at 34; the median 31 from 18, without an upper limit (Therneau, package survival)."""
    time = [9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161]
    relapse = [True, True, False, True, True, False, True, True, False, True, False]
    curve = kaplan_meier(pd.Series(time), np.array(relapse), method="log")
    at_34 = curve.times.index(34)
    assert (curve.survival_low[0], curve.survival_high[0]) == pytest.approx((0.7541, 1.0), abs=5e-5)
    assert curve.survival[at_34] == pytest.approx(0.368, abs=5e-4)
    assert curve.survival_low[at_34] == pytest.approx(0.1549, abs=5e-5)
    assert curve.survival_high[at_34] == pytest.approx(0.875, abs=5e-4)
    assert (curve.value, curve.low, curve.high) == (31, 18, None)


def test_where_everybody_has_left_there_is_a_curve_but_no_limit() -> None:
    curve = kaplan_meier([1, 2, 3], [1, 1, 1])
    assert curve.survival == pytest.approx((2 / 3, 1 / 3, 0))
    assert curve.survival_low[-1] is curve.survival_high[-1] is curve.standard_error[-1] is None
    assert kaplan_meier([1, 2], [0, 0]).value is None


def test_stratified_means_agree_with_surveymeans() -> None:
    """SAS/STAT User's Guide, the SURVEYMEANS procedure, getting started: 40 of 4,000 students."""
    students = published("ice_cream")
    grade, spent = students["grade"], students["spending"]
    simple = weighted_mean(spent, [1] * 40, population=4000)
    assert [simple.value, simple.standard_error, simple.low, simple.high] == pytest.approx(
        [8.75, 0.845139, 7.04054539, 10.4594546], abs=1e-6
    )
    assert (simple.effective_n, simple.design_effect) == (40, 1)
    totals = {7: 1824, 8: 1025, 9: 1151}
    weights = [totals[each] / (grade == each).sum() for each in grade]
    stratified = weighted_mean(spent, weights, strata=grade, population=totals)
    assert [
        stratified.value,
        stratified.standard_error,
        stratified.low,
        stratified.high,
    ] == pytest.approx([9.141298, 0.531799, 8.06377052, 10.2188254], abs=1e-6)


def test_kish_effective_size_and_the_plain_mean_are_the_ends() -> None:
    weights = [1, 1, 2, 4]
    found = weighted_mean([3, 4, 5, 1], weights)
    assert found.effective_n == pytest.approx(8**2 / 22)
    assert found.design_effect == pytest.approx(1 + np.var(weights) / np.mean(weights) ** 2)
    equal = weighted_mean([3, 4, 5, 1], [2, 2, 2, 2])
    assert equal.standard_error == pytest.approx(np.std([3, 4, 5, 1], ddof=1) / 2)
    assert weighted_mean([3], [1]).low is None


def test_weights_may_be_left_out_and_populations_be_given_in_several_ways() -> None:
    values, groups = [3, 4, 5, 1, 2], ["a", "a", "b", "b", "b"]
    assert weighted_mean(values) == weighted_mean(values, None) == weighted_mean(values, [1] * 5)
    assert weighted_mean(values, population=[50] * 5) == weighted_mean(values, population=50)
    wanted = weighted_mean(values, strata=groups, population={"a": 20, "b": 10})
    assert weighted_mean(values, strata=groups, population=pd.Series({"a": 20, "b": 10})) == wanted
    assert weighted_mean(values, strata=groups, population=[20, 20, 10, 10, 10]) == wanted
    assert weighted_mean(values, strata=groups, population=pd.Series([20, 20, 10, 10, 10])) == wanted
    assert wanted.standard_error != weighted_mean(values, strata=groups).standard_error
    with pytest.raises(ValueError, match="mapping of each stratum to its size"):
        weighted_mean(values, strata=groups, population=40)
    with pytest.raises(ValueError, match="several sizes"):
        weighted_mean(values, strata=groups, population=[20, 21, 10, 10, 10])


def test_raking_takes_a_series_of_targets_and_totals_by_name() -> None:
    persons = (["a", "b", "a"], {"a": 0.5, "b": 0.5})
    wanted = rake([1, 1, 1], [persons]).weights
    assert rake([1, 1, 1], [(pd.Series(persons[0]), pd.Series(persons[1]))]).weights == pytest.approx(wanted)
    table, totals = [[30, 20], [10, 40]], ([60, 40], [50, 50])
    by_name = rake(table, {"row": totals[0], "column": totals[1]})
    assert by_name.weights == pytest.approx(rake(table, totals).weights)


def test_raking_agrees_with_sas_ipf() -> None:
    """SAS/IML User's Guide, IPF call, "Adjusting marginals": marital status by age of 15 and over."""
    known = [
        [1306, 83, 0],
        [619, 765, 3],
        [263, 1194, 9],
        [173, 1372, 28],
        [171, 1393, 51],
        [159, 1372, 81],
        [208, 1350, 108],
        [1116, 4100, 2329],
    ]
    ages = [1412, 1402, 1450, 1541, 1681, 1532, 1662, 7644]
    found = rake(known, [ages, [3988, 11702, 2634]])
    assert found.weights[0] == pytest.approx([1325.27, 86.73, 0], abs=0.005)
    assert found.weights[3] == pytest.approx([165.13, 1348.55, 27.32], abs=0.005)
    assert found.weights[7] == pytest.approx([1105.16, 4181.04, 2357.81], abs=0.008)
    assert found.weights.sum(axis=1) == pytest.approx(ages)


def test_raking_persons_and_raking_their_table_are_the_same() -> None:
    rng = np.random.default_rng(3)
    tier, channel = rng.choice(["gold", "plain"], 200, p=[0.3, 0.7]), rng.choice(["web", "shop", "app"], 200)
    tiers, channels = {"gold": 0.2, "plain": 0.8}, {"web": 0.5, "shop": 0.2, "app": 0.3}
    persons = rake([1] * 200, {"tier": (tier, tiers), "channel": (channel, channels)})
    counts = [[((tier == t) & (channel == c)).sum() for c in channels] for t in tiers]
    cells = rake(counts, [[40, 160], [100, 40, 60]])
    assert persons.weights.sum() == pytest.approx(200)
    for row, t in enumerate(tiers):
        for column, c in enumerate(channels):
            inside = persons.weights[(tier == t) & (channel == c)].sum()
            assert inside == pytest.approx(cells.weights[row, column])
    assert persons.effective_n < 200 < 200 * persons.design_effect


def test_holm_agrees_with_worked_examples() -> None:
    """R's p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm"); and four p-values by hand after Holm 1979:
    0.005 <= 0.05/4, 0.01 <= 0.05/3, 0.03 > 0.05/2, and the procedure stops."""
    assert holm([0.01, 0.02, 0.03, 0.04, 0.05]).adjusted == pytest.approx([0.05, 0.08, 0.09, 0.09, 0.09])
    found = holm([0.01, 0.04, 0.03, 0.005], alpha=0.05)
    assert found.adjusted == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert found.rejected == (True, False, False, True)
    assert found.levels == pytest.approx([0.05 / 3, 0.05 / 2, 0.05 / 2, 0.05 / 4])
    assert holm([0.03]).adjusted == (0.03,)


def test_rates_agree_with_the_standard_definitions() -> None:
    """The formulas of AAPOR's Standard Definitions worked by hand; RR1, COOP3 and REF1 of the first case are
    those of a published calculator's example (650 of 1,000)."""
    rates = response_rates(650, 50, 150, 100, 30, 20, 0)
    assert (rates.RR1, rates.REF1) == (0.65, 0.15)
    assert pytest.approx(0.765, abs=5e-4) == rates.COOP3
    assert rates.RR3 == rates.RR1  # without a case known not to be eligible, all unknown ones may be
    rates = response_rates(I=400, P=50, R=200, NC=150, O=50, UH=100, UO=50, e=0.4)
    assert pytest.approx([400 / 1000, 450 / 1000, 400 / 910, 450 / 910, 400 / 850, 450 / 850]) == [
        rates.RR1,
        rates.RR2,
        rates.RR3,
        rates.RR4,
        rates.RR5,
        rates.RR6,
    ]
    assert pytest.approx([400 / 700, 450 / 700, 400 / 650, 450 / 650]) == [
        rates.COOP1,
        rates.COOP2,
        rates.COOP3,
        rates.COOP4,
    ]
    assert pytest.approx([200 / 1000, 200 / 910, 200 / 850]) == [rates.REF1, rates.REF2, rates.REF3]
    assert [rates.CON1, rates.CON2, rates["CON3"]] == pytest.approx([700 / 1000, 700 / 910, 700 / 850])
    assert response_rates(0, 0, 0, 0, 0, 5, 5).RR5 is None


def test_sample_sizes_agree_with_krejcie_and_morgan_and_cochran() -> None:
    """Krejcie & Morgan 1970, Table 1 (rounded to the nearest); Cochran 1977: 385 without a population."""
    table = {10: 10, 100: 80, 200: 132, 500: 217, 1000: 278, 5000: 357, 10000: 370, 1000000: 384}
    for population, n in table.items():
        assert abs(sample_size(population=population).value - n) <= 0.6
    assert sample_size().n == 385
    assert sample_size(0.03, 0.95).n == 1068


def test_the_power_is_what_a_simulation_finds() -> None:
    exact = share_power(200, 0.80, 0.85, "less")
    assert exact == pytest.approx(0.598, abs=5e-4)  # "a true 80 % against 85 % is found missed in 60 %"
    drawn = np.random.default_rng(4).binomial(200, 0.80, 40_000)
    rejected = [share_interval(int(k), 200, 0.90, "exact").high < 0.85 for k in range(201)]
    assert np.array(rejected)[drawn].mean() == pytest.approx(exact, abs=0.01)
    assert share_power(200, 0.85, 0.85, "less") <= 0.05
    assert share_power(200, 0.85, 0.85, "greater") <= 0.05
    assert share_power(1, 0.5, 0.9, "greater") == 0


def test_numbers_of_numpy_and_pandas_are_taken_as_well() -> None:
    assert share_interval(np.int64(18), np.int32(20), method="Clopper-Pearson") == share_interval(
        18, 20, method="beta"
    )
    assert response_rates(*np.array([650, 50, 150, 100, 30, 20, 0])).RR1 == 0.65
    assert holm(pd.Series([0.01, 0.04])).adjusted == holm(np.array([0.01, 0.04])).adjusted
    assert weighted_mean(pd.Series([1, 2, 4]), pd.Series([1, 1, 2])) == weighted_mean([1, 2, 4], (1, 1, 2))
