//! One figure of the rows of a group.

use super::spec::{ChartField, ChartMeasure};
use crate::analyses::{Interval, rows};
use crate::model::EngineError;
use crate::stats::mean_test::{MeanArm, mean_interval};
use crate::stats::proportion::{Share, wilson};
use crate::stats::{Moments, quantile};
use crate::tables::{Codes, Table};

/// Of the intervals: 95 %.
const ALPHA: f64 = 0.05;

/// Levels that mean yes where a binary column has only one.
const YES: [&str; 6] = ["1", "true", "yes", "y", "t", "on"];

/// What the figures of groups are made of: a value for each row that is read.
#[derive(Debug, Clone)]
pub(super) struct Measured {
    measure: ChartMeasure,
    /// NaN is missing. Codes of values where different ones are counted; 0 and 1 of a share; empty where rows are counted.
    values: Vec<f64>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Figure {
    pub value: Option<f64>,
    pub interval: Option<Interval>,
    pub n: u64,
}

impl Measured {
    pub fn read(table: &Table, field: &ChartField, rows: &[u32]) -> Result<Self, EngineError> {
        let measure = field.measure;
        let values = match measure {
            _ if field.column.is_empty() => Vec::new(),
            ChartMeasure::None | ChartMeasure::Count | ChartMeasure::CountDistinct => {
                let codes = table.codes(&field.column)?.codes;
                let value = |row: &u32| {
                    let code = codes.get(*row as usize).copied().filter(|code| *code != Codes::MISSING);
                    code.map_or(f64::NAN, f64::from)
                };
                rows.iter().map(value).collect()
            }
            ChartMeasure::Share => {
                let Codes { codes, levels } = table.codes(&field.column)?;
                let is_only_yes = |level: &String| YES.contains(&level.to_lowercase().as_str());
                let success = match levels.as_slice() {
                    [only] => u32::from(!is_only_yes(only)),
                    _ => 1,
                };
                let value = |row: &u32| match codes.get(*row as usize) {
                    Some(&Codes::MISSING) | None => f64::NAN,
                    Some(code) => f64::from(u8::from(*code == success)),
                };
                rows.iter().map(value).collect()
            }
            _ => rows::pick(&table.numbers(&field.column)?, rows),
        };
        Ok(Self { measure, values })
    }

    /// A value for each row, NaN where it is missing; `None` where rows are counted.
    pub fn values(&self) -> Option<&[f64]> {
        (!self.values.is_empty()).then_some(&self.values)
    }

    /// The figure of each group; rows of [`Codes::MISSING`] are in none.
    pub fn figures(&self, group_of: &[u32], n_groups: usize) -> Vec<Figure> {
        let mut starts = vec![0_usize; n_groups + 1];
        for group in group_of.iter().filter(|group| (**group as usize) < n_groups) {
            if let Some(n) = starts.get_mut(*group as usize + 1) {
                *n += 1;
            }
        }
        if self.values.is_empty() {
            let figure = |n: &usize| Figure { value: Some(*n as f64), interval: None, n: *n as u64 };
            return starts.iter().skip(1).map(figure).collect();
        }
        for group in 1..starts.len() {
            starts[group] += starts[group - 1];
        }
        let mut next = starts.clone();
        let mut sorted = vec![f64::NAN; starts.last().copied().unwrap_or(0)];
        for (group, value) in group_of.iter().zip(&self.values) {
            if let Some(at) = next.get_mut(*group as usize).filter(|_| (*group as usize) < n_groups) {
                if let Some(slot) = sorted.get_mut(*at) {
                    *slot = *value;
                }
                *at += 1;
            }
        }
        starts
            .windows(2)
            .map(|ends| match ends {
                [from, to] => figure(self.measure, sorted.get_mut(*from..*to).unwrap_or_default()),
                _ => Figure::default(),
            })
            .collect()
    }
}

/// The figure of some values, which are reordered.
fn figure(measure: ChartMeasure, values: &mut [f64]) -> Figure {
    let n = values.iter().filter(|value| !value.is_nan()).count() as u64;
    let finite = |value: Option<f64>| value.filter(|value| value.is_finite());
    let plain = |value| Figure { value: finite(value), interval: None, n };
    match measure {
        ChartMeasure::None | ChartMeasure::Count => plain(Some(n as f64)),
        ChartMeasure::CountDistinct => {
            let mut codes = quantile::drop_missing(values);
            codes.sort_unstable_by(f64::total_cmp);
            codes.dedup();
            plain(Some(codes.len() as f64))
        }
        ChartMeasure::Sum => plain(Some(Moments::new(values).sum)),
        ChartMeasure::Mean => {
            let moments = Moments::new(values);
            let interval = MeanArm::from_moments(&moments).and_then(|arm| mean_interval(&arm, ALPHA)).ok();
            let interval = interval.map(|bounds| Interval::new(bounds.low, bounds.high));
            Figure { value: finite(moments.mean()), interval, n }
        }
        ChartMeasure::Median => {
            plain(quantile::by_selection(&mut quantile::drop_missing(values), [0.5]).map(|[median]| median))
        }
        ChartMeasure::Min => plain(Some(Moments::new(values).min)),
        ChartMeasure::Max => plain(Some(Moments::new(values).max)),
        ChartMeasure::Share => {
            let successes = values.iter().filter(|value| **value == 1.0).count() as u64;
            if n == 0 {
                return plain(None);
            }
            let bounds = wilson(&Share { successes, n }, ALPHA);
            let interval = Some(Interval::new(bounds.low, bounds.high));
            Figure { value: Some(successes as f64 / n as f64), interval, n }
        }
    }
}
