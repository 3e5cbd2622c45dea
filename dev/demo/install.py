"""Installs Muster as a platform engineer would: keys, Secrets, one Helm release."""
import json
import pathlib
import re
import os
import shutil
import sys

from outside import kubectl, muster, objects, run
from telling import expect, until

KEYS = pathlib.Path("target/demo/keys")
VALUES = pathlib.Path("target/demo/values.yaml")


def identity():
    return str(KEYS / "identity.txt")


def keys():
    shutil.rmtree(KEYS, ignore_errors=True)
    said = muster("keys", "generate", "--directory", str(KEYS))
    recipient = re.search(r"age1[0-9a-z]+", said).group()
    public = re.search(r'public-keys: \["([^"]+)"\]', said).group(1)
    return recipient, public


def secret(name, **entries):
    """Entries are texts; `key=@file` takes a file."""
    command = ["-n", "muster", "create", "secret", "generic", name, "--dry-run=client", "-o", "json"]
    for key, value in entries.items():
        name_of_key = key.replace("__", ".")
        command.append(f"--from-file={name_of_key}={value[1:]}" if value.startswith("@") else
                       f"--from-literal={name_of_key}={value}")
    kubectl("apply", "-f", "-", stdin=kubectl(*command))


def prepare(env):
    recipient, public = keys()
    kubectl("apply", "-f", "-", stdin=json.dumps({
        "apiVersion": "v1", "kind": "Namespace",
        "metadata": {"name": "muster", "labels": {"pod-security.kubernetes.io/enforce": "restricted"}}}))
    authority = "@" + env["MUSTER_S3_CA"]
    secret("muster-store", AWS_ACCESS_KEY_ID=env["AWS_ACCESS_KEY_ID"],
           AWS_SECRET_ACCESS_KEY=env["AWS_SECRET_ACCESS_KEY"], ca__pem=authority)
    secret("muster-store-read", AWS_ACCESS_KEY_ID=env["MUSTER_S3_READ_ACCESS_KEY_ID"],
           AWS_SECRET_ACCESS_KEY=env["MUSTER_S3_READ_SECRET_ACCESS_KEY"], ca__pem=authority)
    secret("muster-signing", signing__pem=f"@{KEYS}/signing.pem")
    secret("muster-drill-identity", identity__txt=f"@{identity()}")
    VALUES.write_text(json.dumps(values(env, recipient, public), indent=2))


def values(env, recipient, public):
    return {
        "webhook": {"replicas": 2},
        "auditor": {"replicas": 1},
        "config": {
            "cluster": {"name": "demo"},
            "plans": {"standard": {
                "schedule": "H 2 * * *", "rpo": "24h", "rto": "1h", "retention": "7d 4w 12m", "stores": ["primary"]}},
            "stores": {"primary": {
                "type": "s3", "endpoint": env["MUSTER_S3_ENDPOINT"], "region": env.get("AWS_REGION", "us-east-1"),
                "bucket": env["MUSTER_S3_BUCKET"], "path-style": True,
                "ca-file": "/etc/muster/store/ca.pem", "credentials-dir": "/etc/muster/store"}},
            "recipients": [recipient],
            "signing": {"key-file": "/etc/muster/signing/signing.pem", "public-keys": [public]},
            "drills": {"identity-file": "/etc/muster/identity/identity.txt",
                       "parallel": 2},
            "waivers": {"max-days": 90, "approved": ["misc/thumbnails"]},
        },
    }


def helm():
    run("helm", "upgrade", "--install", "muster", "charts/muster", "-n", "muster", "-f", str(VALUES))


def ready():
    for name in ("muster-webhook", "muster-auditor", "muster-drill"):
        kubectl("-n", "muster", "rollout", "status", f"deployment/{name}", "--timeout=180s")
    until(60, bundles, "the API server is given the webhook's authority (caBundle)")
    until(60, called, "a dry run comes back with the contract: the API server reaches the webhook")


def bundles():
    kinds = "mutatingwebhookconfigurations", "validatingwebhookconfigurations"
    hooks = [hook for kind in kinds for hook in objects(kind, "muster")["webhooks"]]
    expect(hooks, "the chart installs webhooks")
    return all(hook["clientConfig"].get("caBundle") for hook in hooks)


def called():
    labels = {"app": "dry-run"}
    dry = {
        "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "dry-run"},
        "spec": {
            "selector": {"matchLabels": labels},
            "template": {
                "metadata": {"labels": labels},
                "spec": {"containers": [{"name": "postgres", "image": "postgres:15"}]}},
            "volumeClaimTemplates": [{
                "metadata": {"name": "data"},
                "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}}]}}
    said = kubectl("-n", "default", "create", "--dry-run=server", "-o", "json", "-f", "-", stdin=json.dumps(dry))
    return "muster.dev/managed" in said


def merged(ours, theirs):
    """Mappings are merged, all else is theirs."""
    if not (isinstance(ours, dict) and isinstance(theirs, dict)):
        return theirs
    return ours | {key: merged(ours.get(key), value) for key, value in theirs.items()}


def main(overlay):
    """Installs with more values on top, for the system tests."""
    prepare(os.environ)
    with open(overlay, encoding="utf-8") as file:
        VALUES.write_text(json.dumps(merged(json.loads(VALUES.read_text()), json.load(file)), indent=2))
    helm()
    ready()


if __name__ == "__main__":
    main(sys.argv[1])
