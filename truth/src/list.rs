//! Lists of names in an answer: which of the known ones stand in it, in which order, and how many others.

use crate::negation::denied;
use crate::read::{Names, Token, tokens};
use crate::text::plain;

/// What an answer lists.
pub(crate) struct Listed {
    /// The known items, each once, in the order in which they stand.
    pub items: Vec<usize>,
    /// How many short entries name nothing that is known.
    pub extras: usize,
}

/// An entry of more words is prose.
const ENTRY: usize = 5;

/// The items in the last `Answer:` line, else in the whole answer.
pub(crate) fn listed(items: &[Vec<String>], answer: &str) -> Listed {
    let plain = plain(answer);
    let tokens = tokens(block(&plain));
    let mut names = Names::default();
    items
        .iter()
        .enumerate()
        .for_each(|(i, forms)| forms.iter().for_each(|form| names.add(i, form)));
    let all = names.find(&tokens);
    let found: Vec<_> = all
        .iter()
        .filter(|f| !denied(&tokens, f.start, f.end))
        .collect();
    let mut order = Vec::new();
    for one in &found {
        if !order.contains(&one.what) {
            order.push(one.what);
        }
    }
    let mut named = vec![false; tokens.len()];
    all.iter().for_each(|f| named[f.start..f.end].fill(true));
    Listed {
        items: order,
        extras: extras(&tokens, &named),
    }
}

/// The last `Answer:` line, with the lines below it that go on with its list: behind a comma, or marked as entries. Below a
/// bare `Answer:` all is the list.
fn block(plain: &str) -> &str {
    let (mut at, mut from, mut to, mut open) = (0, 0, plain.len(), true);
    for line in plain.split_inclusive('\n') {
        let said = line.trim();
        if let Some(value) = crate::read::answer_line(line) {
            from = at + line.find(':').map_or(0, |colon| colon + 1);
            open = value.is_empty();
            to = if open { plain.len() } else { at + line.len() };
        } else if !open && to == at && (plain[from..to].trim_end().ends_with(',') || is_entry(said))
        {
            to = at + line.len();
        }
        at += line.len();
    }
    plain.get(from..to).unwrap_or(plain)
}

fn is_entry(line: &str) -> bool {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    line.starts_with(['-', '*', '•', '+'])
        || digits > 0 && line[digits..].starts_with(['.', ')', ':'])
}

fn extras(tokens: &[Token], named: &[bool]) -> usize {
    let (mut extras, mut entries, mut words, mut known) = (0, 0, 0, false);
    let mut close = |words: &mut usize, known: &mut bool, dropped: bool| {
        if *words > 0 && !dropped {
            entries += 1;
            extras += usize::from(!*known && *words <= ENTRY);
        }
        (*words, *known) = (0, false);
    };
    let mut sentence = 0;
    for (token, named) in tokens.iter().zip(named) {
        if token.sentence != sentence {
            close(&mut words, &mut known, false);
            sentence = token.sentence;
        }
        let mark = matches!(
            token.text.as_str(),
            "," | "and" | "&" | ">" | "→" | "|" | "then" | "+"
        );
        if *named {
            (words, known) = (words + 1, true);
        } else if mark || token.is(":") {
            close(&mut words, &mut known, token.is(":"));
        } else if token.is_word()
            && !matches!(
                token.text.as_str(),
                "the" | "a" | "an" | "sure" | "yes" | "okay"
            )
        {
            words += 1;
        }
    }
    close(&mut words, &mut known, false);
    if entries < 2 { 0 } else { extras }
}
