"""Old blocks: readable while the chain keeps their state, and a clear word when it doesn't."""

from report import equal

from . import expected
from .context import Context

# States that a node keeps which is not an archive.
WINDOW = 4_096


def recent(c: Context) -> str:
    """A block within the window, after what it held has changed."""
    old = c.chain.head()
    free, rows = c.chain.free(c.user.cold), expected.neurons(c.chain, 1, old)
    c.sdk.transfer(c.user, c.stranger.cold, 10**9).must()
    # Past an epoch.
    c.chain.fast_forward(120)
    equal("balance then", c.sdk.balance(c.user.cold, old), free)
    assert c.sdk.balance(c.user.cold) < free, "the balance is the same now"
    got = c.sdk.metagraph(1, old)
    equal("block then", got["block"], old)
    for name in ("emission", "alpha_stake", "last_update"):
        equal(f"{name} then", [row[name] for row in got["neurons"]], [row[name] for row in rows])
    now = c.sdk.metagraph(1, c.chain.head())["neurons"]
    assert [n["alpha_stake"] for n in now] != [r["alpha_stake"] for r in rows], "nothing was earned since"
    return f"balance and metagraph of block {old}, {c.chain.head() - old} blocks ago"


def archive(c: Context) -> str:
    sdk = type(c.sdk)(c.archive.ws)
    try:
        head = c.archive.head()
        assert head > WINDOW + 10, f"only {head} blocks"
        equal("balance at block 1", sdk.balance(c.user.cold, 1), c.archive.free(c.user.cold, 1))
        got = sdk.metagraph(1, 5)
        equal("subnet at block 5", {k: v for k, v in got.items() if k != "neurons"}, expected.subnet(c.archive, 1, 5))
        return f"blocks 1 and 5 at head {head}"
    finally:
        sdk.close()


def pruned(c: Context) -> str:
    sdk = type(c.sdk)(c.pruned.ws)
    try:
        head = c.pruned.head()
        kept = head - WINDOW + 200
        equal("balance within the window", sdk.balance(c.user.cold, kept), c.pruned.free(c.user.cold, kept))
        try:
            value = sdk.balance(c.user.cold, 1)
        except Exception as error:  # each SDK has its own class
            assert "discarded" in str(error) or "pruned" in str(error).lower(), f"{type(error).__name__}: {error}"
            return f"block {kept} readable at head {head}; block 1: {type(error).__name__}: {error}"[:160]
        raise AssertionError(f"block 1 answered with {value}")
    finally:
        sdk.close()


def fallback(c: Context) -> str:
    """A node that lost the state and an archive of the same chain: the SDK turns from the one to the other."""
    head = c.pruned.head()
    equal("the two chains", c.archive.hash(head), c.pruned.hash(head))
    sdk = type(c.sdk)(c.pruned.ws, archive=c.archive.ws)
    try:
        equal("balance at block 1", sdk.balance(c.user.cold, 1), c.archive.free(c.user.cold, 1))
        return "block 1 through the archive endpoint"
    finally:
        sdk.close()
