"""What storage says a subnet looks like, in the form in which the SDKs' answers are compared."""

import ipaddress

from chain import Chain


def axon_address(axon) -> str | None:
    """ip:port of an announced axon."""
    if axon is None or axon[2] == 0:
        return None
    return f"{ipaddress.ip_address(axon[2])}:{axon[3]}"


def subnet(chain: Chain, netuid: int, block: int) -> dict:
    def at(item, *keys):
        return chain.get(item, *keys, block=block)

    return {
        "block": block,
        "tempo": at("Tempo", netuid),
        "last_step": at("LastMechansimStepBlock", netuid),
        "owner_hotkey": at("SubnetOwnerHotkey", netuid),
        "owner_coldkey": at("SubnetOwner", netuid),
        "num_uids": at("SubnetworkN", netuid),
        "max_uids": at("MaxAllowedUids", netuid),
    }


def neurons(chain: Chain, netuid: int, block: int) -> list[dict]:
    def at(item, *keys):
        return chain.get(item, *keys, block=block)

    columns = {
        name: at(item, netuid)
        for name, item in {
            "validator_permit": "ValidatorPermit",
            "last_update": "LastUpdate",
            "consensus": "Consensus",
            "incentive": "Incentive",
            "dividends": "Dividends",
            "validator_trust": "ValidatorTrust",
            "emission": "Emission",
        }.items()
    }
    # Active as the chain reckons it now: the stored column is that of the last epoch.
    stored_active = at("Active", netuid)
    rows = []
    for uid in range(at("SubnetworkN", netuid)):
        hotkey = at("Keys", netuid, uid)
        rows.append(
            {name: values[uid] for name, values in columns.items()}
            | {
                "uid": uid,
                "hotkey": hotkey,
                "coldkey": at("Owner", hotkey),
                "active": stored_active[uid],
                "block_at_registration": at("BlockAtRegistration", netuid, uid),
                "alpha_stake": at("TotalHotkeyAlpha", hotkey, netuid),
                "axon": axon_address(at("Axons", netuid, hotkey)),
                "weights": at("Weights", netuid, uid),
                "bonds": at("Bonds", netuid, uid),
            }
        )
    return rows


# What the hyperparameter API calls them -> where they are kept.
HYPERPARAMETERS = {
    "tempo": "Tempo",
    "kappa": "Kappa",
    "immunity_period": "ImmunityPeriod",
    "min_allowed_weights": "MinAllowedWeights",
    "weights_version": "WeightsVersionKey",
    "weights_rate_limit": "WeightsSetRateLimit",
    "bonds_moving_avg": "BondsMovingAverage",
    "serving_rate_limit": "ServingRateLimit",
    "max_validators": "MaxAllowedValidators",
    "max_regs_per_block": "MaxRegistrationsPerBlock",
    "commit_reveal_period": "RevealPeriodEpochs",
    "commit_reveal_weights_enabled": "CommitRevealWeightsEnabled",
    "liquid_alpha_enabled": "LiquidAlphaOn",
    "min_burn": "MinBurn",
    "max_burn": "MaxBurn",
}


def hyperparameters(chain: Chain, netuid: int, block: int) -> dict:
    return {name: chain.get(item, netuid, block=block) for name, item in HYPERPARAMETERS.items()}
