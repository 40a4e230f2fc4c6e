"""The frozen encoder's states of every text that the pairs use, each text read once."""

import hashlib
import json

import numpy as np

from agreement_graph import build_encoder
from agreement_net import SIZE
from agreement_signs import QUESTION_MARK
from common import CACHE, CLS, SEP, pad, session, sha256, tokenizer

LONGEST = 190  # tokens of a pair
TOKENS_PER_BATCH = 1536


def blocks(first: list[int], second: list[int]) -> tuple[tuple, tuple, tuple]:
    """Question, reference and answer as the graph parts them: after the first question mark, if there is one."""
    whole = [CLS, *first, SEP]
    at = whole.index(QUESTION_MARK) + 1 if QUESTION_MARK in whole else 0
    return tuple(whole[:at]), tuple(whole[at:]), (*second, SEP)


def cut(first: list[int], second: list[int]) -> tuple[list[int], list[int]]:
    """The longer one loses its end."""
    over = len(first) + len(second) + 3 - LONGEST
    if over <= 0:
        return first, second
    return (first[: max(len(second), len(first) - over)], second[: max(60, len(second) - over)])


class States:
    def __init__(self):
        self.path = CACHE / "agreement-encoder.onnx"
        CACHE.mkdir(parents=True, exist_ok=True)
        build_encoder(self.path)
        self.model = session(self.path)
        self.of: dict[tuple, np.ndarray] = {}

    def add(self, rows: list[tuple]) -> None:
        new = sorted({r for r in rows if r and r not in self.of}, key=lambda r: (len(r), r))
        kept = CACHE / f"agreement-states-{hashlib.sha256(json.dumps([sha256(self.path), new]).encode()).hexdigest()[:16]}.npy"
        if kept.exists():
            flat = np.load(kept)
        else:
            flat = np.concatenate(list(self.run(new)))
            np.save(kept, flat)
        at = 0
        for row in new:
            self.of[row] = flat[at : at + len(row)]
            at += len(row)

    def run(self, rows: list[tuple]):
        at, told = 0, 0
        while at < len(rows):
            size = max(1, TOKENS_PER_BATCH // len(rows[min(at + 48, len(rows) - 1)]))
            batch = [list(r) for r in rows[at : at + size]]
            ids, mask = pad(batch), pad([[1] * len(r) for r in batch])
            out = self.model.run(None, {"input_ids": ids, "attention_mask": mask})[0]
            yield from (o[: len(r)].astype(np.float16) for o, r in zip(out, batch))
            at += size
            if at - told > 3000:
                told = at
                print(f"read {at} of {len(rows)} texts", flush=True)

    def batch(self, rows: list[tuple], width: int):
        """(ids, mask, kinds, q, states) of pairs of one width; a row is (question, reference, answer)."""
        shape = (len(rows), width)
        ids, mask, kinds, q = np.zeros(shape, np.int32), np.zeros(shape, np.float32), np.zeros(shape, np.int32), np.zeros(shape, np.float32)
        seen = np.zeros((*shape, 2 * SIZE), np.float16)
        for i, (ask, reference, answer) in enumerate(rows):
            at = 0
            for part in (ask, reference, answer):
                if part:
                    ids[i, at : at + len(part)] = part
                    seen[i, at : at + len(part)] = self.of[part]
                at += len(part)
            mask[i, :at], q[i, : len(ask)], kinds[i, len(ask) + len(reference) : at] = 1, 1, 1
        return ids, mask, kinds, q, seen


def encoded(pairs: list) -> list[tuple]:
    """(question, reference, answer) as token rows."""
    tok = tokenizer()
    one = tok.encode_batch([p.first for p in pairs], add_special_tokens=False)
    two = tok.encode_batch([p.second for p in pairs], add_special_tokens=False)
    return [blocks(*cut(a.ids, b.ids)) for a, b in zip(one, two)]
