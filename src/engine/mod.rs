//! The engine: the session's tables, and one exhaustive match over the requests.
//!
//! Knows every layer below it, and nothing of the screen.

mod inbox;
#[cfg(feature = "schema")]
pub mod schema;
mod session;
pub mod transport;

pub use session::{Answer, Attachments, Session};
