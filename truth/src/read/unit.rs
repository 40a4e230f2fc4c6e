//! Units, and how those of one dimension are converted.

use super::token::{Token, tokens};

/// A unit: a value in it, times `factor` plus `offset`, is one in the dimension's base unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Unit {
    pub dimension: &'static str,
    factor: f64,
    offset: f64,
}

impl Unit {
    const fn of(dimension: &'static str, factor: f64) -> Self {
        Self {
            dimension,
            factor,
            offset: 0.0,
        }
    }

    /// A value in this unit, in another of the same dimension.
    pub fn convert(&self, value: f64, other: &Self) -> f64 {
        if self == other {
            value
        } else {
            (value * self.factor + self.offset - other.offset) / other.factor
        }
    }

    /// How many of the other make one of this.
    pub fn ratio(&self, other: &Self) -> f64 {
        self.factor / other.factor
    }
}

const PERCENT: Unit = Unit::of("percent", 1.0);

/// Dimension, factor, names. A name of up to two letters is meant in its case where there is one in that case.
const UNITS: &[(&str, f64, &str)] = &[
    ("length", 1e-9, "nm nanometer nanometre"),
    ("length", 1e-6, "um micrometer micrometre micron"),
    ("length", 1e-3, "mm millimeter millimetre"),
    ("length", 1e-2, "cm centimeter centimetre"),
    ("length", 1e-1, "dm decimeter decimetre"),
    ("length", 1.0, "m meter metre"),
    ("length", 1e3, "km kilometer kilometre kms"),
    ("length", 0.0254, "inch inches"),
    ("length", 0.3048, "ft foot feet"),
    ("length", 0.9144, "yd yard"),
    ("length", 1.8288, "fathom"),
    ("length", 1609.344, "mi mile"),
    ("length", 1852.0, "nmi"),
    ("length", 4828.032, "league"),
    ("length", 1.495_978_707e11, "au"),
    ("length", 9.460_730_472_580_8e15, "ly lightyear"),
    ("mass", 1e-9, "ug microgram"),
    ("mass", 1e-6, "mg milligram"),
    ("mass", 1e-3, "g gram gramme gr"),
    ("mass", 1.0, "kg kilogram kilo kilogramme kgs"),
    ("mass", 1e3, "t tonne ton"),
    ("mass", 0.453_592_37, "lb lbs pound"),
    ("mass", 0.028_349_523_125, "oz ounce"),
    ("mass", 6.350_293_18, "stone st"),
    ("time", 1e-9, "ns nanosecond"),
    ("time", 1e-6, "us microsecond"),
    ("time", 1e-3, "ms millisecond"),
    ("time", 1.0, "s sec second secs"),
    ("time", 60.0, "min minute mins"),
    ("time", 3600.0, "h hr hour hrs"),
    ("time", 86_400.0, "d day"),
    ("time", 604_800.0, "wk week"),
    ("time", 1_209_600.0, "fortnight"),
    ("months", 1.0, "month mo"),
    ("months", 12.0, "yr year yrs y"),
    ("months", 120.0, "decade"),
    ("months", 1200.0, "century centuries"),
    ("temperature", 1.0, "K kelvin"),
    ("speed", 1.0, "mps"),
    ("speed", 1.0 / 3.6, "kmh kph"),
    ("speed", 0.447_04, "mph"),
    ("speed", 1852.0 / 3600.0, "knot kn kt kts"),
    ("volume", 1e-6, "ml milliliter millilitre cc"),
    ("volume", 1e-5, "cl centiliter centilitre"),
    ("volume", 1e-4, "dl deciliter decilitre"),
    ("volume", 1e-3, "l L liter litre"),
    ("volume", 0.1, "hl hectoliter hectolitre"),
    ("volume", 3.785_411_784e-3, "gal gallon"),
    ("volume", 4.731_764_73e-4, "pint"),
    ("area", 1e4, "ha hectare"),
    ("area", 4_046.856_422_4, "acre"),
    ("data", 0.125, "b bit"),
    ("data", 1.0, "B byte"),
    ("data", 1e3, "kB KB kilobyte"),
    ("data", 1e6, "MB megabyte"),
    ("data", 1e9, "GB gigabyte"),
    ("data", 1e12, "TB terabyte"),
    ("data", 125.0, "kb kbit kilobit"),
    ("data", 125e3, "Mb Mbit megabit"),
    ("data", 125e6, "Gb Gbit gigabit"),
    ("data", 1024.0, "KiB kibibyte"),
    ("data", 1_048_576.0, "MiB mebibyte"),
    ("data", 1_073_741_824.0, "GiB gibibyte"),
    ("percent", 1.0, "% percent pct"),
    ("percent", 0.1, "permille ‰"),
    ("dollar", 1.0, "$ usd dollar"),
    ("dollar", 0.01, "cent"),
    ("euro", 1.0, "€ eur euro"),
    ("sterling", 1.0, "£ gbp quid"),
    ("yen", 1.0, "¥ jpy yen"),
];

fn single(token: &Token) -> Option<Unit> {
    let find = |same: &dyn Fn(&str) -> bool| {
        let row = UNITS
            .iter()
            .find(|(_, _, names)| names.split(' ').any(same))?;
        Some(Unit::of(row.0, row.1))
    };
    let singular = token.text.strip_suffix('s').filter(|s| s.len() > 2);
    find(&|name| name == token.raw).or_else(|| {
        let long = token.text.len() > 1;
        find(&|name| long && (name.eq_ignore_ascii_case(&token.text) || singular == Some(name)))
    })
}

