//! A folder's passage files, read with a bound.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::CorpusError;
use crate::format::Form;

/// A whole shipped file is 20 KiB; beyond a hundred times that it is no passage file.
const MAX_FILE_BYTES: u64 = 2 * 1024 * 1024;

/// Every passage file of a folder and its text, in the order of their names.
pub fn read(folder: &Path) -> Result<Vec<(PathBuf, String)>, CorpusError> {
    let fault = |e: std::io::Error| CorpusError::Folder {
        path: folder.into(),
        reason: e.to_string(),
    };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fault)? {
        let path = entry.map_err(fault)?.path();
        if is_passage_file(&path) {
            paths.push(path);
        }
    }
    paths.sort();
    paths.into_iter().map(read_one).collect()
}

/// By its name: `check.py`, notes and backups may lie beside them.
pub fn is_passage_file(path: &Path) -> bool {
    Form::of(path).is_some()
}

fn read_one(path: PathBuf) -> Result<(PathBuf, String), CorpusError> {
    let mut text = String::new();
    let read = File::open(&path).and_then(|f| f.take(MAX_FILE_BYTES + 1).read_to_string(&mut text));
    let reason = match read {
        Ok(_) if text.len() as u64 > MAX_FILE_BYTES => {
            format!("longer than {MAX_FILE_BYTES} bytes: split it")
        }
        Ok(_) => return Ok((path, text)),
        Err(e) => e.to_string(),
    };
    Err(CorpusError::File { path, reason })
}
