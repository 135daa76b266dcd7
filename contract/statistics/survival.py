"""How long members stay: the Kaplan-Meier curve with pointwise intervals, and its median."""

from dataclasses import dataclass
from math import exp, isfinite, log, sqrt

import numpy as np
from numpy.typing import ArrayLike

from contract.statistics.values import check_confidence, numbers, spelled

METHODS = {"log_log": "log_log", "loglog": "log_log", "log": "log", "greenwood": "plain", "plain": "plain"}


@dataclass(frozen=True, slots=True)
class Survival:
    """The curve: at each of `times` with an event, the share still there (0..1) just after it.

    All tuples are in the order of `times`. `survival_low` and `survival_high` are pointwise limits at
    `confidence`, None (with `standard_error`) from where nobody is left. `value` is the median time, the
    first with survival of a half or less, and [low, high] its interval; None where the curve or a limit stays
    above a half.
    """

    times: tuple[float, ...]
    survival: tuple[float, ...]
    survival_low: tuple[float | None, ...]
    survival_high: tuple[float | None, ...]
    standard_error: tuple[float | None, ...]
    at_risk: tuple[int, ...]
    events: tuple[int, ...]
    value: float | None
    low: float | None
    high: float | None
    n: int
    confidence: float
    method: str

    def at(self, time: float) -> float:
        """The share still there just after `time`; 1 before the first event."""
        return next((s for t, s in zip(self.times[::-1], self.survival[::-1], strict=True) if t <= time), 1.0)


def kaplan_meier(
    time: ArrayLike, event: ArrayLike, confidence: float = 0.95, method: str = "log_log"
) -> Survival:
    """The share that stays at least so long, from times and whether each ended in the event.

    `time` is how long each was watched, not negative; `event` is 1 or True where the watch ended with the
    event (left), 0 or False where it merely ended (still a member: censored; at equal times counted after the
    events). Kaplan & Meier 1958, Journal of the American Statistical Association 53:457-481, with Greenwood's
    variance (1926). `method` of the limits: "log_log" (Kalbfleisch & Prentice 1980, p. 15), "log" (the
    default of R's survfit) or "plain" (also "greenwood"); the median's are those of Brookmeyer & Crowley
    1982, Biometrics 38. Raises ValueError for other shapes, missing entries, negative times and other events.
    """
    from scipy.stats import norm
    from statsmodels.duration.survfunc import SurvfuncRight

    confidence = check_confidence(confidence)
    method = spelled(method, METHODS, "method")
    times, happened = numbers("time", time), numbers("event", event)
    if times.shape != happened.shape:
        raise ValueError(f"{len(times)} times cannot belong to {len(happened)} events")
    if times.min() < 0 or not np.isin(happened, (0, 1)).all():
        raise ValueError("times are not negative, and events are 1 (happened) or 0 (still watched)")
    if not happened.any():
        return Survival((), (), (), (), (), (), (), None, None, None, len(times), confidence, method)
    curve = SurvfuncRight(times, happened)
    kept = np.asarray(curve.n_events) > 0
    at_risk, events = np.asarray(curve.n_risk)[kept], np.asarray(curve.n_events)[kept]
    when = tuple(float(t) for t in np.asarray(curve.surv_times)[kept])
    survival = tuple(float(s) for s in np.asarray(curve.surv_prob)[kept])
    left = at_risk - events
    steps = np.divide(events, at_risk * left, out=np.full(len(events), np.inf), where=left > 0)
    spread = [sqrt(total) if isfinite(total) else None for total in np.cumsum(steps)]
    z = float(norm.isf((1 - confidence) / 2))
    limits = [
        (None, None) if wide is None else _limits(s, wide, z, method)
        for s, wide in zip(survival, spread, strict=True)
    ]
    lows, highs = tuple(low for low, _ in limits), tuple(high for _, high in limits)
    return Survival(
        times=when,
        survival=survival,
        survival_low=lows,
        survival_high=highs,
        standard_error=tuple(
            None if wide is None else s * wide for s, wide in zip(survival, spread, strict=True)
        ),
        at_risk=tuple(int(n) for n in at_risk),
        events=tuple(int(n) for n in events),
        value=_first_at_half(when, survival),
        low=_first_at_half(when, lows),
        high=_first_at_half(when, highs),
        n=len(times),
        confidence=confidence,
        method=method,
    )


def _limits(survival: float, spread: float, z: float, method: str) -> tuple[float, float]:
    """Limits of one point; `spread` is the standard error of log survival."""
    if method == "plain":
        reach = z * survival * spread
        return max(0.0, survival - reach), min(1.0, survival + reach)
    if method == "log":
        return survival * exp(-z * spread), min(1.0, survival * exp(z * spread))
    reach = z * spread / abs(log(survival))
    return survival ** exp(reach), survival ** exp(-reach)


def _first_at_half(times: tuple[float, ...], curve: tuple[float | None, ...]) -> float | None:
    """The first time with a half or less; where nobody is left, every limit is taken as 0."""
    return next((t for t, s in zip(times, curve, strict=True) if (s or 0.0) <= 0.5 + 1e-12), None)
