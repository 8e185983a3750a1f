//! Where rows stand on an axis: categories, units of time, intervals of a number.

use super::measure::Measured;
use super::result::{ChartAxis, PlaceKind};
use super::spec::{ChartField, ChartOrder, TimeUnit};
use super::times;
use crate::format;
use crate::model::{EngineError, ErrorCode, Kind};
use crate::stats::histogram;
use crate::tables::{Codes, Table};

/// Whole numbers of at most so many different values are places of their own.
const MAX_WHOLE: f64 = 30.0;

/// The places of an axis, and on which one each row stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    pub axis: ChartAxis,
    /// The position of each place, ascending but for categories, whose positions are 0, 1, 2 ...
    pub at: Vec<f64>,
    /// One for each row that is read; [`Codes::MISSING`] for rows that stand nowhere.
    pub of_row: Vec<u32>,
}

/// How many categories are kept, and what becomes of the others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limit<'a> {
    pub n: usize,
    /// Whether the others become one category; else their rows stand nowhere.
    pub has_other: bool,
    pub order: ChartOrder,
    /// Categories are ordered by this figure; without one by their rows.
    pub by: Option<&'a Measured>,
}

impl Places {
    /// One place for all rows.
    pub fn single(n_rows: usize) -> Self {
        let axis =
            ChartAxis { scale: PlaceKind::Categories, names: vec![String::new()], ..ChartAxis::default() };
        Self { axis, at: vec![0.0], of_row: vec![0; n_rows] }
    }

    pub fn len(&self) -> usize {
        self.at.len()
    }

    /// Places of a column by its kind. `is_names`: numbers and times become names too, as heat maps need them.
    pub fn of(
        table: &Table,
        field: &mut ChartField,
        rows: &[u32],
        limit: Limit<'_>,
        is_names: bool,
    ) -> Result<Self, EngineError> {
        let kind = table.kind(&field.column)?;
        let places = if kind.is_time() {
            times::places(table, field, rows)?
        } else if matches!(kind, Kind::Continuous | Kind::Count | Kind::Duration) || field.bins.is_some() {
            Self::of_numbers(table, field, rows)?
        } else {
            return Self::of_names(table, field, kind, rows, limit);
        };
        Ok(if is_names { places.named(field.time_unit) } else { places })
    }

