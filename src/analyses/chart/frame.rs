//! What the marks share: the rows that are read, and how they are told apart by series and panel.

use super::measure::Measured;
use super::places::{Limit, Places};
use super::result::{ChartAxis, ChartData, ChartPanel};
use super::spec::{ChartField, ChartOrder, ChartSpec, TimeUnit};
use crate::analyses::{LedgerStep, rows};
use crate::model::{EngineError, ErrorCode, Filter, Kind};
use crate::tables::{Codes, Table};

/// Categories on an axis where nothing else is asked for.
const TOP: u32 = 20;
const MAX_SERIES: usize = 8;
const MAX_PANELS: usize = 12;
/// Intervals of a number that tells series or panels apart.
const N_PARTS: u32 = 5;

/// Rows with a value in every column, and which series and panel each belongs to.
pub(super) struct Frame<'a> {
    pub table: &'a Table,
    pub spec: ChartSpec,
    pub rows: Vec<u32>,
    pub ledger: Vec<LedgerStep>,
    pub series: Places,
    pub panels: Places,
}

impl<'a> Frame<'a> {
    pub fn new(table: &'a Table, mut spec: ChartSpec, has_series: bool) -> Result<Self, EngineError> {
        let (mut rows, mut ledger) = rows::filtered(table, &spec.filter)?;
        for (shelf, column) in columns(&spec) {
            let present = table.rows_where(&[Filter::NotMissing { column: column.clone() }])?;
            let n_before = rows.len();
            keep_common(&mut rows, &present);
            if rows.len() < n_before {
                ledger.push(rows::step(format!("have a value for {column}"), rows.len()));
            }
            if rows.is_empty() {
                let message = format!("No row that is left has a value in \"{column}\".");
                let error = EngineError::new(ErrorCode::NotEnoughData, message).at_table(table.name());
                return Err(error.at_field(shelf).hint("Choose another column, or loosen the filter."));
            }
        }
        let apart = |field: &mut Option<ChartField>, shelf, most, has_other| match field {
            Some(field) => split(table, field, &rows, most, has_other).map_err(|error| error.at_field(shelf)),
            None => Ok(Places::single(rows.len())),
        };
        let series = if has_series {
            apart(&mut spec.color, "color", MAX_SERIES, true)?
        } else {
            Places::single(rows.len())
        };
        let panels = apart(&mut spec.facet, "facet", MAX_PANELS, false)?;
        let mut frame = Self { table, spec, rows, ledger, series, panels };
        let n_before = frame.rows.len();
        let is_shown =
            |at: &usize| frame.panels.of_row.get(*at).is_some_and(|panel| *panel != Codes::MISSING);
        let kept: Vec<usize> = (0..n_before).filter(is_shown).collect();
        if kept.len() < n_before {
            frame.keep(&kept);
            frame
                .ledger
                .push(rows::step(format!("are in the {} charts shown", frame.panels.len()), kept.len()));
        }
        Ok(frame)
    }

    /// Keeps the rows at these places.
    fn keep(&mut self, kept: &[usize]) {
        for values in [&mut self.rows, &mut self.series.of_row, &mut self.panels.of_row] {
            *values = kept.iter().filter_map(|at| values.get(*at).copied()).collect();
        }
    }

    /// Keeps the rows whose values pass, with a line of the ledger where some do not.
    pub fn keep_where(
        &mut self,
        what: &str,
        passes: impl Fn(usize) -> bool,
    ) -> Result<Vec<usize>, EngineError> {
        let kept: Vec<usize> = (0..self.rows.len()).filter(|at| passes(*at)).collect();
        if kept.len() < self.rows.len() {
            self.keep(&kept);
            self.ledger.push(rows::step(what, kept.len()));
        }
        if kept.is_empty() {
            let message = format!("No row is left of those that {what}.");
            return Err(EngineError::new(ErrorCode::NotEnoughData, message).at_table(self.table.name()));
        }
        Ok(kept)
    }

