"""What can be wrong with a file."""

from __future__ import annotations

from typing import Optional


class JetfoldError(Exception):
    """Whatever is wrong with a file or a request. The message is one line."""


class DamagedError(JetfoldError):
    """A file has what the format does not allow, at this byte."""

    def __init__(self, offset: int, reason: str, name: Optional[str] = None):
        self.offset = offset
        self.reason = reason
        self.name = name
        super().__init__(offset, reason, name)

    def __str__(self) -> str:
        return f"{self.name or 'the file'} is damaged at byte {self.offset}: {self.reason}"

    def of(self, name: str) -> DamagedError:
        """The same, of the file with this name."""
        return DamagedError(self.offset, self.reason, name)


class UnsupportedError(JetfoldError):
    """A file is not of this format, or has what this version cannot read."""


class CommandError(JetfoldError):
    """A file needs the command ``jetfold``, which is missing or failed."""
