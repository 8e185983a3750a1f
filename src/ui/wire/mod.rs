//! The protocol's JSON as the page reads and writes it.
//!
//! The engine uses serde. Its derived code for enums with tags is read twice over and would be a third
//! of the page's download, so the page has a reader and a writer of its own: [`json`] knows the text,
//! [`record`] turns values into structs by lists of their fields, and the other files hold those lists.
//! A field that is missing in a list does not compile, and `tests.rs` compares both directions with serde.

mod analyses;
mod dashboard;
mod document;
mod json;
mod model;
mod protocol;
mod quality;
mod recipe;
mod record;
mod relations;
#[cfg(test)]
mod tests;

pub use json::Json;
pub use record::{Read, Write};

use super::state::Document;
use crate::protocol::{Message, Ready, Request};

/// One line from the worker.
#[derive(Debug, Clone, PartialEq)]
pub enum FromWorker {
    Ready(Ready),
    /// Its last words.
    Panic(String),
    Message(Box<Message>),
}

/// `None` where the line is not JSON or not of the protocol.
pub fn read_line(line: &str) -> Option<FromWorker> {
    let mut json = Json::parse(line)?;
    if json.has("panic") {
        return Some(FromWorker::Panic(line.into()));
    }
    let mut is_valid = true;
    let read = if json.has("ready") {
        FromWorker::Ready(json.field("ready", &mut is_valid))
    } else {
        FromWorker::Message(Box::read(&mut json, &mut is_valid))
    };
    is_valid.then_some(read)
}

/// A request as a line for the worker.
pub fn request_line(id: u64, request: &Request) -> String {
    let mut line = Json::object();
    line.set("id", id.write());
    line.set("request", request.write());
    line.to_text()
}

/// A request as a text that two equal requests share.
pub fn request_key(request: &Request) -> String {
    request.write().to_text()
}

/// A document as the text of a link.
pub fn document_text(document: &Document) -> String {
    document.write().to_text()
}

pub fn read_document(text: &str) -> Option<Document> {
    let mut is_valid = true;
    let document = Document::read(&mut Json::parse(text)?, &mut is_valid);
    is_valid.then_some(document)
}
