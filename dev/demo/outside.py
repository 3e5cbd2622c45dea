"""The world as others see it: kubectl, psql, an S3 client, age and zstd. Nothing of Muster."""
import json
import os
import subprocess
import tempfile
import xml.etree.ElementTree as xml

from telling import Failed

S3 = "{http://s3.amazonaws.com/doc/2006-03-01/}"


def run(*command, stdin=None, env=None, check=True, timeout=600):
    """Standard output as text; an exit code other than 0 ends the story."""
    done = subprocess.run(
        command, input=stdin, env=env, capture_output=True, text=True, timeout=timeout, check=False)
    if check and done.returncode != 0:
        raise Failed(f"{' '.join(command[:6])} … exited {done.returncode}: {done.stderr.strip()[-600:]}")
    return done.stdout


def kubectl(*args, **more):
    return run("kubectl", *args, **more)


def objects(*args):
    return json.loads(kubectl("get", *args, "-o", "json"))


def psql(sql, database="shop"):
    """Asks the shop's database in its own Pod."""
    script = f'PGPASSWORD="$POSTGRES_PASSWORD" psql -h 127.0.0.1 -U "$POSTGRES_USER" -d {database} -v ON_ERROR_STOP=1 -At -c "$0"'
    return _inside("shop", "postgresql", script, sql)


def mariadb(sql):
    script = 'MYSQL_PWD="$MARIADB_PASSWORD" mariadb -h 127.0.0.1 -u "$MARIADB_USER" "$MARIADB_DATABASE" -N -B -e "$0"'
    return _inside("blog", "mariadb", script, sql)


def _inside(namespace, container, script, sql):
    # Not by standard input: containerd may close it before it was read (its issue 12734).
    return kubectl("-n", namespace, "exec", "db-0", "-c", container, "--", "sh", "-c", script, sql).strip()


class Store:
    """An S3 client made of curl."""

    def __init__(self, env, access="MUSTER_S3_READ_ACCESS_KEY_ID", secret="MUSTER_S3_READ_SECRET_ACCESS_KEY"):
        self.endpoint, self.bucket = env["MUSTER_S3_ENDPOINT"].rstrip("/"), env["MUSTER_S3_BUCKET"]
        self.authority, self.region = env["MUSTER_S3_CA"], env.get("AWS_REGION", "us-east-1")
        self.user = f"{env[access]}:{env[secret]}"

    def _curl(self, url, target):
        # The credential goes by standard input: arguments are for everybody to read.
        run("curl", "--fail", "--silent", "--show-error", "--cacert", self.authority, "--aws-sigv4",
            f"aws:amz:{self.region}:s3", "--header", "x-amz-content-sha256: UNSIGNED-PAYLOAD",
            "--config", "-", "--output", target, url, stdin=f'user = "{self.user}"\n')

    def get(self, key):
        with tempfile.NamedTemporaryFile() as file:
            self._curl(f"{self.endpoint}/{self.bucket}/{key}", file.name)
            return open(file.name, "rb").read()

    def fetch(self, key, path):
        self._curl(f"{self.endpoint}/{self.bucket}/{key}", path)

    def list(self, prefix):
        """Pairs of key and size."""
        with tempfile.NamedTemporaryFile() as file:
            only = f"&prefix={prefix.replace('/', '%2F')}" if prefix else ""
            self._curl(f"{self.endpoint}/{self.bucket}?list-type=2&max-keys=1000{only}", file.name)
            tree = xml.parse(file.name)
        return [(c.find(f"{S3}Key").text, int(c.find(f"{S3}Size").text)) for c in tree.iter(f"{S3}Contents")]


def decode(segments, identity, target):
    """`cat segments | age -d | zstd -d`, by hand."""
    with open(target, "wb") as out:
        cat = subprocess.Popen(["cat", *segments], stdout=subprocess.PIPE)
        age = subprocess.Popen(["age", "-d", "-i", identity], stdin=cat.stdout, stdout=subprocess.PIPE)
        zstd = subprocess.Popen(["zstd", "-q", "-d"], stdin=age.stdout, stdout=out)
        codes = [zstd.wait(), age.wait(), cat.wait()]
    if any(codes):
        raise Failed(f"decoding {segments[0]} by hand failed: zstd, age, cat exited {codes}")


def muster(*args, check=True, code=None, env=None):
    """Runs Muster's command line as a user would; shows nothing by itself."""
    done = subprocess.run(
        [os.path.join(os.getcwd(), "bin/muster"), *args],
        capture_output=True, text=True, timeout=900, check=False, env=env)
    if code is not None and done.returncode != code:
        raise Failed(f"muster {' '.join(args)} exited {done.returncode}, not {code}: {done.stderr.strip()[-600:]}")
    if code is None and check and done.returncode != 0:
        raise Failed(f"muster {' '.join(args)} exited {done.returncode}: {(done.stderr or done.stdout).strip()[-600:]}")
    return done.stdout
