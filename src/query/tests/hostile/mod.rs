//! One round in which every second miner is honest and the others are not.

mod plays;
mod replies;

use std::time::{Duration, Instant};

use tokio::net::TcpListener;

use super::server::{HONEST, Server, reply};
use super::{DEADLINE, challenge, config, outcomes, querier, targets};
use crate::types::Reason::{self, MalformedRedirect};
use crate::types::{Completion, Outcome, Response};
use plays::plays;
use replies::replies;

const OK_HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

fn answer(text: &str) -> Outcome {
    Outcome::Answer(Completion(text.into()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_miner_costs_only_its_own_score() {
    let mut zoo = Vec::new();
    for (name, reply, outcome) in replies() {
        zoo.push((name, Server::replying("127.0.0.3", reply).await, outcome));
    }
    for (name, play, outcome) in plays() {
        zoo.push((name, Server::start("127.0.0.4", play).await, outcome));
    }
    let honest = Server::honest("127.0.0.2").await;
    let never_accepts = TcpListener::bind("127.0.0.5:0").await.unwrap();
    let closed = {
        let gone = TcpListener::bind("127.0.0.6:0").await.unwrap();
        gone.local_addr().unwrap()
    };

    let mut expected = vec![
        (
            "a closed port",
            closed,
            Outcome::Failed(Reason::Unreachable),
        ),
        (
            "nobody accepts",
            never_accepts.local_addr().unwrap(),
            Outcome::Failed(Reason::Timeout),
        ),
    ];
    for (name, server, outcome) in &zoo {
        expected.push((name, server.address, outcome.clone()));
        expected.push(("honest", honest.address, answer(HONEST)));
    }
    let asked = targets(expected.iter().map(|(_, address, _)| *address));
    let mut config = config();
    config.query.concurrency = asked.len();
    config.query.max_round_bytes = asked.len() * config.query.max_response_bytes;

    let start = Instant::now();
    let got = outcomes(&querier(&config), DEADLINE, &asked).await;
    let took = start.elapsed();
    for ((name, _, wanted), got) in expected.iter().zip(&got) {
        assert_eq!(got, wanted, "{name}");
    }
    assert!(took < DEADLINE * 2, "the round took {took:?}");
}

#[tokio::test]
async fn a_redirect_leads_nowhere() {
    let honest = Server::honest("127.0.0.2").await;
    for status in ["301 X", "302 X", "303 X", "307 X", "308 X"] {
        let elsewhere = format!("location: http://{}/Prompting\r\n", honest.address);
        let server = Server::replying("127.0.0.3", reply(status, &elsewhere, "")).await;
        let got = outcomes(&querier(&config()), DEADLINE, &targets([server.address])).await;
        assert_eq!(got, [Outcome::Failed(MalformedRedirect)], "{status}");
    }
    assert_eq!(honest.connections(), 0);
    let got = outcomes(&querier(&config()), DEADLINE, &targets([honest.address])).await;
    assert_eq!(got, [answer(HONEST)]);
}

/// Four miners that send without end what is no body, beside 40 that answer at once. Alone or beside them, an honest
/// miner's time is nearly the same, and nobody holds the round up.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn floods_cost_the_others_nothing() {
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let zeros = move |s| plays::flood(s, chunked, b"0");
    let interim = |s| plays::flood(s, "", b"HTTP/1.1 100 Continue\r\n\r\n");
    let hostile = [
        Server::start("127.0.0.3", zeros).await,
        Server::start("127.0.0.3", interim).await,
    ];
    let honest = Server::honest("127.0.0.2").await;
    let alone = vec![honest.address; 40];
    let mut beside = hostile
        .iter()
        .chain(&hostile)
        .map(|s| s.address)
        .collect::<Vec<_>>();
    beside.extend(&alone);

    // The 99th percentile of an honest miner's time, and the round's, over some rounds.
    let measure = async |addresses: &[std::net::SocketAddr]| {
        let (querier, asked) = (querier(&config()), targets(addresses.iter().copied()));
        let (mut times, mut longest) = (Vec::new(), Duration::ZERO);
        for _ in 0..5 {
            let start = Instant::now();
            let exchange = querier.ask(challenge(DEADLINE), &asked).await;
            longest = longest.max(start.elapsed());
            let (floods, honest) = exchange.responses.split_at(asked.len() - 40);
            for response in floods {
                assert_ne!(response.outcome.reason(), Reason::Timeout);
            }
            for Response {
                outcome, timing, ..
            } in honest
            {
                assert_eq!(*outcome, answer(HONEST));
                times.push(
                    [timing.connect, timing.first_byte, timing.body]
                        .iter()
                        .flatten()
                        .sum::<Duration>(),
                );
            }
        }
        times.sort();
        (times[times.len() * 99 / 100], longest)
    };
    let (p99_alone, round_alone) = measure(&alone).await;
    let (p99_beside, round_beside) = measure(&beside).await;
    println!(
        "p99 {p99_alone:?} alone, {p99_beside:?} beside four floods; rounds {round_alone:?}, {round_beside:?}"
    );
    assert!(
        p99_beside < p99_alone * 3 + Duration::from_millis(100),
        "{p99_alone:?} {p99_beside:?}"
    );
    assert!(
        round_beside < round_alone * 3 + Duration::from_millis(300),
        "{round_alone:?} {round_beside:?}"
    );
}
