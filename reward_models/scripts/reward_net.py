"""The reward network, twice: in JAX to train it, as an ONNX graph to run it.

Token vectors and marks go through convolutions (word order), each token of the answer looks once at
the prompt (one attention head), and the answer's tokens are pooled into one logit. The marks say
what embeddings can't: does this token, this pair, this triple of tokens also stand in the prompt,
and did it stand in the answer before.
"""

import jax
import jax.numpy as jnp
import numpy as np

from common import SEED
from graph import Graph

EMBED, HIDDEN, HEAD, DENSE = 64, 96, 48, 64
MARKS = 8
SPECIAL = 103  # ids up to [MASK] are special or unused


def init(known: np.ndarray) -> dict:
    rng = np.random.default_rng(SEED)

    def matrix(rows: int, cols: int, gain: float = 1.0) -> np.ndarray:
        return (rng.standard_normal((rows, cols)) * gain / np.sqrt(rows)).astype(np.float32)

    return {
        "map": matrix(known.shape[1], EMBED, np.sqrt(known.shape[1])),
        "conv1": matrix(5 * (EMBED + MARKS), HIDDEN), "bias1": np.zeros(HIDDEN, np.float32),
        "conv2": matrix(3 * HIDDEN, HIDDEN), "bias2": np.zeros(HIDDEN, np.float32),
        "query": matrix(HIDDEN, HEAD), "key": matrix(HIDDEN, HEAD), "value": matrix(HIDDEN, HIDDEN),
        "conv3": matrix(3 * 3 * HIDDEN, HIDDEN), "bias3": np.zeros(HIDDEN, np.float32),
        "dense": matrix(2 * HIDDEN + MARKS + 1, DENSE), "dense_bias": np.zeros(DENSE, np.float32),
        "logit": matrix(DENSE, 1, 0.3), "logit_bias": np.zeros(1, np.float32),
    }


def token_table(params: dict, known) -> jnp.ndarray:
    """Rows of unit mean square: the table that is stored in the shipped model."""
    raw = known @ params["map"]
    return raw / jnp.sqrt((raw**2).mean(1, keepdims=True) + 1e-6)


# ---- JAX ----


def _shift(x, by: int):
    """x[i + by] along axis 1, zeros beyond the ends."""
    if by == 0:
        return x
    blank = jnp.zeros_like(x[:, : abs(by)])
    return jnp.concatenate([x[:, by:], blank], 1) if by > 0 else jnp.concatenate([blank, x[:, :by]], 1)


def _conv(x, weight, bias, width: int):
    half = width // 2
    return jnp.concatenate([_shift(x, k) for k in range(-half, half + 1)], 2) @ weight + bias


def _gelu(x):
    return x * jax.nn.sigmoid(1.702 * x)


def marks(ids, mask, types):
    """Eight numbers per token: seen in the prompt as word, pair, triple; repeated likewise; side; special."""
    plain = mask * (ids > SPECIAL)
    both = plain[:, :, None] * plain[:, None, :]
    same = (ids[:, :, None] == ids[:, None, :]) * both
    side = types[:, :, None] * (1 - types[:, None, :])
    size = ids.shape[1]
    earlier = jnp.asarray(np.tril(np.ones((size, size), np.float32), -1)) * types[:, :, None] * types[:, None, :]

    def runs(one):
        two = one * jnp.pad(one[:, 1:, 1:], ((0, 0), (0, 1), (0, 1)))
        three = two * jnp.pad(one[:, 2:, 2:], ((0, 0), (0, 2), (0, 2)))
        return [m.max(2) for m in (one, two, three)]

    return jnp.stack([*runs(same * side), *runs(same * earlier), types * mask, mask - plain], 2)


def forward(params, table, ids, mask, types, drop):
    """Logits of a batch. `drop` multiplies token vectors: zeros hide words while training."""
    m = marks(ids, mask, types)
    m_ = mask[..., None]
    x = jnp.concatenate([table[ids] * drop[..., None] * m_, m], 2)
    h = _gelu(_conv(x, params["conv1"], params["bias1"], 5)) * m_
    h = h + _gelu(_conv(h, params["conv2"], params["bias2"], 3)) * m_
    prompt, answer = mask * (1 - types), mask * types
    scores = (h @ params["query"]) @ jnp.swapaxes(h @ params["key"], 1, 2) / np.sqrt(HEAD)
    share = jax.nn.softmax(scores + (prompt[:, None, :] - 1) * 1e4, axis=-1)
    seen = share @ (h @ params["value"]) * m_
    z = jnp.concatenate([h, seen, h * seen], 2)
    h = h + _gelu(_conv(z, params["conv3"], params["bias3"], 3)) * m_
    a_ = answer[..., None]
    count = answer.sum(1, keepdims=True)
    mean, top = (h * a_).sum(1) / count, (h * a_ + (a_ - 1) * 1e4).max(1)
    facts = jnp.concatenate([mean, top, (m * a_).sum(1) / count, jnp.log(jnp.minimum(count, 96.0)) / 4], 1)
    return (_gelu(facts @ params["dense"] + params["dense_bias"]) @ params["logit"] + params["logit_bias"])[:, 0]


# ---- ONNX ----


