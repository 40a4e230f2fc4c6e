//! The data folder: made once by `initdb`, its access rules written at every start.

use std::fs;
use std::path::Path;

use crate::command::{command, interrupt_with_us};
use crate::folder::Folder;
use crate::probe::Programs;
use crate::programs::Search;
use crate::{Error, USER};

/// The programs to run the cluster with; makes the cluster first if there is none.
pub fn prepare(folder: &Folder, search: Search) -> Result<Programs, Error> {
    if search.found.is_empty() {
        return Err(Error::NoPrograms {
            looked: search.looked,
        });
    }
    let data = folder.data();
    let programs = match fs::read_to_string(data.join("PG_VERSION")) {
        Ok(version) => same_version(&data, version.trim(), &search.found)?,
        Err(_) => init(folder, search)?,
    };
    allow_users(folder, &data)?;
    Ok(programs)
}

fn same_version(data: &Path, wanted: &str, found: &[Programs]) -> Result<Programs, Error> {
    let fits = found.iter().find(|programs| programs.major == wanted);
    fits.cloned().ok_or_else(|| Error::WrongVersion {
        data: data.into(),
        wanted: wanted.into(),
        found: found
            .iter()
            .map(|p| format!("{} in {}", p.major, p.bin.display()))
            .collect::<Vec<_>>()
            .join(", "),
    })
}

/// With the first programs that manage it: only running `initdb` shows that all its files are there.
fn init(folder: &Folder, search: Search) -> Result<Programs, Error> {
    let half = folder.home.join("data.new");
    let mut failures = search.looked;
    for programs in search.found {
        if half.exists() {
            fs::remove_dir_all(&half).map_err(|e| Error::folder(&half, &e))?;
        }
        let mut initdb = command(&programs.bin.join("initdb"), folder);
        initdb
            .arg("--pgdata")
            .arg(&half)
            .args(["--username", USER, "--no-locale", "--encoding=UTF8"])
            .args(["--auth-local=peer", "--auth-host=reject"]);
        interrupt_with_us(&mut initdb);
        match initdb.output() {
            Ok(output) if output.status.success() => {
                // A kill in the middle of initdb leaves no half-made cluster under the final name.
                fs::rename(&half, folder.data()).map_err(|e| Error::folder(&half, &e))?;
                return Ok(programs);
            }
            Ok(output) => failures.push(format!(
                "{}: initdb: {}",
                programs.bin.display(),
                String::from_utf8_lossy(&output.stderr).trim()
            )),
            Err(e) => failures.push(format!("{}: initdb: {e}", programs.bin.display())),
        }
    }
    Err(Error::Init(failures.join("\n")))
}

/// Peer authentication: the kernel says who connects; nobody else's socket, no password, no network.
fn allow_users(folder: &Folder, data: &Path) -> Result<(), Error> {
    let hba = format!("local all {USER} peer map={USER}\n");
    let ident: String = folder
        .users
        .may_connect
        .iter()
        .map(|user| format!("{USER} \"{user}\" {USER}\n"))
        .collect();
    for (name, text) in [("pg_hba.conf", hba), ("pg_ident.conf", ident)] {
        let path = data.join(name);
        fs::write(&path, text).map_err(|e| Error::folder(&path, &e))?;
        folder.users.own(&path)?;
    }
    Ok(())
}
