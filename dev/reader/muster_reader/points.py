"""Recovery points: a point exists if and only if its manifest exists and verifies."""

from . import jsontext, layout, manifest, streams
from .refused import Refused

_MARKER_LIMIT = 262144


class Repository:
    """A store whose marker is not another program's, and the keys whose manifests are believed."""

    def __init__(self, store, pinned: list):
        self.store = store
        self._pinned = pinned
        _check_marker(store)

    def manifests(self) -> list:
        """The keys of all manifests, believed or not."""
        return [key for key in self.store.keys(layout.POINTS) if layout.MANIFEST.fullmatch(key)]

    def manifest(self, key: str) -> tuple:
        """A genuine manifest and whether it was changed later, or `Refused`; `Absent` without one."""
        found = self.store.oldest(key, manifest.LIMIT)
        if found is None:
            raise Refused("Absent", f"there is no {key}")
        stored, tampered = found
        return manifest.verify(key, stored, self._pinned), tampered

    def check(self, key: str, identity=None) -> dict:
        """The point, with every segment read; with an identity, also decoded."""
        genuine, tampered = self.manifest(key)
        for stream in genuine["streams"]:
            if identity:
                streams.read(self.store, stream, identity, lambda block: None)
            else:
                streams.check(self.store, stream)
        return {"manifest": genuine, "tampered": tampered}


def _check_marker(store):
    """A lost marker loses no point; one that says something else forbids to read."""
    found = store.oldest(layout.MARKER, _MARKER_LIMIT)
    if found is None:
        return
    stored, _ = found
    if len(stored) > _MARKER_LIMIT:
        raise Refused("ForeignMarker", f"{layout.MARKER} is too large")
    try:
        marker = jsontext.decode(stored, layout.MARKER)
    except Refused as e:
        raise Refused("ForeignMarker", e.detail) from e
    version = marker.get("formatVersion")
    number = isinstance(version, int) and not isinstance(version, bool) and version >= 1
    if not number or not isinstance(marker.get("repositoryId"), str):
        raise Refused("ForeignMarker", f"{layout.MARKER} is none of Muster's")
    if version > manifest.VERSION:
        raise Refused("NewerFormat", f"the repository has format version {version}")
