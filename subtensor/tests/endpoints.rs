//! Several nodes: who serves, who is passed over, and what is said when none is up.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::time::{Duration, Instant};

use common::fake::{FakeNode, Pool, hanging, nobody};
use common::{PATIENCE, endpoints, endpoints_of, until};
use subtensor::{
    ChainError, Delivery, Endpoints, Era, Genesis, Netuid, Refusal, SignedPayload, Status,
};

fn payload() -> SignedPayload {
    SignedPayload {
        bytes: vec![1, 2, 3],
        hash: [0; 32],
        nonce: 0,
        era: Era { birth: 1, death: 9 },
    }
}

fn status(endpoints: &Endpoints, index: usize) -> Status {
    endpoints.statuses().swap_remove(index).status
}

fn is_up(endpoints: &Endpoints, index: usize) -> bool {
    matches!(status(endpoints, index), Status::Up { .. })
}

/// Why it is down, if it is.
fn down(endpoints: &Endpoints, index: usize) -> Option<String> {
    match status(endpoints, index) {
        Status::Down { reason } => Some(reason),
        _ => None,
    }
}

async fn serving(endpoints: &Endpoints) -> String {
    endpoints.node().await.unwrap().name().to_owned()
}

#[tokio::test]
async fn the_first_in_order_serves_though_it_is_slower() {
    let slow = FakeNode::start_slow(1, Duration::from_millis(400)).await;
    let quick = FakeNode::start(1).await;
    let both = endpoints(&[&slow.url, &quick.url]);
    assert_eq!(serving(&both).await, slow.url);
    assert_eq!(both.node().await.unwrap().genesis().0[0], 1);
}

#[tokio::test]
async fn one_that_hangs_is_not_waited_for_long() {
    let (hanging, node) = (hanging().await, FakeNode::start(1).await);
    let both = endpoints(&[&hanging, &node.url]);
    let started = Instant::now();
    assert_eq!(serving(&both).await, node.url);
    let took = started.elapsed();
    assert!(took < Duration::from_millis(2900), "{took:?}");
    until("it counts as down", || down(&both, 0).is_some()).await;
    let reason = down(&both, 0).unwrap();
    assert!(reason.contains("connect: no answer within 3s"), "{reason}");
}

#[tokio::test]
async fn the_last_good_one_keeps_serving_when_a_better_one_comes_back() {
    let (gone, node) = (nobody().await, FakeNode::start(1).await.keeps_advancing());
    let both = endpoints(&[&gone, &node.url]);
    assert_eq!(serving(&both).await, node.url);
    let back = FakeNode::start_again(&gone, 1).await.keeps_advancing();
    until("the first is up", || is_up(&both, 0)).await;
    assert_eq!(serving(&both).await, node.url);

    // It fails: the next in order serves, and keeps serving as well.
    let url = node.stop().await;
    until("the second is down", || down(&both, 1).is_some()).await;
    assert_eq!(serving(&both).await, back.url);
    let _node = FakeNode::start_again(&url, 1).await.keeps_advancing();
    until("the second is up", || is_up(&both, 1)).await;
    assert_eq!(serving(&both).await, back.url);
}

#[tokio::test]
async fn heads_come_as_they_are_and_end_with_the_connection() {
    let node = FakeNode::start(1).await;
    let one = endpoints(&[&node.url]);
    let mut heads = one.node().await.unwrap().heads();
    assert_eq!(heads.next().await.unwrap().number, 10);
    node.advance();
    let head = heads.next().await.unwrap();
    assert_eq!((head.number, head.hash[0]), (11, 1));
    // Who is slow gets the newest only.
    node.advance();
    node.advance();
    until("the last head is seen", || match status(&one, 0) {
        Status::Up { head } => head.block.number == 13,
        _ => false,
    })
    .await;
    assert_eq!(heads.next().await.unwrap().number, 13);

    let url = node.stop().await;
    let cut = tokio::time::timeout(PATIENCE, heads.next()).await.unwrap();
    let said = cut.unwrap_err().to_string();
    assert!(said.contains(&format!("{url}: finalized heads")), "{said}");
}

