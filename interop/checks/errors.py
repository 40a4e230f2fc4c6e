"""Planted refusals: the SDK must show the chain's own name for each. The same calls succeed in the other checks."""

import re

from sdks.common import Outcome

from .context import Context

TAO = 10**9

# In the transaction pool the chain answers with a number, which SDK 11 gives a name and SDK 10 shows as it is.
POOL = {
    "StakeAmountTooLow": 1,
    "NotEnoughBalanceToStake": 2,
    "SubnetNotExists": 3,
    "RateLimitExceeded": 6,
    "HotKeyNotRegisteredInNetwork": 10,
    "InvalidIpAddress": 11,
    "ServingRateLimitExceeded": 12,
    "InvalidPort": 13,
    "InvalidRevealRound": 15,
    "NoWeightsCommitFound": 16,
    "RevealTooEarly": 17,
    "InputLengthsUnequal": 18,
    "HotKeyNotRegisteredInSubNet": 19,
}


def named(out: Outcome, *names: str) -> str:
    """The name, one of `names`, under which the SDK shows a refusal."""
    assert not out.ok, f"accepted in block {out.block}"
    said = f"{out.error} {out.data.get('message', '')}"
    for name in names:
        found = re.search(rf"\b{name}\b", said)
        if not found and name in POOL:
            found = re.search(rf"\bcustom error\W+{POOL[name]}\b", said, re.IGNORECASE)
        if found:
            return found.group(0) if found.group(0) == name else f"{name} as {found.group(0)!r}"
    raise AssertionError(f"expected {' or '.join(names)}, the SDK shows {said}")


def send(c: Context, by: str, function: str, signer: str = "coldkey", **how) -> Outcome:
    return c.sdk.call(getattr(c, by), function, signer, **how)


def weights(uids, values, netuid=1, version_key=0) -> dict:
    return {
        "function": "set_mechanism_weights",
        "signer": "hotkey",
        "netuid": netuid,
        "mecid": 0,
        "dests": uids,
        "weights": values,
        "version_key": version_key,
    }


def axon(ip: int, port: int = 8091, netuid: int = 1) -> dict:
    return {
        "function": "serve_axon",
        "signer": "hotkey",
        "netuid": netuid,
        "version": 1,
        "ip": ip,
        "port": port,
        "ip_type": 4,
        "protocol": 4,
        "placeholder1": 0,
        "placeholder2": 0,
    }


def stake(c: Context, rao: int, netuid: int = 1) -> dict:
    return {"function": "add_stake", "hotkey": c.validator.hot, "netuid": netuid, "amount_staked": rao}


def stake_elsewhere(c: Context) -> dict:
    """Stake on subnet 2 for a hotkey that isn't registered there: enough to weigh, nowhere to do it."""
    send(c, "user", **stake(c, 5 * TAO, 2) | {"hotkey": c.user.hot}).must()
    return {}


PUBLIC = 93 << 24 | 184 << 16 | 216 << 8 | 34
LOOPBACK = 127 << 24 | 1

# title -> (the name, how to provoke it)
PLANTED = {
    "stake of more than there is": ("NotEnoughBalanceToStake", lambda c: stake(c, 10**15) | {"by": "user"}),
    "stake below the minimum": ("StakeAmountTooLow|AmountTooLow", lambda c: stake(c, 1) | {"by": "user"}),
    "stake on no subnet": ("SubnetNotExists", lambda c: stake(c, TAO, 77) | {"by": "user"}),
    "registering twice": (
        "HotKeyAlreadyRegisteredInSubNet",
        lambda c: {"by": "user", "function": "burned_register", "netuid": 1, "hotkey": c.user.hot},
    ),
    "registering on no subnet": (
        "SubnetNotExists",
        lambda c: {"by": "user", "function": "burned_register", "netuid": 77, "hotkey": c.stranger.hot},
    ),
    # The pool asks for stake first.
    "weights of a stranger": ("StakeAmountTooLow", lambda c: weights([0], [1]) | {"by": "stranger"}),
    "commit of a hotkey without a uid": (
        "HotKeyNotRegisteredInSubNet",
        lambda c: stake_elsewhere(c)
        | {
            "by": "user",
            "function": "commit_weights",
            "signer": "hotkey",
            "netuid": 2,
            "commit_hash": "0x" + "22" * 32,
        },
    ),
    "weights without stake": (
        "NotEnoughStakeToSetWeights|StakeAmountTooLow",
        lambda c: weights([0, 1], [1, 1]) | {"by": "miner"},
    ),
    "weights to a uid twice": ("DuplicateUids", lambda c: weights([1, 1], [1, 1]) | {"by": "validator"}),
    "weights to no uid": ("UidVecContainInvalidOne", lambda c: weights([1, 99], [1, 1]) | {"by": "validator"}),
    "weights in the clear": (
        "CommitRevealEnabled",
        lambda c: weights([1, 2], [1, 1], netuid=2) | {"by": "validator"},
    ),
    "lengths that differ": (
        "WeightVecNotEqualSize|InputLengthsUnequal",
        lambda c: weights([1, 2], [1]) | {"by": "validator"},
    ),
    "commit where none is asked": (
        "CommitRevealDisabled",
        lambda c: {
            "by": "validator",
            "function": "commit_weights",
            "signer": "hotkey",
            "netuid": 1,
            "commit_hash": "0x" + "11" * 32,
        },
    ),
    "reveal without a commit": (
        "NoWeightsCommitFound",
        lambda c: {
            "by": "owner",
            "function": "reveal_weights",
            "signer": "hotkey",
            "netuid": 2,
            "uids": [1],
            "values": [1],
            "salt": [1],
            "version_key": 0,
        },
    ),
    "axon of a stranger": ("HotKeyNotRegisteredInNetwork", lambda c: axon(PUBLIC) | {"by": "stranger"}),
    "axon on loopback": ("InvalidIpAddress", lambda c: axon(LOOPBACK) | {"by": "owner"}),
    "axon on port 0": ("InvalidPort", lambda c: axon(PUBLIC, port=0) | {"by": "owner"}),
    "starting another's subnet": ("BadOrigin", lambda c: {"by": "stranger", "function": "start_call", "netuid": 3}),
    "starting twice": (
        "FirstEmissionBlockNumberAlreadySet",
        lambda c: {"by": "user", "function": "start_call", "netuid": 3},
    ),
    "sudo by anyone": (
        "RequireSudo|BadOrigin",
        lambda c: {
            "by": "stranger",
            "module": "AdminUtils",
            "function": "sudo_set_tempo",
            "netuid": 1,
            "tempo": 10,
        },
    ),
}

