//! Charts of an A/B report.

mod by_variant;
mod distribution;
mod effect;
mod effects;
mod over_time;
mod segments;

pub use by_variant::by_variant;
pub use distribution::distribution;
pub use effects::effects;
pub use over_time::over_time;
pub use segments::segments;

use crate::analyses::ab_test::AbTestResult;
use crate::charts::model::{Chart, Series};

/// Every chart of a report that there is data for; those about one metric are about `metric_idx`.
pub fn charts(result: &AbTestResult, metric_idx: usize) -> Vec<Chart> {
    let of_report = [effects(result)];
    let of_metric = [by_variant, distribution, over_time, segments].map(|make| make(result, metric_idx));
    of_report.into_iter().chain(of_metric).flatten().collect()
}

/// One series a variant, in the order of the report: the control in slate.
fn variant_series(result: &AbTestResult) -> Vec<Series> {
    let mut number = 0;
    let series = |variant: &crate::analyses::ab_test::Variant| {
        if variant.is_control {
            return Series::control(&variant.name);
        }
        number += 1;
        Series::numbered(&variant.name, number - 1)
    };
    result.variants.iter().map(series).collect()
}

/// Index of a variant's series.
fn series_of(result: &AbTestResult, variant: &str) -> usize {
    result.variants.iter().position(|other| other.name == variant).unwrap_or(0)
}

fn control_name(result: &AbTestResult) -> &str {
    result.variants.iter().find(|variant| variant.is_control).map_or("the control", |variant| &variant.name)
}
