//! Items of one's own to label: a file of JSON lines, some with the label that is right.

use std::collections::BTreeSet;

use rand::Rng;
use rand::seq::SliceRandom;
use serde::Deserialize;
use truth::Truth;

use super::sheet::Drawn;

/// Fewer would repeat at once.
const LEAST: usize = 20;
const LONGEST: usize = 2_000;

/// What is labelled, and with what.
#[derive(Clone, Debug, PartialEq)]
pub struct Items {
    items: Vec<Item>,
    labels: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    text: String,
    /// None: miners' agreement decides.
    #[serde(default)]
    label: Option<String>,
}

impl Items {
    /// One `{"text": …, "label": …}` per line; labels are those that occur, at least two.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut items = Vec::new();
        let lines = text.lines().enumerate();
        for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let at = |reason: String| format!("line {}: {reason}", number + 1);
            let item: Item = serde_json::from_str(line).map_err(|e| at(e.to_string()))?;
            let chars = item.text.trim().chars().count();
            if chars == 0 || chars > LONGEST {
                return Err(at(format!(
                    "text has {chars} characters, allowed 1 to {LONGEST}"
                )));
            }
            items.push(item);
        }
        let labels: BTreeSet<String> = items.iter().filter_map(|i| i.label.clone()).collect();
        if items.len() < LEAST || labels.len() < 2 {
            let (count, labels) = (items.len(), labels.len());
            return Err(format!(
                "{count} items with {labels} labels, needed are {LEAST} with 2 or more"
            ));
        }
        Ok(Self {
            items,
            labels: labels.into_iter().collect(),
        })
    }

    /// Eight to twenty of them, by difficulty.
    pub fn ask(&self, difficulty: f64, rng: &mut impl Rng) -> Drawn {
        let count = 8 + (12.0 * difficulty).round() as usize;
        let mut order: Vec<&Item> = self.items.iter().collect();
        let (drawn, _) = order.partial_shuffle(rng, count);
        let lines = drawn.iter().zip(1..);
        let lines: Vec<String> = lines
            .map(|(i, n)| format!("{n}: {}", one_line(&i.text)))
            .collect();
        Drawn {
            instruction: format!(
                "Label each item with one of: {}. Answer with one line per item: its number, a colon, its label.",
                self.labels.join(", ")
            ),
            material: lines.join("\n"),
            question: "Which label fits each item?".into(),
            source: "own items".into(),
            reference: None,
            truth: Truth::Labels {
                labels: self.labels.clone(),
                gold: drawn.iter().map(|i| i.label.clone()).collect(),
            },
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    use super::*;

    fn lines(count: usize) -> String {
        let line = |n| match n % 3 {
            0 => format!("{{\"text\": \"no label\\n {n}\"}}\n"),
            1 => format!("{{\"text\": \"good {n}\", \"label\": \"good\"}}\n"),
            _ => format!("{{\"text\": \"bad {n}\", \"label\": \"bad\"}}\n\n"),
        };
        (0..count).map(line).collect()
    }

    #[test]
    fn items_come_with_their_labels_behind_the_scenes() {
        let items = Items::parse(&lines(60)).unwrap();
        let drawn = items.ask(1.0, &mut ChaCha8Rng::seed_from_u64(3));
        let Truth::Labels { labels, gold } = &drawn.truth else {
            unreachable!("labels");
        };
        assert_eq!(
            (labels.as_slice(), gold.len()),
            (["bad", "good"].map(String::from).as_slice(), 20)
        );
        for (line, (number, gold)) in drawn.material.lines().zip((1..).zip(gold)) {
            let text = gold.as_deref().unwrap_or("no label");
            assert!(line.starts_with(&format!("{number}: {text} ")), "{line}");
        }
        assert!(gold.iter().any(Option::is_none) && gold.iter().any(Option::is_some));
        assert_eq!(
            items
                .ask(0.0, &mut ChaCha8Rng::seed_from_u64(3))
                .material
                .lines()
                .count(),
            8
        );
    }

    #[test]
    fn what_is_no_list_of_items_is_named() {
        for (text, wanted) in [
            (lines(5), "5 items with 2 labels"),
            (lines(60).replace("good", "bad"), "60 items with 1 labels"),
            (lines(60) + "{\"text\": \"\"}", "text has 0 characters"),
            (lines(4) + "{\"txt\": \"x\"}", "line 6: unknown field `txt`"),
        ] {
            let fault = Items::parse(&text).unwrap_err();
            assert!(fault.contains(wanted), "{fault}");
        }
    }
}
