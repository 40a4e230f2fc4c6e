//! The passages that come with the program, built into it.
//!
//! Cargo sees changes of these files, but not that one was added: then touch this file. A test holds the two equal.

use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use crate::CorpusError;
use crate::files::is_passage_file;

/// Where they lie in the repository.
pub const FOLDER: &str = "config/corpus";

static SHIPPED: Dir = include_dir!("$CARGO_MANIFEST_DIR/../config/corpus");

/// As [`crate::files::read`] of the folder would give them, with the repository's paths.
pub fn files() -> Result<Vec<(PathBuf, String)>, CorpusError> {
    let mut files = Vec::new();
    for file in SHIPPED.files().filter(|file| is_passage_file(file.path())) {
        let path = Path::new(FOLDER).join(file.path());
        let Some(text) = file.contents_utf8() else {
            let reason = "no UTF-8 text".into();
            return Err(CorpusError::File { path, reason });
        };
        files.push((path, text.to_owned()));
    }
    files.sort();
    Ok(files)
}
