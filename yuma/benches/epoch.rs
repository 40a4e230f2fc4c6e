//! Time per epoch, beside a plain float epoch of the same structure as the floor: `cargo bench -p yuma`.
//!
//! One thread. Each figure is the median of several batches; the ratio is ours over the floor.

#[path = "epoch/floor.rs"]
mod floor;
#[path = "epoch/subnet.rs"]
mod subnet;

use std::hint::black_box;
use std::time::{Duration, Instant};
use subnet::{Rule, dense};

fn main() {
    println!("{:<34} {:>12} {:>12} {:>8}", "subnet", "exact", "float", "ratio");
    for (uids, validators, rule) in [
        (256, 64, Rule::Yuma3),
        (256, 64, Rule::Liquid),
        (256, 64, Rule::Yuma2),
        (4096, 64, Rule::Yuma3),
        (4096, 64, Rule::Liquid),
        (4096, 64, Rule::Yuma2),
        (4096, 256, Rule::Yuma3),
    ] {
        let input = dense(uids, validators, rule);
        let floor = floor::Floor::new(&input);
        let budget = if uids > 1000 { 15 } else { 60 };
        let exact = time(budget, || drop(black_box(yuma::epoch(black_box(&input)))));
        let plain = time(budget, || drop(black_box(floor.epoch(black_box(&input)))));
        let name = format!("{uids} uids × {validators} dense, {rule:?}");
        let ratio = exact.as_secs_f64() / plain.as_secs_f64();
        println!("{name:<34} {exact:>12.1?} {plain:>12.1?} {ratio:>8.2}");
    }
}

fn time(rounds: u32, mut run: impl FnMut()) -> Duration {
    run();
    let mut times: Vec<Duration> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
