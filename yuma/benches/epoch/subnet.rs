use yuma::{Input, LiquidAlpha, Neuron, Params, total_stake};

#[derive(Clone, Copy, Debug)]
pub enum Rule {
    Yuma2,
    Yuma3,
    Liquid,
}

/// A subnet in which the first `validators` uids weigh and hold bonds in everybody; noise around a common view, so
/// that clipping has work to do.
pub fn dense(uids: u16, validators: u16, rule: Rule) -> Input {
    let mut noise = Noise(0x5eed);
    let quality: Vec<u16> = (0..uids).map(|_| 5_000 + noise.below(50_000)).collect();
    let mut neurons = vec![
        Neuron {
            last_update: 9_990,
            registered_at: 10,
            ..Neuron::default()
        };
        usize::from(uids)
    ];
    for (uid, neuron) in (0..validators).zip(&mut neurons) {
        neuron.stake = total_stake(
            2_000_000_000_000 + u64::from(noise.below(60_000)) * 1_000_000_000,
            0,
            0,
        );
        neuron.validator_permit = true;
        let others = || (0..uids).filter(|col| *col != uid);
        neuron.weights = others()
            .map(|col| (col, quality[usize::from(col)] + noise.below(5_000)))
            .collect();
        neuron.bonds = others().map(|col| (col, 1 + noise.below(65_000))).collect();
    }
    Input {
        current_block: 10_000,
        last_mechanism_step: 9_640,
        emission: 148_000_000_000,
        neurons,
        ..Input::new(Params {
            yuma3: !matches!(rule, Rule::Yuma2),
            liquid_alpha: matches!(rule, Rule::Liquid).then_some(LiquidAlpha {
                low: 45_875,
                high: 58_982,
                steepness: 1_000,
            }),
            max_allowed_validators: validators,
            ..Params::default()
        })
    }
}

struct Noise(u64);

impl Noise {
    fn below(&mut self, bound: u16) -> u16 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (((self.0 >> 48) * u64::from(bound)) >> 16) as u16
    }
}
