//! The drand stand-in: pulses of the rounds that came due, signed by this node and brought as the real chain's
//! off-chain worker brings them.

use codec::Encode;
use localnet_runtime::drand::{
    self, BeaconConfig, BeaconConfiguration, LastStoredRound, Pulse, PulsesPayload,
};
use localnet_runtime::{
    BlockNumber, Runtime, RuntimeCall, UncheckedExtrinsic, commitments, subtensor,
};
use sp_core::{Pair, hashing::sha2_256, sr25519};
use sp_runtime::{BoundedVec, MultiSignature, MultiSigner};
use timelock::{PUBLIC_KEY_BYTES, SecretKey};

use crate::chain::State;
use crate::exec;

/// Rounds between two pulses for which nobody waits, while blocks are made without a clock: a pulse costs the chain
/// two pairings.
const SELDOM: u64 = 100;
/// Pulses in one block, the newest among them.
const MOST: usize = 64;

/// The beacon that a node plays.
#[derive(Debug)]
pub struct DrandSigner {
    beacon: SecretKey,
    public_key: [u8; PUBLIC_KEY_BYTES],
    /// Of the key that signs the extrinsic around a pulse; anybody may bring one.
    bringer: [u8; 32],
}

impl DrandSigner {
    /// The salt makes the beacon's secret key, which is no secret then.
    pub fn from_salt(salt: &str) -> Result<Self, timelock::Error> {
        let beacon = drand::stand_in(salt);
        Ok(Self {
            public_key: beacon.public_key()?,
            beacon,
            bringer: sha2_256(salt.as_bytes()),
        })
    }

    /// What clients need to encrypt to it.
    pub fn configuration(&self) -> BeaconConfiguration {
        BeaconConfiguration::stand_in(&self.public_key)
    }

    /// The extrinsics that bring the pulses due at `time_ms` into block `number`: those that commits wait for and the
    /// newest, in order, since the chain takes no round that is older than the last.
    pub fn pulses(
        &self,
        state: &State<'_>,
        number: BlockNumber,
        time_ms: u64,
        hurried: bool,
    ) -> Vec<Vec<u8>> {
        let rounds = exec::read(state, || {
            let beacon = BeaconConfig::<Runtime>::get();
            // Sudo may have named another beacon.
            if beacon.public_key.as_slice() != self.public_key {
                return Vec::new();
            }
            let (last, newest) = (LastStoredRound::<Runtime>::get(), beacon.round_at(time_ms));
            let mut rounds = awaited(last, newest);
            let pause = if hurried { SELDOM } else { 1 };
            // While older rounds are left over, the newest would shut them out.
            if rounds.len() < MOST && newest >= last.saturating_add(pause) {
                rounds.push(newest);
            }
            rounds
        })
        .unwrap_or_else(|error| {
            tracing::error!(%error, "no pulse in this block");
            Vec::new()
        });
        let bring = |round: u64| self.pulse(round, number);
        rounds.into_iter().filter_map(bring).collect()
    }

    fn pulse(&self, round: u64, block_number: BlockNumber) -> Option<Vec<u8>> {
        let signature = match self.beacon.sign(round) {
            Ok(signature) => signature,
            Err(error) => {
                tracing::error!(round, %error, "the round can't be signed");
                return None;
            }
        };
        let bringer = sr25519::Pair::from_seed(&self.bringer);
        let payload = PulsesPayload {
            block_number,
            pulses: vec![Pulse {
                round,
                randomness: BoundedVec::truncate_from(sha2_256(&signature).to_vec()),
                signature: BoundedVec::truncate_from(signature.to_vec()),
            }],
            public: MultiSigner::from(bringer.public()),
        };
        let signed = MultiSignature::from(bringer.sign(&payload.encode()));
        let call = RuntimeCall::Drand(drand::Call::write_pulse {
            pulses_payload: payload,
            signature: Some(signed),
        });
        Some(UncheckedExtrinsic::new_bare(call).encode())
    }
}

/// Rounds after `last` and before `newest` that pending weights and commitments are encrypted to.
fn awaited(last: u64, newest: u64) -> Vec<u64> {
    let commits = subtensor::TimelockedWeightCommits::<Runtime>::iter_values();
    let mut rounds: Vec<u64> = commits
        .flatten()
        .map(|(_, _, _, round)| round)
        .chain(commitments::Pallet::<Runtime>::awaited_rounds())
        .filter(|round| (last.saturating_add(1)..newest).contains(round))
        .collect();
    rounds.sort_unstable();
    rounds.dedup();
    rounds.truncate(MOST);
    rounds
}
