//! Building a block: initialise, inherents, extrinsics in the pool's order, finalise.

use std::sync::Arc;
use std::time::Instant;

use codec::{Decode, Encode};
use localnet_runtime::{Header, genesis, mev_shield};
use sp_core::{H256, hashing::twox_128};
use sp_inherents::InherentData;
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};
use sp_runtime::{ApplyExtrinsicResult, Digest, StateVersion, traits::Header as _};
use sp_state_machine::Backend;

use crate::chain::{SealedBlock, State, TrieDelta};
use crate::exec::{self, ExecError, Overlay};

/// An extrinsic that waits for its block.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Blake2-256 of the bytes, by which clients and the pool know it.
    pub hash: H256,
    /// Length-prefixed SCALE bytes, as sent.
    pub bytes: Arc<[u8]>,
}

/// Candidates that may turn out too heavy for the rest of a block before it is taken for full.
const TOO_HEAVY: usize = 8;

/// Latest time of a block, in milliseconds: the end of the year 9999.
pub const MAX_TIME_MS: u64 = 253_402_300_799_999;

/// What goes into a block beside the parent's state.
pub struct Ingredients {
    /// Chain time of the block, milliseconds since the epoch of Unix time.
    pub time_ms: u64,
    /// Unsigned extrinsics of the author's own, tried before all others.
    pub own: Vec<Vec<u8>>,
    /// Raw storage to set (or, with `None`, to remove) after the extrinsics.
    pub overrides: Vec<(Vec<u8>, Option<Vec<u8>>)>,
    /// Extrinsics not applied by then wait for the next block.
    pub deadline: Instant,
}

/// A finished block and the fate of the candidates that were tried.
pub struct Draft {
    pub block: SealedBlock,
    /// Candidates that the block holds, failed dispatches among them.
    pub included: Vec<H256>,
    /// Candidates that no later block can hold either: the pool drops them.
    pub invalid: Vec<H256>,
}

/// Why no block could be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The runtime trapped, or lacks a function that every block needs.
    #[error("{step}: {error}")]
    Runtime {
        step: &'static str,
        error: ExecError,
    },
    /// The runtime's answer isn't SCALE of the type that the step gives.
    #[error("{step}: the runtime's answer can't be decoded")]
    Answer { step: &'static str },
    /// The runtime refused the time of the block; why.
    #[error("the inherent {0} was refused")]
    Inherent(String),
    /// The state can't be read, or its changes don't hash to the root in the header.
    #[error("the state's changes can't be collected: {0}")]
    State(String),
    /// The block would be the last: its clock is at the end, or its header isn't the parent's next.
    #[error("no block could follow: {0}")]
    DeadEnd(String),
}

/// Builds the block after `parent`, whose state is `state`. Where candidates would make it the last one, as a call of
/// root may, it has none of them.
pub fn build(
    state: &State<'_>,
    parent: &Header,
    ingredients: &Ingredients,
    candidates: &[Candidate],
) -> Result<Draft, BuildError> {
    match attempt(state, parent, ingredients, candidates) {
        Err(error) if !candidates.is_empty() => {
            tracing::error!(%error, "a block without what waits in the pool, which is dropped");
            let mut draft = attempt(state, parent, ingredients, &[])?;
            draft.invalid = candidates.iter().map(|candidate| candidate.hash).collect();
            Ok(draft)
        }
        built => built,
    }
}

fn attempt(
    state: &State<'_>,
    parent: &Header,
    ingredients: &Ingredients,
    candidates: &[Candidate],
) -> Result<Draft, BuildError> {
    let mut overlay = Overlay::default();
    let header = Header::new(
        parent.number.saturating_add(1),
        H256::default(),
        H256::default(),
        parent.hash(),
        Digest::default(),
    );
    run(
        state,
        &mut overlay,
        "Core_initialize_block",
        &header.encode(),
    )?;

    let mut extrinsics = first(state, &mut overlay, ingredients)?;
    let pool = from_pool(state, &mut overlay, ingredients.deadline, candidates)?;
    extrinsics.extend(pool.extrinsics);

    for (key, value) in &ingredients.overrides {
        overlay.set_storage(key.clone(), value.clone());
    }
    check_clock(&mut overlay)?;
    let (header, delta) = finalise(state, &mut overlay, parent)?;
    Ok(Draft {
        block: SealedBlock {
            header,
            extrinsics,
            delta,
        },
        included: pool.included,
        invalid: pool.invalid,
    })
}

/// Inherents, then the author's own.
fn first(
    state: &State<'_>,
    overlay: &mut Overlay,
    ingredients: &Ingredients,
) -> Result<Vec<Vec<u8>>, BuildError> {
    let mut extrinsics = Vec::new();
    for inherent in inherents(state, overlay, ingredients.time_ms)? {
        match apply(state, overlay, &inherent) {
            Verdict::Applied => extrinsics.push(inherent),
            other => return Err(BuildError::Inherent(format!("{other:?}"))),
        }
    }
    for extrinsic in &ingredients.own {
        match apply(state, overlay, extrinsic) {
            Verdict::Applied => extrinsics.push(extrinsic.clone()),
            other => tracing::debug!(?other, "an extrinsic of the author's own was refused"),
        }
    }
    Ok(extrinsics)
}

/// What came of the candidates.
#[derive(Default)]
struct Pool {
    extrinsics: Vec<Vec<u8>>,
    included: Vec<H256>,
    invalid: Vec<H256>,
}

