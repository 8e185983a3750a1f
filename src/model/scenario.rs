//! Seeded worlds: their knobs, and the truth that was planted in them.

use serde::{Deserialize, Serialize};

/// Which world to generate, with its seed and knobs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "scenario", rename_all = "snake_case")]
pub enum ScenarioSpec {
    UiExperiment(UiExperimentSpec),
}

/// World 1: a streaming service tests a new interface, B against A.
/// Makes the tables `users` and `sessions`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct UiExperimentSpec {
    /// Any whole number up to 2^53; the same seed gives the same bytes everywhere. The default was chosen among the first 150
    /// because its sample lies close to the planted effects; other seeds scatter as chance has it.
    pub seed: u64,
    /// 2 to 1,000,000.
    pub n_users: u32,
    /// 2 to 5,000,000.
    pub n_sessions: u32,
    /// Share of variant B, 0.01 to 0.99.
    pub share_b: f64,
    /// `true`: each user sees one variant. `false`: each session draws its own.
    pub randomise_users: bool,
    /// B minus A in mean session length, in minutes; A has 11.42. -6 to 20.
    pub effect_length_minutes: f64,
    /// B minus A in the share of sessions that lead to watching, in percentage points; A has 67.1 %.
    /// Bounces follow it: the more sessions lead to watching, the fewer bounce. -50 to 25.
    pub effect_watch_pp: f64,
    /// B minus A in completion among watched sessions, in percentage points; A has 52.8 %. -45 to 40.
    pub effect_completion_pp: f64,
    /// B minus A in mean clicks before watching; A has 1.42. -1 to 5.
    pub effect_clicks: f64,
}

impl Default for UiExperimentSpec {
    fn default() -> Self {
        Self {
            seed: 18,
            n_users: 1_000,
            n_sessions: 5_000,
            share_b: 0.5,
            randomise_users: true,
            effect_length_minutes: 2.12,
            effect_watch_pp: 7.8,
            effect_completion_pp: 9.4,
            effect_clicks: -0.32,
        }
    }
}

/// The range of a knob, ends included.
#[derive(Debug, Clone, Copy)]
pub struct KnobRange<S> {
    /// The field's name in the spec.
    pub field: &'static str,
    pub min: f64,
    pub max: f64,
    /// "minutes", "percentage points"; empty for counts and shares.
    pub unit: &'static str,
    pub value: fn(&S) -> f64,
}

impl UiExperimentSpec {
    /// The largest seed, 2^53: what a number in JSON can hold.
    pub const MAX_SEED: u64 = 1 << 53;

    /// Every numeric knob but the seed.
    pub const RANGES: [KnobRange<Self>; 7] = [
        KnobRange { field: "n_users", min: 2.0, max: 1e6, unit: "", value: |s| f64::from(s.n_users) },
        KnobRange { field: "n_sessions", min: 2.0, max: 5e6, unit: "", value: |s| f64::from(s.n_sessions) },
        KnobRange { field: "share_b", min: 0.01, max: 0.99, unit: "", value: |s| s.share_b },
        KnobRange {
            field: "effect_length_minutes",
            min: -6.0,
            max: 20.0,
            unit: "minutes",
            value: |s| s.effect_length_minutes,
        },
        KnobRange {
            field: "effect_watch_pp",
            min: -50.0,
            max: 25.0,
            unit: "percentage points",
            value: |s| s.effect_watch_pp,
        },
        KnobRange {
            field: "effect_completion_pp",
            min: -45.0,
            max: 40.0,
            unit: "percentage points",
            value: |s| s.effect_completion_pp,
        },
        KnobRange { field: "effect_clicks", min: -1.0, max: 5.0, unit: "clicks", value: |s| s.effect_clicks },
    ];
}

/// One effect that the generator knows because it planted it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Truth {
    pub table: String,
    /// The metric's column, or `numerator / denominator`. For a column of names: the share of rows that have one.
    pub metric: String,
    pub variant: String,
    pub control: String,
    /// `None`: the whole population. Else `(column, level)`.
    pub segment: Option<(String, String)>,
    pub quantity: TruthQuantity,
    pub value: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TruthQuantity {
    /// Expected value of variant minus control, in the metric's unit (a share for proportions).
    Difference,
    /// (variant - control) / |control|.
    Lift,
}
