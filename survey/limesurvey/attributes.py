"""What becomes of the many attributes of a question: used, merely a matter of looks, or listed."""

import re

from survey.expression.shapes import day
from survey.foreign.content import Content
from survey.foreign.notes import Notes
from survey.foreign.texts import Texts
from survey.limesurvey.structure import Question

_NOTHING = frozenset({"", "0", "N", "off", "inherit", "default", "core", "normal"})
"""Values by which an attribute says that it is not used."""

_LOOKS = frozenset(
    [
        "cssclass",
        "display_rows",
        "display_columns",
        "display_type",
        "hide_tip",
        "input_size",
        "placeholder",
        "label_input_columns",
        "answer_width",
        "answer_width_bycolumn",
        "repeat_headings",
        "page_break",
        "printable_help",
        "public_statistics",
        "save_as_default",
        "scale_export",
        "statistics_graphtype",
        "statistics_showgraph",
        "statistics_showmap",
        "text_input_width",
        "text_input_columns",
        "use_dropdown",
        "dropdown_size",
        "dropdown_prefix",
        "dropdown_separators",
        "category_separator",
        "question_template",
        "clear_default",
        "num_value_int_only",
        "samechoiceheight",
        "samelistheight",
        "choice_title",
        "rank_title",
        "dropdown_dates",
        "dropdown_dates_minute_step",
        "dropdown_dates_month_style",
        "reverse",
        "choice_input_columns",
        "subquestion_width",
        "value_range_allows_missing",
        "show_totals",
        "show_grand_total",
        "slider_showminmax",
        "slider_handle",
        "slider_orientation",
        "slider_accuracy",
        "slider_separator",
        "slider_custom_handle",
        "slider_reset",
        "slider_rating",
        "button_size",
        "multiflexible_step",
        "max_filesize_unit",
        "numbers_only",
        "other_position_code",
        "location_nodefaultfromip",
        "location_country",
        "location_state",
        "location_city",
        "location_postal",
        "location_mapwidth",
        "location_mapheight",
        "location_mapzoom",
        "location_defaultcoordinates",
        "show_comment",
        "show_title",
        "parent_order",
        "time_limit_action",
        "time_limit_disable_next",
        "time_limit_disable_prev",
        "time_limit_message",
        "time_limit_countdown_message",
        "time_limit_message_delay",
        "time_limit_message_style",
        "time_limit_timer_style",
        "time_limit_warning",
        "time_limit_warning_2",
        "time_limit_warning_display_time",
        "time_limit_warning_message",
        "time_limit_warning_style",
        "time_limit_warning_2_display_time",
        "time_limit_warning_2_message",
        "time_limit_warning_2_style",
        "show_tip",
        "other_comment_width",
        "crosshover",
        "horizontal_scroll",
        "keep_aspect",
        "min_width",
        "slider_default_set",
        "other_position",
    ]
)
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?")


class Attributes:
    """The attributes of one question; those that are asked for count as used."""

    def __init__(self, question: Question, where: str, notes: Notes) -> None:
        self._question, self._where, self._notes = question, where, notes
        self._used: set[str] = {"hidden"}

    def get(self, name: str) -> str:
        """The value, "" when it says nothing; it is used from now on."""
        self._used.add(name)
        return self._question.attribute(name)

    def is_on(self, name: str) -> bool:
        """Whether it is switched on."""
        return self.get(name) in ("1", "Y", "on")

    def whole(self, name: str, least: int = 1, most: int = 1000) -> int | None:
        """The whole number it says; None when it says none, or something else, which is noted."""
        raw = self.get(name)
        if re.fullmatch("[0-9]{1,6}", raw) and least <= int(raw) <= most:
            return int(raw)
        if raw not in _NOTHING:
            self._tell(name, raw)
        return None

    def decimal(self, *names: str) -> str | None:
        """The plain number that the first of these attributes says; None as above."""
        for name in names:
            raw = self.get(name)
            if _DECIMAL.fullmatch(raw):
                return raw
            if raw:
                self._tell(name, raw)
        return None

    def day(self, name: str, is_last: bool) -> str | None:
        """The day it says, that of a year its first or last one; None as above."""
        raw = self.get(name)
        if raw in ("today", "now"):
            return "today"
        if re.fullmatch("[0-9]{4}", raw):
            return f"{raw}-12-31" if is_last else f"{raw}-01-01"
        if day(raw[:10]) and raw[10:].strip() in ("", "00:00", "00:00:00"):
            return raw[:10]
        if raw:
            self._tell(name, raw)
        return None

    def names(self, name: str) -> frozenset[str]:
        """The names it lists."""
        return frozenset(re.split(r"[;,\s]+", self.get(name))) - {""}

    def shuffled(self, *names: str) -> Content:
        """Whether choices or rows stand in random order."""
        orders = [self.get(name) for name in names]
        if any(order in ("1", "random") for order in orders) or self.get("random_order") == "1":
            return {"randomise": True}
        for name, order in zip(names, orders, strict=True):
            if order not in _NOTHING:
                self._tell(name, order)
        return {}

    def counts(self) -> Content:
        """How many choices may be made."""
        least, most = self.whole("min_answers"), self.whole("max_answers")
        limits: Content = {}
        if least is not None:
            limits["min_choices"] = least
        if most is not None:
            limits["max_choices"] = most
        return limits

    def number(self, least: str = "min_num_value_n", most: str = "max_num_value_n") -> Content:
        """The key "number" of a question for a number."""
        limits: Content = {"decimals": 0 if self.is_on("num_value_int_only") else 6}
        for key, name in (("min", least), ("max", most)):
            value = self.decimal(name)
            if value is not None:
                limits[key] = value
        return limits

    def unit(self, limits: Content, texts: Texts) -> None:
        """What stands behind the field."""
        self._used.add("suffix")
        found = texts.of(self.by_language("suffix", texts), f"{self._where} suffix", {})
        if found:
            limits["unit"] = found

    def by_language(self, name: str, texts: Texts) -> dict[str, str]:
        """The texts of an attribute; where it has no language it is in the default one."""
        self._used.add(name)
        found = self._question.attributes.get(name, {})
        main = next((named for named in found if named), "")
        return {language or main or texts.main: value for language, value in found.items()}

    def tell_rest(self) -> None:
        """Say what was not used."""
        for name, values in self._question.attributes.items():
            raw = next(filter(None, values.values()), "")
            if name in self._used or raw in _NOTHING:
                continue
            if name in _LOOKS or not name:
                self._notes.gather("import-looks", name)
            else:
                self._tell(name, raw)

    def _tell(self, name: str, raw: str) -> None:
        self._notes.tell("import-setting", f"{self._where} {name}", raw=f"{name}: {raw}")
