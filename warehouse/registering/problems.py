"""Why a row of a register file is refused, and what is odd about one that is taken, by code; worded in
`register.po`."""

from warehouse.problems import Problem

ROW = {
    "member-blank": (
        "The row names no member.",
        "Fill in the member's number.",
    ),
    "member-unfit": (
        "The member's number is longer than {most} characters or holds control characters.",
        "Correct it in the file.",
    ),
    "member-twice": (
        "The member stands in an earlier row.",
        "Keep one of the two; only the first was taken.",
    ),
    "member-unknown": (
        "The register has no such member.",
        "Import the members first, or say in the mapping what new_members are.",
    ),
    "row-twice": (
        "The row's number stands in an earlier row.",
        "Keep one of the two; only the first was taken.",
    ),
    "row-cells": (
        "The row has {cells} cells; the heading has {width}.",
        "Correct the row; a cell that holds the delimiter needs quotation marks.",
    ),
    "amount-unfit": (
        "The amount is not a number from 0 to 999,999,999,999.99 with a point and at most two decimals.",
        "Write it like 1234.50, without thousands separators and signs of currencies.",
    ),
    "amount-returned": (
        "The amount is below zero, as of goods returned. Returns are not taken: purchases count in full.",
        "Leave returns out, or let the file state what each purchase came to in the end.",
    ),
    "months-unfit": (
        "This is not a whole number of months from 0 to 1,200.",
        "Correct it.",
    ),
    "event-unknown": (
        "This is not an event that the register knows.",
        "Add the value to event: values, as one of {known}.",
    ),
    "tier-blank": (
        "A tier event says which tier.",
        "Fill in the column of the tier.",
    ),
    "tier-unknown": (
        "The contract has no such class of customers. It has: {known}.",
        "Use one of them, or load a contract that has it.",
    ),
    "left-before-joined": (
        "The member left before joining.",
        "Correct one of the two dates.",
    ),
    "language-unknown": (
        "The language is not known to the mapping.",
        "Add this value to language: values.",
    ),
    "phone-unfit": (
        "The phone number has not 7 to 15 digits.",
        "It is kept as it stands; correct it in the member's file.",
    ),
    "email-unfit": (
        "This is not an e-mail address.",
        "It is kept as it stands; correct it in the member's file.",
    ),
    "birthday-unfit": (
        "The birthday is not a day like 1990-05-17 from 1900 until today.",
        "It is kept as it stands; correct it in the member's file.",
    ),
}


def row_problem(code: str, **values: object) -> Problem:
    """The Problem of that code, without a place: the row stands beside it. Raises KeyError for another
    code."""
    what, todo = ROW[code]
    return Problem(code, "", what, todo, values)
