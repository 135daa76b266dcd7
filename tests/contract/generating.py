"""Makes sound contracts of every shape, as documents whose numbers are Decimal."""

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from contract.metrics import KINDS, KindName
from contract.periods import MONTHS, Length, periods

Document = dict[str, Any]

TEXTS = st.text(alphabet="abcdefgh 甲乙丙丁éß'\"#:-{}[]&*!|>%@,?\\", min_size=1, max_size=14)


def texts(draw: st.DrawFn, before: str) -> Document:
    return {language: f"{before} {draw(TEXTS)}!" for language in ("zh", "en")}


def number(draw: st.DrawFn, lowest: int, highest: int, places: int = 2) -> Decimal:
    return Decimal(draw(st.integers(lowest * 10**places, highest * 10**places))).scaleb(-places)


def maybe(draw: st.DrawFn, part: Document, key: str, value: Any) -> None:
    if draw(st.booleans()):
        part[key] = value


def weights(draw: st.DrawFn, count: int) -> list[Decimal]:
    """That many weights whose sum is exactly 1."""
    cuts = draw(st.lists(st.integers(1, 99), min_size=count - 1, max_size=count - 1, unique=True).map(sorted))
    ends = [0, *cuts, 100]
    return [Decimal(high - low).scaleb(-2) for low, high in pairwise(ends)]


@st.composite
def contracts(draw: st.DrawFn) -> Document:
    """A whole document, sound by every check."""
    length: Length = draw(st.sampled_from(list(MONTHS)))
    fiscal = draw(st.integers(1, 12))
    count = draw(st.integers(1, 6))
    first = draw(st.dates()).replace(year=2026, month=fiscal, day=1)
    ends = [first]
    for _ in range(count * MONTHS[length]):
        ends.append((ends[-1] + timedelta(days=32)).replace(day=1))
    names = [period.name for period in periods(first, ends[-1], length, fiscal)]
    kinds: list[KindName] = draw(
        st.lists(st.sampled_from(["share", "nps", "mean", "census"]), min_size=1, max_size=3)
    )
    term = {"firstDay": str(first), "lastDay": str(ends[-1] - timedelta(days=1))}
    term |= {"timezone": draw(st.sampled_from(["Asia/Shanghai", "Europe/Berlin"])), "periods": length}
    spec: Document = {
        "parties": {"A": {"name": texts(draw, "one")}, "B": {"name": texts(draw, "two")}},
        "term": term | {"fiscalStart": fiscal},
        "clauses": [{"id": "1", "title": texts(draw, "t"), "text": texts(draw, "c")}],
        "metrics": [metric(kind, place) for place, kind in enumerate(kinds)],
        "targets": [target(draw, kind, place, names) for place, kind in enumerate(kinds)],
    }
    maybe(draw, spec["parties"], "mediator", mediator(draw))
    maybe(draw, spec["parties"]["A"], "signatories", [{"name": texts(draw, "s")}])
    maybe(draw, spec, "multiplicity", draw(st.sampled_from(["none", "holm"])))
    maybe(draw, spec, "tiers", [{"id": "all", "title": texts(draw, "t"), "minDeals": 0}])
    maybe(draw, spec, "governance", governance(draw))
    fees = {"clause": "1", "currency": "CNY", "scale": 2, "basePerPeriod": number(draw, 1, 10**6)}
    maybe(draw, fees, "rounding", draw(st.sampled_from(["half_up", "half_even"])))
    maybe(draw, fees, "payWithinDays", draw(st.integers(1, 90)))
    if draw(st.booleans()):
        spec |= {"fees": fees, "consequences": scheme(draw, spec["targets"])}
    metadata = {"id": "made-1", "version": 1, "status": "signed", "title": texts(draw, "t")}
    metadata |= {"authoritativeLanguage": draw(st.sampled_from(["zh", "en"]))}
    return {"apiVersion": "pactboard/v1", "kind": "Contract", "metadata": metadata, "spec": spec}


