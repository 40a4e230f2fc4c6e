//! Which forms of a series are read, what is asked, and when the truth is known.
#![allow(clippy::unwrap_used)]

use super::*;

const DAY: f64 = 86_400.0;

fn numbers(count: usize) -> String {
    (0..count).map(|n| format!("{n}.5\n")).collect()
}

#[test]
fn one_series_in_many_forms() {
    let day = |n: usize| format!("2026-02-{:02}", n + 20);
    let rows: Vec<usize> = (0..8).chain(9..12).collect();
    let csv = |row: fn(&usize) -> String| rows.iter().map(row).collect::<Vec<_>>().join("\n");
    let expected = Series::parse(&csv(|n| format!("{},{n}", 1_771_545_600 + n * 86_400))).unwrap();
    assert_eq!(expected.points.len(), 11);
    for text in [
        csv(|n| format!("{};x;{n}.0", (1_771_545_600 + n * 86_400) * 1000)),
        format!(
            "Date, Open, Close\n{}",
            csv(|n| format!("{}, 9, {n}", (1_771_545_600 + n * 86_400)))
        ),
        format!(
            "[{}]",
            csv(|n| format!("[{},\"{n}\"]", 1_771_545_600 + n * 86_400)).replace('\n', ",")
        ),
        format!(
            "{{\"data\": [{}]}}",
            csv(|n| format!("{{\"t\": {}, \"close\": {n}}}", 1_771_545_600 + n * 86_400))
                .replace('\n', ",")
        ),
    ] {
        assert_eq!(Series::parse(&text).unwrap(), expected, "{text}");
    }
    // Days by their names, over the end of a month, in any order.
    assert_eq!(time(&day(0)), Some(1_771_545_600.0));
    let half_past_noon = time("2026-03-01T12:30:00Z").unwrap();
    assert_eq!(
        half_past_noon - time("2026-02-28").unwrap(),
        1.5 * DAY + 1800.0
    );
    assert_eq!(time("1970-01-01"), Some(0.0));
    assert_eq!(time("2000-02-29").unwrap(), 11_016.0 * DAY);
    assert_eq!(time("yesterday"), None);
}

#[test]
fn what_is_no_series_is_named() {
    for (text, wanted) in [
        ("", "0 values"),
        ("[1, 2]", "2 values"),
        ("[1, \"x\"]", "entry 1: no value: \"x\""),
        ("{\"a\": 1}", "no array"),
        ("[1", "EOF"),
        (&format!("{}oops", numbers(12)), "line 13: no value: oops"),
        (&format!("{}1,2", numbers(12)), "1 of 13 values have a time"),
    ] {
        let fault = Series::parse(text).unwrap_err();
        assert!(fault.contains(wanted), "{text}: {fault}");
    }
}

#[test]
fn the_truth_is_known_once_all_steps_have_come() {
    let before = Series::parse(&numbers(300)).unwrap();
    let drawn = before.ask("prices.csv", Asks::Points { steps: 2 });
    let Truth::Forecast(forecast) = &drawn.truth else {
        unreachable!("a forecast");
    };
    assert_eq!((forecast.seen.len(), forecast.seen[199]), (SHOWN, 299.5));
    assert!(drawn.material.ends_with("\n298.5\n299.5") && forecast.came.is_empty());
    let at = forecast.after.unwrap();
    let later = |count| Series::parse(&numbers(count)).unwrap().after(at, 2);
    assert_eq!((later(300), later(301)), (None, None));
    assert_eq!(later(302), Some(vec![300.5, 301.5]));
    assert_eq!(later(310), Some(vec![300.5, 301.5]));
}
