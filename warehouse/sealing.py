"""Seals a text so that only who has the token can read it: what is erased by forgetting needs no eraser.

A row deleted from a DuckDB file stays legible in the file until its block is used again, and in every backup.
Sealed, it says nothing to whoever has the file alone, since of the token only a SHA-256 is kept.

Encrypt, then authenticate: a key stream of SHAKE256 over token and nonce (Keccak as a keyed stream cipher,
Bertoni et al., "Cryptographic sponge functions", 2011), HMAC-SHA256 over the rest (RFC 2104).
"""

import hashlib
import hmac
import secrets

_PURPOSE = b"pactboard saved form 1:"
_NONCE, _KEY, _TAG = 16, 32, 32


class Unsealable(ValueError):
    """These bytes were not sealed with this token, or have been changed."""


def seal(token: str, text: bytes) -> bytes:
    """The text, sealed with a token of 128 random bits or more; 48 bytes longer, never twice the same."""
    nonce = secrets.token_bytes(_NONCE)
    key, stream = _keys(token, nonce, len(text))
    body = nonce + _xor(text, stream)
    return body + hmac.digest(key, body, "sha256")


def unseal(token: str, sealed: bytes) -> bytes:
    """The text again. Raises Unsealable."""
    body, tag = sealed[:-_TAG], sealed[-_TAG:]
    key, stream = _keys(token, body[:_NONCE], max(0, len(body) - _NONCE))
    if len(sealed) < _NONCE + _TAG or not hmac.compare_digest(tag, hmac.digest(key, body, "sha256")):
        raise Unsealable
    return _xor(body[_NONCE:], stream)


def _keys(token: str, nonce: bytes, length: int) -> tuple[bytes, bytes]:
    """The key of the tag and the key stream of that length: parts of one output that nobody can tell from
    chance without the token."""
    output = hashlib.shake_256(_PURPOSE + hashlib.sha256(token.encode()).digest() + nonce).digest(
        _KEY + length
    )
    return output[:_KEY], output[_KEY:]


def _xor(text: bytes, stream: bytes) -> bytes:
    return (int.from_bytes(text) ^ int.from_bytes(stream)).to_bytes(len(text))
