//! Where an epoch's record goes: the terminal, `epochs.csv`, and `plot.svg` in the end.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::history::History;
use super::record::Record;
use super::stage::Stage;
use super::{csv, plot, table};

/// All that a run tells of its epochs.
pub struct Report {
    every: u64,
    /// The last epoch, where it is known; it is always printed.
    last: Option<u64>,
    folder: Option<PathBuf>,
    csv: Option<BufWriter<File>>,
    histories: Vec<History>,
}

impl Report {
    /// Makes the folder and the head of its CSV.
    pub fn new(
        stage: &Stage,
        folder: Option<&Path>,
        every: u32,
        last: Option<u64>,
    ) -> anyhow::Result<Self> {
        let histories: Vec<History> = stage.casts().map(History::new).collect();
        let csv = match folder {
            None => None,
            Some(folder) => {
                let named = || format!("--out {}", folder.display());
                std::fs::create_dir_all(folder).with_context(named)?;
                let file = File::create(folder.join("epochs.csv")).with_context(named)?;
                let mut csv = BufWriter::new(file);
                csv::header(&mut csv, histories.len() > 1).with_context(named)?;
                Some(csv)
            }
        };
        Ok(Self {
            every: u64::from(every.max(1)),
            last,
            folder: folder.map(Path::to_owned),
            csv,
            histories,
        })
    }

    /// Takes in the records of a block.
    pub fn add(&mut self, stage: &Stage, records: &[Record]) -> anyhow::Result<()> {
        let many = self.histories.len() > 1;
        for record in records {
            let Some(cast) = stage.casts().find(|cast| cast.netuid == record.netuid) else {
                continue;
            };
            if let Some(csv) = &mut self.csv {
                csv::epoch(csv, cast, record, many).context("--out: epochs.csv")?;
                let history = self
                    .histories
                    .iter_mut()
                    .find(|history| history.netuid == record.netuid);
                if let Some(history) = history {
                    history.add(record);
                }
            }
            if Some(record.epoch) == self.last && record.rows.iter().all(|row| row.incentive == 0) {
                tracing::warn!(
                    netuid = record.netuid,
                    "no miner has any incentive: no weights counted in the last epoch"
                );
            }
            if record.epoch % self.every == 0 || Some(record.epoch) == self.last {
                print(|out| table::print(out, cast, record))?;
            }
        }
        Ok(())
    }

    /// Brings the files up to the last epoch.
    pub fn write(&mut self) -> anyhow::Result<()> {
        if let Some(csv) = &mut self.csv {
            csv.flush().context("--out: epochs.csv")?;
        }
        if let Some(folder) = &self.folder {
            std::fs::write(folder.join("plot.svg"), plot::draw(&self.histories)?)
                .context("--out: plot.svg")?;
        }
        Ok(())
    }

    /// Writes the files for the last time and says where they are.
    pub fn finish(mut self) -> anyhow::Result<()> {
        self.write()?;
        if let Some(folder) = &self.folder {
            logwriter::say(format_args!(
                "epochs.csv and plot.svg are in {}",
                folder.display()
            ));
        }
        Ok(())
    }
}

/// Prints to stdout; a reader that has had enough is no error.
fn print(
    write: impl FnOnce(&mut std::io::StdoutLock<'_>) -> std::io::Result<()>,
) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
