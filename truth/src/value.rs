//! One value as a truth: numbers, dates, names, choices, and that the text does not say.

use serde::{Deserialize, Serialize};

use crate::read::{
    Found, Names, Offered, Quantity, Token, answer_line, dates, named, quantities, tokens,
};
use crate::settle::{Prefer, Settled, settle};
use crate::{Credit, Date, Truth, absent};

/// What an answer earns that is not right but near. All of it is 0 unless set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Partial {
    /// A number's credit falls from 1 at the tolerance's edge to 0 at this relative error.
    pub near: f64,
    /// For a date whose year (and whatever else is said) is right, and which says less than the truth.
    pub year_only: f64,
    /// For a date that is right but lacks its year.
    pub no_year: f64,
}

/// How right an answer is to a question for one value; none where the truth is of another kind. In a line that begins with
/// `Answer:` only its value counts; without one, the value that the prose settles on.
pub fn value(truth: &Truth, answer: &str, partial: &Partial) -> Option<Credit> {
    let line = answer_line(answer);
    let tokens = tokens(line.as_deref().unwrap_or(answer));
    let unsaid = absent::sentences(&tokens);
    let read = |found: Credit| {
        if unsaid.is_empty() {
            found
        } else {
            beside(&tokens, &unsaid, found)
        }
    };
    Some(match truth {
        Truth::Number {
            value,
            unit,
            tolerance,
        } => read(number(
            &tokens,
            *value,
            unit.as_deref(),
            *tolerance,
            partial,
        )),
        Truth::Date { date } => read(dated(&tokens, *date, partial)),
        Truth::Name { forms, others } => name(&tokens, forms, others, line.is_some(), &unsaid),
        Truth::Choice { right, options } => choice(&tokens, right, options),
        Truth::Absent { others } => nothing(&tokens, others, line.is_some(), &unsaid),
        _ => return None,
    })
}

const TURNS: &[&str] = &[
    "but",
    "however",
    "though",
    "although",
    "yet",
    "still",
    "nevertheless",
];

/// An answer that says that the text doesn't say is not right beside it, unless it goes on and answers.
fn beside(tokens: &[Token], unsaid: &[usize], found: Credit) -> Credit {
    let last = unsaid.last().copied().unwrap_or(0);
    let start = tokens.iter().position(|t| t.sentence == last).unwrap_or(0);
    let turned = tokens[start..]
        .iter()
        .any(|t| TURNS.contains(&t.text.as_str()));
    if turned {
        found
    } else {
        Credit::none("says that the text does not say")
    }
}

fn missed<T>(settled: &Settled<T>, right: &str) -> Credit {
    Credit::none(&match settled {
        Settled::Many(n) => format!("{n} values and none singled out; right is {right}"),
        _ => format!("no value found; right is {right}"),
    })
}

fn number(
    tokens: &[Token],
    right: f64,
    unit: Option<&str>,
    tolerance: f64,
    partial: &Partial,
) -> Credit {
    let wanted = unit.and_then(named);
    let word = unit.map(str::to_lowercase);
    let shown = format!(
        "{right}{}",
        unit.map(|u| format!(" {u}")).unwrap_or_default()
    );
    let in_unit = |q: &Found<Quantity>| match (wanted, q.what.unit) {
        (Some(w), Some(u)) => {
            w.dimension == u.dimension
                || (w.dimension == "sterling" && u == named("lb").unwrap_or(u))
        }
        (None, _) => word.as_ref().is_some_and(|w| {
            tokens[q.end..]
                .iter()
                .take(2)
                .any(|t| crate::read::same_word(w, &t.text))
        }),
        _ => false,
    };
    let mut found = quantities(tokens);
    if found.iter().any(&in_unit) {
        found.retain(in_unit);
    } else if wanted.is_some() {
        found.retain(|q| q.what.unit.is_none());
    }
    if found.iter().any(|q| !q.what.weak) {
        found.retain(|q| !q.what.weak);
    }
    // What was read, in the truth's unit, and how much of its error is rounding in another unit.
    let read = |q: &Quantity| match (wanted, q.unit) {
        (Some(w), Some(u)) if u != w && u.dimension == w.dimension => {
            let value = u.convert(q.value, &w);
            (
                value,
                (0.5 * q.step * u.ratio(&w)).abs().min(0.01 * value.abs()),
            )
        }
        _ => (q.value, 0.0),
    };
    let same = |a: &Quantity, b: &Quantity| {
        let ((x, dx), (y, dy)) = (read(a), read(b));
        (x - y).abs() <= dx + dy + 1e-9 * x.abs().max(y.abs())
    };
    let settled = settle(tokens, &found, Prefer::Last, same);
    let Settled::On(quantity) = &settled else {
        return missed(&settled, &shown);
    };
    let (value, rounding) = read(quantity);
    let error = (value - right).abs();
    let allowed = tolerance.max(0.0).max(rounding) + 1e-9 * right.abs();
    let why = format!("read {value}, right is {shown}");
    if error <= allowed {
        return Credit::full(&why);
    }
    let relative = error / right.abs();
    let near = if partial.near > 0.0 && relative.is_finite() {
        1.0 - relative / partial.near
    } else {
        0.0
    };
    Credit::new(near, &why)
}

