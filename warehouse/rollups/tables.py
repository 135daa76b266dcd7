"""The sealed tables of the rollups and what each is counted from."""

from collections.abc import Mapping
from types import MappingProxyType

MOST_TAIL = 5_000
"""Rows of a source after which sealing waits for no quiet moment: every page counts the tail anew."""

MOST_REGISTER_TAIL = 50
"""The same of the register: what happened to each of its members is told anew."""

_REGISTER = frozenset({"member_event", "member_event_replaced", "member_merge"})

REGISTER = _REGISTER | {"member"}
"""The sources of what is counted by members."""

# What the classes of customers follow from.
_CLASSES = REGISTER | {"contract_tier"}

RECORDS = frozenset({"service_case_record", "care_consent_record", "care_task_record"})
"""The sources of what is counted by records, of which a register of millions brings millions."""

# Sealed table -> the sources that it is counted from. Each has a query rollups/seal_<name>.
SOURCES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "response_sealed": frozenset({"response"}),
        "score_day_sealed": frozenset({"response"}),
        "score_month_sealed": frozenset({"response"}),
        "measured_day_sealed": frozenset({"response"}),
        "measured_month_sealed": frozenset({"response"}),
        "visit_sealed": frozenset({"response"}),
        "pace_exact_sealed": frozenset({"response", "invitation"}),
        "pace_sealed": frozenset({"response", "invitation"}),
        "invited_sealed": frozenset({"response", "invitation"}),
        "case_sealed": frozenset({"response", "invitation", "invitation_event", "fieldwork_event"}),
        "page_time_sealed": frozenset({"invitation", "fieldwork_event"}),
        "member_day_sealed": _REGISTER,
        "member_stay_sealed": _REGISTER,
        "purchase_sealed": _REGISTER,
        "member_cohort_sealed": _REGISTER,
        "first_stay_sealed": _REGISTER,
        "buyer_cohort_sealed": _REGISTER,
        "renewal_sealed": _REGISTER,
        "happening_sealed": _REGISTER,
        "file_day_sealed": REGISTER,
        "recruit_sealed": REGISTER,
        "event_place_sealed": frozenset({"member_event"}),
        "file_place_sealed": frozenset({"member"}),
        "file_word_sealed": frozenset({"member"}),
        "file_mark_sealed": frozenset({"member"}),
        "standing_sealed": REGISTER,
        "falling_sealed": REGISTER,
        "care_day_sealed": frozenset({"care_task_record"}),
        "care_made_sealed": frozenset({"care_task_record"}),
        "service_now_sealed": frozenset({"service_case_record"}),
        "consent_now_sealed": frozenset({"care_consent_record"}),
        "care_now_sealed": frozenset({"care_task_record"}),
        "record_place_sealed": RECORDS,
        "tier_span_sealed": _CLASSES,
        "tier_day_sealed": _CLASSES,
        "tier_flow_sealed": _CLASSES,
        "tier_rise_sealed": _CLASSES,
        "tier_kept_sealed": _CLASSES,
        "tier_file_sealed": _CLASSES,
    }
)
# Of them, those with the newest row of each record.
NEWEST = frozenset({"service_now_sealed", "consent_now_sealed", "care_now_sealed"})
# Those that count nothing: they say where rows lie, and are merged by putting them in order.
PLACES = NEWEST | {
    *("event_place_sealed", "file_place_sealed", "file_word_sealed", "file_mark_sealed"),
    "record_place_sealed",
}
# Those with rows of each member, which are written anew when anything changes for them.
BY_MEMBER = frozenset({"standing_sealed", "falling_sealed"})
# View -> the sealed table that it is while its sources have no rows above their marks; the columns agree.
VIEWS: Mapping[str, str] = MappingProxyType(
    {
        table.replace("_sealed", "_count" if table in ("response_sealed", "case_sealed") else ""): table
        for table in SOURCES
    }
)
# Of them, those that warehouse/rollups/classes.py seals together. The first has rows for each customer, which
# are written anew when something changes for them; rows of all others are only added, and merged by sums.
CLASSES = tuple(table for table, sources in SOURCES.items() if sources == _CLASSES)
BY_CUSTOMER = CLASSES[0]
# Those that warehouse/rollups/registering.py counts from what happened to members, some members at a time.
OF_MEMBERS = tuple(
    table for table, sources in SOURCES.items() if sources >= _REGISTER and table not in CLASSES
)
# Those whose tails are told of some forms after others, by the variables of the step “tails in parts”, and
# what is asked for each part.
OF_FORMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "case_sealed": ("seal_case",),
        "page_time_sealed": ("seal_page_time",),
        "pace_exact_sealed": ("fresh_pace", "seal_pace_exact", "seal_pace"),
        "pace_sealed": (),
    }
)
# Those that warehouse/rollups/recording.py counts, some records at a time.
OF_RECORDS = tuple(table for table, sources in SOURCES.items() if sources <= RECORDS)
# Tables whose rows are taken away to be written anew: nothing is lost with them.
DERIVED = frozenset(SOURCES) | {
    *("rollup_mark", "tier_rules_sealed"),
    *("risk_listed", "risk_list", "risk_moved", "risk_left"),
}
