//! Playhead: questions about viewers of streaming platforms, answered in the page.
//!
//! The layers, from the bottom; each imports only what stands above it in this list
//! (`tests/layers.rs` holds the rule):
//! `format`, `model`, `pace`, `stats`, `tables`, `scenarios`, `analyses`, `protocol`, `engine`, `charts`, `ui`.

pub mod analyses;
pub mod format;
pub mod model;
pub mod pace;
pub mod protocol;

#[cfg(feature = "engine")]
pub mod engine;
#[cfg(feature = "engine")]
pub mod scenarios;
#[cfg(feature = "engine")]
pub mod stats;
#[cfg(feature = "engine")]
pub mod tables;

#[cfg(feature = "charts")]
pub mod charts;
#[cfg(feature = "app")]
pub mod ui;
