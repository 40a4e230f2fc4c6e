//! `weighmaster scores`.

use serde::Serialize;

use super::output::{Column, Format, Row, Section};
use super::scoped::Scoped;
use crate::config::Config;
use crate::service::{Ranked, Reader};
use crate::types::{BlockNumber, Failure, Hotkey, Uid};

#[derive(Serialize)]
struct Score {
    #[serde(flatten)]
    scope: Scoped,
    uid: Uid,
    hotkey: Hotkey,
    registered_at: BlockNumber,
    score: f64,
    /// Standard error of the score; null before the second judgement.
    error: Option<f64>,
    observations: u64,
    answered: f64,
}

impl Row for Score {
    const COLUMNS: &[Column<Self>] = &[
        ("uid", |r| r.uid.to_string()),
        ("hotkey", |r| r.hotkey.to_string()),
        ("score", |r| format!("{:.4}", r.score)),
        ("±", |r| {
            r.error.map_or("–".into(), |e| format!("{e:.3}"))
        }),
        ("judged", |r| r.observations.to_string()),
        ("answered", |r| format!("{:.0}%", r.answered * 100.0)),
    ];
}

pub async fn run(config: Config, format: Format) -> Result<(), Failure> {
    let reader = Reader::open(&config.database).await?;
    let scopes = reader.scores().await?;
    reader.close().await;
    let mut sections = Vec::new();
    for (scope, ranked) in scopes {
        let scope = Scoped::from(scope);
        let row = |r: Ranked| Score {
            scope: scope.clone(),
            uid: r.uid,
            hotkey: r.hotkey,
            registered_at: r.registered_at,
            score: r.average.value,
            error: r.average.error(),
            observations: r.average.observations,
            answered: r.answered,
        };
        sections.push(Section {
            title: scope.to_string(),
            rows: ranked.into_iter().map(row).collect(),
        });
    }
    format.print(&sections)
}
