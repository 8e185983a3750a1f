//! The page: Leptos on the main thread.
//!
//! [`state`] is one plain value, [`update`] the only function that changes it, and [`sync`] decides
//! what to ask the engine. Those know nothing of a browser and are tested natively. The rest draws
//! the state ([`pages`], [`forms`], [`results`], [`parts`]) and carries out effects ([`runtime`]).
//! Nothing here computes a statistic: that is the engine's, and the wall between the two is a
//! Cargo feature.

mod answer;
pub mod app;
pub mod case_study;
pub mod chart_builder;
pub mod command;
mod contents;
pub mod dashboard;
mod dom;
mod engine_client;
mod files;
mod forms;
pub mod grid;
mod hero;
mod history;
pub mod kept;
mod list_map;
mod opened_with;
mod order;
mod pages;
pub mod parts;
pub mod preview;
mod quality;
pub mod recipe;
pub mod relations;
mod results;
pub mod route;
mod runtime;
pub mod same_shape;
pub mod slot;
mod sources;
mod start;
pub mod state;
pub mod suggest;
mod sync;
pub mod update;
mod wire;

#[cfg(test)]
mod tests;
