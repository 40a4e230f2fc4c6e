//! `epochs.csv`: a line for each neuron in each epoch.

use std::io::{self, Write};

use super::record::{Record, share};
use super::world::Cast;

const HEADER: &str = "epoch,block,uid,name,role,group,stake,incentive,dividends,vtrust,consensus,emission,earned,price";

/// Writes the first line; with more than one subnet, each line begins with the netuid.
pub fn header(out: &mut impl Write, many: bool) -> io::Result<()> {
    writeln!(out, "{}{HEADER}", if many { "netuid," } else { "" })
}

/// Writes an epoch. Shares are from 0 to 1, amounts are rao of the subnet's token.
pub fn epoch(out: &mut impl Write, cast: &Cast, record: &Record, many: bool) -> io::Result<()> {
    for row in &record.rows {
        if many {
            write!(out, "{},", record.netuid)?;
        }
        let (role, group) = cast.labels(row.role);
        writeln!(
            out,
            "{},{},{},{},{role},{},{},{:.6},{:.6},{:.6},{:.6},{},{},{:.9}",
            record.epoch,
            record.block,
            row.uid,
            field(&row.name),
            field(group),
            row.stake,
            share(row.incentive),
            share(row.dividends),
            share(row.vtrust),
            share(row.consensus),
            row.emission,
            row.earned,
            record.price,
        )?;
    }
    Ok(())
}

/// A name as RFC 4180 has it: quoted where it holds what separates fields.
fn field(name: &str) -> std::borrow::Cow<'_, str> {
    if name.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", name.replace('"', "\"\"")).into()
    } else {
        name.into()
    }
}
