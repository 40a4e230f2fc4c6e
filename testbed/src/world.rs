//! World files for the local chain, made from others.

use toml::{Table, Value};

use crate::Error;

/// A world with a second subnet like its first: epochs of `tempo` blocks fire in both in the same block, and the same
/// hotkeys validate in both. `world` is a world file's text, and so is the answer.
///
/// # Errors
/// If it isn't TOML or has no subnet.
pub fn twin_subnets(world: &str, tempo: u16) -> Result<String, Error> {
    let lost = || Error::World("no [[subnet]]".into());
    let mut world: Table = world.parse().map_err(|e| Error::World(format!("{e}")))?;
    let subnets = world.get_mut("subnet").and_then(Value::as_array_mut);
    let subnets = subnets.ok_or_else(lost)?;
    let first = subnets.first_mut().and_then(Value::as_table_mut);
    let first = first.ok_or_else(lost)?;
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
        let demo = include_str!("../../localnet/worlds/demo.toml");
        let twins: Table = twin_subnets(demo, 40).unwrap().parse().unwrap();
        let demo: Table = demo.parse().unwrap();
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

    #[test]
    fn a_world_without_a_subnet_is_refused() {
        for world in ["", "subnet = []", "subnet = 1", "[subnet]", "[["] {
            let refused = twin_subnets(world, 40).unwrap_err();
            assert!(matches!(refused, Error::World(_)), "{world}: {refused}");
        }
    }
}
