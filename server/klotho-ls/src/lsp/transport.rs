//! The two ends of the connection, each of which notices when the other side is gone.

use super::frames;
use super::shell::Exit;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker, ready};
use tokio::io::{AsyncRead, AsyncWrite, BufReader, ReadBuf};
use tokio::sync::mpsc;

/// How many messages may lie between the client and the service.
const QUEUE: usize = 64;

/// Large documents arrive in large pieces.
const BUFFER: usize = 64 << 10;

/// How many messages are taken from a client that reads none of ours: enough for one that writes all it has before it reads,
/// and what their answers hold stays within bounds.
const AHEAD: usize = 4096;

/// Whether the client reads what is written: the two ends know of each other.
#[derive(Clone, Default)]
pub(super) struct Pressure(Arc<Mutex<Held>>);

#[derive(Default)]
struct Held {
    /// Whether the client has been given something that it has not read.
    is_blocked: bool,
    /// How many messages were taken since.
    taken: usize,
    /// Who wants to read.
    reader: Option<Waker>,
}

impl Pressure {
    /// Lets a message be taken, unless too many wait for their answers to be read.
    fn admit(&self, context: &Context<'_>) -> Poll<()> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.is_blocked && held.taken >= AHEAD {
            held.reader = Some(context.waker().clone());
            return Poll::Pending;
        }
        Poll::Ready(())
    }

    fn took(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).taken += 1;
    }

    fn wrote(&self, is_done: bool) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if is_done || !held.is_blocked {
            held.taken = 0;
        }
        held.is_blocked = !is_done;
        let reader = held.reader.take_if(|_| is_done);
        drop(held);
        if let Some(reader) = reader {
            reader.wake();
        }
    }
}

/// What tower-lsp reads: well-formed messages only.
pub(super) struct Input {
    frames: mpsc::Receiver<Vec<u8>>,
    current: io::Cursor<Vec<u8>>,
    pressure: Pressure,
}

impl Input {
    /// Reads messages from `source` until it ends.
    pub(super) fn start(
        source: impl AsyncRead + Unpin + Send + 'static,
        exit: Exit,
        pressure: Pressure,
    ) -> Self {
        let (sender, frames) = mpsc::channel(QUEUE);
        tokio::spawn(async move {
            let mut source = BufReader::with_capacity(BUFFER, source);
            let mut rest = 0;
            loop {
                match frames::next(&mut source, &mut rest).await {
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
        Self { frames, current: io::Cursor::default(), pressure }
    }
}

impl AsyncRead for Input {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.current.position() == self.current.get_ref().len() as u64 {
            ready!(self.pressure.admit(context));
            match ready!(self.frames.poll_recv(context)) {
                Some(frame) => {
                    self.pressure.took();
                    self.current = io::Cursor::new(frame);
                }
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
    pressure: Pressure,
}

impl<W> Output<W> {
    pub(super) fn new(inner: W, exit: Exit, pressure: Pressure) -> Self {
        Self { inner, exit, pressure }
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
        let result = Pin::new(&mut self.inner).poll_write(context, bytes);
        self.pressure.wrote(result.is_ready());
        self.notice(ready!(result))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let result = Pin::new(&mut self.inner).poll_flush(context);
        self.pressure.wrote(result.is_ready());
        self.notice(ready!(result))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}
