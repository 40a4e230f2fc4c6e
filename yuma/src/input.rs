use substrate_fixed::types::I64F64;

/// A subnet's hyperparameters, as the epoch reads them.
///
/// `Default` gives what `register_network` leaves behind on a new subnet (Yuma 3 on, commit-reveal on).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Params {
    /// `Tempo`, blocks. Only read to guess the last epoch of a subnet that has not had one.
    pub tempo: u16,
    /// Blocks after its last update for which a neuron still counts as active; see [`Params::cutoff_blocks`].
    pub activity_cutoff: u64,
    /// `StakeThreshold`, rao: total stake below it counts as none (the subnet owner's is exempt).
    pub stake_threshold: u64,
    /// `MaxAllowedValidators`: how many permits the epoch hands out.
    pub max_allowed_validators: u16,
    /// `Kappa`, in 1/65535: the share of stake that has to back a weight for it to stand.
    pub kappa: u16,
    /// `BondsPenalty`, in 1/65535: 0 bonds to weights as set, 65535 to weights as clipped.
    pub bonds_penalty: u16,
    /// `BondsMovingAverage`, parts per million that bonds keep in each epoch.
    pub bonds_moving_average: u64,
    /// `Yuma3On`: bonds move per validator and miner on an absolute scale, not as shares of a column.
    pub yuma3: bool,
    /// `LiquidAlphaOn` with its values; only Yuma 3 reads it.
    pub liquid_alpha: Option<LiquidAlpha>,
    /// `RevealPeriodEpochs` where `CommitRevealWeightsEnabled`, else none: no commit mask.
    pub reveal_period: Option<u64>,
}

impl Params {
    /// The cutoff in blocks from `ActivityCutoffFactorMilli` and `Tempo`: thousandths of a tempo, at least one block.
    pub fn cutoff_blocks(factor_milli: u32, tempo: u16) -> u64 {
        (u64::from(factor_milli) * u64::from(tempo) / 1000).max(1)
    }
}

impl Default for Params {
    fn default() -> Self {
        Params {
            tempo: 360,
            activity_cutoff: Params::cutoff_blocks(13_889, 360),
            stake_threshold: 1_000_000_000_000,
            max_allowed_validators: 64,
            kappa: 32_767,
            bonds_penalty: 65_535,
            bonds_moving_average: 900_000,
            yuma3: true,
            liquid_alpha: None,
            reveal_period: Some(1),
        }
    }
}

/// How fast a bond follows the weight that feeds it (`AlphaValues`, `AlphaSigmoidSteepness`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiquidAlpha {
    /// Slowest rate, in 1/65535.
    pub low: u16,
    /// Fastest rate, in 1/65535.
    pub high: u16,
    /// Hundredths; negative turns the curve around.
    pub steepness: i16,
}

/// One uid, read at one block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neuron {
    /// Alpha plus weighted root TAO, rao; see [`total_stake`](crate::total_stake).
    pub stake: I64F64,
    /// `LastUpdate` of this mechanism, a block number.
    pub last_update: u64,
    /// `BlockAtRegistration`.
    pub registered_at: u64,
    /// `ValidatorPermit` from the epoch before: who may vote now.
    pub validator_permit: bool,
    /// `Weights` row: (uid, weight), in stored order.
    pub weights: Vec<(u16, u16)>,
    /// `Bonds` row: (uid, bond), in stored order.
    pub bonds: Vec<(u16, u16)>,
    /// Commits of this hotkey that are not revealed yet, in stored order.
    pub commits: Vec<Commit>,
}

/// A commit that waits for its reveal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Of which queue it is.
    pub kind: CommitKind,
    /// `SubnetEpochIndex` it was made in.
    pub epoch: u64,
    /// Block it was made at.
    pub block: u64,
}

/// Where the chain keeps a commit, which decides how it picks one among several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommitKind {
    /// `WeightCommits`: the first in the queue that has not expired counts.
    Hash,
    /// `TimelockedWeightCommits`: the earliest block among those that have not expired counts.
    Timelocked,
}

/// What one epoch of one mechanism reads from the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The subnet's hyperparameters at the epoch's block.
    pub params: Params,
    /// The block the epoch fires in.
    pub current_block: u64,
    /// `LastMechansimStepBlock`: block of the last epoch that ran, 0 for none.
    pub last_mechanism_step: u64,
    /// `SubnetEpochIndex`, already counting this epoch.
    pub epoch_index: u64,
    /// Uid of the subnet owner's hotkey: exempt from the threshold, always permitted, may weigh itself.
    pub owner_uid: Option<u16>,
    /// Rao to pay out.
    pub emission: u64,
    /// By uid.
    pub neurons: Vec<Neuron>,
}

impl Input {
    /// An empty subnet at block 0.
    pub fn new(params: Params) -> Self {
        Input {
            params,
            current_block: 0,
            last_mechanism_step: 0,
            epoch_index: 0,
            owner_uid: None,
            emission: 0,
            neurons: Vec::new(),
        }
    }

    pub(crate) fn is_owner(&self, uid: usize) -> bool {
        self.owner_uid
            .is_some_and(|owner| usize::from(owner) == uid)
    }
}
