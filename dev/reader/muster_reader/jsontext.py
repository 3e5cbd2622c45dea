"""JSON as the format has it: bounded before it is parsed."""

import json

from .refused import Refused

_DEPTH = 32
_NUMBER = 64


def decode(stored: bytes, what: str) -> dict:
    """An object, or `Malformed`."""
    try:
        text = stored.decode("utf-8")
        _bound(text)
        value = json.loads(text, parse_int=_integer, parse_float=_decimal, parse_constant=_constant)
    except ValueError as e:
        raise Refused("Malformed", f"{what} is not JSON: {e}") from e
    if not isinstance(value, dict):
        raise Refused("Malformed", f"{what} is not a JSON object")
    return value


def _bound(text):
    """Nesting is counted outside of strings, before a parser recurses."""
    depth, in_string, escaped = 0, False, False
    for c in text:
        if in_string:
            in_string = escaped or c != '"'
            escaped = c == "\\" and not escaped
        elif c == '"':
            in_string = True
        elif c in "[{":
            depth += 1
            if depth > _DEPTH:
                raise ValueError(f"more than {_DEPTH} levels")
        elif c in "]}":
            depth -= 1


def _integer(digits):
    if len(digits) > _NUMBER:
        raise ValueError("a number of more than 64 characters")
    return int(digits)


def _decimal(digits):
    if len(digits) > _NUMBER:
        raise ValueError("a number of more than 64 characters")
    return float(digits)


def _constant(word):
    raise ValueError(f"{word} is not JSON")
