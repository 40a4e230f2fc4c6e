//! Reads of the state at one block, by name, from the metadata of that block.

use std::future::Future;

use subxt::SubstrateConfig;
use subxt::client::{ClientAtBlock, OnlineClientAtBlockImpl};
use subxt::dynamic;
use subxt::error::{RuntimeApiError, StorageError};
use subxt::ext::frame_decode::storage::{IntoDecodableValues, IntoEncodableValues};
use subxt::ext::scale_decode::DecodeAsType;

use crate::{BlockRef, ChainError, Endpoint};

/// The pallet of subnets, neurons and weights.
pub(crate) const PALLET: &str = "SubtensorModule";

pub(crate) type AtBlock = ClientAtBlock<SubstrateConfig, OnlineClientAtBlockImpl<SubstrateConfig>>;

/// A client pinned at one block.
pub(crate) struct Block<'a> {
    endpoint: &'a Endpoint,
    client: AtBlock,
    at: BlockRef,
}

impl<'a> Block<'a> {
    pub(crate) fn new(endpoint: &'a Endpoint, client: AtBlock, at: BlockRef) -> Self {
        Self {
            endpoint,
            client,
            at,
        }
    }

    pub(crate) fn client(&self) -> &AtBlock {
        &self.client
    }

    /// A call of `SubnetInfoRuntimeApi`.
    pub(crate) async fn api<A, R>(&self, method: &'static str, args: A) -> Result<R, ChainError>
    where
        A: IntoEncodableValues,
        R: DecodeAsType,
    {
        let call = dynamic::runtime_api_call::<A, R>("SubnetInfoRuntimeApi", method, args);
        let apis = self.client.runtime_apis();
        match self.in_time(method, apis.call(call)).await? {
            Ok(value) => Ok(value),
            Err(RuntimeApiError::CannotCallApi(e)) => {
                Err(self.endpoint.unavailable(method, &e.to_string()))
            }
            Err(e) => Err(self.unusable(method, &e.to_string())),
        }
    }

    /// One item of the pallet; a missing key gives the metadata's default.
    pub(crate) async fn storage<K, V>(&self, item: &'static str, keys: K) -> Result<V, ChainError>
    where
        K: IntoEncodableValues + IntoDecodableValues,
        V: DecodeAsType,
    {
        let address = dynamic::storage::<K, V>(PALLET, item);
        let storage = self.client.storage();
        match self.in_time(item, storage.fetch(address, keys)).await? {
            Ok(value) => value
                .decode()
                .map_err(|e| self.unusable(item, &e.to_string())),
            Err(StorageError::CannotFetchValue(e)) => {
                Err(self.endpoint.unavailable(item, &e.to_string()))
            }
            Err(e) => Err(self.unusable(item, &e.to_string())),
        }
    }

    /// A constant of a pallet, from the metadata.
    pub(crate) fn constant<V: DecodeAsType>(
        &self,
        pallet: &'static str,
        name: &'static str,
    ) -> Result<V, ChainError> {
        let constants = self.client.constants();
        constants
            .entry(dynamic::constant::<V>(pallet, name))
            .map_err(|e| self.unusable(name, &e.to_string()))
    }

    async fn in_time<T>(
        &self,
        what: &'static str,
        read: impl Future<Output = T>,
    ) -> Result<T, ChainError> {
        let timeout = self.endpoint.timeout();
        tokio::time::timeout(timeout, read).await.map_err(|_| {
            self.endpoint
                .unavailable(what, &format!("no answer within {timeout:?}"))
        })
    }

    /// The runtime lacks an item or holds it in another shape.
    pub(crate) fn unusable(&self, item: &str, reason: &str) -> ChainError {
        ChainError::Runtime {
            block: self.at.number,
            item: item.into(),
            reason: reason.into(),
        }
    }
}
