"""The options by which commands select members of the register, and what they say of it."""

import argparse
import secrets
from collections.abc import Callable

from warehouse.selection import LARGEST_SEED, Selected, Selection, parse
from warehouse.texts import translate


def add_where(add: Callable[..., argparse.Action], language: str, *, required: bool = False) -> None:
    """The conditions on members; `add` is the `add_argument` of a parser or of a group of it."""
    add(
        "--where",
        nargs="+",
        action="extend",
        required=required,
        metavar="CONDITION",
        help=translate(
            "members of the register: tier=vip,new language=zh channel=shop members=current (or all) "
            "bought-within=90 rested=30 (days, today among them; rested: invited to no survey)",
            language,
        ),
    )


def add_sample(parser: argparse.ArgumentParser, language: str) -> None:
    """How many to draw of those that fit."""
    parser.add_argument(
        "--sample",
        type=int,
        metavar="N",
        help=translate("draw so many of the members that fit, with --where", language),
    )
    parser.add_argument(
        "--seed", type=int, metavar="N", help=translate("draw the same members once more", language)
    )


def asked_selection(arguments: argparse.Namespace) -> Selection:
    """The selection of the options, with a seed drawn when none is given. Raises those of `parse`."""
    seed = secrets.randbelow(LARGEST_SEED + 1) if arguments.seed is None else arguments.seed
    return parse(arguments.where, arguments.sample, seed)


def selected_words(selected: Selected, language: str) -> str:
    """How many fit and how many were drawn of them, with the seed that draws them again."""
    matched = f"{selected.matched:,}"
    if selected.selection.sample is None:
        return translate("{n} members fit: {conditions}", language, n=matched, **_conditions(selected))
    return translate(
        "{drawn} members drawn of {n} that fit, with --seed {seed}: {conditions}",
        language,
        drawn=f"{len(selected.members):,}",
        n=matched,
        seed=selected.selection.seed,
        **_conditions(selected),
    )


def _conditions(selected: Selected) -> dict[str, str]:
    return {"conditions": selected.selection.words}
