"""Trains the head in two courses, on pairs drawn once and read once: the encoder's states are kept, so many passes are cheap."""

import os
import time
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np

import agreement_net as net
from agreement_pairs import MIXES, Outside, Written, invented
from agreement_states import States, encoded
from common import CACHE, SEED

WIDTHS = [48, 64, 80, 104, 136, 192]
BATCH = 64
RATE, DECAY = 1e-3, 0.02


@dataclass(frozen=True)
class Course:
    """What is drawn for it, how many steps it takes, and over how many its rate would fall to nothing."""

    pairs: dict
    steps: int
    fall: int


COURSES = {
    "first": Course({"written": 14000, "invented": 3000, "outside": 2500}, 600, 2400),
    "second": Course({"written": 8000, "invented": 700, "outside": 900}, 420, 420),
}


def drawn(name: str, seed: int) -> list:
    rng, written, outside = np.random.default_rng(seed), Written(MIXES[name]), Outside()
    draw = {"written": written.pair, "invented": invented, "outside": outside.pair}
    return [draw[source](rng) for source, count in COURSES[name].pairs.items() for _ in range(count)]


def loss(p, fixed, ids, mask, kinds, q, seen, target, key):
    logits = net.forward(p, fixed, ids, mask, kinds, q, seen.astype(jnp.float32), key)
    return -(jax.nn.log_softmax(logits) * target).sum(-1).mean()


@jax.jit
def step(p, first, second, mean, count, rate, fixed, batch, key):
    value, grads = jax.value_and_grad(loss)(p, fixed, *batch, key)
    size = jnp.sqrt(sum(jnp.sum(g**2) for g in grads.values()))
    grads = {k: g * jnp.minimum(1.0, 1.0 / (size + 1e-9)) for k, g in grads.items()}
    first = {k: 0.9 * first[k] + 0.1 * g for k, g in grads.items()}
    second = {k: 0.99 * second[k] + 0.01 * g**2 for k, g in grads.items()}

    def move(k):
        turn = (first[k] / (1 - 0.9**count)) / (jnp.sqrt(second[k] / (1 - 0.99**count)) + 1e-8)
        return p[k] - rate * ((30.0 if k == "line" else 1.0) * turn + (DECAY * p[k] if k.endswith("_w") else 0.0))

    p = {k: move(k) for k in p}
    return p, first, second, {k: 0.995 * mean[k] + 0.005 * p[k] for k in p}, value


def batches(rows: list[tuple], rng: np.random.Generator):
    """Index batches of one width each, in random order; a pass leaves a few rows out."""
    length = np.asarray([sum(map(len, r)) for r in rows])
    order, out = rng.permutation(len(rows)), []
    fits = np.searchsorted(WIDTHS, length[order])
    for i, width in enumerate(WIDTHS):
        of = order[fits == i]
        out += [(width, of[at : at + BATCH]) for at in range(0, len(of) - BATCH + 1, BATCH)]
    return [out[i] for i in rng.permutation(len(out))]


def taught(p: dict, course: Course, rows: list[tuple], target: np.ndarray, states: States, fixed: dict, seed: int) -> dict:
    """The running mean of the weights over one course."""
    first = second = {k: jnp.zeros_like(v) for k, v in p.items()}
    rng, mean, count, losses, began = np.random.default_rng(seed), p, 0, [], time.time()
    while count < course.steps:
        for width, of in batches(rows, rng):
            count += 1
            rate = RATE * min(1.0, count / 60) * 0.5 * (1 + np.cos(np.pi * min(1.0, count / course.fall)))
            batch = (*states.batch([rows[i] for i in of], width), target[of])
            key = jax.random.fold_in(jax.random.key(seed), count)
            p, first, second, mean, value = step(p, first, second, mean, count, rate, fixed, batch, key)
            losses.append(float(value))
            if count % 100 == 0:
                print(f"step {count}/{course.steps} loss {np.mean(losses[-100:]):.4f} {time.time() - began:.0f} s", flush=True)
                np.savez(CACHE / f"agreement-head-{seed}-{count}.npz", **mean)
            if count == course.steps:
                break
    return mean


def train() -> dict:
    """Both courses; the second draws pairs of its own and goes on with the first's. With KEEP=1 a finished first is taken up again."""
    states, fixed, p = States(), jax.tree.map(jnp.asarray, net.known()), jax.tree.map(jnp.asarray, net.start())
    pairs = []
    for number, (name, course) in enumerate(COURSES.items()):
        pairs += drawn(name, SEED + number)
        kept = CACHE / f"agreement-head-{name}.npz"
        rows = encoded(pairs)
        states.add([part for row in rows for part in row])
        if os.environ.get("KEEP") and kept.exists():
            p = {k: jnp.asarray(v) for k, v in np.load(kept).items()}
            continue
        target = np.asarray([x.target for x in pairs], np.float32)
        p = taught(p, course, rows, target, states, fixed, SEED + number)
        np.savez(kept, **p)
    return {k: np.asarray(v) for k, v in p.items()}


if __name__ == "__main__":
    train()
