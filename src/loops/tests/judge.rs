//! What is due is judged, whatever the reason it was left over.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::config::{ModelsConfig, ScoringConfig};
use crate::scoring::Engines;
use crate::store::tests::database::Database;
use crate::store::tests::fixtures::{entered, exchange};
use crate::types::{Completion, Outcome};

/// By words alone: that needs no model.
async fn judge(store: &SubnetStore) -> Judge {
    judge_by(store, TOML).await
}

const TOML: &str = "alpha = 0.5\n[[model]]\nname = 'words'\nweight = 1\ninput = { kind = 'rouge_l' }\n\
                    normaliser = { kind = 'running_normal', memory = 1000 }";

async fn judge_by(store: &SubnetStore, toml: &str) -> Judge {
    let scoring = ScoringConfig::parse(toml, "test").unwrap();
    let pipeline = Pipeline::load(&scoring, &Engines::new(&ModelsConfig::default())).unwrap();
    let hash = pipeline.hash().to_string();
    store.judgements().save_config(&hash, toml).await.unwrap();
    Judge {
        store: store.clone(),
        pipeline: Arc::new(pipeline),
        truths: Truths::default(),
        due: Arc::new(Notify::new()),
        progress: Progress::channel().0,
    }
}

async fn count(db: &Database, sql: &'static str) -> i64 {
    let counted = sqlx::query_scalar(sql).fetch_one(db.store.pool()).await;
    counted.unwrap()
}

const JUDGED: &str = "select count(*) from rounds where judgement_id is not null";
const TOLD: &str = "select count(*) from events where reason = 'not_judged'";

