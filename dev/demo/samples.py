"""The applications: a shop, a blog, and what clusters forget."""
import json

from outside import kubectl, mariadb, objects, psql, run
from telling import expect, show, until


def apply():
    run("dev/samples/apply")
    for namespace in ("shop", "blog"):
        kubectl("-n", namespace, "rollout", "status", "statefulset/db", "--timeout=180s")


def loaded():
    for namespace in ("shop", "blog"):
        kubectl("-n", namespace, "wait", "job/load", "--for=condition=complete", "--timeout=300s")
    for question in (shop_events, blog_visits):
        first = until(60, question, "a writer's first row")
        until(10, lambda: question() > first + 50, "50 more rows")
    show(f"shop: {psql('SELECT count(*) FROM orders')} orders, blog: {mariadb('SELECT COUNT(*) FROM comments')} comments")
    expect(int(psql("SELECT count(*) FROM orders")) >= 1_000_000, "the shop has a million orders")


def shop_events():
    return int(psql("SELECT count(*) FROM order_events"))


def blog_visits():
    return int(mariadb("SELECT COUNT(*) FROM visits"))


def admitted():
    for namespace, engine in (("shop", "postgresql"), ("blog", "mariadb")):
        annotations = objects("statefulset", "db", "-n", namespace)["metadata"].get("annotations", {})
        ours = {key: value for key, value in annotations.items() if key.startswith("muster.dev/")}
        show(f"statefulset {namespace}/db\n" + "\n".join(f"  {k}: {v}" for k, v in sorted(ours.items())))
        expect("muster.dev/managed" in ours, f"statefulset {namespace}/db says which keys Muster wrote")
        expect(ours.get("muster.dev/plan") == "standard", f"statefulset {namespace}/db has the default plan")
        expect(ours.get("muster.dev/engine") == engine, f"statefulset {namespace}/db has engine {engine}")
        expect("muster" not in writers(namespace), f"statefulset {namespace}/db was annotated as admitted, not healed")
        template = objects("statefulset", "db", "-n", namespace)["spec"]["template"]["metadata"]
        expect(not any(k.startswith("muster.dev/") for k in template.get("annotations", {})),
               f"the Pod template of {namespace}/db is untouched")
        pod = objects("pod", "db-0", "-n", namespace)["metadata"].get("annotations", {})
        hooks = {key: value for key, value in pod.items() if key.startswith("muster.dev/")}
        show(f"pod {namespace}/db-0\n" + "\n".join(f"  {k}: {v}" for k, v in sorted(hooks.items())))
        expect(hooks.get("muster.dev/engine") == engine, f"pod {namespace}/db-0 says its engine")
        # A profile names hooks only where a test with a writer has shown what they guarantee.
        expect(engine != "postgresql" or "muster.dev/hooks" in hooks, f"pod {namespace}/db-0 carries hooks")
    quiet = objects("statefulset", "thumbnails", "-n", "misc")["metadata"]["annotations"]
    expect(quiet["muster.dev/protect"] == "false", "the opt-out of misc/thumbnails is left alone")
    expect("muster.dev/managed" not in quiet, "nothing was written on misc/thumbnails")


def writers(namespace):
    """Whose requests wrote our keys: a webhook's changes belong to whoever made the request."""
    fields = kubectl("-n", namespace, "get", "statefulset", "db", "--show-managed-fields", "-o", "json")
    return {entry["manager"] for entry in json.loads(fields)["metadata"]["managedFields"]
            if "f:muster.dev/plan" in json.dumps(entry)}
