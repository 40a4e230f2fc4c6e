"""What the reader is told about each token beside its meaning: who else says it, and which few counts come of that.

Nothing here is learned. `tables` are per token of the vocabulary; the functions work on a batch of pairs.
"""

import jax.numpy as jnp
import numpy as np

from common import VOCABULARY, tokenizer

QUESTION_MARK = 1029
THE = 1996  # id of 'the', from which on the vocabulary is listed by frequency
NUMBER_WORDS = set(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion half "
    "third quarter twice double triple first second fourth fifth tenth".split()
)
NEGATIVE_WORDS = set(
    "not no never neither nor none nobody nothing without cannot t false wrong untrue incorrect myth mistaken mistake "
    "denies deny disproved contrary opposite reverse refused instead rather hardly".split()
)
SIGNS = 14
COUNTS = 11


def tables() -> dict:
    numeric, negative = np.zeros(VOCABULARY, np.float32), np.zeros(VOCABULARY, np.float32)
    for word, i in tokenizer().get_vocab().items():
        bare = word.removeprefix("##")
        numeric[i] = bare in NUMBER_WORDS or any(c.isdigit() for c in bare)
        negative[i] = word in NEGATIVE_WORDS
    rank = np.maximum(np.arange(VOCABULARY) - THE, 0)
    return {"numeric": numeric, "negative": negative, "rare": (np.log1p(rank) / np.log1p(rank[-1])).astype(np.float32)}


def matches(words, mean, ids, mask, kinds):
    """(equal, near): token pairs of different texts that are the same word, and how near the others' vectors are."""
    apart = (kinds[:, :, None] != kinds[:, None, :]) * mask[:, :, None] * mask[:, None, :]
    v = words - mean
    v = v / jnp.sqrt((v * v).sum(-1, keepdims=True) + 1e-6)
    near = jnp.maximum(v @ v.transpose(0, 2, 1), 0.0)
    return (ids[:, :, None] == ids[:, None, :]) * apart, near * apart


def signs(known, q, ids, mask, kinds, equal, near):
    """(signs per token, counts per pair); `q` is 1 on the question's tokens. The question doesn't count as saying what is asked for."""
    own = mask * (1 - q)
    both = own[:, :, None] * own[:, None, :]
    said, close = (equal * both).max(-1), (near * both).max(-1)
    same = (ids[:, :, None] == ids[:, None, :]) * q[:, None, :]
    echoed = same.max(-1) * own
    number, negative = known["numeric"][ids] * own, known["negative"][ids] * own
    each = jnp.stack([said, close, number, number * said, q, echoed, negative], -1)
    first, second = own * (1 - kinds), own * kinds
    weight = known["rare"][ids] * own * (1 - echoed)

    def share(value, part):
        return (value * weight * part).sum(-1) / ((weight * part).sum(-1) + 0.01)

    lost = number * (1 - said) * (1 - echoed)
    no_first, no_second = (negative * first).max(-1), (negative * second).max(-1)
    counts = [share(close, first), share(said, first), share(close, second), share(said, second)]
    counts += [(lost * first).max(-1), (lost * second).max(-1), no_first, no_second, jnp.abs(no_first - no_second)]
    counts += [first.sum(-1) / 64, second.sum(-1) / 64]
    return jnp.concatenate([each, each * kinds[..., None]], -1), jnp.stack(counts, -1)
