//! Whose silence it is, with probes over real sockets.
#![allow(clippy::unwrap_used)]

use super::*;
use std::time::Duration;

use tokio::io::AsyncReadExt;

use crate::config::Seconds;
use crate::query::tests::server::{Server, say};
use crate::query::tests::{config, querier, targets};
use crate::types::{Completion, Timing};

const SILENT: Outcome = Outcome::Failed(Reason::Timeout);

fn answer() -> Outcome {
    Outcome::Answer(Completion("four".into()))
}

fn asking() -> Querier {
    let mut config = config();
    config.query.connect_timeout_s = Seconds::from_millis(300);
    querier(&config)
}

/// What came of asking the first of `everyone`.
fn round(everyone: &[Target], outcomes: impl IntoIterator<Item = Outcome>) -> Vec<Response> {
    let responses = everyone
        .iter()
        .zip(outcomes)
        .map(|(target, outcome)| Response {
            seat: target.seat,
            question: Some(0),
            outcome,
            timing: Timing::default(),
        });
    responses.collect()
}

/// Miners that all answered in the last round.
fn known(everyone: &[Target]) -> Uplink {
    let mut uplink = Uplink::default();
    let all = round(everyone, everyone.iter().map(|_| answer()));
    uplink.learn(&all, everyone);
    uplink
}

/// Accepts and says nothing: a hanging host, or one that our packets don't come back from.
async fn dead(n: u8) -> SocketAddr {
    let ip = format!("127.0.{n}.2");
    let server = Server::start(&ip, |stream| async move {
        tokio::time::sleep(Duration::from_secs(30)).await;
        drop(stream);
    });
    server.await.address
}

async fn alive(n: u8) -> SocketAddr {
    let ip = format!("127.0.{n}.2");
    let server = Server::start(&ip, |mut stream| async move {
        let _ = stream.read(&mut [0; 512]).await;
        say(&mut stream, b"HTTP/1.1 401 no\r\n\r\n").await;
    });
    server.await.address
}

#[tokio::test]
async fn all_silent_at_once_is_ours_and_who_was_silent_before_is_no_witness() {
    let everyone = targets([dead(1).await, dead(2).await, dead(3).await]);
    let uplink = known(&everyone);
    let silent = round(&everyone, [SILENT, SILENT]);
    let silence = uplink
        .silence(&silent, &everyone, false, &asking())
        .await
        .unwrap();
    let seen = Silence {
        miners: 2,
        addresses: 3,
        networks: 3,
        tried: 1,
        chain_silent: false,
    };
    assert_eq!(silence, seen);

    let mut uplink = uplink;
    uplink.learn(&silent, &everyone);
    assert_eq!(
        uplink.silence(&silent, &everyone, true, &asking()).await,
        None,
        "as in the round before"
    );
}

#[tokio::test]
async fn one_that_answers_the_probe_shows_that_we_are_heard() {
    let everyone = targets([dead(1).await, dead(2).await, dead(3).await, alive(4).await]);
    let silent = round(&everyone, [SILENT, SILENT, SILENT]);
    let uplink = known(&everyone);
    assert_eq!(
        uplink.silence(&silent, &everyone, false, &asking()).await,
        None
    );
    // The same without it.
    let without = &everyone[..3];
    assert!(
        uplink
            .silence(&silent, without, false, &asking())
            .await
            .is_some()
    );
}

#[tokio::test]
async fn one_alone_is_silent_by_itself_unless_the_chain_is_silent_too() {
    let everyone = targets([dead(1).await]);
    let (uplink, silent) = (known(&everyone), round(&everyone, [SILENT]));
    assert_eq!(
        uplink.silence(&silent, &everyone, false, &asking()).await,
        None
    );
    let ours = uplink.silence(&silent, &everyone, true, &asking()).await;
    assert_eq!(ours.unwrap().addresses, 1);
}

#[tokio::test]
async fn the_fewer_part_of_those_that_could_answer_raises_no_doubt() {
    let everyone = targets([dead(1).await, dead(2).await, dead(3).await]);
    let uplink = known(&everyone);
    let few = round(&everyone, [SILENT, answer(), Outcome::Refused(503)]);
    assert_eq!(uplink.silence(&few, &everyone, true, &asking()).await, None);
    let most = round(&everyone, [SILENT, SILENT, answer()]);
    assert!(
        uplink
            .silence(&most, &everyone, false, &asking())
            .await
            .is_some()
    );
}

#[test]
fn probes_go_to_other_networks_first_and_where_an_answer_is_likely() {
    let at = |ip: &str| format!("{ip}:8091").parse().unwrap();
    let addresses = ["8.8.8.1", "8.8.8.2", "9.9.9.1", "127.1.1.1", "10.0.0.1"].map(at);
    let everyone = targets(addresses);
    let mut uplink = Uplink::default();
    uplink.learn(&round(&everyone[2..], [answer()]), &everyone);
    let order = |responses: &[Response]| -> Vec<SocketAddr> {
        let probes = uplink.probes(everyone.iter().collect(), responses);
        probes.iter().map(|p| p.axon.address).collect()
    };
    let probes = order(&[]);
    assert_eq!((probes.len(), probes[0]), (5, at("9.9.9.1")));
    // One of the two in the same network comes last.
    assert!(probes[4].to_string().starts_with("8.8.8."), "{probes:?}");
    let now = round(&everyone[3..], [answer()]);
    assert_eq!(order(&now)[..2], ["127.1.1.1", "9.9.9.1"].map(at));
}

/// However many of its own one has: those that answered in the round are asked again, and they are there.
#[tokio::test]
async fn who_falls_silent_with_half_of_the_round_voids_it_for_nobody() {
    let everyone = targets([dead(1).await, dead(2).await, alive(3).await, dead(4).await]);
    let uplink = known(&everyone);
    let half = round(&everyone, [SILENT, SILENT, answer()]);
    let silence = uplink.silence(&half, &everyone, false, &asking()).await;
    assert_eq!(silence, None);
}

/// After a restart only those count as fallen silent that are known to have answered.
#[tokio::test]
async fn who_was_never_heard_is_no_witness() {
    let everyone = targets([dead(1).await, dead(2).await]);
    let silent = round(&everyone, [SILENT, SILENT]);
    let nothing = Uplink::default();
    assert_eq!(
        nothing.silence(&silent, &everyone, true, &asking()).await,
        None
    );
    let before = everyone.iter().map(|t| (t.seat.miner, answer()));
    let uplink = Uplink::remembering(before);
    assert!(
        uplink
            .silence(&silent, &everyone, false, &asking())
            .await
            .is_some()
    );
}
