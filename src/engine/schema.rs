//! The JSON Schema of everything that crosses the protocol.

use crate::protocol::{Incoming, Message, Ready};
use serde_json::{Value, json};

/// Schemas of a request line, a reply line, and the worker's first word.
pub fn schema() -> Value {
    json!({
        "protocol": crate::protocol::PROTOCOL,
        "request": schemars::schema_for!(Incoming),
        "message": schemars::schema_for!(Message),
        "ready": schemars::schema_for!(Ready),
    })
}
