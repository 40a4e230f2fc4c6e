//! A folder of texts to search.

use std::path::Path;

use families::search::Text;

use super::source::SourceError;
use crate::config::FamilyConfig;

const MOST_BYTES: u64 = 2 << 20;
const LEAST: usize = 2;

/// Every `*.md` and `*.txt` of the source's folder, by name; nothing where no source is named.
pub fn read(config: &FamilyConfig) -> Result<Vec<Text>, SourceError> {
    let folder = &config.source;
    if folder.as_os_str().is_empty() {
        return Ok(Vec::new());
    }
    let error = |reason: String| SourceError {
        family: "search",
        place: folder.display().to_string(),
        reason,
        wanted: "a folder with two or more texts, *.md or *.txt",
        is_away: false,
    };
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|e| error(e.to_string()))? {
        let path = entry.map_err(|e| error(e.to_string()))?.path();
        let is_text = path
            .extension()
            .is_some_and(|end| end == "md" || end == "txt");
        if is_text {
            texts.push(one(&path).map_err(|e| error(format!("{}: {e}", path.display())))?);
        }
    }
    texts.sort_by(|a, b| a.name.cmp(&b.name));
    match texts.len() {
        n if n < LEAST => Err(error(format!("{n} texts"))),
        _ => Ok(texts),
    }
}

fn one(path: &Path) -> Result<Text, String> {
    let length = std::fs::metadata(path).map_err(|e| e.to_string())?.len();
    if length > MOST_BYTES {
        return Err(format!("longer than {MOST_BYTES} bytes"));
    }
    let name = path.file_stem().unwrap_or_default();
    Ok(Text {
        name: name.to_string_lossy().into_owned(),
        text: std::fs::read_to_string(path).map_err(|e| e.to_string())?,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn texts_have_their_files_names_and_what_is_no_folder_of_texts_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let config = FamilyConfig {
            source: folder.path().into(),
            ..FamilyConfig::default()
        };
        std::fs::write(folder.path().join("b.txt"), "B.").unwrap();
        std::fs::write(folder.path().join("c.pdf"), "C.").unwrap();
        let fault = read(&config).unwrap_err().to_string();
        assert!(
            fault.contains("families.search.source = ") && fault.contains("1 texts"),
            "{fault}"
        );
        std::fs::write(folder.path().join("a.md"), "A.").unwrap();
        let names: Vec<String> = read(&config).unwrap().into_iter().map(|t| t.name).collect();
        assert_eq!(names, ["a", "b"]);
        assert_eq!(read(&FamilyConfig::default()).unwrap(), []);
    }
}
