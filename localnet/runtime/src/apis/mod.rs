//! The runtime APIs: everything that a node or client asks of the runtime.

#![expect(
    missing_docs,
    reason = "`impl_runtime_apis!` writes `api` and `RUNTIME_API_VERSIONS` without a word; nothing else here is public"
)]

// The answers' types are the real chain's.
#[allow(clippy::type_complexity)]
mod decl;
mod delegate_info;
mod dynamic_info;
mod hyperparameters;
mod metagraph;
mod neuron_info;
mod stake_info;
mod subnet_info;
mod subnet_state;
mod swap;

use crate::{swap::Side, *};
use codec::Compact;
use frame_support::{traits::Get, weights::Weight};
use sp_core::OpaqueMetadata;
use sp_runtime::{
    ApplyExtrinsicResult, ExtrinsicInclusionMode,
    traits::Block as BlockT,
    transaction_validity::{TransactionSource, TransactionValidity},
};
use sp_version::RuntimeVersion;
use std::collections::BTreeMap;
use subtensor::{NetworksAdded, Pallet};

/// Clients read most numbers in compact form.
fn compact<V>(values: impl IntoIterator<Item = V>) -> Vec<Compact<V>> {
    values.into_iter().map(Compact).collect()
}

/// The value at a uid, the default for one without.
fn at<V: Clone + Default>(values: &[V], uid: u16) -> V {
    values.get(usize::from(uid)).cloned().unwrap_or_default()
}

fn exists(netuid: NetUid) -> bool {
    NetworksAdded::<Runtime>::get(netuid)
}

fn all_netuids() -> Vec<NetUid> {
    Pallet::<Runtime>::netuids()
}