fn raised(unit: Unit, power: i32) -> Option<Unit> {
    let dimension = match power {
        2 => "area",
        3 => "volume",
        _ => return None,
    };
    (unit.dimension == "length").then(|| Unit::of(dimension, unit.factor.powi(power)))
}

fn degrees(token: &Token) -> Option<Unit> {
    let (factor, offset) = match token.text.as_str() {
        "c" | "celsius" | "centigrade" => (1.0, 273.15),
        "f" | "fahrenheit" => (5.0 / 9.0, 459.67 * 5.0 / 9.0),
        "k" | "kelvin" | "kelvins" => (1.0, 0.0),
        _ => return None,
    };
    Some(Unit {
        dimension: "temperature",
        factor,
        offset,
    })
}

/// The unit that begins at this token, and the token behind it.
pub(crate) fn unit_at(tokens: &[Token], at: usize) -> Option<(Unit, usize)> {
    let text = |i: usize| tokens.get(i).map_or("", |t| t.text.as_str());
    let token = tokens
        .get(at)
        .filter(|t| t.numeral().is_none() && t.raw.len() <= 20)?;
    match token.text.as_str() {
        "square" | "sq" | "cubic" | "cu" => {
            let power = if token.text.starts_with('s') { 2 } else { 3 };
            let next = at + 1 + usize::from(text(at + 1) == ".");
            return Some((raised(single(tokens.get(next)?)?, power)?, next + 1));
        }
        "°" | "º" | "degree" | "degrees" | "deg" => {
            return Some((degrees(tokens.get(at + 1)?)?, at + 2));
        }
        "per" if matches!(text(at + 1), "cent" | "hundred") => return Some((PERCENT, at + 2)),
        "percentage" if text(at + 1).starts_with("point") => return Some((PERCENT, at + 2)),
        "nautical" if text(at + 1).starts_with("mile") => {
            return Some((Unit::of("length", 1852.0), at + 2));
        }
        "light" => {
            let year = at + 1 + usize::from(text(at + 1) == "-");
            return text(year)
                .starts_with("year")
                .then_some((Unit::of("length", 9.460_730_472_580_8e15), year + 1));
        }
        "in" => {
            let ends = tokens
                .get(at + 1)
                .is_none_or(|t| !t.is_word() && t.numeral().is_none());
            return (token.glued || ends).then_some((Unit::of("length", 0.0254), at + 1));
        }
        "celsius" | "centigrade" | "fahrenheit" => return Some((degrees(token)?, at + 1)),
        "c" | "f" if token.raw != token.text => return Some((degrees(token)?, at + 1)),
        _ => {}
    }
    let Some(unit) = single(token) else {
        let (stem, power) = token
            .raw
            .split_at_checked(token.raw.len().checked_sub(1)?)?;
        let stem = stem.trim_end_matches('^').to_owned();
        let token = Token {
            text: stem.to_lowercase(),
            raw: stem,
            ..token.clone()
        };
        return Some((raised(single(&token)?, power.parse().ok()?)?, at + 1));
    };
    if matches!(text(at + 1), "/" | "per" | "an" | "a")
        && unit.dimension == "length"
        && let Some(time) = tokens.get(at + 2).and_then(single)
        && time.dimension == "time"
    {
        return Some((Unit::of("speed", unit.factor / time.factor), at + 3));
    }
    if text(at + 1) == "squared" || text(at + 1) == "cubed" {
        let power = if text(at + 1) == "cubed" { 3 } else { 2 };
        return Some((raised(unit, power)?, at + 2));
    }
    Some((unit, at + 1))
}

/// The unit of this name.
pub(crate) fn named(name: &str) -> Option<Unit> {
    let tokens = tokens(name);
    unit_at(&tokens, 0)
        .filter(|(_, end)| *end == tokens.len())
        .map(|(unit, _)| unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_one_dimension_are_converted() {
        for (from, to, factor) in [
            ("km", "m", 1000.0),
            ("miles", "km", 1.609_344),
            ("hours", "min", 60.0),
            ("days", "h", 24.0),
            ("years", "months", 12.0),
            ("km/h", "m/s", 1.0 / 3.6),
            ("miles per hour", "mph", 1.0),
            ("m²", "cm2", 10_000.0),
            ("square kilometres", "hectares", 100.0),
            ("cubic metres", "litres", 1000.0),
            ("MB", "kB", 1000.0),
            ("MB", "Mb", 8.0),
            ("percent", "%", 1.0),
            ("per cent", "%", 1.0),
            ("tonnes", "kg", 1000.0),
            ("μm", "mm", 0.001),
            ("USD", "$", 1.0),
        ] {
            let (a, b) = (named(from), named(to));
            let read = a
                .zip(b)
                .filter(|(a, b)| a.dimension == b.dimension)
                .map(|(a, b)| a.convert(1.0, &b));
            assert!(
                read.is_some_and(|r| (r - factor).abs() < 1e-6 * factor),
                "{from} {to}: {a:?} {b:?}"
            );
        }
        let boils = named("°C")
            .zip(named("degrees Fahrenheit"))
            .map(|(c, f)| c.convert(100.0, &f));
        assert!(boils.is_some_and(|f| (f - 212.0).abs() < 1e-9));
        for name in ["sailors", "", "m m", "ships", "the"] {
            assert_eq!(named(name), None, "{name}");
        }
    }
}
