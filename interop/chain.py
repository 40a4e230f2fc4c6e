"""The chain's own values over plain JSON-RPC: the yardstick that an SDK is measured with."""

import json
import struct
import urllib.request
from typing import Any, Optional

from scale import ACCOUNT, BOOL, BYTES, HASHERS, TUPLE, U8, U16, U32, U64, U128, VEC, Reader, account, storage_prefix

AXON = TUPLE(U64, U32, U128, U16, U8, U8, U8, U8)
ROW = VEC(TUPLE(U16, U16))
HASH = lambda reader: "0x" + reader.take(32).hex()  # noqa: E731

# item -> (hashers of its keys, decoder, value of an absent key)
ITEMS = {
    "Tempo": ("I", U16, 360),
    "LastEpochBlock": ("I", U64, 0),
    "SubnetEpochIndex": ("I", U64, 0),
    "LastMechansimStepBlock": ("I", U64, 0),
    "BlocksSinceLastStep": ("I", U64, 0),
    "SubnetworkN": ("I", U16, 0),
    "MaxAllowedUids": ("I", U16, 256),
    "ImmunityPeriod": ("I", U16, 4096),
    "MinAllowedWeights": ("I", U16, 1024),
    "MaxAllowedValidators": ("I", U16, 128),
    "Kappa": ("I", U16, 32767),
    "Rho": ("I", U16, 10),
    "WeightsVersionKey": ("I", U64, 0),
    "WeightsSetRateLimit": ("I", U64, 100),
    "BondsMovingAverage": ("I", U64, 900_000),
    "BondsPenalty": ("I", U16, 65535),
    "ServingRateLimit": ("I", U64, 50),
    "MaxRegistrationsPerBlock": ("I", U16, 1),
    "CommitRevealWeightsEnabled": ("I", BOOL, True),
    "RevealPeriodEpochs": ("T", U64, 1),
    "LiquidAlphaOn": ("B", BOOL, False),
    "Yuma3On": ("B", BOOL, False),
    "Burn": ("I", U64, 100_000_000),
    "MinBurn": ("I", U64, 500_000),
    "MaxBurn": ("I", U64, 100_000_000_000),
    "NetworksAdded": ("I", BOOL, False),
    "SubnetTAO": ("I", U64, 0),
    "SubnetAlphaIn": ("I", U64, 0),
    "SubnetOwner": ("I", ACCOUNT, None),
    "SubnetOwnerHotkey": ("I", ACCOUNT, None),
    "FirstEmissionBlockNumber": ("I", U64, None),
    "Uids": ("IB", U16, None),
    "Keys": ("II", ACCOUNT, None),
    "Owner": ("B", ACCOUNT, None),
    "Active": ("I", VEC(BOOL), []),
    "ValidatorPermit": ("I", VEC(BOOL), []),
    "ValidatorTrust": ("I", VEC(U16), []),
    "Consensus": ("I", VEC(U16), []),
    "Dividends": ("I", VEC(U16), []),
    "Incentive": ("I", VEC(U16), []),
    "Emission": ("I", VEC(U64), []),
    "LastUpdate": ("I", VEC(U64), []),
    "BlockAtRegistration": ("II", U64, 0),
    "Axons": ("IB", AXON, None),
    "Weights": ("II", ROW, []),
    "Bonds": ("II", ROW, []),
    "TotalHotkeyAlpha": ("BI", U64, 0),
    "WeightCommits": ("TT", VEC(TUPLE(HASH, U64, U64, U64)), []),
    "TimelockedWeightCommits": ("TT", VEC(TUPLE(ACCOUNT, U64, BYTES, U64)), []),
}


class RpcError(Exception):
    def __init__(self, error: dict):
        super().__init__(f"{error.get('code')}: {error.get('message')} {error.get('data') or ''}".strip())
        self.code = error.get("code")


class Chain:
    """A node's JSON-RPC over HTTP."""

    def __init__(self, ws: str):
        self.ws = ws
        self._url = ws.replace("ws://", "http://", 1)

    def rpc(self, method: str, *params: Any) -> Any:
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
        request = urllib.request.Request(self._url, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=120) as answer:
            answer = json.load(answer)
        if "error" in answer:
            raise RpcError(answer["error"])
        return answer["result"]

    # Blocks

    def head(self) -> int:
        return int(self.rpc("chain_getHeader")["number"], 16)

    def finalized(self) -> int:
        return int(self.rpc("chain_getHeader", self.rpc("chain_getFinalizedHead"))["number"], 16)

    def hash(self, block: int) -> str:
        return self.rpc("chain_getBlockHash", block)

    def extrinsics(self, block: int) -> list[str]:
        return self.rpc("chain_getBlock", self.hash(block))["block"]["extrinsics"]

    def fast_forward(self, blocks: int) -> int:
        return self.rpc("dev_fastForward", blocks)["number"]

    # Storage

    def raw(self, pallet: str, item: str, keys: bytes = b"", block: Optional[int] = None) -> Optional[bytes]:
        key = "0x" + (storage_prefix(pallet, item) + keys).hex()
        at = [] if block is None else [self.hash(block)]
        value = self.rpc("state_getStorage", key, *at)
        return None if value is None else bytes.fromhex(value[2:])

    def get(self, item: str, *keys: Any, block: Optional[int] = None) -> Any:
        """An item of SubtensorModule, decoded; what an absent key stands for where there is none."""
        hashers, decode, absent = ITEMS[item]
        hashed = b"".join(HASHERS[hasher](_key(item, i, key)) for i, (hasher, key) in enumerate(zip(hashers, keys)))
        value = self.raw("SubtensorModule", item, hashed, block)
        return absent if value is None else decode(Reader(value))

    def put(self, pallet: str, item: str, keys: bytes, value: bytes) -> None:
        """Writes storage as no call could: for what a real chain has and a fresh one lacks."""
        self.rpc("dev_setStorage", [["0x" + (storage_prefix(pallet, item) + keys).hex(), "0x" + value.hex()]])

    def free(self, address: str, block: Optional[int] = None) -> int:
        """Free balance in rao."""
        value = self.raw("System", "Account", HASHERS["B"](account(address)), block)
        return 0 if value is None else Reader(value[16:]).uint(8)

    def event_count(self, block: int) -> int:
        return Reader(self.raw("System", "Events", block=block) or b"\0").compact()

    def timestamp(self, block: int) -> int:
        """The chain's clock in milliseconds."""
        return Reader(self.raw("Timestamp", "Now", block=block)).uint(8)

    def fee(self, extrinsic: str, block: int) -> int:
        """What an extrinsic cost by the node's own reckoning, rao."""
        return int(self.rpc("payment_queryInfo", extrinsic, self.hash(block - 1))["partialFee"])


def _key(item: str, position: int, key: Any) -> bytes:
    if isinstance(key, str):
        return account(key)
    wide = item == "TimelockedWeightCommits" and position == 1
    return struct.pack("<Q" if wide else "<H", key)
