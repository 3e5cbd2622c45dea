"""DSSE envelopes, signed by keys that the reader brings along."""

import base64
import binascii
import hashlib

from . import ed25519, jsontext
from .refused import Refused


def pinned_key(text: str) -> bytes:
    """The raw key of its base64."""
    try:
        raw = base64.b64decode(text.strip(), validate=True)
    except binascii.Error as e:
        raise ValueError(f"a public key is the base64 of 32 bytes: {e}") from e
    if len(raw) != 32:
        raise ValueError(f"a public key is the base64 of 32 bytes, this one has {len(raw)}")
    return raw


def key_id(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def payload(stored: bytes, payload_type: str, pinned: list, what: str) -> bytes:
    """What a pinned key signed, or `Refused`."""
    envelope = jsontext.decode(stored, what)
    signatures = envelope.get("signatures")
    if not isinstance(signatures, list) or not all(isinstance(s, dict) for s in signatures):
        raise Refused("Malformed", f"{what} is no DSSE envelope")
    if envelope.get("payloadType") != payload_type:
        raise Refused("Malformed", f"{what} is of type {envelope.get('payloadType')!r}")
    content = _base64(envelope.get("payload"))
    if content is None:
        raise Refused("Malformed", f"{what} has no payload in base64")
    message = b"DSSEv1 %d %s %d " % (len(payload_type), payload_type.encode(), len(content))
    _check(signatures, message + content, pinned, what)
    return content


def _check(signatures, message, pinned, what):
    """One good signature of a pinned key is enough; a bad one of a pinned key refuses all."""
    genuine = False
    for signature in signatures:
        for raw in pinned:
            if signature.get("keyid") == key_id(raw):
                if not ed25519.verifies(raw, message, _base64(signature.get("sig")) or b""):
                    raise Refused("BadSignature", f"{what}: the signature of {key_id(raw)} is wrong")
                genuine = True
    if not genuine:
        raise Refused("UnknownSigner", f"{what}: no signature is of a pinned key")


def _base64(text):
    if not isinstance(text, str):
        return None
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
