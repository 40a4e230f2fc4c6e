//! Extensions weigh nothing: the real chain's transactions count and charge the weight of their call
//! alone.

use frame_support::weights::Weight;

pub struct Weightless;

impl pallet_transaction_payment::WeightInfo for Weightless {
    fn charge_transaction_payment() -> Weight {
        Weight::zero()
    }
}

impl frame_system::ExtensionsWeightInfo for Weightless {
    fn check_genesis() -> Weight {
        Weight::zero()
    }
    fn check_mortality_mortal_transaction() -> Weight {
        Weight::zero()
    }
    fn check_mortality_immortal_transaction() -> Weight {
        Weight::zero()
    }
    fn check_non_zero_sender() -> Weight {
        Weight::zero()
    }
    fn check_nonce() -> Weight {
        Weight::zero()
    }
    fn check_spec_version() -> Weight {
        Weight::zero()
    }
    fn check_tx_version() -> Weight {
        Weight::zero()
    }
    fn check_weight() -> Weight {
        Weight::zero()
    }
    fn weight_reclaim() -> Weight {
        Weight::zero()
    }
}
