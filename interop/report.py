"""Counting checks: a line for each, and a total that a script can read."""

import json
import time
import traceback


class Report:
    def __init__(self, name: str):
        self.name, self.passed, self.failed = name, 0, 0

    def run(self, title: str, check, *args) -> None:
        """Runs one check. It says in a few words what was found equal, or raises."""
        since = time.monotonic()
        try:
            said = check(*args)
        except Exception as error:  # a failing check must not hide those after it
            self.failed += 1
            where = traceback.extract_tb(error.__traceback__)[-1]
            reason = f"{type(error).__name__}: {error}" if str(error) else where.line
            self._line("FAIL", title, f"{reason} ({where.name}, line {where.lineno})", since)
        else:
            self.passed += 1
            self._line("ok", title, said, since)

    def _line(self, verdict: str, title: str, said: str, since: float) -> None:
        said = " ".join(str(said).split())[:400]
        print(f"{verdict:4} {self.name:8} {title:34} {said} [{time.monotonic() - since:.1f} s]", flush=True)

    def end(self) -> int:
        print(json.dumps({"passed": self.passed, "failed": self.failed}), flush=True)
        return 1 if self.failed else 0


def equal(what: str, got, want) -> None:
    """Raises with both values: asserts alone don't show them."""
    if got != want:
        raise AssertionError(f"{what}: the SDK has {got!r}, the chain {want!r}")
