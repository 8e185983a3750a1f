//! The A/B report: variants of a randomised experiment compared on any number of metrics.

#[cfg(feature = "engine")]
mod compare;
#[cfg(feature = "engine")]
mod observe;
#[cfg(feature = "engine")]
mod periods;
#[cfg(feature = "engine")]
mod plan;
mod result;
#[cfg(feature = "engine")]
mod run;
mod spec;
#[cfg(feature = "engine")]
mod split;
#[cfg(feature = "engine")]
mod warn;
#[cfg(feature = "engine")]
mod words;

pub use result::{
    AbTestResult, ArmSummary, Comparison, DailyEffect, Distribution, EffectSize, Exposure, FieldNote,
    LiftInterval, MetricResult, RankTest, SegmentResult, Srm, SrmMethod, UnitOption, Variant,
};
#[cfg(feature = "engine")]
pub use run::run;
pub use spec::{
    AbTestSpec, AnalysisUnit, Correction, LiftMethod, MeanTest, Metric, MetricMeasure, MetricRole,
};

use super::catalog::{Category, Description};

pub const DESCRIPTION: Description = Description {
    kind: "ab_test",
    category: Category::Experiment,
    name: "A/B test",
    question: "Which variant does better, and by how much?",
    help: "Compares every variant with the control on means, proportions and ratios. It first checks that the \
           split is as planned and that rows can be treated as independent; where one unit has many rows, errors \
           are computed by unit. Each effect comes with its interval, also as a lift in percent (Fieller).",
};
