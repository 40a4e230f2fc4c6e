"""The reader behind `agreement`: MiniLM as it is, over question, reference and answer apart, and a small head over all three.

The head is the only part that learns. It lines up each token with the other text's tokens, compares what was
lined up, lets the comparisons read each other once, and sums up. `agreement_signs` tells it which words are shared.
"""

import jax
import jax.numpy as jnp
import numpy as np
from safetensors.numpy import load_file

from agreement_signs import COUNTS, SIGNS, THE, matches, signs, tables
from common import SEED, teacher_dir

LAYERS, SIZE, HEADS = 6, 384, 12
MIDDLE = 2  # the layer whose states are seen beside the last one's
EPSILON = 1e-12
WIDTH = 160
LOOKS = 4  # ways of lining up, heads of the reading
HIDDEN = 128
VECTOR = 96


def teacher() -> dict:
    w = load_file(teacher_dir() / "model.safetensors")
    return {k.removeprefix("bert."): np.asarray(v, np.float32) for k, v in w.items()}


def known() -> dict:
    """What doesn't learn, beside the encoder itself."""
    words = teacher()["embeddings.word_embeddings.weight"]
    return {"words": words, "mean": words[THE:].mean(0)} | tables()


def start() -> dict:
    rng = np.random.default_rng(SEED)

    def dense(rows: int, columns: int, scale: float = 1.0):
        return (scale * rng.standard_normal((rows, columns)) / np.sqrt(rows)).astype(np.float32)

    def zero(n: int):
        return np.zeros(n, np.float32)

    p = {"in_w": dense(2 * SIZE, WIDTH), "in_signs": dense(SIGNS, WIDTH), "in_b": zero(WIDTH)}
    p |= {"ask_w": dense(WIDTH, WIDTH, 0.5), "tell_w": dense(WIDTH, WIDTH, 0.5)}
    # Per way of lining up: weight of the states' cosine, of the same word, of a near word.
    p["line"] = np.asarray([[12, 2, 0], [6, 6, 2], [8, 0, 6], [4, 1, 1]], np.float32)
    p |= {"compare_w": dense(4 * WIDTH, WIDTH), "compare_signs": dense(SIGNS + 2, WIDTH), "compare_b": zero(WIDTH)}
    for name in ("q", "k", "v", "o"):
        p |= {f"{name}_w": dense(WIDTH, WIDTH, 0.5 if name == "o" else 1.0), f"{name}_b": zero(WIDTH)}
    p |= {"up_w": dense(WIDTH, 2 * WIDTH), "up_b": zero(2 * WIDTH), "down_w": dense(2 * WIDTH, WIDTH, 0.5), "down_b": zero(WIDTH)}
    p |= {f"n{i}_{k}": np.full(WIDTH, v, np.float32) for i in (0, 1, 2) for k, v in (("w", 1.0), ("b", 0.0))}
    p |= {"vector_w": dense(SIZE, VECTOR)}
    p |= {"out1_w": dense(4 * WIDTH + 2 * VECTOR + 3 + COUNTS, HIDDEN), "out1_b": zero(HIDDEN)}
    p |= {"out2_w": dense(HIDDEN, 3, 0.3), "out2_b": zero(3)}
    return p


def norm(x, w, b):
    mean = x.mean(-1, keepdims=True)
    spread = ((x - mean) ** 2).mean(-1, keepdims=True)
    return (x - mean) * jax.lax.rsqrt(spread + 1e-6) * w + b


def unit(x):
    return x / jnp.sqrt((x * x).sum(-1, keepdims=True) + 1e-6)


def gelu(x):
    return jax.nn.gelu(x, approximate=False)


def drop(x, key, salt: int, rate: float = 0.15):
    if key is None:
        return x
    kept = jax.random.bernoulli(jax.random.fold_in(key, salt), 1 - rate, x.shape)
    return x * kept / (1 - rate)


def split(x):
    return x.reshape(*x.shape[:2], LOOKS, -1).transpose(0, 2, 1, 3)


def merge(x):
    return x.transpose(0, 2, 1, 3).reshape(x.shape[0], x.shape[2], -1)


def mean_of(x, part):
    return (x * part[..., None]).sum(1) / (part.sum(1, keepdims=True) + 1e-6)


def forward(p: dict, fixed: dict, ids, mask, kinds, q, seen, key=None):
    """Three logits per pair. `q` is 1 on the question's tokens, `seen` the encoder's states of every token."""
    own = mask * (1 - q)
    first, second = own * (1 - kinds), own * kinds
    equal, near = matches(fixed["words"][ids], fixed["mean"], ids, mask, kinds)
    told, counts = signs(fixed, q, ids, mask, kinds, equal, near)
    last = seen[..., SIZE:]
    vectors = unit(last)
    cosine = vectors @ vectors.transpose(0, 2, 1)
    z = norm(gelu(drop(seen, key, 0) @ p["in_w"] + told @ p["in_signs"] + p["in_b"]), p["n0_w"], p["n0_b"])
    # Reference and answer line up with each other, the question with nothing.
    facing = (kinds[:, :, None] != kinds[:, None, :]) * own[:, :, None] * own[:, None, :]
    scores = split(z @ p["ask_w"]) @ split(z @ p["tell_w"]).transpose(0, 1, 3, 2) / np.sqrt(WIDTH / LOOKS)
    for i, value in enumerate((cosine, equal, near)):
        scores = scores + value[:, None] * p["line"][:, i][:, None, None]
    lined = merge(jax.nn.softmax(jnp.where(facing[:, None] > 0, scores, -1e4), -1) @ split(z))
    best = jnp.max(cosine * facing, -1)
    asked = jnp.max(cosine * q[:, None, :], -1)
    extra = jnp.concatenate([told, best[..., None], asked[..., None]], -1)
    pairs = jnp.concatenate([z, lined, jnp.abs(z - lined), z * lined], -1)
    c = gelu(drop(pairs, key, 1) @ p["compare_w"] + extra @ p["compare_signs"] + p["compare_b"])
    c = c + read(p, norm(c, p["n1_w"], p["n1_b"]), mask)
    c = c + drop(gelu(norm(c, p["n2_w"], p["n2_b"]) @ p["up_w"] + p["up_b"]) @ p["down_w"] + p["down_b"], key, 2)
    tops = [jnp.max(jnp.where(part[..., None] > 0, c, -30.0), 1) for part in (first, second)]
    asks, one, two = (mean_of(last, part) for part in (q * mask, first, second))
    cosines = jnp.stack([(unit(a) * unit(b)).sum(-1) for a, b in ((one, two), (asks, two), (asks, one))], -1)
    u, v = unit(one) @ p["vector_w"] * 4, unit(two) @ p["vector_w"] * 4
    summed = [mean_of(c, first), mean_of(c, second), *tops, jnp.abs(u - v), u * v, cosines * 3, counts]
    hidden = gelu(drop(jnp.concatenate(summed, -1), key, 3) @ p["out1_w"] + p["out1_b"])
    return drop(hidden, key, 4) @ p["out2_w"] + p["out2_b"]


def read(p: dict, x, mask):
    """One look of every comparison at all others."""
    q, k, v = (split(x @ p[f"{n}_w"] + p[f"{n}_b"]) for n in "qkv")
    scores = q @ k.transpose(0, 1, 3, 2) / np.sqrt(WIDTH / LOOKS) + ((1 - mask) * -1e4)[:, None, None, :]
    return merge(jax.nn.softmax(scores, -1) @ v) @ p["o_w"] + p["o_b"]
