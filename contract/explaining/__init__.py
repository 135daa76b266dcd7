"""A contract in plain words, made from its model: who carries a doubt, what a miss costs, what follows."""

from collections.abc import Mapping

from contract.explaining.consequences import explain_consequences
from contract.explaining.dealings import explain_dealings
from contract.explaining.decisions import explain_decision, explain_ramp, explain_together
from contract.explaining.fees import explain_fees
from contract.explaining.voice import Explained, Voice
from contract.model.contract import Contract

__all__ = ["Explained", "Voice", "explain", "explain_decision", "explain_ramp"]


def explain(contract: Contract, language: str, titles: Mapping[str, str]) -> tuple[Explained, ...]:
    """Everything that is agreed beside the clauses' own texts, part by part, in `language` ("zh" or "en").

    `titles` names each metric for people; one that is left out keeps its name in the file.
    """
    voice = Voice(contract, language, titles)
    parts = [explain_decision(voice, terms) for terms in contract.spec.targets]
    parts += explain_together(voice)
    parts += explain_fees(voice)
    parts += explain_consequences(voice)
    parts += explain_dealings(voice)
    return tuple(parts)
