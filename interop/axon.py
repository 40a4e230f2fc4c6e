"""The real SDK's axon of //Bob on loopback. Says its port in one JSON line; its answer to a question is what its own
`forward()` sees of who asks. Ends with its standard input."""

import json
import socket
import sys
import tempfile

import bittensor as bt


class Prompting(bt.Synapse):
    roles: list[str]
    messages: list[str]
    completion: str = ""
    required_hash_fields: list[str] = ["roles", "messages"]


def forward(synapse: Prompting) -> Prompting:
    seen = {
        "name": synapse.name,
        "timeout": synapse.timeout,
        "dendrite": synapse.dendrite.model_dump(),
        "axon": synapse.axon.model_dump(),
        "messages": synapse.messages,
    }
    synapse.completion = json.dumps(seen)
    return synapse


def main() -> None:
    bt.logging.off()
    with tempfile.TemporaryDirectory() as home, socket.socket() as free:
        wallet = bt.Wallet(name="bob", hotkey="hot", path=home)
        wallet.create_coldkey_from_uri("//Bob-cold", use_password=False, overwrite=True, suppress=True)
        wallet.create_hotkey_from_uri("//Bob", use_password=False, overwrite=True, suppress=True)
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        axon = bt.Axon(wallet=wallet, ip="127.0.0.1", port=port, external_ip="127.0.0.1", external_port=port)
        axon.attach(forward_fn=forward)
        axon.start()
        print(json.dumps({"port": port}), flush=True)
        sys.stdin.read()
        axon.stop()


if __name__ == "__main__":
    main()
