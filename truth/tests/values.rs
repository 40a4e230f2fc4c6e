//! Answers as people and models write them, right beside wrong: one row each.

use truth::value::{Partial, value};
use truth::{Date, Truth};

fn check(truth: &Truth, rows: &[(&str, f64)]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(answer, worth)| {
            let credit = value(truth, answer, &Partial::default())?;
            ((credit.value - worth).abs() > 1e-9)
                .then(|| format!("{answer:?}: {credit:?}, not {worth}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn number(value: f64, unit: &str) -> Truth {
    let unit = (!unit.is_empty()).then(|| unit.to_owned());
    Truth::Number {
        value,
        unit,
        tolerance: 0.0,
    }
}

fn strings(all: &[&str]) -> Vec<String> {
    all.iter().map(|s| (*s).to_owned()).collect()
}

#[test]
fn numbers() {
    check(
        &number(206.0, ""),
        &[
            ("206", 1.0),
            ("Answer: 206", 1.0),
            ("**Answer:** 206.", 1.0),
            ("Answer: two hundred and six", 1.0),
            ("There are 206 bones in the body.", 1.0),
            ("Two hundred six", 1.0),
            ("206.0", 1.0),
            ("It is 206, not 205.", 1.0),
            ("It isn't 205 but 206.", 1.0),
            ("The total is 100 + 106 = 206", 1.0),
            ("I counted 100 and then 106. So the total is 206.", 1.0),
            ("Reasoning: 300, 400, 500, 600.\nAnswer: 206", 1.0),
            ("Answer: 207\nAnswer: 206", 1.0),
            ("approximately 206", 1.0),
            ("205", 0.0),
            ("It is not 206.", 0.0),
            ("Answer: 205. (206 is wrong.)", 0.0),
            ("Answer: 206 or 207", 0.0),
            ("It is 205 rather than 206.", 0.0),
            ("Numbers: 1, 20, 206, 30, 45", 0.0),
            ("204. There are 205. Some 206. Or 207. Then 208.", 0.0),
            ("between 200 and 210", 0.0),
            ("206 million", 0.0),
            ("-206", 0.0),
            ("2.06", 0.0),
            ("The text does not say.", 0.0),
            ("The text doesn't say it outright, but it must be 206.", 1.0),
            ("It is 206. The text does not say.", 0.0),
            ("Answer: 205\nIt could be 206", 0.0),
            ("", 0.0),
            ("Answer:", 0.0),
            ("206 men", 1.0),
            ("It is not true that there are 206.", 0.0),
        ],
    );
}

#[test]
fn numbers_in_many_forms() {
    check(
        &number(1_234.5, ""),
        &[
            ("1,234.5", 1.0),
            ("1 234.5", 1.0),
            ("1.234,5", 1.0),
            ("1'234.5", 1.0),
            ("1234.5", 1.0),
            ("1234", 0.0),
            ("$1,234.50", 1.0),
        ],
    );
    check(
        &number(0.75, ""),
        &[
            ("3/4", 1.0),
            ("three quarters", 1.0),
            ("¾", 1.0),
            ("0,75", 1.0),
            (".75", 1.0),
            ("4/3", 0.0),
            ("7.5e-1", 1.0),
            ("a half", 0.0),
        ],
    );
    check(
        &number(12.0, ""),
        &[
            ("a dozen", 1.0),
            ("1 dozen", 1.0),
            ("twelve", 1.0),
            ("two dozen", 0.0),
            ("１２", 1.0),
        ],
    );
    check(
        &number(0.0, ""),
        &[("zero", 1.0), ("0", 1.0), ("None.", 0.0), ("one", 0.0)],
    );
    check(
        &number(3.0, ""),
        &[
            ("three", 1.0),
            ("3rd", 1.0),
            ("third", 1.0),
            ("3.0", 1.0),
            ("One of them had three.", 1.0),
        ],
    );
    check(
        &number(-5.0, ""),
        &[
            ("-5", 1.0),
            ("minus five", 1.0),
            ("−5", 1.0),
            ("5", 0.0),
            ("negative 5", 1.0),
        ],
    );
    check(
        &number(1.5e6, ""),
        &[
            ("1.5 million", 1.0),
            ("1,500,000", 1.0),
            ("one and a half million", 1.0),
            ("1.5e6", 1.0),
            ("1.5 × 10⁶", 1.0),
            ("1.5", 0.0),
        ],
    );
}

#[test]
fn numbers_with_units() {
    check(
        &number(42.0, "km"),
        &[
            ("42 km", 1.0),
            ("42km", 1.0),
            ("42 kilometres", 1.0),
            ("42,000 m", 1.0),
            ("42", 1.0),
            ("forty-two kilometers", 1.0),
            ("In 1712 the road was 42 km long and cost 300 crowns.", 1.0),
            ("It took 5 hours to ride the 42 km.", 1.0),
            ("26 miles", 1.0),
            ("42 km (26 miles)", 1.0),
            ("42 miles", 0.0),
            ("42 m", 0.0),
            ("42 hours", 0.0),
            ("about 40 km", 0.0),
            ("25 miles", 0.0),
        ],
    );
}

#[test]
fn numbers_with_other_units() {
    check(
        &number(30.0, "%"),
        &[
            ("30 %", 1.0),
            ("30%", 1.0),
            ("30 percent", 1.0),
            ("thirty per cent", 1.0),
            ("30", 1.0),
            ("0.3", 0.0),
            ("Answer: 30 percentage points", 1.0),
        ],
    );
    check(
        &number(90.0, "minutes"),
        &[
            ("90 min", 1.0),
            ("1.5 hours", 1.0),
            ("an hour and a half", 0.0),
            ("1 h 30 min", 1.0),
            ("one hour and thirty minutes", 1.0),
            ("90 s", 0.0),
            ("5400 seconds", 1.0),
        ],
    );
    check(
        &number(100.0, "°C"),
        &[
            ("100 °C", 1.0),
            ("212 °F", 1.0),
            ("100 degrees Celsius", 1.0),
            ("100 C", 1.0),
            ("100 degrees", 1.0),
            ("100 °F", 0.0),
            ("373 K", 1.0),
        ],
    );
    check(
        &number(30.0, "sailors"),
        &[
            ("30 sailors", 1.0),
            ("It had 12 guns, and 30 sailors.", 1.0),
            ("30", 1.0),
            ("12 guns", 0.0),
        ],
    );
    check(
        &number(5.0, "$"),
        &[("$5", 1.0), ("5 dollars", 1.0), ("5", 1.0), ("€5", 0.0)],
    );
    check(
        &number(36.0, "km/h"),
        &[
            ("36 km/h", 1.0),
            ("10 m/s", 1.0),
            ("36 kilometres per hour", 1.0),
            ("36 mph", 0.0),
        ],
    );
}

#[test]
fn near_numbers_earn_what_the_config_says() {
    let partial = Partial {
        near: 0.1,
        ..Partial::default()
    };
    let worth = |answer: &str| value(&number(100.0, ""), answer, &partial).map(|c| c.value);
    for (answer, expected) in [
        ("100", 1.0),
        ("105", 0.5),
        ("95", 0.5),
        ("110", 0.0),
        ("200", 0.0),
    ] {
        assert!(
            worth(answer).is_some_and(|w| (w - expected).abs() < 1e-9),
            "{answer}: {:?}",
            worth(answer)
        );
    }
    let wide = Truth::Number {
        value: 100.0,
        unit: None,
        tolerance: 2.0,
    };
    check(&wide, &[("98", 1.0), ("102", 1.0), ("102.1", 0.0)]);
}

#[test]
fn dates() {
    let day = Truth::Date {
        date: Date {
            year: 1712,
            month: Some(3),
            day: Some(28),
        },
    };
    check(
        &day,
        &[
            ("1712-03-28", 1.0),
            ("28 March 1712", 1.0),
            ("March 28th, 1712", 1.0),
            ("Answer: 28.03.1712", 1.0),
            ("She sailed on the 28th of March 1712.", 1.0),
            ("It was not on 27 March 1712 but on 28 March 1712.", 1.0),
            ("27 March 1712", 0.0),
            ("28 March 1713", 0.0),
            ("28 May 1712", 0.0),
            ("1712", 0.0),
            ("March 1712", 0.0),
            ("28 March", 0.0),
            ("27 or 28 March 1712", 1.0),
            ("28 March 1712 or 29 March 1712", 0.0),
            ("not on 28 March 1712", 0.0),
            ("unknown", 0.0),
        ],
    );
    let year = Truth::Date {
        date: Date {
            year: 1712,
            month: None,
            day: None,
        },
    };
    check(
        &year,
        &[
            ("1712", 1.0),
            ("in 1712", 1.0),
            ("3 March 1712", 1.0),
            ("seventeen twelve", 1.0),
            ("1713", 0.0),
            ("1710s", 0.0),
            ("It was built in 1712 with 45 guns.", 1.0),
            ("1712 or 1713", 0.0),
            ("Not in 1712.", 0.0),
        ],
    );
    let partial = Partial {
        year_only: 0.3,
        ..Partial::default()
    };
    assert!(value(&day, "1712", &partial).is_some_and(|c| (c.value - 0.3).abs() < 1e-9));
}

#[test]
fn names() {
    let truth = Truth::Name {
        forms: strings(&["Alma Brin", "the Alma"]),
        others: strings(&["Bertha", "Clara Dorn", "Alma Rosa"]),
    };
    check(
        &truth,
        &[
            ("Alma", 1.0),
            ("alma brin", 1.0),
            ("Brin, Alma", 1.0),
            ("Answer: The Alma.", 1.0),
            ("It was the Alma's crew.", 1.0),
            ("The ship was called Alma, not Bertha.", 1.0),
            ("The Alma was faster than the Bertha.", 1.0),
            ("Unlike Bertha, the Alma had sails.", 1.0),
            ("Álma", 1.0),
            ("Al\u{200b}ma", 1.0),
            ("\u{410}lm\u{430}", 1.0),
            ("Bertha", 0.0),
            ("The Bertha was faster than the Alma.", 0.0),
            ("Alma Rosa", 0.0),
            ("It was not the Alma.", 0.0),
            ("Alma or Bertha", 0.0),
            ("Answer: Alma, Bertha, Clara Dorn", 0.0),
            ("Answer: Alma, Xenia, Yves, Zora", 0.0),
            ("Bertha rather than Alma", 0.0),
            ("The answer is Alma; Bertha came later.", 1.0),
            ("It is unknown.", 0.0),
            ("Almada", 0.0),
        ],
    );
}

#[test]
fn choices() {
    let truth = Truth::Choice {
        right: "Paris".to_owned(),
        options: strings(&["Rome", "Paris", "New York", "Oslo"]),
    };
    check(
        &truth,
        &[
            ("B", 1.0),
            ("b)", 1.0),
            ("(B)", 1.0),
            ("B) Paris", 1.0),
            ("Paris", 1.0),
            ("The answer is B.", 1.0),
            ("Answer: option b", 1.0),
            ("It is Paris, not Rome.", 1.0),
            ("Not Rome but Paris", 1.0),
            ("A", 0.0),
            ("A) Paris", 0.0),
            ("Rome", 0.0),
            ("not B", 0.0),
            ("Paris or Rome", 0.0),
            ("A, B, C, D", 0.0),
            ("New York", 0.0),
            ("Berlin", 0.0),
            ("Paris is wrong, it is Oslo.", 0.0),
        ],
    );
}

#[test]
fn absence() {
    let truth = Truth::Absent {
        others: strings(&["42", "Bertha"]),
    };
    check(
        &truth,
        &[
            ("The text does not say.", 1.0),
            ("Answer: not stated", 1.0),
            ("Answer: unknown", 1.0),
            ("It cannot be determined from the passage.", 1.0),
            (
                "The document gives the length of the Alma, 42 m, but her weight is not mentioned.",
                1.0,
            ),
            ("There's no information about that in the text.", 1.0),
            ("The passage doesn't specify it.", 1.0),
            ("42", 0.0),
            ("Answer: 42", 0.0),
            ("The text does not say. Answer: 42", 0.0),
            ("The text does not say, but it is probably 42.", 0.0),
            ("The text doesn't say. It is 42.", 0.0),
            ("Bertha", 0.0),
            ("", 0.0),
            ("I like ships.", 0.0),
        ],
    );
}

#[test]
fn other_kinds_are_read_elsewhere() {
    assert!(value(&Truth::Open {}, "42", &Partial::default()).is_none());
}
