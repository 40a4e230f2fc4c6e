//! Items in order.

use crate::Credit;
use crate::list::listed;

/// What a pair is worth of which an item is missing: less than one in the wrong order.
const MISSING: f64 = -0.5;

/// The share of pairs in the right order (Kendall's tau from 0 to 1); a pair with an item that is missing takes off, and items
/// that don't belong there thin it. `items`: of each its accepted forms, the first is the best.
pub fn ranking(items: &[Vec<String>], answer: &str) -> Credit {
    let read = listed(items, answer);
    let place = |item: usize| read.items.iter().position(|i| *i == item);
    let count = items.len();
    let mut sum = 0.0;
    for a in 0..count {
        for b in a + 1..count {
            sum += match (place(a), place(b)) {
                (Some(x), Some(y)) => f64::from(u8::from(x < y)),
                _ => MISSING,
            };
        }
    }
    let pairs = (count * count.saturating_sub(1)) as f64 / 2.0;
    let ordered = if pairs > 0.0 {
        sum / pairs
    } else {
        read.items.len() as f64
    };
    let thinned = ordered * count as f64 / (count + read.extras).max(1) as f64;
    Credit::new(
        thinned,
        &format!(
            "{} of {count} items, order {ordered:.2}, {} others",
            read.items.len(),
            read.extras
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::set::items;

    #[test]
    fn rankings_are_read_in_any_form() {
        for (text, value) in [
            ("Alma, Bertha, Clara, Dora", 1.0),
            ("1. Alma\n2. Bertha\n3. Clara\n4. Dora", 1.0),
            ("Alma > Bertha > Clara > Dora", 1.0),
            ("First Alma, then Bertha, then Clara, then Dora", 1.0),
            ("Dora, Clara, Bertha, Alma", 0.0),
            ("Bertha, Alma, Clara, Dora", 5.0 / 6.0),
            ("Alma, Bertha, Clara", 1.5 / 6.0),
            ("Dora", 0.0),
            ("", 0.0),
        ] {
            let credit = ranking(&items("Alma Bertha Clara Dora"), text);
            assert!((credit.value - value).abs() < 1e-9, "{text}: {credit:?}");
        }
    }

    #[test]
    fn a_missing_item_is_worse_than_one_in_the_wrong_place() {
        let credit = |text| ranking(&items("Alma Bertha Clara Dora"), text).value;
        assert!(credit("Alma, Bertha, Clara") < credit("Dora, Alma, Bertha, Clara"));
    }
}
