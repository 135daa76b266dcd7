"""Whether the parties are two, the mediator a neutral third, and their names what they look like."""

from collections.abc import Iterator

from contract.checks.common import repeated
from contract.model.parties import Mediator, Parties, Party, Signatory
from contract.names import look_alike, mixes_alphabets, plain_name
from contract.problems import Problem, problem


def check_parties(parties: Parties) -> Iterator[Problem]:
    """Parties that are one, and a mediator who is not neutral."""
    if _names(parties.a) & _names(parties.b):
        yield problem(
            "parties-equal",
            "spec.parties.B",
            "Both parties have the same name",
            "Name two different parties: A the client, B the provider",
        )
    if parties.mediator:
        yield from _check_mediator(parties, parties.mediator)


def warn_of_parties(parties: Parties) -> Iterator[Problem]:
    """Names written in two alphabets, names that only look alike, and somebody who signs for both."""
    people = _people(parties)
    todo = "Type the name again with one keyboard layout"
    for number, (key, party) in enumerate(people):
        earlier = [name for _, other in people[:number] for name in other.name.values()]
        for language, name in party.name.items():
            place = f"{key}.name.{language}"
            if mixes_alphabets(name):
                what = "“{name}” mixes Latin with Cyrillic or Greek letters"
                yield problem("mixed-alphabets", place, what, todo, name=name)
            if any(look_alike(name, other) for other in earlier):
                what = "“{name}” looks like another party's name but is written with other letters"
                yield problem("look-alike-names", place, what, todo, name=name)
    of_a = {plain_name(name) for signatory in parties.a.signatories for name in signatory.name.values()}
    for number, signatory in enumerate(parties.b.signatories):
        if {plain_name(name) for name in signatory.name.values()} & of_a:
            yield problem(
                "signs-for-both",
                f"spec.parties.B.signatories[{number}]",
                "{name} signs for both parties",
                "Check who signs for party B",
                name=signatory.name["en"],
            )


def _check_mediator(parties: Parties, mediator: Mediator) -> Iterator[Problem]:
    key = "spec.parties.mediator"
    signing = {
        name
        for party in (parties.a, parties.b)
        for signatory in party.signatories
        for name in _names(signatory)
    }
    if _names(mediator) & (_names(parties.a) | _names(parties.b) | signing):
        yield problem(
            "mediator-is-a-party",
            key,
            "The mediator is one of the parties",
            "Name somebody neutral, or leave the mediator out",
        )
    if mediator.appointed_by and set(mediator.appointed_by) != {"A", "B"}:
        yield problem(
            "appointed-by-one",
            f"{key}.appointedBy",
            "The mediator is appointed by one party only",
            "Write appointedBy: [A, B], since a neutral mediator is chosen by both",
        )
    yield from repeated(f"{key}.appointedBy", "", mediator.appointed_by)
    yield from repeated(f"{key}.powers", "", mediator.powers)
    if mediator.fee_share and mediator.fee_share.total != 100:
        yield problem(
            "shares-sum",
            f"{key}.feeShare",
            "The shares add up to {total} %, not to 100 %",
            "Change them so that their sum is 100",
            total=mediator.fee_share.total,
        )


def _people(parties: Parties) -> list[tuple[str, Party | Mediator]]:
    people: list[tuple[str, Party | Mediator]] = [
        ("spec.parties.A", parties.a),
        ("spec.parties.B", parties.b),
    ]
    return people + ([("spec.parties.mediator", parties.mediator)] if parties.mediator else [])


def _names(somebody: Party | Mediator | Signatory) -> set[str]:
    return {plain_name(name) for name in somebody.name.values()}
