"""What the server does unasked: once a day it erases what must not be kept; every quarter of an hour it
opens boxes of closed anonymous surveys, seals settled periods, makes the cases and care that are due and has
the list of who is at risk made of the day."""

import asyncio
import itertools
import logging

from anyio import to_thread

import warehouse
from warehouse.anonymity import open_boxes
from warehouse.evidence.sealing import seal_due
from warehouse.importing.large.leftovers import erase_leftovers
from warehouse.membership.at_risk import list_of_today
from warehouse.records.care_making import make_care
from warehouse.records.case_opening import open_cases
from warehouse.records.case_reworking import rework_cases
from warehouse.saved import clean_up
from warehouse.uploads import erase_uploads

log = logging.getLogger(__name__)

_ROUND_SECONDS = 900.0
_ROUNDS_A_DAY = 96


async def keep_house() -> None:
    """Do it, sleep, again, until it is cancelled; a failure is logged and tried again the next time."""
    for number in itertools.count():
        try:
            if number % _ROUNDS_A_DAY == 0:
                await to_thread.run_sync(clean_up, warehouse.serving())
                await to_thread.run_sync(erase_uploads, warehouse.serving())
                await to_thread.run_sync(erase_leftovers)
        except warehouse.WarehouseError as error:
            log.error("what is past its time could not be erased: %s", error.problem.code)
        try:
            await to_thread.run_sync(open_boxes, warehouse.serving())
        except warehouse.WarehouseError as error:
            log.error("the answers of an anonymous survey could not be opened: %s", error.problem.code)
        try:
            for seal in await to_thread.run_sync(seal_due, warehouse.serving()):
                log.info("sealed %s: %s", seal.sealed.period.name, seal.sha256)
        except warehouse.WarehouseError as error:
            log.error("a settled period could not be sealed: %s", error.problem.code)
        try:
            await to_thread.run_sync(rework_cases, warehouse.serving())
            await to_thread.run_sync(open_cases, warehouse.serving())
            await to_thread.run_sync(make_care, warehouse.serving())
        except warehouse.WarehouseError as error:
            log.error("cases and care that are due could not be made: %s", error.problem.code)
        try:
            await to_thread.run_sync(list_of_today, warehouse.serving())
        except warehouse.WarehouseError as error:
            log.error("the list of who is at risk could not be asked for: %s", error.problem.code)
        await asyncio.sleep(_ROUND_SECONDS)
