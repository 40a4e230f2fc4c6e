"""A local chain of our own: started on a free port, ended with us."""

import json
import os
import select
import subprocess
from pathlib import Path

from chain import Chain

ROOT = Path(__file__).resolve().parent.parent
BINARY = Path(os.environ.get("LOCALNET", ROOT / "target/debug/localnet"))
WORLD = Path(__file__).resolve().parent / "world.toml"
START_SECONDS = 60


class Node:
    def __init__(self, salt: str, *flags: str):
        if not BINARY.exists():
            raise SystemExit(f"interop: {BINARY} is missing: cargo build -p localnet")
        # --exit-with-parent: no chain outlives a run that was killed.
        self.process = subprocess.Popen(
            [BINARY, "node", "--dev", "--rpc-port", "0", "--world", WORLD, "--salt", salt, "--exit-with-parent", *flags],
            stdout=subprocess.PIPE,
            env={**os.environ, "RUST_LOG": os.environ.get("RUST_LOG", "warn")},
            text=True,
        )
        if not select.select([self.process.stdout], [], [], START_SECONDS)[0]:
            self.close()
            raise SystemExit(f"interop: the node said nothing in {START_SECONDS} s")
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"interop: the node ended at once, exit {self.process.wait()}: see its words above")
        self.start = json.loads(line)
        self.ws = self.start["ws"]
        self.chain = Chain(self.ws)

    def close(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