#[tokio::test]
async fn one_whose_head_stands_still_is_down() {
    let still = FakeNode::start(1).await;
    let moving = FakeNode::start(1).await.keeps_advancing();
    let both = endpoints(&[&still.url, &moving.url]);
    assert_eq!(serving(&both).await, still.url);
    let repeating = async {
        loop {
            // The same head again and again is no progress.
            still.state.finalized.send_modify(|_| {});
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::select! {
        () = until("the first is down", || down(&both, 0).is_some()) => {}
        () = repeating => {}
    }
    let reason = down(&both, 0).unwrap();
    assert!(reason.contains("no finalized head for 2s"), "{reason}");
    assert_eq!(serving(&both).await, moving.url);
    assert!(is_up(&both, 1), "the planted positive");
}

#[tokio::test]
async fn a_node_of_another_chain_is_passed_over_and_named_once() {
    let log = common::log::Log::start();
    let ours = FakeNode::start(1).await.keeps_advancing();
    let other = FakeNode::start(2).await.keeps_advancing();
    let both = endpoints(&[&ours.url, &other.url]);
    assert_eq!(serving(&both).await, ours.url);
    let wrong = |endpoints: &Endpoints| matches!(status(endpoints, 1), Status::WrongChain { genesis } if genesis.0[0] == 2);
    until("the second is passed over", || wrong(&both)).await;
    assert_eq!(both.broadcast(&payload()).await.unwrap(), Delivery::Taken);

    let ours = ours.stop().await;
    until("the first is down", || down(&both, 0).is_some()).await;
    let error = both.node().await.unwrap_err().to_string();
    assert!(error.contains("no chain endpoint answers ("), "{error}");
    let named = format!("{}: serves another chain, 0x02", other.url);
    assert!(error.contains(&named) && error.contains(&ours), "{error}");
    assert_eq!(other.received(), 0, "no transaction of ours went there");
    assert!(wrong(&both));
    let lines = log.lines("serves another chain");
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains("WARN") && lines[0].contains(&other.url));
}

/// The chain is known beforehand: who serves another one is passed over though it is first, and the right one is
/// waited for.
#[tokio::test]
async fn the_chain_that_is_asked_for_is_waited_for() {
    let mut ours = [0; 32];
    ours[0] = 1;
    let other = FakeNode::start(2).await.keeps_advancing();
    let gone = nobody().await;
    let both = endpoints_of(Some(Genesis(ours)), &[&other.url, &gone]);
    let error = both.node().await.unwrap_err().to_string();
    let named = format!("{}: serves another chain, 0x02", other.url);
    assert!(error.contains(&named) && error.contains(&gone), "{error}");

    let waiting = both.clone();
    let recovered = tokio::spawn(async move { waiting.recovered().await });
    let node = FakeNode::start_again(&gone, 1).await.keeps_advancing();
    tokio::time::timeout(PATIENCE, recovered)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(serving(&both).await, node.url);
    // One is up: what failed was something else, and is not tried again at once.
    let at_once = tokio::time::timeout(Duration::from_millis(100), both.recovered()).await;
    assert!(at_once.is_err());
    // The pace is measured from what is followed.
    until("the pace is known", || both.pace().block_time().is_some()).await;
    let block = both.pace().block_time().unwrap();
    assert!(block > Duration::from_millis(20), "{block:?}");
}

#[tokio::test]
async fn when_none_is_up_each_is_named_with_its_reason_after_a_request_timeout() {
    let (gone, hanging) = (nobody().await, hanging().await);
    let with_key = format!("{gone}/v1/KEY?token=KEY");
    let none = endpoints(&[&with_key, &hanging]);
    let started = Instant::now();
    let error = none.node().await.unwrap_err();
    let took = started.elapsed();
    assert!(
        took >= Duration::from_secs(3) && took < Duration::from_secs(6),
        "{took:?}"
    );
    assert!(matches!(error, ChainError::NoEndpoint { .. }));
    let said = error.to_string();
    assert!(said.contains(&format!("{gone}: connect: ")), "{said}");
    assert!(said.contains(&format!("; {hanging}: ")), "{said}");
    assert!(!said.contains("KEY") && !format!("{:?}", none.statuses()).contains("KEY"));

    let back = FakeNode::start_again(&gone, 1).await;
    until("it is up", || is_up(&none, 0)).await;
    assert_eq!(serving(&none).await, back.url);
}

#[tokio::test]
async fn one_that_comes_up_while_it_is_waited_for_serves() {
    let gone = nobody().await;
    let one = endpoints(&[&gone]);
    until("the first attempt failed", || down(&one, 0).is_some()).await;
    let (node, back) = tokio::join!(one.node(), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        FakeNode::start_again(&gone, 1).await
    });
    assert_eq!(node.unwrap().name(), back.url);
}

