"""SDK 11: typed reads, and intents that are planned, signed and submitted."""

import itertools
import os
from pathlib import Path
from types import SimpleNamespace

import bittensor as bt
from bittensor.sp_core import Keypair

from .common import Actor, Outcome, u16

WALLETS = Path.home() / ".bittensor" / "wallets"
Module = bt.calls.SubtensorModule


class Sdk:
    version = bt.__version__



    def __init__(self, ws: str, archive: str | None = None):
        self.sub = bt.Subtensor(ws, archive_endpoints=[archive] if archive else None)

    def close(self):
        self.sub.close()

    def actor(self, name: str) -> Actor:
        cold = Keypair.create_from_uri(f"//{name}-cold")
        hot = Keypair.create_from_uri(f"//{name}")
        wallet = SimpleNamespace(coldkey=cold, coldkeypub=cold, hotkey=hot)
        return Actor(name, cold.ss58_address, hot.ss58_address, wallet)

    def new_wallet(self, name: str, password: str) -> Actor:
        """Writes the files of a new coldkey, encrypted, and a new hotkey, in the clear."""
        wallet = bt.Wallet(name, "hot", str(WALLETS))
        wallet.create_new_coldkey(coldkey_password=password, suppress=True)
        wallet.create_new_hotkey(use_password=False, suppress=True)
        return Actor(name, wallet.coldkeypub.ss58_address, wallet.hotkey.ss58_address, wallet)

    def open_wallet(self, name: str, password: str) -> Actor:
        """From its files. The coldkey's is opened when a transaction is signed."""
        wallet = bt.Wallet(name, "hot", str(WALLETS))
        os.environ["BT_WALLET_PASSWORD"] = password
        return Actor(name, wallet.coldkeypub.ss58_address, wallet.hotkey.ss58_address, wallet)

    async def async_reads(self, netuid: int) -> tuple[int, list[str]]:
        """Head and hotkeys through the asynchronous client."""
        async with bt.Subtensor(self.sub.endpoint) as client:
            graph = await client.subnets.metagraph(netuid)
            return await client.block(), graph.hotkeys

    # Blocks

    def head(self) -> int:
        return self.sub.block

    def finalized(self) -> int:
        return self.sub.finalized_block

    def spec_version(self) -> int:
        return self.sub.spec_version

    def block_seconds(self) -> float:
        return self.sub.block_time()

    def heads(self, count: int) -> list[int]:
        return [header.number for header in itertools.islice(self.sub.blocks(), count)]

    def block_calls(self, block: int) -> tuple[str, list[str]]:
        """A block's hash and the calls in it."""
        info = self.sub.block_info(block)
        calls = [e["call"] for e in info.extrinsics]
        return info.hash, [f"{c['call_module']}.{c['call_function']}" for c in calls]

    def timestamp(self, block: int) -> float:
        return self.sub.timestamp(block=block).timestamp()

    def events(self, block: int) -> list[str]:
        # The SDK's own receipt reader, at any block.
        client = self.sub._client
        block_hash = self.sub._call(client._block_hash(block))
        return [_event_name(e) for e in self.sub._call(client._substrate.events(block_hash))]

    # Reads

    def metagraph(self, netuid: int, block: int) -> dict:
        graph = self.sub.subnets.metagraph(netuid, block=block)
        names = ("block", "tempo", "last_step", "owner_hotkey", "owner_coldkey", "num_uids", "max_uids")
        return {name: getattr(graph, name) for name in names} | {
            "neurons": [
                {
                    "uid": n.uid,
                    "hotkey": n.hotkey,
                    "coldkey": n.coldkey,
                    "active": n.active,
                    "validator_permit": n.validator_permit,
                    "last_update": n.last_update,
                    "block_at_registration": n.block_at_registration,
                    "consensus": u16(n.consensus),
                    "incentive": u16(n.incentive),
                    "dividends": u16(n.dividends),
                    "emission": n.emission.rao,
                    "alpha_stake": n.alpha_stake.rao,
                    "axon": n.axon,
                }
                for n in graph.neurons
            ]
        }

    def neurons(self, netuid: int, block: int) -> list[dict]:
        lite = {n.uid: n for n in self.sub.neurons.all(netuid, block=block)}
        return [
            {
                "uid": n.uid,
                "hotkey": n.hotkey,
                "coldkey": n.coldkey,
                "active": lite[n.uid].active,
                "validator_permit": n.validator_permit,
                "last_update": n.last_update,
                "consensus": int(n.raw["consensus"]),
                "incentive": int(n.raw["incentive"]),
                "dividends": int(n.raw["dividends"]),
                "validator_trust": int(n.raw["validator_trust"]),
                "emission": int(n.raw["emission"]),
                "weights": [tuple(map(int, pair)) for pair in n.raw["weights"]],
                "bonds": [tuple(map(int, pair)) for pair in n.raw["bonds"]],
            }
            for n in self.sub.neurons.all(netuid, block=block, lite=False)
        ]

    def hyperparameters(self, netuid: int, block: int) -> dict:
        return self.sub.at(block).read("subnet_hyperparameters", netuid=netuid)

    def balance(self, address: str, block: int | None = None) -> int:
        return self.sub.balances.get(address, block=block).rao

    def balances(self, addresses: list[str]) -> list[int]:
        found = self.sub.balances.get_many(addresses)
        return [found[address].rao for address in addresses]

    def stake(self, actor: Actor, hotkey: str, netuid: int) -> int:
        return self.sub.staking.get(actor.cold, hotkey, netuid).rao

    def burn(self, netuid: int) -> int:
        return self.sub.subnets.burn(netuid).rao

    def subnet_cost(self) -> int:
        return self.sub.read("subnet_registration_cost").rao

    def pending_commits(self, netuid: int) -> list[dict]:
        """Timelocked commits that wait: hotkey, block, round, ciphertext."""
        grouped = self.sub.weights.timelocked_weight_commits(netuid)
        return [
            {"hotkey": c["hotkey"], "block": c["commit_block"], "round": c["reveal_round"], "bytes": c["ciphertext"]}
            for commits in grouped.values()
            for c in commits
        ]

    # Transactions

    def transfer(self, actor: Actor, to: str, rao: int) -> Outcome:
        return self._do(bt.Transfer(dest_ss58=to, amount_tao=bt.rao(rao)), actor)

    def register_network(self, actor: Actor) -> Outcome:
        return self._do(bt.RegisterSubnet(), actor)

    def start_call(self, actor: Actor, netuid: int) -> Outcome:
        return self._do(bt.StartCall(netuid=netuid), actor)

    def burned_register(self, actor: Actor, netuid: int) -> Outcome:
        return self._raw(Module.burned_register(netuid=netuid, hotkey=actor.hot), actor)

    def shielded_register(self, actor: Actor, netuid: int) -> Outcome:
        # The SDK shields this intent always.
        return self._do(bt.BurnedRegister(netuid=netuid), actor)

    def add_stake(self, actor: Actor, hotkey: str, netuid: int, rao: int) -> Outcome:
        intent = bt.AddStake(hotkey_ss58=hotkey, netuid=netuid, amount_tao=bt.rao(rao), slippage_protection=False)
        return self._do(intent, actor)

    def add_stake_limit(self, actor: Actor, hotkey: str, netuid: int, rao: int) -> Outcome:
        return self._do(bt.AddStake(hotkey_ss58=hotkey, netuid=netuid, amount_tao=bt.rao(rao)), actor)

    def remove_stake(self, actor: Actor, hotkey: str, netuid: int, rao: int) -> Outcome:
        amount = bt.Balance.from_rao(rao, netuid)
        intent = bt.RemoveStake(hotkey_ss58=hotkey, netuid=netuid, amount_alpha=amount, slippage_protection=False)
        return self._do(intent, actor)

    def serve_axon(self, actor: Actor, netuid: int, ip: str, port: int) -> Outcome:
        return self._do(bt.ServeAxon(netuid=netuid, ip=ip, port=port), actor)

    def set_weights(self, actor: Actor, netuid: int, weights: dict[int, float]) -> Outcome:
        """As the chain's state asks: in the clear, or timelocked."""
        return self._do(bt.SetWeights(netuid=netuid, weights=weights), actor)

    def commit_hash(self, actor: Actor, netuid: int, weights: dict[int, int], salt: list[int], digest: str) -> Outcome:
        # This SDK commits only timelocked of itself; the hash goes through its raw calls.
        return self._raw(Module.commit_weights(netuid=netuid, commit_hash=digest), actor, "hotkey")

    def reveal_hash(self, actor: Actor, netuid: int, weights: dict[int, int], salt: list[int]) -> Outcome:
        intent = bt.RevealWeights(netuid=netuid, uids=list(weights), weights=list(weights.values()), salt=salt)
        return self._do(intent, actor)

    def encrypt(self, plaintext: bytes, drand_round: int) -> bytes:
        import bittensor_core

        return bytes(bittensor_core.encrypt_at_round(plaintext, drand_round)[0])

    def call(self, actor: Actor, function: str, signer: str = "coldkey", module: str = "SubtensorModule", **args) -> Outcome:
        return self._raw(getattr(getattr(bt.calls, module), function)(**args), actor, signer)

    def _do(self, intent, actor: Actor) -> Outcome:
        return self._outcome(lambda: self.sub.execute(intent, actor.wallet))

    def _raw(self, call, actor: Actor, signer: str = "coldkey") -> Outcome:
        return self._outcome(lambda: self.sub.submit_call(call, actor.wallet, signer=signer))

    def _outcome(self, submit) -> Outcome:
        try:
            result = submit()
        except (bt.BittensorError, ValueError) as error:
            code = getattr(getattr(error, "code", None), "value", "unknown")
            name = getattr(error, "name", None) or (str(error) if code == "unknown" else code)
            return Outcome(False, error=name, data={"message": str(error)})
        out = Outcome(result.success, data=dict(result.data))
        if result.extrinsic_id:
            out.block, out.index = map(int, result.extrinsic_id.split("-"))
        if result.fee is not None:
            out.fee = result.fee.rao
        if not result.success:
            out.error = (result.error and result.error.name) or result.message
        return out


def _event_name(entry: dict) -> str:
    event = entry.get("event", entry)
    return f"{event['module_id']}.{event['event_id']}"
