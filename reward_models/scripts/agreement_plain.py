"""A plain second opinion beside the head: three logits from a dozen numbers (cosines and counts), fitted on the lessons.

The head has enough weights to learn the lessons by heart; these few can't, so on new questions they steady it.
"""

import numpy as np

import agreement_edits as edit
from agreement_graph import build
from agreement_measure import first_text
from agreement_pairs import AGAINST, HEDGED, OMITS, PADDED, SAME, SHORT
from agreement_read import Reader
from agreement_split import lessons
from common import CACHE, SEED
from golden import pair_feed

TARGETS = {"right": SAME, "polite": SAME, "hedged": HEDGED, "padded": PADDED, "short": SHORT, "wrong": AGAINST, "omits": OMITS}
HEAD = 0.6  # how much the head counts beside the plain opinion; chosen on the first half of the marked set
STEPS, RATE, DECAY = 3000, 0.05, 1e-3


def examples() -> tuple[list[tuple[str, str]], np.ndarray]:
    """The lessons for learning with the stored reference, and the plainest other answers."""
    rng, taught, rows = np.random.default_rng(SEED + 5), lessons(test=False), []
    for x in taught:
        first = first_text(x.ask, x.reference)
        rows += [(first, text, TARGETS[kind]) for kind, _, text in x.answers]
        rows.append((first, edit.denied(x.reference, rng), AGAINST))
        rows.append((first, x.reference, SAME))
        rows += [(first, y.reference, OMITS) for y in taught if y.passage == x.passage and y is not x]
        rows.append((first, " ".join(x.pieces[:2]), OMITS))
        rows.append((first, " ".join(x.pieces[: int(len(x.pieces) * 0.7)]), OMITS))
    return [(a, b) for a, b, _ in rows], np.asarray([t for _, _, t in rows], np.float32)


class Apart(Reader):
    """The head's logits and the plain numbers side by side."""

    def __call__(self, pairs: list[tuple[str, str]]) -> np.ndarray:
        out = [np.concatenate(self.model.run(["logits", "plain"], pair_feed([e])), -1) for e in self.encode(pairs)]
        return np.concatenate(out)


def softmax(x: np.ndarray) -> np.ndarray:
    e = np.exp(x - x.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def fit(numbers: np.ndarray, target: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Logistic regression by plain descent on numbers brought to one scale."""
    mean, spread = numbers.mean(0), numbers.std(0) + 1e-6
    x = (numbers - mean) / spread
    w, b = np.zeros((x.shape[1], 3), np.float32), np.zeros(3, np.float32)
    weight = (1 / target.sum(0))[target.argmax(1)][:, None] * len(target) / 3
    for _ in range(STEPS):
        gap = (softmax(x @ w + b) - target) * weight / len(target)
        w, b = w - RATE * 10 * (x.T @ gap + DECAY * w), b - RATE * 10 * gap.sum(0)
    w = w / spread[:, None]
    return w.astype(np.float32), (b - mean @ w).astype(np.float32)


def apart(learned: dict) -> Apart:
    path = CACHE / "agreement-apart.onnx"
    build(path, learned, apart=True)
    return Apart(path)


def steadied(learned: dict) -> dict:
    """The learned weights with the plain ones beside them, both opinions weighed."""
    pairs, target = examples()
    w, b = fit(apart(learned)(pairs)[:, 3:], target)
    return learned | {"out2_w": learned["out2_w"] * HEAD, "out2_b": learned["out2_b"] * HEAD, "plain_w": w, "plain_b": b}
