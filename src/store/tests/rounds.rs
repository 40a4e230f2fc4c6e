use std::time::Duration;

use strum::IntoEnumIterator;

use super::fixtures::*;
use crate::store::StoreError;
use crate::types::*;

#[tokio::test]
async fn an_unjudged_exchange_comes_back_as_it_was_recorded() {
    let (_db, store) = entered().await;
    let exchange = exchange();
    store
        .rounds()
        .record(&exchange, Duration::ZERO)
        .await
        .unwrap();
    // Twice is once: the caller may not know whether its commit arrived.
    store
        .rounds()
        .record(&exchange, Duration::ZERO)
        .await
        .unwrap();
    assert_eq!(due(&store).await.unwrap(), std::slice::from_ref(&exchange));

    let counts = store.rounds().counts().await.unwrap();
    assert_eq!((counts.rounds, counts.responses), (1, 21));
    assert_eq!((counts.answers, counts.judgements), (2, 0));
}

#[tokio::test]
async fn a_nul_in_an_answer_costs_nobody_the_round() {
    let (_db, store) = entered().await;
    let mut exchange = exchange();
    exchange.responses[0].outcome = Outcome::Answer(Completion("a\0b".into()));
    store
        .rounds()
        .record(&exchange, Duration::ZERO)
        .await
        .unwrap();
    let back = due(&store).await.unwrap();
    assert_eq!(back[0].responses[0].outcome.answer(), Some("a\u{fffd}b"));
    assert_eq!(back[0].responses[1..], exchange.responses[1..]);
}

#[tokio::test]
async fn a_round_is_judged_once() {
    let (_db, store) = entered().await;
    store
        .judgements()
        .save_config("cafe", "alpha = 0.2")
        .await
        .unwrap();
    let (first, second) = (exchange(), exchange());
    store.rounds().record(&first, Duration::ZERO).await.unwrap();
    store
        .rounds()
        .record(&second, Duration::ZERO)
        .await
        .unwrap();

    let judge = async |e: &Exchange, value: f64, n: u64| {
        let normalisers = [normaliser(n as f64)];
        let judgements = judgements(e);
        store
            .judgements()
            .record(
                e.challenge.id,
                &judgements,
                &averages(value, n),
                &normalisers,
                "cafe",
                &PairTable::new(),
            )
            .await
    };
    let one = judge(&first, 0.1, 1).await.unwrap();
    assert!(matches!(
        judge(&first, 0.9, 2).await,
        Err(StoreError::AlreadyJudged(id)) if id == first.challenge.id
    ));
    // The refusal left no trace, and another round is judged as before.
    assert_eq!(store.scores().table().await.unwrap(), averages(0.1, 1));
    assert_eq!(due(&store).await.unwrap(), std::slice::from_ref(&second));
    let two = judge(&second, 0.3, 2).await.unwrap();
    assert!(two > one);
    assert_eq!(store.scores().table().await.unwrap(), averages(0.3, 2));
    assert_eq!(
        store.scores().normalisers().await.unwrap(),
        [normaliser(2.0)]
    );
    assert_eq!(due(&store).await.unwrap(), []);
    assert!(matches!(
        store
            .judgements()
            .record(
                RoundId::fresh(),
                &[],
                &averages(0.5, 3),
                &[],
                "cafe",
                &PairTable::new()
            )
            .await,
        Err(StoreError::UnknownRound(_))
    ));
}

#[tokio::test]
async fn rivals_for_one_round_get_one_judgement() {
    let (_db, store) = entered().await;
    store.judgements().save_config("cafe", "").await.unwrap();
    let exchange = exchange();
    store
        .rounds()
        .record(&exchange, Duration::ZERO)
        .await
        .unwrap();
    let judgements = judgements(&exchange);
    let averages = averages(0.5, 1);
    let (all, id) = (store.judgements(), exchange.challenge.id);
    let pairs = PairTable::new();
    let judge = || all.record(id, &judgements, &averages, &[], "cafe", &pairs);
    let (a, b, c) = tokio::join!(judge(), judge(), judge());
    let won = [a, b, c].into_iter().filter(Result::is_ok).count();
    assert_eq!(won, 1);
    assert_eq!(store.rounds().counts().await.unwrap().judgements, 1);
}

