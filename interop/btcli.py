"""`btcli` of SDK 11 as a user runs it; what it prints is compared with the chain."""

import argparse
import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

from chain import Chain
from checks import expected
from report import Report, equal

BTCLI = Path(sys.executable).parent / "btcli"
SECONDS = 120
TAO = 10**9


class Btcli:
    def __init__(self, chain: Chain):
        self.chain = chain

    def text(self, *command: str) -> str:
        # Wide, so that no table cuts an address; a question would find no terminal.
        done = subprocess.run(
            [BTCLI, *command, "--network", self.chain.ws],
            capture_output=True, stdin=subprocess.DEVNULL, timeout=SECONDS, text=True, env=os.environ | {"COLUMNS": "220"},
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"exit {done.returncode}: {done.stdout[-300:]} {done.stderr[-300:]}")
        return done.stdout

    def json(self, *command: str):
        return json.loads(self.text(*command, "--json"))


def held(chain: Chain, at: range, what: str, want) -> int:
    """The block, among those made while the command ran, in which `want(block)` held."""
    for block in at:
        if want(block):
            return block
    raise AssertionError(f"{what} is that of no block from {at.start} to {at.stop - 1}")


def subnets_show(b: Btcli) -> str:
    first = b.chain.head()
    shown = b.json("subnets", "show", "1")
    blocks = range(first, b.chain.head() + 1)
    equal("owner", shown["owner_coldkey"], b.chain.get("SubnetOwner", 1))
    equal("owner's hotkey", shown["owner_hotkey"], b.chain.get("SubnetOwnerHotkey", 1))
    equal("tempo", shown["tempo"], b.chain.get("Tempo", 1))
    equal("neurons", shown["neurons"], b.chain.get("SubnetworkN", 1))
    equal("places", shown["max_neurons"], b.chain.get("MaxAllowedUids", 1))
    burn = round(shown["burn_tao"] * TAO)
    block = held(b.chain, blocks, f"burn {burn}", lambda block: b.chain.get("Burn", 1, block=block) == burn)
    return f"owner, tempo, {shown['neurons']} neurons, burn {burn} rao of block {block}"


def subnets_show_text(b: Btcli) -> str:
    fields = dict(line.split(None, 1) for line in b.text("subnets", "show", "1").splitlines() if len(line.split()) == 2)
    equal("tempo", fields["tempo"], str(b.chain.get("Tempo", 1)))
    equal("neurons", fields["neurons"], f"{b.chain.get('SubnetworkN', 1)}/{b.chain.get('MaxAllowedUids', 1)}")
    return f"tempo {fields['tempo']}, neurons {fields['neurons']}"


def query_metagraph(b: Btcli) -> str:
    shown = b.json("query", "metagraph", "--netuid", "1")
    block = shown["block"]
    for name, value in expected.subnet(b.chain, 1, block).items():
        equal(name, shown[name], value)
    rows = expected.neurons(b.chain, 1, block)
    columns = {
        "hotkeys": "hotkey",
        "coldkeys": "coldkey",
        "active": "active",
        "validator_permit": "validator_permit",
        "last_update": "last_update",
        "emission": "emission",
        "dividends": "dividends",
        "incentives": "incentive",
        "consensus": "consensus",
        "block_at_registration": "block_at_registration",
        "alpha_stake": "alpha_stake",
    }
    for shown_as, name in columns.items():
        equal(shown_as, shown[shown_as], [row[name] for row in rows])
    return f"{len(columns)} columns of {len(rows)} neurons equal storage at block {block}"


def subnets_metagraph(b: Btcli) -> str:
    text = b.text("subnets", "metagraph", "1")
    missing = [row["hotkey"] for row in expected.neurons(b.chain, 1, b.chain.head()) if row["hotkey"] not in text]
    assert not missing, f"{missing} don't appear"
    return "every hotkey appears"


def subnets_list(b: Btcli) -> str:
    shown = b.json("subnets", "list")
    rows = shown if isinstance(shown, list) else shown["subnets"]
    got = {row["netuid"]: row["tempo"] for row in rows}
    want = {n: b.chain.get("Tempo", n) for n in range(8) if b.chain.get("NetworksAdded", n)}
    equal("netuids and tempos", got, want)
    return f"netuids {sorted(got)}"


