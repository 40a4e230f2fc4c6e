use super::fixtures::*;
use crate::store::StoreError;
use crate::types::*;

#[tokio::test]
async fn an_unjudged_exchange_comes_back_as_it_was_recorded() {
    let (_db, store) = entered().await;
    let exchange = exchange();
    store.record_exchange(&exchange).await.unwrap();
    // Twice is once: the caller may not know whether its commit arrived.
    store.record_exchange(&exchange).await.unwrap();
    assert_eq!(
        store.unjudged(10).await.unwrap(),
        std::slice::from_ref(&exchange)
    );

    let counts = store.counts().await.unwrap();
    assert_eq!((counts.rounds, counts.responses), (1, 13));
    assert_eq!((counts.answers, counts.judgements), (2, 0));
}

#[tokio::test]
async fn a_nul_in_an_answer_costs_nobody_the_round() {
    let (_db, store) = entered().await;
    let mut exchange = exchange();
    exchange.responses[0].outcome = Outcome::Answer(Completion("a\0b".into()));
    store.record_exchange(&exchange).await.unwrap();
    let back = store.unjudged(10).await.unwrap();
    assert_eq!(back[0].responses[0].outcome.answer(), Some("a\u{fffd}b"));
    assert_eq!(back[0].responses[1..], exchange.responses[1..]);
}

#[tokio::test]
async fn a_round_is_judged_once() {
    let (_db, store) = entered().await;
    store
        .save_scoring_config("cafe", "alpha = 0.2")
        .await
        .unwrap();
    let (first, second) = (exchange(), exchange());
    store.record_exchange(&first).await.unwrap();
    store.record_exchange(&second).await.unwrap();

    let judge = async |e: &Exchange, value: f64, n: u64| {
        let normalisers = [normaliser(n as f64)];
        let judgements = judgements(e);
        store
            .record_judgement(
                e.challenge.id,
                &judgements,
                &averages(value, n),
                &normalisers,
                "cafe",
            )
            .await
    };
    let one = judge(&first, 0.1, 1).await.unwrap();
    assert!(matches!(
        judge(&first, 0.9, 2).await,
        Err(StoreError::AlreadyJudged(id)) if id == first.challenge.id
    ));
    // The refusal left no trace, and another round is judged as before.
    assert_eq!(store.scores().await.unwrap(), averages(0.1, 1));
    assert_eq!(
        store.unjudged(10).await.unwrap(),
        std::slice::from_ref(&second)
    );
    let two = judge(&second, 0.3, 2).await.unwrap();
    assert!(two > one);
    assert_eq!(store.scores().await.unwrap(), averages(0.3, 2));
    assert_eq!(store.normalisers().await.unwrap(), [normaliser(2.0)]);
    assert_eq!(store.unjudged(10).await.unwrap(), []);
    assert!(matches!(
        store
            .record_judgement(RoundId::fresh(), &[], &averages(0.5, 3), &[], "cafe")
            .await,
        Err(StoreError::UnknownRound(_))
    ));
}

#[tokio::test]
async fn rivals_for_one_round_get_one_judgement() {
    let (_db, store) = entered().await;
    store.save_scoring_config("cafe", "").await.unwrap();
    let exchange = exchange();
    store.record_exchange(&exchange).await.unwrap();
    let judgements = judgements(&exchange);
    let averages = averages(0.5, 1);
    let judge =
        || store.record_judgement(exchange.challenge.id, &judgements, &averages, &[], "cafe");
    let (a, b, c) = tokio::join!(judge(), judge(), judge());
    let won = [a, b, c].into_iter().filter(Result::is_ok).count();
    assert_eq!(won, 1);
    assert_eq!(store.counts().await.unwrap().judgements, 1);
}

#[tokio::test]
async fn averages_are_kept_to_the_last_bit() {
    let (_db, store) = entered().await;
    store.save_scoring_config("cafe", "").await.unwrap();
    for (n, value) in [
        (1, 0.1 + 0.2),
        (2, 1.0 / 3.0),
        (3, 5e-324),
        (4, 1.0 - f64::EPSILON / 2.0),
    ] {
        let exchange = exchange();
        store.record_exchange(&exchange).await.unwrap();
        let averages = averages(value, n);
        store
            .record_judgement(exchange.challenge.id, &[], &averages, &[], "cafe")
            .await
            .unwrap();
        assert_eq!(store.scores().await.unwrap(), averages);
    }
}

#[tokio::test]
async fn the_leaderboard_and_the_views_show_seated_miners() {
    let (db, store) = entered().await;
    store.save_scoring_config("cafe", "").await.unwrap();
    store
        .record_neurons(&subnet(HEAD, &[miner(0), miner(1), miner(2)]))
        .await
        .unwrap();
    let exchange = exchange();
    store.record_exchange(&exchange).await.unwrap();
    let mut table = averages(0.5, 1);
    table.insert(
        miner(2),
        MovingAverage {
            value: 0.75,
            observations: 1,
        },
    );
    // Has a score, but no seat.
    table.insert(
        miner(9),
        MovingAverage {
            value: 1.0,
            observations: 1,
        },
    );
    store
        .record_judgement(
            exchange.challenge.id,
            &judgements(&exchange),
            &table,
            &[],
            "cafe",
        )
        .await
        .unwrap();
    let board = store.leaderboard().await.unwrap();
    let uids: Vec<u16> = board.iter().map(|r| r.uid.0).collect();
    assert_eq!(uids, [2, 0, 1]);
    assert_eq!(board[0].answered, 0.0);
    assert_eq!(board[1].answered, 1.0);

    for (view, rows) in [
        ("v_leaderboard", 3),
        ("v_miner_history", 13),
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