#[tokio::test]
async fn averages_are_kept_to_the_last_bit() {
    let (_db, store) = entered().await;
    store.judgements().save_config("cafe", "").await.unwrap();
    for (n, value) in [
        (1, 0.1 + 0.2),
        (2, 1.0 / 3.0),
        (3, 5e-324),
        (4, 1.0 - f64::EPSILON / 2.0),
    ] {
        let exchange = exchange();
        store
            .rounds()
            .record(&exchange, Duration::ZERO)
            .await
            .unwrap();
        let averages = averages(value, n);
        store
            .judgements()
            .record(
                exchange.challenge.id,
                &[],
                &averages,
                &[],
                "cafe",
                &PairTable::new(),
            )
            .await
            .unwrap();
        assert_eq!(store.scores().table().await.unwrap(), averages);
    }
}

#[tokio::test]
async fn the_leaderboard_and_the_views_show_seated_miners() {
    let (db, store) = entered().await;
    store.judgements().save_config("cafe", "").await.unwrap();
    store
        .neurons()
        .record(&subnet(HEAD, &[miner(0), miner(1), miner(2)]))
        .await
        .unwrap();
    let exchange = exchange();
    store
        .rounds()
        .record(&exchange, Duration::ZERO)
        .await
        .unwrap();
    let mut table = averages(0.5, 1);
    table.insert(
        miner(2),
        MovingAverage {
            value: 0.75,
            observations: 1,
            ..MovingAverage::default()
        },
    );
    // Has a score, but no seat.
    table.insert(
        miner(9),
        MovingAverage {
            value: 1.0,
            observations: 1,
            ..MovingAverage::default()
        },
    );
    store
        .judgements()
        .record(
            exchange.challenge.id,
            &judgements(&exchange),
            &table,
            &[],
            "cafe",
            &PairTable::new(),
        )
        .await
        .unwrap();
    let board = store.scores().leaderboard().await.unwrap();
    let uids: Vec<u16> = board.iter().map(|r| r.uid.0).collect();
    assert_eq!(uids, [2, 0, 1]);
    assert_eq!(board[0].answered, 0.0);
    assert_eq!(board[1].answered, 1.0);

    for (view, rows) in [
        ("v_leaderboard", 3),
        ("v_miner_history", 21),
        ("v_epoch", 0),
        ("v_commit_log", 0),
    ] {
        let sql = sqlx::AssertSqlSafe(format!("select count(*) from {view}"));
        let count: i64 = sqlx::query_scalar(sql)
            .fetch_one(db.store.pool())
            .await
            .unwrap();
        assert_eq!(count, rows, "{view}");
    }
}

#[tokio::test]
async fn a_round_is_due_when_its_truth_is_and_after_each_failed_attempt() {
    let (_db, store) = entered().await;
    let rounds = store.rounds();
    assert_eq!(rounds.next_due().await.unwrap(), None);
    let (now, later) = (exchange(), exchange());
    let hour = Duration::from_secs(3600);
    rounds.record(&later, hour).await.unwrap();
    rounds.record(&now, Duration::ZERO).await.unwrap();
    assert_eq!(due(&store).await.unwrap(), std::slice::from_ref(&now));
    assert_eq!(rounds.next_due().await.unwrap(), Some(Duration::ZERO));

    let first = rounds.due(10).await.unwrap()[0];
    assert_eq!((first.round, first.attempts), (now.challenge.id, 0));
    rounds.postpone(first, hour / 2).await.unwrap();
    assert_eq!(due(&store).await.unwrap(), []);
    let next = rounds.next_due().await.unwrap().unwrap();
    assert!(next > hour / 3 && next <= hour / 2, "{next:?}");

    rounds.postpone(first, Duration::ZERO).await.unwrap();
    assert_eq!(rounds.due(10).await.unwrap()[0].attempts, 2);
}

#[tokio::test]
async fn what_waits_is_counted_and_read_in_pieces_the_longest_due_first() {
    let (_db, store) = entered().await;
    let rounds = store.rounds();
    let all: Vec<Exchange> = (0..5).map(|_| exchange()).collect();
    for exchange in &all {
        rounds.record(exchange, Duration::ZERO).await.unwrap();
    }
    let piece: Vec<RoundId> = rounds
        .due(2)
        .await
        .unwrap()
        .iter()
        .map(|d| d.round)
        .collect();
    assert_eq!(piece, [all[0].challenge.id, all[1].challenge.id]);
    assert_eq!(rounds.waiting(64).await.unwrap(), 5);
    assert_eq!(rounds.waiting(3).await.unwrap(), 3);
}

