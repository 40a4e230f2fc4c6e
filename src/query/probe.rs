//! Whether anybody is there at an address at all: a bare request, for its first byte.
//!
//! Not signed and never judged. A connection alone proves nothing, since a kernel accepts for a program that hangs.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Whether anything comes back within `patience`.
pub async fn answers(address: SocketAddr, patience: Duration) -> bool {
    let asked = timeout(patience, first_byte(address));
    matches!(asked.await, Ok(Ok(1)))
}

async fn first_byte(address: SocketAddr) -> std::io::Result<usize> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET / HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    stream.read(&mut [0; 1]).await
}
