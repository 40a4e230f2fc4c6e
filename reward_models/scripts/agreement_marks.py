"""`agreement_signs` as parts of the graph, function for function."""

from dataclasses import dataclass

import numpy as np

from agreement_signs import QUESTION_MARK
from graph import Graph


@dataclass
class Marks:
    """The graph and its inputs: `kinds_in` and `ids` are whole numbers, `mask` and `kinds` floats."""

    g: Graph
    ids: str
    kinds_in: str
    mask: str
    kinds: str

    def both(self, op: str, value: str, other: str | None = None) -> str:
        """[batch, i, j] of a value at i and another (or the same) at j."""
        g = self.g
        return g.op(op, g.op("Unsqueeze", value, g.i64([2])), g.op("Unsqueeze", other or value, g.i64([1])))

    def less(self, value: str) -> str:
        return self.g.op("Sub", self.g.f32(1.0), value)

    def times(self, *values: str) -> str:
        out = values[0]
        for value in values[1:]:
            out = self.g.op("Mul", out, value)
        return out

    def top(self, value: str, keep: int = 0) -> str:
        return self.g.op("ReduceMax", value, axes=[-1], keepdims=keep)

    def total(self, value: str) -> str:
        return self.g.op("ReduceSum", value, self.g.i64([-1]), keepdims=0)

    def looked_up(self, table: np.ndarray) -> str:
        return self.g.op("Gather", self.g.f32(table), self.ids, axis=0)


def asked(p: Marks) -> str:
    g, first = p.g, p.times(p.mask, p.less(p.kinds))
    marks = p.times(g.cast(g.op("Equal", p.ids, g.i64(QUESTION_MARK))), first)
    before = g.op("CumSum", marks, g.i64(1), exclusive=1)
    none_before = g.cast(g.op("Less", before, g.f32(0.5)))
    return p.times(first, none_before, p.top(marks, keep=1))


def matches(p: Marks, words: str, mean: np.ndarray) -> tuple[str, str]:
    g = p.g
    apart = p.times(g.cast(g.op("Not", p.both("Equal", p.kinds_in))), p.both("Mul", p.mask))
    v = g.op("Sub", words, g.f32(mean))
    length = g.op("Sqrt", g.op("Add", g.op("ReduceSum", g.op("Mul", v, v), g.i64([-1]), keepdims=1), g.f32(1e-6)))
    v = g.op("Div", v, length)
    near = g.op("Relu", g.op("MatMul", v, g.op("Transpose", v, perm=[0, 2, 1])))
    return p.times(g.cast(p.both("Equal", p.ids)), apart), p.times(near, apart)


def signs(p: Marks, known: dict, q: str, equal: str, near: str) -> tuple[str, str]:
    g = p.g
    own = p.times(p.mask, p.less(q))
    both = p.both("Mul", own)
    said, close = p.top(p.times(equal, both)), p.top(p.times(near, both))
    same = g.op("Mul", g.cast(p.both("Equal", p.ids)), g.op("Unsqueeze", q, g.i64([1])))
    echoed = p.times(p.top(same), own)
    number, negative = (p.times(p.looked_up(known[t]), own) for t in ("numeric", "negative"))
    each = [said, close, number, p.times(number, said), q, echoed, negative]
    first, second = p.times(own, p.less(p.kinds)), p.times(own, p.kinds)
    weight = p.times(p.looked_up(known["rare"]), own, p.less(echoed))

    def share(value: str, part: str) -> str:
        known = g.op("Add", p.total(p.times(weight, part)), g.f32(0.01))
        return g.op("Div", p.total(p.times(value, weight, part)), known)

    lost = p.times(number, p.less(said), p.less(echoed))
    no_first, no_second = p.top(p.times(negative, first)), p.top(p.times(negative, second))
    counts = [share(close, first), share(said, first), share(close, second), share(said, second)]
    counts += [p.top(p.times(lost, first)), p.top(p.times(lost, second)), no_first, no_second]
    counts += [g.op("Abs", g.op("Sub", no_first, no_second))]
    counts += [g.op("Div", p.total(part), g.f32(64.0)) for part in (first, second)]
    every = [*each, *(p.times(v, p.kinds) for v in each)]
    told = g.op("Concat", *(g.op("Unsqueeze", v, g.i64([2])) for v in every), axis=-1)
    return told, g.op("Concat", *(g.op("Unsqueeze", v, g.i64([1])) for v in counts), axis=-1)
