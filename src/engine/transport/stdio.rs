//! JSON Lines on stdin and stdout. A thread reads, so that a cancel is seen while the engine computes.

use super::PROGRESS_EVERY_MS;
use crate::engine::inbox::Inbox;
use crate::engine::{Answer, Attachments, Session};
use crate::model::{EngineError, ErrorCode};
use crate::pace::{Host, Pace, block_on};
use crate::protocol::{Message, Outcome, Progress, Reply, Source};
use crate::tables::{ByteSource, PathSource};
use std::cell::{Cell, RefCell};
use std::future::{Future, ready};
use std::io::{BufRead, Write};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Instant;

/// Answers every line of `input` on `output`, until the input ends.
///
/// # Errors
/// Only when `output` cannot be written.
pub fn serve(input: impl BufRead + Send + 'static, output: impl Write + 'static) -> std::io::Result<()> {
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        for line in input.lines() {
            // A line that is not UTF-8 is passed on as text that no request matches.
            let line = line.unwrap_or_else(|cause| format!("unreadable: {cause}"));
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    let wire = Rc::new(Wire {
        lines,
        inbox: Inbox::default(),
        output: RefCell::new(Box::new(output)),
        fault: RefCell::new(None),
        start: now(),
    });
    let mut session = Session::default();
    while let Some(line) = wire.next_line() {
        wire.accept(&line);
        wire.accept_waiting();
        while let Some(job) = wire.inbox.start_next() {
            let host = RequestHost { id: job.id, wire: wire.clone(), last_report_ms: Cell::new(f64::MIN) };
            let outcome = if wire.inbox.is_cancelled(job.id) {
                Err(EngineError::cancelled())
            } else {
                block_on(session.answer(job.request, &Files, &Pace::new(Rc::new(host))))
            };
            wire.inbox.finish();
            wire.send(&Message { id: Some(job.id), outcome: outcome.map_or_else(Outcome::Error, with_text) });
            wire.accept_waiting();
        }
        if let Some(fault) = wire.fault.borrow_mut().take() {
            return Err(fault);
        }
    }
    Ok(())
}

/// Natively an export without a path is part of the reply.
fn with_text(answer: Answer) -> Outcome {
    let mut reply = answer.reply;
    if let (Reply::Exported { text, .. }, Some(bytes)) = (&mut reply, answer.bytes) {
        *text = Some(String::from_utf8_lossy(&bytes).into_owned());
    }
    Outcome::Reply(Box::new(reply))
}

struct Wire {
    lines: Receiver<String>,
    inbox: Inbox<()>,
    output: RefCell<Box<dyn Write>>,
    fault: RefCell<Option<std::io::Error>>,
    start: Instant,
}

impl Wire {
    /// Waits for a line with something in it.
    fn next_line(&self) -> Option<String> {
        self.lines.iter().find(|line| !line.trim().is_empty())
    }

    fn accept(&self, line: &str) {
        if let Some(answer) = self.inbox.accept(line, ()) {
            self.send(&answer);
        }
    }

    /// Takes in what has arrived, without waiting.
    fn accept_waiting(&self) {
        for line in self.lines.try_iter().filter(|line| !line.trim().is_empty()) {
            self.accept(&line);
        }
    }

    fn send(&self, message: &Message) {
        let written = serde_json::to_string(message).map_err(std::io::Error::from).and_then(|line| {
            let mut output = self.output.borrow_mut();
            writeln!(output, "{line}")?;
            output.flush()
        });
        if let Err(cause) = written {
            *self.fault.borrow_mut() = Some(cause);
        }
    }
}

struct RequestHost {
    id: u64,
    wire: Rc<Wire>,
    last_report_ms: Cell<f64>,
}

impl Host for RequestHost {
    fn now_ms(&self) -> f64 {
        self.wire.start.elapsed().as_secs_f64() * 1e3
    }

    fn report(&self, done: f64, stage: &str) {
        let now_ms = self.now_ms();
        if now_ms - self.last_report_ms.get() >= PROGRESS_EVERY_MS {
            self.last_report_ms.set(now_ms);
            let progress = Progress { done, stage: stage.into() };
            self.wire.send(&Message { id: Some(self.id), outcome: Outcome::Progress(progress) });
        }
    }

    fn is_cancelled(&self) -> bool {
        self.wire.inbox.is_cancelled(self.id)
    }

    fn pause(&self) -> Pin<Box<dyn Future<Output = ()>>> {
        self.wire.accept_waiting();
        Box::pin(ready(()))
    }
}

/// Files on this computer.
struct Files;

impl Attachments for Files {
    fn open(&self, source: &Source) -> Result<Box<dyn ByteSource>, EngineError> {
        match source {
            Source::Path(path) => Ok(Box::new(PathSource::open(path)?)),
            Source::File(name) | Source::Text(name) => {
                let message = "A file can be attached in the browser only.";
                let error = EngineError::new(ErrorCode::BadOption, message).at_file(name);
                Err(error.at_field("source").hint("Use {\"path\": \"...\"}."))
            }
        }
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), EngineError> {
        std::fs::write(path, bytes).map_err(|cause| {
            let message = format!("The file cannot be written: {cause}.");
            EngineError::new(ErrorCode::Io, message).at_file(path).at_field("path")
        })
    }
}

#[allow(clippy::disallowed_methods, reason = "this file is native only, where the clock exists")]
fn now() -> Instant {
    Instant::now()
}
