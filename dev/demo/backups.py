"""Backups: followed by Muster's command line, then judged by the bytes in the store."""
import base64
import hashlib
import json
import os
import pathlib
import subprocess

import install
from following import follow
from outside import decode, mariadb, objects, psql
from telling import expect, show

FOLDER = pathlib.Path("target/demo/by-hand")
STATIC_ORDERS = "COPY (SELECT * FROM orders WHERE id <= 1000000) TO STDOUT"


def run_all(memory):
    """Without any credential of the store in the environment."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "MUSTER_S3_"))}
    for workload, news in follow("backup", "--timeout", "5m", env=env):
        expect(news[-1]["state"] == "BackupSealed", f"the backup of {workload} is sealed")
        memory[workload] = news[-1]["point"]


def stored(store, memory):
    keys = store.list("")
    show("\n".join(f"{size:>12}  {key}" for key, size in keys))
    for workload, point in list(memory.items()):
        key = next((key for key, _ in keys if key.endswith(f"/{point}/manifest.json")), None)
        expect(key, f"the store holds the manifest of {workload} {point}")
        envelope = json.loads(store.get(key))
        manifest = json.loads(base64.b64decode(envelope["payload"]))
        sizes = dict(keys)
        for segment in (s for stream in manifest["streams"] for s in stream["segments"]):
            expect(sizes.get(segment["key"]) == segment["bytes"], f"{segment['key']} is stored in full")
            head = store.get(segment["key"])
            expect(hashlib.sha256(head).hexdigest() == segment["sha256"], f"{segment['key']} has its digest")
            expect(head.startswith(b"age-encryption.org/v1"), f"{segment['key']} is encrypted")
        memory[f"{workload} manifest"] = manifest


def by_hand(store, memory):
    FOLDER.mkdir(parents=True, exist_ok=True)
    dump = plaintext(store, memory["shop/db manifest"], "shop")
    expect(lines(["pg_restore", "-l", dump]) > 20, "pg_restore lists the shop's dump")
    orders, till, events = shop_rows(dump)
    source = rows_of(psql_copy(STATIC_ORDERS))
    expect(orders == source, f"row by row, the dump's first million orders are the source's: {orders} {source}")
    expect(till == events[0] and till > 0, f"orders and events of one transaction came together: {till}, {events[0]}")
    memory["order_events"] = events
    blog = plaintext(store, memory["blog/db manifest"], "blog")
    with open(blog, "rb") as file:
        file.seek(-200, os.SEEK_END)
        expect(b"-- Dump completed" in file.read(), "the blog's dump ends as mariadb-dump ends one")
    show(f"shop: {source[0]} orders equal by hash, {till} of the till each with its event\n"
         f"blog: {os.path.getsize(blog)} bytes of SQL, complete; source has {mariadb('SELECT COUNT(*) FROM posts')} posts")


def plaintext(store, manifest, name):
    stream = next(s for s in manifest["streams"] if s["name"] != "globals")
    files = []
    for number, segment in enumerate(stream["segments"]):
        files.append(str(FOLDER / f"{name}.zst.age.{number:04}"))
        store.fetch(segment["key"], files[-1])
    target = str(FOLDER / f"{name}.dump")
    decode(files, install.identity(), target)
    return target


def shop_rows(dump):
    """Count and hash of the loaded orders; how many are the till's; count and hash of events."""
    orders, events, till, table = [0, 0], [0, 0], 0, None
    copy = subprocess.Popen(["pg_restore", "-f", "-", "--data-only", "-t", "orders", "-t", "order_events", dump],
                            stdout=subprocess.PIPE)
    for line in copy.stdout:
        if line.startswith(b"COPY "):
            table = line.split()[1].split(b".")[-1]
        elif line == b"\\.\n":
            table = None
        elif table == b"orders":
            loaded = int(line.split(b"\t", 1)[0]) <= 1_000_000
            till += not loaded
            if loaded:
                add(orders, line)
        elif table == b"order_events":
            add(events, line)
    expect(copy.wait() == 0, "pg_restore reads the whole dump")
    return orders, till, events


def add(sums, line):
    sums[0] += 1
    sums[1] = (sums[1] + int.from_bytes(hashlib.md5(line).digest()[:8], "big")) % 2**64


def rows_of(text):
    sums = [0, 0]
    for line in text.splitlines(keepends=True):
        add(sums, line)
    return sums


def psql_copy(sql):
    # Generated columns are in no dump, so the list of columns is the dump's.
    columns = psql("SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute"
                   " WHERE attrelid = 'orders'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''")
    return (psql(sql.replace("*", columns)) + "\n").encode()


def lines(command):
    return len(subprocess.run(command, capture_output=True, check=True).stdout.splitlines())


def no_credentials():
    secret = os.environ["AWS_SECRET_ACCESS_KEY"], os.environ["MUSTER_S3_READ_SECRET_ACCESS_KEY"]
    for item in objects("secrets,configmaps,pods,jobs", "--all-namespaces")["items"]:
        if item["metadata"]["namespace"] == "muster":
            continue
        text = json.dumps(item) + "".join(
            base64.b64decode(v).decode(errors="replace") for v in (item.get("data") or {}).values() if item["kind"] == "Secret")
        name = f"{item['kind']} {item['metadata']['namespace']}/{item['metadata']['name']}"
        expect(not any(s in text for s in secret), f"{name} holds a store credential")
        expect("AGE-SECRET-KEY" not in text, f"{name} holds an identity")
    show("Secrets, ConfigMaps, Pods and Jobs of all other namespaces: none")
