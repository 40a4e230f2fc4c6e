//! Sentence patterns: `{slot}` is filled, `[a|b]` is either; they may be nested. The same pattern writes and reads.

use crate::invent::Chance;

/// Writes one of the pattern's surfaces.
pub fn write(
    pattern: &str,
    chance: &mut Chance,
    fill: &mut dyn FnMut(&str, &mut Chance) -> String,
) -> String {
    let mut text = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(['{', '[']) {
        text.push_str(&rest[..at]);
        let (inner, after) = bracketed(&rest[at..]);
        match rest[at..].starts_with('{') {
            true => text.push_str(&fill(inner, chance)),
            false => {
                let options = options(inner);
                let option = chance.pick(&options);
                text.push_str(&write(option, chance, fill));
            }
        }
        rest = after;
    }
    text + rest
}

/// What fills the slots of a pattern that has `text` among its surfaces, in their order. `accepts` says whether a text can fill
/// a slot. Letters match whatever their case, since a sentence begins with a capital.
pub fn read<'p, 't>(
    pattern: &'p str,
    text: &'t str,
    accepts: &dyn Fn(&str, &str) -> bool,
) -> Option<Vec<(&'p str, &'t str)>> {
    if !holds_fixed(pattern, text) {
        return None;
    }
    let mut filled = Vec::new();
    step(pattern, None, text, &mut filled, accepts).then_some(filled)
}

/// Whether the words that stand in every surface of the pattern stand in the text: most patterns fail here, at little cost. A first
/// letter is left out, since it may be a capital.
fn holds_fixed(pattern: &str, text: &str) -> bool {
    let mut rest = pattern;
    let mut first = true;
    while !rest.is_empty() {
        let at = rest.find(['{', '[']).unwrap_or(rest.len());
        let from = usize::from(first && at > 0);
        if !text.contains(&rest[from..at]) {
            return false;
        }
        // Behind a bracket that may be empty a capital may stand, too.
        first = first && at == 0;
        rest = match at < rest.len() {
            true => bracketed(&rest[at..]).1,
            false => "",
        };
    }
    true
}

/// What is to be matched after a pattern.
struct Then<'p, 'n> {
    pattern: &'p str,
    next: Option<&'n Then<'p, 'n>>,
}

fn step<'p, 't>(
    pattern: &'p str,
    then: Option<&Then<'p, '_>>,
    text: &'t str,
    filled: &mut Vec<(&'p str, &'t str)>,
    accepts: &dyn Fn(&str, &str) -> bool,
) -> bool {
    let Some(first) = pattern.chars().next() else {
        return match then {
            None => text.is_empty(),
            Some(then) => step(then.pattern, then.next, text, filled, accepts),
        };
    };
    match first {
        '{' => {
            let (slot, rest) = bracketed(pattern);
            ends(text).any(|end| {
                if !accepts(slot, &text[..end]) {
                    return false;
                }
                filled.push((slot, &text[..end]));
                let fits = step(rest, then, &text[end..], filled, accepts);
                if !fits {
                    filled.pop();
                }
                fits
            })
        }
        '[' => {
            let (inner, rest) = bracketed(pattern);
            let after = Then {
                pattern: rest,
                next: then,
            };
            options(inner)
                .into_iter()
                .any(|option| step(option, Some(&after), text, filled, accepts))
        }
        _ => {
            let end = pattern.find(['{', '[']).unwrap_or(pattern.len());
            let (fixed, rest) = pattern.split_at(end);
            let starts = text
                .get(..end)
                .is_some_and(|head| head.eq_ignore_ascii_case(fixed));
            starts && step(rest, then, &text[end..], filled, accepts)
        }
    }
}

/// Longer than any list of names in a question.
const LONGEST: usize = 240;

/// Where a slot's text could end: behind a word.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let boundary = move |end: &usize| {
        text.is_char_boundary(*end)
            && word(text[..*end].chars().next_back())
            && !word(text[*end..].chars().next())
    };
    (1..=text.len().min(LONGEST)).filter(boundary)
}

/// The inside of the bracket that the text begins with, and what stands behind it. A bracket that is never closed reaches to the
/// end; a test holds that the tables have none.
fn bracketed(text: &str) -> (&str, &str) {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            return (&text[1..at], &text[at + 1..]);
        }
    }
    (&text[1..], "")
}

/// The alternatives of a bracket's inside.
fn options(inner: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut depth, mut from) = (0, 0);
    for (at, c) in inner.char_indices() {
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            '|' if depth == 0 => {
                found.push(&inner[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    found.push(&inner[from..]);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let pattern = "[on {day}, |]{s} [left|sailed [at once|late]]";
        let mut chance = Chance::new(0, 0, 0);
        for _ in 0..50 {
            let text = write(pattern, &mut chance, &mut |slot, _| match slot {
                "day" => "3 May".to_string(),
                _ => "the Orrin".to_string(),
            });
            let filled = read(pattern, &text, &|slot, text| match slot {
                "day" => text == "3 May",
                _ => text == "the Orrin",
            });
            let day = text.starts_with("on").then_some(("day", "3 May"));
            let expected: Vec<_> = day.into_iter().chain([("s", "the Orrin")]).collect();
            assert_eq!(filled, Some(expected), "{text}");
        }
        assert_eq!(read(pattern, "the Orrin sank", &|_, _| true), None);
    }
}
