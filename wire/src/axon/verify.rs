//! The axon's side: is this request from whom it says, for me, and new?

use super::nonces::Standing;
use super::{NonceBook, Presented, Rejection, signed_message};
use crate::{AccountId32, signature, version::FRESH_NONCE_SINCE};

/// Age that a first nonce may have beyond the request's timeout, in seconds.
const ALLOWED_DELTA_S: f64 = 4.0;

/// What the SDK's axon leaves open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Policy {
    /// False: a request without a signature passes.
    pub signature_required: bool,
    /// False: freshness is only asked of dendrites that claim version 7.2.0 or newer.
    pub always_fresh: bool,
    /// The most that a request's timeout may widen the window, in seconds.
    pub max_timeout_s: f64,
    /// How far ahead of the axon's clock a nonce may be, in seconds.
    pub max_ahead_s: f64,
}

impl Policy {
    /// As the Python SDK's axon (10.2) does it.
    pub const SDK: Policy = Policy {
        signature_required: false,
        always_fresh: false,
        max_timeout_s: f64::INFINITY,
        max_ahead_s: f64::INFINITY,
    };
    /// Every request is signed and recent.
    pub const STRICT: Policy = Policy {
        signature_required: true,
        always_fresh: true,
        max_timeout_s: 120.0,
        max_ahead_s: ALLOWED_DELTA_S,
    };
}

/// Checks requests to one axon and remembers their nonces.
#[derive(Debug)]
pub struct Verifier {
    hotkey: String,
    policy: Policy,
    nonces: NonceBook,
}

impl Verifier {
    /// `hotkey` is the axon's own.
    pub fn new(hotkey: &AccountId32, policy: Policy, nonces: NonceBook) -> Self {
        Verifier {
            hotkey: hotkey.to_string(),
            policy,
            nonces,
        }
    }

    /// Gives back who asks, in the order of the SDK's checks: address, nonce, signature. `now` is the Unix
    /// time in nanoseconds. A nonce is used up only by a request that passes.
    ///
    /// The signature covers the *claimed* body hash: [`super::check_body`] must follow.
    pub fn verify(&mut self, asked: &Presented, now: u64) -> Result<AccountId32, Rejection> {
        let hotkey = asked.hotkey.as_deref().ok_or(Rejection::NoHotkey)?;
        let asker: AccountId32 = hotkey
            .parse()
            .map_err(|_| Rejection::BadHotkey(hotkey.into()))?;
        let nonce = asked.nonce.ok_or(Rejection::MissingNonce)?;
        let uuid = asked.uuid.as_deref().unwrap_or("None");
        self.check_nonce(asked, &asker, uuid, nonce, now)?;
        match &asked.signature {
            None if self.policy.signature_required => return Err(Rejection::MissingSignature),
            None => {}
            Some(text) => {
                let body_hash = asked.body_hash.as_deref().unwrap_or("None");
                let message = signed_message(nonce, hotkey, &self.hotkey, uuid, body_hash);
                let bytes = signature::from_header(text).ok_or(Rejection::BadSignatureFormat)?;
                if !signature::verifies(&bytes, message.as_bytes(), &asker) {
                    return Err(Rejection::BadSignature {
                        message,
                        signature: text.clone(),
                    });
                }
            }
        }
        self.nonces.record(asker.0, uuid, nonce);
        Ok(asker)
    }

    fn check_nonce(
        &self,
        asked: &Presented,
        asker: &AccountId32,
        uuid: &str,
        nonce: u64,
        now: u64,
    ) -> Result<(), Rejection> {
        let age_s = (i128::from(now) - i128::from(nonce)) as f64 / 1e9;
        if -age_s > self.policy.max_ahead_s {
            return Err(Rejection::FutureNonce { ahead_s: -age_s });
        }
        match self.nonces.standing(&asker.0, uuid, nonce) {
            Standing::Used => Err(Rejection::UsedNonce),
            Standing::Newer => Ok(()),
            Standing::First => {
                let allowed_s = ALLOWED_DELTA_S + asked.timeout.min(self.policy.max_timeout_s);
                let asks_for_it = asked
                    .version
                    .is_some_and(|version| version >= FRESH_NONCE_SINCE);
                if (self.policy.always_fresh || asks_for_it) && age_s >= allowed_s {
                    return Err(Rejection::StaleNonce { allowed_s, age_s });
                }
                Ok(())
            }
        }
    }
}
