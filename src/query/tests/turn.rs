//! One turn: what counts is when the whole answer was there, and what a panic is charged to.

use std::sync::Arc;
use std::time::Duration;

use tower::service_fn;

use super::{challenge, config, target};
use crate::query::ask_one;
use crate::query::guard::body::BodyLimit;
use crate::query::guard::circuit::Standing;
use crate::query::guard::places::Places;
use crate::query::transport::{Ask, Matter, Stopwatch, Transport};
use crate::query::turn::Turns;
use crate::types::{Completion, Outcome, Reason};

const DEADLINE: Duration = Duration::from_millis(100);

/// What comes of an exchange that does this.
async fn outcome(play: fn(Ask) -> Outcome) -> Outcome {
    let turns = Turns {
        transport: Transport::new(service_fn(move |ask| async move { Ok(play(ask)) })),
        places: Arc::new(Places::new(&config().query)),
        ping: DEADLINE,
    };
    let ask = Ask {
        target: target(1, ([127, 0, 0, 2], 1).into()),
        matter: Matter::Question(Arc::new(challenge(DEADLINE).questions.remove(0).prompt)),
        deadline: DEADLINE,
        limit: BodyLimit::share(1024, 1024, 1),
        watch: Stopwatch::start(),
    };
    ask_one(turns, ask, Standing::Asked, 0).await.outcome
}

fn answer(ask: &Ask) -> Outcome {
    ask.watch.finished();
    Outcome::Answer(Completion("four".into()))
}

/// It never yields, so that the answer and the deadline are seen together.
#[tokio::test]
async fn an_answer_after_the_deadline_is_none() {
    let in_time = outcome(|ask| answer(&ask)).await;
    assert_eq!(in_time.reason(), Reason::Answer);
    let late = |ask: Ask| {
        std::thread::sleep(2 * DEADLINE);
        answer(&ask)
    };
    assert_eq!(outcome(late).await, Outcome::Failed(Reason::Timeout));
}

/// What only a miner's bytes can bring about must not keep its score.
#[tokio::test]
async fn a_panic_is_ours_until_a_miner_may_have_caused_it() {
    let before = outcome(|_| panic!("planted")).await;
    assert_eq!(before, Outcome::Failed(Reason::OurRequest));
    let after = |ask: Ask| {
        ask.watch.connected(Duration::ZERO);
        panic!("planted")
    };
    let broken = Outcome::Failed(Reason::MalformedBrokenHttp);
    assert_eq!(outcome(after).await, broken);
}
