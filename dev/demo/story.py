"""The story: what a cluster gains from Muster, each step checked by looking from outside."""
import os
import pathlib
import subprocess
import sys

import backups
import coverage
import drills
import install
import restores
import samples
from outside import Store, run
from telling import expect, show, tell

TARGET = "target/demo/result.json"


def environment():
    """Where cluster and store are."""
    said = run("bash", "-c", 'exports=$(dev/testbed/testbed env) && eval "$exports" && env -0')
    os.environ.update(dict(pair.split("=", 1) for pair in said.split("\0") if "=" in pair))


def cluster():
    subprocess.run(["dev/testbed/testbed", "up"], check=True)
    environment()
    show(run("kubectl", "get", "nodes", "-o", "wide"))


def load(archives):
    subprocess.run(["dev/testbed/testbed", "load", *archives], check=True)


def main(archives):
    memory = {}
    store = lambda: Store(os.environ)
    steps = [
        ("a real node is up", cluster),
        ("images are imported, no registry asked", lambda: load(archives)),
        ("Muster is installed by Helm", lambda: (install.prepare(os.environ), install.helm(), install.ready())),
        ("applications arrive that never heard of backups", samples.apply),
        ("a million orders and a blog are loaded, and writers write", samples.loaded),
        ("annotations and hooks, as admitted", samples.admitted),
        ("coverage: every claim has a verdict and a reason", lambda: coverage.before()),
        ("backups, followed", lambda: backups.run_all(memory)),
        ("what the store holds", lambda: backups.stored(store(), memory)),
        ("age, zstd and pg_restore read it without Muster", lambda: backups.by_hand(store(), memory)),
        ("no credential of the store is outside Muster's namespace", backups.no_credentials),
        ("coverage: sealed", lambda: coverage.sealed()),
        ("a table is dropped", lambda: restores.drop(memory)),
        ("both drills prove the points", lambda: drills.prove(store(), memory)),
        ("the table is brought back", lambda: restores.bring_back(memory)),
        ("coverage: proven", lambda: coverage.proven()),
    ]
    held = tell(steps, TARGET)
    kubeconfig = os.environ.get("KUBECONFIG", "")
    print(f"The cluster stays up: export KUBECONFIG={kubeconfig}; make demo-down removes it.")
    return 0 if held else 1


if __name__ == "__main__":
    expect(pathlib.Path("charts/muster").is_dir(), "run me by make demo")
    sys.exit(main(sys.argv[1:]))