def hyperparameters(b: Btcli) -> str:
    shown = b.json("query", "subnet-hyperparameters", "--netuid", "2")
    for name, value in expected.hyperparameters(b.chain, 2, b.chain.head()).items():
        equal(name, shown[name], value)
    return f"{len(expected.HYPERPARAMETERS)} values equal storage"


def balance(b: Btcli) -> str:
    address = b.chain.get("SubnetOwner", 1)
    shown = b.json("query", "balance", "--coldkey", address)
    equal("balance", round(Decimal(shown.strip("τ").replace(",", "")) * TAO), b.chain.free(address))
    return shown


def transfer(b: Btcli) -> str:
    """From a wallet that btcli makes of a seed."""
    seed = "0x" + "07" * 32
    b.text("wallet", "regen-coldkey", "--wallet", "cli", "--seed", seed, "--no-password")
    wallet = json.loads((Path.home() / ".bittensor/wallets/cli/coldkeypub.txt").read_text())["ss58Address"]
    owner = b.chain.get("SubnetOwner", 1)
    before = b.chain.free(wallet), b.chain.free(owner)
    assert before[0] > 2 * TAO, f"{wallet} has {before[0]} rao: the world should fund it"
    b.text("wallet", "transfer", "--wallet", "cli", "--dest", owner, "--amount", "1.5", "--yes", "--no-mev-shield")
    sent, received = before[0] - b.chain.free(wallet), b.chain.free(owner) - before[1]
    equal("received", received, 3 * TAO // 2)
    assert 0 < sent - received < TAO // 100, f"{sent} sent for {received}"
    return f"1.5 TAO sent, fee {sent - received} rao"


def register(b: Btcli) -> str:
    """Shielded, as btcli sends it of itself."""
    b.text("wallet", "regen-hotkey", "--wallet", "cli", "--seed", "0x" + "08" * 32)
    hotkey = json.loads((Path.home() / ".bittensor/wallets/cli/hotkeys/default").read_text())["ss58Address"]
    b.text("subnets", "register", "--netuid", "1", "--wallet", "cli", "--yes")
    uid = b.chain.get("Uids", 1, hotkey)
    equal("hotkey of the uid", b.chain.get("Keys", 1, uid), hotkey)
    return f"uid {uid}"


def stake(b: Btcli) -> str:
    """Shielded and within 5 % of the price, as btcli sends it of itself."""
    hotkey = json.loads((Path.home() / ".bittensor/wallets/cli/hotkeys/default").read_text())["ss58Address"]
    before = b.chain.get("TotalHotkeyAlpha", hotkey, 1)
    b.text("stake", "add", "--netuid", "1", "--hotkey", hotkey, "--amount", "7", "--wallet", "cli", "--yes")
    gained = b.chain.get("TotalHotkeyAlpha", hotkey, 1) - before
    price = b.chain.get("SubnetTAO", 1) / b.chain.get("SubnetAlphaIn", 1)
    assert abs(gained * price / (7 * TAO) - 1) < 0.05, f"{gained} rao of alpha for 7 TAO at {price:.3f}"
    return f"{gained} rao of alpha for 7 TAO at {price:.3f}"


def refusal(b: Btcli) -> str:
    """More than there is: btcli must fail and say why."""
    owner = b.chain.get("SubnetOwner", 1)
    try:
        b.text("wallet", "transfer", "--wallet", "cli", "--dest", owner, "--amount", "9000", "--yes", "--no-mev-shield")
    except RuntimeError as error:
        said = str(error).lower()
        assert "balance" in said or "funds" in said, said
        return " ".join(str(error).split())[:120]
    raise AssertionError("a transfer of more than there is was accepted")


CHECKS = {
    "subnets show --json": subnets_show,
    "subnets show": subnets_show_text,
    "query metagraph --json": query_metagraph,
    "subnets metagraph": subnets_metagraph,
    "subnets list --json": subnets_list,
    "query subnet-hyperparameters": hyperparameters,
    "query balance": balance,
    "wallet regen-coldkey and transfer": transfer,
    "subnets register": register,
    "stake add": stake,
    "error: transfer of too much": refusal,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chain", required=True, help="its WebSocket address")
    report, btcli = Report("btcli"), Btcli(Chain(parser.parse_args().chain))
    for title, check in CHECKS.items():
        report.run(title, check, btcli)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
