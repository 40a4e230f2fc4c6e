//! `plot.svg`: who got what share over the epochs.

use anyhow::{Result, anyhow};
use plotters::prelude::*;

use super::history::{History, Line};

const WIDTH: u32 = 1_060;
const PANEL: u32 = 330;
/// Where the legend begins.
const LEGEND: u32 = 790;
/// Lines named in a legend; more would run out of it.
const NAMED: usize = 14;
/// More points than this on a line can't be told apart.
const POINTS: usize = 1_500;
/// Colours that also the colour-blind tell apart (Okabe and Ito), then their like.
const COLOURS: [RGBColor; 8] = [
    RGBColor(0x00, 0x72, 0xb2),
    RGBColor(0xd5, 0x5e, 0x00),
    RGBColor(0x00, 0x9e, 0x73),
    RGBColor(0xcc, 0x79, 0xa7),
    RGBColor(0xe6, 0x9f, 0x00),
    RGBColor(0x56, 0xb4, 0xe9),
    RGBColor(0x44, 0x44, 0x44),
    RGBColor(0x9a, 0x8c, 0x1e),
];

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;
type Drawn<'a> = Result<(), DrawingAreaErrorKind<<SVGBackend<'a> as DrawingBackend>::ErrorType>>;

/// Two panels for each subnet, as an SVG.
pub fn draw(histories: &[History]) -> Result<String> {
    let mut svg = String::new();
    {
        let panels = u32::try_from(histories.len().max(1) * 2)?;
        let area = SVGBackend::with_string(&mut svg, (WIDTH, PANEL * panels)).into_drawing_area();
        area.fill(&WHITE).map_err(failed)?;
        let areas = area.split_evenly((panels as usize, 1));
        for (history, pair) in histories.iter().zip(areas.chunks(2)) {
            if let [upper, lower] = pair {
                let subnet = |what: &str| match histories.len() {
                    1 => what.to_owned(),
                    _ => format!("{what}, subnet {}", history.netuid),
                };
                let epochs = &history.epochs;
                panel(
                    upper,
                    &subnet("Incentive by miner group"),
                    "% of all incentive",
                    epochs,
                    &history.groups,
                )
                .map_err(failed)?;
                panel(
                    lower,
                    &subnet("Dividends by validator"),
                    "% of all dividends",
                    epochs,
                    &history.validators,
                )
                .map_err(failed)?;
            }
        }
        area.present().map_err(failed)?;
    }
    Ok(svg)
}

fn failed(error: impl std::fmt::Display) -> anyhow::Error {
    anyhow!("the plot can't be drawn: {error}")
}

fn panel<'a>(
    area: &Area<'a>,
    title: &str,
    unit: &str,
    epochs: &[u64],
    lines: &[Line],
) -> Drawn<'a> {
    let (plot, legend) = area.split_horizontally(LEGEND);
    let first = epochs.first().copied().unwrap_or(0) as f64;
    let last = (epochs.last().copied().unwrap_or(1) as f64).max(first + 1.0);
    let most = lines
        .iter()
        .flat_map(|line| &line.shares)
        .copied()
        .fold(0.01, f64::max)
        * 100.0;
    let mut chart = ChartBuilder::on(&plot)
        .caption(title, ("sans-serif", 19))
        .margin(10)
        .x_label_area_size(40)
        .y_label_area_size(62)
        .build_cartesian_2d(first..last, 0.0..most * 1.05)?;
    chart
        .configure_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(BLACK.mix(0.1))
        .x_desc("epoch")
        .y_desc(unit)
        .axis_desc_style(("sans-serif", 14))
        .label_style(("sans-serif", 12))
        .x_label_formatter(&|epoch| format!("{epoch:.0}"))
        .y_label_formatter(&|share| {
            if most < 5.0 {
                format!("{share:.1}")
            } else {
                format!("{share:.0}")
            }
        })
        .x_labels(((last - first) as usize + 1).clamp(2, 12))
        .y_labels(8)
        .draw()?;
    let step = epochs.len().div_ceil(POINTS).max(1);
    for (line, colour) in lines.iter().zip(COLOURS.iter().cycle()) {
        let points = epochs.iter().zip(&line.shares).step_by(step);
        let points = points.map(|(epoch, share)| (*epoch as f64, share * 100.0));
        chart.draw_series(LineSeries::new(points, colour.stroke_width(2)))?;
    }
    for (row, (line, colour)) in lines
        .iter()
        .take(NAMED)
        .zip(COLOURS.iter().cycle())
        .enumerate()
    {
        let y = 46 + 19 * row as i32;
        legend.draw(&PathElement::new([(4, y), (26, y)], colour.stroke_width(3)))?;
        let mean = line.shares.iter().sum::<f64>() / (line.shares.len() as f64).max(1.0);
        let text = format!("{}: {:.1} %", short(&line.name), mean * 100.0);
        legend.draw(&Text::new(text, (32, y - 6), ("sans-serif", 13)))?;
    }
    if !lines.is_empty() {
        legend.draw(&Text::new(
            "mean of all epochs",
            (32, 22),
            ("sans-serif", 12).into_font().color(&BLACK.mix(0.6)),
        ))?;
    }
    if let Some(more) = lines.len().checked_sub(NAMED).filter(|more| *more > 0) {
        let y = 46 + 19 * NAMED as i32;
        legend.draw(&Text::new(
            format!("and {more} more"),
            (32, y - 6),
            ("sans-serif", 13),
        ))?;
    }
    Ok(())
}

fn short(name: &str) -> String {
    match name.chars().count() {
        0..=24 => name.to_owned(),
        _ => format!("{}…", name.chars().take(23).collect::<String>()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_plot_names_what_it_shows() {
        let line = |name: &str| Line {
            name: name.into(),
            shares: vec![0.25, 0.5, 0.75],
        };
        let history = History {
            netuid: 1,
            epochs: vec![1, 2, 3],
            groups: vec![line("good ×8"), line("bad")],
            validators: vec![line("ada (honest)")],
        };
        let svg = draw(&[history]).unwrap();
        for text in [
            "Incentive by miner group",
            "Dividends by validator",
            "epoch",
            "good ×8: 50.0 %",
            "ada (honest)",
        ] {
            assert!(svg.contains(text), "{text}");
        }
        // One curve and one legend stroke for each line.
        assert!(svg.matches("<polyline").count() >= 6, "{svg}");
        assert!(draw(&[]).unwrap().ends_with("</svg>\n"));
    }
}
