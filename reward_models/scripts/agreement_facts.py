"""Invented facts in several surfaces: the same fact in other words, another fact in the same words.

What they teach is order: who did what to whom, which came first, which is the larger, what causes what.
"""

import numpy as np

from agreement_edits import pick

Rng = np.random.Generator

# kind of the slots a and b → (questions, ways to say it, ways to say the opposite); exchanging a and b contradicts
RELATIONS = [
    ("person", ["Who beat whom?", "Who won the contest?", "How did it end between {a} and {b}?"],
     ["{a} defeated {b}", "{b} was beaten by {a}", "{b} lost to {a}", "Victory went to {a}, not {b}", "{a} got the better of {b}", "Against {a}, {b} came off worse"],
     ["{a} lost to {b}", "{a} was defeated by {b}", "{a} never beat {b}"]),
    ("person", ["Who taught {b}?", "From whom did {b} learn the trade?"],
     ["{a} taught {b}", "{b} was a pupil of {a}", "{b} learnt from {a}", "{a} was the teacher of {b}", "It was {a} who instructed {b}", "{b} studied under {a}"],
     ["{b} taught {a}", "{a} refused to teach {b}"]),
    ("person", ["Who sold the house?", "Who owns the mill now?", "Who bought it?"],
     ["{a} sold it to {b}", "{b} bought it from {a}", "{b} got it from {a} for money", "It went from {a} to {b}, who paid for it", "{a} parted with it, and the buyer was {b}"],
     ["{a} bought it from {b}", "{b} refused to buy it from {a}"]),
    ("person", ["Who is the parent of whom?", "How are {a} and {b} related?"],
     ["{a} is a parent of {b}", "{b} is the child of {a}", "{b} was born to {a}", "{a} had a child named {b}", "{b} descends directly from {a}"],
     ["{b} is a parent of {a}", "{a} is a child of {b}"]),
    ("person", ["Who wrote to whom?", "Who sent the letter?"],
     ["{a} sent a letter to {b}", "{b} received a letter from {a}", "{a} wrote to {b}", "A letter by {a} reached {b}", "It was {b} to whom {a} wrote"],
     ["{a} got a letter from {b}", "{b} wrote to {a}"]),
    ("person", ["Who followed whom in office?", "Who held the post first?"],
     ["{a} held the office before {b}", "{b} succeeded {a}", "{b} took over from {a}", "{a} was followed by {b}", "After {a} came {b}", "{a} was the predecessor of {b}"],
     ["{a} took over from {b}", "{a} succeeded {b}", "Before {a} came {b}"]),
    ("person", ["Who saved whom?"],
     ["{a} rescued {b}", "{b} was saved by {a}", "{b} owes life to {a}", "Thanks to {a}, {b} survived", "{a} pulled {b} out of danger"],
     ["{b} rescued {a}", "{a} left {b} to die"]),
    ("person", ["Who is older?", "Who was born first?"],
     ["{a} is older than {b}", "{b} is younger than {a}", "{a} was born before {b}", "{b} came into the world after {a}", "Of the two, {a} has lived longer"],
     ["{a} is younger than {b}", "{a} was born after {b}", "{b} is the older of the two"]),
    ("person", ["Who is taller?"],
     ["{a} is taller than {b}", "{b} is shorter than {a}", "{b} doesn't reach the height of {a}", "{a} towers over {b}"],
     ["{a} is shorter than {b}", "{a} and {b} are equally tall"]),
    ("person", ["Who accused whom?", "Who was in the dock?"],
     ["{a} accused {b} of theft", "{b} was accused of theft by {a}", "The accusation of theft came from {a} and was aimed at {b}", "{a} said that {b} had stolen"],
     ["{b} accused {a} of theft", "{a} said that {b} had stolen nothing"]),
    ("place", ["Which town is larger?", "Where do more people live?"],
     ["{a} is larger than {b}", "{b} is smaller than {a}", "{a} has more inhabitants than {b}", "Fewer people live in {b} than in {a}", "{b} can't match the size of {a}"],
     ["{a} is smaller than {b}", "{a} has fewer inhabitants than {b}", "{a} and {b} are the same size"]),
    ("place", ["Which of them lies farther north?", "Where does {a} lie?"],
     ["{a} lies north of {b}", "{b} lies south of {a}", "From {b} one travels north to reach {a}", "{b} is to the south of {a}"],
     ["{a} lies south of {b}", "{b} is north of {a}"]),
    ("place", ["In which direction does the river flow?", "Where does the river go?"],
     ["The river flows from {a} to {b}", "The water passes {a} first and {b} later", "{b} lies downstream of {a}", "{a} lies upstream of {b}", "Coming from {a}, the river reaches {b}"],
     ["The river flows from {b} to {a}", "{a} lies downstream of {b}"]),
    ("place", ["Which country attacked?", "Who began the war?"],
     ["{a} attacked {b}", "{b} was attacked by {a}", "{b} was the victim of an attack by {a}", "The assault on {b} came from {a}", "{a} struck first, and {b} was the target"],
     ["{b} attacked {a}", "{a} never attacked {b}"]),
    ("place", ["Who sells grain to whom?", "What trade is there?"],
     ["{a} exports grain to {b}", "{b} imports grain from {a}", "{b} buys its grain in {a}", "Grain is shipped from {a} to {b}", "{a} supplies {b} with grain"],
     ["{a} imports grain from {b}", "{a} buys its grain in {b}"]),
    ("place", ["When was each founded?", "Which is the older town?"],
     ["{a} was founded before {b}", "{b} was founded after {a}", "{a} is the older foundation, {b} the younger", "{b} is younger than {a}", "When {b} began, {a} already stood"],
     ["{a} was founded after {b}", "{b} is older than {a}"]),
    ("thing", ["What causes what?", "Why does it happen?", "What is the cause of {b}?"],
     ["{a} causes {b}", "{b} is caused by {a}", "{b} comes from {a}", "{a} leads to {b}", "Because of {a} there is {b}", "{b} is a result of {a}", "The reason for {b} is {a}"],
     ["{a} prevents {b}", "{a} is a result of {b}", "{a} has nothing to do with {b}"]),
    ("thing", ["What turns into what?"],
     ["{a} turns into {b}", "{b} is made from {a}", "Out of {a} comes {b}", "{a} is converted to {b}", "{b} forms from {a}"],
     ["{b} turns into {a}", "{a} is made from {b}"]),
    ("thing", ["Which comes first?", "In which order do they happen?"],
     ["{a} comes before {b}", "{b} follows {a}", "First there is {a}, then {b}", "{b} comes after {a}", "{a} precedes {b}", "Only once {a} is over does {b} begin"],
     ["{a} comes after {b}", "{a} follows {b}", "{a} and {b} come at the same time"]),
    ("thing", ["Which costs more?", "What is dearer?"],
     ["{a} costs more than {b}", "{b} is cheaper than {a}", "{a} is the more expensive of the two, {b} the cheaper", "One pays less for {b} than for {a}", "The price of {a} is above that of {b}"],
     ["{a} is cheaper than {b}", "{b} costs more than {a}", "{a} and {b} cost the same"]),
    ("thing", ["Which holds heat better?", "Which is warmer?"],
     ["{a} is warmer than {b}", "{b} is colder than {a}", "{b} stays below the temperature of {a}", "The heat of {a} exceeds that of {b}"],
     ["{a} is colder than {b}", "{b} is hotter than {a}"]),
    ("thing", ["What protects what?"],
     ["{a} protects {b}", "{b} is protected by {a}", "{b} is shielded by {a}", "{a} keeps {b} from harm", "Thanks to {a}, {b} is safe"],
     ["{a} harms {b}", "{b} protects {a}"]),
    ("thing", ["What contains what?"],
     ["{a} contains {b}", "{b} is inside {a}", "There is {b} in {a}", "{b} is part of {a}", "Within {a} one finds {b}"],
     ["{a} is inside {b}", "There is no {b} in {a}"]),
    ("thing", ["How do the two depend on each other?"],
     ["the more {a}, the more {b}", "{b} grows with {a}", "as {a} rises, so does {b}", "{b} increases when {a} increases", "less {a} means less {b}"],
     ["the more {a}, the less {b}", "{b} shrinks as {a} grows", "{b} does not depend on {a}"]),
    ("thing", ["What replaced what?"],
     ["{a} replaced {b}", "{b} gave way to {a}", "Instead of {b} they now use {a}", "{b} was given up for {a}", "{a} took the place of {b}"],
     ["{b} replaced {a}", "They gave up {a} for {b}"]),
]
# (questions, ways to say it) with a number n; another number contradicts
MEASURES = [
    (["How many people live in {p}?"], ["{p} has {n} inhabitants", "{n} people live in {p}", "The population of {p} is {n}", "Some {n} souls call {p} home", "{n}"]),
    (["How high is the tower of {p}?"], ["The tower of {p} is {n} metres high", "It rises {n} metres", "{n} m", "The top is {n} metres above the ground", "From foot to tip it measures {n} metres"]),
    (["When was the bridge of {p} built?"], ["The bridge was built in {y}", "It dates from {y}", "{y}", "In {y} the bridge was put up", "{p} got its bridge in {y}", "Its construction falls in the year {y}"]),
    (["When was {a} born?"], ["{a} was born in {y}", "The birth of {a} was in {y}", "{y}", "In {y}", "{a} came into the world in {y}"]),
    (["How long did the journey of {a} take?"], ["The journey took {n} days", "{a} was on the way for {n} days", "{n} days", "After {n} days {a} arrived", "It lasted {n} days"]),
    (["What did {a} pay for it?"], ["{a} paid {n} crowns", "It cost {a} {n} crowns", "The price was {n} crowns", "{n} crowns", "{n} crowns left the purse of {a}"]),
    (["What share of the harvest was lost?"], ["{k} percent of the harvest was lost", "The loss came to {k} %", "{k} percent", "Of a hundred sacks {k} were lost", "{k} in every hundred sacks perished"]),
    (["How many ships reached {p}?"], ["{w} ships reached {p}", "{p} saw {w} ships arrive", "{w}", "The number of ships that came was {w}", "There were {w} of them"]),
]
VAGUE = [
    "That is an interesting matter with a long history.", "The text says something about this.", "There are several sides to it.", "It depends on many things.",
    "This is well known and often told.", "People have written a lot about {a} and {b}.", "{a} is worth a closer look.", "{b} matters here.",
    "It has to do with {a}.", "{a} and {b} are both mentioned.", "Something happened between {a} and {b}.", "Experts have studied {b} for years.", "{a}, {b}",
]
FIRST = "Anna Boris Clara David Elena Felix Greta Hugo Irene Jonas Karin Leo Maria Nils Olga Paul Rosa Simon Tilda Viktor Wanda Yusuf Amara Kofi Mei Ravi".split()
LAST = "Abel Brandt Castell Dorn Egede Farrow Grieg Holm Ivers Jansen Keller Lund Morrow Novak Okafor Petrov Quist Rossi Sato Tamm Ulrich Voss Wirth Ziegler Mensah Iqbal".split()
START = "Al Bar Cor Dun El Fal Gor Har Il Kar Lun Mar Nor Or Pel Ros Sel Tar Ul Ver Wes Yar Zan".split()
END = "stad ville mouth burg holm dale ford ia ona mar gate wick port heim ton".split()
THINGS = (
    "salt|frost|smoke|rust|the flood|the drought|the fire|dust|yeast|clay|the tax|high wages|the strike|trade|pollution|noise|the virus|fever|"
    "sunlight|pressure|friction|the current|the magnet|wind|the glacier|erosion|the reform|the new law|debt|the price of bread|copper|glass|"
    "wool|silk|paper|coal|steam|the engine|the pump|the lens|the mirror|the shell|the root|the leaf|pollen|honey|the nest|the song|the rhythm|"
    "the treaty|the election|the census|the harvest|hunger|migration|the plague|the vaccine|sleep|exercise|sugar|caffeine|the signal|the code"
).split("|")
COUNTED = "three four five six seven eight nine eleven twelve fourteen sixteen twenty".split()


