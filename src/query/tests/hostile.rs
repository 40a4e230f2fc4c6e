//! One round in which every second miner is honest and the others are not.

use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant};

use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

use super::server::{HONEST, Server, completion, ok, reply, request, say};
use super::{DEADLINE, config, outcomes, querier, targets};
use crate::types::Reason::{
    self, MalformedBrokenHttp, MalformedEncoded, MalformedMissingField, MalformedNotJson,
    MalformedRedirect,
};
use crate::types::{Completion, Outcome};

const OK_HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

fn answer(text: &str) -> Outcome {
    Outcome::Answer(Completion(text.into()))
}

/// What a miner says once it has the request, and what must come of it.
fn replies() -> Vec<(&'static str, Vec<u8>, Outcome)> {
    let honest = completion(HONEST);
    let broken = Outcome::Failed(MalformedBrokenHttp);
    let not_json = Outcome::Failed(MalformedNotJson);
    let missing = Outcome::Failed(MalformedMissingField);
    let gzip = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03".as_slice();
    let text = |text: String| text.into_bytes();
    vec![
        (
            "a status header can't turn a refusal into an answer",
            text(reply(
                "500 X",
                "bt_header_axon_status_code: 200\r\n",
                &honest,
            )),
            Outcome::Refused(500),
        ),
        (
            "nor an answer into a refusal",
            text(reply(
                "200 OK",
                "bt_header_axon_status_code: 403\r\n",
                &honest,
            )),
            answer(HONEST),
        ),
        (
            "blacklisted",
            text(reply("403 Forbidden", "", r#"{"message":"Forbidden"}"#)),
            Outcome::Refused(403),
        ),
        (
            "no content",
            text(reply("204 No Content", "", "")),
            Outcome::Refused(204),
        ),
        (
            "another protocol",
            text(
                "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"
                    .into(),
            ),
            Outcome::Refused(101),
        ),
        (
            "gzip",
            [
                OK_HEAD.as_bytes(),
                b"content-encoding: gzip\r\ncontent-length: 10\r\n\r\n",
                gzip,
            ]
            .concat(),
            Outcome::Failed(MalformedEncoded),
        ),
        (
            "gzip said to be a transfer encoding",
            [
                OK_HEAD.as_bytes(),
                b"transfer-encoding: gzip, chunked\r\n\r\na\r\n",
                gzip,
                b"\r\n0\r\n\r\n",
            ]
            .concat(),
            Outcome::Failed(MalformedEncoded),
        ),
        (
            "an encoding that is none",
            text(reply("200 OK", "content-encoding: identity\r\n", &honest)),
            answer(HONEST),
        ),
        ("not JSON", text(ok("{oops")), not_json.clone()),
        ("empty", text(ok("")), not_json.clone()),
        ("a list", text(ok("[1]")), not_json.clone()),
        (
            "text after the JSON",
            text(ok(&format!("{honest} {{"))),
            not_json.clone(),
        ),
        (
            "nothing but depth",
            text(ok(&"[".repeat(10_000))),
            not_json.clone(),
        ),
        (
            "depth in the answer",
            text(ok(&format!(
                r#"{{"completion":{}"#,
                r#"{"a":"#.repeat(10_000)
            ))),
            not_json.clone(),
        ),
        (
            "not UTF-8",
            [
                OK_HEAD.as_bytes(),
                b"content-length: 18\r\n\r\n{\"completion\":\"\xff\"}",
            ]
            .concat(),
            not_json,
        ),
        (
            "a number for an answer",
            text(ok(r#"{"completion":5}"#)),
            missing.clone(),
        ),
        (
            "null for an answer",
            text(ok(r#"{"completion":null}"#)),
            missing.clone(),
        ),
        (
            "a list for an answer",
            text(ok(r#"{"completion":["x"]}"#)),
            missing.clone(),
        ),
        ("another field", text(ok(r#"{"Completion":"x"}"#)), missing),
        (
            "it rewrites the prompt and its own name",
            text(ok(
                r#"{"messages":["easy"],"axon":{"hotkey":"x"},"timeout":9e9,"completion":"y"}"#,
            )),
            answer("y"),
        ),
        (
            "a NUL in the answer",
            text(ok(r#"{"completion":"a\u0000b"}"#)),
            answer("a\u{fffd}b"),
        ),
        (
            "HTTP/1.0, the end of the body being the end of the connection",
            text(format!("HTTP/1.0 200 OK\r\n\r\n{honest}")),
            answer(HONEST),
        ),
        ("HTTP/0.9", text(honest.clone()), broken.clone()),
        ("no HTTP", text("NOT HTTP\r\n\r\n".into()), broken.clone()),
        ("nothing", Vec::new(), broken.clone()),
        (
            "half a head",
            text("HTTP/1.1 200 OK\r\ncontent-le".into()),
            broken.clone(),
        ),
        (
            "half a body",
            text(format!("{OK_HEAD}content-length: 1000\r\n\r\n{honest}")),
            broken.clone(),
        ),
        (
            "two lengths",
            text(format!(
                "{OK_HEAD}content-length: 5\r\ncontent-length: 6\r\n\r\n{honest}"
            )),
            broken.clone(),
        ),
        (
            "a chunk that isn't one",
            text(format!(
                "{OK_HEAD}transfer-encoding: chunked\r\n\r\nzz\r\n{honest}\r\n0\r\n\r\n"
            )),
            broken.clone(),
        ),
        (
            "too many headers",
            text(reply("200 OK", &"x: y\r\n".repeat(100), &honest)),
            broken.clone(),
        ),
        (
            "an endless header",
            text(reply(
                "200 OK",
                &format!("x: {}\r\n", "y".repeat(1 << 20)),
                &honest,
            )),
            broken,
        ),
        (
            "a length beyond all bounds",
            text(format!(
                "{OK_HEAD}content-length: 1000000000000000000\r\n\r\n"
            )),
            Outcome::Failed(Reason::TooLarge),
        ),
        (
            "a body a little too long",
            text(ok(&completion(&"x".repeat(64 * 1024)))),
            Outcome::Failed(Reason::TooLarge),
        ),
    ]
}

type Play = fn(TcpStream) -> Pin<Box<dyn Future<Output = ()> + Send>>;

/// What takes more than a reply.
fn plays() -> Vec<(&'static str, Play, Outcome)> {
    vec![
        (
            "a body without end",
            |mut s| {
                Box::pin(async move {
                    request(&mut s).await;
                    say(&mut s, format!("{OK_HEAD}\r\n").as_bytes()).await;
                    while say(&mut s, &[b' '; 4096]).await {}
                })
            },
            Outcome::Failed(Reason::TooLarge),
        ),
        (
            "chunks without end",
            |mut s| {
                Box::pin(async move {
                    request(&mut s).await;
                    say(
                        &mut s,
                        format!("{OK_HEAD}transfer-encoding: chunked\r\n\r\n").as_bytes(),
                    )
                    .await;
                    while say(&mut s, &b"1\r\n \r\n".repeat(100)).await {}
                })
            },
            Outcome::Failed(Reason::TooLarge),
        ),
        (
            "a body in drips",
            |mut s| {
                Box::pin(async move {
                    request(&mut s).await;
                    say(
                        &mut s,
                        format!("{OK_HEAD}content-length: 5000\r\n\r\n").as_bytes(),
                    )
                    .await;
                    while say(&mut s, b" ").await {
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                })
            },
            Outcome::Failed(Reason::Timeout),
        ),
        (
            "a head in drips",
            |mut s| {
                Box::pin(async move {
                    request(&mut s).await;
                    say(&mut s, b"HTTP/1.1 200 OK\r\nx: ").await;
                    while say(&mut s, b"y").await {
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                })
            },
            Outcome::Failed(Reason::Timeout),
        ),
        (
            "interim responses without end",
            |mut s| {
                Box::pin(async move {
                    request(&mut s).await;
                    while say(&mut s, b"HTTP/1.1 100 Continue\r\n\r\n").await {
                        tokio::time::sleep(Duration::from_millis(1)).await;
                    }
                })
            },
            Outcome::Failed(Reason::Timeout),
        ),
        (
            "silence",
            |mut s| {
                Box::pin(async move {
                    request(&mut s).await;
                    request(&mut s).await;
                })
            },
            Outcome::Failed(Reason::Timeout),
        ),
        (
            "its end of the connection closed at once",
            |mut s| {
                Box::pin(async move {
                    s.shutdown().await.ok();
                    request(&mut s).await;
                })
            },
            Outcome::Failed(MalformedBrokenHttp),
        ),
        (
            "a reset before the request is read",
            |s| Box::pin(async move { drop(s) }),
            Outcome::Failed(MalformedBrokenHttp),
        ),
        (
            "an honest answer with its end closed",
            |mut s| {
                Box::pin(async move {
                    request(&mut s).await;
                    say(&mut s, ok(&completion(HONEST)).as_bytes()).await;
                    s.shutdown().await.ok();
                    tokio::time::sleep(Duration::from_secs(60)).await;
                })
            },
            answer(HONEST),
        ),
    ]
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
