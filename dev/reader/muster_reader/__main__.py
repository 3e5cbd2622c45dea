"""muster-reader: a second opinion about a repository of Muster. See README.md beside it."""

import argparse
import json
import os
import sys
import tempfile

from . import envelope, evidence, judge, layout, streams
from .points import Repository
from .refused import Refused, Unreadable
from .stores import open_store


def main() -> int:
    arguments = _parser().parse_args()
    try:
        return arguments.run(arguments)
    except (Refused, Unreadable) as e:
        print(e, file=sys.stderr)
        return 1 if isinstance(e, Refused) else 2


def _points(arguments):
    repository = Repository(open_store(arguments.store), arguments.pinned)
    rows, refused = [], 0
    for key in repository.manifests():
        try:
            manifest, tampered = repository.manifest(key)
            who = manifest["identity"]
            name = f"{who.get('namespace')}/{who.get('name')}"
            rows.append((who["point"], name, "written again or deleted later" if tampered else "genuine"))
        except Refused as e:
            refused += 1
            rows.append((layout.MANIFEST.fullmatch(key)[3], "-", str(e)))
    for row in rows:
        print("  ".join(row))
    return 1 if refused else 0


def _verify(arguments):
    repository = Repository(open_store(arguments.store), arguments.pinned)
    keys = [k for k in repository.manifests() if arguments.point in (None, layout.MANIFEST.fullmatch(k)[3])]
    if not keys:
        raise Refused("Absent", f"no manifest of {arguments.point or 'any point'}")
    failed = 0
    for key in keys:
        try:
            found = repository.check(key, arguments.identity)
            print(f"{key}: whole{', written again or deleted later' if found['tampered'] else ''}")
        except Refused as e:
            failed += 1
            print(f"{key}: {e}")
    return 1 if failed else 0


def _restore(arguments):
    repository = Repository(open_store(arguments.store), arguments.pinned)
    keys = [k for k in repository.manifests() if layout.MANIFEST.fullmatch(k)[3] == arguments.point]
    if len(keys) != 1:
        raise Refused("Absent", f"{len(keys)} manifests of point {arguments.point}")
    manifest, _ = repository.manifest(keys[0])
    found = [s for s in manifest["streams"] if s["name"] == arguments.stream]
    if not found:
        raise Refused("Absent", f"the point has {', '.join(s['name'] for s in manifest['streams'])}")
    if arguments.to == "-":
        streams.read(repository.store, found[0], arguments.identity, sys.stdout.buffer.write)
        sys.stdout.buffer.flush()
    else:
        _to_file(repository.store, found[0], arguments)
    return 0


def _to_file(store, stream, arguments):
    """Whole or not at all: the file gets its name when everything was checked."""
    folder = os.path.dirname(os.path.abspath(arguments.to))
    try:
        with tempfile.NamedTemporaryFile(dir=folder) as file:
            streams.read(store, stream, arguments.identity, file.write)
            file.flush()
            os.fsync(file.fileno())
            os.link(file.name, arguments.to)
    except OSError as e:
        raise Unreadable(f"cannot write {arguments.to}: {e.strerror}") from e


def _evidence(arguments):
    store = open_store(arguments.store)
    clusters = [c for c in evidence.clusters(store) if arguments.cluster in (None, c)]
    if arguments.head and len(clusters) != 1:
        raise Refused("Broken", f"a head was kept of one chain, and there are {len(clusters)}: see --cluster")
    for cluster in clusters:
        head, statements = evidence.verify(store, cluster, arguments.pinned, arguments.head)
        print(f"{cluster}: {len(statements)} statements, head {head}")
        for statement in statements if arguments.all else []:
            print(json.dumps(statement))
    return 0


def _parser():
    parser = argparse.ArgumentParser(prog="muster-reader", description=__doc__)
    commands = parser.add_subparsers(required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("store", help="a directory that mirrors the bucket, or s3://BUCKET")
    common.add_argument(
        "--pinned", action="append", required=True, type=envelope.pinned_key, metavar="KEY",
        help="public half of the signing key, base64, as the escrow sheet prints it; repeatable",
    )

    points = commands.add_parser("points", parents=[common], help="every point, believed or refused")
    points.set_defaults(run=_points)
    verify = commands.add_parser(
        "verify", parents=[common], help="read every segment; with --identity decode them too"
    )
    verify.add_argument("--identity", metavar="FILE", help="age identity file")
    verify.add_argument("point", nargs="?", help="one point, else all")
    verify.set_defaults(run=_verify)
    restore = commands.add_parser("restore", parents=[common], help="one stream, as it was dumped")
    restore.add_argument("point", help="its name, as points prints it")
    restore.add_argument("stream")
    restore.add_argument("--identity", required=True, metavar="FILE", help="age identity file")
    restore.add_argument("--to", required=True, metavar="FILE", help="a new file, or - for standard output")
    restore.set_defaults(run=_restore)
    chain = commands.add_parser("evidence", parents=[common], help="verify the drills' signed statements")
    chain.add_argument("--cluster", metavar="ID", help="only this cluster's chain")
    chain.add_argument("--head", metavar="SEQUENCE:DIGEST", help="a head that was kept elsewhere")
    chain.add_argument("--all", action="store_true", help="print them")
    chain.set_defaults(run=_evidence)
    judged = commands.add_parser("judge", help="judge repositories named on standard input, for tests")
    judged.set_defaults(run=judge.run)
    return parser


sys.exit(main())
