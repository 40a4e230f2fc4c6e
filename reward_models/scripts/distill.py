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
STEPS = 1500
BATCH = 384
MAX_TRAIN_LENGTH = 96
RATE = 2e-3
ROW_RATE = 0.5


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


def start(known: np.ndarray, taught: np.ndarray) -> dict:
    """The map starts as the principal axes of the taught embeddings; row corrections at zero."""
    rng = np.random.default_rng(SEED)
    _, _, axes = np.linalg.svd(taught[rng.permutation(len(taught))[:8000]], full_matrices=False)
    return {
        "map": jnp.asarray(np.concatenate([axes[:DIMENSION].T, np.zeros((known.shape[1] - 384, DIMENSION))]), jnp.float32),
        "weight": jnp.zeros((known.shape[1],)),
        "row_weight": jnp.zeros((known.shape[0],)),
        "row": jnp.zeros((known.shape[0], DIMENSION)),
    }


def table(params: dict, known: jnp.ndarray) -> jnp.ndarray:
    weight = jnp.exp(known @ params["weight"] + params["row_weight"])
    return (known @ params["map"] + params["row"]) * weight[:, None]


def pool(rows: jnp.ndarray, ids: jnp.ndarray, mask: jnp.ndarray) -> jnp.ndarray:
    mean = (rows[ids] * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
    return mean / (jnp.linalg.norm(mean, axis=1, keepdims=True) + 1e-6)


def loss(params, known, ids, mask, taught):
    out = pool(table(params, known), ids, mask)
    gap = out @ out.T - taught @ taught.T
    gap = gap * (1 - jnp.eye(len(ids)))
    # Squared error finds the scale; the centred part is what a rank correlation sees.
    return jnp.mean(gap**2) + 0.3 * jnp.var(gap) + 1e-6 * jnp.mean(params["row"] ** 2)


@jax.jit
def step(params, first, second, count, rate, known, ids, mask, taught):
    value, grads = jax.value_and_grad(loss)(params, known, ids, mask, taught)

    def update(name):
        m = 0.9 * first[name] + 0.1 * grads[name]
        v = 0.99 * second[name] + 0.01 * grads[name] ** 2
        scale = rate * (ROW_RATE if name.startswith("row") else 1.0)
        move = scale * (m / (1 - 0.9**count)) / (jnp.sqrt(v / (1 - 0.99**count)) + 1e-8)
        return params[name] - move, m, v

    new = {name: update(name) for name in params}
    return tuple({n: new[n][k] for n in new} for k in range(3)) + (value,)


def batch(lessons: Lessons, rng: np.random.Generator, order: np.ndarray) -> np.ndarray:
    """Half strangers, half runs of neighbours, so that near pairs are seen as often as far ones."""
    picked = rng.choice(len(order), BATCH // 2, replace=False)
    starts = rng.integers(0, len(order) - 6, BATCH // 12)
    runs = (starts[:, None] + np.arange(6)).ravel()
    return np.unique(np.concatenate([picked, runs]))[:BATCH]


def train(lessons: Lessons, rows_of: np.ndarray, steps: int = STEPS) -> np.ndarray:
    """The learned table, one row per kept token."""
    rng = np.random.default_rng(SEED)
    known = np.zeros((rows_of.max() + 1, 768), np.float32)
    known[rows_of] = features()
    known = jnp.asarray(known)
    params = start(np.asarray(known), lessons.taught)
    first = {k: jnp.zeros_like(v) for k, v in params.items()}
    second = {k: jnp.zeros_like(v) for k, v in params.items()}
    order, began = np.arange(len(lessons.rows)), time.process_time()
    for count in range(1, steps + 1):
        pick = batch(lessons, rng, order)
        pick = np.concatenate([pick, rng.choice(len(order), BATCH - len(pick))])
        rows = []
        for i in pick:
            ids = lessons.rows[i]
            rows.append(ids if len(ids) <= MAX_TRAIN_LENGTH else [*ids[: MAX_TRAIN_LENGTH - 1], SEP])
        width = 32 * -(-max(map(len, rows)) // 32)
        ids = np.full((BATCH, width), PAD, np.int64)
        mask = np.zeros((BATCH, width), np.float32)
        for k, row in enumerate(rows):
            ids[k, : len(row)], mask[k, : len(row)] = row, 1
        rate = RATE * min(1.0, count / 50) * 0.5 * (1 + np.cos(np.pi * count / steps))
        params, first, second, value = step(params, first, second, count, rate, known, rows_of[ids], mask, lessons.taught[pick])
        if count % 100 == 0:
            print(f"step {count} loss {float(value):.5f} cpu {time.process_time() - began:.0f} s", flush=True)
    return np.asarray(table(params, known))


if __name__ == "__main__":
    learned = train(gather(), kept_tokens(), int(sys.argv[1]) if len(sys.argv) > 1 else STEPS)
    CACHE.mkdir(parents=True, exist_ok=True)
    np.save(CACHE / "relevance-table.npy", learned)
