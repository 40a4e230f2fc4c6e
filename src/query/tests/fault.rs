//! Which errors are this host's, and what becomes of them in a round.
#![allow(clippy::unwrap_used)]

use std::process::Command;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::*;
use crate::query::tests::server::Server;
use crate::query::tests::{DEADLINE, config, outcomes, querier, targets};
use crate::types::Outcome;

/// Where the miner of a process of its own is.
const ADDRESS: &str = "TEST_MINER_ADDRESS";

const BOTH: Ways = Ways { v6: true };
const ONLY_V4: Ways = Ways { v6: false };

/// A way leads to loopback from everywhere.
/// A public address, and nobody's.
const FAR_V6: Ipv6Addr = Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 1);

fn v4() -> SocketAddr {
    ([127, 0, 0, 2], 8091).into()
}

fn v6() -> SocketAddr {
    (FAR_V6, 8091).into()
}

#[test]
fn what_only_this_host_can_lack_is_ours() {
    for errno in [
        Errno::MFILE,
        Errno::NFILE,
        Errno::NOBUFS,
        Errno::NOMEM,
        Errno::AGAIN,
    ] {
        assert_eq!(
            BOTH.of_dial(&errno.into(), v4()),
            Reason::OurResources,
            "{errno}"
        );
        let wrapped = io::Error::from(errno);
        assert_eq!(of_exchange(&wrapped), Reason::OurResources, "{errno}");
    }
    for errno in [
        Errno::ADDRNOTAVAIL,
        Errno::NETDOWN,
        Errno::PERM,
        Errno::AFNOSUPPORT,
    ] {
        assert_eq!(
            BOTH.of_dial(&errno.into(), v4()),
            Reason::OurNetwork,
            "{errno}"
        );
    }
}

#[test]
fn what_a_miner_or_a_router_can_say_is_not() {
    for errno in [
        Errno::CONNREFUSED,
        Errno::CONNRESET,
        Errno::TIMEDOUT,
        Errno::NETUNREACH,
        Errno::HOSTUNREACH,
        Errno::ACCESS,
    ] {
        assert_eq!(
            BOTH.of_dial(&errno.into(), v4()),
            Reason::Unreachable,
            "{errno}"
        );
        // Whoever publishes a broadcast address of ours has no way there, and only there.
        let broadcast = ([127, 255, 255, 255], 8091).into();
        assert_eq!(BOTH.of_dial(&errno.into(), broadcast), Reason::Unreachable);
        assert_eq!(
            of_exchange(&io::Error::from(errno)),
            Reason::MalformedBrokenHttp,
            "{errno}"
        );
    }
}

/// Else who publishes an IPv6 address would keep its score with all validators that have none.
#[test]
fn a_family_that_this_host_never_had_is_the_miners_choice() {
    for errno in [Errno::ADDRNOTAVAIL, Errno::NETUNREACH, Errno::AFNOSUPPORT] {
        assert_eq!(
            ONLY_V4.of_dial(&errno.into(), v6()),
            Reason::Unreachable,
            "{errno}"
        );
    }
    assert_eq!(
        BOTH.of_dial(&Errno::ADDRNOTAVAIL.into(), v6()),
        Reason::OurNetwork
    );
}

/// Runs one test of this file in a process of its own.
fn alone(program: &[&str], name: &str, address: &str) -> String {
    let own = std::env::current_exe().unwrap();
    let all = program.iter().map(|word| (*word).to_owned());
    let mut words = all.chain([own.display().to_string()]);
    let mut command = Command::new(words.next().unwrap());
    let name = format!("query::transport::http::fault::tests::{name}");
    let run = command
        .args(words)
        .args(["--exact", &name, "--ignored", "--nocapture"]);
    let run = run.env(ADDRESS, address);
    let output = run.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    String::from_utf8_lossy(&said).into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_round_without_descriptors_is_ours() {
    let honest = Server::honest("127.0.0.2").await;
    let address = honest.address.to_string();
    let said = alone(&[], "in_a_process_with_few_descriptors", &address);
    assert!(said.contains("1 passed"), "{said}");
}

/// Not by itself: it takes the descriptors of its process away. The miner has its own.
#[tokio::test]
#[ignore = "run by a_round_without_descriptors_is_ours"]
async fn in_a_process_with_few_descriptors() {
    let miner: SocketAddr = std::env::var(ADDRESS).unwrap().parse().unwrap();
    let mut config = config();
    config.query.circuit_failures = 1;
    let querier = querier(&config);
    let asked = targets(vec![miner; 20]);
    let answers = |got: &[Outcome]| got.iter().filter(|o| o.answer().is_some()).count();
    // Some of each round answer, so that it counts for the circuit.
    let open = std::fs::read_dir("/proc/self/fd").unwrap().count() as u64;
    let before = getrlimit(Resource::Nofile);
    let few = Rlimit {
        current: Some(open + 6),
        maximum: before.maximum,
    };
    setrlimit(Resource::Nofile, few).unwrap();
    for _ in 0..3 {
        let got = outcomes(&querier, DEADLINE, &asked).await;
        let ours = got
            .iter()
            .filter(|o| o.reason() == Reason::OurResources)
            .count();
        assert!(ours > 0, "{got:?}");
        assert!(
            !got.iter().any(|o| o.reason() == Reason::Unreachable),
            "{got:?}"
        );
    }
    setrlimit(Resource::Nofile, before).unwrap();
    let got = outcomes(&querier, DEADLINE, &asked).await;
    assert_eq!(answers(&got), 20, "nobody rests for it: {got:?}");
}

#[test]
fn a_round_without_a_network_is_ours() {
    let space = ["unshare", "--user", "--map-root-user", "--net"];
    if !Command::new(space[0])
        .args(&space[1..])
        .arg("true")
        .status()
        .is_ok_and(|s| s.success())
    {
        println!("skipped: no network namespace can be made here");
        return;
    }
    let said = alone(&space, "in_a_namespace_without_a_network", "");
    assert!(said.contains("1 passed"), "{said}");
}

#[tokio::test]
#[ignore = "run by a_round_without_a_network_is_ours"]
async fn in_a_namespace_without_a_network() {
    let asked = targets([([8, 8, 8, 8], 8091).into(), (FAR_V6, 8091).into()]);
    let got = outcomes(&querier(&config()), DEADLINE, &asked).await;
    assert_eq!(got[0].reason(), Reason::OurNetwork);
    assert_eq!(got[1].reason(), Reason::Unreachable);
}
