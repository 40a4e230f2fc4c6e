//! The node's JSON-RPC methods, one file per family.

mod author;
mod chain;
mod dev;
mod error;
mod fault_layer;
mod share;
mod state;
mod system;
mod values;
mod watch;

use std::sync::Arc;

use jsonrpsee::RpcModule;
use jsonrpsee::server::RegisterMethodError;

use crate::node::Node;

pub use fault_layer::FaultLayer;
pub use share::{Share, ShareLayer, Shares};

/// All methods over a node; those of `dev_*` only if asked for.
pub fn methods(node: Arc<Node>, dev: bool) -> Result<RpcModule<Node>, RegisterMethodError> {
    let mut module = RpcModule::from_arc(node);
    chain::register(&mut module)?;
    state::register(&mut module)?;
    watch::register(&mut module)?;
    author::register(&mut module)?;
    system::register(&mut module)?;
    if dev {
        dev::register(&mut module)?;
    }
    system::register_list(&mut module)?;
    Ok(module)
}
