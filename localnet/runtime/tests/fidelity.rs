//! localnet/FIDELITY.md lists what spec 425 has and this chain has not: all of it, and nothing else.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use common::fidelity;
use scale_info::TypeDef;
use std::collections::BTreeSet;

#[test]
fn what_is_not_there_is_listed() {
    let Some(recorded) = common::recorded("metadata_v14_summary.json") else {
        return;
    };
    let ours = ours();
    let mut missing = BTreeSet::new();
    for pallet in recorded["pallets"].as_array().unwrap() {
        let name = pallet["name"].as_str().unwrap();
        if !ours.contains(name) {
            missing.insert(name.to_owned());
            continue;
        }
        let all = ["calls", "storage"].map(|kind| pallet[kind].as_array());
        for entry in all.into_iter().flatten().flatten() {
            let entry = format!("{name}.{}", entry["name"].as_str().unwrap());
            if !ours.contains(&entry) {
                missing.insert(entry);
            }
        }
    }
    let listed: BTreeSet<String> = fidelity::table("Not there", 1).into_iter().collect();
    let unlisted: Vec<_> = missing.difference(&listed).collect();
    let untrue: Vec<_> = listed.difference(&missing).collect();
    assert!(
        unlisted.is_empty() && untrue.is_empty(),
        "not there and not in FIDELITY.md: {unlisted:?}\nin FIDELITY.md and there: {untrue:?}"
    );
}

/// Our pallets, and their calls and storage as `Pallet.name`.
fn ours() -> BTreeSet<String> {
    let metadata = fidelity::metadata();
    let mut ours = BTreeSet::new();
    for pallet in metadata.pallets {
        let storage = pallet
            .storage
            .into_iter()
            .flat_map(|storage| storage.entries);
        let mut names: Vec<String> = storage.map(|entry| entry.name).collect();
        if let Some(calls) = pallet.calls {
            let TypeDef::Variant(calls) = &metadata.types.resolve(calls.ty.id).unwrap().type_def
            else {
                panic!("not an enum")
            };
            names.extend(calls.variants.iter().map(|call| call.name.clone()));
        }
        let names = names
            .into_iter()
            .map(|name| format!("{}.{name}", pallet.name));
        ours.extend(names);
        ours.insert(pallet.name);
    }
    ours
}
