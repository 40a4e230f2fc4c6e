//! The tables of localnet/FIDELITY.md, which tests hold true, and what the two runtimes store.

use super::recorded;
use frame_metadata::{
    RuntimeMetadata,
    v14::{RuntimeMetadataV14, StorageEntryModifier},
};
use localnet_runtime::Runtime;
use sp_core::twox_128;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

/// Names in backticks in a column of the table under a heading, row by row.
pub fn table(heading: &str, column: usize) -> Vec<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../FIDELITY.md");
    let text = std::fs::read_to_string(path).unwrap();
    let section = text.split("\n## ").find(|s| s.starts_with(heading));
    let rows = section
        .unwrap_or_else(|| panic!("no section {heading:?}"))
        .lines();
    let cells = rows.filter_map(|row| row.strip_prefix("| ")?.split(" | ").nth(column));
    let names = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    let names: Vec<String> = names.map(str::to_owned).collect();
    let unique: BTreeSet<&String> = names.iter().collect();
    assert_eq!(
        unique.len(),
        names.len(),
        "a name stands twice under {heading:?}"
    );
    names
}

pub fn metadata() -> RuntimeMetadataV14 {
    let prefixed = sp_io::TestExternalities::default().execute_with(Runtime::metadata);
    match prefixed.1 {
        RuntimeMetadata::V14(metadata) => metadata,
        other => panic!("version {}", other.version()),
    }
}

/// A storage item of either runtime.
pub struct Item {
    /// `Pallet.Item`.
    pub name: String,
    /// What an absent entry reads as; none where absence means something else than any value.
    pub default: Option<Vec<u8>>,
}

/// Items of all pallets of ours, here or on the real chain, by the prefix of their keys.
pub fn items() -> BTreeMap<Vec<u8>, Item> {
    let mut items = BTreeMap::new();
    let mut add = |pallet: &str, prefix: &str, item: &str, default: Option<Vec<u8>>| {
        let key = [twox_128(prefix.as_bytes()), twox_128(item.as_bytes())].concat();
        let name = format!("{pallet}.{item}");
        items.insert(key, Item { name, default });
    };
    let recorded = recorded("metadata_v14_summary.json").unwrap();
    for pallet in metadata().pallets {
        let Some(storage) = pallet.storage else {
            continue;
        };
        let real = recorded["pallets"].as_array().unwrap().iter();
        let real = real
            .clone()
            .find(|real| real["name"] == pallet.name.as_str());
        let real = real.unwrap()["storage"].as_array();
        for entry in real.into_iter().flatten() {
            let default = hex::decode(entry["default_hex"].as_str().unwrap()).unwrap();
            let default = (entry["modifier"] == "Default").then_some(default);
            let item = entry["name"].as_str().unwrap();
            add(&pallet.name, &storage.prefix, item, default);
        }
        for entry in storage.entries {
            let default = entry.modifier == StorageEntryModifier::Default;
            let default = default.then_some(entry.default);
            add(&pallet.name, &storage.prefix, &entry.name, default);
        }
    }
    items
}
