//! What stands between the transport and tower-lsp's service: order, panics, the end.

use std::any::Any;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};
use tokio::sync::Notify;
use tower::Service;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};

type Answer<E> = Result<Option<Response>, E>;
type Pending<E> = Pin<Box<dyn Future<Output = Answer<E>> + Send>>;

/// How the session ends.
#[derive(Clone, Default)]
pub(super) struct Exit {
    shut_down: Arc<AtomicBool>,
    asked: Arc<Notify>,
}

impl Exit {
    /// Ends the session without waiting for what is under way.
    pub(super) fn now(&self) {
        self.asked.notify_one();
    }

    /// Returns when the session has to end.
    pub(super) async fn asked(&self) {
        self.asked.notified().await;
    }

    /// 0 if the client said goodbye first, else 1.
    pub(super) fn code(&self) -> u8 {
        u8::from(!self.shut_down.load(Ordering::SeqCst))
    }
}

/// Wraps tower-lsp's service.
pub(super) struct Shell<S> {
    inner: S,
    exit: Exit,
}

impl<S> Shell<S> {
    pub(super) fn new(inner: S, exit: Exit) -> Self {
        Self { inner, exit }
    }
}

impl<S> Service<Request> for Shell<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    type Response = Option<Response>;
    type Error = S::Error;
    type Future = Pending<S::Error>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let id = request.id().cloned();
        match request.method() {
            "shutdown" => self.exit.shut_down.store(true, Ordering::SeqCst),
            "exit" => self.exit.now(),
            _ => {}
        }
        let mut guarded = Guarded { inner: Box::pin(self.inner.call(request)), id };
        // Messages arrive here one after the other, and a handler's first step is to enqueue. Taking that step now, not
        // when the transport gets round to it, is what keeps edits and the questions behind them in order.
        match Pin::new(&mut guarded).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => Box::pin(std::future::ready(answer)),
            Poll::Pending => Box::pin(guarded),
        }
    }
}

/// A handler whose panic becomes an answer.
struct Guarded<E> {
    inner: Pending<E>,
    id: Option<Id>,
}

impl<E> Future for Guarded<E> {
    type Output = Answer<E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        match catch_unwind(AssertUnwindSafe(|| this.inner.as_mut().poll(context))) {
            Ok(polled) => polled,
            Err(panic) => {
                let error = internal_error(&*panic);
                Poll::Ready(Ok(this.id.take().map(|id| Response::from_error(id, error))))
            }
        }
    }
}

/// The answer to a request whose handling panicked. The details are in the log.
pub(super) fn internal_error(panic: &(dyn Any + Send)) -> Error {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
    tracing::error!("a request panicked: {text}");
    Error {
        code: ErrorCode::InternalError,
        message: format!("klotho-ls failed on this request ({text}); the server goes on").into(),
        data: None,
    }
}
