//! Whether an answer says the facts that a right one holds, and none that are wrong.

mod contradictions;
mod doubt;
mod form;

use crate::read::{Token, tokens};
use crate::{Credit, Facts};

use form::Sentences;

/// What an answer earns at most that says a forbidden form, or denies the reference.
pub const WRONG: f64 = 0.2;
/// What a number takes off that stands in none of the given texts, and how much all such take off at most.
const STRANGE: (f64, f64) = (0.2, 0.4);

/// What doubt of one's own leaves of it: people marked such answers at about two thirds of the same said plainly.
const DOUBTED: f64 = 0.7;

/// The share of the required facts that the answer says, less what contradicts the given texts (question, passage,
/// reference: the last is the reference). A forbidden form, or the reference denied, leaves at most [`WRONG`].
pub fn facts(facts: &Facts, given: &[&str], answer: &str) -> Credit {
    let read = tokens(answer);
    let sentences = Sentences::of(&read);
    if read.is_empty() {
        return Credit::none("nothing was said");
    }
    let missing: Vec<&str> = facts
        .must
        .iter()
        .filter(|forms| !forms.iter().any(|form| sentences.say(form)))
        .map(|forms| forms.first().map_or("", String::as_str))
        .collect();
    let all = facts.must.len();
    let said = if all == 0 {
        1.0
    } else {
        (all - missing.len()) as f64 / all as f64
    };
    let texts: Vec<Vec<Token>> = given.iter().map(|text| tokens(text)).collect();
    let strange = contradictions::strange_numbers(&texts, &read);
    let mut value = said - (STRANGE.0 * strange.len() as f64).min(STRANGE.1);
    let mut why = format!("{} of {all} facts", all - missing.len());
    if let Some(form) = missing.first() {
        why.push_str(&format!(", not {form:.40}"));
    }
    if let Some(number) = strange.first() {
        why.push_str(&format!(", {number} is new"));
    }
    if let Some(form) = facts.never.iter().find(|form| sentences.say(form)) {
        value = value.min(WRONG);
        why = format!("wrong: {form:.50}; {why}");
    } else if texts
        .last()
        .is_some_and(|reference| contradictions::denies(reference, &read))
    {
        value = value.min(WRONG);
        why = format!("denies the reference; {why}");
    }
    if doubt::doubts(&read) {
        value *= DOUBTED;
        why.push_str(", in doubt");
    }
    Credit::new(value, &why)
}

/// Whether a text says a form: see [`Facts`].
pub fn says(text: &str, form: &str) -> bool {
    Sentences::of(&tokens(text)).say(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gluten() -> Facts {
        Facts {
            must: vec![
                vec!["trap*|hold|keep* gas|bubble".to_owned()],
                vec!["14400|14.4 years|old".to_owned()],
            ],
            never: vec!["gluten produc*|make gas".to_owned()],
        }
    }

    #[test]
    fn facts_are_counted() {
        let given = [
            "What is 14,400 years old?",
            "The bread is 14,400 years old. Gluten traps the gas of 30 loaves.",
            "Gluten traps the gas.",
        ];
        for (text, value) in [
            ("Gluten traps gas, and the bread is 14,400 years old.", 1.0),
            ("Bubbles are trapped; it is 14400 years old.", 1.0),
            ("It keeps the bubbles.", 0.5),
            ("It does not trap gas. It is 14,400 years old.", 0.5),
            ("Gluten makes gas and traps gas; 14,400 years old.", 0.2),
            (
                "Gluten does not make gas, it traps gas; 14,400 years old.",
                1.0,
            ),
            (
                "Gluten traps gas, and the bread is 14,400 years old, found in 1955.",
                0.8,
            ),
            (
                "It is not true that gluten traps gas; it is 14,400 years old.",
                0.2,
            ),
            (
                "I am not sure, but gluten traps gas, and the bread is 14,400 years old.",
                0.7,
            ),
            ("No idea.", 0.0),
            ("", 0.0),
        ] {
            let credit = facts(&gluten(), &given, text);
            assert!((credit.value - value).abs() < 1e-9, "{text}: {credit:?}");
        }
    }
}
