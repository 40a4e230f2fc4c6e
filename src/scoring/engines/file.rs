//! The bytes of a model's files, only if they are the ones that its manifest names.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::scoring::LoadError;

/// The bytes that were checked are the ones that are used: the file is not opened a second time.
pub(super) fn read_verified(
    model: &str,
    path: &Path,
    expected: &str,
) -> Result<Vec<u8>, LoadError> {
    let bytes = std::fs::read(path).map_err(|e| LoadError::Unreadable {
        name: model.into(),
        path: path.into(),
        reason: e.to_string(),
    })?;
    let actual = hex::encode(Sha256::digest(&bytes));
    if actual.eq_ignore_ascii_case(expected) {
        Ok(bytes)
    } else {
        Err(LoadError::WrongHash {
            name: model.into(),
            path: path.into(),
            expected: expected.into(),
            actual,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::types::Caused;

    #[test]
    fn changed_bytes_are_refused_with_both_hashes() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("m.onnx");
        std::fs::write(&path, b"abc").unwrap();
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(read_verified("m", &path, abc).unwrap(), b"abc");
        std::fs::write(&path, b"abd").unwrap();
        let error = read_verified("m", &path, abc).unwrap_err();
        let text = error.to_string();
        assert!(
            text.contains(abc) && text.contains("a52d159f262b2c6d"),
            "{text}"
        );
        assert_eq!(error.cause().exit_code(), 65);
    }
}
