"""Transactions that move money or register: balances before and after must explain each other."""

from report import equal

from .context import Context

TAO = 10**9
# Of what is paid into a pool: 33 / 65535.
SWAP_FEE = 33 / 65535


def balances(c: Context) -> str:
    addresses = [actor.cold for actor in c.actors.values()]
    equal("balances", c.sdk.balances(addresses), [c.chain.free(address) for address in addresses])
    before = c.chain.free(c.stranger.cold)
    out = c.sdk.transfer(c.user, c.stranger.cold, 2 * TAO)
    sums = c.paid(out, c.user.cold, 2 * TAO)
    equal("received", c.sdk.balance(c.stranger.cold) - before, 2 * TAO)
    return f"{len(addresses)} equal storage; transfer: {sums}"


def register_network(c: Context) -> str:
    price = c.sdk.subnet_cost()
    out = c.sdk.register_network(c.user)
    sums = c.paid(out, c.user.cold, price)
    equal("owner", c.chain.get("SubnetOwner", 3), c.user.cold)
    equal("owner hotkey", c.chain.get("SubnetOwnerHotkey", 3), c.user.hot)
    equal("uid of the owner", c.chain.get("Uids", 3, c.user.hot), 0)
    event = "SubtensorModule.NetworkAdded"
    assert event in c.sdk.events(out.block), f"no {event}"
    if "netuid" in out.data:
        equal("netuid", out.data["netuid"], 3)
    return f"subnet 3: {sums}"


def start_call(c: Context) -> str:
    assert c.chain.get("FirstEmissionBlockNumber", 3) is None, "started already"
    out = c.sdk.start_call(c.user, 3).must()
    equal("first emission block", c.chain.get("FirstEmissionBlockNumber", 3), out.block + 1)
    return f"subnet 3 emits from block {out.block + 1}"


def burned_register(c: Context) -> str:
    out = c.sdk.burned_register(c.user, 1).must()
    # The price falls from block to block: that of the block it was paid in counts.
    price = c.chain.free(c.user.cold, out.block - 1) - c.chain.free(c.user.cold, out.block) - out.fee
    before = c.chain.get("Burn", 1, block=out.block - 1)
    assert 0.99 * before <= price <= before, f"paid {price} where the burn was {before}"
    sums = c.paid(out, c.user.cold, price)
    uid = c.chain.get("Uids", 1, c.user.hot)
    equal("hotkey of the uid", c.chain.get("Keys", 1, uid), c.user.hot)
    equal("block of registration", c.chain.get("BlockAtRegistration", 1, uid), out.block)
    return f"uid {uid}: {sums}"


def shielded_register(c: Context) -> str:
    """Through the MEV shield: the carrier, and in the same block what it carried."""
    assert c.chain.get("Uids", 2, c.stranger.hot) is None, "registered already"
    before, first = c.chain.free(c.stranger.cold), c.chain.head()
    c.sdk.shielded_register(c.stranger, 2).must()
    uid = c.chain.get("Uids", 2, c.stranger.hot)
    equal("hotkey of the uid", c.chain.get("Keys", 2, uid), c.stranger.hot)
    block = c.chain.get("BlockAtRegistration", 2, uid)
    assert first < block <= c.chain.head(), f"registered in block {block}"
    _, calls = c.sdk.block_calls(block)
    inner = calls.index("SubtensorModule.burned_register")
    equal("call before it", calls[inner - 1], "MevShield.submit_encrypted")
    events = c.sdk.events(block)
    assert "MevShield.EncryptedSubmitted" in events and "SubtensorModule.NeuronRegistered" in events, events
    sent = c.chain.extrinsics(block)
    fees = [c.chain.fee(sent[at], block) for at in (inner - 1, inner)]
    price = before - c.chain.free(c.stranger.cold) - sum(fees)
    burn = c.chain.get("Burn", 2, block=block - 1)
    assert 0.99 * burn <= price <= burn, f"{price} paid where the burn was {burn} and the fees {fees}"
    return f"uid {uid}; carrier and call in block {block}, {price} burned, fees {fees}"


def pool(c: Context, block: int) -> tuple[int, int]:
    """Tokens and TAO in the pool of subnet 1 after a block, which keeps their product in a trade."""
    return c.chain.get("SubnetAlphaIn", 1, block=block), c.chain.get("SubnetTAO", 1, block=block)


def bought(c: Context, block: int, rao: int) -> float:
    """Tokens for TAO that were paid in a block, by the pool after it."""
    tokens, tao = pool(c, block)
    paid = rao * (1 - SWAP_FEE)
    return tokens * paid / (tao - paid)


def near(what: str, got: int, want: float) -> None:
    assert abs(got / want - 1) < 1e-6, f"{what}: {got} where the pool says {want:.0f}"


def add_stake(c: Context) -> str:
    hotkey, staked = c.validator.hot, c.sdk.stake(c.user, c.validator.hot, 1)
    total = c.chain.get("TotalHotkeyAlpha", hotkey, 1)
    out = c.sdk.add_stake(c.user, hotkey, 1, 5 * TAO)
    sums = c.paid(out, c.user.cold, 5 * TAO)
    before, after = (c.chain.get("TotalHotkeyAlpha", hotkey, 1, block=out.block - back) for back in (1, 0))
    assert before >= total, f"alpha fell from {total} to {before}"
    near("alpha on the hotkey", after - before, bought(c, out.block, 5 * TAO))
    gained = c.sdk.stake(c.user, hotkey, 1) - staked
    # A rao may fall to rounding of shares; emission of an epoch in between may add.
    assert gained >= after - before - 2, f"the SDK shows {gained} more stake"
    return f"{sums}; stake grew by {gained}"


def add_stake_limit(c: Context) -> str:
    out = c.sdk.add_stake_limit(c.user, c.validator.hot, 1, 3 * TAO)
    return f"within 5 % of the price: {c.paid(out, c.user.cold, 3 * TAO)}"


def remove_stake(c: Context) -> str:
    out = c.sdk.remove_stake(c.user, c.validator.hot, 1, 2 * TAO).must()
    got = c.chain.free(c.user.cold, out.block) - c.chain.free(c.user.cold, out.block - 1) + out.fee
    tokens, tao = pool(c, out.block)
    sold = 2 * TAO * (1 - SWAP_FEE)
    near("TAO for 2 alpha", got, tao * sold / (tokens - sold))
    return f"2 alpha gave {got} rao, fee {out.fee}"


def serve_axon(c: Context) -> str:
    address = f"93.184.216.{c.chain.head() % 200 + 10}"
    out = c.sdk.serve_axon(c.miner, 1, address, 8091).must()
    axon = c.chain.get("Axons", 1, c.miner.hot)
    equal("block, ip, port and type on chain", (axon[0], axon[2], axon[3], axon[4]), (out.block, _ip(address), 8091, 4))
    graph = c.sdk.metagraph(1, c.chain.head())
    row = next(n for n in graph["neurons"] if n["hotkey"] == c.miner.hot)
    equal("axon in the metagraph", row["axon"], f"{address}:8091")
    return f"{row['axon']} on chain and in the metagraph"


def _ip(address: str) -> int:
    return int.from_bytes(map(int, address.split(".")), "big")
