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
    let mut world = read(world)?;
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

/// A world with these accounts: for each name one of it, and one of it and `-cold` that has TAO. Who is there already
/// stays. `world` is a world file's text, and so is the answer.
///
/// # Errors
/// If it isn't TOML.
pub fn with_accounts(world: &str, names: &[String]) -> Result<String, Error> {
    let mut world = read(world)?;
    let accounts = list(&mut world, "account")?;
    for name in names
        .iter()
        .flat_map(|name| [format!("{name}-cold"), name.clone()])
    {
        let known = accounts
            .iter()
            .any(|a| a.get("name").and_then(Value::as_str) == Some(&name));
        if !known {
            let mut account = Table::new();
            if name.ends_with("-cold") {
                account.insert("balance_tao".into(), 100.0.into());
            }
            account.insert("name".into(), name.into());
            accounts.push(account.into());
        }
    }
    Ok(world.to_string())
}

/// A world whose first subnet has these miners from its first block on, by their accounts as of [`with_accounts`].
///
/// # Errors
/// If it isn't TOML or has no subnet.
pub fn with_miners(world: &str, names: &[String]) -> Result<String, Error> {
    let mut world = read(&with_accounts(world, names)?)?;
    let subnets = world.get_mut("subnet").and_then(Value::as_array_mut);
    let first = subnets.and_then(|subnets| subnets.first_mut()?.as_table_mut());
    let neurons = list(
        first.ok_or_else(|| Error::World("no [[subnet]]".into()))?,
        "neuron",
    )?;
    for name in names {
        let mut neuron = Table::new();
        neuron.insert("hotkey".into(), name.clone().into());
        neuron.insert("coldkey".into(), format!("{name}-cold").into());
        neurons.push(neuron.into());
    }
    Ok(world.to_string())
}

fn read(world: &str) -> Result<Table, Error> {
    world.parse().map_err(|e| Error::World(format!("{e}")))
}

fn list<'t>(table: &'t mut Table, key: &str) -> Result<&'t mut Vec<Value>, Error> {
    let list = table.entry(key).or_insert_with(|| Value::Array(Vec::new()));
    list.as_array_mut()
        .ok_or_else(|| Error::World(format!("{key} is no list")))
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
    fn miners_are_seated_with_accounts_that_are_not_there_twice() {
        let demo = include_str!("../../localnet/worlds/demo.toml");
        let names = ["miner-01".to_string(), "miner-99".into()];
        let world: Table = with_miners(demo, &names).unwrap().parse().unwrap();
        let accounts: Vec<&str> = world["account"]
            .as_array()
            .unwrap()
            .iter()
            .map(|a| a["name"].as_str().unwrap())
            .collect();
        for name in ["miner-01", "miner-01-cold", "miner-99", "miner-99-cold"] {
            assert_eq!(accounts.iter().filter(|a| **a == name).count(), 1, "{name}");
        }
        let neurons = world["subnet"][0]["neuron"].as_array().unwrap();
        assert_eq!(neurons.len(), 5);
        assert_eq!(neurons[4]["hotkey"].as_str(), Some("miner-99"));
        assert!(matches!(with_miners("", &names), Err(Error::World(_))));
    }

    #[test]
    fn a_world_without_a_subnet_is_refused() {
        for world in ["", "subnet = []", "subnet = 1", "[subnet]", "[["] {
            let refused = twin_subnets(world, 40).unwrap_err();
            assert!(matches!(refused, Error::World(_)), "{world}: {refused}");
        }
    }
}
