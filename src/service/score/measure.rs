//! Marks set by hand beside rewards: are better answers paid more? Pure.

use std::cmp::Ordering;

/// Marks from here on are right.
pub const RIGHT: f64 = 0.9;
/// Marks up to here are wrong.
pub const WRONG: f64 = 0.2;
/// Most inversions that are told.
const INVERSIONS: usize = 5;

/// An answer with its mark and its reward.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Marked {
    /// Its place among the answers to its question.
    pub answer: usize,
    pub truth: f64,
    pub reward: f64,
}

/// Pairs of a right and a wrong answer to one question.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pairs {
    pub of: usize,
    /// With the right one paid more; equally paid ones count half.
    pub right_above: f64,
}

/// A wrong answer that is paid more than a right one to the same question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inversion {
    /// Places of the question, and of both among its answers.
    pub question: usize,
    pub right: usize,
    pub wrong: usize,
    pub by: f64,
}

/// What the marks say of the rewards of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measures {
    /// The mean over questions whose answers differ in their marks.
    pub rank_correlation: Option<f64>,
    pub pairs: Pairs,
    /// The worst, at most five; each answer at most once.
    pub inversions: Vec<Inversion>,
}

impl Pairs {
    pub fn of(marked: &[Marked]) -> Self {
        pairs(marked).fold(Self::default(), |sum, (right, wrong)| Self {
            of: sum.of + 1,
            right_above: sum.right_above
                + match right.reward.partial_cmp(&wrong.reward) {
                    Some(Ordering::Greater) => 1.0,
                    Some(Ordering::Equal) => 0.5,
                    _ => 0.0,
                },
        })
    }

    /// The share of them with the right one above.
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| self.right_above / self.of as f64)
    }
}

impl Measures {
    /// Of the marked answers to each question.
    pub fn of(questions: impl Iterator<Item = Vec<Marked>>) -> Self {
        let (mut correlations, mut all) = (Vec::new(), Pairs::default());
        let mut inversions = Vec::new();
        for (question, marked) in questions.enumerate() {
            correlations.extend(rank_correlation(&marked));
            let here = Pairs::of(&marked);
            all.of += here.of;
            all.right_above += here.right_above;
            inversions.extend(pairs(&marked).filter_map(|(right, wrong)| {
                let by = wrong.reward - right.reward;
                (by > 0.0).then_some(Inversion {
                    question,
                    right: right.answer,
                    wrong: wrong.answer,
                    by,
                })
            }));
        }
        let mean = correlations.iter().sum::<f64>() / correlations.len() as f64;
        Self {
            rank_correlation: (!correlations.is_empty()).then_some(mean),
            pairs: all,
            inversions: worst(inversions),
        }
    }
}

fn worst(mut inversions: Vec<Inversion>) -> Vec<Inversion> {
    inversions.sort_by(|a, b| b.by.total_cmp(&a.by));
    let mut told: Vec<Inversion> = Vec::new();
    for one in inversions {
        let shares = |other: &Inversion| {
            other.question == one.question && (other.right == one.right || other.wrong == one.wrong)
        };
        if told.len() < INVERSIONS && !told.iter().any(shares) {
            told.push(one);
        }
    }
    told
}

fn pairs(marked: &[Marked]) -> impl Iterator<Item = (&Marked, &Marked)> {
    let right = marked.iter().filter(|m| m.truth >= RIGHT);
    right.flat_map(|r| {
        marked
            .iter()
            .filter(|m| m.truth <= WRONG)
            .map(move |w| (r, w))
    })
}

/// Spearman's: Pearson's correlation of the ranks, ties at their mean rank. None where all marks are equal; 0 where all
/// rewards are, for then the rewards say nothing of what the marks say.
pub fn rank_correlation(marked: &[Marked]) -> Option<f64> {
    let truth = ranks(marked.iter().map(|m| m.truth));
    let reward = ranks(marked.iter().map(|m| m.reward));
    let spread = |ranks: &[f64]| covariance(ranks, ranks);
    if spread(&truth) <= 0.0 {
        return None;
    }
    match spread(&reward) {
        0.0 => Some(0.0),
        own => Some(covariance(&truth, &reward) / (spread(&truth) * own).sqrt()),
    }
}