fn from_pool(
    state: &State<'_>,
    overlay: &mut Overlay,
    deadline: Instant,
    candidates: &[Candidate],
) -> Result<Pool, BuildError> {
    let salt = state
        .storage(genesis::SALT)
        .map_err(BuildError::State)?
        .unwrap_or_default();
    let mut pool = Pool::default();
    let mut too_heavy = 0;
    for candidate in candidates {
        if Instant::now() > deadline {
            break;
        }
        match apply(state, overlay, &candidate.bytes) {
            Verdict::Applied => {
                pool.extrinsics.push(candidate.bytes.to_vec());
                pool.included.push(candidate.hash);
                // What a carrier brought follows it in the same block.
                if let Some(inner) = mev_shield::opened(&candidate.bytes, &salt) {
                    match apply(state, overlay, &inner) {
                        Verdict::Applied => pool.extrinsics.push(inner),
                        verdict => {
                            tracing::debug!(carrier = ?candidate.hash, ?verdict, "shielded extrinsic refused")
                        }
                    }
                }
            }
            Verdict::Full => {
                too_heavy += 1;
                if too_heavy == TOO_HEAVY {
                    break;
                }
            }
            Verdict::TooEarly => {}
            Verdict::Invalid(reason) => {
                tracing::debug!(hash = ?candidate.hash, reason, "extrinsic refused at inclusion");
                pool.invalid.push(candidate.hash);
            }
        }
    }
    Ok(pool)
}

/// The header of what was applied, and the state's changes that it stands for.
fn finalise(
    state: &State<'_>,
    overlay: &mut Overlay,
    parent: &Header,
) -> Result<(Header, TrieDelta), BuildError> {
    let number = parent.number.saturating_add(1);
    let header = run(state, overlay, "BlockBuilder_finalize_block", &[])?;
    let header: Header = decode("finalize_block", &header)?;
    if header.number != number || header.parent_hash != parent.hash() {
        let found = format!("it calls itself block {}, not {number}", header.number);
        return Err(BuildError::DeadEnd(found));
    }
    let changes = overlay
        .drain_storage_changes(state, StateVersion::V1)
        .map_err(|error| BuildError::State(error.to_string()))?;
    if changes.transaction_storage_root != header.state_root {
        return Err(BuildError::State(format!(
            "root {:?} in the header, {:?} computed",
            header.state_root, changes.transaction_storage_root
        )));
    }
    Ok((header, TrieDelta::from_transaction(changes.transaction)))
}

/// Where a state keeps the time of its block.
pub fn clock_key() -> Vec<u8> {
    [twox_128(b"Timestamp"), twox_128(b"Now")].concat()
}

/// The time of the next block must still be later.
fn check_clock(overlay: &mut Overlay) -> Result<(), BuildError> {
    let now = overlay.storage(&clock_key()).flatten();
    match now.and_then(|mut bytes| u64::decode(&mut bytes).ok()) {
        Some(now) if now > MAX_TIME_MS => Err(BuildError::DeadEnd(format!("its time is {now}"))),
        _ => Ok(()),
    }
}

#[derive(Debug)]
enum Verdict {
    Applied,
    Full,
    TooEarly,
    Invalid(String),
}

/// Applies one extrinsic within a transaction that is rolled back unless the extrinsic is part of the block.
fn apply(state: &State<'_>, overlay: &mut Overlay, extrinsic: &[u8]) -> Verdict {
    overlay.start_transaction();
    let result = exec::call(state, overlay, "BlockBuilder_apply_extrinsic", extrinsic);
    let verdict = match result.map(|answer| ApplyExtrinsicResult::decode(&mut &answer[..])) {
        // A dispatch error is still an inclusion: the caller sees ExtrinsicFailed.
        Ok(Ok(Ok(_))) => Verdict::Applied,
        Ok(Ok(Err(TransactionValidityError::Invalid(InvalidTransaction::ExhaustsResources)))) => {
            Verdict::Full
        }
        Ok(Ok(Err(TransactionValidityError::Invalid(InvalidTransaction::Future)))) => {
            Verdict::TooEarly
        }
        Ok(Ok(Err(error))) => Verdict::Invalid(format!("{error:?}")),
        Ok(Err(error)) => Verdict::Invalid(error.to_string()),
        Err(error) => Verdict::Invalid(error.to_string()),
    };
    let closed = match verdict {
        Verdict::Applied => overlay.commit_transaction(),
        _ => overlay.rollback_transaction(),
    };
    match closed {
        Ok(()) => verdict,
        Err(_) => {
            Verdict::Invalid("the transaction around the extrinsic was closed by it".to_owned())
        }
    }
}

fn inherents(
    state: &State<'_>,
    overlay: &mut Overlay,
    time_ms: u64,
) -> Result<Vec<Vec<u8>>, BuildError> {
    const STEP: &str = "inherent_extrinsics";
    let mut data = InherentData::new();
    data.put_data(sp_timestamp::INHERENT_IDENTIFIER, &time_ms)
        .map_err(|error| BuildError::Inherent(error.to_string()))?;
    let answer = run(
        state,
        overlay,
        "BlockBuilder_inherent_extrinsics",
        &data.encode(),
    )?;
    let inherents: Vec<localnet_runtime::UncheckedExtrinsic> = decode(STEP, &answer)?;
    Ok(inherents.iter().map(Encode::encode).collect())
}

fn run(
    state: &State<'_>,
    overlay: &mut Overlay,
    step: &'static str,
    data: &[u8],
) -> Result<Vec<u8>, BuildError> {
    exec::call(state, overlay, step, data).map_err(|error| BuildError::Runtime { step, error })
}

fn decode<T: Decode>(step: &'static str, mut bytes: &[u8]) -> Result<T, BuildError> {
    T::decode(&mut bytes).map_err(|_| BuildError::Answer { step })
}
