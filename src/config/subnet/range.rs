//! Address ranges as an operator writes them.

use std::net::IpAddr;
use std::str::FromStr;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

/// `10.0.0.0/8`, `2001:db8::/32`, or a single address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AddressRange(IpNet);

/// Why a text is no range, and what to write instead.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum RangeError {
    #[error("write an address range like 127.0.0.0/8 or fd00::/8")]
    NotAnAddress,
    #[error("the prefix of this address is a whole number from 0 to {0}")]
    BadPrefix(u8),
    #[error("it has bits set beyond the prefix: write {0}")]
    HostBits(IpNet),
}

impl AddressRange {
    /// An IPv4 range holds no IPv6 address, nor the other way round.
    pub fn contains(&self, ip: IpAddr) -> bool {
        self.0.contains(&ip)
    }
}

impl FromStr for AddressRange {
    type Err = RangeError;

    fn from_str(text: &str) -> Result<Self, RangeError> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let ip: IpAddr = address.parse().map_err(|_| RangeError::NotAnAddress)?;
        let single = IpNet::from(ip);
        let range = match prefix {
            None => single,
            // `+8` is a number to the parser.
            Some(digits) => Some(digits)
                .filter(|d| d.bytes().all(|b| b.is_ascii_digit()))
                .and_then(|d| IpNet::new(ip, d.parse().ok()?).ok())
                .ok_or(RangeError::BadPrefix(single.max_prefix_len()))?,
        };
        match range.trunc() == range {
            true => Ok(Self(range)),
            false => Err(RangeError::HostBits(range.trunc())),
        }
    }
}

impl TryFrom<String> for AddressRange {
    type Error = RangeError;

    fn try_from(text: String) -> Result<Self, RangeError> {
        text.parse()
    }
}

impl From<AddressRange> for String {
    fn from(range: AddressRange) -> Self {
        range.0.to_string()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::net::Ipv4Addr;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_ranges_and_says_what_is_wrong_with_others() {
        for good in [
            "127.0.0.0/8",
            "0.0.0.0/0",
            "1.2.3.4",
            "::/0",
            "fd00::/8",
            "::1",
        ] {
            assert!(good.parse::<AddressRange>().is_ok(), "{good}");
        }
        let fault = |text: &str| text.parse::<AddressRange>().unwrap_err();
        for bad in [
            "",
            "localhost",
            "127.0.0/8",
            "1.2.3.4:80",
            "01.2.3.4/8",
            " ::1",
        ] {
            assert_eq!(fault(bad), RangeError::NotAnAddress, "{bad}");
        }
        for bad in [
            "1.0.0.0/33",
            "1.0.0.0/",
            "1.0.0.0/-1",
            "1.0.0.0/+8",
            "1.0.0.0/8/8",
        ] {
            assert_eq!(fault(bad), RangeError::BadPrefix(32), "{bad}");
        }
        assert_eq!(fault("fd00::/129"), RangeError::BadPrefix(128));
        assert_eq!(
            fault("10.1.0.0/8").to_string(),
            "it has bits set beyond the prefix: write 10.0.0.0/8"
        );
    }

    #[test]
    fn the_families_are_apart() {
        let all_v4: AddressRange = "0.0.0.0/0".parse().unwrap();
        assert!(all_v4.contains("9.9.9.9".parse().unwrap()));
        assert!(!all_v4.contains("::".parse().unwrap()));
    }

    proptest! {
        #[test]
        fn a_range_holds_exactly_the_addresses_with_its_first_bits(
            network: u32, prefix in 0u8..=32, flipped in 0u32..32,
        ) {
            let mask = u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0);
            let network = network & mask;
            let range: AddressRange = format!("{}/{prefix}", Ipv4Addr::from_bits(network)).parse().unwrap();
            // Bit 0 is the first of the address.
            let other = network ^ (0x8000_0000 >> flipped);
            let inside = flipped >= u32::from(prefix);
            prop_assert_eq!(range.contains(Ipv4Addr::from_bits(other).into()), inside);
        }
    }
}
