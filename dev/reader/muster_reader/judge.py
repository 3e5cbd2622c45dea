"""Judges many repositories in one process. A line of standard input is JSON:
`{"store", "pinned": [base64], "identity"?, "manifests"?: [key]}`; without the last it means all.
The answer is one line of JSON:
`{"points": {key: {"word": "Whole" or the word of the reference, "plain": {stream: digest}}}}`,
or `{"refused": word}`. `plain` is there for whole points.
"""

import json
import sys

from . import envelope
from .points import Repository
from .refused import Refused
from .stores import open_store


def run(arguments) -> int:
    for line in sys.stdin:
        print(json.dumps(_judge(json.loads(line))), flush=True)
    return 0


def _judge(case):
    pinned = [envelope.pinned_key(key) for key in case["pinned"]]
    try:
        repository = Repository(open_store(case["store"]), pinned)
        keys = case.get("manifests", repository.manifests())
        return {"points": {key: _point(repository, key, case.get("identity")) for key in keys}}
    except Refused as e:
        return {"refused": e.reason}


def _point(repository, key, identity):
    try:
        found = repository.check(key, identity)
    except Refused as e:
        return {"word": e.reason}
    plain = {stream["name"]: stream["plainSha256"] for stream in found["manifest"]["streams"]}
    return {"word": "Tampered" if found["tampered"] else "Whole", "plain": plain}
