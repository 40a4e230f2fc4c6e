//! Finding `initdb` and `postgres`. A place counts when its `postgres` runs as the server's user and says its
//! version: wrappers, broken links and closed folders sort themselves out.

use std::fs;
use std::io;
use std::path::Path;

use crate::Settings;
use crate::copied::reachable_copy;
use crate::folder::Folder;
use crate::places;
use crate::probe::{Programs, probe};

#[derive(Debug, Default)]
pub struct Search {
    pub found: Vec<Programs>,
    /// Every place that was looked at, with what was wrong there.
    pub looked: Vec<String>,
}

/// Looks in `bin_dir` alone if there is one, else in all the usual places.
pub fn search(settings: &Settings, folder: &Folder) -> Search {
    let mut search = Search::default();
    match &settings.bin_dir {
        Some(dir) => search.visit(dir, folder),
        None => places::usual(&settings.unpacked_below).for_each(|dir| search.visit(&dir, folder)),
    }
    search
}

impl Search {
    fn visit(&mut self, dir: &Path, folder: &Folder) {
        let note = |what: &str| format!("{}: {what}", dir.display());
        let postgres = dir.join("postgres");
        if !postgres.exists() || !dir.join("initdb").exists() {
            // PATH is full of these; only what could be meant is worth a line.
            if !dir.ends_with("sbin") {
                self.looked.push(note("no initdb and postgres"));
            }
            return;
        }
        // Behind a link in PATH lie the folder's libraries and templates.
        let bin = fs::canonicalize(&postgres)
            .ok()
            .and_then(|real| real.parent().map(Path::to_path_buf))
            .filter(|real| real.join("initdb").exists())
            .unwrap_or_else(|| dir.to_path_buf());
        if self.found.iter().any(|p| p.bin == bin) {
            return;
        }
        match probe(&bin, folder) {
            Ok(major) => self.found.push(Programs { bin, major }),
            Err(e)
                if e.kind() == io::ErrorKind::PermissionDenied
                    && folder.users.drop_to.is_some() =>
            {
                match reachable_copy(&bin, folder) {
                    Ok(programs) => self.found.push(programs),
                    Err(e) => self.looked.push(note(&e.to_string())),
                }
            }
            Err(e) if e.kind() == io::ErrorKind::PermissionDenied => {
                self.looked.push(note(
                    "found, but may not be run (chmod +x the programs in it)",
                ));
            }
            Err(e) => self.looked.push(note(&e.to_string())),
        }
    }
}