    pub fn limit<'b>(&self, by: Option<&'b Measured>) -> Limit<'b> {
        let n = self.spec.top.unwrap_or(TOP) as usize;
        Limit { n, has_other: true, order: self.spec.order, by }
    }

    /// Numbers of a column that is there; times as seconds.
    pub fn numbers(&self, field: &ChartField) -> Result<Vec<f64>, EngineError> {
        if self.table.kind(&field.column)?.is_time() {
            let seconds = self.table.seconds(&field.column)?;
            let value =
                |row: &u32| seconds.get(*row as usize).copied().flatten().map_or(f64::NAN, |x| x as f64);
            return Ok(self.rows.iter().map(value).collect());
        }
        Ok(rows::pick(&self.table.numbers(&field.column)?, &self.rows))
    }

    /// The unit of a column's values.
    pub fn unit(&self, column: &str) -> String {
        let info = self.table.info();
        let found = info.columns.into_iter().find(|info| info.name == column);
        found.map_or_else(String::new, |info| match info.kind {
            Kind::Duration => "seconds".into(),
            _ => info.unit.unwrap_or_default(),
        })
    }

    /// An axis of a column's own values.
    pub fn axis_of(&self, field: &ChartField) -> ChartAxis {
        let is_time = self.table.kind(&field.column).is_ok_and(Kind::is_time);
        ChartAxis {
            label: field.column.clone(),
            scale: if is_time { super::result::PlaceKind::Times } else { super::result::PlaceKind::Numbers },
            unit: self.unit(&field.column),
            ..ChartAxis::default()
        }
    }

    /// The panels, each with what `data` makes of it; rows of a panel are counted.
    pub fn in_panels(&self, mut data: impl FnMut(usize) -> ChartData) -> Vec<ChartPanel> {
        let names = self.panels.axis.names.iter().enumerate();
        names
            .map(|(idx, name)| {
                let n_rows = self.panels.of_row.iter().filter(|panel| **panel as usize == idx).count() as u64;
                ChartPanel { name: name.clone(), n_rows, data: data(idx) }
            })
            .collect()
    }

    /// The values of each panel and series: index panel * series + series.
    pub fn by_panel_and_series(&self, values: &[f64]) -> Vec<Vec<f64>> {
        let n_series = self.series.len();
        let mut found = vec![Vec::new(); n_series * self.panels.len()];
        for ((value, series), panel) in values.iter().zip(&self.series.of_row).zip(&self.panels.of_row) {
            if let Some(list) = found.get_mut(*panel as usize * n_series + *series as usize) {
                list.push(*value);
            }
        }
        found
    }
}

/// The columns that rows must have a value in, once each, with their shelves.
fn columns(spec: &ChartSpec) -> Vec<(&'static str, String)> {
    let shelves = [
        ("x", &spec.x),
        ("y", &spec.y),
        ("color", &spec.color),
        ("size", &spec.size),
        ("facet", &spec.facet),
    ];
    let mut found: Vec<(&'static str, String)> = Vec::new();
    for (shelf, field) in shelves {
        if let Some(field) = field
            && !field.column.is_empty()
            && found.iter().all(|(_, column)| *column != field.column)
        {
            found.push((shelf, field.column.clone()));
        }
    }
    found
}

/// Both ascending.
fn keep_common(rows: &mut Vec<u32>, present: &[u32]) {
    let mut next = present.iter().copied().peekable();
    rows.retain(|row| {
        while next.next_if(|other| other < row).is_some() {}
        next.peek() == Some(row)
    });
}

/// Series or panels of a column: at most `most`.
fn split(
    table: &Table,
    field: &mut ChartField,
    rows: &[u32],
    most: usize,
    has_other: bool,
) -> Result<Places, EngineError> {
    let kind = table.kind(&field.column)?;
    if matches!(kind, Kind::Continuous | Kind::Count | Kind::Duration) && field.bins.is_none() {
        field.bins = Some(N_PARTS);
    }
    let limit = Limit { n: most, has_other, order: ChartOrder::Value, by: None };
    if !kind.is_time() || field.time_unit != TimeUnit::Auto {
        let places = Places::of(table, field, rows, limit, true)?;
        return if places.len() <= most {
            Ok(places)
        } else {
            Err(too_many(&field.column, places.len(), most))
        };
    }
    for unit in [TimeUnit::Day, TimeUnit::Week, TimeUnit::Month, TimeUnit::Quarter, TimeUnit::Year] {
        field.time_unit = unit;
        if let Ok(places) = Places::of(table, field, rows, limit, true)
            && places.len() <= most
        {
            return Ok(places);
        }
    }
    Err(too_many(&field.column, most + 1, most))
}

fn too_many(column: &str, n: usize, most: usize) -> EngineError {
    let message = format!("\"{column}\" makes {n} parts or more here; at most {most} can be told apart.");
    let error = EngineError::new(ErrorCode::BadOption, message).at_column(column);
    error.hint("Choose fewer bins, a longer unit of time or another column.")
}
