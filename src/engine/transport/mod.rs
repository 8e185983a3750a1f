//! One file a transport: the same JSON lines over stdin and stdout, and over `postMessage`.

#[cfg(target_arch = "wasm32")]
mod blob_source;
#[cfg(target_arch = "wasm32")]
mod crew;
#[cfg(not(target_arch = "wasm32"))]
pub mod stdio;
#[cfg(target_arch = "wasm32")]
pub mod worker;

/// Progress is sent at most this often.
const PROGRESS_EVERY_MS: f64 = 50.0;
