"""Backups and drills of both databases, side by side, as their commands tell them."""
import json
from concurrent.futures import ThreadPoolExecutor

from outside import muster
from telling import show

DATABASES = ("shop/db", "blog/db")


def follow(verb, *options, env=None):
    """Yields each workload with its news once both have ended."""
    with ThreadPoolExecutor() as pool:
        both = list(pool.map(lambda name: muster(verb, name, *options, "--output", "json", env=env), DATABASES))
    for workload, said in zip(DATABASES, both):
        news = [json.loads(line) for line in said.splitlines()]
        show("\n".join(f"{n['state']:14} {n['message']}" for n in news))
        yield workload, news
