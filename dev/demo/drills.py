"""Drills: their evidence is checked with openssl, and nothing of them stays."""
import base64
import json
import pathlib
import re
import subprocess

import install
from following import DATABASES, follow
from outside import objects
from telling import expect, until

FOLDER = pathlib.Path("target/demo/evidence")
ED25519 = bytes.fromhex("302a300506032b6570032100")


def prove(store, memory):
    before = {key for key, _ in store.list("evidence/")}
    for workload, news in follow("drill", "--timeout", "8m"):
        expect(news[-1]["state"] == "DrillProven", f"the drill of {workload} is proven")
    new = sorted({key for key, _ in store.list("evidence/")} - before)
    expect(len(new) >= 2, f"the store holds evidence of both drills, found {new}")
    statements = [genuine(store.get(key), key) for key in new]
    for workload in DATABASES:
        text = next((json.dumps(s) for s in statements if memory[workload] in json.dumps(s)), None)
        expect(text, f"evidence names the point of {workload}")
        expect(re.search(r"proven", text, re.IGNORECASE), f"the evidence of {workload} says proven")
    until(120, lambda: not sandboxes(), "the drills' namespaces are gone")


def sandboxes():
    return [n for n in objects("namespaces")["items"] if n["metadata"]["name"].startswith("muster-drill-")]


def genuine(envelope, key):
    """A DSSE envelope whose signature openssl accepts for the pinned public key."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    document = json.loads(envelope)
    payload = base64.b64decode(document["payload"])
    kind = document["payloadType"].encode()
    message = b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)
    public = json.loads(install.VALUES.read_text())["config"]["signing"]["public-keys"][0]
    (FOLDER / "message").write_bytes(message)
    (FOLDER / "signature").write_bytes(base64.b64decode(document["signatures"][0]["sig"]))
    (FOLDER / "public.der").write_bytes(ED25519 + base64.b64decode(public))
    done = subprocess.run(
        ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", FOLDER / "public.der", "-rawin",
         "-in", FOLDER / "message", "-sigfile", FOLDER / "signature"], capture_output=True, text=True, check=False)
    expect(done.returncode == 0, f"openssl verifies {key}: {done.stdout}{done.stderr}")
    return json.loads(payload)