sp_api::impl_runtime_apis! {
    impl sp_api::Core<Block> for Runtime {
        fn version() -> RuntimeVersion {
            Version::get()
        }

        fn execute_block(block: Block) {
            Executive::execute_block(block);
        }

        fn initialize_block(header: &<Block as BlockT>::Header) -> ExtrinsicInclusionMode {
            Executive::initialize_block(header)
        }
    }

    impl sp_api::Metadata<Block> for Runtime {
        fn metadata() -> OpaqueMetadata {
            OpaqueMetadata::new(upgrade::metadata(Runtime::metadata().into()))
        }

        fn metadata_at_version(version: u32) -> Option<OpaqueMetadata> {
            let metadata = Runtime::metadata_at_version(version)?;
            Some(OpaqueMetadata::new(upgrade::metadata(metadata.to_vec())))
        }

        fn metadata_versions() -> Vec<u32> {
            Runtime::metadata_versions()
        }
    }

    impl sp_block_builder::BlockBuilder<Block> for Runtime {
        fn apply_extrinsic(extrinsic: <Block as BlockT>::Extrinsic) -> ApplyExtrinsicResult {
            Executive::apply_extrinsic(extrinsic)
        }

        fn finalize_block() -> <Block as BlockT>::Header {
            Executive::finalize_block()
        }

        fn inherent_extrinsics(data: sp_inherents::InherentData) -> Vec<<Block as BlockT>::Extrinsic> {
            data.create_extrinsics()
        }

        fn check_inherents(
            block: Block,
            data: sp_inherents::InherentData,
        ) -> sp_inherents::CheckInherentsResult {
            data.check_extrinsics(&block)
        }
    }

    impl sp_transaction_pool::runtime_api::TaggedTransactionQueue<Block> for Runtime {
        fn validate_transaction(
            source: TransactionSource,
            tx: <Block as BlockT>::Extrinsic,
            block_hash: <Block as BlockT>::Hash,
        ) -> TransactionValidity {
            Executive::validate_transaction(source, tx, block_hash)
        }
    }

    impl frame_system_rpc_runtime_api::AccountNonceApi<Block, AccountId, Nonce> for Runtime {
        fn account_nonce(account: AccountId) -> Nonce {
            System::account_nonce(account)
        }
    }

    impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentApi<Block, Balance> for Runtime {
        fn query_info(
            uxt: <Block as BlockT>::Extrinsic,
            len: u32,
        ) -> pallet_transaction_payment_rpc_runtime_api::RuntimeDispatchInfo<Balance> {
            TransactionPayment::query_info(uxt, len)
        }

        fn query_fee_details(
            uxt: <Block as BlockT>::Extrinsic,
            len: u32,
        ) -> pallet_transaction_payment::FeeDetails<Balance> {
            TransactionPayment::query_fee_details(uxt, len)
        }

        fn query_weight_to_fee(weight: Weight) -> Balance {
            TransactionPayment::weight_to_fee(weight)
        }

        fn query_length_to_fee(length: u32) -> Balance {
            TransactionPayment::length_to_fee(length)
        }
    }

    impl decl::NeuronInfoRuntimeApi<Block> for Runtime {
        fn get_neurons(netuid: NetUid) -> Vec<neuron_info::NeuronInfo> {
            neuron_info::all(netuid)
        }

        fn get_neuron(netuid: NetUid, uid: u16) -> Option<neuron_info::NeuronInfo> {
            neuron_info::one(netuid, uid)
        }

        fn get_neurons_lite(netuid: NetUid) -> Vec<neuron_info::NeuronInfoLite> {
            neuron_info::all_lite(netuid)
        }

        fn get_neuron_lite(netuid: NetUid, uid: u16) -> Option<neuron_info::NeuronInfoLite> {
            neuron_info::one_lite(netuid, uid)
        }
    }

    impl decl::SubnetInfoRuntimeApi<Block> for Runtime {
        fn get_subnet_info(netuid: NetUid) -> Option<subnet_info::SubnetInfo> {
            subnet_info::v1(netuid)
        }

        fn get_subnets_info() -> Vec<Option<subnet_info::SubnetInfo>> {
            subnet_info::sorted().map(subnet_info::v1).collect()
        }

        fn get_subnet_info_v2(netuid: NetUid) -> Option<subnet_info::SubnetInfov2> {
            subnet_info::v2(netuid)
        }

        fn get_subnets_info_v2() -> Vec<Option<subnet_info::SubnetInfov2>> {
            subnet_info::sorted().map(subnet_info::v2).collect()
        }

        fn get_subnet_hyperparams(netuid: NetUid) -> Option<hyperparameters::SubnetHyperparams> {
            exists(netuid).then(|| hyperparameters::v1(netuid))
        }

        fn get_subnet_hyperparams_v2(netuid: NetUid) -> Option<hyperparameters::SubnetHyperparamsV2> {
            exists(netuid).then(|| hyperparameters::v2(netuid))
        }

        fn get_subnet_hyperparams_v3(netuid: NetUid) -> Option<Vec<hyperparameters::HyperparamEntry>> {
            exists(netuid).then(|| hyperparameters::v3(netuid))
        }

        fn get_all_dynamic_info() -> Vec<Option<dynamic_info::DynamicInfo>> {
            all_netuids().into_iter().map(dynamic_info::of).collect()
        }

        fn get_all_metagraphs() -> Vec<Option<metagraph::Metagraph>> {
            all_netuids().into_iter().map(metagraph::full).collect()
        }

        fn get_metagraph(netuid: NetUid) -> Option<metagraph::Metagraph> {
            metagraph::full(netuid)
        }

        fn get_all_mechagraphs() -> Vec<Option<metagraph::Metagraph>> {
            all_netuids()
                .into_iter()
                .flat_map(|netuid| {
                    let count = subtensor::MechanismCountCurrent::<Runtime>::get(netuid);
                    (0..count).map(move |mechanism| metagraph::of_mechanism(netuid, mechanism))
                })
                .collect()
        }

        fn get_mechagraph(netuid: NetUid, mecid: MechId) -> Option<metagraph::Metagraph> {
            metagraph::of_mechanism(netuid, mecid)
        }

        fn get_dynamic_info(netuid: NetUid) -> Option<dynamic_info::DynamicInfo> {
            dynamic_info::of(netuid)
        }

        fn get_subnet_state(netuid: NetUid) -> Option<subnet_state::SubnetState> {
            subnet_state::of(netuid)
        }

        fn get_subnet_to_prune() -> Option<NetUid> {
            Pallet::<Runtime>::subnet_to_prune()
        }

        fn get_selective_metagraph(
            netuid: NetUid,
            metagraph_indexes: Vec<u16>,
        ) -> Option<metagraph::SelectiveMetagraph> {
            metagraph::selected(netuid, &metagraph_indexes)
        }

        fn get_selective_mechagraph(
            netuid: NetUid,
            subid: MechId,
            metagraph_indexes: Vec<u16>,
        ) -> Option<metagraph::SelectiveMetagraph> {
            metagraph::selected_of_mechanism(netuid, subid, &metagraph_indexes)
        }

        fn get_subnet_account_id(netuid: NetUid) -> Option<AccountId> {
            Pallet::<Runtime>::subnet_account(netuid)
        }

        fn get_next_epoch_start_block(netuid: NetUid) -> Option<u64> {
            Pallet::<Runtime>::schedule(netuid).next_epoch_start_block()
        }
    }

    impl decl::DelegateInfoRuntimeApi<Block> for Runtime {
        fn get_delegates() -> Vec<delegate_info::DelegateInfo> {
            delegate_info::all()
        }

        fn get_delegate(delegate_account: AccountId) -> Option<delegate_info::DelegateInfo> {
            delegate_info::one(delegate_account)
        }

        fn get_delegated(
            delegatee_account: AccountId,
        ) -> Vec<(delegate_info::DelegateInfo, (Compact<NetUid>, Compact<AlphaBalance>))> {
            delegate_info::of_coldkey(&delegatee_account)
        }
    }

    impl decl::StakeInfoRuntimeApi<Block> for Runtime {
        fn get_stake_info_for_coldkey(coldkey_account: AccountId) -> Vec<stake_info::StakeInfo> {
            stake_info::of_coldkey(&coldkey_account)
        }

        fn get_stake_info_for_coldkeys(
            coldkey_accounts: Vec<AccountId>,
        ) -> Vec<(AccountId, Vec<stake_info::StakeInfo>)> {
            stake_info::of_coldkeys(coldkey_accounts)
        }

        fn get_stake_info_for_hotkey_coldkey_netuid(
            hotkey_account: AccountId,
            coldkey_account: AccountId,
            netuid: NetUid,
        ) -> Option<stake_info::StakeInfo> {
            Some(stake_info::of(&hotkey_account, &coldkey_account, netuid))
        }

        fn get_stake_availability_for_coldkeys(
            coldkey_accounts: Vec<AccountId>,
            netuids: Option<Vec<NetUid>>,
        ) -> BTreeMap<AccountId, BTreeMap<NetUid, stake_info::StakeAvailability>> {
            stake_info::availability(coldkey_accounts, netuids)
        }

        fn get_stake_fee(
            origin: Option<(AccountId, NetUid)>,
            _origin_coldkey_account: AccountId,
            destination: Option<(AccountId, NetUid)>,
            _destination_coldkey_account: AccountId,
            amount: u64,
        ) -> u64 {
            if origin == destination {
                return 0;
            }
            let place = destination.or(origin);
            let netuid = place.map(|(_, netuid)| netuid).unwrap_or_default();
            Pallet::<Runtime>::trading_fee(netuid, amount)
        }
    }

    impl decl::SwapRuntimeApi<Block> for Runtime {
        fn current_alpha_price(netuid: NetUid) -> u64 {
            swap::price(netuid)
        }

        fn current_alpha_price_all() -> Vec<swap::SubnetPrice> {
            all_netuids().into_iter().map(swap::price_of).collect()
        }

        fn sim_swap_tao_for_alpha(netuid: NetUid, tao: TaoBalance) -> swap::SimSwapResult {
            swap::simulate(Side::Buy, netuid, tao)
        }

        fn sim_swap_alpha_for_tao(netuid: NetUid, alpha: AlphaBalance) -> swap::SimSwapResult {
            swap::simulate(Side::Sell, netuid, alpha)
        }
    }

    impl decl::SubnetRegistrationRuntimeApi<Block> for Runtime {
        fn get_network_registration_cost() -> TaoBalance {
            Pallet::<Runtime>::network_price()
        }
    }
}
