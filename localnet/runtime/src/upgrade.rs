//! Upgrades for show: what clients notice when a chain takes a new runtime.
//!
//! A native runtime can't replace its code. It keeps a level in state instead, which a development node raises, and
//! what clients read of a block shows that block's level: the spec version grows by it, `BoundedVec` has another name,
//! and `SubnetHyperparams` ends in a field that says the level. What the chain does stays the same.

use crate::UpgradeLevel;
use codec::{Decode, Encode};
use frame_metadata::{RuntimeMetadata, RuntimeMetadataPrefixed};
use scale_info::{
    Field, PortableRegistry, TypeDef, TypeDefPrimitive, form::PortableForm,
    interner::UntrackedSymbol,
};

const RENAMED: &str = "BoundedVec";
const GROWN: &str = "SubnetHyperparams";
/// The runtime API function that answers with what has grown, or nothing.
const GROWN_ANSWER: &str = "SubnetInfoRuntimeApi_get_subnet_hyperparams";

/// The metadata as the level at hand shows it; bytes that are no metadata stay as they are.
pub fn metadata(bytes: Vec<u8>) -> Vec<u8> {
    let level = UpgradeLevel::get();
    if level == 0 {
        return bytes;
    }
    let Ok(RuntimeMetadataPrefixed(magic, mut metadata)) =
        RuntimeMetadataPrefixed::decode(&mut &bytes[..])
    else {
        return bytes;
    };
    match &mut metadata {
        RuntimeMetadata::V14(metadata) => change(&mut metadata.types, level),
        RuntimeMetadata::V15(metadata) => change(&mut metadata.types, level),
        RuntimeMetadata::V16(metadata) => change(&mut metadata.types, level),
        _ => return bytes,
    }
    RuntimeMetadataPrefixed(magic, metadata).encode()
}

/// An answer of the runtime API as the metadata of the level at hand describes it.
pub fn answer(method: &str, mut answer: Vec<u8>) -> Vec<u8> {
    let level = UpgradeLevel::get();
    // `Some` of the struct.
    if level > 0 && method == GROWN_ANSWER && answer.first() == Some(&1) {
        level.encode_to(&mut answer);
    }
    answer
}

fn change(types: &mut PortableRegistry, level: u32) {
    let number = types.types.iter().find_map(|kept| {
        matches!(kept.ty.type_def, TypeDef::Primitive(TypeDefPrimitive::U32)).then_some(kept.id)
    });
    for kept in &mut types.types {
        let ty = &mut kept.ty;
        let Some(name) = ty.path.segments.last_mut() else {
            continue;
        };
        match (name.as_str(), &mut ty.type_def) {
            (RENAMED, _) => *name = format!("{RENAMED}V{level}"),
            (GROWN, TypeDef::Composite(grown)) => {
                grown
                    .fields
                    .extend(number.map(|id| field("upgrade_level", id)));
            }
            _ => {}
        }
    }
}

fn field(name: &str, ty: u32) -> Field<PortableForm> {
    Field {
        name: Some(name.to_owned()),
        ty: UntrackedSymbol::from(ty),
        type_name: Some("u32".to_owned()),
        docs: Vec::new(),
    }
}
