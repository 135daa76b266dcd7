"""What the server does unasked: at its start and then once a day it erases what must not be kept."""

import asyncio
import logging

from anyio import to_thread

import warehouse
from warehouse.saved import clean_up
from warehouse.uploads import erase_uploads

log = logging.getLogger(__name__)

_DAY_SECONDS = 24 * 3600.0


async def keep_house() -> None:
    """Erase, sleep, again, until it is cancelled; a failure is logged and tried again the next day."""
    while True:
        try:
            await to_thread.run_sync(clean_up, warehouse.serving())
            await to_thread.run_sync(erase_uploads, warehouse.serving())
        except warehouse.WarehouseError as error:
            log.error("what is past its time could not be erased: %s", error.problem.code)
        await asyncio.sleep(_DAY_SECONDS)
