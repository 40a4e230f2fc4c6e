"""What the checks ask of any SDK, and the form in which they want the answer."""

from dataclasses import dataclass, field
from typing import Optional


@dataclass
class Outcome:
    """What became of a transaction, in the SDK's words."""

    ok: bool
    block: Optional[int] = None
    index: Optional[int] = None
    fee: Optional[int] = None  # rao
    error: str = ""  # the name that the SDK shows, or its message where it shows none
    data: dict = field(default_factory=dict)

    def must(self) -> "Outcome":
        assert self.ok, f"refused: {self.error}"
        return self


@dataclass
class Actor:
    """A coldkey and a hotkey, with the wallet that the SDK signs with."""

    name: str
    cold: str
    hot: str
    wallet: object


def u16(fraction: float) -> int:
    """The u16 that an SDK divided by 65535."""
    return round(fraction * 65535)
