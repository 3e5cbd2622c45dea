"""Segments back to plaintext: digests here, age and zstd by their own programs."""

import hashlib
import pathlib
import subprocess
import threading

from .refused import Refused, Unreadable

_BLOCK = 128 * 1024
_WINDOW = "--memory=32MB"


def check(store, stream: dict) -> int:
    """Reads every segment and compares length and digest; returns the bytes read."""
    return sum(len(block) for block in _ciphertext(store, stream))


def read(store, stream: dict, identity: str, sink) -> None:
    """Gives the plaintext to `sink` in blocks. The last one waits until everything was checked."""
    _check_identity(identity)
    reading = _Reading(store, stream, identity)
    try:
        _copy(stream, reading, sink)
    finally:
        reading.end()


def _copy(stream, reading, sink):
    digest, length, held = hashlib.sha256(), 0, b""
    while block := reading.plaintext():
        digest.update(block)
        length += len(block)
        if length > stream["plainBytes"]:
            raise Refused("PlainDigest", f"{stream['name']} goes on after {stream['plainBytes']} bytes")
        if held:
            sink(held)
        held = block
    reading.blame()
    if length != stream["plainBytes"] or digest.hexdigest() != stream["plainSha256"]:
        raise Refused("PlainDigest", f"{stream['name']} has {length} bytes with another digest")
    if held:
        sink(held)


def _ciphertext(store, stream):
    """No segment's end is passed before its digest is known."""
    for segment in stream["segments"]:
        blocks = store.blocks(segment["key"], _BLOCK)
        if blocks is None:
            raise Refused("SegmentMissing", f"{segment['key']} is not in the store")
        digest, length = hashlib.sha256(), 0
        for block in blocks:
            digest.update(block)
            length += len(block)
            if length > segment["bytes"]:
                break
            yield block
        if length != segment["bytes"] or digest.hexdigest() != segment["sha256"]:
            raise Refused("SegmentDigest", f"{segment['key']} is not as the manifest states")


class _Reading:
    """`age -d` and `zstd -d`. What one writes goes through here to the other, so that the end of
    one never looks like a fault of the other."""

    def __init__(self, store, stream, identity):
        self._failure = None
        self._age = _tool("age", "--decrypt", "--identity", identity)
        self._zstd = _tool("zstd", "--decompress", "--stdout", _WINDOW)
        self._pumps = [
            threading.Thread(target=self._feed_age, args=(_ciphertext(store, stream),)),
            threading.Thread(target=self._feed_zstd),
        ]
        for pump in self._pumps:
            pump.start()

    def plaintext(self) -> bytes:
        return self._zstd.stdout.read(_BLOCK)

    def blame(self):
        """Raises what refused first, counted from the store."""
        for pump in self._pumps:
            pump.join()
        if self._failure:
            raise self._failure
        for tool, reason in ((self._age, "Decrypt"), (self._zstd, "Decompress")):
            if tool.wait():
                raise Refused(reason, f"{tool.args[0]} exits {tool.returncode}")

    def end(self):
        for tool in (self._age, self._zstd):
            tool.kill()
        for pump in self._pumps:
            pump.join()
        for tool in (self._age, self._zstd):
            tool.stdout.close()
            tool.wait()

    def _feed_age(self, ciphertext):
        """Reads on when age has ended: a wrong digest is the store's fault, not the key's."""
        open_pipe = True
        try:
            for block in ciphertext:
                open_pipe = open_pipe and _write(self._age, block)
        except Exception as e:  # whatever it is, the other end must not wait for ever
            self._failure = e
            self._age.kill()
        finally:
            _close(self._age)

    def _feed_zstd(self):
        open_pipe = True
        while block := self._age.stdout.read(_BLOCK):
            open_pipe = open_pipe and _write(self._zstd, block)
        if self._age.wait():
            self._zstd.kill()
        _close(self._zstd)


def _tool(*command):
    try:
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError as e:
        raise Unreadable(f"{command[0]} cannot be started: {e.strerror}") from e


def _write(tool, block):
    try:
        tool.stdin.write(block)
        return True
    except OSError:
        return False


def _close(tool):
    try:
        tool.stdin.close()
    except OSError:
        pass


def _check_identity(path):
    try:
        text = pathlib.Path(path).read_text()
    except (OSError, ValueError) as e:
        raise Unreadable(f"cannot read the identity {path}: {e}") from e
    if "AGE-SECRET-KEY-1" not in text:
        raise Unreadable(f"{path} holds no AGE-SECRET-KEY-1 line")