/// It is kept, waits for nothing, and nobody's share of answers falls by it; the round beside it is judged as ever.
#[tokio::test]
async fn a_round_without_a_verdict_is_kept_and_never_due() {
    let (db, store) = entered().await;
    let (judged, mut silent) = (exchange(), exchange());
    silent.no_verdict = Some(Reason::AllSilent);
    for exchange in [&judged, &silent] {
        let recorded = store.rounds().record(exchange, Duration::ZERO).await;
        recorded.unwrap();
    }
    assert_eq!(due(&store).await.unwrap(), [judged]);
    assert_eq!(store.rounds().waiting(64).await.unwrap(), 1);
    assert_eq!(store.rounds().counts().await.unwrap().rounds, 2);
    let kept = "select no_verdict from rounds where no_verdict is not null";
    let kept: Vec<String> = sqlx::query_scalar(kept)
        .fetch_all(db.store.pool())
        .await
        .unwrap();
    assert_eq!(kept, ["all_silent"]);
}

#[tokio::test]
async fn who_answered_last_is_known_after_a_restart() {
    let (_db, store) = entered().await;
    let only = |n: usize, outcome: Outcome| {
        let mut round = exchange();
        round.asked_at = std::time::SystemTime::now();
        round.responses = vec![Response {
            outcome,
            ..round.responses.swap_remove(n)
        }];
        round
    };
    let failed = Outcome::Failed;
    let mut void = only(0, failed(Reason::Timeout));
    void.no_verdict = Some(Reason::AllSilent);
    for round in [
        only(0, failed(Reason::Timeout)),
        only(0, Outcome::Refused(401)),
        only(1, Outcome::Refused(401)),
        only(1, failed(Reason::Unreachable)),
        // None of these was its turn.
        void,
        only(0, failed(Reason::ForbiddenCircuitOpen)),
        only(1, failed(Reason::OurNetwork)),
    ] {
        store.rounds().record(&round, Duration::ZERO).await.unwrap();
    }
    let mut last = store.rounds().last_heard().await.unwrap();
    last.sort_by_key(|(miner, _)| *miner);
    let known = [
        (miner(0), Outcome::Refused(401)),
        (miner(1), failed(Reason::Unreachable)),
    ];
    assert_eq!(last, known);
}

#[tokio::test]
async fn sql_and_rust_agree_on_whose_fault_it_is() {
    let (db, _) = entered().await;
    let known = "select outcome from our_faults order by outcome";
    let known: Vec<String> = sqlx::query_scalar(known)
        .fetch_all(db.store.pool())
        .await
        .unwrap();
    let mut ours: Vec<String> = Reason::iter()
        .filter(|r| r.is_ours())
        .map(|r| r.to_string())
        .collect();
    ours.sort();
    assert_eq!(known, ours);
}

/// Who let the deadline pass took all of it.
#[tokio::test]
async fn the_history_shows_how_long_it_took() {
    let (db, store) = entered().await;
    store.neurons().record(&subnet(HEAD, &[])).await.unwrap();
    let mut round = exchange();
    round.responses.retain(|r| r.timing.connect.is_some());
    let timing = Timing {
        first_byte: Some(Duration::from_millis(20)),
        body: None,
        ..round.responses[0].timing
    };
    round.responses[0].timing = timing;
    let timeout = round
        .responses
        .iter_mut()
        .find(|r| r.outcome.reason() == Reason::Refused);
    timeout.unwrap().outcome = Outcome::Failed(Reason::Timeout);
    store.rounds().record(&round, Duration::ZERO).await.unwrap();
    let took = "select took_ms::float8 from v_miner_history where outcome = 'timeout' or uid = 0 order by uid limit 2";
    let took: Vec<f64> = sqlx::query_scalar(took)
        .fetch_all(db.store.pool())
        .await
        .unwrap();
    assert_eq!(took, [21.5, 2500.0]);
}
