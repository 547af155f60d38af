//! The two ends of the connection, each of which notices when the other side is gone.

use super::frames;
use super::shell::Exit;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, BufReader, ReadBuf};
use tokio::sync::mpsc;

/// How many messages may lie between the client and the service.
const QUEUE: usize = 64;

/// Large documents arrive in large pieces.
const BUFFER: usize = 64 << 10;

/// What tower-lsp reads: well-formed messages only.
pub(super) struct Input {
    frames: mpsc::Receiver<Vec<u8>>,
    current: io::Cursor<Vec<u8>>,
}

impl Input {
    /// Reads messages from `source` until it ends.
    pub(super) fn start(source: impl AsyncRead + Unpin + Send + 'static, exit: Exit) -> Self {
        let (sender, frames) = mpsc::channel(QUEUE);
        tokio::spawn(async move {
            let mut source = BufReader::with_capacity(BUFFER, source);
            loop {
                match frames::next(&mut source).await {
                    Ok(Some(body)) => {
                        let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
                        frame.extend(body);
                        if sender.send(frame).await.is_err() {
                            break;
                        }
                    }
                    Ok(None) => break,
                    Err(error) => {
                        tracing::info!("cannot read what the client says: {error}");
                        break;
                    }
                }
            }
            exit.cut_short();
        });
        Self { frames, current: io::Cursor::default() }
    }
}

impl AsyncRead for Input {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.current.position() == self.current.get_ref().len() as u64 {
            match ready!(self.frames.poll_recv(context)) {
                Some(frame) => self.current = io::Cursor::new(frame),
                None => return Poll::Ready(Ok(())),
            }
        }
        Pin::new(&mut self.current).poll_read(context, buffer)
    }
}

/// What tower-lsp writes to.
pub(super) struct Output<W> {
    inner: W,
    exit: Exit,
}

impl<W> Output<W> {
    pub(super) fn new(inner: W, exit: Exit) -> Self {
        Self { inner, exit }
    }

    /// A client that no longer reads is gone, whether or not our input has ended.
    fn notice<T>(&self, result: io::Result<T>) -> Poll<io::Result<T>> {
        if result.is_err() {
            self.exit.gone();
        }
        Poll::Ready(result)
    }
}

impl<W: AsyncWrite + Unpin> AsyncWrite for Output<W> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let result = ready!(Pin::new(&mut self.inner).poll_write(context, bytes));
        self.notice(result)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let result = ready!(Pin::new(&mut self.inner).poll_flush(context));
        self.notice(result)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}
