//! The table of an epoch on the terminal: validators one by one, miners by group.

use std::io::{self, Write};

use super::record::{Record, Row, share, tokens};
use super::world::{Cast, Role};

pub fn print(out: &mut impl Write, cast: &Cast, record: &Record) -> io::Result<()> {
    let Record {
        netuid,
        epoch,
        block,
        price,
        rows,
    } = record;
    writeln!(
        out,
        "\nsubnet {netuid}  epoch {epoch}  block {block}  a token costs {price:.4} TAO"
    )?;
    validators(out, cast, rows)?;
    miners(out, cast, rows)
}

fn validators(out: &mut impl Write, cast: &Cast, rows: &[Row]) -> io::Result<()> {
    if cast.validators.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "  {:<20} {:<8} {:>12} {:>7} {:>10} {:>12} {:>12} {:>11}",
        "validator", "policy", "stake", "vtrust", "dividends", "emission", "earned", "per stake"
    )?;
    for row in rows {
        let Role::Validator(index) = row.role else {
            continue;
        };
        let Some(validator) = cast.validators.get(index) else {
            continue;
        };
        // What an epoch gives on a thousand staked: what makes validators of unlike size comparable.
        let per_stake = 1e3 * row.emission as f64 / (row.stake as f64).max(1.0);
        writeln!(
            out,
            "  {:<20} {:<8} {:>12.3} {:>7.4} {:>10.4} {:>12.4} {:>12.3} {:>9.4} ‰",
            cut(&row.name, 20),
            validator.policy.name(),
            tokens(row.stake),
            share(row.vtrust),
            share(row.dividends),
            tokens(row.emission),
            tokens(row.earned),
            per_stake,
        )?;
    }
    Ok(())
}

fn miners(out: &mut impl Write, cast: &Cast, rows: &[Row]) -> io::Result<()> {
    if cast.groups.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "  {:<20} {:>8} {:>12} {:>7} {:>10} {:>12} {:>12}  {:>9} {:>9}",
        "miners", "count", "quality", "", "incentive", "emission", "earned", "best", "worst"
    )?;
    for (index, group) in cast.groups.iter().enumerate() {
        let members: Vec<&Row> = rows
            .iter()
            .filter(|row| matches!(row.role, Role::Miner(group, _) if group == index))
            .collect();
        let count = members.len();
        let mean = |value: &dyn Fn(&Row) -> f64| {
            members.iter().map(|row| value(row)).sum::<f64>() / (count as f64).max(1.0)
        };
        let incentives = || members.iter().map(|row| row.incentive);
        writeln!(
            out,
            "  {:<20} {:>8} {:>12.3} {:>7} {:>10.5} {:>12.4} {:>12.3}  {:>9.5} {:>9.5}",
            cut(&group.name, 20),
            count,
            mean(&|row| row.quality),
            "",
            mean(&|row| share(row.incentive)),
            mean(&|row| tokens(row.emission)),
            mean(&|row| tokens(row.earned)),
            share(incentives().max().unwrap_or(0)),
            share(incentives().min().unwrap_or(0)),
        )?;
    }
    Ok(())
}

fn cut(name: &str, width: usize) -> String {
    if name.chars().count() <= width {
        return name.to_owned();
    }
    let kept: String = name.chars().take(width.saturating_sub(1)).collect();
    format!("{kept}…")
}
