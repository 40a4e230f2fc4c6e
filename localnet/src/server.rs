//! The listener: WebSocket and HTTP on one port of 127.0.0.1.

mod socket;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use jsonrpsee::core::middleware::RpcServiceBuilder;
use jsonrpsee::server::{
    BatchRequestConfig, HttpBody, HttpResponse, Methods, PingConfig, RandomStringIdProvider,
    ServerBuilder, ServerConfig, StopHandle, serve_with_graceful_shutdown,
};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::Service;

use crate::node::Node;
use crate::rpc::{FaultLayer, Share, ShareLayer, Shares};
use socket::FaultySocket;

/// JSON-RPC connections served at once; the next one is answered with HTTP status 429.
const MAX_CONNECTIONS: u32 = 256;
/// Sockets open at once, whatever they send or don't; the next one is closed.
const MAX_SOCKETS: usize = 1_024;
/// The largest extrinsic of a real chain fits many times over in hex.
const MAX_REQUEST: u32 = 5 << 20;
const MAX_RESPONSE: u32 = 16 << 20;
const MAX_BATCH: u32 = 256;
const MAX_SUBSCRIPTIONS: u32 = 128;
/// Notifications and answers waiting for a client that doesn't read.
const MAX_BACKLOG: u32 = 64;
/// A client that answers no ping for so long has gone.
const MAX_SILENCE: Duration = Duration::from_secs(60);

/// Takes a port of 127.0.0.1, any one for 0.
pub async fn bind(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await
}

/// Serves `methods` until stopped.
pub async fn serve(listener: TcpListener, methods: Methods, node: Arc<Node>, stop: StopHandle) {
    let config = ServerConfig::builder()
        .max_connections(MAX_CONNECTIONS)
        .max_request_body_size(MAX_REQUEST)
        .max_response_body_size(MAX_RESPONSE)
        .max_subscriptions_per_connection(MAX_SUBSCRIPTIONS)
        .set_batch_request_config(BatchRequestConfig::Limit(MAX_BATCH))
        .set_message_buffer_capacity(MAX_BACKLOG)
        .enable_ws_ping(
            PingConfig::new()
                .ping_interval(MAX_SILENCE / 4)
                .inactive_limit(MAX_SILENCE)
                .max_failures(1),
        )
        .set_id_provider(RandomStringIdProvider::new(16))
        .build();
    let services = ServerBuilder::new().set_config(config).to_service_builder();
    let shares = Arc::new(Shares::default());
    let room = Arc::new(Semaphore::new(MAX_SOCKETS));
    loop {
        let socket: TcpStream = tokio::select! {
            () = stop.clone().shutdown() => return,
            accepted = listener.accept() => match accepted {
                Ok((socket, _)) => socket,
                Err(error) => {
                    // Out of file descriptors: wait for some to be closed.
                    tracing::warn!(%error, "can't accept a connection");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
        };
        let Ok(permit) = room.clone().try_acquire_owned() else {
            continue;
        };
        let _ = socket.set_nodelay(true);
        let share = Share::new(shares.clone());
        let socket = FaultySocket::new(socket, permit, share.clone(), &node.faults);
        let middleware = RpcServiceBuilder::new()
            .layer(FaultLayer(node.clone()))
            .layer(ShareLayer(share));
        let (services, methods, connection_stop, node) = (
            services.clone().set_rpc_middleware(middleware),
            methods.clone(),
            stop.clone(),
            node.clone(),
        );
        let service = tower::service_fn(move |request| {
            let refusal = node.faults.http();
            let mut service = services
                .clone()
                .build(methods.clone(), connection_stop.clone());
            async move {
                match refusal {
                    Some(status) => Ok(refuse(status)),
                    None => service.call(request).await.map_err(io::Error::other),
                }
            }
        });
        let stopped = stop.clone();
        tokio::spawn(async move {
            if let Err(error) =
                serve_with_graceful_shutdown(socket, service, stopped.shutdown()).await
            {
                tracing::debug!(%error, "connection ended");
            }
        });
    }
}

fn refuse(status: u16) -> HttpResponse {
    let mut response = HttpResponse::new(HttpBody::from("planned refusal"));
    if let Ok(status) = status.try_into() {
        *response.status_mut() = status;
    }
    response
}
