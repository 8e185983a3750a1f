//! From rows to observations: what counts as one value, and which values hang together.

use super::plan::{Plan, Values};
use super::spec::AnalysisUnit;

/// One metric's observations, side by side.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Observations {
    pub values: Values,
    /// Index into the plan's variants.
    pub arm_of: Vec<u32>,
    /// Observations of one cluster are not independent. `None`: all are.
    pub cluster_of: Option<Vec<u32>>,
    pub n_clusters: usize,
    /// Observations are means or sums over the rows of a unit.
    pub is_aggregated: bool,
    /// Rows with a value, by arm.
    pub n_rows: Vec<u64>,
    /// Rows without a value, by arm; they are in no observation.
    pub n_missing_rows: Vec<u64>,
}

/// The observations that `unit` makes of the plan's rows at `indices`, for metric `metric`.
pub(super) fn observe(plan: &Plan, metric: usize, indices: &[u32], unit: AnalysisUnit) -> Observations {
    let all = &plan.metrics[metric];
    let mut n_missing_rows = vec![0; plan.variants.len()];
    let mut n_rows = vec![0; plan.variants.len()];
    let mut present = Vec::with_capacity(indices.len());
    for index in indices {
        if all.is_missing(*index as usize) {
            n_missing_rows[plan.arm_of[*index as usize] as usize] += 1;
        } else {
            n_rows[plan.arm_of[*index as usize] as usize] += 1;
            present.push(*index);
        }
    }
    let arm_of: Vec<u32> = present.iter().map(|index| plan.arm_of[*index as usize]).collect();
    let unit_of: Option<Vec<u32>> =
        plan.unit_of.as_ref().map(|unit_of| present.iter().map(|index| unit_of[*index as usize]).collect());
    let rows = Observations {
        values: all.at(&present),
        arm_of,
        cluster_of: None,
        n_clusters: plan.n_units,
        is_aggregated: false,
        n_rows,
        n_missing_rows,
    };
    match (unit, unit_of) {
        (AnalysisUnit::Rows | AnalysisUnit::Auto, _) | (_, None) => rows,
        (AnalysisUnit::Clustered, Some(unit_of)) => Observations { cluster_of: Some(unit_of), ..rows },
        (AnalysisUnit::Unit | AnalysisUnit::FirstVariant, Some(unit_of)) => {
            let is_crossed = plan.exposure.as_ref().is_some_and(|exposure| exposure.n_units_in_several > 0);
            let is_clustered = unit == AnalysisUnit::Unit && is_crossed;
            aggregate(rows, &unit_of, plan.variants.len(), is_clustered)
        }
    }
}

/// One observation for each unit and arm: the mean of its rows, and for a ratio its two sums.
fn aggregate(rows: Observations, unit_of: &[u32], n_arms: usize, is_clustered: bool) -> Observations {
    let mut cell_of_unit_and_arm = vec![u32::MAX; rows.n_clusters * n_arms];
    let (mut arm_of, mut cluster_of, mut n_rows) = (Vec::new(), Vec::new(), Vec::<f64>::new());
    let cell_of: Vec<usize> = unit_of
        .iter()
        .zip(&rows.arm_of)
        .map(|(unit, arm)| {
            let cell = &mut cell_of_unit_and_arm[*unit as usize * n_arms + *arm as usize];
            if *cell == u32::MAX {
                *cell = arm_of.len() as u32;
                arm_of.push(*arm);
                cluster_of.push(*unit);
                n_rows.push(0.0);
            }
            n_rows[*cell as usize] += 1.0;
            *cell as usize
        })
        .collect();
    let sums = |values: &[f64]| {
        let mut sums = vec![0.0; n_rows.len()];
        for (cell, value) in cell_of.iter().zip(values) {
            sums[*cell] += value;
        }
        sums
    };
    let means = |values: &[f64]| sums(values).iter().zip(&n_rows).map(|(sum, n)| sum / n).collect();
    let values = match &rows.values {
        Values::Mean(values) | Values::Share(values) => Values::Mean(means(values)),
        Values::Ratio { numerator, denominator } => {
            Values::Ratio { numerator: sums(numerator), denominator: sums(denominator) }
        }
    };
    let cluster_of = is_clustered.then_some(cluster_of);
    Observations { values, arm_of, cluster_of, is_aggregated: true, ..rows }
}

/// The plan's rows that stand under the first variant their unit saw: the earliest by time, rows without
/// a time last, the earlier row first among equals.
pub(super) fn first_variant_rows(plan: &Plan) -> Vec<u32> {
    let Some(unit_of) = &plan.unit_of else { return (0..plan.rows.len() as u32).collect() };
    let time = |row: usize| plan.time_of.as_ref().and_then(|time| time[row]).unwrap_or(i64::MAX);
    let mut first_row_of = vec![usize::MAX; plan.n_units];
    for (row, unit) in unit_of.iter().enumerate() {
        let first = &mut first_row_of[*unit as usize];
        if *first == usize::MAX || time(row) < time(*first) {
            *first = row;
        }
    }
    let is_first = |row: &u32| {
        let first = first_row_of[unit_of[*row as usize] as usize];
        plan.arm_of[*row as usize] == plan.arm_of[first]
    };
    (0..plan.rows.len() as u32).filter(is_first).collect()
}
