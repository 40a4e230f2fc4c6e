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

/// The items in the last `Answer:` line and what follows it, else in the whole answer.
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

/// The last `Answer:` line and what stands below it.
fn block(plain: &str) -> &str {
    let mut at = 0;
    let mut from = 0;
    for line in plain.split_inclusive('\n') {
        if crate::read::answer_line(line).is_some() {
            from = at + line.find(':').map_or(0, |colon| colon + 1);
        }
        at += line.len();
    }
    plain.get(from..).unwrap_or(plain)
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
