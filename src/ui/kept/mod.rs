//! Work that outlives the page: the document and its files, kept on this device.
//!
//! A *work* is what one tab has open: a document and the files it reads. It is kept in the origin private
//! file system, in the directory `playhead`, or in the IndexedDB database `playhead` where files there
//! cannot be written. Both hold a flat list of names ([`names`]):
//!
//! - `<work>.<key>.data`: the bytes of one file. Written once, never changed.
//! - `<work>.a.json`, `<work>.b.json`: the two places of the manifest ([`manifest`]), written by turns, after the
//!   files that it names. One of them is whole at any moment; the newest that is whole, with all its files there,
//!   counts.
//!
//! Several tabs: each keeps a work of its own and holds the Web Lock `playhead.work.<work>` as long as it lives.
//! A tab writes only names of its own work, and clears away only what belongs to itself or to no living tab. A
//! work that is opened while another tab has it is copied.
//!
//! [`state`], [`update`], [`manifest`], [`zip`] and [`workspace`] know no browser; [`keeper`] and the files below it
//! do the keeping. A workspace file ([docs/workspace.md](../../../docs/workspace.md)) holds one work for elsewhere.

mod carry;
mod crc32;
pub(super) mod js;
mod keeper;
mod locks;
mod manifest;
mod names;
mod offer;
mod panel;
pub mod state;
mod store;
pub mod update;
mod words;
mod workspace;
mod zip;

#[cfg(test)]
mod tests;

pub use carry::{is_workspace, open as open_workspace};
pub use keeper::{perform, start};
pub use offer::offer;
pub use panel::{bar_state, panel};
pub use state::{Found, KeptCommand, KeptEffect, KeptView};
