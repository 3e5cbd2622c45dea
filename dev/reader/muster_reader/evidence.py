"""The chain of evidence: signed statements that name each other by digest."""

import datetime
import hashlib
import re

from . import envelope, jsontext, layout
from .refused import Refused

_TYPE = "application/vnd.in-toto+json"
_LIMIT = 262144
_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?Z")


def verify(store, cluster: str, pinned: list, head=None) -> tuple:
    """The chain's head and its statements, or `Refused`."""
    previous, last, seen, statements = None, (datetime.datetime.min, 0), not head, []
    for key in _keys(store, cluster):
        stored, _ = store.oldest(key, _LIMIT) or (b"", False)
        if len(stored) > _LIMIT:
            raise Refused("TooLarge", f"{key} has more than {_LIMIT} bytes")
        statement = jsontext.decode(envelope.payload(stored, _TYPE, pinned, key), key)
        at = _check(key, statement, len(statements) + 1, previous)
        if at < last:
            raise Refused("Broken", f"{key} is dated before the statement that it follows")
        last, previous = at, hashlib.sha256(stored).hexdigest()
        statements.append(statement)
        seen = seen or head == f"{len(statements)}:{previous}"
    if not seen:
        raise Refused("Broken", f"the head {head} is not in the chain of {cluster}")
    return f"{len(statements)}:{previous or ''}", statements


def clusters(store) -> list:
    return sorted({key.split("/")[1] for key in store.keys(layout.EVIDENCE)})


def _keys(store, cluster):
    matches = [layout.STATEMENT.fullmatch(k) for k in store.keys(f"{layout.EVIDENCE}{cluster}/")]
    return [m[0] for m in sorted(filter(None, matches), key=lambda m: int(m[3]))]


def _check(key, statement, place, previous):
    try:
        predicate = statement["predicate"]
        chain, match = predicate["chain"], _INSTANT.fullmatch(predicate["recordedAt"])
        at = datetime.datetime.fromisoformat(match[1]), int((match[2] or "0").ljust(9, "0"))
        sequence = chain["sequence"]
    except (KeyError, TypeError, ValueError) as e:
        raise Refused("Malformed", f"{key} is no statement of this chain") from e
    if sequence != place:
        raise Refused("Broken", f"{key}: statement {sequence} is at place {place}")
    if chain.get("previous") != previous:
        raise Refused("Broken", f"{key} follows another statement than the one before it")
    return at
