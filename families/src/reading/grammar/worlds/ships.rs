//! Ships: when they left, from where, with how many, how long they were, and who built them.

use super::super::{Kind, Relation, Thing};
use crate::invent::names::Style;

pub const SHIP: Thing = Thing {
    one: "ship",
    mention: "the [|ship |vessel |steamer ]{n}",
    generic: "the [ship|vessel|steamer]",
    style: Style::Ship,
    relations: &[YARD, LEFT, HOME, CREW, LENGTH],
    pairs: &[
        "{s} left {home} on {left}",
        "built at {yard}, {s} [put to sea|went to sea] on {left}",
        "{s} sailed on {left} with {crew} [hands|people] aboard",
        "with {crew} hands [aboard|on deck] and {length} [long|from stem to stern], {s} was no small ship",
        "{yard} gave {s} a hull {length} long",
        "out of {home}, {s} sailed with a crew of {crew}",
    ],
};

const YARD: Relation = Relation {
    slot: "yard",
    kind: Kind::Link,
    says: &[
        "{s} was [built|laid down] at {yard}",
        "{yard} [built|launched|laid down] {s}",
        "{s} came [off the stocks|from the slip] at {yard}",
        "the [keel|hull] of {s} was laid at {yard}",
        "it was at {yard} that {s} [took shape|was built]",
        "{s's} builders were the [men|shipwrights] of {yard}",
        "[carpenters|shipwrights] of {yard} put {s} together",
        "the plans for {s} were carried out [at|by] {yard}",
        "{s} had been ordered from {yard}",
        "{s} was the work of {yard}",
    ],
    asks: &[
        "[at which yard|in which yard|where] was {s} built",
        "which yard built {s}",
        "who built {s}",
        "from [which|what] yard did {s} come",
    ],
    topic: "the yard [where|that|at which] {s} was built",
    ..Relation::PLAIN
};

const LEFT: Relation = Relation {
    slot: "left",
    kind: Kind::Day(1780, 1925),
    says: &[
        "{s} [left port|put to sea|weighed anchor|cast off] on {left}",
        "on {left} {s} [set sail|put out|made for open water]",
        "it was {left} when {s} [slipped its moorings|left the quay]",
        "the [harbour book|port log] has {s} [sailing|leaving] on {left}",
        "{s's} [departure|sailing] [fell on|is dated|took place on] {left}",
        "not until {left} did {s} [clear the harbour|get under way]",
        "[crowds|a small crowd] [watched|saw] {s} leave the quay on {left}",
        "{left} was the day on which {s} [sailed|went to sea]",
        "with the tide of {left}, {s} [stood out to sea|began its voyage]",
        "{s} [lay ready|was made ready] and sailed on {left}",
    ],
    asks: &[
        "[when|on what day|on which date] did {s} [leave port|put to sea|sail]",
        "what was the [date|day] of {s's} departure",
        "on [what|which] day was {s} first at sea",
        "[what|which] day saw {s} leave",
    ],
    topic: "the [day|date] on which {s} left port",
    more: "left port [later|last]",
    less: "left port [first|earlier]",
    event: "left port",
};

const HOME: Relation = Relation {
    slot: "home",
    kind: Kind::Named(Style::Place),
    says: &[
        "{s} [belonged to|hailed from|was registered in] {home}",
        "{s's} home port was {home}",
        "{home} was the home port of {s}",
        "{s} [flew|carried] the flag of {home}",
        "the owners of {s} [lived|sat] in {home}",
        "on the stern of {s} stood the name of {home}",
        "in the registers of {home} {s} [has a page|can be found]",
        "[merchants|families] of {home} owned {s}",
        "{s} was [entered|enrolled] at {home}",
        "{s} always returned to {home}",
    ],
    asks: &[
        "[what|which] was the home port of {s}",
        "[to which port did|where did] {s} belong",
        "[in which port|where] was {s} registered",
        "which town was {s's} home port",
    ],
    topic: "the home port of {s}",
    ..Relation::PLAIN
};

const CREW: Relation = Relation {
    slot: "crew",
    kind: Kind::Count(14, 380),
    says: &[
        "{s} [had|carried] a crew of {crew}",
        "{crew} [hands|men and women] [served|worked] aboard {s}",
        "{s's} crew numbered {crew}",
        "there were {crew} people [aboard|on the muster roll of] {s}",
        "{s} was manned by {crew} [hands|sailors]",
        "it took {crew} [hands|sailors] to [work|sail] {s}",
        "the muster roll of {s} [lists|counts] {crew} names",
        "{s} [sailed|went out] with {crew} [souls|sailors] in all",
        "[pay|rations] for {crew} people [was|were] drawn by {s}",
        "{s} found room for {crew} sailors",
    ],
    asks: &[
        "how many people [made up|were in] the crew of {s}",
        "[how large|how big] was the crew of {s}",
        "how many [hands|people|sailors] did {s} carry",
        "of how many was {s's} crew",
    ],
    topic: "the [size|strength] of the crew of {s}",
    more: "had the [larger|bigger] crew",
    less: "had the smaller crew",
    ..Relation::PLAIN
};

const LENGTH: Relation = Relation {
    slot: "length",
    kind: Kind::Measure("m", "metres", 180, 1490, 1),
    says: &[
        "{s} [was|measured] {length} [long|in length]",
        "{s's} length [was|came to] {length}",
        "from stem to stern {s} [measured|ran to] {length}",
        "the surveyor [gave|found] a length of {length} for {s}",
        "[at|with] {length}, {s} was [longer than most|shorter than some]",
        "{length} lay between the bow and the stern of {s}",
        "{s} [stretched|extended] over {length}",
        "a rope of {length} reached along {s}",
        "the drawings show {s} at {length}",
        "{s} needed {length} of quay",
    ],
    asks: &[
        "how long was {s}",
        "[what|which] length did {s} have",
        "what was the length of {s}",
        "how much did {s} measure from [end to end|bow to stern]",
    ],
    topic: "the length of {s}",
    more: "was [longer|the longer]",
    less: "was [shorter|the shorter]",
    ..Relation::PLAIN
};

pub const ASIDES: &[&str] = &[
    "[gulls|terns] nested on the [mole|breakwater] of {place} by the {number}",
    "the [lighthouse|beacon] at {place} was lit by {person} [every evening|until {year}]",
    "[coal|timber|herring] went from {place} to {place2} by the ton",
    "{person} sold [rope|sailcloth|tar] on the quay of {place}",
    "a storm [tore|broke] {number} [boats|barges] from their chains at {place}",
    "the pilot {person} knew every sandbank off {place}",
];
