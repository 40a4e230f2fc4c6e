//! Values to come: read out of an answer, and scored when they are known, beside a baseline drawn from what was seen.

use crate::read::{answer_line, quantities, tokens};
use crate::settle::{Prefer, Settled, settle};
use crate::text::{head, plain};
use crate::{Asks, Credit, Forecast};

/// What an answer forecasts.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// One value per step.
    Points(Vec<f64>),
    /// Lower and upper bound.
    Interval(f64, f64),
    /// In [0, 1].
    Probability(f64),
    /// At 0.1, 0.2 … 0.9, rising.
    Quantiles([f64; 9]),
}

/// How good a forecast is: 0.5 is as good as the baseline (tomorrow is as today, with the changes seen so far), 1 is perfect,
/// towards 0 it is worse; unreadable or missing is 0. None while what came is not known.
pub fn forecast(truth: &Forecast, answer: &str) -> Option<Credit> {
    let steps = truth.asks.steps();
    let came = truth
        .came
        .get(..steps)
        .filter(|came| !came.is_empty() && came.iter().all(|v| v.is_finite()))?;
    let Some(said) = read(truth.asks, answer) else {
        return Some(Credit::none("no forecast was read"));
    };
    let base = baseline(truth.asks, &truth.seen)?;
    let last = truth.seen.last().copied().unwrap_or(0.0);
    let (loss, usual) = (
        loss(&said, came, last, truth.asks),
        loss(&base, came, last, truth.asks),
    );
    let value = match base {
        // Straight in the Brier score, so that the honest probability is the best one to say.
        Said::Probability(p) => 0.5 + (usual - loss) / (2.0 * p * (1.0 - p)),
        _ => {
            let least = 0.05 * typical(&truth.seen, 1) + f64::MIN_POSITIVE;
            usual.max(least) / (usual.max(least) + loss)
        }
    };
    Some(Credit::new(
        value,
        &format!("loss {loss:.4}, the baseline's {usual:.4}"),
    ))
}

/// The changes over so many steps in what was seen, rising.
fn changes(seen: &[f64], steps: usize) -> Vec<f64> {
    let mut all: Vec<f64> = seen
        .iter()
        .zip(seen.iter().skip(steps.max(1)))
        .map(|(a, b)| b - a)
        .filter(|d| d.is_finite())
        .collect();
    all.sort_by(f64::total_cmp);
    all
}

fn typical(seen: &[f64], steps: usize) -> f64 {
    let all = changes(seen, steps);
    all.iter().map(|d| d.abs()).sum::<f64>() / all.len().max(1) as f64
}

/// The quantile of values in rising order; 0 of none.
fn quantile(sorted: &[f64], level: f64) -> f64 {
    let at = level.clamp(0.0, 1.0) * sorted.len().saturating_sub(1) as f64;
    let low = sorted.get(at.floor() as usize).copied().unwrap_or(0.0);
    let high = sorted.get(at.ceil() as usize).copied().unwrap_or(low);
    low + (high - low) * at.fract()
}

/// What one says who knows only what was seen: the last value, and the changes that there were. None where nothing was seen.
pub fn baseline(asks: Asks, seen: &[f64]) -> Option<Said> {
    let last = seen.last().copied().filter(|v| v.is_finite())?;
    let all = changes(seen, asks.steps());
    Some(match asks {
        Asks::Points { steps } => Said::Points(vec![last; steps]),
        Asks::Interval { level, .. } => Said::Interval(
            last + quantile(&all, (1.0 - level) / 2.0),
            last + quantile(&all, f64::midpoint(1.0, level)),
        ),
        Asks::Rise { .. } => {
            let rises = all.iter().filter(|d| **d > 0.0).count() as f64;
            Said::Probability((rises + 1.0) / (all.len() as f64 + 2.0))
        }
        Asks::Quantiles { .. } => Said::Quantiles(std::array::from_fn(|i| {
            last + quantile(&all, (i + 1) as f64 / 10.0)
        })),
    })
}

/// Mean absolute error, Winkler's interval score, Brier's score, or the mean pinball loss. Lower is better.
fn loss(said: &Said, came: &[f64], last: f64, asks: Asks) -> f64 {
    let end = came.last().copied().unwrap_or(last);
    match said {
        Said::Points(points) => {
            points
                .iter()
                .zip(came)
                .map(|(p, c)| (p - c).abs())
                .sum::<f64>()
                / came.len() as f64
        }
        Said::Interval(low, high) => {
            let level = if let Asks::Interval { level, .. } = asks {
                level.clamp(0.01, 0.99)
            } else {
                0.8
            };
            (high - low) + 2.0 / (1.0 - level) * ((low - end).max(0.0) + (end - high).max(0.0))
        }
        Said::Probability(p) => (p - f64::from(u8::from(end > last))).powi(2),
        Said::Quantiles(quantiles) => {
            let pinball = |(i, q): (usize, &f64)| {
                let level = (i + 1) as f64 / 10.0;
                if end >= *q {
                    level * (end - q)
                } else {
                    (1.0 - level) * (q - end)
                }
            };
            quantiles.iter().enumerate().map(pinball).sum::<f64>() / 9.0
        }
    }
}

