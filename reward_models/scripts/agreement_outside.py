"""Verified answers of others: reasoning-gym makes the question and the right answer, a changed one is wrong."""

import importlib
import sys
import types

import numpy as np

from agreement_edits import turned
from agreement_measure import above, first_text, score
from common import SEED, package_dir

# family → (module, its dataset, its config)
FAMILIES = {
    "chain_sum": ("arithmetic.chain_sum", "ChainSum"),
    "calendar": ("arithmetic.calendar_arithmetic", "CalendarArithmetic"),
    "family": ("graphs.family_relationships", "FamilyRelationships"),
    "legs": ("arithmetic.leg_counting", "LegCounting"),
    "gcd": ("arithmetic.gcd", "GCD"),
}
EACH = 40
LONGEST = 400  # characters of a question
SAYINGS = ["{x}", "The answer is {x}.", "It comes to {x}.", "After working it out I get {x}.", "{x} is the result."]


ROOT = package_dir("reasoning_gym")


def family(module: str, name: str):
    """One generator, without the package's own start, which loads every family and what those need."""
    for part in ("", *{m.split(".")[0] for m, _ in FAMILIES.values()}):
        shell = types.ModuleType(".".join(["reasoning_gym", part]).rstrip("."))
        shell.__path__ = [str(ROOT / part)]
        sys.modules.setdefault(shell.__name__, shell)
    found = importlib.import_module(f"reasoning_gym.{module}")
    config = getattr(found, f"{name}Config")
    return getattr(found, f"{name}Dataset")(config(seed=SEED, size=EACH * 4))


def on_sums(read) -> dict:
    """Per family, how often the right answer in one wording stands above a wrong one in another."""
    rng, out = np.random.default_rng(SEED + 21), {}
    for label, (module, name) in FAMILIES.items():
        items = [(i["question"], str(i["answer"])) for i in family(module, name)]
        items = [i for i in items if len(i[0]) <= LONGEST][:EACH]
        answers, right, wrong = sorted({a for _, a in items}), [], []
        for question, answer in items:
            first = first_text(question, SAYINGS[1].format(x=answer))
            others = [a for a in answers if a != answer]
            other = turned(answer, rng) or others[int(rng.integers(0, len(others)))]
            one, two = rng.permutation(len(SAYINGS))[:2]
            right.append((first, SAYINGS[one].format(x=answer)))
            wrong.append((first, SAYINGS[two].format(x=other)))
        good, bad = score(read(right)), score(read(wrong))
        out[f"outside_{label}"] = float(np.mean([above([g], [b])[0] for g, b in zip(good, bad)]))
    return out