def name(kind: str, rng: Rng) -> str:
    if kind == "person":
        return pick(LAST, rng) if rng.random() < 0.4 else f"{pick(FIRST, rng)} {pick(LAST, rng)}"
    return pick(START, rng) + pick(END, rng) if kind == "place" else pick(THINGS, rng)


def said(form: str, slots: dict) -> str:
    text = form.format(**slots)
    return text[:1].upper() + text[1:] + ("" if text[-1] in ".?" else ".")


def slots(rng: Rng, kind: str = "person") -> dict:
    a = name(kind, rng)
    b = next(x for x in iter(lambda: name(kind, rng), None) if x.split()[-1] != a.split()[-1])
    n = int(10 ** rng.uniform(0.5, 5))
    return {"a": a, "b": b, "p": name("place", rng), "n": f"{n:,}" if rng.random() < 0.5 else str(n), "y": str(int(rng.integers(1100, 2020))),
            "k": str(int(rng.integers(3, 98))), "w": pick(COUNTED, rng)}


def changed(was: dict, rng: Rng) -> dict:
    """The same slots with other numbers: near ones as often as far ones, years too."""
    new = slots(rng)
    year = int(was["y"]) + int(rng.integers(1, 40)) * (1 if rng.random() < 0.5 else -1)
    w = next(x for x in iter(lambda: pick(COUNTED, rng), None) if x != was["w"])
    k = str(int(was["k"]) + int(rng.integers(1, 30)))
    return {**was, "n": new["n"] if new["n"] != was["n"] else "77", "y": str(year), "k": k, "w": w}


