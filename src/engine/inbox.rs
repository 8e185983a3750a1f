//! Requests that wait, the one that runs, and which of them are cancelled.
//!
//! Requests are answered one after the other, in the order they came. `cancel` alone is answered at
//! once: it marks its target, and the running work sees the mark at its next [`crate::pace::Pace::step`].

use crate::model::{EngineError, ErrorCode};
use crate::protocol::{Incoming, Message, Outcome, Reply, Request};
use std::cell::RefCell;
use std::collections::VecDeque;

/// A request with whatever travels beside it (files in the browser, nothing natively).
#[derive(Debug)]
pub(super) struct Job<A> {
    pub id: u64,
    pub request: Request,
    #[cfg_attr(
        not(target_arch = "wasm32"),
        allow(dead_code, reason = "natively nothing travels beside a line")
    )]
    pub attachments: A,
}

#[derive(Debug)]
pub(super) struct Inbox<A> {
    state: RefCell<State<A>>,
}

#[derive(Debug)]
struct State<A> {
    waiting: VecDeque<Job<A>>,
    running_id: Option<u64>,
    cancelled_ids: Vec<u64>,
}

impl<A> Default for Inbox<A> {
    fn default() -> Self {
        let state = State { waiting: VecDeque::new(), running_id: None, cancelled_ids: Vec::new() };
        Self { state: RefCell::new(state) }
    }
}

impl<A> Inbox<A> {
    /// Takes a line in. What can be answered at once (a cancel, a line that is no request) is answered.
    pub fn accept(&self, line: &str, attachments: A) -> Option<Message> {
        match parse(line) {
            Ok(Incoming { id, request: Request::Cancel { target } }) => {
                let was_known = self.cancel(target);
                let reply = Reply::Cancelled { target, was_known };
                Some(Message { id: Some(id), outcome: Outcome::Reply(Box::new(reply)) })
            }
            Ok(Incoming { id, request }) => {
                self.state.borrow_mut().waiting.push_back(Job { id, request, attachments });
                None
            }
            Err((id, error)) => Some(Message { id, outcome: Outcome::Error(error) }),
        }
    }

    /// The next request to work on; it counts as running until [`Self::finish`].
    pub fn start_next(&self) -> Option<Job<A>> {
        let mut state = self.state.borrow_mut();
        let job = state.waiting.pop_front()?;
        state.running_id = Some(job.id);
        Some(job)
    }

    pub fn finish(&self) {
        let mut state = self.state.borrow_mut();
        if let Some(id) = state.running_id.take() {
            state.cancelled_ids.retain(|cancelled_id| *cancelled_id != id);
        }
    }

    pub fn is_cancelled(&self, id: u64) -> bool {
        self.state.borrow().cancelled_ids.contains(&id)
    }

    #[cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "the worker alone asks"))]
    pub fn is_running(&self) -> bool {
        self.state.borrow().running_id.is_some()
    }

    /// Something is asked, running or waiting.
    #[cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "the worker alone asks"))]
    pub fn is_busy(&self) -> bool {
        let state = self.state.borrow();
        state.running_id.is_some() || !state.waiting.is_empty()
    }

    fn cancel(&self, target: u64) -> bool {
        let mut state = self.state.borrow_mut();
        let is_known = state.running_id == Some(target) || state.waiting.iter().any(|job| job.id == target);
        if is_known && !state.cancelled_ids.contains(&target) {
            state.cancelled_ids.push(target);
        }
        is_known
    }
}

/// Reads a line; the error keeps the id where it can be made out.
fn parse(line: &str) -> Result<Incoming, (Option<u64>, EngineError)> {
    serde_json::from_str(line).map_err(|cause| {
        let id =
            serde_json::from_str::<serde_json::Value>(line).ok().and_then(|value| value.get("id")?.as_u64());
        let message = format!("This line is not a request: {cause}.");
        let hint = "A request is one line of JSON: {\"id\":1,\"request\":{\"type\":\"tables\"}}. \
                    The forms are in docs/protocol.md.";
        (id, EngineError::new(ErrorCode::BadRequest, message).hint(hint))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cancel_is_answered_at_once_and_marks_its_target() {
        let inbox = Inbox::default();
        assert!(inbox.accept(r#"{"id":1,"request":{"type":"tables"}}"#, ()).is_none());
        let answer = inbox.accept(r#"{"id":2,"request":{"type":"cancel","target":1}}"#, ()).unwrap();
        assert_eq!(answer.outcome, Outcome::Reply(Box::new(Reply::Cancelled { target: 1, was_known: true })));
        assert_eq!(inbox.start_next().unwrap().id, 1);
        assert!(inbox.is_cancelled(1));
        inbox.finish();
        assert!(!inbox.is_cancelled(1), "the id may be used again");
    }

    #[test]
    fn a_bad_line_is_answered_with_its_id() {
        let inbox = Inbox::default();
        let answer = inbox.accept(r#"{"id":7,"request":{"type":"dance"}}"#, ()).unwrap();
        assert_eq!(answer.id, Some(7));
        let Outcome::Error(error) = answer.outcome else { panic!("an error was expected") };
        assert_eq!(error.code, ErrorCode::BadRequest);
        assert!(error.message.contains("dance"), "{}", error.message);
        assert_eq!(inbox.accept("hello", ()).unwrap().id, None);
    }
}
