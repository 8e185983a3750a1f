//! The engine: the session's tables, and one exhaustive match over the requests.
//!
//! Knows every layer below it, and nothing of the screen.

mod brush;
mod inbox;
mod related;
#[cfg(feature = "schema")]
pub mod schema;
mod session;
pub mod transport;
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "only a browser has to be warmed up"))]
mod warm_up;

pub use session::{Answer, Attachments, Session};
