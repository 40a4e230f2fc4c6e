//! Two subnets in memory, and calls on them without blocks.

use super::chain::{Chain, key, stable};
use localnet_runtime::Runtime;
use localnet_runtime::{
    Balances, NetUid, RuntimeCall, RuntimeEvent, RuntimeOrigin, System, subtensor::*,
};
use sp_runtime::{DispatchError, DispatchResult, traits::Dispatchable};

pub const TAO: u64 = 1_000_000_000;

pub const TWO: &str = r#"
[chain]
block_ms = 250
sudo = "Alice"
stake_threshold_tao = 5

[[account]]
name = "Alice"
balance_tao = 1000
[[account]]
name = "Bob"
balance_tao = 1000
[[account]]
name = "OwnerHot"
[[account]]
name = "One"
[[account]]
name = "Two"
[[account]]
name = "BobHot"

[[subnet]]
netuid = 1
owner = "Alice"
owner_hotkey = "OwnerHot"
tempo = 20
commit_reveal = false
burn_tao = 0.001
[[subnet.neuron]]
hotkey = "One"
coldkey = "Alice"
stake_tao = 40
[[subnet.neuron]]
hotkey = "Two"
coldkey = "Alice"
stake_tao = 30
[[subnet.neuron]]
hotkey = "BobHot"
coldkey = "Bob"
stake_tao = 20

[[subnet]]
netuid = 2
owner = "Alice"
owner_hotkey = "OwnerHot"
tempo = 20
burn_tao = 0.001
"#;

/// The state after the first block, in which calls are made one by one. The token of each subnet is a TAO.
pub fn two() -> Chain {
    first_block(&stable(TWO))
}

/// The same with pools of 1000 TAO.
pub fn two_pools() -> Chain {
    first_block(TWO)
}

fn first_block(world: &str) -> Chain {
    let mut chain = Chain::new(world);
    chain.run_to(1);
    chain
}

/// A signed call, all or nothing, without a fee.
pub fn run(chain: &mut Chain, who: &str, call: Call<Runtime>) -> DispatchResult {
    let origin = RuntimeOrigin::signed(key(who));
    chain.read(|| dispatch(origin, call))
}

/// The same as root.
pub fn run_as_root(chain: &mut Chain, call: Call<Runtime>) -> DispatchResult {
    chain.read(|| dispatch(RuntimeOrigin::root(), call))
}

pub fn dispatch(origin: RuntimeOrigin, call: Call<Runtime>) -> DispatchResult {
    let result = RuntimeCall::from(call).dispatch(origin);
    result.map(|_| ()).map_err(|failed| failed.error)
}

/// What a call says that fails for this reason.
pub fn error(error: Error<Runtime>) -> DispatchResult {
    // The message is not encoded and does not count.
    match DispatchError::from(error) {
        DispatchError::Module(mut module) => {
            module.message = None;
            Err(DispatchError::Module(module))
        }
        other => Err(other),
    }
}

/// `result` without its message, to compare with `error`.
pub fn bare(result: DispatchResult) -> DispatchResult {
    result.map_err(|failed| match failed {
        DispatchError::Module(mut module) => {
            module.message = None;
            DispatchError::Module(module)
        }
        other => other,
    })
}

pub fn stake(chain: &mut Chain, coldkey: &str, hotkey: &str, netuid: NetUid) -> u64 {
    chain.read(|| Pallet::<Runtime>::stake_of(&key(hotkey), &key(coldkey), netuid))
}

pub fn balance(chain: &mut Chain, who: &str) -> u64 {
    chain.read(|| Balances::free_balance(key(who)))
}

/// The pallet's events since the block's start, newest last.
pub fn events(chain: &mut Chain) -> Vec<Event<Runtime>> {
    let records = chain.read(System::events).into_iter();
    records
        .filter_map(|record| match record.event {
            RuntimeEvent::SubtensorModule(event) => Some(event),
            _ => None,
        })
        .collect()
}
