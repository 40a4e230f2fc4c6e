//! Address ranges as an operator writes them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// `10.0.0.0/8`, `2001:db8::/32`, or a single address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cidr {
    network: IpAddr,
    prefix: u8,
}

/// Why a text is no range, and what to write instead.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum CidrError {
    #[error("write an address range like 127.0.0.0/8 or fd00::/8")]
    NotAnAddress,
    #[error("the prefix of this address is a whole number from 0 to {0}")]
    BadPrefix(u8),
    #[error("it has bits set beyond the prefix: write {0}/{1}")]
    HostBits(IpAddr, u8),
}

impl Cidr {
    pub const fn v4(a: u8, b: u8, c: u8, d: u8, prefix: u8) -> Self {
        Self {
            network: IpAddr::V4(Ipv4Addr::new(a, b, c, d)),
            prefix,
        }
    }

    /// The first two groups; the rest is zero.
    pub const fn v6(a: u16, b: u16, prefix: u8) -> Self {
        Self {
            network: IpAddr::V6(Ipv6Addr::new(a, b, 0, 0, 0, 0, 0, 0)),
            prefix,
        }
    }

    pub fn contains(&self, ip: IpAddr) -> bool {
        self.network.is_ipv4() == ip.is_ipv4() && masked(ip, self.prefix) == self.network
    }
}

impl FromStr for Cidr {
    type Err = CidrError;

    fn from_str(text: &str) -> Result<Self, CidrError> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let ip: IpAddr = address.parse().map_err(|_| CidrError::NotAnAddress)?;
        let widest = width(ip);
        let prefix = match prefix {
            None => widest,
            Some(digits) => digits
                .parse()
                .ok()
                .filter(|p| *p <= widest && digits.bytes().all(|b| b.is_ascii_digit()))
                .ok_or(CidrError::BadPrefix(widest))?,
        };
        let network = masked(ip, prefix);
        if network != ip {
            return Err(CidrError::HostBits(network, prefix));
        }
        Ok(Self { network, prefix })
    }
}

fn width(ip: IpAddr) -> u8 {
    if ip.is_ipv4() { 32 } else { 128 }
}

/// The address with everything beyond the first `prefix` bits zero.
fn masked(ip: IpAddr, prefix: u8) -> IpAddr {
    let unused = u32::from(width(ip).saturating_sub(prefix));
    match ip {
        IpAddr::V4(ip) => {
            let mask = u32::MAX.checked_shl(unused).unwrap_or(0);
            Ipv4Addr::from_bits(ip.to_bits() & mask).into()
        }
        IpAddr::V6(ip) => {
            let mask = u128::MAX.checked_shl(unused).unwrap_or(0);
            Ipv6Addr::from_bits(ip.to_bits() & mask).into()
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

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
            assert!(good.parse::<Cidr>().is_ok(), "{good}");
        }
        let fault = |text: &str| text.parse::<Cidr>().unwrap_err();
        for bad in [
            "",
            "localhost",
            "127.0.0/8",
            "1.2.3.4:80",
            "01.2.3.4/8",
            " ::1",
        ] {
            assert_eq!(fault(bad), CidrError::NotAnAddress, "{bad}");
        }
        for bad in [
            "1.0.0.0/33",
            "1.0.0.0/",
            "1.0.0.0/-1",
            "1.0.0.0/+8",
            "1.0.0.0/8/8",
        ] {
            assert_eq!(fault(bad), CidrError::BadPrefix(32), "{bad}");
        }
        assert_eq!(fault("fd00::/129"), CidrError::BadPrefix(128));
        assert_eq!(
            fault("10.1.0.0/8").to_string(),
            "it has bits set beyond the prefix: write 10.0.0.0/8"
        );
    }

    #[test]
    fn the_families_are_apart() {
        let all_v4: Cidr = "0.0.0.0/0".parse().unwrap();
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
            let range: Cidr = format!("{}/{prefix}", Ipv4Addr::from_bits(network)).parse().unwrap();
            // Bit 0 is the first of the address.
            let other = network ^ (0x8000_0000 >> flipped);
            let inside = flipped >= u32::from(prefix);
            prop_assert_eq!(range.contains(Ipv4Addr::from_bits(other).into()), inside);
        }
    }
}
