//! A chain in memory that builds blocks the way a node does.

use codec::{Decode, Encode};
use localnet_runtime::{
    AccountId, Hash, Header, Nonce, RuntimeCall, RuntimeEvent, System, UncheckedExtrinsic, api,
    client, genesis,
};
use sp_core::{Pair, sr25519};
use sp_io::TestExternalities;
use sp_runtime::{
    ApplyExtrinsicResult, DispatchError, DispatchResult,
    generic::Era,
    transaction_validity::{
        InvalidTransaction, TransactionSource, TransactionValidity, TransactionValidityError,
    },
};

/// The world of the demonstration: three validators, one of them the owner's.
pub const DEMO: &str = r#"
[chain]
block_ms = 250
sudo = "Alice"
stake_threshold_tao = 0

[[account]]
name = "Alice"
balance_tao = 10000
[[account]]
name = "Bob"
balance_tao = 100
[[account]]
name = "OwnerHot"
[[account]]
name = "Weighmaster"
[[account]]
name = "Second"
[[account]]
name = "Third"

[[subnet]]
netuid = 1
owner = "Alice"
owner_hotkey = "OwnerHot"
tempo = 60
commit_reveal = false
min_allowed_weights = 1
weights_set_rate_limit = 20
burn_tao = 0.001

[[subnet.neuron]]
hotkey = "Weighmaster"
coldkey = "Alice"
stake_tao = 40
[[subnet.neuron]]
hotkey = "Second"
coldkey = "Alice"
stake_tao = 30
[[subnet.neuron]]
hotkey = "Third"
coldkey = "Alice"
stake_tao = 30
"#;

/// The same world with subnets whose token is a TAO.
pub fn stable(world: &str) -> String {
    world.replace("[[subnet]]\n", "[[subnet]]\npool_tao = 0\n")
}

pub struct Chain {
    pub ext: TestExternalities,
    pub number: u32,
}

impl Chain {
    pub fn new(world: &str) -> Self {
        let world: genesis::World = toml::from_str(world).unwrap();
        let ext = TestExternalities::new(genesis::build(&world, "test").unwrap());
        Self { ext, number: 0 }
    }

    pub fn read<R>(&mut self, read: impl FnOnce() -> R) -> R {
        self.ext.execute_with(read)
    }

    /// Builds a block of these transactions and says what became of each.
    pub fn block(&mut self, extrinsics: &[UncheckedExtrinsic]) -> Vec<ApplyExtrinsicResult> {
        self.number += 1;
        let header = Header {
            parent_hash: parent_hash(self.number),
            number: self.number,
            state_root: Hash::default(),
            extrinsics_root: Hash::default(),
            digest: Default::default(),
        };
        let moment = 1_700_000_000_000 + u64::from(self.number) * 250;
        let now = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now: moment });
        self.ext.execute_with(|| {
            api::dispatch("Core_initialize_block", &header.encode()).unwrap();
            let results = std::iter::once(&UncheckedExtrinsic::new_bare(now))
                .chain(extrinsics)
                .map(apply)
                .skip(1)
                .collect();
            api::dispatch("BlockBuilder_finalize_block", &[]).unwrap();
            results
        })
    }

    pub fn run_to(&mut self, number: u32) {
        while self.number < number {
            self.block(&[]);
        }
    }

    /// Puts one call into the next block.
    pub fn call(&mut self, who: &str, call: impl Into<RuntimeCall>) -> Outcome {
        let extrinsic = self.sign(who, call);
        Outcome::from(self.block(&[extrinsic]).remove(0))
    }

    /// One call for each signer, all in the next block.
    pub fn calls(&mut self, calls: Vec<(&str, RuntimeCall)>) -> Vec<Outcome> {
        let signed: Vec<_> = calls
            .into_iter()
            .map(|(who, call)| self.sign(who, call))
            .collect();
        self.block(&signed).into_iter().map(Outcome::from).collect()
    }

    pub fn sign(&mut self, who: &str, call: impl Into<RuntimeCall>) -> UncheckedExtrinsic {
        let nonce: Nonce = self.ext.execute_with(|| {
            let answer =
                api::dispatch("AccountNonceApi_account_nonce", &key(who).encode()).unwrap();
            Nonce::decode(&mut &answer[..]).unwrap()
        });
        let genesis = parent_hash(1);
        client::signed(
            call.into(),
            &pair(who),
            nonce,
            Era::Immortal,
            genesis,
            genesis,
        )
    }

    /// Makes a call as root; what became of the call inside.
    pub fn sudo(&mut self, call: impl Into<RuntimeCall>) -> DispatchResult {
        let call = Box::new(call.into());
        let outcome = self.call("Alice", pallet_sudo::Call::sudo { call });
        assert_eq!(outcome, Outcome::Done);
        let result = self.events().into_iter().find_map(|event| match event {
            RuntimeEvent::Sudo(pallet_sudo::Event::Sudid { sudo_result }) => Some(sudo_result),
            _ => None,
        });
        result.unwrap()
    }

    /// Events of the last block.
    pub fn events(&mut self) -> Vec<RuntimeEvent> {
        let records = self.read(System::read_events_no_consensus);
        records.map(|record| record.event).collect()
    }

    /// The custom code under which the pool refuses a call; none if it takes it.
    pub fn refusal(&mut self, who: &str, call: impl Into<RuntimeCall>) -> Option<u8> {
        let extrinsic = self.sign(who, call);
        match self.validate(&extrinsic) {
            Ok(_) => None,
            Err(TransactionValidityError::Invalid(InvalidTransaction::Custom(code))) => Some(code),
            Err(other) => panic!("{other:?}"),
        }
    }

    /// What the pool would say of a transaction.
    pub fn validate(&mut self, extrinsic: &UncheckedExtrinsic) -> TransactionValidity {
        let arguments = (TransactionSource::External, extrinsic, Hash::default()).encode();
        let answer = self.ext.execute_with(|| {
            api::dispatch("TaggedTransactionQueue_validate_transaction", &arguments).unwrap()
        });
        TransactionValidity::decode(&mut &answer[..]).unwrap()
    }
}

/// Stands for the hash of the block before `number`: block 1's parent is the genesis.
fn parent_hash(number: u32) -> Hash {
    Hash::from_low_u64_be(number.into())
}

fn apply(extrinsic: &UncheckedExtrinsic) -> ApplyExtrinsicResult {
    let answer = api::dispatch("BlockBuilder_apply_extrinsic", &extrinsic.encode()).unwrap();
    ApplyExtrinsicResult::decode(&mut &answer[..]).unwrap()
}

/// What became of a call.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// It failed in the block, with this index in its pallet's errors.
    Failed(u8),
    /// The pool or the block refused it.
    Refused(String),
}

impl From<ApplyExtrinsicResult> for Outcome {
    fn from(result: ApplyExtrinsicResult) -> Self {
        match result {
            Ok(Ok(())) => Self::Done,
            Ok(Err(DispatchError::Module(error))) => Self::Failed(error.error[0]),
            other => Self::Refused(format!("{other:?}")),
        }
    }
}

/// The outcome of a call that fails in its block.
pub fn failed(error: impl Into<DispatchError>) -> Outcome {
    Outcome::from(Ok(Err(error.into())))
}

pub fn pair(name: &str) -> sr25519::Pair {
    sr25519::Pair::from_string(&format!("//{name}"), None).unwrap()
}

pub fn key(name: &str) -> AccountId {
    pair(name).public().into()
}
