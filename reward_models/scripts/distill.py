"""Distils all-MiniLM-L6-v2 into one table of token vectors: mean pooling, nothing to attend to.

A row starts as a linear map of what the teacher knows of the token alone (its input embedding and
its sentence embedding of that one token), so rare words get a sensible place too; then each row
moves on its own. The loss compares cosines of pairs, which is what the score is made of.
"""

import sys
import time

import jax
import jax.numpy as jnp
import numpy as np
from safetensors.numpy import load_file

from common import CACHE, PAD, SEED, SEP, UNK, VOCABULARY, teacher_dir, tokenizer
from lessons import Lessons, gather
from teacher import vocabulary

DIMENSION = 256
STEPS = 900
BATCH = 384
MAX_TRAIN_LENGTH = 96
RATE = 4e-3
ROW_RATE = 1.0
HIDE = 0.1  # share of words left out of the student's texts, so that no single one is relied on
AIM = 0.01
DECAY = 1e-5
THE = 1996  # id of 'the', from which on the vocabulary is listed by frequency


def kept_tokens() -> np.ndarray:
    """Old id → row of the table. Non-ASCII and unused tokens share the row of [UNK]."""
    vocab = tokenizer().get_vocab(with_added_tokens=True)
    words = {i: w for w, i in vocab.items()}
    row, rows = 0, np.zeros(VOCABULARY, np.int64)
    for i in range(VOCABULARY):
        if i != UNK and (not words[i].isascii() or words[i].startswith("[unused")):
            rows[i] = -1
            continue
        rows[i], row = row, row + 1
    rows[rows < 0] = rows[UNK]
    return rows


def features() -> np.ndarray:
    """What the teacher knows of each token alone, two blocks of 384, each of unit length."""
    words = np.asarray(load_file(teacher_dir() / "model.safetensors")["embeddings.word_embeddings.weight"], np.float32)
    words = words - words.mean(0)
    words /= np.linalg.norm(words, axis=1, keepdims=True) + 1e-6
    alone = vocabulary()
    alone = alone - alone.mean(0)
    return np.concatenate([alone, words], axis=1)


def start(known: np.ndarray, taught: np.ndarray, rows_of: np.ndarray) -> dict:
    """The map starts as the principal axes of the taught embeddings, the weights as if words were
    Zipf's: the vocabulary is listed by frequency from 'the' on, and frequent words say little."""
    rng = np.random.default_rng(SEED)
    _, _, axes = np.linalg.svd(taught[rng.permutation(len(taught))[:8000]], full_matrices=False)
    share = 0.1 / np.maximum(np.arange(VOCABULARY) - THE + 1.0, 1.0)
    weight = np.zeros(known.shape[0])
    weight[rows_of] = np.log(3e-4 / (3e-4 + share))
    return {
        "map": np.concatenate([axes[:DIMENSION].T, np.zeros((known.shape[1] - 384, DIMENSION))]).astype(np.float32),
        "weight": np.zeros(known.shape[1], np.float32),
        "row": np.zeros((known.shape[0], DIMENSION), np.float32),
        "row_weight": weight.astype(np.float32),
        "axes": axes[:DIMENSION].T.astype(np.float32),
    }


def table(p: dict, known):
    weight = jnp.exp(known @ p["weight"] + p["row_weight"])
    return (known @ p["map"] + p["row"]) * weight[:, None]