/// The forecast that an answer holds, of the form asked for: in its `Answer:` line, else anywhere.
pub fn read(asks: Asks, answer: &str) -> Option<Said> {
    let line = answer_line(answer).unwrap_or_else(|| plain(head(answer, 8192)));
    match asks {
        Asks::Rise { .. } => probability(&line).map(Said::Probability),
        Asks::Interval { .. } => interval(&line),
        Asks::Points { steps } => series(&line, steps).map(Said::Points),
        Asks::Quantiles { .. } => {
            let mut nine: [f64; 9] = series(&line, 9)?.try_into().ok()?;
            nine.sort_by(f64::total_cmp);
            Some(Said::Quantiles(nine))
        }
    }
}

fn probability(line: &str) -> Option<f64> {
    let tokens = tokens(line);
    let mut found = quantities(&tokens);
    found.retain(|q| !q.what.weak && q.what.unit.is_none_or(|u| u.dimension == "percent"));
    let share = |q: &crate::read::Quantity| {
        if q.unit.is_some() || q.value > 1.0 {
            q.value / 100.0
        } else {
            q.value
        }
    };
    match settle(&tokens, &found, Prefer::Last, |a, b| {
        (share(a) - share(b)).abs() < 1e-9
    }) {
        Settled::On(q) => Some(share(&q)).filter(|p| (0.0..=1.0).contains(p)),
        _ => None,
    }
}

/// The numbers of a line, once with each comma as a separator of them and once with commas as they are read elsewhere. With
/// `levels` also those with a percent sign.
fn numbers(line: &str, split: bool, levels: bool) -> Vec<f64> {
    let line = if split { apart(line) } else { line.to_owned() };
    let tokens = tokens(&line);
    let found = quantities(&tokens).into_iter().filter(|q| !q.what.weak);
    found
        .filter(|q| levels || q.what.unit.is_none_or(|u| u.dimension != "percent"))
        .map(|q| q.what.value)
        .collect()
}

/// The line with each comma, and each blank between two digits, as a mark that parts numbers.
fn apart(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let digits = before.is_ascii_digit() && chars.peek().is_some_and(char::is_ascii_digit);
        if c == ',' || (c == ' ' && digits) {
            out.push_str(" ; ");
        } else {
            out.push(c);
        }
        before = c;
    }
    out
}

fn interval(line: &str) -> Option<Said> {
    let ordered = |a: f64, b: f64| Said::Interval(a.min(b), a.max(b));
    if let Some((middle, half)) = line.split_once('±') {
        let (middle, half) = (numbers(middle, false, true), numbers(half, false, true));
        let (m, h) = (middle.last()?, half.first()?.abs());
        return Some(ordered(m - h, m + h));
    }
    let pair = |text: &str| {
        let read = [(true, false), (false, false), (true, true), (false, true)];
        read.iter()
            .map(|(split, levels)| numbers(text, *split, *levels))
            .find(|n| n.len() == 2)
    };
    let bracket = line
        .rfind('[')
        .and_then(|from| line.get(from..)?.split_once(']'))
        .map(|(inside, _)| inside);
    let between = line
        .to_lowercase()
        .rfind("between ")
        .and_then(|from| line.get(from..))
        .and_then(|l| l.split(". ").next());
    let found = bracket
        .and_then(pair)
        .or_else(|| between.and_then(pair))
        .or_else(|| pair(line))?;
    Some(ordered(found[0], found[1]))
}

