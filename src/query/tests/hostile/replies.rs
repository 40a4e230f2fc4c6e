//! What a miner says once it has the request, and what must come of it.

use super::super::server::{HONEST, completion, ok, reply};
use super::{OK_HEAD, answer};
use crate::types::Outcome;
use crate::types::Reason::{
    self, MalformedBrokenHttp, MalformedEncoded, MalformedMissingField, MalformedNotJson,
};

type Case = (&'static str, Vec<u8>, Outcome);

pub fn replies() -> Vec<Case> {
    [
        statuses(),
        encodings(),
        not_json(),
        answers(),
        framing(),
        sizes(),
    ]
    .concat()
}

fn case(name: &'static str, reply: impl Into<Vec<u8>>, outcome: Outcome) -> Case {
    (name, reply.into(), outcome)
}

/// What the status line says, and what it says nothing of.
fn statuses() -> Vec<Case> {
    let honest = completion(HONEST);
    vec![
        case(
            "a status header can't turn a refusal into an answer",
            reply("500 X", "bt_header_axon_status_code: 200\r\n", &honest),
            Outcome::Refused(500),
        ),
        case(
            "nor an answer into a refusal",
            reply("200 OK", "bt_header_axon_status_code: 403\r\n", &honest),
            answer(HONEST),
        ),
        case(
            "blacklisted",
            reply("403 Forbidden", "", r#"{"message":"Forbidden"}"#),
            Outcome::Refused(403),
        ),
        case(
            "no content",
            reply("204 No Content", "", ""),
            Outcome::Refused(204),
        ),
        case(
            "another protocol",
            "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n",
            Outcome::Refused(101),
        ),
    ]
}

/// Only plain bytes are read.
fn encodings() -> Vec<Case> {
    let honest = completion(HONEST);
    let gzip = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03".as_slice();
    vec![
        case(
            "gzip",
            [
                OK_HEAD.as_bytes(),
                b"content-encoding: gzip\r\ncontent-length: 10\r\n\r\n",
                gzip,
            ]
            .concat(),
            Outcome::Failed(MalformedEncoded),
        ),
        case(
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
        case(
            "an encoding without a name",
            reply("200 OK", "content-encoding:\r\n", &honest),
            answer(HONEST),
        ),
        case(
            "none, said more than once",
            reply(
                "200 OK",
                "content-encoding: identity, Identity\r\ncontent-encoding: identity\r\n",
                &honest,
            ),
            answer(HONEST),
        ),
        case(
            "gzip behind none",
            reply("200 OK", "content-encoding: identity, gzip\r\n", &honest),
            Outcome::Failed(MalformedEncoded),
        ),
        case(
            "an encoding that is none",
            reply("200 OK", "content-encoding: identity\r\n", &honest),
            answer(HONEST),
        ),
    ]
}

/// Bodies that are no JSON object.
fn not_json() -> Vec<Case> {
    let honest = completion(HONEST);
    let not_json = Outcome::Failed(MalformedNotJson);
    vec![
        case("not JSON", ok("{oops"), not_json.clone()),
        case("empty", ok(""), not_json.clone()),
        case("a list", ok("[1]"), not_json.clone()),
        case(
            "text after the JSON",
            ok(&format!("{honest} {{")),
            not_json.clone(),
        ),
        case(
            "nothing but depth",
            ok(&"[".repeat(10_000)),
            not_json.clone(),
        ),
        case(
            "depth in the answer",
            ok(&format!(r#"{{"completion":{}"#, r#"{"a":"#.repeat(10_000))),
            not_json.clone(),
        ),
        case(
            "not UTF-8",
            [
                OK_HEAD.as_bytes(),
                b"content-length: 18\r\n\r\n{\"completion\":\"\xff\"}",
            ]
            .concat(),
            not_json,
        ),
    ]
}

/// JSON objects, with and without an answer.
fn answers() -> Vec<Case> {
    let missing = Outcome::Failed(MalformedMissingField);
    vec![
        case(
            "a number for an answer",
            ok(r#"{"completion":5}"#),
            missing.clone(),
        ),
        case(
            "null for an answer",
            ok(r#"{"completion":null}"#),
            missing.clone(),
        ),
        case(
            "a list for an answer",
            ok(r#"{"completion":["x"]}"#),
            missing.clone(),
        ),
        case("another field", ok(r#"{"Completion":"x"}"#), missing),
        case(
            "it rewrites the prompt and its own name",
            ok(r#"{"messages":["easy"],"axon":{"hotkey":"x"},"timeout":9e9,"completion":"y"}"#),
            answer("y"),
        ),
        case(
            "a NUL in the answer",
            ok(r#"{"completion":"a\u0000b"}"#),
            answer("a\u{fffd}b"),
        ),
    ]
}

/// HTTP, more or less.
fn framing() -> Vec<Case> {
    let honest = completion(HONEST);
    let broken = Outcome::Failed(MalformedBrokenHttp);
    vec![
        case(
            "HTTP/1.0, the end of the body being the end of the connection",
            format!("HTTP/1.0 200 OK\r\n\r\n{honest}"),
            answer(HONEST),
        ),
        case(
            "trailers after the body",
            format!(
                "{OK_HEAD}transfer-encoding: chunked\r\n\r\n{:x}\r\n{honest}\r\n0\r\nx: y\r\n\r\n",
                honest.len()
            ),
            answer(HONEST),
        ),
        case("HTTP/0.9", honest.clone(), broken.clone()),
        case("no HTTP", "NOT HTTP\r\n\r\n", broken.clone()),
        case("nothing", Vec::new(), broken.clone()),
        case(
            "half a head",
            "HTTP/1.1 200 OK\r\ncontent-le",
            broken.clone(),
        ),
        case(
            "half a body",
            format!("{OK_HEAD}content-length: 1000\r\n\r\n{honest}"),
            broken.clone(),
        ),
        case(
            "two lengths",
            format!("{OK_HEAD}content-length: 5\r\ncontent-length: 6\r\n\r\n{honest}"),
            broken.clone(),
        ),
        case(
            "a chunk that isn't one",
            format!("{OK_HEAD}transfer-encoding: chunked\r\n\r\nzz\r\n{honest}\r\n0\r\n\r\n"),
            broken.clone(),
        ),
    ]
}

/// More than anyone needs.
fn sizes() -> Vec<Case> {
    let honest = completion(HONEST);
    let broken = Outcome::Failed(MalformedBrokenHttp);
    vec![
        case(
            "too many headers",
            reply("200 OK", &"x: y\r\n".repeat(100), &honest),
            broken.clone(),
        ),
        case(
            "an endless header",
            reply(
                "200 OK",
                &format!("x: {}\r\n", "y".repeat(1 << 20)),
                &honest,
            ),
            broken,
        ),
        case(
            "a length beyond all bounds",
            format!("{OK_HEAD}content-length: 1000000000000000000\r\n\r\n"),
            Outcome::Failed(Reason::TooLarge),
        ),
        case(
            "a body a little too long",
            ok(&completion(&"x".repeat(64 * 1024))),
            Outcome::Failed(Reason::TooLarge),
        ),
    ]
}
