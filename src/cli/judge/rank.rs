//! Rank correlation.

/// To the nearest multiple of `step`; 0: as it is.
pub fn rounded(value: f64, step: f64) -> f64 {
    match step > 0.0 {
        true => (value / step).round() * step,
        false => value,
    }
}

/// Spearman's coefficient, ties at their mean rank. None where one side is all the same.
pub fn spearman(pairs: &[(f64, f64)]) -> Option<f64> {
    let one = ranks(&pairs.iter().map(|(one, _)| *one).collect::<Vec<_>>());
    let other = ranks(&pairs.iter().map(|(_, other)| *other).collect::<Vec<_>>());
    let middle = (pairs.len() as f64 - 1.0) / 2.0;
    let product = |a: &[f64], b: &[f64]| {
        a.iter()
            .zip(b)
            .map(|(a, b)| (a - middle) * (b - middle))
            .sum::<f64>()
    };
    let spread = (product(&one, &one) * product(&other, &other)).sqrt();
    (spread > 0.0).then(|| product(&one, &other) / spread)
}

/// From 0; those that are the same share the mean of their ranks.
fn ranks(values: &[f64]) -> Vec<f64> {
    let rank = |value: &f64| {
        let below = values.iter().filter(|other| *other < value).count();
        let same = values.iter().filter(|other| *other == value).count();
        below as f64 + (same as f64 - 1.0) / 2.0
    };
    values.iter().map(rank).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_and_ties() {
        assert_eq!(spearman(&[(1.0, 2.0), (2.0, 4.0), (3.0, 9.0)]), Some(1.0));
        assert_eq!(spearman(&[(1.0, 9.0), (2.0, 4.0), (3.0, 2.0)]), Some(-1.0));
        assert_eq!(spearman(&[(1.0, 1.0), (1.0, 2.0)]), None);
        assert_eq!(spearman(&[]), None);
        // By hand: ranks 0.5, 0.5, 2, 3 against 0, 1, 2, 3.
        let tied = spearman(&[(1.0, 1.0), (1.0, 2.0), (2.0, 3.0), (3.0, 4.0)]);
        assert!(
            tied.is_some_and(|r| (r - 4.5 / (4.5_f64 * 5.0).sqrt()).abs() < 1e-12),
            "{tied:?}"
        );
        assert_eq!(rounded(0.62, 0.05), rounded(0.6, 0.05));
        assert_eq!(rounded(0.62, 0.0), 0.62);
    }
}