/// So many numbers, one after another, or each behind its number or level ("1: 34", "0.1: 34", "10 %: 34").
fn series(line: &str, count: usize) -> Option<Vec<f64>> {
    let inside = line
        .rfind('[')
        .and_then(|from| line.get(from + 1..)?.split_once(']'))
        .map(|(inside, _)| inside);
    for text in inside.into_iter().chain([line]) {
        for (split, levels) in [(true, true), (false, true), (true, false), (false, false)] {
            let all = numbers(text, split, levels);
            if all.len() == count {
                return Some(all);
            }
            let numbered = all.len() == 2 * count
                && (0..count).all(|i| {
                    let (mark, n) = (all[2 * i], (i + 1) as f64);
                    [n, n / 10.0, n * 10.0]
                        .iter()
                        .any(|m| (m - mark).abs() < 1e-9)
                });
            if numbered {
                return Some(all.into_iter().skip(1).step_by(2).collect());
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forecasts_are_read() {
        let rise = |text| match read(Asks::Rise { steps: 1 }, text) {
            Some(Said::Probability(p)) => Some((p * 1e6).round() / 1e6),
            _ => None,
        };
        for (text, p) in [
            ("0.62", Some(0.62)),
            ("62 %", Some(0.62)),
            ("62%", Some(0.62)),
            ("Answer: 62 percent", Some(0.62)),
            ("The probability is 0.62.", Some(0.62)),
            ("1", Some(1.0)),
            ("62", Some(0.62)),
            ("0", Some(0.0)),
            ("162 %", None),
            ("likely", None),
            ("", None),
        ] {
            assert_eq!(rise(text), p, "{text}");
        }
        for text in [
            "between 3 and 5",
            "[3, 5]",
            "[3,5]",
            "3 to 5",
            "3–5",
            "3-5",
            "4 ± 1",
            "lower: 3, upper: 5",
            "The 80 % interval is [3, 5].",
            "Answer: 5 and 3",
        ] {
            assert_eq!(
                read(
                    Asks::Interval {
                        steps: 1,
                        level: 0.8
                    },
                    text
                ),
                Some(Said::Interval(3.0, 5.0)),
                "{text}"
            );
        }
        for text in [
            "34, 35.5, 36",
            "34,35.5,36",
            "[34, 35.5, 36]",
            "1: 34\n2: 35.5\n3: 36",
            "34 35.5 36",
            "Answer: 34; 35.5; 36",
        ] {
            assert_eq!(
                read(Asks::Points { steps: 3 }, text),
                Some(Said::Points(vec![34.0, 35.5, 36.0])),
                "{text}"
            );
        }
        assert_eq!(read(Asks::Points { steps: 3 }, "34, 35"), None);
        for text in [
            "1, 2, 3, 4, 5, 6, 7, 8, 9.5",
            "0.1: 1, 0.2: 2, 0.3: 3, 0.4: 4, 0.5: 5, 0.6: 6, 0.7: 7, 0.8: 8, 0.9: 9.5",
        ] {
            let nine = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.5];
            assert_eq!(
                read(Asks::Quantiles { steps: 2 }, text),
                Some(Said::Quantiles(nine)),
                "{text}"
            );
        }
    }

    #[test]
    fn better_than_the_baseline_is_above_a_half() {
        let seen: Vec<f64> = (0..30).map(|i| 100.0 + f64::from(i % 5) * 2.0).collect();
        let score = |asks, came: &[f64], text: &str| {
            let truth = Forecast {
                asks,
                seen: seen.clone(),
                came: came.to_vec(),
                after: None,
            };
            forecast(&truth, text).map(|c| c.value).unwrap_or(f64::NAN)
        };
        let points = Asks::Points { steps: 2 };
        assert!((score(points, &[100.0, 102.0], "108, 108") - 0.5).abs() < 1e-9);
        assert!(score(points, &[100.0, 102.0], "100, 102") > 0.99);
        assert!(score(points, &[100.0, 102.0], "200, 300") < 0.1);
        assert!(score(points, &[100.0, 102.0], "no idea") < 1e-9);
        let interval = Asks::Interval {
            steps: 2,
            level: 0.8,
        };
        assert!(score(interval, &[100.0, 102.0], "[101, 103]") > 0.6);
        assert!(score(interval, &[100.0, 102.0], "[200, 203]") < 0.1);
        let rise = Asks::Rise { steps: 1 };
        let Some(Said::Probability(p)) = baseline(rise, &seen) else {
            return assert!(seen.is_empty());
        };
        assert!((score(rise, &[120.0], &p.to_string()) - 0.5).abs() < 1e-9);
        assert!(score(rise, &[120.0], "1") > 0.6 && score(rise, &[120.0], "0") < 0.1);
        let quantiles = Asks::Quantiles { steps: 1 };
        assert!(score(quantiles, &[100.0], "100 100 100 100 100 100 100 100 100") > 0.9);
        assert!(score(quantiles, &[100.0], "0 1 2 3 4 5 6 7 8") < 0.1);
        let open = Forecast {
            asks: rise,
            seen: seen.clone(),
            came: Vec::new(),
            after: None,
        };
        assert_eq!(forecast(&open, "0.5"), None);
    }
}
