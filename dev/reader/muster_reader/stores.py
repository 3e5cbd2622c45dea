"""Where the objects are: a directory that mirrors a bucket, or a bucket itself."""

import os
import pathlib

from .refused import Unreadable


def open_store(place: str):
    """`s3://BUCKET` by the variables of AWS's tools, else a directory."""
    if place.startswith("s3://"):
        from . import s3

        return s3.Bucket(place[len("s3://") :].strip("/"))
    return Directory(place)


class Directory:
    """One file for each object. It keeps one version of each."""

    def __init__(self, root: str):
        self._root = pathlib.Path(root)
        if not self._root.is_dir():
            raise Unreadable(f"{root} is not a directory")

    def keys(self, prefix: str) -> list:
        """All keys with this prefix, sorted; folders whose names begin with a dot are not objects."""
        found = []
        for folder, folders, files in os.walk(self._root / prefix, onerror=_raise):
            folders[:] = [name for name in folders if not name.startswith(".")]
            found += [(pathlib.Path(folder) / name).relative_to(self._root).as_posix() for name in files]
        return sorted(found)

    def oldest(self, key: str, limit: int):
        """Content up to one byte more than `limit` and whether it was changed later, or None."""
        try:
            with open(self._root / key, "rb") as file:
                return file.read(limit + 1), False
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as e:
            raise Unreadable(f"cannot read {key}: {e.strerror}") from e

    def blocks(self, key: str, size: int):
        """The content in blocks, or None."""
        try:
            file = open(self._root / key, "rb")
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as e:
            raise Unreadable(f"cannot read {key}: {e.strerror}") from e
        return _blocks(file, size, key)


def _blocks(file, size, key):
    with file:
        while True:
            try:
                block = file.read(size)
            except OSError as e:
                raise Unreadable(f"cannot read {key}: {e}") from e
            if not block:
                return
            yield block


def _raise(e):
    if not isinstance(e, (FileNotFoundError, NotADirectoryError)):
        raise Unreadable(f"cannot list {e.filename}: {e.strerror}")
