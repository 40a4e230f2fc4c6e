//! Ranges of ports as an operator writes them.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// `443`, or `1024-65535`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PortRange(RangeInclusive<u16>);

/// Why a text is no range, and what to write instead.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("write ports from 1 to 65535, like \"443\" or \"1024-65535\"")]
pub struct PortError;

impl PortRange {
    pub fn contains(&self, port: u16) -> bool {
        self.0.contains(&port)
    }
}

impl FromStr for PortRange {
    type Err = PortError;

    fn from_str(text: &str) -> Result<Self, PortError> {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        // `+8` is a number to the parser.
        let port = |digits: &str| {
            let digits = Some(digits).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
            digits.parse().ok().filter(|port| *port > 0)
        };
        let (first, last) = port(first).zip(port(last)).ok_or(PortError)?;
        match first <= last {
            true => Ok(Self(first..=last)),
            false => Err(PortError),
        }
    }
}

impl TryFrom<String> for PortRange {
    type Error = PortError;

    fn try_from(text: String) -> Result<Self, PortError> {
        text.parse()
    }
}

impl From<PortRange> for String {
    fn from(range: PortRange) -> Self {
        range.to_string()
    }
}

impl fmt::Display for PortRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = (self.0.start(), self.0.end());
        match first == last {
            true => write!(f, "{first}"),
            false => write!(f, "{first}-{last}"),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn reads_ports_and_ranges_and_nothing_else() {
        for good in ["1", "443", "1024-65535", "1-65535"] {
            let range: PortRange = good.parse().unwrap();
            assert_eq!(range.to_string(), good);
        }
        for bad in [
            "", "0", "0-5", "-", "5-", "-5", "9-8", "65536", "+8", "1-2-3", "http", " 1",
        ] {
            assert_eq!(bad.parse::<PortRange>(), Err(PortError), "{bad}");
        }
        let range: PortRange = "80-90".parse().unwrap();
        assert!([80, 85, 90].iter().all(|port| range.contains(*port)));
        assert!(![79, 91].iter().any(|port| range.contains(*port)));
    }
}
