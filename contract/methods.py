"""How a figure of each kind is estimated and decided, and who published the method."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from contract.metrics import KindName
from contract.texts import Message


@dataclass(frozen=True, slots=True)
class Method:
    """`interval` is the one shown, `decision` what the verdict rests on; `source` is the literature, "" where
    nothing is estimated."""

    interval: Message
    decision: Message
    source: str


METHODS: Mapping[KindName, Method] = MappingProxyType(
    {
        "share": Method(
            Message("Wilson, two-sided"),
            Message("exact one-sided binomial bound"),
            "Wilson 1927; Clopper & Pearson 1934",
        ),
        "nps": Method(
            Message("adjusted Wald, two-sided"),
            Message("exact one-sided trinomial bound"),
            "Rocks 2016; Berger & Boos 1994",
        ),
        "mean": Method(
            Message("Gaffke, two-sided"),
            Message("Gaffke's bound, one-sided"),
            "Gaffke 2005; Learned-Miller & Thomas 2019",
        ),
        "census": Method(
            Message("none: everybody is counted, nothing is sampled"),
            Message("the figure itself is compared with the target"),
            "",
        ),
        "index": Method(
            Message("none: it is made of the figures of other metrics"),
            Message("the figure itself is compared with the target"),
            "",
        ),
    }
)
RUNNING = Message(
    "While a period runs, a sample is judged by a confidence sequence, valid at every look: {source}.",
    {"source": "Ville 1939; Robbins 1970"},
)
