//! The series that forecasts are asked of, read anew while it grows.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use truth::{Asks, Forecast, Truth};

use super::series::Series;
use super::sheet::Drawn;
use super::source::{Place, SourceError};
use crate::config::FamilyConfig;
use crate::types::{Challenge, Question};

/// A source of values, and what is asked of it.
#[derive(Clone, Debug)]
pub struct Feed {
    place: Place,
    steps: usize,
    step: Duration,
    /// As last read, and when; shared by who asks and who judges.
    known: Arc<Mutex<Option<(Series, Instant)>>>,
}

impl Feed {
    /// None: the config names no source, so series are generated.
    pub fn of(config: &FamilyConfig) -> Option<Self> {
        (!config.source.as_os_str().is_empty()).then(|| Self {
            place: Place::of(&config.source),
            steps: config.steps,
            step: config.step_s.0,
            known: Arc::default(),
        })
    }

    /// How long after a question its truth can be known.
    pub fn due_after(&self) -> Duration {
        self.step
            .saturating_mul(u32::try_from(self.steps).unwrap_or(u32::MAX))
    }

    /// Reads the source again, unless that was done within a sixtieth of a step: a value that came since is no forecast.
    ///
    /// # Errors
    /// It can't be read now. What was read before stays, but is not asked about once it is older than a step.
    pub async fn refresh(&self) -> Result<(), SourceError> {
        if self.age().is_some_and(|age| age < self.step / 60) {
            return Ok(());
        }
        self.read().await?;
        Ok(())
    }

    /// Whether something recent was read.
    pub fn is_ready(&self) -> bool {
        self.age().is_some_and(|age| age <= self.step)
    }

    /// The next question; none while nothing was read.
    pub fn draw(&self, asks: Asks) -> Option<Drawn> {
        let known = self.known();
        let (series, _) = known.as_ref()?;
        Some(series.ask(&self.place.shown(), asks))
    }

    /// One of the four forms, the same for all miners of a round.
    pub fn asks(&self, seed: u64) -> Asks {
        let steps = self.steps;
        match seed % 4 {
            0 => Asks::Points { steps },
            1 => Asks::Interval { steps, level: 0.8 },
            2 => Asks::Rise { steps },
            _ => Asks::Quantiles { steps },
        }
    }

    /// Writes into a challenge what came since it was put; returns whether anything was open.
    ///
    /// # Errors
    /// The source can't be read now, or not all of it is there yet.
    pub async fn settle(&self, challenge: &mut Challenge) -> Result<bool, SourceError> {
        let mut open: Vec<&mut Forecast> =
            challenge.questions.iter_mut().filter_map(open).collect();
        if open.is_empty() {
            return Ok(false);
        }
        if self
            .known()
            .as_ref()
            .is_some_and(|(series, _)| complete(&mut open, series))
        {
            return Ok(true);
        }
        let series = self.read().await?;
        match complete(&mut open, &series) {
            true => Ok(true),
            false => Err(self.error("the values asked for are not there yet".into(), true)),
        }
    }

    fn age(&self) -> Option<Duration> {
        self.known().as_ref().map(|(_, read)| read.elapsed())
    }

    fn known(&self) -> MutexGuard<'_, Option<(Series, Instant)>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn read(&self) -> Result<Series, SourceError> {
        let text = self.place.read().await.map_err(|e| self.error(e, true))?;
        let series = Series::parse(&text).map_err(|e| self.error(e, false))?;
        *self.known() = Some((series.clone(), Instant::now()));
        Ok(series)
    }

    fn error(&self, reason: String, is_away: bool) -> SourceError {
        SourceError {
            family: "forecast",
            place: self.place.shown(),
            reason,
            wanted: "a CSV or JSON file of values, or a URL that gives one",
            is_away,
        }
    }
}

/// Writes into forecasts what came; false if a value is missing, and then some are left as they were.
fn complete(open: &mut [&mut Forecast], series: &Series) -> bool {
    open.iter_mut().all(|forecast| {
        let at = forecast.after.unwrap_or(f64::INFINITY);
        let came = series.after(at, forecast.asks.steps());
        came.map(|came| forecast.came = came).is_some()
    })
}

/// A forecast whose truth is still to be read.
fn open(question: &mut Question) -> Option<&mut Forecast> {
    match &mut question.truth {
        Truth::Forecast(forecast) if forecast.came.is_empty() && forecast.after.is_some() => {
            Some(forecast)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::config::Seconds;
    use crate::types::{Family, RoundId};

    fn feed(source: &std::path::Path) -> Feed {
        Feed::of(&FamilyConfig {
            source: source.into(),
            steps: 2,
            step_s: Seconds::from_millis(1_000),
            ..FamilyConfig::default()
        })
        .unwrap()
    }

    fn values(count: usize) -> String {
        (0..count).map(|n| format!("{n}\n")).collect()
    }

    #[tokio::test]
    async fn what_comes_after_the_question_is_its_truth() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("values.csv");
        let feed = feed(&file);
        let away = feed.refresh().await.unwrap_err();
        assert!(away.is_away && away.to_string().contains("families.forecast.source = "));
        assert!(!feed.is_ready() && feed.draw(feed.asks(0)).is_none());

        std::fs::write(&file, values(50)).unwrap();
        feed.refresh().await.unwrap();
        let drawn = feed.draw(feed.asks(0)).unwrap();
        let question = Question {
            prompt: crate::types::Prompt {
                messages: Vec::new(),
                question: drawn.question,
            },
            source: drawn.source,
            material: Some(drawn.material),
            reference: None,
            truth: drawn.truth,
        };
        let mut challenge = Challenge {
            id: RoundId::fresh(),
            family: Family::Forecast,
            questions: vec![question],
            asks: Vec::new(),
            deadline: Duration::ZERO,
        };
        std::fs::write(&file, values(51)).unwrap();
        let early = feed.settle(&mut challenge).await.unwrap_err();
        assert!(early.is_away, "one of two values: {early}");
        std::fs::write(&file, values(53)).unwrap();
        assert!(feed.settle(&mut challenge).await.unwrap());
        let Truth::Forecast(forecast) = &challenge.questions[0].truth else {
            unreachable!("a forecast");
        };
        assert_eq!(forecast.came, [50.0, 51.0]);
        std::fs::remove_file(&file).unwrap();
        assert!(
            !feed.settle(&mut challenge).await.unwrap(),
            "it is known already"
        );
        assert_eq!(feed.due_after(), Duration::from_secs(2));
    }

    #[tokio::test]
    async fn a_url_is_a_source_too() {
        use axum::{Router, routing::get};
        let _ = rustls::crypto::ring::default_provider().install_default();
        let app = Router::new()
            .route("/series", get(|| async { values(30) }))
            .route("/gone", get(|| async { axum::http::StatusCode::GONE }));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, app).await });
        let url = |path: &str| format!("http://{address}{path}?key=secret");
        let good = feed(url("/series").as_ref());
        good.refresh().await.unwrap();
        assert!(good.draw(good.asks(2)).is_some());
        let fault = feed(url("/gone").as_ref()).refresh().await.unwrap_err();
        let told = fault.to_string();
        assert!(
            fault.is_away && told.contains("410") && !told.contains("secret"),
            "{told}"
        );
    }
}
