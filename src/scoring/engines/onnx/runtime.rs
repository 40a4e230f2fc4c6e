//! ONNX Runtime's shared library: found once per process, loaded explicitly.
//!
//! `ort` would load it by itself on first use, and panic if it is missing; so nothing of `ort` is
//! touched before [`environment`] has succeeded.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ort::environment::Environment;
use ort::logging::LogLevel;

use crate::host;
use crate::scoring::LoadError;

/// ONNX Runtime allows one environment per process.
static ENVIRONMENT: Mutex<Option<Environment>> = Mutex::new(None);

/// Where the wheel's library lies below a `.deps` folder, and where other layouts put it.
const LAYOUTS: [&str; 4] = [
    ".deps/onnxruntime/onnxruntime/capi",
    ".deps/onnxruntime/capi",
    ".deps/onnxruntime/lib",
    ".deps/onnxruntime",
];

/// The process's environment; the first call loads the library. `configured` is
/// `models.onnxruntime`, empty when not set. A failed call may be repeated.
pub(in crate::scoring) fn environment(configured: &Path) -> Result<Environment, LoadError> {
    let mut slot = ENVIRONMENT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(environment) = slot.as_ref() {
        return Ok(environment.clone());
    }
    let library = locate(configured, &host::surroundings())?;
    if !is_silent() {
        return Err(LoadError::RuntimeReports);
    }
    let environment = load(&library)?;
    *slot = Some(environment.clone());
    Ok(environment)
}

/// Whether the library, which reads this when it is loaded, will leave its vendor alone. `with_telemetry` comes too late.
#[expect(
    clippy::disallowed_methods,
    reason = "no setting of ours: main sets it, and here it is only looked at"
)]
fn is_silent() -> bool {
    std::env::var_os("ORT_DISABLE_TELEMETRY").is_some_and(|value| value == "1")
}

fn load(library: &Library) -> Result<Environment, LoadError> {
    let builder =
        ort::init_from(&library.path).map_err(|e| match library.looked_at.as_slice() {
            [] => LoadError::RuntimeBroken {
                path: library.path.display().to_string(),
                reason: e.to_string(),
            },
            // The system's loader was the last resort.
            looked_at => LoadError::RuntimeMissing {
                looked_at: looked_at.to_vec(),
            },
        })?;
    builder
        .with_name("weighmaster")
        .with_telemetry(false)
        .with_logger(Arc::new(|level, category, _, _, message| {
            log(level, category, message)
        }))
        .build()
        .map_err(|e| LoadError::RuntimeBroken {
            path: library.path.display().to_string(),
            reason: e.to_string(),
        })
}

fn log(level: LogLevel, category: &str, message: &str) {
    match level {
        LogLevel::Fatal | LogLevel::Error => tracing::error!(category, "onnxruntime: {message}"),
        LogLevel::Warning => tracing::warn!(category, "onnxruntime: {message}"),
        _ => tracing::trace!(category, "onnxruntime: {message}"),
    }
}

#[derive(Debug, PartialEq)]
struct Library {
    path: PathBuf,
    /// Not empty when only the system's loader is left to ask.
    looked_at: Vec<String>,
}

/// The config's place, then `.deps` in the bases, then the system's loader.
/// A place that a person named is the only one tried: a typo must not load another version in silence.
fn locate(configured: &Path, bases: &[PathBuf]) -> Result<Library, LoadError> {
    if !configured.as_os_str().is_empty() {
        let found = match configured.is_dir() {
            true => newest_in(configured),
            false => configured.is_file().then(|| configured.to_path_buf()),
        };
        let path = found.ok_or_else(|| LoadError::RuntimeMissing {
            looked_at: vec![format!(
                "{} (models.onnxruntime; `weighmaster config show` tells who set it)",
                configured.display()
            )],
        })?;
        return Ok(Library {
            // A bare relative name would be searched beside the executable first.
            path: std::path::absolute(&path).unwrap_or(path),
            looked_at: Vec::new(),
        });
    }
    let places = bases
        .iter()
        .flat_map(|base| LAYOUTS.map(|layout| base.join(layout)));
    if let Some(path) = places.into_iter().find_map(|place| newest_in(&place)) {
        return Ok(Library {
            path,
            looked_at: Vec::new(),
        });
    }
    let mut looked_at: Vec<String> = bases
        .iter()
        .map(|base| base.join(".deps/onnxruntime").display().to_string())
        .collect();
    let system = format!(
        "{}onnxruntime{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    );
    looked_at.push(format!("the system's library path ({system})"));
    Ok(Library {
        path: system.into(),
        looked_at,
    })
}

/// The library in a folder: wheels name it `libonnxruntime.so.1.31.1`, with provider libraries beside it.
fn newest_in(folder: &Path) -> Option<PathBuf> {
    let stem = format!("{}onnxruntime.", std::env::consts::DLL_PREFIX);
    let kind = std::env::consts::DLL_EXTENSION;
    let is_library = |path: &PathBuf| {
        let name = path
            .file_name()
            .and_then(|n| n.to_str())
            .unwrap_or_default();
        name.starts_with(&stem) && name.split('.').any(|part| part == kind)
    };
    let version = |path: &PathBuf| -> Vec<u64> {
        let name = path
            .file_name()
            .and_then(|n| n.to_str())
            .unwrap_or_default();
        name.split('.')
            .filter_map(|part| part.parse().ok())
            .collect()
    };
    std::fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(is_library)
        .max_by_key(version)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::types::Caused;

    fn with_files(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let capi = folder.path().join(LAYOUTS[0]);
        std::fs::create_dir_all(&capi).unwrap();
        for name in names {
            std::fs::write(capi.join(name), b"").unwrap();
        }
        folder
    }

    #[test]
    fn the_newest_library_of_the_wheel_is_found_and_its_providers_are_not() {
        let folder = with_files(&[
            "libonnxruntime.so.1.9.0",
            "libonnxruntime.so.1.31.1",
            "libonnxruntime_providers_shared.so",
        ]);
        let found = locate(Path::new(""), &[folder.path().into()]).unwrap();
        assert!(
            found.path.ends_with("libonnxruntime.so.1.31.1"),
            "{found:?}"
        );
    }

    #[test]
    fn a_named_place_is_the_only_one_tried() {
        let folder = with_files(&["libonnxruntime.so.1.31.1"]);
        let bases = [folder.path().to_path_buf()];
        let error = locate(Path::new("/nowhere/ort.so"), &bases).unwrap_err();
        let text = error.to_string();
        assert!(
            text.contains("/nowhere/ort.so (models.onnxruntime;"),
            "{text}"
        );
        assert!(text.contains("make deps"), "{text}");
        assert_eq!(error.cause().exit_code(), 69);
    }

    #[test]
    fn the_last_resort_remembers_where_it_looked() {
        let folder = with_files(&["libonnxruntime_providers_shared.so"]);
        let found = locate(Path::new(""), &[folder.path().into()]).unwrap();
        assert_eq!(found.path, PathBuf::from("libonnxruntime.so"));
        assert_eq!(found.looked_at.len(), 2, "{found:?}");
    }

    #[test]
    fn a_file_that_is_no_library_is_refused_with_its_path() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("libonnxruntime.so");
        std::fs::write(&path, b"not a library").unwrap();
        // Loading is tried only while no other test has loaded the real one, so ask `ort` directly.
        let library = locate(&path, &[]).unwrap();
        assert_eq!(
            library,
            Library {
                path,
                looked_at: Vec::new()
            }
        );
    }
}