    fn of_numbers(table: &Table, field: &ChartField, rows: &[u32]) -> Result<Self, EngineError> {
        let numbers = table.numbers(&field.column)?;
        let values: Vec<f64> = rows.iter().filter_map(|row| numbers.get(*row as usize).copied()).collect();
        let (low, high) = values
            .iter()
            .filter(|x| x.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(*x), high.max(*x)));
        let is_whole = values.iter().all(|x| x.fract() == 0.0);
        let edges = match field.bins {
            _ if low > high => vec![0.0, 1.0],
            None if is_whole && high - low < MAX_WHOLE => {
                (0..=(high - low) as u32 + 1).map(|i| low - 0.5 + f64::from(i)).collect()
            }
            bins => histogram::round_edges(low, high, bins.unwrap_or(20), is_whole),
        };
        let is_each =
            is_whole && edges.windows(2).all(|pair| pair[1] - pair[0] == 1.0 && pair[0].fract() != 0.0);
        let of_row =
            values.iter().map(|x| histogram::bin_of(*x, &edges).map_or(Codes::MISSING, |bin| bin as u32));
        let name = |pair: &[f64]| {
            let text = |x: f64| format::trim_zeros(&format::number(x, 6));
            if is_each { text(pair[0] + 0.5) } else { format!("{} to {}", text(pair[0]), text(pair[1])) }
        };
        let axis = ChartAxis {
            label: field.column.clone(),
            scale: PlaceKind::Numbers,
            names: edges.windows(2).map(name).collect(),
            ..ChartAxis::default()
        };
        let of_row = of_row.collect();
        let at = edges.windows(2).map(|pair| pair[0] / 2.0 + pair[1] / 2.0).collect();
        Ok(Self { axis: ChartAxis { edges, ..axis }, at, of_row })
    }

    fn of_names(
        table: &Table,
        field: &ChartField,
        kind: Kind,
        rows: &[u32],
        limit: Limit<'_>,
    ) -> Result<Self, EngineError> {
        let Codes { codes, levels } = table.codes(&field.column)?;
        let mut of_row: Vec<u32> =
            rows.iter().map(|row| codes.get(*row as usize).copied().unwrap_or(Codes::MISSING)).collect();
        drop(codes);
        let mut n_of = vec![0_u64; levels.len()];
        for code in &of_row {
            if let Some(n) = n_of.get_mut(*code as usize) {
                *n += 1;
            }
        }
        let figure: Vec<f64> = match limit.by {
            Some(measured) if limit.order == ChartOrder::Value && kind != Kind::Ordinal => {
                let found = measured.figures(&of_row, levels.len());
                found.into_iter().map(|figure| figure.value.unwrap_or(f64::NEG_INFINITY)).collect()
            }
            _ => n_of.iter().map(|n| *n as f64).collect(),
        };
        let figure_of = |code: &u32| figure.get(*code as usize).copied().unwrap_or(0.0);
        let mut shown: Vec<u32> =
            (0..levels.len() as u32).filter(|code| n_of.get(*code as usize) != Some(&0)).collect();
        // Equal ones stay in natural order.
        shown.sort_by(|a, b| figure_of(b).total_cmp(&figure_of(a)));
        let n_other = if shown.len() > limit.n {
            shown.len() - limit.n.saturating_sub(usize::from(limit.has_other && limit.n > 1))
        } else {
            0
        };
        shown.truncate(shown.len() - n_other);
        if limit.order == ChartOrder::Name || matches!(kind, Kind::Ordinal | Kind::Binary) {
            shown.sort_unstable();
        }
        let other = if n_other > 0 && limit.has_other { shown.len() as u32 } else { Codes::MISSING };
        let mut place_of = vec![other; levels.len()];
        let mut names = Vec::with_capacity(shown.len() + 1);
        for (code, place) in shown.iter().zip(0_u32..) {
            if let (Some(slot), Some(level)) = (place_of.get_mut(*code as usize), levels.get(*code as usize))
            {
                *slot = place;
                names.push(level.clone());
            }
        }
        if other != Codes::MISSING {
            // The space does not break, and hardly a name has one there: it tells the rest from a name.
            names.push(format!("{}\u{a0}others", format::count(n_other as u64)));
        }
        for code in &mut of_row {
            *code = place_of.get(*code as usize).copied().unwrap_or(Codes::MISSING);
        }
        let at = (0..names.len()).map(|idx| idx as f64).collect();
        let axis = ChartAxis {
            label: field.column.clone(),
            scale: PlaceKind::Categories,
            names,
            ..ChartAxis::default()
        };
        Ok(Self { axis, at, of_row })
    }

    /// The same places as categories.
    fn named(mut self, unit: TimeUnit) -> Self {
        if self.axis.scale == PlaceKind::Times {
            self.axis.names = self.at.iter().map(|at| times::name(*at, unit)).collect();
            self.axis.edges_are_times = true;
        }
        self.axis.scale = PlaceKind::Categories;
        self.at = (0..self.at.len()).map(|idx| idx as f64).collect();
        self
    }

    /// Names say nothing where positions are numbers or times.
    pub fn into_axis(mut self) -> ChartAxis {
        if self.axis.scale != PlaceKind::Categories {
            self.axis.names.clear();
        }
        self.axis
    }
}

/// The most figures of one chart.
const MAX_FIGURES: usize = 20_000;

pub(super) fn check_size(n_figures: usize, field: &str) -> Result<(), EngineError> {
    if n_figures <= MAX_FIGURES {
        return Ok(());
    }
    let message = format!(
        "The chart would have {} figures; it can have at most {}.",
        format::count(n_figures as u64),
        format::count(MAX_FIGURES as u64)
    );
    let error = EngineError::new(ErrorCode::BadOption, message).at_field(field);
    Err(error.hint("Choose a longer unit of time, fewer bins or fewer categories, or filter the rows."))
}