#[tokio::test]
async fn all_that_was_left_over_is_judged_and_a_broken_round_holds_up_nobody() {
    let (db, store) = entered().await;
    let all = 2 * PIECE + 5;
    for _ in 0..all {
        let recorded = store.rounds().record(&exchange(), Duration::ZERO).await;
        recorded.unwrap();
    }
    // Its truth is known later.
    let (later, in_600_s) = (exchange(), Duration::from_secs(600));
    store.rounds().record(&later, in_600_s).await.unwrap();
    let broken = "update questions set prompt = '[]' where round_id = (select min(id) from rounds)";
    sqlx::query(broken).execute(db.store.pool()).await.unwrap();

    let cancel = CancellationToken::new();
    let running = tokio::spawn(judge(&store).await.run(cancel.clone()));
    let patience = tokio::time::Instant::now() + Duration::from_secs(30);
    while count(&db, JUDGED).await < i64::from(all) - 1 {
        assert!(tokio::time::Instant::now() < patience, "not all are judged");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    cancel.cancel();
    assert_eq!(running.await.unwrap(), Ok(()));
    assert_eq!(count(&db, JUDGED).await, i64::from(all) - 1);
    assert_eq!(count(&db, TOLD).await, 1);
    let seen = "select count(*) from rounds where attempts = 1 and due_at > now()";
    assert_eq!(count(&db, seen).await, 1, "the broken one is put off");
    // Every judgement went on from the normaliser that the one before it had recorded.
    let states = store.scores().normalisers().await.unwrap();
    let answers = (f64::from(all) - 1.0) * 2.0;
    assert!(
        states.len() == 1 && states[0].count <= answers && states[0].count > answers / 4.0,
        "{states:?}"
    );
}

#[tokio::test]
async fn a_round_that_is_never_judged_is_told_once_and_counts_as_waiting() {
    let (db, store) = entered().await;
    let mut now = exchange();
    now.asked_at = SystemTime::now();
    store.rounds().record(&now, Duration::ZERO).await.unwrap();
    sqlx::query("update questions set prompt = '[]'")
        .execute(db.store.pool())
        .await
        .unwrap();
    let judge = judge(&store).await;
    for attempt in 1..=3 {
        assert_eq!(judge.judge_due().await, Ok(1));
        assert_eq!(judge.judge_due().await, Ok(0), "not due again yet");
        assert_eq!(store.rounds().waiting(64).await.unwrap(), 1, "{attempt}");
        sqlx::query("update rounds set due_at = now()")
            .execute(db.store.pool())
            .await
            .unwrap();
    }
    assert_eq!(count(&db, TOLD).await, 1);
    // One of long ago doesn't keep the next from being asked.
    sqlx::query("update rounds set asked_at = now() - interval '2 days', due_at = now() + interval '1 hour'")
        .execute(db.store.pool())
        .await
        .unwrap();
    assert_eq!(store.rounds().waiting(64).await.unwrap(), 0);
}

/// Only what the miners did is judged; all that was asked is kept.
#[tokio::test]
async fn whom_we_failed_to_ask_keeps_its_score() {
    let (db, store) = entered().await;
    let exchange = exchange();
    let ours = exchange
        .responses
        .iter()
        .filter(|r| r.outcome.reason().is_ours());
    let (ours, all) = (ours.count(), exchange.responses.len());
    assert!(ours >= 3);
    store
        .rounds()
        .record(&exchange, Duration::ZERO)
        .await
        .unwrap();
    assert_eq!(judge(&store).await.judge_due().await, Ok(1));
    let judged = count(&db, "select count(*) from rewards").await;
    assert_eq!(judged, (all - ours) as i64);
    let recorded = count(&db, "select count(*) from responses").await;
    assert_eq!(recorded, all as i64);
    let moved = "select count(*) from current_scores c join responses r using (neuron_id) join our_faults f using (outcome)";
    assert_eq!(count(&db, moved).await, 0);
}

#[test]
fn a_round_is_put_off_longer_each_time_up_to_an_hour() {
    let seconds: Vec<u64> = [0, 1, 5, 8, 9, 200].map(|n| delay(n).as_secs()).into();
    assert_eq!(seconds, [10, 20, 320, 2560, 3600, 3600]);
}

#[tokio::test]
async fn a_truth_that_comes_later_is_read_kept_and_judged() {
    use crate::config::{ChallengeConfig, FamilyConfig};
    use crate::tasks::Tasks;
    use crate::types::Family;

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("series.csv");
    let values = |count| (0..count).map(|n| format!("{n}\n")).collect::<String>();
    std::fs::write(&file, values(40)).unwrap();
    let config = FamilyConfig {
        share: 1.0,
        source: file.clone(),
        ..FamilyConfig::default()
    };
    let config = ChallengeConfig {
        families: [(Family::Forecast, config)].into(),
        ..ChallengeConfig::default()
    };
    let mut tasks = Tasks::load(&config).await.unwrap();
    tasks.refresh().await.unwrap();
    let drawn = tasks.draw(1, Duration::ZERO, &mut rand::rng()).unwrap();
    assert_eq!(drawn.due_after, Duration::from_secs(3600));

    let (db, store) = entered().await;
    let mut round = exchange();
    round.challenge.family = Family::Forecast;
    round.challenge.questions[0].truth = drawn.challenge.questions[0].truth.clone();
    let other = exchange();
    for round in [&round, &other] {
        store.rounds().record(round, Duration::ZERO).await.unwrap();
    }
    let toml = ["forecast", "facts"].map(|kind| {
        format!(
            "[[model]]\nname = '{kind}'\nrole = 'correctness'\nweight = 0.5\ninput = {{ kind = '{kind}' }}\n\
             normaliser = {{ kind = 'linear', low = 0, high = 1 }}\n"
        )
    });
    let judge = Judge {
        truths: tasks.truths(),
        ..judge_by(&store, &format!("alpha = 0.5\n{}", toml.concat())).await
    };
    assert_eq!(judge.judge_due().await, Ok(2));
    assert_eq!(count(&db, JUDGED).await, 1, "the other one is not held up");

    std::fs::write(&file, values(42)).unwrap();
    let due = "update rounds set due_at = now()";
    sqlx::query(due).execute(db.store.pool()).await.unwrap();
    assert_eq!(judge.judge_due().await, Ok(1));
    assert_eq!(count(&db, JUDGED).await, 2);
    let came = "select count(*) from questions where truth -> 'came' = '[40.0]'";
    assert_eq!(count(&db, came).await, 1, "what was judged by is kept");
}

/// Two miners give one wrong value, round after round, and the others each their own.
#[tokio::test]
async fn a_pair_is_told_of_once_it_is_proven_and_its_source_is_a_neuron() {
    let (db, store) = entered().await;
    let copy = "[[mask]]\nname = 'copy'\nrule = { kind = 'copy', min_evidence = 1.75, pair_evidence = 10, \
                memory = 50, margin_ms = 100, factor = 0.1 }";
    let judge = judge_by(&store, &format!("{TOML}\n{copy}")).await;
    for _ in 0..10 {
        let mut round = exchange();
        for (n, response) in round.responses.iter_mut().enumerate() {
            let text = if n < 2 {
                "neun".into()
            } else {
                format!("ungefähr {n}")
            };
            response.outcome = Outcome::Answer(Completion(text));
        }
        store.rounds().record(&round, Duration::ZERO).await.unwrap();
        assert_eq!(judge.judge_due().await, Ok(1));
    }
    let told = "select count(*) from events where reason = 'copying_pair' and (detail->>'agreed')::int between 2 and 9";
    assert_eq!(count(&db, told).await, 1);
    let shown = "select count(*) from v_copies where proven and agreed = 10 and answer = 'neun' and with_answer = 'neun'";
    assert_eq!(count(&db, shown).await, 1);
    // Each of the two is the other's source, from the round on that proved them.
    let cut = "select count(*) from mask_scores where source_neuron_id is not null and value < 1";
    let cut = count(&db, cut).await;
    assert!((2..18).contains(&cut) && cut % 2 == 0, "{cut}");
}
