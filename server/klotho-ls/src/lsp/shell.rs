//! What stands between the transport and tower-lsp's service: order, panics, the stages of a session.

use super::convert::mend_uris;
use super::frames::UNREADABLE;
use super::mended::mend_capabilities;
use super::requests::klotho::{GRAPH, STATUS};
use serde_json::{Value, json};
use std::any::Any;
use std::fmt;
use std::future::{Future, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use tokio::sync::Notify;
use tower::Service;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};

type Answer<E> = Result<Option<Response>, E>;
type Pending<E> = Pin<Box<dyn Future<Output = Answer<E>> + Send>>;

/// How the session ends.
#[derive(Clone, Default)]
pub(super) struct Exit {
    inner: Arc<Ending>,
}

#[derive(Default)]
struct Ending {
    shut_down: AtomicBool,
    cut_short: AtomicBool,
    gone: Notify,
    now: Notify,
}

impl Exit {
    /// The client has said its last word. Answers that are under way may still be given.
    pub(super) fn gone(&self) {
        self.inner.gone.notify_one();
    }

    /// The client is gone without a word.
    pub(super) fn cut_short(&self) {
        self.inner.cut_short.store(true, Ordering::SeqCst);
        self.gone();
    }

    /// Whether the client was gone before it said goodbye.
    pub(super) fn is_cut_short(&self) -> bool {
        self.code() != 0 && self.inner.cut_short.load(Ordering::SeqCst)
    }

    /// Ends the session without waiting for anything.
    pub(super) fn now(&self) {
        self.inner.now.notify_one();
    }

    /// Returns when the session has to end: at once when asked to, `grace` after the client has gone.
    pub(super) async fn due(&self, grace: Duration) {
        let gone = async {
            self.inner.gone.notified().await;
            tokio::time::sleep(grace).await;
        };
        tokio::select! {
            () = self.inner.now.notified() => {}
            () = gone => {}
        }
    }

    /// 0 if the client said goodbye first, else 1.
    pub(super) fn code(&self) -> u8 {
        u8::from(!self.inner.shut_down.load(Ordering::SeqCst))
    }
}

/// Where in its life a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Fresh,
    Running,
    ShutDown,
}

/// Wraps tower-lsp's service.
pub(super) struct Shell<S> {
    inner: S,
    exit: Exit,
    stage: Stage,
}

impl<S> Shell<S> {
    pub(super) fn new(inner: S, exit: Exit) -> Self {
        Self { inner, exit, stage: Stage::Fresh }
    }

    /// The answer to what must not reach a handler: what is no message, and requests outside their time. (tower-lsp
    /// refuses the latter only for the methods that it knows.)
    fn refusal(&self, request: &Request) -> Option<Option<Response>> {
        let error = match (self.stage, request.method()) {
            // An answer to a request of ours in a form that cannot be read.
            (_, "") => return Some(None),
            (_, UNREADABLE) => return Some(Some(Response::from_error(Id::Null, stated_error(request)))),
            (Stage::Fresh, "initialize") | (Stage::Running, _) => return None,
            (Stage::Fresh, _) => not_initialized(),
            (Stage::ShutDown, _) => Error::invalid_request(),
        };
        let id = request.id()?.clone();
        Some(Some(Response::from_error(id, error)))
    }

    fn follow<E>(&mut self, is_initialize: bool, answer: &Poll<Answer<E>>) {
        if let Poll::Ready(Ok(Some(response))) = answer
            && is_initialize
            && response.is_ok()
        {
            self.stage = Stage::Running;
        }
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
        if let Some(answer) = self.refusal(&request) {
            return Box::pin(ready(Ok(answer)));
        }
        let request = mended(request);
        let id = request.id().cloned();
        let about = About::new(&request);
        let is_initialize = request.method() == "initialize";
        match request.method() {
            "shutdown" => {
                self.stage = Stage::ShutDown;
                self.exit.inner.shut_down.store(true, Ordering::SeqCst);
            }
            "exit" => self.exit.gone(),
            _ => {}
        }
        let inner: Pending<S::Error> = match catch_unwind(AssertUnwindSafe(|| self.inner.call(request))) {
            Ok(future) => Box::pin(future),
            Err(panic) => {
                let error = internal_error(&about.to_string(), &*panic);
                return Box::pin(ready(Ok(id.map(|id| Response::from_error(id, error)))));
            }
        };
        let mut guarded = Guarded { inner, id, about };
        // Messages arrive here one after the other, and a handler's first step is to enqueue. Taking that step now, not
        // when the transport gets round to it, is what keeps edits and the questions behind them in order.
        let answer = Pin::new(&mut guarded).poll(&mut Context::from_waker(Waker::noop()));
        self.follow(is_initialize, &answer);
        match answer {
            Poll::Ready(answer) => Box::pin(ready(answer)),
            Poll::Pending => Box::pin(guarded),
        }
    }
}

