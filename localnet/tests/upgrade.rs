//! `dev_upgrade`: clients see another runtime from a block on, and the old one before it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use codec::{Decode, Encode};
use common::{NodeProcess, account, call, refusal, remark, soon};
use frame_metadata::{RuntimeMetadata, RuntimeMetadataPrefixed};
use jsonrpsee::core::client::{ClientT, Subscription, SubscriptionClientT};
use jsonrpsee::rpc_params;
use jsonrpsee::ws_client::WsClient;
use localnet_runtime::{VERSION, client as runtime_client};
use scale_info::{PortableRegistry, TypeDef};
use serde_json::Value;
use sp_runtime::generic::Era;

fn bytes(hex: &str) -> Vec<u8> {
    hex::decode(hex.trim_start_matches("0x")).unwrap()
}

async fn state_call(client: &WsClient, name: &str, data: Vec<u8>, at: &str) -> Vec<u8> {
    let data = format!("0x{}", hex::encode(data));
    bytes(&call::<String>(client, "state_call", rpc_params![name, data, at]).await)
}

fn types(bytes: &[u8]) -> PortableRegistry {
    match RuntimeMetadataPrefixed::decode(&mut &bytes[..]).unwrap().1 {
        RuntimeMetadata::V14(metadata) => metadata.types,
        RuntimeMetadata::V15(metadata) => metadata.types,
        other => panic!("version {}", other.version()),
    }
}

/// Whether a type of this name is there.
fn names(types: &PortableRegistry, name: &str) -> bool {
    let mut all = types.types.iter();
    all.any(|kept| {
        kept.ty
            .path
            .segments
            .last()
            .is_some_and(|last| last == name)
    })
}

/// The last field of the struct with this name.
fn last_field(types: &PortableRegistry, name: &str) -> String {
    let found = types.types.iter().find_map(|kept| match &kept.ty.type_def {
        TypeDef::Composite(composite) if kept.ty.path.segments.last()? == name => {
            composite.fields.last()?.name.clone()
        }
        _ => None,
    });
    found.unwrap()
}

/// Spec version by both ways to ask, names of types, the grown struct's last field, and the bytes of it.
async fn seen(client: &WsClient, at: &str) -> (u64, bool, bool, String, Vec<u8>) {
    let version: Value = call(client, "state_getRuntimeVersion", rpc_params![at]).await;
    let spec = version["specVersion"].as_u64().unwrap();
    let core = state_call(client, "Core_version", Vec::new(), at).await;
    let core = sp_version::RuntimeVersion::decode(&mut &core[..]).unwrap();
    assert_eq!(u64::from(core.spec_version), spec);
    let old_form: String = call(client, "state_getMetadata", rpc_params![at]).await;
    let old_form = types(&bytes(&old_form));
    let asked = state_call(client, "Metadata_metadata_at_version", 15u32.encode(), at).await;
    let asked = Option::<Vec<u8>>::decode(&mut &asked[..]).unwrap().unwrap();
    let new_form = types(&asked);
    for name in ["BoundedVec", "BoundedVecV1"] {
        assert_eq!(names(&old_form, name), names(&new_form, name), "{name}");
    }
    let netuid = 1u16.encode();
    let function = "SubnetInfoRuntimeApi_get_subnet_hyperparams";
    (
        spec,
        names(&new_form, "BoundedVec"),
        names(&new_form, "BoundedVecV1"),
        last_field(&new_form, "SubnetHyperparams"),
        state_call(client, function, netuid, at).await,
    )
}

#[tokio::test]
async fn clients_see_another_runtime_from_its_block_on() {
    let node = NodeProcess::with_block_ms("600000", &["--dev"]).await;
    let client = node.connect().await;
    let mut versions: Subscription<Value> = client
        .subscribe(
            "state_subscribeRuntimeVersion",
            rpc_params![],
            "state_unsubscribeRuntimeVersion",
        )
        .await
        .unwrap();
    let old = VERSION.spec_version;
    assert_eq!(soon(&mut versions).await["specVersion"], old);

    let before: Value = call(&client, "dev_seal", rpc_params![]).await;
    let upgraded: Value = call(&client, "dev_upgrade", rpc_params![]).await;
    assert_eq!(soon(&mut versions).await["specVersion"], old + 1);

    let (spec, plain, renamed, field, answer) =
        seen(&client, before["hash"].as_str().unwrap()).await;
    assert_eq!((spec, plain, renamed), (u64::from(old), true, false));
    assert_eq!(field, "liquid_alpha_enabled");
    let (spec, plain, renamed, field, grown) =
        seen(&client, upgraded["hash"].as_str().unwrap()).await;
    assert_eq!((spec, plain, renamed), (u64::from(old) + 1, false, true));
    assert_eq!(field, "upgrade_level");
    assert_eq!(grown, [answer, 1u32.encode()].concat());

    // The chain goes on, and takes what is signed for the new version alone.
    let signed = |version: u32| {
        let (genesis, signer) = (node.genesis(), account("owner-cold"));
        let call = remark("upgraded");
        let signed =
            runtime_client::signed_for(version, call, &signer, 0, Era::Immortal, genesis, genesis);
        format!("0x{}", hex::encode(signed.encode()))
    };
    let (code, message, data) =
        refusal(&client, "author_submitExtrinsic", rpc_params![signed(old)]).await;
    assert_eq!(code, 1010, "{message} {data}");
    assert!(data.contains("bad signature"), "{message} {data}");
    // Signatures hold chance: the same call signed twice is two extrinsics.
    let upgraded = signed(old + 1);
    let taken: Value = client
        .request("author_submitExtrinsic", rpc_params![&upgraded])
        .await
        .unwrap();
    assert!(taken.is_string());
    let sealed: Value = call(&client, "dev_seal", rpc_params![]).await;
    let block: Value = call(&client, "chain_getBlock", rpc_params![&sealed["hash"]]).await;
    let extrinsics = block["block"]["extrinsics"].as_array().unwrap();
    assert!(extrinsics.contains(&Value::String(upgraded)));
}
