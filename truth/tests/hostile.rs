//! Whatever an answer holds: no panic, a credit in [0, 1], no long work; and what is written is read back.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use truth::value::{Partial, value};
use truth::{Asks, Credit, Date, Facts, Forecast, Truth};

/// The credits of one answer under every kind of truth.
fn all(answer: &str) -> Vec<Credit> {
    let partial = Partial {
        near: 0.1,
        year_only: 0.3,
        no_year: 0.1,
    };
    let names = |all: &[&str]| -> Vec<String> { all.iter().map(|s| (*s).to_owned()).collect() };
    let number = Truth::Number {
        value: 42.0,
        unit: Some("km".to_owned()),
        tolerance: 0.5,
    };
    let truths = [
        number.clone(),
        Truth::Number {
            value: 0.0,
            unit: None,
            tolerance: 0.0,
        },
        Truth::Date {
            date: Date {
                year: 1712,
                month: Some(3),
                day: Some(28),
            },
        },
        Truth::Name {
            forms: names(&["Alma Brin", "no"]),
            others: names(&["Bertha"]),
        },
        Truth::Choice {
            right: "Paris".to_owned(),
            options: names(&["Rome", "Paris"]),
        },
        Truth::Absent {
            others: names(&["42"]),
        },
    ];
    let mut credits: Vec<Credit> = truths
        .iter()
        .filter_map(|t| value(t, answer, &partial))
        .collect();
    credits.extend(of_several(answer, &number));
    credits
}

/// The credits under truths of more than one value.
fn of_several(answer: &str, number: &Truth) -> Vec<Credit> {
    let names = |all: &[&str]| -> Vec<String> { all.iter().map(|s| (*s).to_owned()).collect() };
    let partial = Partial::default();
    let mut credits = Vec::new();
    let items = [names(&["Alma"]), names(&["Bertha", "Berta"])];
    let facts = Facts {
        must: vec![names(&["trap* gas|air", "hold * gas"])],
        never: names(&["make gas"]),
    };
    credits.push(truth::set::set_f1(&items, answer));
    credits.push(truth::ranking::ranking(&items, answer));
    credits.push(truth::facts::facts(
        &facts,
        &["Why 30?", answer, "It traps 30 gas bubbles."],
        answer,
    ));
    credits.push(truth::quote::quote(
        "Brin log",
        "The Alma had 42 km to go.",
        number,
        answer,
        &partial,
    ));
    credits.extend(truth::labels::labels(
        &names(&["cat", "dog"]),
        &[Some("cat".to_owned()), None],
        answer,
    ));
    let seen = vec![1.0, 2.0, 1.5, 3.0];
    for asks in [
        Asks::Points { steps: 2 },
        Asks::Interval {
            steps: 2,
            level: 0.8,
        },
        Asks::Rise { steps: 2 },
        Asks::Quantiles { steps: 2 },
    ] {
        let truth = Forecast {
            asks,
            seen: seen.clone(),
            came: vec![2.0, 2.5],
            after: None,
        };
        credits.extend(truth::forecast::forecast(&truth, answer));
    }
    credits
}

fn sound(credits: &[Credit]) -> bool {
    credits.iter().all(|c| {
        (0.0..=1.0).contains(&c.value)
            && c.why.chars().count() <= 120
            && !c.why.chars().any(char::is_control)
    })
}

/// Pieces that readers take apart, in any order.
fn pieces() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "Answer:",
        "\n",
        " ",
        "42",
        "km",
        ".",
        ",",
        "-",
        "1,234",
        "/",
        "3/0",
        "1e999",
        "two",
        "hundred",
        "and",
        "a",
        "half",
        "dozen",
        "not",
        "March",
        "1712",
        "28.03.1712",
        "(",
        ")",
        "B",
        "Alma",
        "%",
        "°",
        "C",
        "per",
        "cent",
        "\"",
        "“",
        "[",
        "]",
        "between",
        "'",
        "n't",
        "point",
        "½",
        "⁵",
        "×10^",
        "\u{200b}",
        "ß",
        "م",
        "the text does not say",
        ":",
        "|",
        "m^",
        "in",
        "light",
        "square",
        "±",
    ];
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|p| p.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gets_a_credit(text in any::<String>()) {
        prop_assert!(sound(&all(&text)));
    }

    #[test]
    fn any_pieces_get_a_credit(text in pieces()) {
        prop_assert!(sound(&all(&text)), "{:?}", all(&text));
    }

    #[test]
    fn whole_numbers_are_read_back(n in 0u32..5_000_000) {
        let truth = Truth::Number { value: f64::from(n), unit: None, tolerance: 0.0 };
        for text in [n.to_string(), grouped(n, ','), grouped(n, ' '), grouped(n, '\''), said(n), format!("Answer: {}", said(n)), format!("{n}.0")] {
            prop_assert!(value(&truth, &text, &Partial::default()).is_some_and(|c| c.value > 0.99), "{}", text);
        }
    }

    #[test]
    fn dates_are_read_back(year in 1000i32..2999, month in 1u8..=12, day in 1u8..=28) {
        const MONTHS: &[&str] = &["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
        let truth = Truth::Date { date: Date { year, month: Some(month), day: Some(day) } };
        let name = MONTHS[usize::from(month) - 1];
        for text in [
            format!("{year}-{month:02}-{day:02}"),
            format!("{day:02}.{month:02}.{year}"),
            format!("{day} {name} {year}"),
            format!("{name} {day}, {year}"),
            format!("on the {day}th of {name}, {year}."),
        ] {
            prop_assert!(value(&truth, &text, &Partial::default()).is_some_and(|c| c.value > 0.99), "{}", text);
        }
    }
}

fn grouped(n: u32, sep: char) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(sep);
        }
        out.push(c);
    }
    out
}

fn said(n: u32) -> String {
    const SMALL: &str = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen";
    const TENS: &str = "- - twenty thirty forty fifty sixty seventy eighty ninety";
    let word = |list: &str, i: u32| list.split(' ').nth(i as usize).unwrap_or("").to_owned();
    let joined = |head: String, rest: u32, and: &str| {
        if rest == 0 {
            head
        } else {
            format!("{head} {and}{}", said(rest))
        }
    };
    match n {
        0..20 => word(SMALL, n),
        20..100 if n.is_multiple_of(10) => word(TENS, n / 10),
        20..100 => format!("{}-{}", word(TENS, n / 10), word(SMALL, n % 10)),
        100..1000 => joined(format!("{} hundred", word(SMALL, n / 100)), n % 100, "and "),
        1000..1_000_000 => joined(
            format!("{} thousand", said(n / 1000)),
            n % 1000,
            if n % 1000 < 100 { "and " } else { "" },
        ),
        _ => joined(
            format!("{} million", said(n / 1_000_000)),
            n % 1_000_000,
            "",
        ),
    }
}

#[test]
fn long_answers_take_no_long_work() {
    let unit = [
        "1 ",
        "not 42 km, ",
        "Answer: ",
        "42 or ",
        "1,",
        "Alma ",
        "\"",
        "\u{430}",
        "the text does not say ",
    ];
    for piece in unit {
        let text = piece.repeat(65_536 / piece.len());
        let start = Instant::now();
        assert!(sound(&all(&text)), "{piece}");
        let took = start.elapsed();
        println!("{piece:?}: {took:?}");
        assert!(took < Duration::from_secs(15), "{piece:?}: {took:?}");
    }
}
