//! Small pieces that every screen uses. Plain functions from values to views.

pub mod callout;
pub mod chart;
pub mod field;
pub mod figure;
pub mod icon;
pub mod progress;
