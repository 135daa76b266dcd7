"""What a question's own type asks of an answer, in a line: how many choices, which numbers or days."""

from pages.ui.texts import t
from survey import FormField


def hint(field: FormField) -> str:
    """The line, "" where the type asks for nothing."""
    if field.type == "ranking":
        return _ranks(field)
    if field.type == "multiple_choice":
        return _choices(field)
    if field.type == "number":
        return _numbers(field)
    if field.type == "date":
        return _days(field)
    if field.file:
        return t("One file of at most {most} MB: {types}.", most=field.file.max_mb, types=field.file.types)
    if field.type == "signature":
        return t("Type your name in full.")
    return ""


def _ranks(field: FormField) -> str:
    if field.min_choices < field.max_choices:
        return t("Rank 1 is the first. You can leave the last ranks open.")
    return t("Rank 1 is the first.")


def _choices(field: FormField) -> str:
    alone = [option.label for option in field.options if option.exclusive]
    said = [t("“{choice}” cannot be combined with other choices.", choice=label) for label in alone]
    return " ".join((_how_many(field), *said))


def _how_many(field: FormField) -> str:
    least, most, offered = field.min_choices, field.max_choices, len(field.options)
    if least > 1 and least == most:
        return t("Choose {count}.", count=most)
    if least > 1 and most < offered:
        return t("Choose {least} to {most}.", least=least, most=most)
    if least > 1:
        return t("Choose at least {count}.", count=least)
    if most < offered:
        return t("Choose up to {count}.", count=most)
    return t("Choose all that apply.")


def _numbers(field: FormField) -> str:
    if field.min and field.max:
        return t("From {least} to {most}.", least=field.min, most=field.max)
    if field.min:
        return t("{least} or more.", least=field.min)
    return t("{most} or less.", most=field.max) if field.max else ""


def _days(field: FormField) -> str:
    if field.min and field.max:
        return t("From {least} to {most}.", least=field.min, most=field.max)
    if field.min:
        return t("{first} or later.", first=field.min)
    return t("{last} or earlier.", last=field.max) if field.max else ""
