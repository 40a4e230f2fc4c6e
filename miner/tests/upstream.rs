//! A miner in front of a model that somebody else serves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use miner::upstream::{Upstream, UpstreamError};
use serde_json::{Value, json};
use std::time::Duration;

/// Says what it was asked, as a server of chat completions would.
async fn echo(headers: HeaderMap, Json(asked): Json<Value>) -> (StatusCode, String) {
    let last = asked["messages"].as_array().unwrap().last().unwrap();
    let key = headers
        .get("authorization")
        .map(|value| value.to_str().unwrap())
        .unwrap_or("none");
    match last["content"].as_str().unwrap() {
        "slow" => tokio::time::sleep(Duration::from_secs(60)).await,
        "refuse" => return (StatusCode::TOO_MANY_REQUESTS, "too many".into()),
        "odd" => return (StatusCode::OK, "{}".into()),
        "huge" => return (StatusCode::OK, "x".repeat(2 << 20)),
        _ => {}
    }
    let said = format!(
        " {} {} {key} {}\n",
        asked["model"].as_str().unwrap(),
        last["role"].as_str().unwrap(),
        last["content"].as_str().unwrap()
    );
    (
        StatusCode::OK,
        json!({"choices": [{"message": {"role": "assistant", "content": said}}]}).to_string(),
    )
}

async fn upstream(key: Option<&str>) -> Upstream {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    let app = Router::new().route("/v1/chat/completions", post(echo));
    tokio::spawn(async move { axum::serve(listener, app).await });
    to(&url, key)
}

fn to(url: &str, key: Option<&str>) -> Upstream {
    let (url, key) = (url.parse().unwrap(), key.map(String::from));
    Upstream::new(&url, "small".into(), key, Duration::from_millis(1500)).unwrap()
}

async fn say(upstream: &Upstream, text: &str) -> Result<String, UpstreamError> {
    let roles = ["system".to_string(), "user".into()];
    upstream
        .answer(&roles, &["Be brief.".to_string(), text.into()])
        .await
}

#[tokio::test]
async fn the_models_answer_is_given() {
    let with_key = upstream(Some("secret")).await;
    assert_eq!(
        say(&with_key, "Why?").await.unwrap(),
        "small user Bearer secret Why?"
    );
    assert_eq!(
        say(&upstream(None).await, "Why?").await.unwrap(),
        "small user none Why?"
    );
}

#[tokio::test]
async fn what_goes_wrong_there_is_told() {
    let upstream = upstream(None).await;
    // The client's own words for what takes too long.
    for (asked, told) in [
        ("slow", "error sending request"),
        ("refuse", "status 429: too many"),
        ("odd", "no text in its reply: {}"),
        ("huge", "longer than"),
    ] {
        let error = say(&upstream, asked).await.unwrap_err().to_string();
        assert!(error.contains(told), "{asked}: {error}");
    }
    let nowhere = to("http://127.0.0.1:9/v1/", None);
    assert!(matches!(
        say(&nowhere, "Why?").await,
        Err(UpstreamError::Unreachable(_))
    ));
}
