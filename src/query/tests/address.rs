//! Which addresses are admitted, and which are not.
#![allow(clippy::unwrap_used)]
use proptest::prelude::*;

use super::*;

fn admits(rules: &AddressRules, ip: &str) -> bool {
    rules
        .admit(SocketAddr::new(ip.parse().unwrap(), 8091))
        .is_ok()
}

fn rules(change: impl FnOnce(&mut QueryConfig)) -> AddressRules {
    let mut config = QueryConfig::default();
    change(&mut config);
    AddressRules::new(&config, &[])
}

#[test]
fn only_the_public_internet_may_be_asked() {
    let rules = rules(|_| {});
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
    let rules = rules(|config| config.open_ports = vec!["1-65535".parse().unwrap()]);
    let admit = |address: &str| rules.admit(address.parse().unwrap());
    assert_eq!(admit("8.8.8.8:0"), Err(Reason::ForbiddenPort));
    assert!(admit("8.8.8.8:1").is_ok());
}

#[test]
fn an_operator_may_allow_a_range() {
    let ranges = ["127.0.0.0/8", "fd00::/8"].map(|r| r.parse().unwrap());
    let rules = rules(|config| config.allow_addresses = ranges.to_vec());
    for allowed in ["127.0.0.2", "::ffff:127.0.0.2", "fd12::1", "8.8.8.8"] {
        assert!(admits(&rules, allowed), "{allowed}");
    }
    for closed in ["10.0.0.1", "fc00::1", "::1", "64:ff9b::127.0.0.2"] {
        assert!(!admits(&rules, closed), "{closed}");
    }
}

#[test]
fn what_was_judged_is_what_is_dialled() {
    let rules = rules(|_| {});
    let mapped = "[::ffff:8.8.8.8]:80".parse().unwrap();
    assert_eq!(rules.admit(mapped), Ok("8.8.8.8:80".parse().unwrap()));
    let zoned = "[2606:4700::1111%3]:80".parse().unwrap();
    assert_eq!(
        rules.admit(zoned).unwrap().to_string(),
        "[2606:4700::1111]:80"
    );
}

#[test]
fn mail_and_shells_are_no_axons() {
    let rules = rules(|_| {});
    for (port, open) in [
        (22, false),
        (25, false),
        (53, false),
        (80, true),
        (443, true),
        (1023, false),
        (1024, true),
        (65535, true),
    ] {
        let admitted = rules.admit(SocketAddr::from(([8, 8, 8, 8], port)));
        assert_eq!(admitted.is_ok(), open, "{port}: {admitted:?}");
    }
}

/// 127.0.0.1 is an address of an interface of every host, and 127.0.0.2 only leads to it.
#[test]
fn the_addresses_of_this_host_are_its_own_unless_allowed() {
    let own = "127.0.0.1:8091".parse().unwrap();
    let refused = rules(|_| {});
    assert_eq!(refused.admit(own), Err(Reason::ForbiddenOwnAddress));
    let near = "127.0.0.2:8091".parse().unwrap();
    assert_eq!(refused.admit(near), Err(Reason::ForbiddenAddress));
    let allowed = rules(|config| config.allow_addresses = vec!["127.0.0.1".parse().unwrap()]);
    assert_eq!(allowed.admit(own), Ok(own));
}

#[test]
fn what_the_operator_closes_stays_closed() {
    let ranges = vec!["8.8.8.0/24".parse().unwrap()];
    let rules = rules(|config| {
        config.allow_addresses = ranges.clone();
        config.close_addresses = ranges;
    });
    assert!(!admits(&rules, "8.8.8.8") && !admits(&rules, "::ffff:8.8.8.8"));
    assert!(admits(&rules, "8.8.4.4"));
}

#[test]
fn our_own_servers_are_no_miners_even_where_their_neighbours_are() {
    let config = QueryConfig {
        allow_addresses: vec!["127.0.0.0/8".parse().unwrap()],
        ..QueryConfig::default()
    };
    let node = "127.0.0.1:9944".parse().unwrap();
    let rules = AddressRules::new(&config, &[node]);
    assert_eq!(rules.admit(node), Err(Reason::ForbiddenOwnAddress));
    let mapped = "[::ffff:127.0.0.1]:9944".parse().unwrap();
    assert_eq!(rules.admit(mapped), Err(Reason::ForbiddenOwnAddress));
    assert!(admits(&rules, "127.0.0.1"));
}

proptest! {
    /// An IPv4 address is judged alike in all forms that lead to it.
    #[test]
    fn clothes_make_no_difference(bits: u32, port in 1024u16..) {
        let v4 = std::net::Ipv4Addr::from_bits(bits);
        let rules = rules(|_| {});
        let bare = rules.admit(SocketAddr::new(v4.into(), port));
        let mapped = rules.admit(SocketAddr::new(v4.to_ipv6_mapped().into(), port));
        prop_assert_eq!(bare, mapped);
        let nat64 = Ipv6Addr::from_bits(0x0064_ff9b << 96 | u128::from(bits));
        let through = rules.admit(SocketAddr::new(nat64.into(), port));
        prop_assert_eq!(bare.is_ok(), through.is_ok());
    }
}
