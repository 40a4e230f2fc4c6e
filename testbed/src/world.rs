//! World files for the local chain. Without one, a node plays the demo's world.

use toml::{Table, Value};

use crate::Error;

/// One subnet, `weighmaster` and two others with stake in it, and keys for twelve miners.
const DEMO: &str = include_str!("../../localnet/worlds/demo.toml");

/// The demo's world with a second subnet like its first: epochs of `tempo` blocks fire in both in the same block, and
/// the same hotkeys validate in both.
///
/// # Errors
/// If the demo's world has lost its form.
pub fn twin_subnets(tempo: u16) -> Result<String, Error> {
    let lost = |what: &str| Error::World(what.to_owned());
    let mut world: Table = DEMO.parse().map_err(|e| Error::World(format!("{e}")))?;
    let subnets = world.get_mut("subnet").and_then(Value::as_array_mut);
    let subnets = subnets.ok_or_else(|| lost("no [[subnet]]"))?;
    let first = subnets.first_mut().and_then(Value::as_table_mut);
    let first = first.ok_or_else(|| lost("no [[subnet]]"))?;
    first.insert("tempo".into(), i64::from(tempo).into());
    let mut second = first.clone();
    second.insert("netuid".into(), 2.into());
    subnets.push(second.into());
    Ok(world.to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_second_subnet_is_as_the_first_but_for_its_number() {
        let demo: Table = DEMO.parse().unwrap();
        let twins: Table = twin_subnets(40).unwrap().parse().unwrap();
        let mut expected = demo["subnet"][0].clone();
        assert_eq!(expected["netuid"].as_integer(), Some(1));
        assert_ne!(expected["tempo"].as_integer(), Some(40));
        expected["tempo"] = 40.into();
        assert_eq!(twins["subnet"][0], expected);
        expected["netuid"] = 2.into();
        assert_eq!(twins["subnet"][1], expected);
        assert_eq!(twins["subnet"].as_array().unwrap().len(), 2);
        for (key, value) in demo.iter().filter(|(key, _)| *key != "subnet") {
            assert_eq!(twins[key], *value, "{key}");
        }
    }
}
