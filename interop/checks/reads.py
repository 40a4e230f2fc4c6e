"""Reading: connection, subscriptions, the whole of a subnet, hyperparameters."""

import asyncio

from report import equal

from . import expected
from .context import Context


def connect(c: Context) -> str:
    version = c.chain.rpc("state_getRuntimeVersion")
    equal("spec version", c.sdk.spec_version(), version["specVersion"])
    equal("seconds per block", c.sdk.block_seconds(), 0.25)
    head, behind = c.chain.head(), c.sdk.head()
    assert head <= behind <= head + 4, f"the SDK's head is {behind}, the chain's was {head}"
    finalized = c.sdk.finalized()
    assert behind - 4 <= finalized < c.sdk.head(), f"finalized {finalized} at head {behind}"
    return f"spec {version['specVersion']}, head {behind}, finalized {finalized}"


def subscription(c: Context) -> str:
    numbers = c.sdk.heads(4)
    equal("heads", numbers, list(range(numbers[0], numbers[0] + 4)))
    return f"heads {numbers}"


def asynchronous(c: Context) -> str:
    head, hotkeys = asyncio.run(c.sdk.async_reads(1))
    assert c.chain.head() - 20 <= head <= c.chain.head(), f"head {head}"
    equal("hotkeys", hotkeys, [row["hotkey"] for row in expected.neurons(c.chain, 1, c.chain.head())])
    return f"head {head} and {len(hotkeys)} hotkeys"


def metagraph(c: Context) -> str:
    block = c.chain.head()
    got, fields = c.sdk.metagraph(1, block), 0
    rows = got.pop("neurons")
    equal("subnet", got, expected.subnet(c.chain, 1, block))
    want = expected.neurons(c.chain, 1, block)
    equal("neurons", len(rows), len(want))
    for row, truth in zip(rows, want):
        for name, value in row.items():
            equal(f"{name} of uid {row['uid']}", value, truth[name])
            fields += 1
    alive = sum(row["incentive"] > 0 for row in rows), sum(row["dividends"] > 0 for row in rows)
    assert all(alive), "an epoch without incentive or dividends compares zeros"
    return f"{len(got)} subnet fields and {fields} of {len(rows)} neurons equal storage at block {block}"


def neurons(c: Context) -> str:
    block, fields = c.chain.head(), 0
    rows, want = c.sdk.neurons(1, block), expected.neurons(c.chain, 1, block)
    equal("neurons", len(rows), len(want))
    for row, truth in zip(rows, want):
        for name, value in row.items():
            equal(f"{name} of uid {row['uid']}", value, truth[name])
            fields += 1
    entries = sum(len(row["weights"]) for row in rows), sum(len(row["bonds"]) for row in rows)
    assert all(entries), "no weights or no bonds to compare"
    return f"{fields} fields of {len(rows)} neurons, {entries[0]} weights and {entries[1]} bonds equal storage"


def hyperparameters(c: Context) -> str:
    block = c.chain.head()
    for netuid in (1, 2):
        got = c.sdk.hyperparameters(netuid, block)
        for name, value in expected.hyperparameters(c.chain, netuid, block).items():
            equal(f"{name} of subnet {netuid}", got[name], value)
    equal("burn", c.sdk.burn(1), c.chain.get("Burn", 1))
    return f"{len(expected.HYPERPARAMETERS)} values of two subnets equal storage, and the burn"


def block_and_events(c: Context) -> str:
    out = c.sdk.transfer(c.user, c.stranger.cold, 1_000_000).must()
    hash_, calls = c.sdk.block_calls(out.block)
    equal("hash", hash_, c.chain.hash(out.block))
    equal("extrinsics", len(calls), len(c.chain.extrinsics(out.block)))
    call = calls[out.index]
    assert call.startswith("Balances.transfer"), f"the transfer is shown as {call}"
    equal("timestamp", round(c.sdk.timestamp(out.block) * 1000), c.chain.timestamp(out.block))
    events = c.sdk.events(out.block)
    equal("number of events", len(events), c.chain.event_count(out.block))
    for name in ("Balances.Transfer", "TransactionPayment.TransactionFeePaid", "System.ExtrinsicSuccess"):
        assert name in events, f"{name} is missing among {events}"
    return f"block {out.block}: {calls}, {len(events)} events"