fn covariance(a: &[f64], b: &[f64]) -> f64 {
    // Ranks of n values have the mean (n + 1) / 2, with ties too.
    let mean = (a.len() as f64 + 1.0) / 2.0;
    a.iter().zip(b).map(|(a, b)| (a - mean) * (b - mean)).sum()
}

fn ranks(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let values: Vec<f64> = values.collect();
    let rank = |value: &f64| {
        let below = values.iter().filter(|v| *v < value).count();
        let equal = values.iter().filter(|v| *v == value).count();
        below as f64 + (equal as f64 + 1.0) / 2.0
    };
    values.iter().map(rank).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    fn marked(list: &[(f64, f64)]) -> Vec<Marked> {
        let one = |(answer, (truth, reward)): (usize, &(f64, f64))| Marked {
            answer,
            truth: *truth,
            reward: *reward,
        };
        list.iter().enumerate().map(one).collect()
    }

    #[test]
    fn known_values_of_spearman() {
        let of = |list: &[(f64, f64)]| rank_correlation(&marked(list));
        assert_eq!(of(&[(0.0, 0.2), (0.5, 0.3), (1.0, 0.9)]), Some(1.0));
        assert_eq!(of(&[(0.0, 0.9), (0.5, 0.3), (1.0, 0.2)]), Some(-1.0));
        // Ranks 1, 2.5, 2.5, 4 against 1, 3, 2, 4.
        let tied = of(&[(0.0, 0.1), (0.5, 0.7), (0.5, 0.2), (1.0, 0.8)]).unwrap();
        assert!((tied - 0.948_683_298).abs() < 1e-9, "{tied}");
        // Nothing to tell apart, and nothing told apart.
        assert_eq!(of(&[(0.5, 0.1), (0.5, 0.9)]), None);
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[(0.0, 0.0), (1.0, 0.0)]), Some(0.0));
    }

    #[test]
    fn pairs_are_of_right_and_wrong_alone_and_ties_count_half() {
        let list = marked(&[(1.0, 0.8), (0.9, 0.3), (0.5, 0.0), (0.2, 0.3), (0.0, 0.5)]);
        let pairs = Pairs::of(&list);
        assert_eq!((pairs.of, pairs.right_above), (4, 2.5));
        assert_eq!(Pairs::of(&list[..2]).share(), None);
    }

    #[test]
    fn the_worst_inversions_come_first_and_no_answer_comes_twice() {
        let one = marked(&[(1.0, 0.4), (1.0, 0.3), (0.1, 0.9), (0.1, 0.5)]);
        let other = marked(&[(1.0, 0.9), (0.0, 0.1)]);
        let measures = Measures::of([one, other].into_iter());
        let told = |i: &Inversion| (i.question, i.right, i.wrong);
        let told: Vec<_> = measures.inversions.iter().map(told).collect();
        assert_eq!(told, [(0, 1, 2), (0, 0, 3)]);
        assert_eq!(measures.pairs.share(), Some(0.2));
    }

    proptest! {
        #[test]
        fn within_its_bounds_and_blind_to_order(
            list in prop::collection::vec((0..4u8, 0..4u8), 2..30),
            turn in 0..30usize,
        ) {
            let mut list: Vec<(f64, f64)> = list.into_iter().map(|(t, r)| (f64::from(t), f64::from(r))).collect();
            let before = rank_correlation(&marked(&list));
            let turn = turn % list.len();
            list.rotate_left(turn);
            let after = rank_correlation(&marked(&list));
            match (before, after) {
                (Some(a), Some(b)) => prop_assert!((a - b).abs() < 1e-9 && a.abs() <= 1.0 + 1e-9),
                (a, b) => prop_assert_eq!(a, b),
            }
        }
    }
}
