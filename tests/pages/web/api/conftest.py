"""A program with a key, for the tests of the API."""

import pytest

from tests.pages.conftest import Visitor
from tests.pages.web.api.calling import Program


@pytest.fixture
def program(visitor: Visitor) -> Program:
    """A program with a key, over an empty warehouse."""
    return Program(visitor)
