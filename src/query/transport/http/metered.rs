//! A connection whose every byte is counted, and of which no poll takes much: below any protocol, since a protocol may
//! throw away what it reads (the zeros before a chunk's size, interim responses) without telling anyone.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// Most bytes of one read.
const PIECE: usize = 8 * 1024;
/// After so many bytes the others have their turn: a flood that never runs dry would otherwise be read to its end.
const TURN: usize = 2 * PIECE;

/// Reads no more than it may.
#[derive(Debug)]
pub struct Metered {
    stream: TcpStream,
    left: usize,
    turn: usize,
}

/// More came than may come.
#[derive(Debug, thiserror::Error)]
#[error("more bytes than a response may have")]
pub struct TooMuch;

impl Metered {
    /// `most` is how many bytes may come in all.
    pub fn new(stream: TcpStream, most: usize) -> Self {
        Self {
            stream,
            left: most,
            turn: TURN,
        }
    }
}

impl AsyncRead for Metered {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.turn == 0 {
            this.turn = TURN;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let mut piece = [0; PIECE];
        let most = PIECE.min(this.turn).min(buf.remaining());
        let mut read = ReadBuf::new(&mut piece[..most]);
        ready!(Pin::new(&mut this.stream).poll_read(cx, &mut read))?;
        let came = read.filled();
        let left = this.left.checked_sub(came.len());
        this.left = left.ok_or_else(|| io::Error::other(TooMuch))?;
        this.turn -= came.len();
        buf.put_slice(came);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Metered {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write(cx, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write_vectored(cx, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