class Net(Graph):
    """The same functions as graph nodes."""

    def weight(self, params, name):
        return self.f32(params[name], name)

    def gelu(self, x):
        return self.op("Mul", x, self.op("Sigmoid", self.op("Mul", x, self.f32(1.702))))

    def pad(self, x, amounts):
        return self.op("Pad", x, self.i64(amounts), self.f32(0.0))

    def slice(self, x, start, end, axis):
        return self.op("Slice", x, self.i64([start]), self.i64([end]), self.i64([axis]))

    def conv(self, x, params, index, width):
        half, last = width // 2, 2**31 - 1
        wide = self.pad(x, [0, half, 0, 0, half, 0])
        parts = [self.slice(wide, k, k - width + 1 if k < width - 1 else last, 1) for k in range(width)]
        out = self.op("MatMul", self.op("Concat", *parts, axis=2), self.weight(params, f"conv{index}"))
        return self.gelu(self.op("Add", out, self.weight(params, f"bias{index}")))

    def outer(self, a, b):
        """a as a column times b as a row: [batch, sequence, sequence]."""
        return self.op("Mul", self.op("Unsqueeze", a, self.i64([2])), self.op("Unsqueeze", b, self.i64([1])))

    def runs(self, one):
        last = 2**31 - 1

        def ahead(by):
            cut = self.slice(self.slice(one, by, last, 1), by, last, 2)
            return self.pad(cut, [0, 0, 0, 0, by, by])

        two = self.op("Mul", one, ahead(1))
        three = self.op("Mul", two, ahead(2))
        return [self.op("ReduceMax", m, axes=[2], keepdims=1) for m in (one, two, three)]

    def marks(self, ids, mask, types):
        plain = self.op("Mul", mask, self.cast(self.op("Greater", ids, self.i64(SPECIAL))))
        equal = self.op("Equal", self.op("Unsqueeze", ids, self.i64([2])), self.op("Unsqueeze", ids, self.i64([1])))
        same = self.op("Mul", self.cast(equal), self.outer(plain, plain))
        cross = self.op("Mul", same, self.outer(types, self.op("Sub", self.f32(1.0), types)))
        within = self.op("Trilu", self.op("Mul", same, self.outer(types, types)), self.i64(-1), upper=0)
        rest = [self.op("Mul", types, mask), self.op("Sub", mask, plain)]
        rest = [self.op("Unsqueeze", r, self.i64([2])) for r in rest]
        return self.op("Concat", *self.runs(cross), *self.runs(within), *rest, axis=2)


def export(params: dict, rows: np.ndarray, scale: np.ndarray, rows_of: np.ndarray, path) -> None:
    """Writes the network with its table in int8 (`rows` × `scale`), ids mapped by `rows_of`."""
    g = Net("preference")
    ids = g.input("input_ids", ["batch", "sequence"])
    mask = g.cast(g.input("attention_mask", ["batch", "sequence"]))
    types = g.cast(g.input("token_type_ids", ["batch", "sequence"]))
    m_ = g.op("Unsqueeze", mask, g.i64([2]))
    row = g.cast(g.op("Gather", g.const(rows_of.astype(np.int16), "row_of"), ids, axis=0), 7)
    vectors = g.op("Mul", g.cast(g.op("Gather", g.const(rows, "table"), row, axis=0)), g.op("Gather", g.const(scale, "scale"), row, axis=0))
    m = g.marks(ids, mask, types)
    x = g.op("Concat", g.op("Mul", vectors, m_), m, axis=2)
    h = g.op("Mul", g.conv(x, params, 1, 5), m_)
    h = g.op("Add", h, g.op("Mul", g.conv(h, params, 2, 3), m_))
    prompt = g.op("Mul", mask, g.op("Sub", g.f32(1.0), types))
    query = g.op("MatMul", h, g.weight(params, "query"))
    key = g.op("Transpose", g.op("MatMul", h, g.weight(params, "key")), perm=[0, 2, 1])
    scores = g.op("Div", g.op("MatMul", query, key), g.f32(np.sqrt(HEAD)))
    hidden = g.op("Mul", g.op("Sub", g.op("Unsqueeze", prompt, g.i64([1])), g.f32(1.0)), g.f32(1e4))
    share = g.op("Softmax", g.op("Add", scores, hidden), axis=-1)
    seen = g.op("Mul", g.op("MatMul", share, g.op("MatMul", h, g.weight(params, "value"))), m_)
    z = g.op("Concat", h, seen, g.op("Mul", h, seen), axis=2)
    h = g.op("Add", h, g.op("Mul", g.conv(z, params, 3, 3), m_))
    a_ = g.op("Unsqueeze", g.op("Mul", mask, types), g.i64([2]))
    count = g.op("Max", g.op("ReduceSum", a_, g.i64([1]), keepdims=0), g.f32(1.0))
    mean = g.op("Div", g.op("ReduceSum", g.op("Mul", h, a_), g.i64([1]), keepdims=0), count)
    low = g.op("Mul", g.op("Sub", a_, g.f32(1.0)), g.f32(1e4))
    top = g.op("ReduceMax", g.op("Add", g.op("Mul", h, a_), low), axes=[1], keepdims=0)
    marked = g.op("Div", g.op("ReduceSum", g.op("Mul", m, a_), g.i64([1]), keepdims=0), count)
    size = g.op("Div", g.op("Log", g.op("Min", count, g.f32(96.0))), g.f32(4.0))
    facts = g.op("Concat", mean, top, marked, size, axis=1)
    dense = g.gelu(g.op("Add", g.op("MatMul", facts, g.weight(params, "dense")), g.weight(params, "dense_bias")))
    g.output("logit", g.op("Add", g.op("MatMul", dense, g.weight(params, "logit")), g.weight(params, "logit_bias")), ["batch", 1])
    g.save(path)
