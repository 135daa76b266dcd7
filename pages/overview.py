"""Overview: is the contract kept, now? The last closed and the running period, then the whole term."""

import warehouse
from pages.ui.access import require
from pages.ui.contract_choice import asked_contract, choose_contract
from pages.ui.first_start import greet, next_steps
from pages.ui.layout import framed
from pages.ui.scorecard import prepared_scorecard
from warehouse.example import is_empty

role = require()


def page() -> None:
    """The greeting of an empty warehouse, what to do next without a contract, else the scorecard."""
    house = warehouse.serving()
    with framed():
        if is_empty(house):
            greet(role)
            return
        card = prepared_scorecard(house, asked_contract(house))
        if card is None:
            next_steps(role)
            return
        card.head.show()
        choose_contract(house, card.contract)
        card.body.show()


page()
