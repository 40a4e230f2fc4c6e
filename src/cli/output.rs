//! Results go to stdout: one type of row gives the table, the JSON and the JSON lines.

use std::fmt::Display;
use std::io::{ErrorKind, Write};
use std::sync::Once;

use clap::ValueEnum;
use rustix::process::{Signal, getpid, kill_process};
use serde::Serialize;

use super::table;
use crate::types::{Cause, Failure};

/// How results are printed, for the commands that print rows.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Format {
    /// JSON in place of a table: one object per line, or one array
    #[arg(
        long,
        value_name = "FORM",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "lines"
    )]
    json: Option<Json>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Json {
    Lines,
    Array,
}

/// A result's row. Its fields are the JSON's keys.
pub trait Row: Serialize + 'static {
    /// Of the table: their headers, and each one's cell of a row.
    const COLUMNS: &[Column<Self>];
}

pub type Column<R> = (&'static str, fn(&R) -> String);

/// Rows that belong together in a table of their own.
pub struct Section<R> {
    pub title: String,
    pub rows: Vec<R>,
}

impl Format {
    /// As sections with titles, or as the JSON of all their rows.
    pub fn print<R: Row>(self, sections: &[Section<R>]) -> Result<(), Failure> {
        if let Some(json) = self.json {
            let rows: Vec<&R> = sections.iter().flat_map(|s| &s.rows).collect();
            return json.print(&rows);
        }
        for Section { title, rows } in sections {
            if !title.is_empty() {
                line(title)?;
            }
            print(as_table(rows))?;
        }
        Ok(())
    }

    /// As JSON, or as the text that stands for these rows.
    pub fn print_or(
        self,
        rows: &[impl Serialize],
        text: impl FnOnce() -> Result<String, Failure>,
    ) -> Result<(), Failure> {
        match self.json {
            Some(json) => json.print(rows),
            None => print(text()?),
        }
    }
}

impl Json {
    fn print(self, rows: &[impl Serialize]) -> Result<(), Failure> {
        match self {
            Self::Array => line(in_json(rows)?),
            Self::Lines => rows.iter().try_for_each(|row| line(in_json(row)?)),
        }
    }
}

fn in_json(value: &(impl Serialize + ?Sized)) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|e| Failure::new(Cause::Bug, e))
}

fn as_table<R: Row>(rows: &[R]) -> String {
    let header: Vec<&str> = R::COLUMNS.iter().map(|(name, _)| *name).collect();
    let cells = |row: &R| R::COLUMNS.iter().map(|(_, cell)| cell(row)).collect();
    table::render(&header, &rows.iter().map(cells).collect::<Vec<_>>())
}

/// As it stands. A reader that has gone (`weighmaster metagraph | head`) wants no more: the program ends without a word.
pub fn print(text: impl Display) -> Result<(), Failure> {
    write!(std::io::stdout().lock(), "{text}").map_err(|e| match e.kind() {
        ErrorKind::BrokenPipe => Failure::new(Cause::ClosedPipe, ""),
        _ => Failure::new(Cause::Transient, format!("stdout: {e}")),
    })
}

pub fn line(text: impl Display) -> Result<(), Failure> {
    print(format_args!("{text}\n"))
}

/// For commands that go on while they print: a line that can't be printed is left out. When the reader has gone, the
/// program gets the signal of a closed terminal, and ends in order.
pub fn screen(text: impl Display) {
    static GONE: Once = Once::new();
    if let Err(failure) = print(text)
        && failure.cause == Cause::ClosedPipe
    {
        GONE.call_once(|| {
            let _ = kill_process(getpid(), Signal::HUP);
        });
    }
}

/// In all commands, these stand in place of those that panic when nobody reads.
macro_rules! println {
    () => { $crate::cli::output::screen("\n") };
    ($($text:tt)*) => { $crate::cli::output::screen(format_args!("{}\n", format_args!($($text)*))) };
}

macro_rules! print {
    ($($text:tt)*) => { $crate::cli::output::screen(format_args!($($text)*)) };
}
