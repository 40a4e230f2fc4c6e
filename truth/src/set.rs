//! Items in any order.

use crate::Credit;
use crate::list::listed;

/// The F1 of the listed items: whatever is missing or too much costs. `items`: of each its accepted forms.
pub fn set_f1(items: &[Vec<String>], answer: &str) -> Credit {
    let read = listed(items, answer);
    let right = read.items.len() as f64;
    let (all, said) = (items.len() as f64, right + read.extras as f64);
    let value = if all + said > 0.0 {
        2.0 * right / (all + said)
    } else {
        0.0
    };
    Credit::new(
        value,
        &format!("{right} of {all} items, {} others", read.extras),
    )
}

#[cfg(test)]
pub(crate) fn items(names: &str) -> Vec<Vec<String>> {
    names
        .split(' ')
        .map(|n| n.split('|').map(str::to_owned).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_read_in_any_form() {
        for (text, value) in [
            ("Alma, Bertha, Clara", 1.0),
            ("clara and alma and Bertha", 1.0),
            ("- Alma\n- Bertha\n- Clara", 1.0),
            ("1. Alma\n2. Bertha\n3. Clara\n", 1.0),
            ("The ships were Alma, Bertha and Clara.", 1.0),
            ("Because of Dora.\nAnswer: Alma, Bertha, Clara", 1.0),
            ("Answer:\n- Alma\n- Bertha\n- Clara", 1.0),
            ("Answer: Alma, Bertha, Clara\nHave a pleasant day!", 1.0),
            ("Answer: Alma, Bertha,\nClara\nBest of luck, Dora", 1.0),
            ("Answer: 1. Alma\n2. Bertha\n3. Clara\n", 1.0),
            ("Answer: Alma, Bertha\nClara", 0.8),
            ("Answer: Dora\nAnswer: Alma, Bertha, Clara", 1.0),
            ("These are they: Alma; Bertha; Clara", 1.0),
            ("Alma, Berta, Clara", 1.0),
            ("Alma, Bertha", 0.8),
            ("Alma, Bertha, Clara, Dora", 6.0 / 7.0),
            ("Alma, Bertha, but not Clara", 0.8),
            ("Dora, Erna", 0.0),
            ("", 0.0),
        ] {
            let credit = set_f1(&items("Alma Bertha|Berta Clara"), text);
            assert!((credit.value - value).abs() < 1e-9, "{text}: {credit:?}");
        }
    }
}