def fact(rng: Rng) -> tuple[str, dict[str, list[str]]]:
    """A question and, by label, texts about it: the first two `same` say one fact in two ways."""
    if rng.random() < 0.7:
        kind, asks, forms, against = RELATIONS[int(rng.integers(0, len(RELATIONS)))]
        s = slots(rng, kind)
        other = {**s, "a": s["b"], "b": s["a"]}
        stranger = {**s, pick(["a", "b"], rng): name(kind, rng)}
        order = [forms[i] for i in rng.permutation(len(forms))]
        wrong = [said(pick(forms, rng), other), said(order[0], other), said(pick(against, rng), s)]
        if stranger != s:
            wrong.append(said(pick(forms, rng), stranger))
    else:
        asks, forms = MEASURES[int(rng.integers(0, len(MEASURES)))]
        s = slots(rng)
        order = [forms[i] for i in rng.permutation(len(forms))]
        if len(order[0].split()) < 3:  # the reference is a sentence
            order = order[1:] + order[:1]
        wrong = [said(pick(forms, rng), changed(s, rng)), said(order[0], changed(s, rng))]
    ask = said(pick(asks, rng), s)
    vague = [said(pick(VAGUE, rng), s) for _ in range(2)]
    return ask, {"same": [said(f, s) for f in order], "contradicts": wrong, "omits": vague}
