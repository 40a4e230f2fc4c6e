"""All checks of one SDK version. Runs with the Python of that version's environment."""

import argparse
import importlib
import sys

from chain import Chain
from checks import calls, errors, history, reads, wallets, weights
from checks.context import Context
from report import Report

# In this order: later checks build on what earlier ones did to the chain.
CHECKS = {
    "connect": reads.connect,
    "block subscription": reads.subscription,
    "hyperparameters": reads.hyperparameters,
    "block and events": reads.block_and_events,
    "wallet files": wallets.files,
    "balances and transfer": calls.balances,
    "register_network": calls.register_network,
    "start_call": calls.start_call,
    "burned_register": calls.burned_register,
    "add_stake": calls.add_stake,
    "add_stake within a price limit": calls.add_stake_limit,
    "remove_stake": calls.remove_stake,
    "serve_axon": calls.serve_axon,
    # Before anybody has earned: stake and permits come with the epochs.
    **{f"error: {title}": (lambda c, title=title: errors.planted(c, title)) for title in errors.BEFORE_EPOCHS},
    "error: weights without permit": errors.weights_without_permit,
    "set_weights": weights.set_weights,
    "metagraph": reads.metagraph,
    "neurons": reads.neurons,
    "asynchronous client": reads.asynchronous,
    "hash commit and reveal": weights.hash_commit,
    "timelocked commit": weights.timelocked_commit,
    "timelocked reveal": weights.timelocked_reveal,
    "error: weights too fast": errors.weights_too_fast,
    "error: serving too fast": errors.serving_too_fast,
    "error: version key": errors.version_key,
    "error: transfer of too much": errors.poor,
    **{f"error: {title}": (lambda c, title=title: errors.planted(c, title)) for title in errors.PLANTED if title not in errors.BEFORE_EPOCHS},
    "burned_register, shielded": calls.shielded_register,
    "history: within the window": history.recent,
    "history: archive": history.archive,
    "history: pruned": history.pruned,
    "history: fallback to an archive": history.fallback,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sdk", choices=["v10", "v11"])
    for node in ("chain", "archive", "pruned"):
        parser.add_argument(f"--{node}", required=True, help="its WebSocket address")
    args = parser.parse_args()

    sdk = importlib.import_module(f"sdks.{args.sdk}").Sdk(args.chain)
    report = Report(sdk.version)
    context = Context(sdk, Chain(args.chain), Chain(args.archive), Chain(args.pruned))
    for title, check in CHECKS.items():
        report.run(title, check, context)
    sdk.close()
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
