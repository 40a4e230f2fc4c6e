"""Compares the model files with their manifests, their earlier hashes and their golden scores.

`verify.py hashes` prints the manifests' hashes; `verify.py compare FILE` checks everything that is
there and names each file whose bytes are not the ones that FILE lists.
"""

import json
import sys
from pathlib import Path

import numpy as np

from common import MODELS, pad, read_toml, session, sha256

# kind → (the golden rows' field, how far off its numbers may be). Integer products make `agreement` jump a little
# where a sum's last bit differs and a rounding goes the other way.
GOLDEN = {"encoder": ("embedding", 1e-4), "reward": ("logit", 1e-4), "agreement": ("agreement", 1e-2)}


def manifests() -> list[Path]:
    return sorted(MODELS.glob("*.toml"))


def hashes() -> dict[str, str]:
    return {m["file"]: m["sha256"] for m in map(read_toml, manifests())}


def golden_fault(manifest: dict) -> str | None:
    """What is wrong with the model's scores for its golden rows, if anything."""
    rows = json.loads((MODELS / "golden" / f"{manifest['name']}.json").read_text())["rows"]
    model, worst = session(MODELS / manifest["file"]), 0.0
    field, tolerance = GOLDEN[manifest["kind"]]
    for row in rows:
        feed = {"input_ids": pad([row["ids"]]), "attention_mask": pad([[1] * len(row["ids"])])}
        if manifest["pair"]:
            feed["token_type_ids"] = pad([row["type_ids"]])
        got = model.run([manifest["output"]], feed)[0][0]
        expected = np.atleast_1d(np.asarray(row[field], np.float32))
        worst = max(worst, float(np.abs(got - expected).max()))
    return f"golden scores differ by {worst:.2e}" if not worst <= tolerance else None


def compare(before: dict[str, str]) -> int:
    faults = 0
    for path in manifests():
        manifest = read_toml(path)
        file = MODELS / manifest["file"]
        if not file.exists():
            print(f"{path.name}: {manifest['file']} is not there (make models builds it)")
            continue
        size = f"{file.stat().st_size / 1e6:.1f} MB"
        for wrong in (
            "file is not the one that the manifest names" if sha256(file) != manifest["sha256"] else None,
            "tokenizer is not the one that the manifest names"
            if sha256(MODELS / manifest["tokenizer"]) != manifest["tokenizer_sha256"]
            else None,
            golden_fault(manifest),
        ):
            if wrong:
                faults += 1
                print(f"{path.name}: {wrong}")
        same = before.get(manifest["file"]) == sha256(file)
        print(f"{path.name}: {size}, " + ("bytes as committed" if same else "bytes DIFFER from the committed ones"))
        if not same:
            print("  Training repeats its bytes only with the same passages and the same kind of processor.")
    return faults


if __name__ == "__main__":
    if sys.argv[1:2] == ["hashes"]:
        print(json.dumps(hashes()))
    elif sys.argv[1:2] == ["compare"] and len(sys.argv) == 3:
        sys.exit(1 if compare(json.loads(Path(sys.argv[2]).read_text())) else 0)
    else:
        sys.exit("usage: verify.py hashes | verify.py compare FILE")
