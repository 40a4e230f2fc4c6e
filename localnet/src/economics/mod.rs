//! `localnet economics`: the supply curve, its halvings, and who gets what of a subnet's token.

mod curve;
mod plot;

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use yuma::emission::{self, FIRST_BLOCK_EMISSION, MAX_SUPPLY, OWNER_CUT};

use curve::{BLOCKS_A_DAY, BLOCKS_A_YEAR, Stretch, issuance_at, stretches};

/// Rao in a TAO.
const TAO: f64 = 1e9;
/// Width of the bar of the whole supply.
const BAR: u64 = 30;

/// What `localnet economics` is told.
#[derive(Debug, Args)]
pub struct EconomicsArgs {
    /// Years to look ahead.
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=400))]
    years: u32,
    /// TAO in existence at the start.
    #[arg(long, default_value = "0", value_parser = rao)]
    from_issuance: u64,
    /// Writes the curve to this file, as an SVG.
    #[arg(long)]
    plot: Option<PathBuf>,
}

/// Prints the curve, and draws it where asked.
pub fn run(args: &EconomicsArgs) -> anyhow::Result<()> {
    let stretches = stretches(args.from_issuance, u64::from(args.years) * BLOCKS_A_YEAR);
    let mut out = std::io::stdout().lock();
    let printed = print(&mut out, &stretches, args.years).and_then(|()| out.flush());
    if let Err(error) = printed
        && error.kind() != std::io::ErrorKind::BrokenPipe
    {
        return Err(error.into());
    }
    if let Some(path) = &args.plot {
        let svg = plot::draw(&stretches, args.years)?;
        std::fs::write(path, svg).with_context(|| format!("--plot {}", path.display()))?;
        logwriter::say(format_args!("plot written to {}", path.display()));
    }
    Ok(())
}

/// Rao of an amount in TAO as a user writes it.
pub fn rao(tao: &str) -> Result<u64, String> {
    let rao = tao.parse::<f64>().map(|tao| tao * TAO);
    match rao {
        Ok(rao) if (0.0..=MAX_SUPPLY as f64).contains(&rao) => Ok(rao as u64),
        _ => Err("give TAO between 0 and 21000000".to_owned()),
    }
}

fn print(out: &mut impl Write, stretches: &[Stretch], years: u32) -> std::io::Result<()> {
    writeln!(
        out,
        "{:>5}  {:>12}  {:>16}  {:>6}  {:>13}  {:>10}",
        "year", "block", "issuance, TAO", "of 21M", "TAO a block", "TAO a day"
    )?;
    for half in 0..=2 * u64::from(years) {
        let block = half * BLOCKS_A_YEAR / 2;
        let issuance = issuance_at(stretches, block);
        let emission = emission::block_emission(issuance);
        let share = issuance as f64 / MAX_SUPPLY as f64;
        let bar = (share * BAR as f64).round() as usize;
        writeln!(
            out,
            "{:>5.1}  {:>12}  {:>16.2}  {:>5.1}%  {:>13.9}  {:>10.3}  {}",
            half as f64 / 2.0,
            block,
            issuance as f64 / TAO,
            share * 100.0,
            emission as f64 / TAO,
            (emission * BLOCKS_A_DAY) as f64 / TAO,
            "█".repeat(bar),
        )?;
    }

    writeln!(out, "\nhalvings")?;
    let mut halvings = stretches.windows(2).peekable();
    if halvings.peek().is_none() {
        writeln!(out, "  none in this time")?;
    }
    for pair in halvings {
        if let [before, after] = pair {
            writeln!(
                out,
                "  block {:>11}  day {:>6}  year {:>6.2}  issuance {:>15.2} TAO  {:>13.9} → {:.9} TAO a block",
                after.start,
                after.start / BLOCKS_A_DAY,
                after.start as f64 / BLOCKS_A_YEAR as f64,
                after.issuance as f64 / TAO,
                before.emission as f64 / TAO,
                after.emission as f64 / TAO,
            )?;
        }
    }

    // A young subnet: its own token halves by its own issuance, and root has no part yet.
    let split = emission::split(FIRST_BLOCK_EMISSION, OWNER_CUT, Default::default());
    let percent = |part: u64| part as f64 * 100.0 / FIRST_BLOCK_EMISSION as f64;
    writeln!(
        out,
        "\na subnet's own token starts at {:.0} a block, halves by its own issuance, and never passes 21 million:\n  \
         owner {:.2} %, miners {:.2} %, validators {:.2} % (shared with TAO on root by its proportion)",
        FIRST_BLOCK_EMISSION as f64 / TAO,
        percent(split.owner),
        percent(split.server),
        percent(split.validator),
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn printed(issuance: u64, years: u32) -> String {
        let all = stretches(issuance, u64::from(years) * BLOCKS_A_YEAR);
        let mut out = Vec::new();
        print(&mut out, &all, years).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn eight_years_hold_two_halvings() {
        let text = printed(0, 8);
        assert_eq!(text.matches(" → ").count(), 2, "{text}");
        assert!(text.contains("block    10500000  day   1458"), "{text}");
        assert!(text.contains("block    21000000  day   2916"), "{text}");
        assert!(
            text.contains("owner 18.00 %, miners 41.00 %, validators 41.00 %"),
            "{text}"
        );
        assert_eq!(text.lines().filter(|line| line.contains('%')).count(), 18);
    }

    #[test]
    fn the_supply_is_bounded() {
        assert_eq!(rao("1.5"), Ok(1_500_000_000));
        assert_eq!(rao("21000000"), Ok(MAX_SUPPLY));
        for wrong in ["21000001", "-1", "NaN", "inf", "much"] {
            assert!(rao(wrong).is_err(), "{wrong}");
        }
        assert!(printed(MAX_SUPPLY, 1).contains("none in this time"));
    }
}
