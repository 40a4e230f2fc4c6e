//! The one operation that a transport needs of the hotkey.

use std::fmt;
use std::sync::Arc;

use super::Hotkey;

type SignFn = dyn Fn(&str) -> [u8; 64] + Send + Sync;

/// Signs request headers. Holds no key material itself and shows none.
#[derive(Clone)]
pub struct RequestSigner {
    hotkey: Hotkey,
    sign: Arc<SignFn>,
}

impl RequestSigner {
    pub fn new(hotkey: Hotkey, sign: impl Fn(&str) -> [u8; 64] + Send + Sync + 'static) -> Self {
        Self {
            hotkey,
            sign: Arc::new(sign),
        }
    }

    pub fn hotkey(&self) -> Hotkey {
        self.hotkey
    }

    /// An sr25519 signature under the context `substrate`, as transactions have it too: so it is for texts alone. What a
    /// transaction signs holds the chain's hash, or is one, and hashes are no texts.
    pub fn sign(&self, message: &str) -> [u8; 64] {
        (self.sign)(message)
    }
}

impl fmt::Debug for RequestSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RequestSigner({})", self.hotkey)
    }
}
