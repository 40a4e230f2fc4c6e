"""How well a reader tells right from wrong: held-out lessons, and a set that others marked."""

import json
import os
from pathlib import Path

import numpy as np

import agreement_edits as edit
from agreement_pairs import first_text, names
from agreement_split import GIVEN, lessons, voice_tested
from common import SEED
from relevance import spearman

OMITS_WORTH = 0.0  # of what leaves out the point; on the first half of the marked set 0 did better than 0.1 to 0.45
MAX_LENGTH, ANSWER_LEAST = 256, 128
GOOD = ("right", "short", "hedged", "padded", "polite")
BAD = ("wrong", "omits", "denied", "turned", "exchanged", "elsewhere", "passage")
RIGHT = ("plain", "own_words")
WRONG = ("wrong_", "negated", "other_question", "first_sentences", "most_of_passage")


def score(chances: np.ndarray, omits_worth: float = OMITS_WORTH) -> np.ndarray:
    return chances[:, 0] + omits_worth * chances[:, 1]


def above(right: list[float], wrong: list[float]) -> list[float]:
    """1 where a right answer stands above a wrong one, one half for a tie; one entry per comparison."""
    return [1.0 if r > w else 0.5 if r == w else 0.0 for r in right for w in wrong]


def held_out() -> list[tuple[str, str, list]]:
    """(passage, first text, [(kind, voice, answer)]): lessons of the tested passages, and edits of them."""
    rng, out, tested = np.random.default_rng(SEED + 9), [], lessons(test=True)
    for x in tested:
        if not x.answers:
            continue
        rows, right = list(x.answers), x.of("right")[0]
        for kind, text in (
            ("denied", edit.denied(x.reference, rng)),
            ("denied", edit.denied(right, rng)),
            ("turned", edit.turned(x.reference, rng, names(x.text), 1)),
            ("exchanged", edit.exchanged(x.reference, rng)),
            *(("elsewhere", y.reference) for y in tested if y.passage == x.passage and y is not x),
            ("passage", " ".join(x.pieces[:2])),
        ):
            if text:
                rows.append((kind, "", text))
        out.append((x.passage, first_text(x.ask, x.reference), rows))
    return out


def _named(values: dict[str, list[float]], prefix: str) -> dict[str, float]:
    return {f"{prefix}{k}": float(np.mean(v)) for k, v in values.items() if v}


def on_lessons(read, show: int = 0) -> dict:
    """`read(pairs)` gives the three chances per pair."""
    sets = held_out()
    pairs = [(first, text) for _, first, rows in sets for _, _, text in rows]
    scores, at = score(read(pairs)), 0
    kinds = {k: [] for k in ("right_above_wrong", *(f"good_{k}" for k in GOOD), *(f"bad_{k}" for k in BAD), "unseen_voices", "given_passages")}
    means, inversions = {}, []
    for passage, first, rows in sets:
        got = scores[at : at + len(rows)]
        at += len(rows)
        of = lambda *which: [float(s) for s, r in zip(got, rows) if r[0] in which]
        for s, (kind, _, _) in zip(got, rows):
            means.setdefault(kind, []).append(float(s))
        kinds["right_above_wrong"] += above(of("right"), of("wrong"))
        if passage in GIVEN:
            kinds["given_passages"] += above(of("right"), of("wrong"))
        for k in GOOD:
            kinds[f"good_{k}"] += above(of(k), of("wrong"))
        for k in BAD:
            kinds[f"bad_{k}"] += above(of("right"), of(k))
        unseen = [float(s) for s, r in zip(got, rows) if r[0] == "right" and voice_tested(r[1])]
        kinds["unseen_voices"] += above(unseen, of("wrong"))
        for r, (kr, vr, tr) in zip(got, rows):
            for w, (kw, vw, tw) in zip(got, rows):
                if kr in ("right", "polite") and kw in ("wrong", "omits") and w > r:
                    inversions.append((float(w - r), first, tr, tw, kw, float(r), float(w)))
    for gap, first, r, w, kind, rs, ws in sorted(inversions, reverse=True)[:show]:
        print(f"{first}\n   {rs:.2f} right: {r}\n   {ws:.2f} {kind}: {w}")
    if show:
        print({k: round(float(np.mean(v)), 2) for k, v in means.items()})
    return {"questions": len(sets), **_named(kinds, "lessons_")}


def given(read, path: Path, show: int = 0, worth: float = OMITS_WORTH) -> dict:
    """The marked set, its first half (on which choices may be made) and its second apart."""
    questions = json.loads(path.read_text())
    out, means, inversions = {}, {}, []
    halves = {"first": [], "second": []}, {"first": [], "second": []}
    for number, q in enumerate(questions):
        half = "first" if number < len(questions) // 2 else "second"
        got = score(read([(first_text(q["question"], q["reference"]), a["text"]) for a in q["answers"]]), worth)
        named = [(a["kind"], float(s), a["text"]) for a, s in zip(q["answers"], got)]
        right = [(s, k, t) for k, s, t in named if k.startswith(RIGHT)]
        wrong = [(s, k, t) for k, s, t in named if k.startswith(WRONG)]
        halves[0][half] += above([r[0] for r in right], [w[0] for w in wrong])
        halves[1][half].append(spearman(np.asarray([a["truth"] for a in q["answers"]]), got))
        for k, s, _ in named:
            means.setdefault(k, []).append(s)
        inversions += [(w[0] - r[0], q["question"], r, w) for r in right for w in wrong if w[0] > r[0] and half == "first"]
    for what, values in zip(("right_above_wrong", "rank_correlation"), halves):
        out |= {f"given_{what}_{half}_half": float(np.mean(v)) for half, v in values.items()}
        out[f"given_{what}"] = float(np.mean(values["first"] + values["second"]))
    if show:
        for gap, ask, r, w in sorted(inversions, reverse=True)[:show]:
            print(f"{ask}\n   {r[0]:.2f} {r[1]}: {r[2]}\n   {w[0]:.2f} {w[1]}: {w[2]}")
        print({k: round(float(np.mean(v)), 2) for k, v in means.items()})
    return out


def given_file() -> Path | None:
    """The marked set is not part of the sources: GIVEN names its file."""
    name = os.environ.get("GIVEN")
    return Path(name) if name else None