def metric(kind: KindName, place: int) -> Document:
    made: Document = {"id": f"m{place}", "kind": kind, "direction": "higher", "clause": "1"}
    return made | ({"survey": "asked"} if KINDS[kind].sampled else {})


def target(draw: st.DrawFn, kind: KindName, place: int, names: list[str]) -> Document:
    at = draw(st.lists(st.sampled_from(range(len(names))), min_size=1, max_size=3, unique=True).map(sorted))
    points = [{"at": names[index], "value": number(draw, 20, 80)} for index in at]
    decision: Document = {"rule": "simple"}
    if KINDS[kind].sampled:
        rules = ["simple", "breach_must_be_proven", "success_must_be_proven"]
        decision = {"rule": draw(st.sampled_from(rules)), "confidence": Decimal("0.95")}
        decision["minN"] = draw(st.integers(1, 1000))
        maybe(draw, decision, "minResponseRate", number(draw, 1, 100, 1))
        doubt = st.sampled_from([{"leadsTo": "nothing"}, {"leadsTo": "pool_with_next", "maxCarries": 2}])
        maybe(draw, decision, "notProven", draw(doubt))
    ramp = {"interpolate": draw(st.sampled_from(["linear", "step"])), "points": points}
    made: Document = {"metric": f"m{place}", "ramp": ramp, "decision": decision, "floor": number(draw, 5, 19)}
    made["stretch"] = number(draw, 81, 99)
    maybe(draw, made, "grace", [draw(st.sampled_from(names))])
    return made


def mediator(draw: st.DrawFn) -> Document:
    made: Document = {"name": texts(draw, "three")}
    maybe(draw, made, "appointedBy", ["A", "B"])
    maybe(draw, made, "powers", ["inspect", "reperform"])
    share = draw(st.integers(0, 100))
    maybe(draw, made, "feeShare", {"A": share, "B": 100 - share})
    return made


def governance(draw: st.DrawFn) -> Document:
    made: Document = {"clause": "1", "reportDueDays": draw(st.integers(1, 60)), "disputeWindowDays": 15}
    maybe(draw, made, "noReport", draw(st.sampled_from(["deemed_missed", "flagged"])))
    return made


def scheme(draw: st.DrawFn, targets: list[Document]) -> Document:
    """Consequences of one of the four schemes, for all metrics."""
    names = [each["metric"] for each in targets]
    shares = [
        {"metric": name, "weight": weight}
        for name, weight in zip(names, weights(draw, len(names)), strict=True)
    ]
    percent = {"percentOfFee": number(draw, 0, 20)}
    match draw(st.sampled_from(["deduction", "pool_and_share", "tier_table", "score_to_pay"])):
        case "deduction":
            severity = [
                {"name": "mild", "upTo": number(draw, 1, 9), "points": 1},
                {"name": "bad", "points": 3},
            ]
            made: Document = {"severity": severity, "pointValue": percent, "scheme": "deduction"}
            made["liable"] = [{"metric": name} for name in names]
            maybe(draw, made, "repeat", {"within": 2, "multiply": Decimal("1.5")})
            maybe(draw, made, "caps", {"perPeriod": {"amount": number(draw, 1, 9999)}})
            maybe(draw, made, "earnBack", {"afterMet": 2, "returns": number(draw, 0, 100)})
            maybe(draw, made, "bonus", {"onStretch": percent})
        case "pool_and_share":
            made = {"scheme": "pool_and_share", "pool": percent, "liable": shares}
            maybe(draw, made, "partly", "linear")
            maybe(draw, made, "unearned", "carried")
        case "tier_table":
            bands = [
                {"reaching": number(draw, 2, 90), "percentOfFee": 1},
                {"percentOfFee": number(draw, 1, 50)},
            ]
            made = {"scheme": "tier_table", "liable": [{"metric": name, "bands": bands} for name in names]}
        case _:
            pay = [
                {"score": 0, "percent": number(draw, 0, 90)},
                {"score": 100, "percent": number(draw, 90, 120)},
            ]
            made = {"scheme": "score_to_pay", "liable": shares, "interpolate": "linear", "pay": pay}
    return made | {"clause": "1"}
