//! One round in which every second miner is honest and the others are not.

mod plays;
mod replies;

use std::time::Instant;

use tokio::net::TcpListener;

use super::server::{HONEST, Server, reply};
use super::{DEADLINE, config, outcomes, querier, targets};
use crate::types::Reason::{self, MalformedRedirect};
use crate::types::{Completion, Outcome};
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
