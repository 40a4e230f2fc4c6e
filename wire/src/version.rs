//! Versions as the SDK writes them into headers: `major·10⁶ + minor·10³ + patch`.

/// The SDK version whose traffic this crate reproduces (10.2.0).
pub const SDK_VERSION: u64 = 10_002_000;

/// From this version on (7.2.0) an axon also checks that a first nonce is fresh.
pub const FRESH_NONCE_SINCE: u64 = 7_002_000;

/// `"10.2.0"` → `10002000`. None if it isn't three numbers, or minor or patch reach 1000.
pub fn version_as_int(text: &str) -> Option<u64> {
    let mut parts = text.split('.').map(|part| part.parse::<u32>().ok());
    let (major, minor, patch) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() || minor >= 1000 || patch >= 1000 {
        return None;
    }
    Some(u64::from(major) * 1_000_000 + u64::from(minor) * 1000 + u64::from(patch))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_as_the_sdk_counts_them() {
        assert_eq!(version_as_int("10.2.0"), Some(SDK_VERSION));
        assert_eq!(version_as_int("7.2.0"), Some(FRESH_NONCE_SINCE));
        for bad in ["", "10.2", "10.2.0.1", "10.1000.0", "a.b.c", "-1.0.0"] {
            assert_eq!(version_as_int(bad), None, "{bad}");
        }
    }
}