fn dated(tokens: &[Token], right: Date, partial: &Partial) -> Credit {
    let mut found = dates(tokens);
    if right.day.is_some() && found.iter().any(|d| d.what.month.is_some()) {
        // Beside a whole date a lone year is an aside.
        found.retain(|d| d.what.month.is_some());
    }
    let pad = |n: Option<u8>| n.map(|n| format!("-{n:02}")).unwrap_or_default();
    let shown = |year: Option<i32>, m, d| {
        format!(
            "{}{}{}",
            year.map_or("?".to_owned(), |y| y.to_string()),
            pad(m),
            pad(d)
        )
    };
    let goal = shown(Some(right.year), right.month, right.day);
    let fits = |a: Option<i64>, b: Option<i64>| a.zip(b).is_none_or(|(a, b)| a == b);
    let settled = settle(tokens, &found, Prefer::Last, |a, b| {
        fits(a.year.map(i64::from), b.year.map(i64::from))
            && fits(a.month.map(i64::from), b.month.map(i64::from))
            && fits(a.day.map(i64::from), b.day.map(i64::from))
    });
    let Settled::On(read) = &settled else {
        return missed(&settled, &goal);
    };
    let why = format!(
        "read {}, right is {goal}",
        shown(read.year, read.month, read.day)
    );
    let agrees = |month: Option<u8>, day: Option<u8>| {
        fits(month.map(i64::from), right.month.map(i64::from))
            && fits(day.map(i64::from), right.day.map(i64::from))
    };
    let date = agrees(read.month, read.day) || (read.swapped && agrees(read.day, read.month));
    if !date || read.year.is_some_and(|y| y != right.year) {
        return Credit::none(&why);
    }
    let less = (right.month.is_some() && read.month.is_none())
        || (right.day.is_some() && read.day.is_none());
    match (read.year, less) {
        (Some(_), false) => Credit::full(&why),
        (Some(_), true) => Credit::new(partial.year_only, &why),
        (None, false) => Credit::new(partial.no_year, &why),
        (None, true) => Credit::none(&why),
    }
}

fn name(
    tokens: &[Token],
    forms: &[String],
    others: &[String],
    line: bool,
    unsaid: &[usize],
) -> Credit {
    let mut names = Names::default();
    forms.iter().for_each(|form| names.add(0, form));
    others
        .iter()
        .enumerate()
        .for_each(|(i, other)| names.add(i + 1, other));
    let right = forms.first().map_or("", String::as_str);
    let found = names.find(tokens);
    // A form that is itself a denial ("no", "not guilty") can't be denied by its own words.
    let settled = settle(tokens, &found, Prefer::First, |a, b| a == b);
    match settled {
        Settled::On(0) => {}
        Settled::On(other) => {
            return Credit::none(&format!(
                "names {}, right is {right}",
                others.get(other - 1).map_or("", String::as_str)
            ));
        }
        _ => return missed(&settled, right),
    }
    let here: Vec<&Found<usize>> = found.iter().filter(|f| f.what == 0).collect();
    if here.iter().all(|f| listed(tokens, f)) {
        return Credit::none(&format!("one of several names; right is {right}"));
    }
    let last = tokens.last().map_or(0, |t| t.sentence);
    let buried = !line
        && tokens.len() > 160
        && here
            .iter()
            .all(|f| !matches!(tokens[f.start].sentence, s if s == 0 || s == last));
    if buried {
        return Credit::none(&format!("named in passing; right is {right}"));
    }
    let found = Credit::full(&format!("names {right}"));
    if unsaid.is_empty() {
        found
    } else {
        beside(tokens, unsaid, found)
    }
}

