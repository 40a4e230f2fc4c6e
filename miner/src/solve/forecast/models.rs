//! Simple models of a series, and how far each was off in the series' own past.

/// Foretells the value so many steps after the last one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Model {
    /// As the last one.
    Last,
    /// As the mean of so many last ones.
    Level(usize),
    /// Between the last value and the mean, nearer to the mean with each step.
    Reverting,
    /// A line, and what is usual at this point of a season so long.
    Season(usize),
}

pub const MODELS: &[Model] = &[
    Model::Last,
    Model::Level(8),
    Model::Level(20),
    Model::Level(200),
    Model::Reverting,
    Model::Season(7),
    Model::Season(12),
];

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

impl Model {
    pub fn next(self, seen: &[f64], steps: usize) -> f64 {
        let last = seen.last().copied().unwrap_or(0.0);
        match self {
            Self::Last => last,
            Self::Level(count) => mean(&seen[seen.len().saturating_sub(count)..]),
            Self::Reverting => {
                let mean = mean(seen);
                let off: Vec<f64> = seen.iter().map(|value| value - mean).collect();
                let both: f64 = off.windows(2).map(|pair| pair[0] * pair[1]).sum();
                let own: f64 = off.iter().map(|off| off * off).sum();
                let keeps = (both / own.max(1e-9)).clamp(0.0, 1.0);
                mean + (last - mean) * keeps.powi(steps as i32)
            }
            Self::Season(period) => season(seen, steps, period),
        }
    }
}

/// The slope is the mean change over whole seasons; what is left over is averaged by its place in the season.
fn season(seen: &[f64], steps: usize, period: usize) -> f64 {
    if seen.len() < 2 * period {
        return seen.last().copied().unwrap_or(0.0);
    }
    let changes: Vec<f64> = seen
        .iter()
        .zip(&seen[period..])
        .map(|(a, b)| b - a)
        .collect();
    let slope = mean(&changes) / period as f64;
    let at = seen.len() - 1 + steps;
    let alike = (0..seen.len())
        .rev()
        .filter(|i| i % period == at % period)
        .take(8);
    let values: Vec<f64> = alike.map(|i| seen[i] + slope * (at - i) as f64).collect();
    mean(&values)
}

/// The model that was nearest in the second half of the series, and what it was off by then, sorted.
pub fn best(seen: &[f64], steps: usize) -> (Model, Vec<f64>) {
    let start = (seen.len() / 2).max(seen.len().saturating_sub(60));
    let tried = MODELS.iter().map(|model| {
        let ends = start..=seen.len().saturating_sub(steps).max(start);
        let errors = ends
            .filter_map(|end| Some(seen.get(end + steps - 1)? - model.next(&seen[..end], steps)));
        let mut errors: Vec<f64> = errors.collect();
        errors.sort_by(f64::total_cmp);
        (*model, errors)
    });
    let off =
        |errors: &[f64]| errors.iter().map(|e| e.abs()).sum::<f64>() / errors.len().max(1) as f64;
    tried
        .min_by(|a, b| off(&a.1).total_cmp(&off(&b.1)))
        .unwrap_or((Model::Last, vec![]))
}