/// The request as it should have been sent: URIs without bare characters; no parameters where there are none to send.
fn mended(request: Request) -> Request {
    let (method, id, params) = request.into_parts();
    let (takes_none, is_greeting) = (["shutdown", STATUS].contains(&&*method), method == "initialize");
    let params = params.or_else(|| (method == GRAPH).then(|| json!({})));
    let mut mended = Request::build(method);
    if let Some(id) = id {
        mended = mended.id(id);
    }
    match params {
        Some(mut params) if !takes_none => {
            mend_uris(&mut params);
            if is_greeting {
                mend_capabilities(&mut params);
            }
            mended.params(params).finish()
        }
        _ => mended.finish(),
    }
}

/// A handler that answers exactly once, whatever happens in it.
struct Guarded<E> {
    inner: Pending<E>,
    /// Whom to answer; nobody, if it is a notification.
    id: Option<Id>,
    about: About,
}

/// As much of a message as it takes to ask the same again.
struct About {
    method: String,
    /// The document and the place.
    place: [Option<Value>; 2],
}

impl About {
    fn new(request: &Request) -> Self {
        let found = |name| request.params().and_then(|params| params.pointer(name)).cloned();
        Self {
            method: request.method().to_owned(),
            place: [found("/textDocument/uri"), found("/position").or_else(|| found("/range"))],
        }
    }
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.method)?;
        self.place.iter().flatten().try_for_each(|part| write!(f, " {part}"))
    }
}

impl<E> Future for Guarded<E> {
    type Output = Answer<E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let mut refuse = |error| Ok(this.id.take().map(|id| Response::from_error(id, error)));
        Poll::Ready(match catch_unwind(AssertUnwindSafe(|| this.inner.as_mut().poll(context))) {
            Ok(Poll::Pending) => return Poll::Pending,
            // tower-lsp is silent about unknown methods in `$/`, also when someone waits for an answer.
            Ok(Poll::Ready(Ok(None))) => refuse(Error::method_not_found()),
            Ok(Poll::Ready(answer)) => {
                let error = answer.as_ref().ok().and_then(|answer| answer.as_ref()?.error());
                if error.is_some_and(|error| error.code == ErrorCode::InternalError) {
                    tracing::error!("{} failed", this.about);
                }
                answer
            }
            Err(panic) => refuse(internal_error(&this.about.to_string(), &*panic)),
        })
    }
}

fn not_initialized() -> Error {
    let message = "the session has not been initialized".into();
    Error { code: ErrorCode::ServerError(-32002), message, data: None }
}

fn stated_error(request: &Request) -> Error {
    let param = |at: usize| request.params().and_then(|params| params.get(at));
    let code = param(0).and_then(Value::as_i64).map_or(ErrorCode::InvalidRequest, ErrorCode::from);
    let message = param(1).and_then(Value::as_str).map_or(code.description(), |message| message);
    Error { code, message: message.to_owned().into(), data: None }
}

/// The answer to a request whose handling panicked. `what` says in the log what was asked, of which document.
pub(super) fn internal_error(what: &str, panic: &(dyn Any + Send)) -> Error {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
    tracing::error!("{what} panicked: {text}");
    Error {
        code: ErrorCode::InternalError,
        message: format!("klotho-ls failed on this request ({text}); the server goes on").into(),
        data: None,
    }
}
