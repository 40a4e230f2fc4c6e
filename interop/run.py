#!/usr/bin/env python3
"""Starts the chains, lets each SDK and btcli at them, and adds up. The last line is JSON: {"passed": n, "failed": 0}."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from node import ROOT, Node

HERE = Path(__file__).resolve().parent
ENVS = ROOT / ".deps/interop"
# What must pass in all: a check that silently went away is a failure.
EXPECTED = 112
# A chain deeper than the states that a node keeps.
DEEP = 4_300
# It grows only when it is told to.
SLOW = ("--block-ms", "600000")
SUITE_SECONDS = 600


def run(name: str, command: list, home: str) -> dict:
    """Runs one suite with a home of its own; passes its lines on and gives its totals."""
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("BT_", "BTCLI_", "PYTHON", "VIRTUAL_ENV"))
    }
    environment |= {"HOME": home, "XDG_CACHE_HOME": f"{home}/.cache", "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1"}
    child = subprocess.Popen(
        command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, env=environment, cwd=home, text=True
    )
    # A suite that hangs says nothing either, so that only a timer ends it.
    timer = threading.Timer(SUITE_SECONDS, child.kill)
    timer.start()
    total = ""
    try:
        for line in child.stdout:
            if line.startswith("{"):
                total = line
            else:
                # What the SDKs print of themselves is no result.
                verdict = line.startswith(("ok ", "FAIL "))
                print(line, end="", flush=True, file=sys.stdout if verdict else sys.stderr)
        child.wait()
        return json.loads(total)
    except json.JSONDecodeError:
        print(f"FAIL {name}: no total within {SUITE_SECONDS} s (exit {child.returncode})", flush=True)
        return {"passed": 0, "failed": 1}
    finally:
        timer.cancel()
        child.kill()
        child.wait()


def ask_axon() -> dict:
    """Our validator's client at the real axon of SDK 10 (axon.py): a test of its own, which finds the environment."""
    test = ["cargo", "test", "--quiet", "--workspace", "--lib", "query::tests::sdk", "--", "--nocapture"]
    done = subprocess.run(test, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    passed = done.returncode == 0 and "1 passed" in done.stdout and "skipped" not in done.stdout
    if not passed:
        print(done.stdout[-4000:], done.stderr[-4000:], sep="\n", file=sys.stderr)
    print(f"{'ok  ' if passed else 'FAIL'} 10.5.0   what a miner's forward() sees of who asks", flush=True)
    return {"passed": int(passed), "failed": int(not passed)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["v10", "v11", "btcli", "axon"], help="one suite; the total then counts it alone")
    only = parser.parse_args().only
    since = time.monotonic()
    totals = {"passed": 0, "failed": 0}
    if only in (None, "axon"):
        add(totals, ask_axon())
    with Node("deep", *SLOW, "--archive") as archive, Node("deep", *SLOW) as pruned, tempfile.TemporaryDirectory() as homes:
        for deep in (archive, pruned):
            # From a clock at 0 each block is a block time after its parent, so that both make the same chain.
            deep.chain.rpc("dev_setTime", 0)
            deep.chain.fast_forward(DEEP)
        for suite, version in (("v11", "11.3.0"), ("v10", "10.5.0")):
            if only not in (None, suite) and not (only == "btcli" and suite == "v11"):
                continue
            with Node(f"interop {suite}", "--finality-lag", "1") as node:
                python = ENVS / version / "bin/python"
                home = os.path.join(homes, suite)
                os.mkdir(home)
                if only != "btcli":
                    command = [python, HERE / "suite.py", suite, "--chain", node.ws, "--archive", archive.ws]
                    add(totals, run(version, command + ["--pruned", pruned.ws], home))
                if suite == "v11" and only != "v11":
                    add(totals, run("btcli", [python, HERE / "btcli.py", "--chain", node.ws], home))
    print(f"{time.monotonic() - since:.0f} s", flush=True)
    print(json.dumps(totals), flush=True)
    enough = only is not None or totals["passed"] >= EXPECTED
    if not enough:
        print(f"interop: {totals['passed']} checks passed, {EXPECTED} were expected", file=sys.stderr)
    return 0 if totals["failed"] == 0 and enough else 1


def add(totals: dict, more: dict) -> None:
    for name in totals:
        totals[name] += more[name]


if __name__ == "__main__":
    sys.exit(main())
