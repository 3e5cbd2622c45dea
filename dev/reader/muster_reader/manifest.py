"""What a signed manifest states, once it is known to be one."""

import datetime
import hashlib
import re

from . import envelope, jsontext, layout
from .refused import Refused

TYPE = "application/vnd.muster.manifest+json"
LIMIT = 131072
VERSION = 1

_DIGEST = re.compile(r"[0-9a-f]{64}")
_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d{1,9})?Z")


def verify(key: str, stored: bytes, pinned: list) -> dict:
    """The manifest found at `key`, or `Refused` with the reference's word."""
    if len(stored) > LIMIT:
        raise Refused("TooLarge", f"{key} has {len(stored)} bytes")
    manifest = jsontext.decode(envelope.payload(stored, TYPE, pinned, key), key)
    version = manifest.get("formatVersion")
    if not _whole(version) or version < 1:
        raise Refused("Malformed", f"{key} has no format version")
    if version > VERSION:
        raise Refused("NewerFormat", f"{key} has format version {version}, this reader knows {VERSION}")
    _shape(key, manifest)
    _place(key, manifest)
    return manifest


def digest(stored: bytes) -> str:
    return hashlib.sha256(stored).hexdigest()


def _shape(key, manifest):
    identity, streams = manifest.get("identity"), manifest.get("streams")
    if not isinstance(identity, dict) or not isinstance(streams, list) or not streams:
        raise Refused("Malformed", f"{key} lacks identity or streams")
    parts = [identity.get(name) for name in ("clusterUid", "workloadKey", "runId", "attempt")]
    point = identity.get("point")
    if not layout.words(*parts) or not isinstance(point, str) or not layout.POINT.fullmatch(point):
        raise Refused("Malformed", f"{key} has an identity that is no part of any key")
    for stream in streams:
        if not isinstance(stream, dict) or not _stream(stream):
            raise Refused("Malformed", f"{key} has a stream that cannot be read")
    if len({stream["name"] for stream in streams}) < len(streams):
        raise Refused("Malformed", f"{key} names a stream twice")
    for stream in streams:
        if stream.get("exitCode") != 0 or stream.get("trailerSeen") is False:
            raise Refused("NotWhole", f"{key}: the dump of {stream['name']} failed or has no end")


def _stream(stream):
    segments = stream.get("segments")
    return (
        layout.words(stream.get("name"))
        and _whole(stream.get("exitCode"))
        and (stream.get("trailerSeen") is None or isinstance(stream["trailerSeen"], bool))
        and _size(stream.get("plainBytes"))
        and _hex(stream.get("plainSha256"))
        and isinstance(segments, list)
        and 1 <= len(segments) <= 9999
        and all(isinstance(s, dict) and _segment(s) for s in segments)
    )


def _segment(segment):
    return (
        isinstance(segment.get("key"), str)
        and _size(segment.get("bytes"))
        and segment["bytes"] > 0
        and _hex(segment.get("sha256"))
    )


def _place(key, manifest):
    """A genuine manifest at another key, or with data of another run, is a splice."""
    who = manifest["identity"]
    home = layout.manifest(who["clusterUid"], who["workloadKey"], who["point"])
    if key != home:
        raise Refused("WrongPlace", f"the manifest at {key} belongs at {home}")
    if who["point"] != f"{_slot(key, who)}-{who['runId']}":
        raise Refused("WrongPlace", f"{key} names another slot or run inside")
    folder = (who["clusterUid"], who["workloadKey"], who["runId"], who["attempt"])
    for stream in manifest["streams"]:
        for number, segment in enumerate(stream["segments"], 1):
            if segment["key"] != layout.segment(*folder, stream["name"], number):
                raise Refused("WrongPlace", f"{key} names {segment['key']}, which is not its data")


def _slot(key, who):
    match = _INSTANT.fullmatch(who.get("slot")) if isinstance(who.get("slot"), str) else None
    if not match:
        raise Refused("Malformed", f"{key} has no slot")
    try:
        return datetime.datetime.fromisoformat(match[1]).strftime("%Y%m%dT%H%M%SZ")
    except ValueError as e:
        raise Refused("Malformed", f"{key} has no slot: {e}") from e


def _whole(value):
    return isinstance(value, int) and not isinstance(value, bool)


def _size(value):
    return _whole(value) and 0 <= value < 2**63


def _hex(value):
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None
