//! Cooperative pacing of long work: progress out, cancellation in, the event loop kept alive.
//!
//! The engine computes in slices on one thread. Work that can take longer than a frame calls
//! [`Pace::step`] between slices of at most a few milliseconds; most calls return at once, and every
//! [`SLICE_MS`] one of them hands control back to the host, so that a `cancel` can arrive.
//! One worker with slices was chosen over a second worker: tables live in one memory, and nothing is copied.

use crate::model::EngineError;
use std::cell::Cell;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

/// How long work may run before the host gets a turn.
pub const SLICE_MS: f64 = 12.0;

/// What surrounds the engine: a browser worker, a process, a test.
pub trait Host {
    /// Milliseconds from any fixed point.
    fn now_ms(&self) -> f64;
    /// Tells the requester how far the work is; `done` from 0 to 1.
    fn report(&self, done: f64, stage: &str);
    fn is_cancelled(&self) -> bool;
    /// Gives pending messages their turn.
    fn pause(&self) -> Pin<Box<dyn Future<Output = ()>>>;
}

/// The handle that long work carries.
#[derive(Clone)]
pub struct Pace {
    host: Rc<dyn Host>,
    last_pause_ms: Rc<Cell<f64>>,
    range: (f64, f64),
}

impl fmt::Debug for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pace").field("range", &self.range).finish_non_exhaustive()
    }
}

impl Pace {
    pub fn new(host: Rc<dyn Host>) -> Self {
        let now_ms = host.now_ms();
        Self { host, last_pause_ms: Rc::new(Cell::new(now_ms)), range: (0.0, 1.0) }
    }

    /// A pace without a host: never reports, never cancels. For tests and small work.
    pub fn unhosted() -> Self {
        Self::new(Rc::new(NoHost))
    }

    /// A pace whose 0 to 1 is `from` to `to` of this one: for a part of a longer job.
    #[must_use]
    pub fn part(&self, from: f64, to: f64) -> Self {
        let (low, high) = self.range;
        let range = (low + (high - low) * from, low + (high - low) * to);
        Self { host: self.host.clone(), last_pause_ms: self.last_pause_ms.clone(), range }
    }

    /// Milliseconds from any fixed point: the clock that works natively and in the browser.
    pub fn now_ms(&self) -> f64 {
        self.host.now_ms()
    }

    /// Call between slices of work. `Err` is the error `cancelled`: pass it on with `?`.
    pub async fn step(&self, done: f64, stage: &str) -> Result<(), EngineError> {
        let now_ms = self.host.now_ms();
        if now_ms - self.last_pause_ms.get() < SLICE_MS {
            return Ok(());
        }
        let (low, high) = self.range;
        self.host.report(low + (high - low) * done.clamp(0.0, 1.0), stage);
        self.host.pause().await;
        self.last_pause_ms.set(self.host.now_ms());
        if self.host.is_cancelled() { Err(EngineError::cancelled()) } else { Ok(()) }
    }
}

#[derive(Debug)]
struct NoHost;

impl Host for NoHost {
    fn now_ms(&self) -> f64 {
        0.0
    }
    fn report(&self, _done: f64, _stage: &str) {}
    fn is_cancelled(&self) -> bool {
        false
    }
    fn pause(&self) -> Pin<Box<dyn Future<Output = ()>>> {
        Box::pin(std::future::ready(()))
    }
}

/// Work with code of its own. Without it the compiler makes one function of a request and all that it awaits, which
/// a browser takes a second to optimise, and does so again whenever it has guessed wrong about any part of it.
pub fn apart<'a, T>(work: impl Future<Output = T> + 'a) -> Pin<Box<dyn Future<Output = T> + 'a>> {
    Box::pin(work)
}

/// Runs work to its end on this thread; for hosts whose `pause` is always ready.
pub fn block_on<T>(work: impl Future<Output = T>) -> T {
    let mut work = std::pin::pin!(work);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(value) = work.as_mut().poll(&mut context) {
            return value;
        }
    }
}