#[tokio::test]
async fn one_that_is_reported_as_failed_is_left_and_connected_anew() {
    let first = FakeNode::start(1).await.keeps_advancing();
    let second = FakeNode::start(1).await.keeps_advancing();
    let both = endpoints(&[&first.url, &second.url]);
    let node = both.node().await.unwrap();
    let mut heads = node.heads();
    let error = ChainError::Unavailable {
        endpoint: node.name().into(),
        what: "Tempo",
        reason: "state is gone".into(),
    };
    // What the chain says is nobody's failure.
    both.failed(&node, &ChainError::NoSubnet(Netuid(7)));
    assert_eq!(serving(&both).await, first.url);
    both.failed(&node, &error);
    assert_eq!(serving(&both).await, second.url);
    let said = heads.next().await.unwrap_err().to_string();
    assert!(said.contains("Tempo: state is gone"), "{said}");
    drop((node, heads));
    until("it is up again", || is_up(&both, 0)).await;
    until("over one new connection", || first.followers() == 1).await;

    let one = endpoints(&[&first.url]);
    let node = one.node().await.unwrap();
    one.failed(&node, &error);
    let again = one.node().await.unwrap();
    assert!(!std::sync::Arc::ptr_eq(&node, &again));
}

#[tokio::test]
async fn the_tasks_end_when_nobody_holds_the_endpoints_any_more() {
    let node = FakeNode::start(1).await;
    let one = endpoints(&[&node.url]);
    let clone = one.clone();
    until("it is followed", || node.followers() == 1).await;
    drop(one);
    assert_eq!(serving(&clone).await, node.url);
    let mut heads = clone.node().await.unwrap().heads();
    heads.next().await.unwrap();
    drop(clone);
    assert!(
        heads
            .next()
            .await
            .unwrap_err()
            .to_string()
            .contains("closed")
    );
    drop(heads);
    until("nobody follows", || node.followers() == 0).await;

    let one = endpoints(&[&node.url]);
    until("it is followed", || node.followers() == 1).await;
    one.close();
    until("nobody follows", || node.followers() == 0).await;
    let started = Instant::now();
    assert!(one.node().await.unwrap_err().to_string().contains("closed"));
    assert!(started.elapsed() < Duration::from_secs(1));
}

#[tokio::test]
async fn a_payload_goes_to_all_that_are_up_at_once() {
    let takes = FakeNode::start(1).await;
    let hangs = FakeNode::start(1).await;
    hangs.state.pool.send_replace(Pool::Hangs);
    let all = endpoints(&[&hangs.url, &takes.url, &nobody().await]);
    until("both are up", || is_up(&all, 0) && is_up(&all, 1)).await;
    let started = Instant::now();
    assert_eq!(all.broadcast(&payload()).await.unwrap(), Delivery::Taken);
    assert!(
        started.elapsed() < Duration::from_secs(2),
        "{:?}",
        started.elapsed()
    );
    assert_eq!((takes.received(), hangs.received()), (1, 1));

    hangs.state.pool.send_replace(Pool::Refuses(1010));
    takes.state.pool.send_replace(Pool::Refuses(1014));
    let Delivery::Refused(mut refusals) = all.broadcast(&payload()).await.unwrap() else {
        panic!("nobody took it");
    };
    refusals.sort_by_key(|(name, _)| *name == takes.url);
    let invalid = Refusal::Invalid("RateLimitExceeded (Custom error: 6)".into());
    assert_eq!(
        refusals,
        [
            (hangs.url.clone(), invalid),
            (takes.url.clone(), Refusal::NonceTaken)
        ]
    );
    takes.state.pool.send_replace(Pool::Refuses(1013));
    assert_eq!(
        all.broadcast(&payload()).await.unwrap(),
        Delivery::Taken,
        "it lay there already"
    );
}
