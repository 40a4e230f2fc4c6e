"""Weights: in the clear, by hash, timelocked; each proven by the row on chain."""

import hashlib
import struct

import scale
from report import equal

from .context import Context
from .errors import named

MAX = 65535
# A round of the quicknet beacon with its signature: with it on chain, what was encrypted to it opens.
DRAND_ROUND = 1000
DRAND_SIGNATURE = bytes.fromhex(
    "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39"
)
PLAIN, COMMITTED = 1, 2  # netuids


def set_weights(c: Context) -> str:
    """By a validator and by the owner, then an epoch, so that other checks have numbers to compare."""
    c.skip_to_epoch(PLAIN)
    miner, user = (c.chain.get("Uids", PLAIN, actor.hot) for actor in (c.miner, c.user))
    out = c.sdk.set_weights(c.validator, PLAIN, {miner: 1.0, user: 0.5}).must()
    row = c.chain.get("Weights", PLAIN, c.chain.get("Uids", PLAIN, c.validator.hot))
    equal("row on chain", row, [(miner, MAX), (user, round(0.5 * MAX))])
    uid = c.chain.get("Uids", PLAIN, c.validator.hot)
    equal("last update", c.chain.get("LastUpdate", PLAIN)[uid], out.block)
    equal("fee", out.fee, 0)
    c.sdk.set_weights(c.owner, PLAIN, {miner: 0.25, user: 0.75}).must()
    row = c.chain.get("Weights", PLAIN, c.chain.get("Uids", PLAIN, c.owner.hot))
    equal("row of the owner", row, [(miner, round(0.25 / 0.75 * MAX)), (user, MAX)])
    assert "SubtensorModule.WeightsSet" in c.sdk.events(out.block), "no event WeightsSet"
    c.skip_to_epoch(PLAIN)
    c.skip_to_epoch(PLAIN)
    incentive = c.chain.get("Incentive", PLAIN)
    assert incentive[miner] > 0, f"no incentive after an epoch: {incentive}"
    return f"two rows as sent, free of fee; incentive {incentive} after an epoch"


def commit_hash(hotkey: str, index: int, uids, values, salt, version_key: int) -> str:
    """The hash that the chain keeps, made from its definition and not by the SDK."""
    parts = scale.account(hotkey) + struct.pack("<H", index)
    parts += scale.vec(uids, "H") + scale.vec(values, "H") + scale.vec(salt, "H") + struct.pack("<Q", version_key)
    return "0x" + hashlib.blake2b(parts, digest_size=32).hexdigest()


def hash_commit(c: Context) -> str:
    row, salt = {1: 40_000, 2: MAX}, [7, 8, 9]
    expected = commit_hash(c.validator.hot, COMMITTED, row.keys(), row.values(), salt, 0)
    c.skip_to_epoch(COMMITTED)
    out = c.sdk.commit_hash(c.validator, COMMITTED, row, salt, expected).must()
    commits = c.chain.get("WeightCommits", COMMITTED, c.validator.hot)
    equal("hash on chain", commits[-1][0], expected)
    assert "SubtensorModule.CRV3WeightsCommitted" not in c.sdk.events(out.block), "an event of an older scheme"
    assert "SubtensorModule.WeightsCommitted" in c.sdk.events(out.block), "no event WeightsCommitted"
    early = c.sdk.reveal_hash(c.validator, COMMITTED, row, salt)
    named(early, "RevealTooEarly")
    c.skip_to_epoch(COMMITTED)
    c.sdk.reveal_hash(c.validator, COMMITTED, row, salt).must()
    uid = c.chain.get("Uids", COMMITTED, c.validator.hot)
    equal("row after the reveal", c.chain.get("Weights", COMMITTED, uid), list(row.items()))
    return f"{expected[:10]}… committed, early reveal refused, row {list(row.items())} after the epoch"


def timelocked_commit(c: Context) -> str:
    """The SDK's own way where commit-reveal is on: encrypted to the beacon's round after the reveal epoch."""
    c.skip_to_epoch(COMMITTED)
    epoch = c.chain.get("SubnetEpochIndex", COMMITTED)
    out = c.sdk.set_weights(c.validator, COMMITTED, {1: 0.5, 2: 1.0}).must()
    assert "SubtensorModule.TimelockedWeightsCommitted" in c.sdk.events(out.block), "no event"
    hotkey, block, ciphertext, drand_round = c.chain.get("TimelockedWeightCommits", COMMITTED, epoch)[-1]
    equal("hotkey and block", (hotkey, block), (c.validator.hot, out.block))
    mine = [commit for commit in c.sdk.pending_commits(COMMITTED) if commit["block"] == out.block]
    equal("pending commits shown", len(mine), 1)
    equal("round shown", (mine[0]["hotkey"], mine[0]["round"]), (hotkey, drand_round))
    return f"round {drand_round}, {len(ciphertext)} bytes, in storage at epoch {epoch} and in the SDK's list"


def timelocked_reveal(c: Context) -> str:
    """The chain opens what the SDK encrypted, once the beacon's signature of the round is there."""
    c.skip_to_epoch(COMMITTED)
    uids, values = [1, 2], [20_000, MAX]
    payload = scale.compact(32) + scale.account(c.owner.hot) + scale.vec(uids, "H") + scale.vec(values, "H") + bytes(8)
    # The SDK's envelope holds the ciphertext and the round; the chain takes the ciphertext.
    ciphertext = scale.Reader(c.sdk.encrypt(payload, DRAND_ROUND)).bytes()
    out = c.sdk.call(
        c.owner, "commit_timelocked_mechanism_weights", "hotkey", netuid=COMMITTED, mecid=0, commit=ciphertext,
        reveal_round=DRAND_ROUND, commit_reveal_version=4,
    ).must()  # fmt: skip
    before = c.chain.get("Weights", COMMITTED, 0)
    pulse = struct.pack("<Q", DRAND_ROUND)
    for part in (hashlib.sha256(DRAND_SIGNATURE).digest(), DRAND_SIGNATURE):
        pulse += scale.compact(len(part)) + part
    c.chain.put("Drand", "Pulses", scale.HASHERS["B"](struct.pack("<Q", DRAND_ROUND)), pulse)
    c.skip_to_epoch(COMMITTED)
    row = c.chain.get("Weights", COMMITTED, 0)
    equal("row after the reveal", row, list(zip(uids, values)))
    assert row != before, "the row was there before"
    block = c.chain.get("LastEpochBlock", COMMITTED)
    assert "SubtensorModule.TimelockedWeightsRevealed" in c.sdk.events(block), f"no event in block {block}"
    return f"committed in block {out.block}, opened in block {block}: {row}"
