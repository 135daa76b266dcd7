"""Our scripts: by the name with the hash, to be kept for ever, and small."""

import hashlib
import re

import pytest

from pages.web.assets import ADDRESSES
from tests.pages.conftest import Visitor


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_script_is_served_under_the_hash_of_its_content_and_kept_for_ever(
    visitor: Visitor, name: str
) -> None:
    answer = visitor.get(ADDRESSES[name])
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/javascript")
    assert (
        "immutable" in answer.headers["cache-control"]
        and "max-age=31536000" in answer.headers["cache-control"]
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert hashlib.sha256(answer.content).hexdigest()[:16] in ADDRESSES[name]
    assert len(answer.content) <= 10 * 1024  # unpacked; what a first load weighs stands in test_form_size
    assert not re.search(rb"eval\(|innerHTML|document\.write|https?://", answer.content)


@pytest.mark.parametrize("name", ["form.js", "form-0000000000000000.js", "../assets.py", "%0A", ""])
def test_nothing_else_is_there(visitor: Visitor, name: str) -> None:
    assert visitor.get(f"/assets/{name}").status_code == 404
