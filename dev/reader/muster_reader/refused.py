"""Why something is not believed."""


class Refused(Exception):
    """Stored bytes are not what the format demands; `reason` is a word of the reference."""

    def __init__(self, reason: str, detail: str):
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class Unreadable(Exception):
    """The store, a key file or a tool could not be asked: this says nothing about a backup."""
