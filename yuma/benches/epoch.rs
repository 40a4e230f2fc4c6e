//! Time per epoch, beside a plain float epoch of the same structure as the floor: `cargo bench -p yuma [-- NAME]`.
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
use yuma::Workspace;

fn main() {
    let filter = std::env::args().skip(1).find(|arg| !arg.starts_with('-'));
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
        let name = format!("{uids} uids × {validators} dense, {rule:?}");
        if !filter.as_ref().is_none_or(|filter| name.contains(filter)) {
            continue;
        }
        let input = dense(uids, validators, rule);
        let floor = floor::Floor::new(&input);
        let rounds = if uids > 1000 { 20 } else { 300 };
        let mut workspace = Workspace::default();
        let exact = time(rounds, || {
            drop(black_box(workspace.epoch(black_box(&input))))
        });
        let plain = time(rounds, || drop(black_box(floor.epoch(black_box(&input)))));
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
