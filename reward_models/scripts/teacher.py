"""What the full model says: embeddings of texts, kept on disk between runs."""

import hashlib
import json

import numpy as np

from common import CACHE, FULL, VOCABULARY, pad, session, sha256, tokenizer

MAX_LENGTH = 256
TOKENS_PER_BATCH = 1024


def token_rows(texts: list[str], max_length: int = MAX_LENGTH) -> list[list[int]]:
    tok = tokenizer()
    tok.enable_truncation(max_length)
    return [e.ids for e in tok.encode_batch(texts)]


def run_rows(rows: list[list[int]], what: str) -> np.ndarray:
    """Embeddings of id rows in length-sorted batches; the answer is in the order of `rows`."""
    key = hashlib.sha256(json.dumps([sha256(FULL), rows]).encode()).hexdigest()[:16]
    path = CACHE / f"teacher-{what}-{key}.npy"
    if path.exists():
        return np.load(path)
    model = session(FULL)
    out = np.zeros((len(rows), 384), np.float32)
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    at = 0
    while at < len(order):
        # Sorted ascending: the last of a batch is the longest, so look ahead for the fitting size.
        size = max(1, TOKENS_PER_BATCH // len(rows[order[min(at + 32, len(order) - 1)]]))
        batch = order[at : at + size]
        ids = pad([rows[i] for i in batch])
        mask = pad([[1] * len(rows[i]) for i in batch])
        out[batch] = model.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        at += size
    CACHE.mkdir(parents=True, exist_ok=True)
    np.save(path, out)
    return out


def embed(texts: list[str], what: str) -> np.ndarray:
    return run_rows(token_rows(texts), what)


def vocabulary() -> np.ndarray:
    """Each token alone between [CLS] and [SEP]: what the teacher makes of a word without context."""
    return run_rows([[101, token, 102] for token in range(VOCABULARY)], "vocabulary")