def pool(rows, ids, mask):
    mean = (rows[ids] * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
    return mean / (jnp.linalg.norm(mean, axis=1, keepdims=True) + 1e-6)


def loss(params, known, ids, mask, taught, aim):
    out = pool(table(params, known), ids, mask)
    gap = (out @ out.T - taught @ taught.T) * (1 - jnp.eye(len(ids)))
    # Cosines of pairs are what is scored; the direction itself teaches faster at the beginning.
    return jnp.mean(gap**2) + AIM * jnp.mean(1 - (out * aim).sum(1)) + DECAY * jnp.mean(params["row"] ** 2)


@jax.jit
def step(params, first, second, count, rate, known, ids, mask, taught, aim):
    value, grads = jax.value_and_grad(loss)(params, known, ids, mask, taught, aim)
    first = {k: 0.9 * first[k] + 0.1 * grads[k] for k in grads}
    second = {k: 0.99 * second[k] + 0.01 * grads[k] ** 2 for k in grads}

    def move(k):
        scale = rate * (ROW_RATE if k.startswith("row") else 1.0)
        return params[k] - scale * (first[k] / (1 - 0.9**count)) / (jnp.sqrt(second[k] / (1 - 0.99**count)) + 1e-8)

    return {k: move(k) for k in params}, first, second, value


def batch(total: int, own: int, rng: np.random.Generator) -> np.ndarray:
    """Half strangers, half runs of neighbours, so that near pairs are seen as often as far ones; a
    quarter of the runs are from our own passages, which are what the model will read."""
    starts = rng.integers(0, total - 6, BATCH // 12)
    starts[::4] = rng.integers(0, own - 6, len(starts[::4]))
    runs = (starts[:, None] + np.arange(6)).ravel()
    return np.concatenate([rng.choice(total, BATCH - len(runs), replace=False), runs])


def padded(rows: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    width = 32 * -(-max(map(len, rows)) // 32)
    ids, mask = np.full((len(rows), width), PAD, np.int64), np.zeros((len(rows), width), np.float32)
    for k, row in enumerate(rows):
        ids[k, : len(row)], mask[k, : len(row)] = row, 1
    return ids, mask


def train(lessons: Lessons, rows_of: np.ndarray, steps: int = STEPS) -> np.ndarray:
    """The learned table, one row per kept token. Each step touches only the rows of its own tokens."""
    rng = np.random.default_rng(SEED)
    known = np.zeros((rows_of.max() + 1, 768), np.float32)
    known[rows_of] = features()
    params = start(known, lessons.taught, rows_of)
    aims = lessons.taught @ params.pop("axes")
    aims /= np.linalg.norm(aims, axis=1, keepdims=True)
    first = {k: np.zeros_like(v) for k, v in params.items()}
    second = {k: np.zeros_like(v) for k, v in params.items()}
    began = time.process_time()
    for count in range(1, steps + 1):
        pick = batch(len(lessons.rows), lessons.own, rng)
        cut = [r if len(r) <= MAX_TRAIN_LENGTH else [*r[: MAX_TRAIN_LENGTH - 1], SEP] for r in (lessons.rows[i] for i in pick)]
        ids, mask = padded(cut)
        mask *= rng.random(mask.shape) >= HIDE
        mask[:, 0] = 1
        used, place = np.unique(rows_of[ids], return_inverse=True)
        used = np.concatenate([used, np.repeat(used[:1], -len(used) % 1024)])

        def part(state):
            return {k: v[used] if k.startswith("row") else v for k, v in state.items()}

        rate = RATE * min(1.0, count / 50) * 0.5 * (1 + np.cos(np.pi * count / steps))
        moved = step(
            part(params), part(first), part(second), count, rate, known[used],
            place.reshape(ids.shape), mask, lessons.taught[pick], aims[pick],
        )
        for state, new in zip((params, first, second), moved[:3]):
            for k, v in new.items():
                if k.startswith("row"):
                    # The filler repeats the first row and has no gradient: write it from its true place.
                    state[k][used[::-1]] = np.asarray(v)[::-1]
                else:
                    state[k] = v
        if count % 100 == 0:
            print(f"step {count} loss {float(moved[3]):.5f} cpu {time.process_time() - began:.0f} s", flush=True)
    return np.asarray(table(params, known))


if __name__ == "__main__":
    learned = train(gather(), kept_tokens(), int(sys.argv[1]) if len(sys.argv) > 1 else STEPS)
    CACHE.mkdir(parents=True, exist_ok=True)
    np.save(CACHE / "relevance-table.npy", learned)
