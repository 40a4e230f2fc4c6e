#![allow(clippy::unwrap_used)]
use proptest::prelude::*;

use super::*;

fn admits(rules: &AddressRules, ip: &str) -> bool {
    rules
        .admit(SocketAddr::new(ip.parse().unwrap(), 8091))
        .is_some()
}

#[test]
fn only_the_public_internet_may_be_asked() {
    let rules = AddressRules::default();
    // Each closed range by its first and last address…
    for closed in [
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.100.100.200",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "168.63.129.16",
        "169.254.0.0",
        "169.254.169.254",
        "169.254.255.255",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.0",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.0",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.0",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "100::1",
        "2001::1",
        "2001:0:4136:e378::1",
        "2001:10::1",
        "2001:1ff::1",
        "2001:db8::1",
        "2002:808:808::1",
        "2002:7f00:1::1",
        "3fff::1",
        "5f00::1",
        "4000::1",
        "1fff::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::ffff:0:8.8.8.8",
        "::127.0.0.1",
        "::8.8.8.8",
        "64:ff9b::10.0.0.1",
        "64:ff9b::169.254.169.254",
        "64:ff9b:1::8.8.8.8",
    ] {
        assert!(!admits(&rules, closed), "{closed}");
    }
    // …and its open neighbours.
    for open in [
        "1.0.0.0",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "168.63.129.15",
        "168.63.129.17",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.0.3.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "203.0.112.1",
        "203.0.114.1",
        "223.255.255.255",
        "8.8.8.8",
        "2001:200::1",
        "2001:db7::1",
        "2001:db9::1",
        "2003::1",
        "2606:4700::1111",
        "2a00::1",
        "3ffe::1",
        "3fff:1000::1",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8",
    ] {
        assert!(admits(&rules, open), "{open}");
    }
}

#[test]
fn port_zero_is_nobody() {
    let rules = AddressRules::new(&["0.0.0.0/0".parse().unwrap()]);
    assert_eq!(rules.admit("8.8.8.8:0".parse().unwrap()), None);
    assert!(rules.admit("8.8.8.8:1".parse().unwrap()).is_some());
}

#[test]
fn an_operator_may_allow_a_range() {
    let ranges = ["127.0.0.0/8", "fd00::/8"].map(|r| r.parse().unwrap());
    let rules = AddressRules::new(&ranges);
    for allowed in ["127.0.0.2", "::ffff:127.0.0.2", "fd12::1", "8.8.8.8"] {
        assert!(admits(&rules, allowed), "{allowed}");
    }
    for closed in ["10.0.0.1", "fc00::1", "::1", "64:ff9b::127.0.0.2"] {
        assert!(!admits(&rules, closed), "{closed}");
    }
}

#[test]
fn what_was_judged_is_what_is_dialled() {
    let rules = AddressRules::default();
    let mapped = "[::ffff:8.8.8.8]:80".parse().unwrap();
    assert_eq!(rules.admit(mapped), Some("8.8.8.8:80".parse().unwrap()));
    let zoned = "[2606:4700::1111%3]:80".parse().unwrap();
    assert_eq!(
        rules.admit(zoned).unwrap().to_string(),
        "[2606:4700::1111]:80"
    );
}

proptest! {
    /// An IPv4 address is judged alike in all forms that lead to it.
    #[test]
    fn clothes_make_no_difference(bits: u32, port in 1u16..) {
        let v4 = std::net::Ipv4Addr::from_bits(bits);
        let rules = AddressRules::default();
        let bare = rules.admit(SocketAddr::new(v4.into(), port));
        let mapped = rules.admit(SocketAddr::new(v4.to_ipv6_mapped().into(), port));
        prop_assert_eq!(bare, mapped);
        let nat64 = Ipv6Addr::from_bits(0x0064_ff9b << 96 | u128::from(bits));
        let through = rules.admit(SocketAddr::new(nat64.into(), port));
        prop_assert_eq!(bare.is_some(), through.is_some());
    }
}
