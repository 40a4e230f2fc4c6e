"""The head of `agreement_net` as parts of the graph, step for step."""

import math

import numpy as np

from agreement_marks import Marks, matches, signs
from agreement_net import LOOKS, SIZE, WIDTH, known
from export_full import gelu


class Head:
    """Small steps over one graph and the learned weights, which are kept in 16 bits."""

    def __init__(self, marks: Marks, p: dict):
        self.m, self.g, self.p = marks, marks.g, p

    def weight(self, name: str) -> str:
        return self.g.cast(self.g.const(self.p[name].astype(np.float16), name))

    def dense(self, x: str, name: str, bias: bool = True) -> str:
        out = self.g.op("MatMul", x, self.weight(f"{name}_w"))
        return self.g.op("Add", out, self.g.f32(self.p[f"{name}_b"])) if bias else out

    def norm(self, x: str, name: str) -> str:
        scale, shift = self.g.f32(self.p[f"{name}_w"]), self.g.f32(self.p[f"{name}_b"])
        return self.g.op("LayerNormalization", x, scale, shift, axis=-1, epsilon=1e-6)

    def unit(self, x: str) -> str:
        g = self.g
        length = g.op("Sqrt", g.op("Add", g.op("ReduceSum", g.op("Mul", x, x), g.i64([-1]), keepdims=1), g.f32(1e-6)))
        return g.op("Div", x, length)

    def split(self, x: str, perm: tuple = (0, 2, 1, 3)) -> str:
        return self.g.op("Transpose", self.g.op("Reshape", x, self.g.i64([0, 0, LOOKS, WIDTH // LOOKS])), perm=list(perm))

    def merge(self, x: str) -> str:
        return self.g.op("Reshape", self.g.op("Transpose", x, perm=[0, 2, 1, 3]), self.g.i64([0, 0, WIDTH]))

    def last_axis(self, x: str) -> str:
        return self.g.op("Unsqueeze", x, self.g.i64([2]))

    def mean_of(self, x: str, part: str) -> str:
        g = self.g
        total = g.op("ReduceSum", g.op("Mul", x, self.last_axis(part)), g.i64([1]), keepdims=0)
        return g.op("Div", total, g.op("Add", g.op("ReduceSum", part, g.i64([1]), keepdims=1), g.f32(1e-6)))

    def top_of(self, x: str, part: str) -> str:
        g = self.g
        held = g.op("Greater", self.last_axis(part), g.f32(0.5))
        return g.op("ReduceMax", g.op("Where", held, x, g.f32(-30.0)), axes=[1], keepdims=0)

    def looked(self, scores: str, values: str) -> str:
        return self.merge(self.g.op("MatMul", self.g.op("Softmax", scores, axis=-1), values))

    def products(self, one: str, two: str) -> str:
        scaled = self.g.op("MatMul", self.split(one), self.split(two, (0, 2, 3, 1)))
        return self.g.op("Mul", scaled, self.g.f32(1 / math.sqrt(WIDTH / LOOKS)))


def lined_up(h: Head, z: str, cosine: str, equal: str, near: str, facing: str) -> str:
    g = h.g
    scores = h.products(h.dense(z, "ask", False), h.dense(z, "tell", False))
    for i, value in enumerate((cosine, equal, near)):
        share = g.op("Mul", g.op("Unsqueeze", value, g.i64([1])), g.f32(h.p["line"][:, i][:, None, None]))
        scores = g.op("Add", scores, share)
    seen = g.op("Unsqueeze", g.op("Greater", facing, g.f32(0.5)), g.i64([1]))
    return h.looked(g.op("Where", seen, scores, g.f32(-1e4)), h.split(z))


def read(h: Head, x: str, mask: str) -> str:
    g = h.g
    hidden = g.op("Unsqueeze", g.op("Mul", h.m.less(mask), g.f32(-1e4)), g.i64([1, 2]))
    scores = g.op("Add", h.products(h.dense(x, "q"), h.dense(x, "k")), hidden)
    return h.dense(h.looked(scores, h.split(h.dense(x, "v"))), "o")


def summed(h: Head, c: str, last: str, q: str, first: str, second: str, counts: str) -> tuple[str, str]:
    g = h.g
    means = [h.mean_of(last, part) for part in (h.m.times(q, h.m.mask), first, second)]
    asks, one, two = (h.unit(x) for x in means)

    def cosine(a: str, b: str) -> str:
        return g.op("ReduceSum", g.op("Mul", a, b), g.i64([-1]), keepdims=1)

    cosines = g.op("Concat", cosine(one, two), cosine(asks, two), cosine(asks, one), axis=-1)
    u, v = (g.op("Mul", h.dense(x, "vector", False), g.f32(4.0)) for x in (one, two))
    parts = [h.mean_of(c, first), h.mean_of(c, second), h.top_of(c, first), h.top_of(c, second)]
    plain = g.op("Concat", g.op("Mul", cosines, g.f32(3.0)), counts, axis=-1)
    parts += [g.op("Abs", g.op("Sub", u, v)), g.op("Mul", u, v), plain]
    return g.op("Concat", *parts, axis=-1), plain


def head(m: Marks, q: str, words: str, seen: str, p: dict) -> tuple[str, str]:
    """The three logits, and the few plain numbers: cosines and counts."""
    g, h, fixed = m.g, Head(m, p), known()
    own = m.times(m.mask, m.less(q))
    first, second = m.times(own, m.less(m.kinds)), m.times(own, m.kinds)
    equal, near = matches(m, words, fixed["mean"])
    told, counts = signs(m, fixed, q, equal, near)
    last = g.op("Slice", seen, g.i64([SIZE]), g.i64([2 * SIZE]), g.i64([2]))
    vectors = h.unit(last)
    cosine = g.op("MatMul", vectors, g.op("Transpose", vectors, perm=[0, 2, 1]))
    z = g.op("Add", g.op("Add", g.op("MatMul", seen, h.weight("in_w")), g.op("MatMul", told, h.weight("in_signs"))), g.f32(p["in_b"]))
    z = h.norm(gelu(g, z), "n0")
    apart = g.cast(g.op("Not", m.both("Equal", m.kinds_in)))
    facing = m.times(apart, m.both("Mul", own))
    lined = lined_up(h, z, cosine, equal, near, facing)
    best = m.top(m.times(cosine, facing))
    asked_best = m.top(g.op("Mul", cosine, g.op("Unsqueeze", q, g.i64([1]))))
    extra = g.op("Concat", told, h.last_axis(best), h.last_axis(asked_best), axis=-1)
    pairs = g.op("Concat", z, lined, g.op("Abs", g.op("Sub", z, lined)), g.op("Mul", z, lined), axis=-1)
    c = g.op("Add", h.dense(pairs, "compare"), g.op("MatMul", extra, h.weight("compare_signs")))
    c = gelu(g, c)
    c = g.op("Add", c, read(h, h.norm(c, "n1"), m.mask))
    c = g.op("Add", c, h.dense(gelu(g, h.dense(h.norm(c, "n2"), "up")), "down"))
    every, plain = summed(h, c, last, q, first, second, counts)
    return h.dense(gelu(g, h.dense(every, "out1")), "out2"), plain