BEFORE_EPOCHS = ["weights without stake"]


def planted(c: Context, title: str) -> str:
    names, how = PLANTED[title]
    return named(send(c, **how(c)), *names.split("|"))


def weights_without_permit(c: Context) -> str:
    """A registered hotkey with stake enough: refused until an epoch gives it a permit."""
    # Being registered counts as an update.
    c.chain.fast_forward(31)
    c.skip_to_epoch(1)
    send(c, "user", **stake(c, 5 * TAO) | {"hotkey": c.user.hot}).must()
    how = weights([1, 2], [1, 1]) | {"by": "user"}
    said = named(send(c, **how), "NeuronNoValidatorPermit")
    c.skip_to_epoch(1)
    send(c, **how).must()
    return f"{said}; accepted after the epoch"


def weights_too_fast(c: Context) -> str:
    """The SDK's own way of setting weights, twice within the limit; then after it, which succeeds."""
    c.chain.fast_forward(31)
    c.sdk.set_weights(c.validator, 1, {2: 1.0, 3: 0.5}).must()
    again = c.sdk.set_weights(c.validator, 1, {2: 1.0, 3: 0.5})
    assert not again.ok, "a second set within the limit was accepted"
    pool = named(send(c, "validator", **weights([2, 3], [1, 1])), "RateLimitExceeded")
    c.chain.fast_forward(31)
    c.sdk.set_weights(c.validator, 1, {2: 1.0, 3: 0.5}).must()
    return f"the SDK doesn't even send it ({again.error}); the pool says {pool}; accepted after 31 blocks"


def serving_too_fast(c: Context) -> str:
    c.chain.fast_forward(21)
    send(c, "miner", **axon(PUBLIC)).must()
    said = named(send(c, "miner", **axon(PUBLIC, port=8092)), "ServingRateLimitExceeded")
    c.chain.fast_forward(21)
    c.sdk.serve_axon(c.miner, 1, "93.184.216.34", 8093).must()
    return f"{said}; accepted after 21 blocks"


def version_key(c: Context) -> str:
    def require(key: int):
        c.chain.put("SubtensorModule", "WeightsVersionKey", (1).to_bytes(2, "little"), key.to_bytes(8, "little"))
        c.chain.fast_forward(31)

    require(7)
    said = named(send(c, "validator", **weights([2, 3], [1, 1], version_key=6)), "IncorrectWeightVersionKey")
    send(c, "validator", **weights([2, 3], [1, 1], version_key=7)).must()
    require(0)
    return f"6 where 7 is asked: {said}; 7 is accepted"


def poor(c: Context) -> str:
    """A transfer of more than there is: the pallet refuses, and the fee is paid all the same."""
    before = c.chain.free(c.stranger.cold)
    how = {"module": "Balances", "dest": c.user.cold, "value": 1_000 * TAO}
    said = named(send(c, "stranger", "transfer_keep_alive", **how), "FundsUnavailable", "Funds are unavailable")
    paid = before - c.chain.free(c.stranger.cold)
    assert 0 < paid < TAO // 100, f"{paid} rao paid"
    return f"{said}; {paid} rao of fee paid"
