"""Ways to make an answer worse, each with a name. All take a text and a generator, none keeps state."""

import re
import string

import numpy as np

Rng = np.random.Generator

OPPOSITES = [
    ("more", "less"), ("most", "least"), ("first", "last"), ("before", "after"), ("north", "south"),
    ("northern", "southern"), ("east", "west"), ("eastern", "western"), ("large", "small"),
    ("larger", "smaller"), ("largest", "smallest"), ("high", "low"), ("higher", "lower"),
    ("highest", "lowest"), ("hot", "cold"), ("warm", "cool"), ("early", "late"), ("long", "short"),
    ("longer", "shorter"), ("strong", "weak"), ("stronger", "weaker"), ("fast", "slow"),
    ("faster", "slower"), ("rise", "fall"), ("rises", "falls"), ("increase", "decrease"), ("up", "down"),
    ("increases", "decreases"), ("above", "below"), ("inside", "outside"), ("old", "new"), ("many", "few"),
    ("with", "without"), ("always", "never"), ("rich", "poor"), ("heavy", "light"), ("deep", "shallow"),
    ("near", "far"), ("thick", "thin"), ("wide", "narrow"), ("same", "different"), ("male", "female"),
    ("young", "old"), ("best", "worst"), ("easy", "hard"), ("left", "right"), ("begin", "end"),
    ("win", "lose"), ("over", "under"), ("can", "cannot"), ("all", "none"), ("public", "private"),
]
SWAP = {a: b for pair in OPPOSITES for a, b in (pair, pair[::-1])}
VERBS = {"is", "are", "was", "were", "can", "could", "will", "would", "has", "have", "had", "must", "should", "may"}
COUNTS = {"one": "six", "two": "nine", "three": "eight", "four": "seven", "five": "two", "six": "ten", "seven": "three",
          "eight": "four", "nine": "five", "ten": "thirty", "half": "twice", "third": "fifth", "hundred": "thousand",
          "million": "billion", "billion": "million", "thousand": "hundred"}


def truncated(text: str, rng: Rng) -> str:
    words = text.split()
    kept = " ".join(words[: max(1, int(len(words) * rng.uniform(0.25, 0.7)))]).rstrip(".,;:")
    return kept + ("." if rng.random() < 0.25 else "")


def shuffled(text: str, rng: Rng) -> str:
    words = text.split()
    return " ".join(words[i] for i in rng.permutation(len(words)))


def jumbled(text: str, rng: Rng) -> str:
    """Order broken only within runs of three to five words."""
    words, out = text.split(), []
    while words:
        size = int(rng.integers(3, 6))
        run, words = words[:size], words[size:]
        out += [run[i] for i in rng.permutation(len(run))]
    return " ".join(out)


def repeated(text: str, rng: Rng) -> str:
    words = text.split()
    if rng.random() < 0.5:
        size = int(rng.integers(2, max(3, len(words) // 2)))
        at = int(rng.integers(0, max(1, len(words) - size)))
        words = words[at : at + size]
    times = int(rng.integers(2, max(3, min(12, 90 // len(words)))))
    return " ".join(words * times)


def _other_number(found: re.Match, rng: Rng) -> str:
    digits = [c for c in found.group()]
    at = int(rng.integers(0, len([c for c in digits if c.isdigit()])))
    spots = [i for i, c in enumerate(digits) if c.isdigit()]
    for i in {spots[at], spots[0]}:
        digits[i] = str((int(digits[i]) + int(rng.integers(1, 9)) - 1) % 9 + 1)
    return "".join(digits)


def contradicted(text: str, rng: Rng, names: list[str] = ()) -> str | None:
    """One to three facts turned round: numbers, opposites, negations, names. None if nothing turns."""
    words = text.split()
    options = []
    for i, word in enumerate(words):
        bare = word.strip(string.punctuation)
        low = bare.lower()
        if re.search(r"\d", word):
            changed = re.sub(r"\d[\d,.]*\d|\d", lambda m: _other_number(m, rng), word, count=1)
            options.append((i, changed))
        elif low in SWAP:
            options.append((i, word.replace(bare, SWAP[low].capitalize() if bare[0].isupper() else SWAP[low])))
        elif low in COUNTS:
            options.append((i, word.replace(bare, COUNTS[low])))
        elif low in VERBS and i + 1 < len(words):
            options.append((i, word + " not") if words[i + 1] != "not" else (i, word))
        elif names and i and bare[:1].isupper() and words[i - 1][-1] not in ".!?":
            options.append((i, word.replace(bare, names[int(rng.integers(0, len(names)))])))
    options = [o for o in options if o[1] != words[o[0]]]
    if not options:
        return None
    for k in rng.permutation(len(options))[: int(rng.integers(1, 4))]:
        words[options[k][0]] = options[k][1]
    return " ".join(words)


def terse(text: str, rng: Rng) -> str:
    words = [w.strip(string.punctuation) for w in text.split()]
    size = int(rng.integers(1, 6))
    at = int(rng.integers(0, max(1, len(words) - size)))
    picked = " ".join(words[at : at + size])
    return (picked.capitalize() if rng.random() < 0.5 else picked) + ("." if rng.random() < 0.5 else "")


def garbage(_: str, rng: Rng) -> str:
    letters = [string.ascii_lowercase, string.ascii_letters + string.digits, string.printable[:94]][int(rng.integers(0, 3))]
    words = ["".join(letters[i] for i in rng.integers(0, len(letters), int(rng.integers(1, 11)))) for _ in range(int(rng.integers(2, 30)))]
    return (" " if rng.random() < 0.8 else "").join(words)


def salad(vocabulary: list[str], rng: Rng) -> str:
    return " ".join(vocabulary[i] for i in rng.integers(0, len(vocabulary), int(rng.integers(4, 40))))
