"""Feeds pairs to the exported reader, as the validator does: the reference is cut so that the answer keeps its place."""

from pathlib import Path

import numpy as np

from agreement_measure import ANSWER_LEAST, MAX_LENGTH
from common import session, tokenizer
from golden import pair_feed

SPECIAL = 3


class Encoder:
    def __init__(self):
        self.tok = tokenizer()
        self.tok.enable_truncation(MAX_LENGTH, strategy="longest_first")
        self.cut = tokenizer()

    def first(self, text: str) -> str:
        """At most what leaves the answer its least share."""
        ids = self.cut.encode(text, add_special_tokens=False)
        most = MAX_LENGTH - ANSWER_LEAST - SPECIAL
        return text if len(ids.ids) <= most else text[: ids.offsets[most - 1][1]]

    def __call__(self, pairs: list[tuple[str, str]]) -> list:
        return self.tok.encode_batch([(self.first(a), b) for a, b in pairs])


class Reader:
    def __init__(self, path: Path, threads: int = 2):
        self.model, self.encode = session(path, threads), Encoder()

    def __call__(self, pairs: list[tuple[str, str]]) -> np.ndarray:
        encoded = self.encode(pairs)
        out = np.zeros((len(pairs), 3), np.float32)
        order = sorted(range(len(pairs)), key=lambda i: len(encoded[i].ids))
        for at in range(0, len(order), 8):
            batch = order[at : at + 8]
            out[batch] = self.model.run(["agreement"], pair_feed([encoded[i] for i in batch]))[0]
        return out
