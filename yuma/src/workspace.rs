use crate::consensus::{self, Votes};
use crate::masks::{self, Held};
use crate::{
    Input, Output, Rows, Trace, activity, fixed, output, payout, permits, stake, yuma2, yuma3,
};

/// The matrices of an epoch, kept from one to the next: a loop over many epochs allocates them once.
#[derive(Debug, Default)]
pub struct Workspace {
    weights: Rows,
    votes: Votes,
    /// The weights that bonds follow.
    bonding: Rows,
    /// Bonds before.
    held: Held,
    /// Bonds after.
    bonds: Rows,
}

impl Workspace {
    /// [`epoch`](crate::epoch).
    pub fn epoch(&mut self, input: &Input) -> Output {
        self.run(input).0
    }

    /// [`epoch_traced`](crate::epoch_traced).
    pub fn epoch_traced(&mut self, input: &Input) -> (Output, Trace) {
        let (output, trace) = self.run(input);
        (
            output,
            Trace {
                weights: self.weights.clone(),
                ema_bonds: self.bonds.clone(),
                ..trace
            },
        )
    }

    fn run(&mut self, input: &Input) -> (Output, Trace) {
        let Workspace {
            weights,
            votes,
            bonding,
            held,
            bonds,
        } = self;
        let params = &input.params;
        let active = activity::active(input);
        let stake = stake::normalised(input);
        let permits = permits::current(input);
        let active_stake = stake::active(&stake, &active, &permits);
        masks::weights(input, &permits, weights);

        let consensus = consensus::weighted_median(
            weights,
            &active_stake,
            fixed::fraction(params.kappa),
            votes,
        );
        let standing = consensus::standing(weights, &active_stake, &consensus);

        consensus::penalised(
            weights,
            &consensus,
            fixed::fraction(params.bonds_penalty),
            bonding,
        );
        masks::bonds(input, held);
        let dividends = if params.yuma3 {
            yuma3::bonds(
                params,
                bonding,
                held,
                &consensus,
                &standing.incentive,
                &active_stake,
                bonds,
            )
        } else {
            yuma2::bonds(
                params,
                bonding,
                held,
                &standing.incentive,
                &active_stake,
                bonds,
            )
        };

        let payout = payout::payout(
            input.emission,
            &standing.incentive,
            &dividends,
            &active_stake,
            &stake,
        );
        let trace = Trace {
            stake,
            active_stake,
            weights: Rows::default(),
            consensus,
            validator_trust: standing.validator_trust,
            incentive: standing.incentive,
            dividends,
            ema_bonds: Rows::default(),
        };
        (output::stored(input, active, &trace, bonds, payout), trace)
    }
}