/// Whether a name stands in a list of names, or beside "or" and another.
fn listed(tokens: &[Token], one: &Found<usize>) -> bool {
    let text = |i: usize| tokens.get(i).map_or("", |t| t.text.as_str());
    let sentence = tokens[one.start].sentence;
    let capital = |i: usize| {
        tokens.get(i).is_some_and(|t| {
            t.sentence == sentence
                && t.is_word()
                && t.raw.chars().next().is_some_and(char::is_uppercase)
        })
    };
    let run = |from: usize| (from..from + 3).take_while(|i| capital(*i)).count();
    let joint = |i: usize| matches!(text(i), "," | "or" | "and" | "/" | "&" | ";" | "|");
    let after = run(one.end + 1);
    let behind = one.end + 1 + after;
    let next = joint(one.end) && after > 0;
    let several = next && joint(behind) && run(behind + 1) > 0;
    let pair = next && text(one.end) != "," && tokens.get(behind).is_none_or(|t| !t.is_word());
    let before = one.start > 1
        && joint(one.start - 1)
        && capital(one.start - 2)
        && text(one.start - 1) != ",";
    let earlier = one.start > 3
        && joint(one.start - 1)
        && capital(one.start - 2)
        && joint(one.start - 3)
        && capital(one.start - 4);
    several || pair || before || earlier
}

fn choice(tokens: &[Token], right: &str, options: &[String]) -> Credit {
    let offered = Offered::of(options);
    let found = offered.find(tokens);
    let settled = settle(tokens, &found, Prefer::First, |a, b| a == b);
    let Settled::On(chosen) = settled else {
        return missed(&settled, right);
    };
    let text = options.get(chosen).map_or("", String::as_str);
    // "B) Paris" where Paris is C says neither.
    let torn = found.windows(2).any(|w| {
        w[0].what == chosen
            && w[1].what != chosen
            && w[1].start - w[0].end <= 1
            && w[0].end - w[0].start == 1
    });
    let why = format!("chooses {text}, right is {right}");
    if text.trim() == right.trim() && !torn {
        Credit::full(&why)
    } else {
        Credit::none(&why)
    }
}

fn nothing(tokens: &[Token], others: &[String], line: bool, unsaid: &[usize]) -> Credit {
    let Some(first) = unsaid.first() else {
        return Credit::none("does not say that the text does not say");
    };
    let mut names = Names::default();
    others
        .iter()
        .enumerate()
        .for_each(|(i, other)| names.add(i, other));
    let guesses = |t: &Token| {
        TURNS.contains(&t.text.as_str())
            || matches!(
                t.text.as_str(),
                "probably" | "likely" | "guess" | "so" | "perhaps" | "answer"
            )
    };
    let from = tokens
        .iter()
        .position(|t| t.sentence == *first)
        .unwrap_or(0);
    let guess = tokens
        .iter()
        .skip(from)
        .position(guesses)
        .map_or(usize::MAX, |i| from + i);
    let found = names.find(tokens);
    for one in found
        .iter()
        .filter(|f| !crate::negation::denied(tokens, f.start, f.end))
    {
        let sentence = tokens[one.start].sentence;
        // A mention that the same sentence puts aside ("gives Alma's 42 but not …") is none.
        let other = unsaid.binary_search(&sentence).is_err();
        if one.start > guess || (other && (line || sentence > *first)) {
            let named = others.get(one.what).map_or("", String::as_str);
            return Credit::none(&format!("settles on {named}; the text does not say"));
        }
    }
    Credit::full("says that the text does not say")
}
