"""What every check works with."""

from dataclasses import dataclass

from chain import Chain
from sdks.common import Actor, Outcome


@dataclass
class Context:
    sdk: object
    chain: Chain
    # A chain with far more than 4,096 blocks that keeps every state, and one that forgot the old ones.
    archive: Chain
    pruned: Chain

    def __post_init__(self):
        names = ("root", "owner", "validator", "miner", "user", "stranger")
        self.actors: dict[str, Actor] = {name: self.sdk.actor(name) for name in names}

    def __getattr__(self, name: str) -> Actor:
        try:
            return self.__dict__["actors"][name]
        except KeyError:
            raise AttributeError(name) from None

    def paid(self, outcome: Outcome, address: str, amount: int) -> str:
        """That the account paid `amount` and the fee, no more and no less, and the fee is the node's price."""
        outcome.must()
        before, after = (self.chain.free(address, outcome.block - back) for back in (1, 0))
        price = self.chain.fee(self.chain.extrinsics(outcome.block)[outcome.index], outcome.block)
        assert outcome.fee == price, f"the SDK says the fee was {outcome.fee}, the node {price}"
        assert before - after == amount + price, f"{before} - {after} is not {amount} + fee {price}"
        return f"{before} - {after} = {amount} + fee {price}"

    def skip_to_epoch(self, netuid: int) -> None:
        """Until just after the subnet's next epoch."""
        last = self.chain.get("LastEpochBlock", netuid)
        due = last + self.chain.get("Tempo", netuid) - self.chain.head()
        self.chain.fast_forward(max(due, 1))
        while self.chain.get("LastEpochBlock", netuid) == last:
            self.chain.fast_forward(1)
