//! How much of one answer stands in another, word by word and in order.

/// What a word costs that was replaced, and one that was put in or left out.
const REPLACED: f64 = 0.34;
const MISSED: f64 = 0.5;

/// The best that any stretch of `sought` makes of `text`: the weights of its words that are found there in order, less
/// what is replaced, put in or left out between them. At most the sum of the weights, and never below 0.
pub(super) fn found(sought: &[(&str, f64)], text: &[String]) -> f64 {
    let mut best = 0.0_f64;
    let mut before = vec![0.0_f64; text.len() + 1];
    let mut row = before.clone();
    for (word, weight) in sought {
        for (at, other) in text.iter().enumerate() {
            let step = if alike(word, other) {
                *weight
            } else {
                -REPLACED
            };
            let along = before[at] + step;
            let past = (before[at + 1] - MISSED).max(row[at] - MISSED);
            row[at + 1] = along.max(past).max(0.0);
            best = best.max(row[at + 1]);
        }
        std::mem::swap(&mut before, &mut row);
    }
    best
}

/// One word, but for a slip of the pen: a letter too many, another letter, two that changed places. Another number is
/// no slip.
fn alike(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    if long.iter().any(u8::is_ascii_digit) || short.iter().any(u8::is_ascii_digit) {
        return false;
    }
    if short.len() < 4 || long.len() - short.len() > 1 || long[0] != short[0] {
        return false;
    }
    let same = long.iter().zip(short).take_while(|(x, y)| x == y).count();
    let (long, short) = (&long[same..], &short[same..]);
    if long.len() > short.len() {
        return long.len() + same > 4 && long[1..] == *short;
    }
    let swapped = long.len() > 1 && (long[0], long[1]) == (short[1], short[0]);
    swapped && long[2..] == short[2..] || same + long.len() > 4 && long[1..] == short[1..]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn share(sought: &str, text: &str) -> f64 {
        let sought: Vec<_> = sought.split(' ').map(|w| (w, 1.0)).collect();
        let text: Vec<String> = text.split(' ').map(Into::into).collect();
        found(&sought, &text)
    }

    #[test]
    fn words_in_order_are_found_wherever_they_stand() {
        let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(near(share("a b c d", "x y a b c d z"), 4.0));
        assert!(near(share("a b c d", "a b x d"), 3.0 - REPLACED));
        assert!(near(share("a b c d", "a b c x d"), 4.0 - MISSED));
        assert!(near(share("a b c d", "d c b a"), 1.0));
        assert!(near(share("a b", "c d"), 0.0));
        assert!(near(share("a b", ""), 0.0));
    }

    #[test]
    fn a_slip_of_the_pen_makes_no_other_word() {
        for (a, b) in [
            ("entire", "etnire"),
            ("water", "watr"),
            ("water", "wafer"),
            ("grown", "grwon"),
        ] {
            assert!(alike(a, b) && alike(b, a), "{a} {b}");
        }
        for (a, b) in [
            ("cat", "car"),
            ("2008", "2009"),
            ("10000", "10001"),
            ("heat", "heal"),
            ("water", "later"),
            ("strong", "strange"),
            ("", "a"),
        ] {
            assert!(!alike(a, b) && !alike(b, a), "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn it_is_between_nothing_and_all(a in "[a-d]( [a-d]){0,12}", b in "[a-d]( [a-d]){0,12}") {
            let words = a.split(' ').count() as f64;
            let found = share(&a, &b);
            prop_assert!((0.0..=words).contains(&found));
            prop_assert!((share(&a, &a) - words).abs() < 1e-9);
            let framed = format!("x {b} y");
            prop_assert!(share(&a, &framed) >= found - 1e-9);
        }
    }
}
