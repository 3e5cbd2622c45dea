"""A bucket by signed requests (AWS Signature Version 4), with nothing but Python's own library.

Variables: AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID,
AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_CA_BUNDLE.
"""

import datetime
import hashlib
import hmac
import http.client
import os
import ssl
import urllib.parse
import xml.etree.ElementTree as xml

from .refused import Unreadable

_EMPTY = hashlib.sha256(b"").hexdigest()
_PAGES = 100_000
_SECONDS = 60


class Bucket:
    """Reads by path-style requests; the oldest version of an object counts."""

    def __init__(self, name: str):
        self._name = name
        self._region = os.environ.get("AWS_REGION", "us-east-1")
        endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
        self._endpoint = urllib.parse.urlsplit(endpoint or f"https://s3.{self._region}.amazonaws.com")
        missing = [v for v in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY") if v not in os.environ]
        if missing:
            raise Unreadable(f"{' and '.join(missing)} not set")

    def keys(self, prefix: str) -> list:
        """All keys that have or had a version, sorted."""
        return sorted({version["key"] for version in self._versions(prefix)})

    def oldest(self, key: str, limit: int):
        versions = [v for v in self._versions(key) if v["key"] == key]
        contents = [v for v in versions if not v["deleted"]]
        if not contents:
            return None
        identifier = contents[-1]["id"]
        query = {} if identifier in ("", "null") else {"versionId": identifier}
        answer = self._request(key, query)
        if answer.status == 404:
            return None
        self._expect(answer, f"read {key}")
        return answer.read(limit + 1), len(versions) > 1

    def blocks(self, key: str, size: int):
        answer = self._request(key, {})
        if answer.status == 404:
            return None
        self._expect(answer, f"read {key}")
        return self._body(answer, size, key)

    def _body(self, answer, size, key):
        left = int(answer.headers["Content-Length"])
        while left:
            try:
                block = answer.read(min(size, left))
            except (OSError, http.client.HTTPException) as e:
                raise Unreadable(f"{self._name}: reading {key} was cut: {e}") from e
            if not block:
                raise Unreadable(f"{self._name}: {key} ended {left} bytes before its announced end")
            left -= len(block)
            yield block

    def _versions(self, prefix):
        """Versions and delete markers, of each key the newest first."""
        found, query = [], {"versions": "", "prefix": prefix}
        for _ in range(_PAGES):
            answer = self._request("", query)
            self._expect(answer, f"list {prefix}")
            page = xml.fromstring(answer.read())
            for element in page:
                kind = _plain(element)
                if kind in ("Version", "DeleteMarker"):
                    fields = {_plain(e): e.text or "" for e in element}
                    found.append(
                        {
                            "key": fields["Key"],
                            "id": fields.get("VersionId", ""),
                            "deleted": kind == "DeleteMarker",
                        }
                    )
            fields = {_plain(e): e.text or "" for e in page}
            if fields.get("IsTruncated") != "true":
                return found
            query["key-marker"] = fields.get("NextKeyMarker", "")
            query["version-id-marker"] = fields.get("NextVersionIdMarker", "")
        raise Unreadable(f"{self._name}: the list of {prefix} has no end")

    def _expect(self, answer, what):
        if answer.status != 200:
            raise Unreadable(f"{self._name}: cannot {what}: HTTP {answer.status}")

    def _request(self, key, query):
        path = urllib.parse.quote(f"/{self._name}/{key}" if key else f"/{self._name}")
        text = "&".join(f"{_quote(k)}={_quote(v)}" for k, v in sorted(query.items()))
        connection = self._connection()
        try:
            connection.request("GET", f"{path}?{text}" if text else path, headers=self._signed(path, text))
            return connection.getresponse()
        except (OSError, http.client.HTTPException) as e:
            raise Unreadable(f"{self._endpoint.netloc} does not answer: {e}") from e

    def _connection(self):
        if self._endpoint.scheme == "http":
            return http.client.HTTPConnection(self._endpoint.netloc, timeout=_SECONDS)
        trust = ssl.create_default_context(cafile=os.environ.get("AWS_CA_BUNDLE"))
        return http.client.HTTPSConnection(self._endpoint.netloc, timeout=_SECONDS, context=trust)

    def _signed(self, path, query):
        now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        headers = {"host": self._endpoint.netloc, "x-amz-content-sha256": _EMPTY, "x-amz-date": now}
        if "AWS_SESSION_TOKEN" in os.environ:
            headers["x-amz-security-token"] = os.environ["AWS_SESSION_TOKEN"]
        names = ";".join(sorted(headers))
        lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
        request = f"GET\n{path}\n{query}\n{lines}\n{names}\n{_EMPTY}"
        scope = f"{now[:8]}/{self._region}/s3/aws4_request"
        text = f"AWS4-HMAC-SHA256\n{now}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
        key = ("AWS4" + os.environ["AWS_SECRET_ACCESS_KEY"]).encode()
        for part in scope.split("/"):
            key = hmac.digest(key, part.encode(), "sha256")
        signature = hmac.new(key, text.encode(), "sha256").hexdigest()
        credential = f"{os.environ['AWS_ACCESS_KEY_ID']}/{scope}"
        headers["authorization"] = (
            f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={names}, Signature={signature}"
        )
        return headers


def _quote(text):
    return urllib.parse.quote(text, safe="-_.~")


def _plain(element):
    return element.tag.rpartition("}")[2]
