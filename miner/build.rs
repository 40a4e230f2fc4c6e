//! Lists the shipped passages, so that the miner carries them inside.

use std::fmt::Write;
use std::path::PathBuf;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let var = |name: &str| env::var(name).map(PathBuf::from).map_err(io::Error::other);
    let corpus = var("CARGO_MANIFEST_DIR")?.join("../config/corpus");
    println!("cargo::rerun-if-changed={}", corpus.display());
    let mut files: Vec<PathBuf> = fs::read_dir(&corpus)?
        .map(|entry| entry?.path().canonicalize())
        .collect::<io::Result<_>>()?;
    files.retain(|path| path.extension().is_some_and(|e| e == "toml"));
    files.sort();
    let mut list = String::from("[\n");
    for path in files {
        let name = path
            .file_name()
            .map(|n| n.to_string_lossy().into_owned())
            .unwrap_or_default();
        writeln!(list, "({name:?}, include_str!({path:?})),").map_err(io::Error::other)?;
    }
    list.push(']');
    fs::write(var("OUT_DIR")?.join("corpus.rs"), list)
}
