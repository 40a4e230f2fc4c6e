//! Right answers, worked out by hand.
#![allow(clippy::unwrap_used, clippy::panic)]

use families::invent::Chance;
use families::invent::calendar::read_day;
use families::reading::answer::{Answer, NOT_SAID, answer};
use families::reading::ask::{Ask, Form};
use families::reading::cast::Fact;
use families::reading::grammar::value::Value;
use families::reading::grammar::worlds::WORLDS;
use families::reading::grammar::{Relation, Thing, World};
use truth::Truth;

/// Of ships and yards.
fn world() -> &'static World {
    WORLDS
        .iter()
        .find(|world| world.main.one == "ship")
        .unwrap()
}

fn relation(thing: &Thing, slot: &str) -> &'static Relation {
    thing.relation(slot).unwrap()
}

fn fact(thing: &Thing, subject: &str, slot: &str, value: Value) -> Fact {
    let subject = subject.to_string();
    Fact {
        subject,
        relation: relation(thing, slot),
        value,
        holds: true,
    }
}

fn facts() -> Vec<Fact> {
    let (ship, yard) = (world().main, world().other);
    let name = |name: &str| Value::Name(name.to_string());
    let day = |day: &str| Value::Date(read_day(day).unwrap());
    let opened = truth::Date {
        year: 1702,
        month: None,
        day: None,
    };
    vec![
        fact(ship, "Orrin", "left", day("28 February 1872")),
        fact(ship, "Halvek", "left", day("1 March 1872")),
        fact(ship, "Tolva", "left", day("9 January 1871")),
        fact(ship, "Orrin", "crew", Value::Number(41)),
        fact(ship, "Halvek", "crew", Value::Number(36)),
        fact(ship, "Orrin", "length", Value::Number(405)),
        fact(ship, "Halvek", "length", Value::Number(398)),
        fact(ship, "Orrin", "home", name("Korrinmere")),
        fact(ship, "Halvek", "home", name("Ulmarvik")),
        fact(ship, "Orrin", "yard", name("Pellan Yard")),
        Fact {
            holds: false,
            ..fact(ship, "Tolva", "crew", Value::Number(77))
        },
        fact(yard, "Pellan Yard", "opened", Value::Date(opened)),
    ]
}

fn asked(form: Form, slot: &str, names: &[&str]) -> Answer {
    let thing = if form == Form::Hop {
        world().other
    } else {
        world().main
    };
    let ask = Ask {
        form,
        thing: world().main,
        relation: relation(thing, slot),
        names: names.iter().map(|name| name.to_string()).collect(),
    };
    answer(world(), &ask, &facts(), &[], &mut Chance::new(1, 2, 3))
}

#[test]
fn what_is_asked_is_answered() {
    let both = ["Orrin", "Halvek"];
    for (form, slot, names, value, decoy) in [
        (Form::One, "crew", &both[..1], "41", "77"),
        (Form::One, "length", &both[..1], "40.5 m", "39.8 m"),
        (Form::One, "home", &both[..1], "Korrinmere", "Ulmarvik"),
        (
            Form::One,
            "left",
            &both[1..],
            "1 March 1872",
            "28 February 1872",
        ),
        (Form::More, "crew", &both, "Orrin", "Halvek"),
        (Form::Less, "crew", &both, "Halvek", "Orrin"),
        (Form::More, "left", &both, "Halvek", "Orrin"),
        (Form::Less, "left", &both, "Orrin", "Halvek"),
        (Form::Sum, "crew", &both, "77", "5"),
        (Form::Sum, "length", &both, "80.3 m", "0.7 m"),
        (Form::Difference, "crew", &both, "5", "77"),
        (Form::Difference, "left", &both, "2 days", "12 days"),
        (
            Form::Order,
            "left",
            &["Orrin", "Halvek", "Tolva"],
            "Tolva, Orrin, Halvek",
            "Halvek, Orrin, Tolva",
        ),
        (Form::Hop, "opened", &both[..1], "1702", "1705"),
        (Form::One, "crew", &["Tolva"], NOT_SAID, "77"),
        (Form::Sum, "crew", &["Orrin", "Tolva"], NOT_SAID, "77"),
    ] {
        let right = asked(form, slot, names);
        assert_eq!(
            (right.value.as_str(), right.decoy.as_str()),
            (value, decoy),
            "{form:?} {slot}"
        );
        let told = form == Form::Order || right.sentence.contains(value);
        assert!(told || value == NOT_SAID, "{}", right.sentence);
    }
}

#[test]
fn truths_are_typed() {
    let both = ["Orrin", "Halvek"];
    let length = asked(Form::Sum, "length", &both).truth;
    let unit = Some("m".to_string());
    assert_eq!(
        length,
        Truth::Number {
            value: 80.3,
            unit,
            tolerance: 0.04
        }
    );
    let crew = asked(Form::One, "crew", &both[..1]).truth;
    assert_eq!(
        crew,
        Truth::Number {
            value: 41.0,
            unit: None,
            tolerance: 0.0
        }
    );
    let Truth::Name { forms, others } = asked(Form::One, "yard", &both[..1]).truth else {
        panic!("a yard is a name");
    };
    assert_eq!(
        (forms, others),
        (
            vec![
                "Pellan Yard".into(),
                "the Pellan Yard".into(),
                "Pellan".into()
            ],
            vec![]
        )
    );
    let Truth::Absent { others } = asked(Form::One, "crew", &["Tolva"]).truth else {
        panic!("no one says how many sailed on the Tolva");
    };
    assert_eq!(others, ["77", "41", "36"]);
    let Truth::Choice { right, options } = asked(Form::More, "crew", &both).truth else {
        panic!("one of two");
    };
    assert_eq!(
        (right.as_str(), options),
        ("Orrin", both.map(String::from).to_vec())
    );
}
