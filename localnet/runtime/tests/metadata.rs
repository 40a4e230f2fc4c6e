//! What the metadata shows is what the real chain's shows, for all that is implemented.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use frame_metadata::{
    RuntimeMetadata, RuntimeMetadataPrefixed,
    v14::{PalletMetadata, RuntimeMetadataV14, StorageEntryModifier, StorageEntryType},
};
use localnet_runtime::Runtime;
use scale_info::{TypeDef, form::PortableForm};
use serde_json::Value;

/// What the runtime has beyond spec 425, because clients of today read it: item, the spec that brought
/// it, hashers, default.
const LATER: [(&str, u32, &[&str], &str); 2] = [
    (
        "SubtensorModule.CollateralLockShare",
        437,
        &["Identity"],
        "0000",
    ),
    (
        "SubtensorModule.SubnetEpochConsensus",
        475,
        &["Identity"],
        "00",
    ),
];

fn ours() -> RuntimeMetadataV14 {
    let prefixed: RuntimeMetadataPrefixed =
        sp_io::TestExternalities::default().execute_with(Runtime::metadata);
    match prefixed.1 {
        RuntimeMetadata::V14(metadata) => metadata,
        other => panic!("version {}", other.version()),
    }
}

#[test]
fn all_that_is_implemented_is_as_recorded() {
    let Some(recorded) = common::recorded("metadata_v14_summary.json") else {
        return;
    };
    let ours = ours();
    let mut different = Vec::new();
    for pallet in &ours.pallets {
        let real = recorded["pallets"].as_array().unwrap();
        let Some(real) = real
            .iter()
            .find(|real| real["name"] == pallet.name.as_str())
        else {
            different.push(format!("pallet {} is not the chain's", pallet.name));
            continue;
        };
        if real["index"] != pallet.index {
            different.push(format!("{} has index {}", pallet.name, pallet.index));
        }
        compare_storage(pallet, real, &mut different);
        let enums = [
            ("calls", pallet.calls.as_ref().map(|calls| calls.ty.id)),
            ("events", pallet.event.as_ref().map(|event| event.ty.id)),
            ("errors", pallet.error.as_ref().map(|error| error.ty.id)),
        ];
        for (kind, id) in enums {
            compare_variants(&ours, pallet, kind, id, &real[kind], &mut different);
        }
        compare_constants(pallet, real, &mut different);
    }
    assert!(
        different.is_empty(),
        "{} differ:\n{}",
        different.len(),
        different.join("\n")
    );
}

