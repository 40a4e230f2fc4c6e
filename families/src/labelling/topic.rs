//! Headlines of papers that don't exist.

use super::{Kind, Write, invented};
use crate::invent::Chance;
use crate::invent::names::Style;

const TOPICS: &[(&str, &[&str])] = &[
    (
        "sport",
        &[
            "{} wins the cup after extra time",
            "Goalkeeper of {} out for the season",
            "{} loses third match in a row",
            "Runner from {} breaks the district record",
            "New coach for the rowers of {}",
        ],
    ),
    (
        "weather",
        &[
            "Storm takes roofs in {}",
            "No rain in {} for six weeks",
            "Early frost surprises {}",
            "{} digs itself out of the snow",
            "Fog keeps {} in the dark at noon",
        ],
    ),
    (
        "trade",
        &[
            "{} raises the tariff on salt",
            "Mill in {} sold to its rival",
            "Exports of {} fall by a fifth",
            "Shares of the {} bank climb",
            "Shops of {} report a strong quarter",
        ],
    ),
    (
        "health",
        &[
            "Clinic in {} opens a children's ward",
            "Nurses of {} ask for shorter shifts",
            "Vaccine reaches {} at last",
            "Doctors in {} warn of tick bites",
            "Fever spreads in the schools of {}",
        ],
    ),
    (
        "music",
        &[
            "Choir of {} sings a lost mass",
            "Violinist from {} plays to a full hall",
            "{} opera names its conductor",
            "Orchestra of {} goes on tour",
            "Old organ of {} is heard again",
        ],
    ),
];
/// Words of another topic stand in them; what they are about doesn't change.
const HARD: &[(usize, &str)] = &[
    (0, "{} plays on through snow and wins the final"),
    (0, "Bank clerk from {} scores the winning goal"),
    (1, "Concert goers in {} soaked as storm breaks"),
    (1, "Hail over {}: shops shut, no one hurt"),
    (
        2,
        "Opera house of {} sells its land to investors at a profit",
    ),
    (2, "{} invests in export of sports shoes"),
    (3, "Clinic of {} treats half the football team for fever"),
    (3, "Heat wave: doctors of {} treat forty patients"),
    (4, "Choir of {} sings for the hospital"),
    (4, "In spite of rain, orchestra of {} plays in the park"),
];

pub(super) fn kind(_: &mut Chance) -> (Kind, Write) {
    let kind = Kind {
        name: "topic",
        labels: TOPICS.iter().map(|(topic, _)| *topic).collect(),
        known: String::new(),
        item: "headlines",
    };
    (kind, write)
}

fn write(_: &Kind, label: usize, chance: &mut Chance, hard: bool) -> String {
    let hard_ones: Vec<&str> = HARD
        .iter()
        .filter(|(of, _)| *of == label)
        .map(|(_, text)| *text)
        .collect();
    let text = match hard {
        true => *chance.pick(&hard_ones),
        false => TOPICS[label].1[chance.below(TOPICS[label].1.len())],
    };
    text.replace("{}", &invented(Style::Place, chance))
}
