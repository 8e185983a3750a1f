//! Seeded worlds: tables with the columns of published case studies, and the effects that were planted in them.
//!
//! A world is a model whose expectations are known exactly, so an estimate can be shown against the truth. The same spec
//! gives the same bytes on every platform. Knows tables, and nothing of statistics or of the protocol.

mod sampling;
mod ui_experiment;

use crate::model::{EngineError, ScenarioSpec, Truth, UiExperimentSpec};
use crate::pace::Pace;
use crate::tables::Table;

/// Makes the tables of a world and lists its planted effects.
///
/// # Errors
/// `BadOption` with `at.field` when a knob is outside its range; `Cancelled`.
pub async fn generate(spec: &ScenarioSpec, pace: &Pace) -> Result<(Vec<Table>, Vec<Truth>), EngineError> {
    match spec {
        ScenarioSpec::UiExperiment(knobs) => ui_experiment::generate(knobs, pace).await,
    }
}

/// A world as menus show it.
#[derive(Debug, Clone, Copy)]
pub struct ScenarioDescription {
    /// The `scenario` of its spec.
    pub scenario: &'static str,
    pub title: &'static str,
    pub summary: &'static str,
    /// The world with every knob at its default.
    pub default_spec: fn() -> ScenarioSpec,
}

/// Every world, in the order of menus.
pub const SCENARIOS: &[&ScenarioDescription] = &[&UI_EXPERIMENT];

const UI_EXPERIMENT: ScenarioDescription = ScenarioDescription {
    scenario: "ui_experiment",
    title: "UI experiment",
    summary: "A streaming service shows half of its viewers a new interface, B. Does it keep them longer than A, on which \
              devices, and at which hours?",
    default_spec: || ScenarioSpec::UiExperiment(UiExperimentSpec::default()),
};
