"""SDK 10: one large object with a method per read and per transaction."""

import bittensor as bt
from bittensor.core.chain_data import NeuronInfo
from bittensor.core.errors import ChainError
from bittensor.utils.balance import Balance
from bittensor_drand import encrypt_at_round

from .common import Actor, Outcome, u16


class Sdk:
    version = bt.__version__

    def __init__(self, ws: str, archive: str | None = None):
        bt.logging.off()
        self.sub = bt.Subtensor(network=ws, archive_endpoints=[archive] if archive else None)

    def close(self):
        try:
            self.sub.close()
        except AttributeError as error:
            # 10.5.0 can't close a client that has archive endpoints; its socket goes with the process.
            if "cache_clear" not in str(error):
                raise

    def actor(self, name: str) -> Actor:
        wallet = bt.Wallet(name=name, hotkey="hot")
        wallet.create_coldkey_from_uri(f"//{name}-cold", use_password=False, overwrite=True, suppress=True)
        wallet.create_hotkey_from_uri(f"//{name}", use_password=False, overwrite=True, suppress=True)
        return Actor(name, wallet.coldkeypub.ss58_address, wallet.hotkey.ss58_address, wallet)

    def new_wallet(self, name: str, password: str) -> Actor:
        """Writes the files of a new coldkey, encrypted, and a new hotkey, in the clear."""
        wallet = bt.Wallet(name=name, hotkey="hot")
        wallet.create_new_coldkey(coldkey_password=password, use_password=True, suppress=True)
        wallet.create_new_hotkey(use_password=False, suppress=True)
        return Actor(name, wallet.coldkeypub.ss58_address, wallet.hotkey.ss58_address, wallet)

    def open_wallet(self, name: str, password: str) -> Actor:
        """From its files. The coldkey's is opened when a transaction is signed."""
        wallet = bt.Wallet(name=name, hotkey="hot")
        wallet.coldkey_file.save_password_to_env(password)
        return Actor(name, wallet.coldkeypub.ss58_address, wallet.hotkey.ss58_address, wallet)

    async def async_reads(self, netuid: int) -> tuple[int, list[str]]:
        """Head and hotkeys through the asynchronous client."""
        async with bt.AsyncSubtensor(network=self.sub.chain_endpoint) as client:
            graph = await client.metagraph(netuid)
            return await client.get_current_block(), list(graph.hotkeys)

    # Blocks

    def head(self) -> int:
        return self.sub.block

    def finalized(self) -> int:
        substrate = self.sub.substrate
        return substrate.get_block_number(substrate.get_chain_finalised_head())

    def spec_version(self) -> int:
        return self.sub.substrate.runtime.runtime_version

    def block_seconds(self) -> float:
        return self.sub.query_constant("Aura", "SlotDuration").value / 1000

    def heads(self, count: int) -> list[int]:
        seen = []

        def on_header(block: dict):
            seen.append(block["header"]["number"])
            return True if len(seen) == count else None

        self.sub.substrate.subscribe_block_headers(on_header)
        return seen

    def block_calls(self, block: int) -> tuple[str, list[str]]:
        info = self.sub.get_block_info(block)
        calls = [e.value_serialized["call"] for e in info.extrinsics]
        return info.hash, [f"{c['call_module']}.{c['call_function']}" for c in calls]

    def timestamp(self, block: int) -> float:
        return self.sub.get_timestamp(block=block).timestamp()

    def events(self, block: int) -> list[str]:
        found = self.sub.substrate.get_events(self.sub.get_block_hash(block))
        return [f"{e['event']['module_id']}.{e['event']['event_id']}" for e in found]

    # Reads

    def metagraph(self, netuid: int, block: int) -> dict:
        graph = self.sub.metagraph(netuid, block=block)
        info = self.sub.get_metagraph_info(netuid, block=block)
        names = ("block", "tempo", "last_step", "owner_hotkey", "owner_coldkey", "num_uids", "max_uids")
        return {name: getattr(info, name) for name in names} | {
            "neurons": [
                {
                    "uid": int(uid),
                    "hotkey": graph.hotkeys[uid],
                    "coldkey": graph.coldkeys[uid],
                    "active": bool(graph.active[uid]),
                    "validator_permit": bool(graph.validator_permit[uid]),
                    "last_update": int(graph.last_update[uid]),
                    "block_at_registration": int(graph.block_at_registration[uid]),
                    "consensus": u16(float(graph.consensus[uid])),
                    "incentive": u16(float(graph.incentive[uid])),
                    "dividends": u16(float(graph.dividends[uid])),
                    "emission": info.emission[uid].rao,
                    "alpha_stake": info.alpha_stake[uid].rao,
                    "axon": f"{graph.axons[uid].ip}:{graph.axons[uid].port}" if graph.axons[uid].is_serving else None,
                }
                for uid in map(int, graph.uids)
            ]
        }

    def neurons(self, netuid: int, block: int) -> list[dict]:
        lite = {n.uid: n for n in self.sub.neurons_lite(netuid, block=block)}
        full: list[NeuronInfo] = self.sub.neurons(netuid, block=block)
        return [
            {
                "uid": n.uid,
                "hotkey": n.hotkey,
                "coldkey": n.coldkey,
                "active": bool(lite[n.uid].active),
                "validator_permit": n.validator_permit,
                "last_update": n.last_update,
                "consensus": u16(n.consensus),
                "incentive": u16(n.incentive),
                "dividends": u16(n.dividends),
                "validator_trust": u16(n.validator_trust),
                "emission": round(n.emission * 10**9),
                "weights": [tuple(pair) for pair in n.weights],
                "bonds": [tuple(pair) for pair in n.bonds],
            }
            for n in full
        ]

    def hyperparameters(self, netuid: int, block: int) -> dict:
        return dict(self.sub.get_subnet_hyperparameters(netuid, block=block).items())

    def balance(self, address: str, block: int | None = None) -> int:
        return self.sub.get_balance(address, block=block).rao

    def balances(self, addresses: list[str]) -> list[int]:
        found = self.sub.get_balances(*addresses)
        return [found[address].rao for address in addresses]

    def stake(self, actor: Actor, hotkey: str, netuid: int) -> int:
        return self.sub.get_stake(actor.cold, hotkey, netuid).rao

    def burn(self, netuid: int) -> int:
        return self.sub.recycle(netuid).rao

    def subnet_cost(self) -> int:
        return self.sub.get_subnet_burn_cost().rao

    def pending_commits(self, netuid: int) -> list[dict]:
        found = self.sub.get_timelocked_weight_commits(netuid)
        return [{"hotkey": c[0], "block": c[1], "bytes": c[2], "round": c[3]} for c in found]

    # Transactions

    def transfer(self, actor: Actor, to: str, rao: int) -> Outcome:
        return self._do(self.sub.transfer, actor, destination_ss58=to, amount=Balance.from_rao(rao))

    def register_network(self, actor: Actor) -> Outcome:
        return self._do(self.sub.register_subnet, actor)

    def start_call(self, actor: Actor, netuid: int) -> Outcome:
        return self._do(self.sub.start_call, actor, netuid=netuid)

    def burned_register(self, actor: Actor, netuid: int) -> Outcome:
        return self._do(self.sub.burned_register, actor, netuid=netuid)

    def shielded_register(self, actor: Actor, netuid: int) -> Outcome:
        return self._do(self.sub.burned_register, actor, netuid=netuid, mev_protection=True)

    def add_stake(self, actor: Actor, hotkey: str, netuid: int, rao: int) -> Outcome:
        return self._do(self.sub.add_stake, actor, netuid=netuid, hotkey_ss58=hotkey, amount=Balance.from_rao(rao))

    def add_stake_limit(self, actor: Actor, hotkey: str, netuid: int, rao: int) -> Outcome:
        return self._do(
            self.sub.add_stake, actor, netuid=netuid, hotkey_ss58=hotkey, amount=Balance.from_rao(rao),
            safe_staking=True, rate_tolerance=0.05,
        )  # fmt: skip

    def remove_stake(self, actor: Actor, hotkey: str, netuid: int, rao: int) -> Outcome:
        amount = Balance.from_rao(rao, netuid)
        return self._do(self.sub.unstake, actor, netuid=netuid, hotkey_ss58=hotkey, amount=amount)

    def serve_axon(self, actor: Actor, netuid: int, ip: str, port: int) -> Outcome:
        axon = bt.Axon(wallet=actor.wallet, ip="127.0.0.1", port=port, external_ip=ip, external_port=port)
        return self._outcome(self.sub.serve_axon(netuid, axon))

    def set_weights(self, actor: Actor, netuid: int, weights: dict[int, float]) -> Outcome:
        return self._do(
            self.sub.set_weights, actor, netuid=netuid, uids=list(weights), weights=list(weights.values()),
            block_time=self.block_seconds(), max_attempts=1,
        )  # fmt: skip

    def commit_hash(self, actor: Actor, netuid: int, weights: dict[int, int], salt: list[int], digest: str) -> Outcome:
        return self._do(
            self.sub.commit_weights, actor, netuid=netuid, salt=salt, uids=list(weights), weights=list(weights.values()),
            version_key=0, max_attempts=1, raise_error=False, wait_for_inclusion=True, wait_for_finalization=True,
        )  # fmt: skip

    def reveal_hash(self, actor: Actor, netuid: int, weights: dict[int, int], salt: list[int]) -> Outcome:
        return self._do(
            self.sub.reveal_weights, actor, netuid=netuid, uids=list(weights), weights=list(weights.values()),
            salt=salt, version_key=0, max_attempts=1,
        )  # fmt: skip

    def encrypt(self, plaintext: bytes, drand_round: int) -> bytes:
        return bytes(encrypt_at_round(plaintext, drand_round)[0])

    def call(self, actor: Actor, function: str, signer: str = "coldkey", module: str = "SubtensorModule", **args) -> Outcome:
        call = self.sub.compose_call(module, function, args)
        return self._do(
            self.sub.sign_and_send_extrinsic, actor, call=call, sign_with=signer, use_nonce=True, nonce_key=signer,
            wait_for_finalization=True,
        )  # fmt: skip

    def _do(self, function, actor: Actor, **args) -> Outcome:
        return self._outcome(function(wallet=actor.wallet, **args))

    def _outcome(self, response) -> Outcome:
        out = Outcome(response.success)
        receipt = response.extrinsic_receipt
        if receipt is not None and receipt.block_hash:
            out.block = self.sub.substrate.get_block_number(receipt.block_hash)
            out.index = receipt.extrinsic_idx
        if response.extrinsic_fee is not None:
            out.fee = response.extrinsic_fee.rao
        if not response.success:
            out.error = _error_name(response)
            # What a user is shown: this SDK names a module error only if its text is in the metadata.
            assert "UnknownError" not in str(response.message), response.message
            out.data["message"] = response.message
        return out


def _error_name(response) -> str:
    error = response.error
    if isinstance(error, dict) and error.get("name"):
        return error["name"]
    # The classes that this SDK makes of chain errors carry their names.
    if isinstance(error, ChainError) and type(error) is not ChainError:
        return type(error).__name__
    return str(response.message)
