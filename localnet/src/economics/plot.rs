//! The supply curve as an SVG.

use anyhow::{Result, anyhow};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use yuma::emission::MAX_SUPPLY;

use super::curve::{BLOCKS_A_DAY, BLOCKS_A_YEAR, Stretch, issuance_at};

const SIZE: (u32, u32) = (900, 640);
/// Points of the curve in a year.
const POINTS_A_YEAR: u32 = 48;
const SUPPLY: RGBColor = RGBColor(0x1f, 0x5f, 0xa8);
const EMISSION: RGBColor = RGBColor(0xc4, 0x4e, 0x1a);

/// Issuance above, emission a day below, over years.
pub fn draw(stretches: &[Stretch], years: u32) -> Result<String> {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
        area.fill(&WHITE).map_err(failed)?;
        let (upper, lower) = area.split_vertically(SIZE.1 * 3 / 5);
        supply(&upper, stretches, years).map_err(failed)?;
        emission(&lower, stretches, years).map_err(failed)?;
        area.present().map_err(failed)?;
    }
    Ok(svg)
}

fn failed(error: impl std::fmt::Display) -> anyhow::Error {
    anyhow!("the plot can't be drawn: {error}")
}

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;
type Drawn<'a> = Result<(), DrawingAreaErrorKind<<SVGBackend<'a> as DrawingBackend>::ErrorType>>;

fn supply<'a>(area: &Area<'a>, stretches: &[Stretch], years: u32) -> Drawn<'a> {
    let most = MAX_SUPPLY as f64 / 1e15;
    let end = f64::from(years);
    let mut chart = ChartBuilder::on(area)
        .caption("TAO supply", ("sans-serif", 20))
        .margin(12)
        .x_label_area_size(30)
        .y_label_area_size(60)
        .build_cartesian_2d(0.0..end, 0.0..most * 1.08)?;
    chart
        .configure_mesh()
        .light_line_style(TRANSPARENT)
        .y_desc("million TAO")
        .y_label_formatter(&|million| format!("{million:.0}"))
        .x_label_formatter(&|year| format!("{year:.0}"))
        .x_labels(years.clamp(2, 12) as usize)
        .draw()?;
    let points = (0..=years * POINTS_A_YEAR).map(|point| {
        let block = u64::from(point) * BLOCKS_A_YEAR / u64::from(POINTS_A_YEAR);
        (
            f64::from(point) / f64::from(POINTS_A_YEAR),
            issuance_at(stretches, block) as f64 / 1e15,
        )
    });
    chart.draw_series(LineSeries::new(points, SUPPLY.stroke_width(2)))?;
    chart.draw_series(LineSeries::new(
        [(0.0, most), (end, most)],
        BLACK.mix(0.4).stroke_width(1),
    ))?;
    let label = ("sans-serif", 13).into_font();
    chart.draw_series([Text::new(
        "21 million",
        (end * 0.01, most * 1.05),
        label.clone(),
    )])?;
    for halving in stretches.iter().skip(1) {
        let at = (
            halving.start as f64 / BLOCKS_A_YEAR as f64,
            halving.issuance as f64 / 1e15,
        );
        chart.draw_series([Circle::new(at, 4, EMISSION.filled())])?;
        // Only the halvings that can be told apart get a label.
        if halving.emission >= 1_000_000_000 >> 5 {
            let text = format!("{:.4} TAO a block", halving.emission as f64 / 1e9);
            // Under the point, on the side where there is room.
            let (side, from) = if at.0 < end * 0.8 {
                (HPos::Left, at.0 + end * 0.01)
            } else {
                (HPos::Right, at.0 - end * 0.01)
            };
            let style = TextStyle::from(label.clone()).pos(Pos::new(side, VPos::Top));
            let below = (from, at.1 - most * 0.03);
            chart.draw_series([Text::new(text, below, style)])?;
        }
    }
    Ok(())
}

fn emission<'a>(area: &Area<'a>, stretches: &[Stretch], years: u32) -> Drawn<'a> {
    let a_day = |stretch: &Stretch| (stretch.emission * BLOCKS_A_DAY) as f64 / 1e9;
    let most = stretches.first().map_or(1.0, a_day).max(1.0);
    let mut chart = ChartBuilder::on(area)
        .margin(12)
        .x_label_area_size(36)
        .y_label_area_size(60)
        .build_cartesian_2d(0.0..f64::from(years), 0.0..most * 1.08)?;
    chart
        .configure_mesh()
        .light_line_style(TRANSPARENT)
        .x_desc("years")
        .y_desc("TAO a day")
        .y_label_formatter(&|tao| format!("{tao:.0}"))
        .x_label_formatter(&|year| format!("{year:.0}"))
        .x_labels(years.clamp(2, 12) as usize)
        .draw()?;
    let year = |block: u64| block as f64 / BLOCKS_A_YEAR as f64;
    let steps = stretches.iter().flat_map(|stretch| {
        let (from, to) = (year(stretch.start), year(stretch.start + stretch.blocks));
        [(from, a_day(stretch)), (to, a_day(stretch))]
    });
    chart.draw_series(LineSeries::new(steps, EMISSION.stroke_width(2)))?;
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::curve::stretches;
    use super::*;

    #[test]
    fn the_plot_names_what_it_shows() {
        let svg = draw(&stretches(0, 8 * BLOCKS_A_YEAR), 8).unwrap();
        assert!(svg.trim_end().ends_with("</svg>"));
        for text in [
            "TAO supply",
            "million TAO",
            "TAO a day",
            "years",
            "21 million",
            "0.5000 TAO a block",
        ] {
            assert!(svg.contains(text), "{text}");
        }
        assert_eq!(svg.matches("<circle").count(), 2);
    }
}
