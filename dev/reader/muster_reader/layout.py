"""Where things lie, and what a part of a key may look like."""

import re

MARKER = "muster-repository.json"
POINTS = "points/"
EVIDENCE = "evidence/"

WORD = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,98}[a-z0-9])?")
POINT = re.compile(r"[0-9]{8}T[0-9]{6}Z-[a-z0-9]{4,64}")
MANIFEST = re.compile(r"points/([^/]+)/([^/]+)/([^/]+)/manifest\.json")
STATEMENT = re.compile(r"evidence/([^/]+)/([0-9]{4})/([0-9]{8,})\.dsse\.json")


def manifest(cluster: str, workload: str, point: str) -> str:
    return f"points/{cluster}/{workload}/{point}/manifest.json"


def segment(cluster, workload, run, attempt, stream, number) -> str:
    return f"data/{cluster}/{workload}/{run}/{attempt}/{stream}.zst.age.{number:04d}"


def words(*parts) -> bool:
    """Whether each is a text that may be a part of a key."""
    return all(isinstance(part, str) and WORD.fullmatch(part) for part in parts)
