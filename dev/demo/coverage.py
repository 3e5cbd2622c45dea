"""The coverage table, compared with the claims that the cluster itself lists."""
import json

from outside import muster, objects
from telling import expect, show, until


def table():
    show(muster("audit", check=False))
    return rows()


def rows():
    document = json.loads(muster("audit", "--output", "json", check=False))
    return {f"{row['namespace']}/{row['name']}": row
            for row in document["volumes"] if row["volume"] == "PersistentVolumeClaim"}


def judged(wanted):
    claims = {f"{c['metadata']['namespace']}/{c['metadata']['name']}"
              for c in objects("persistentvolumeclaims", "--all-namespaces")["items"]}
    found = table()
    expect(claims <= set(found), f"every claim is judged; missing {sorted(claims - set(found))}")
    expect(all(row["message"] or row["verdict"] in ("Sealed", "Verified", "Proven") for row in found.values()),
           "every verdict that is not a success has a reason")
    for claim, verdicts in wanted.items():
        expect(found[claim]["verdict"] in verdicts, f"{claim} is {found[claim]['verdict']}, not {' or '.join(verdicts)}")
    for claim, verdict in (("misc/uploads", "Unprotected"), ("misc/reports-2024", "Unprotected"),
                           ("misc/thumbnails-thumbnails-0", "Waived")):
        expect(found[claim]["verdict"] == verdict, f"{claim} is {found[claim]['verdict']}, not {verdict}")


def before():
    judged({"shop/data-db-0": ["IntentOnly", "Unprotected"], "blog/data-db-0": ["IntentOnly", "Unprotected"]})


def sealed():
    judged({"shop/data-db-0": ["Sealed", "Verified"], "blog/data-db-0": ["Sealed", "Verified"]})


def proven():
    until(30, lambda: all(rows()[c]["verdict"] == "Proven" for c in ("shop/data-db-0", "blog/data-db-0")),
          "coverage hears of the drills")
    judged({"shop/data-db-0": ["Proven"], "blog/data-db-0": ["Proven"]})
