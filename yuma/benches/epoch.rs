//! Time per epoch, beside a plain float epoch of the same structure as the floor: `cargo bench -p yuma`.
//!
//! One thread; each figure is the best of many runs, so that a busy machine doesn't count. The ratio is ours over
//! the floor.

#[path = "epoch/floor.rs"]
mod floor;
#[path = "epoch/subnet.rs"]
mod subnet;

use std::hint::black_box;
use std::time::{Duration, Instant};
use subnet::{Rule, dense};

fn main() {
    println!(
        "{:<34} {:>12} {:>12} {:>8}",
        "subnet", "exact", "float", "ratio"
    );
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
        let rounds = if uids > 1000 { 20 } else { 300 };
        let exact = time(rounds, || drop(black_box(yuma::epoch(black_box(&input)))));
        let plain = time(rounds, || drop(black_box(floor.epoch(black_box(&input)))));
        let name = format!("{uids} uids × {validators} dense, {rule:?}");
        let ratio = exact.as_secs_f64() / plain.as_secs_f64();
        println!("{name:<34} {exact:>12.1?} {plain:>12.1?} {ratio:>8.2}");
    }
}

fn time(rounds: u32, mut run: impl FnMut()) -> Duration {
    run();
    let timed = |_| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..rounds).map(timed).min().unwrap_or_default()
}
