//! When epochs run: stateful since runtime spec 423, no more arithmetic on block numbers modulo the tempo.

/// Bounds of the tempo that an owner may set, blocks; root may go below.
pub const MIN_TEMPO: u16 = 360;
/// Upper bound, and the number of blocks after which a subnet that lost its schedule runs anyway.
pub const MAX_TEMPO: u16 = 50_400;

/// The schedule of one subnet, named as its storage items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// Blocks between epochs; 0 stops them.
    pub tempo: u16,
    /// The block that the last epoch ran in, or that a new tempo was set at.
    pub last_epoch_block: u64,
    /// A block set by a trigger or a deferral; 0 for none.
    pub pending_epoch_at: u64,
    /// Blocks since an epoch last ran, counting this one.
    pub blocks_since_last_step: u64,
    /// Epochs so far.
    pub subnet_epoch_index: u64,
}

/// What became of a subnet in a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Not due.
    Idle,
    /// The epoch runs in this block.
    Fired,
    /// Due, but the block has run its epochs: next block.
    Deferred,
}

impl Schedule {
    /// Whether an epoch is due at `block`.
    pub fn due(&self, block: u64) -> bool {
        let pending = self.pending_epoch_at > 0 && block >= self.pending_epoch_at;
        let lost = self.blocks_since_last_step > u64::from(MAX_TEMPO);
        let elapsed = block.saturating_sub(self.last_epoch_block) >= u64::from(self.tempo);
        self.tempo != 0 && (pending || lost || elapsed)
    }

    /// Blocks from `block` until the tempo has passed; `u64::MAX` with tempo 0.
    pub fn blocks_until_next_auto_epoch(&self, block: u64) -> u64 {
        self.next_auto()
            .map_or(u64::MAX, |next| next.saturating_sub(block))
    }

    /// The block that the next epoch is expected in, which may have passed; none with tempo 0. Deferrals come on top.
    pub fn next_epoch_start_block(&self) -> Option<u64> {
        let next = self.next_auto()?;
        Some(if self.pending_epoch_at > 0 {
            next.min(self.pending_epoch_at)
        } else {
            next
        })
    }

    /// The epoch that a call in `block` belongs to: the one about to run, where one is due.
    pub fn epoch_index_with_lookahead(&self, block: u64) -> u64 {
        self.subnet_epoch_index
            .saturating_add(u64::from(self.due(block)))
    }

    /// Whether hyperparameters are frozen at `block`: fewer than `window` blocks are left, or a pending epoch is ahead.
    pub fn frozen(&self, block: u64, window: u16) -> bool {
        self.tempo != 0
            && (self.pending_epoch_at > block
                || self.blocks_until_next_auto_epoch(block) < u64::from(window))
    }

    /// Sets the tempo and starts a new cycle at `block`.
    pub fn set_tempo(&mut self, tempo: u16, block: u64) {
        self.tempo = tempo;
        self.last_epoch_block = block;
    }

    /// Asks for an epoch `window` blocks ahead, which also freezes hyperparameters until then. Refused (false) while
    /// one is pending or the next is closer than that.
    pub fn trigger(&mut self, block: u64, window: u16) -> bool {
        let open = self.pending_epoch_at == 0
            && self.blocks_until_next_auto_epoch(block) >= u64::from(window);
        if open {
            self.pending_epoch_at = block.saturating_add(u64::from(window));
        }
        open
    }

    /// One block passes: fires the epoch if it is due and `room` is left in the block.
    pub fn step(&mut self, block: u64, room: bool) -> Step {
        self.blocks_since_last_step = self.blocks_since_last_step.saturating_add(1);
        if !self.due(block) {
            return Step::Idle;
        }
        if !room {
            self.pending_epoch_at = block.saturating_add(1);
            return Step::Deferred;
        }
        self.blocks_since_last_step = 0;
        self.last_epoch_block = block;
        self.pending_epoch_at = 0;
        self.subnet_epoch_index = self.subnet_epoch_index.saturating_add(1);
        Step::Fired
    }

    fn next_auto(&self) -> Option<u64> {
        (self.tempo != 0).then(|| self.last_epoch_block.saturating_add(u64::from(self.tempo)))
    }
}

/// One block passes for all subnets, in order of netuid: at most `max_epochs` fire, the other due ones wait a block.
pub fn step_all<'a>(
    subnets: impl IntoIterator<Item = &'a mut Schedule>,
    block: u64,
    max_epochs: u8,
) -> Vec<Step> {
    let mut left = max_epochs;
    let step = |subnet: &mut Schedule| {
        let step = subnet.step(block, left > 0);
        left -= u8::from(step == Step::Fired);
        step
    };
    subnets.into_iter().map(step).collect()
}
