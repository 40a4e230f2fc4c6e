"""Writes the reader as ONNX: the frozen encoder with weights in seven bits and products in integers, and the head.

Each token's vector is scaled by itself before it is rounded, so a pair's chances don't depend on what
else is in the batch. Weights use seven of eight bits, because processors without wide integer
products add two of them in 16 bits: with eight the sum could overflow there and nowhere else.
"""

import math

import numpy as np

from agreement_head import head
from agreement_marks import Marks, asked
from agreement_net import EPSILON, HEADS, LAYERS, MIDDLE, SIZE, teacher
from agreement_signs import COUNTS
from export_full import gelu, norm
from graph import Graph

BOOL, INT64 = 9, 7
PLACES = 256
STEPS = 63.0


def rows_in_bytes(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    scale = np.abs(table).max(1, keepdims=True) / 127.0 + 1e-12
    return np.round(table / scale).astype(np.int8), scale.astype(np.float32)


def rounded(weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Columns in seven bits, each with a scale of its own."""
    scale = np.abs(weight).max(0) / STEPS + 1e-12
    return np.round(weight / scale).astype(np.int8), scale.astype(np.float32)


def in_bytes(g: Graph, x: str) -> tuple[str, str]:
    """Each vector of the last axis as unsigned bytes round 128, and its scale."""
    top = g.op("ReduceMax", g.op("Abs", x), axes=[-1], keepdims=1)
    scale = g.op("Mul", g.op("Max", top, g.f32(1e-6)), g.f32(1.0 / 127.0))
    return g.op("QuantizeLinear", g.op("Div", x, scale), g.f32(1.0), g.const(np.uint8(128))), scale


def linear(g: Graph, x: tuple[str, str], weight: np.ndarray, bias: np.ndarray) -> str:
    whole, scale = rounded(weight)
    product = g.op("MatMulInteger", x[0], g.const(whole), g.const(np.uint8(128)))
    return g.op("Add", g.op("Mul", g.op("Mul", g.cast(product), x[1]), g.f32(scale)), g.f32(bias))


def attention(g: Graph, x: str, bias: str, w: dict, prefix: str) -> str:
    head, bytes_of = SIZE // HEADS, in_bytes(g, x)
    split = g.i64([0, 0, HEADS, head])

    def project(name: str, perm: list[int]) -> str:
        flat = linear(g, bytes_of, w[f"{prefix}.self.{name}.weight"].T, w[f"{prefix}.self.{name}.bias"])
        return g.op("Transpose", g.op("Reshape", flat, split), perm=perm)

    query, key, value = project("query", [0, 2, 1, 3]), project("key", [0, 2, 3, 1]), project("value", [0, 2, 1, 3])
    scores = g.op("Add", g.op("Mul", g.op("MatMul", query, key), g.f32(1 / math.sqrt(head))), bias)
    mixed = g.op("MatMul", g.op("Softmax", scores, axis=-1), value)
    merged = g.op("Reshape", g.op("Transpose", mixed, perm=[0, 2, 1, 3]), g.i64([0, 0, SIZE]))
    return linear(g, in_bytes(g, merged), w[f"{prefix}.output.dense.weight"].T, w[f"{prefix}.output.dense.bias"])


def layer(g: Graph, x: str, bias: str, w: dict, i: int) -> str:
    prefix = f"encoder.layer.{i}"
    x = norm(g, g.op("Add", x, attention(g, x, bias, w, f"{prefix}.attention")), w, f"{prefix}.attention.output.LayerNorm", EPSILON)
    wide = gelu(g, linear(g, in_bytes(g, x), w[f"{prefix}.intermediate.dense.weight"].T, w[f"{prefix}.intermediate.dense.bias"]))
    down = linear(g, in_bytes(g, wide), w[f"{prefix}.output.dense.weight"].T, w[f"{prefix}.output.dense.bias"])
    return norm(g, g.op("Add", x, down), w, f"{prefix}.output.LayerNorm", EPSILON)


def states(g: Graph, ids: str, block: str, mask: str, w: dict) -> tuple[str, str]:
    """(word vectors, states after layer MIDDLE beside those after the last); each block reads itself alone, from place 0."""
    whole, scale = rows_in_bytes(w["embeddings.word_embeddings.weight"])
    words = g.op("Mul", g.cast(g.op("Gather", g.const(whole), ids, axis=0)), g.op("Gather", g.const(scale), ids, axis=0))
    pair = lambda op, v: g.op(op, g.op("Unsqueeze", v, g.i64([2])), g.op("Unsqueeze", v, g.i64([1])))
    alike = g.op("And", pair("Equal", block), g.op("Cast", pair("Mul", mask), to=BOOL))
    # How many tokens of one's own block stand before: the blocks follow each other, so this is the place in it.
    ones = g.cast(pair("Equal", block))
    here = g.op("CumSum", g.op("Add", g.op("Mul", g.cast(ids), g.f32(0.0)), g.f32(1.0)), g.i64(1))
    earlier = g.cast(g.op("Less", g.op("Unsqueeze", here, g.i64([1])), g.op("Unsqueeze", here, g.i64([2]))))
    place = g.cast(g.op("ReduceSum", g.op("Mul", ones, earlier), g.i64([2]), keepdims=0), INT64)
    positions = w["embeddings.position_embeddings.weight"][:PLACES] + w["embeddings.token_type_embeddings.weight"][0]
    x = g.op("Add", words, g.op("Gather", g.f32(positions), place, axis=0))
    x = norm(g, x, w, "embeddings.LayerNorm", EPSILON)
    bias = g.op("Unsqueeze", g.op("Where", alike, g.f32(0.0), g.f32(-1e9)), g.i64([1]))
    middle = None
    for i in range(LAYERS):
        x = layer(g, x, bias, w, i)
        middle = x if i == MIDDLE else middle
    return words, g.op("Concat", middle, x, axis=-1)


def build_encoder(path) -> None:
    """The frozen part alone: what training keeps of each text."""
    g = Graph("agreement-encoder")
    ids = g.input("input_ids", ["batch", "sequence"])
    mask = g.cast(g.input("attention_mask", ["batch", "sequence"]))
    block = g.op("Sub", ids, ids)
    g.output("states", states(g, ids, block, mask, teacher())[1], ["batch", "sequence", 2 * SIZE])
    g.save(path)


def build(path, learned: dict, apart: bool = False) -> None:
    """`apart`: the head's logits and the plain numbers as they are, to fit the plain weights with."""
    g, p = Graph("agreement"), {k: np.asarray(v) for k, v in learned.items()}
    ids, mask_in, kinds_in = (g.input(n, ["batch", "sequence"]) for n in ("input_ids", "attention_mask", "token_type_ids"))
    marks = Marks(g, ids, kinds_in, g.cast(mask_in), g.cast(kinds_in))
    q = asked(marks)
    block = g.op("Sub", g.op("Add", kinds_in, g.i64(1)), g.cast(q, INT64))
    words, seen = states(g, ids, block, marks.mask, teacher())
    logits, plain = head(marks, q, words, seen, p)
    if apart:
        g.output("logits", logits, ["batch", 3])
        g.output("plain", plain, ["batch", COUNTS + 3])
    else:
        fitted = g.op("Add", g.op("MatMul", plain, g.f32(p["plain_w"])), g.f32(p["plain_b"]))
        g.output("agreement", g.op("Softmax", g.op("Add", logits, fitted), axis=-1), ["batch", 3])
    g.save(path)
