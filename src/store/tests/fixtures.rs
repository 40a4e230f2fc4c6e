use std::time::{Duration, SystemTime};

use strum::IntoEnumIterator;

use super::database::Database;
use crate::store::{StoreError, SubnetStore};
use crate::types::*;
use truth::Truth;

pub const HEAD: BlockRef = block(1000);

pub const fn block(number: u64) -> BlockRef {
    BlockRef {
        number,
        hash: [number as u8; 32],
    }
}

pub fn scope(genesis: u8) -> Scope {
    Scope {
        genesis: Genesis([genesis; 32]),
        netuid: Netuid(1),
        mechanism: MechanismId(0),
    }
}

/// A fresh database and a scope in it.
pub async fn entered() -> (Database, SubnetStore) {
    let db = Database::fresh().await;
    let subnet = db.store.enter(scope(1), HEAD).await.unwrap().subnet;
    (db, subnet)
}

pub fn miner(n: u8) -> MinerId {
    MinerId {
        hotkey: Hotkey([n; 32]),
        registered_at: 100 + u64::from(n),
    }
}

pub fn seat(n: u8) -> Seat {
    Seat {
        uid: Uid(u16::from(n)),
        miner: miner(n),
    }
}

pub fn neuron(uid: u16, miner: MinerId) -> Neuron {
    Neuron {
        incentive: 65535,
        dividends: 7,
        consensus: 9,
        validator_trust: 11,
        emission: u64::MAX,
        ..testing::neuron(uid, miner)
    }
}

pub fn subnet(at: BlockRef, miners: &[MinerId]) -> Subnet {
    let neurons = miners.iter().zip(0..).map(|(m, uid)| neuron(uid, *m));
    Subnet {
        at,
        schedule: Schedule {
            epoch_index: 3,
            last_epoch_block: 960,
            next_epoch: 1020,
        },
        ..testing::subnet(neurons.collect())
    }
}

pub fn question(ask: &str) -> Question {
    Question {
        prompt: Prompt {
            messages: vec![Message {
                role: "user".into(),
                content: ask.into(),
            }],
            question: ask.into(),
        },
        source: "crabs-1".into(),
        material: Some("Zwölf Krebse.".into()),
        reference: Some("Zwölf.".into()),
        truth: Truth::Facts(truth::Facts {
            must: vec![vec!["zwölf|12".into()]],
            never: Vec::new(),
        }),
    }
}

/// A round with one response of every kind.
pub fn exchange() -> Exchange {
    let failed = Reason::iter().filter(|r| {
        r.entry().about == About::Exchange && !matches!(r, Reason::Answer | Reason::Refused)
    });
    let outcomes = [
        Outcome::Answer(Completion("Zwölf, \"sagt\" er: \u{1F980}\n{}".into())),
        Outcome::Answer(Completion(String::new())),
        Outcome::Refused(403),
    ]
    .into_iter()
    .chain(failed.map(Outcome::Failed));
    let responses = outcomes.zip(0u8..).map(|(outcome, n)| Response {
        seat: seat(n),
        question: Some(0),
        outcome,
        timing: Timing {
            queue: Duration::from_micros(u64::from(n)),
            connect: (n % 2 == 0).then_some(Duration::from_micros(1500)),
            first_byte: (n % 3 == 0).then_some(Duration::from_millis(20)),
            body: (n % 4 == 0).then_some(Duration::from_secs(2)),
        },
    });
    let responses: Vec<Response> = responses.collect();
    Exchange {
        challenge: Challenge {
            id: RoundId::fresh(),
            family: Family::Documents,
            questions: vec![question("Wie viele?")],
            asks: vec![0; responses.len()],
            deadline: Duration::from_millis(2500),
        },
        asked_at: SystemTime::UNIX_EPOCH + Duration::from_micros(1_790_000_000_123_457),
        responses,
        no_verdict: None,
    }
}

pub fn judgements(exchange: &Exchange) -> Vec<Judgement> {
    let judge = |r: &Response| Judgement {
        seat: r.seat,
        models: vec![ModelScore {
            model: "relevance".into(),
            raw: -1.0 / 3.0,
            normalised: 0.25,
            weight: 1.0,
            reason: "nul \0 inside".into(),
        }],
        masks: vec![MaskScore {
            mask: "echo".into(),
            value: 1.0,
            reason: "nul \0 inside".into(),
            source: (r.seat.miner != miner(0)).then_some(miner(0)),
        }],
        reward: Reward::new(0.25).unwrap(),
    };
    exchange.responses.iter().map(judge).collect()
}

pub fn averages(value: f64, observations: u64) -> ScoreTable {
    let average = MovingAverage {
        value,
        observations,
        variance: 0.1 * 0.3,
        effective: 1.0 / 0.3,
    };
    ScoreTable::from([(miner(0), average), (miner(1), average)])
}

pub fn normaliser(count: f64) -> NormaliserState {
    NormaliserState {
        model: "relevance".into(),
        count,
        mean: 0.1 + 0.2,
        variance: 1e-300,
    }
}

/// All rounds that are due, as they were recorded.
pub async fn due(store: &SubnetStore) -> Result<Vec<Exchange>, StoreError> {
    let rounds = store.rounds();
    let mut exchanges = Vec::new();
    for due in rounds.due(1000).await? {
        exchanges.push(rounds.exchange(due).await?);
    }
    Ok(exchanges)
}