fn compare_storage(
    pallet: &PalletMetadata<PortableForm>,
    real: &Value,
    different: &mut Vec<String>,
) {
    let Some(storage) = &pallet.storage else {
        return;
    };
    for entry in &storage.entries {
        let name = format!("{}.{}", pallet.name, entry.name);
        let real = real["storage"]
            .as_array()
            .and_then(|all| all.iter().find(|e| e["name"] == entry.name.as_str()));
        let hashers = hashers(&entry.ty);
        let Some(real) = real else {
            let default = hex::encode(&entry.default);
            let later = LATER.iter().any(|(item, _, expected, value)| {
                *item == name && hashers == *expected && default == *value
            });
            if !later {
                different.push(format!("storage {name} is not the chain's"));
            }
            continue;
        };
        let real_hashers: Vec<_> = real["hashers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|h| h.as_str().unwrap())
            .collect();
        let optional = entry.modifier == StorageEntryModifier::Optional;
        if hashers != real_hashers || optional != (real["modifier"] == "Optional") {
            different.push(format!(
                "storage {name}: {hashers:?} {:?}, real {real}",
                entry.modifier
            ));
        }
        // Versions and links to types differ by runtime; values of the chain's own pallets must not.
        if pallet.name == "SubtensorModule" && real["default_hex"] != hex::encode(&entry.default) {
            different.push(format!(
                "default of {name}: {}, real {}",
                hex::encode(&entry.default),
                real["default_hex"]
            ));
        }
    }
}

/// All that the real pallet has, with its values, and none of our own but the local beacon's.
fn compare_constants(
    pallet: &PalletMetadata<PortableForm>,
    real: &Value,
    different: &mut Vec<String>,
) {
    const OWN: [&str; 1] = ["Drand.BeaconPublicKey"];
    // What differs by world or by FRAME's own version.
    const ELSEWHERE: [&str; 4] = ["System", "Aura", "Timestamp", "Utility"];
    if ELSEWHERE.contains(&pallet.name.as_str()) {
        return;
    }
    let real = real["constants"].as_array().unwrap();
    for constant in &pallet.constants {
        let name = format!("{}.{}", pallet.name, constant.name);
        let found = real.iter().find(|c| c[0] == constant.name.as_str());
        match found {
            Some(found) if found[2] == hex::encode(&constant.value) => {}
            None if OWN.contains(&name.as_str()) => {}
            other => different.push(format!(
                "constant {name} is {}, real {other:?}",
                hex::encode(&constant.value)
            )),
        }
    }
    for missing in real
        .iter()
        .filter(|c| pallet.constants.iter().all(|own| c[0] != own.name.as_str()))
    {
        different.push(format!(
            "constant {}.{} is missing",
            pallet.name, missing[0]
        ));
    }
}

fn hashers(ty: &StorageEntryType<PortableForm>) -> Vec<String> {
    match ty {
        StorageEntryType::Plain(_) => Vec::new(),
        StorageEntryType::Map { hashers, .. } => hashers.iter().map(|h| format!("{h:?}")).collect(),
    }
}

/// Nothing later is claimed that is not there, or that spec 425 had already.
#[test]
fn what_is_later_is_there_and_was_not_before() {
    let ours = ours();
    let recorded = common::recorded("metadata_v14_summary.json");
    for (item, spec, ..) in LATER {
        assert!(spec > 425, "{item}");
        let (pallet, name) = item.split_once('.').unwrap();
        let ours = ours.pallets.iter().find(|p| p.name == pallet).unwrap();
        let entries = &ours.storage.as_ref().unwrap().entries;
        assert!(entries.iter().any(|entry| entry.name == name), "{item}");
        let Some(recorded) = &recorded else { continue };
        let real = recorded["pallets"].as_array().unwrap();
        let real = real.iter().find(|p| p["name"] == pallet).unwrap();
        let known = real["storage"].as_array().unwrap();
        assert!(known.iter().all(|entry| entry["name"] != name), "{item}");
    }
}

fn compare_variants(
    ours: &RuntimeMetadataV14,
    pallet: &PalletMetadata<PortableForm>,
    kind: &str,
    id: Option<u32>,
    real: &Value,
    different: &mut Vec<String>,
) {
    let Some(id) = id else { return };
    let TypeDef::Variant(variants) = &ours.types.resolve(id).unwrap().type_def else {
        panic!("not an enum")
    };
    for variant in &variants.variants {
        let name = format!("{}.{}", pallet.name, variant.name);
        // SDK 10 names an error only if it has a text.
        if variant.docs.is_empty() && kind != "events" {
            different.push(format!("{kind} {name} says nothing of itself"));
        }
        let found = real
            .as_array()
            .and_then(|all| all.iter().find(|v| v["name"] == variant.name.as_str()));
        let Some(found) = found else {
            different.push(format!("{kind} {name} is not the chain's"));
            continue;
        };
        let fields: Vec<_> = variant
            .fields
            .iter()
            .map(|field| (field.name.clone(), shape(ours, field.ty.id)))
            .collect();
        let real_fields: Vec<_> = found["fields"]
            .as_array()
            .unwrap()
            .iter()
            .map(|field| {
                let text = |at: usize| field[at].as_str().map(str::to_owned);
                (text(0), last_words(&text(1).unwrap()))
            })
            .collect();
        if found["index"] != variant.index || fields != real_fields {
            different.push(format!(
                "{kind} {name}: {} {fields:?}, real {} {real_fields:?}",
                variant.index, found["index"]
            ));
        }
    }
}

/// A type as the record prints it, without the paths of crates.
fn shape(ours: &RuntimeMetadataV14, id: u32) -> String {
    let ty = ours.types.resolve(id).unwrap();
    let of = |id: u32| shape(ours, id);
    let printed = match &ty.type_def {
        TypeDef::Primitive(primitive) => format!("{primitive:?}").to_lowercase(),
        TypeDef::Sequence(of_) => format!("Vec<{}>", of(of_.type_param.id)),
        TypeDef::Array(array) => format!("[{}; {}]", of(array.type_param.id), array.len),
        TypeDef::Compact(compact) => format!("Compact<{}>", of(compact.type_param.id)),
        TypeDef::Tuple(tuple) => {
            let fields: Vec<String> = tuple.fields.iter().map(|field| of(field.id)).collect();
            format!("({})", fields.join(", "))
        }
        _ => {
            let name = ty.path.segments.last().cloned().unwrap_or_default();
            let parameters: Vec<String> = ty
                .type_params
                .iter()
                .filter_map(|parameter| Some(of(parameter.ty?.id)))
                .collect();
            match parameters.is_empty() {
                true => name,
                false => format!("{name}<{}>", parameters.join(", ")),
            }
        }
    };
    last_words(&printed)
}

/// `a::b::C<d::E>` as `C<E>`.
fn last_words(text: &str) -> String {
    let mut out = String::new();
    for part in text.split_inclusive(|c: char| !c.is_alphanumeric() && c != '_' && c != ':') {
        let end = part.rfind("::").map_or(0, |at| at + 2);
        out.push_str(&part[end..]);
    }
    // The record cuts the digits of fixed-point types short.
    match out.split_once("<UInt") {
        Some((fixed, _)) => fixed.to_owned(),
        None => out,
    }
}

#[test]
fn transactions_carry_the_chains_extensions_in_its_order() {
    let Some(recorded) = common::recorded("metadata_v14_summary.json") else {
        return;
    };
    let ours: Vec<_> = ours()
        .extrinsic
        .signed_extensions
        .into_iter()
        .map(|e| e.identifier)
        .collect();
    let real: Vec<_> = recorded["signed_extensions [identifier, type, additional_signed]"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e[0].as_str().unwrap())
        .collect();
    assert_eq!(ours, real);
}
