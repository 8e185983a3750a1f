//! Charts that follow a range of one column: figures of the rows in it, by subtraction instead of another pass.

use super::cumulative::{Cumulative, Slots};
use super::distributions::{self, Bins};
use super::frame::Frame;
use super::measure::Figure;
use super::resolve::resolve;
use super::result::{ChartPanel, IndexedChart};
use super::run::{Drawn, has_series, series_of};
use super::spec::{ChartMark, ChartMeasure, ChartSpec};
use super::values::{self, Grid};
use crate::model::{EngineError, ErrorCode};
use crate::pace::{Pace, apart};
use crate::stats::histogram;
use crate::tables::Table;

/// The most cells of all tables together: 12 bytes each.
const MAX_CELLS: usize = 4_000_000;
const N_BINS: std::ops::RangeInclusive<u32> = 1..=4_096;

/// The range of a column that is brushed, divided into bins of one width.
#[derive(Debug, Clone, PartialEq)]
pub struct BrushAxis {
    pub column: String,
    pub from: f64,
    pub to: f64,
    pub n_bins: u32,
}

/// The figures of several charts, ready for any range.
#[derive(Debug)]
pub struct BrushIndex {
    edges: Vec<f64>,
    charts: Vec<Indexed>,
}

#[derive(Debug)]
struct Indexed {
    shown: IndexedChart,
    panel_names: Vec<String>,
    /// Rows of the panels.
    of_panels: Cumulative,
    of_groups: Cumulative,
    shape: Shape,
}

/// How the figures of the groups make the panels.
#[derive(Debug)]
enum Shape {
    Values(Grid, ChartMeasure),
    Bins(Bins),
}

impl BrushIndex {
    /// Reads the charts, each with the place that it has in a list. Those whose figures do not add up, those that cannot be drawn
    /// and those that would take too much room are left out.
    ///
    /// # Errors
    /// `unknown_column`; `wrong_kind` where the column has no numbers; `bad_option` for a range that cannot be divided;
    /// `cancelled`.
    pub async fn open(
        table: &Table,
        axis: &BrushAxis,
        specs: &[(u32, ChartSpec)],
        pace: &Pace,
    ) -> Result<Self, EngineError> {
        let edges = axis.edges()?;
        let slots = slots(table, &axis.column, &edges)?;
        pace.step(0.05, "reading the range").await?;
        let mut charts = Vec::new();
        let mut n_left = MAX_CELLS;
        for (nth, (idx, spec)) in specs.iter().enumerate() {
            let part = |nth: usize| 0.05 + 0.95 * nth as f64 / specs.len() as f64;
            let pace = pace.part(part(nth), part(nth + 1));
            match apart(index(table, &slots, spec, n_left, &pace)).await {
                Ok(Some(mut chart)) => {
                    n_left = n_left.saturating_sub(chart.n_cells(slots.n_slots));
                    chart.shown.idx = *idx;
                    charts.push(chart);
                }
                Err(error) if error.code == ErrorCode::Cancelled => return Err(error),
                Ok(None) | Err(_) => {}
            }
        }
        Ok(Self { edges, charts })
    }

    /// What stays the same in the charts that are indexed.
    pub fn charts(&self) -> Vec<IndexedChart> {
        self.charts.iter().map(|chart| chart.shown.clone()).collect()
    }

    /// The edges nearest to the ends of a range, and the panels of every chart for the rows from the one to the other.
    pub fn between(&self, from: f64, to: f64) -> (f64, f64, Vec<Vec<ChartPanel>>) {
        let (first, last) = (self.nearest(from), self.nearest(to));
        let edge = |idx: usize| self.edges.get(idx).copied().unwrap_or_default();
        let panels = self.charts.iter().map(|chart| chart.panels(2 * first, 2 * last)).collect();
        (edge(first), edge(last), panels)
    }

    fn nearest(&self, x: f64) -> usize {
        let above = self.edges.partition_point(|edge| *edge < x).min(self.edges.len().saturating_sub(1));
        let is_nearer = |below: &usize| {
            let (low, high) = (self.edges.get(*below), self.edges.get(above));
            low.zip(high).is_some_and(|(low, high)| x - low < high - x)
        };
        above.checked_sub(1).filter(is_nearer).unwrap_or(above)
    }
}

impl BrushAxis {
    fn edges(&self) -> Result<Vec<f64>, EngineError> {
        let refuse = |field: &str, message: String, hint: &str| {
            EngineError::new(ErrorCode::BadOption, message).at_field(field).hint(hint)
        };
        if !N_BINS.contains(&self.n_bins) {
            let message = format!("There are {} bins; there can be 1 to {}.", self.n_bins, N_BINS.end());
            return Err(refuse("n_bins", message, "Choose a number in that range."));
        }
        let n = f64::from(self.n_bins);
        let edge = |i: u32| match i {
            i if i == self.n_bins => self.to,
            i => self.from + (self.to - self.from) * (f64::from(i) / n),
        };
        let edges: Vec<f64> = (0..=self.n_bins).map(edge).collect();
        let is_rising = edges.windows(2).all(|pair| matches!(pair, [low, high] if low < high));
        if !is_rising || edges.iter().any(|edge| !edge.is_finite()) {
            let message = format!("From {} to {} there are no {} bins.", self.from, self.to, self.n_bins);
            return Err(refuse("to", message, "Choose an end above the beginning, or fewer bins."));
        }
        Ok(edges)
    }
}

/// The slot of every row of the table.
fn slots(table: &Table, column: &str, edges: &[f64]) -> Result<Slots, EngineError> {
    let slot = |x: f64| match histogram::bin_of(x, edges) {
        None => Slots::OUTSIDE,
        Some(bin) if edges.get(bin) == Some(&x) => 2 * bin as u32,
        Some(bin) if edges.get(bin + 1) == Some(&x) => 2 * bin as u32 + 2,
        Some(bin) => 2 * bin as u32 + 1,
    };
    let of_row = if table.kind(column)?.is_time() {
        let seconds = table.seconds(column)?;
        seconds.into_iter().map(|x| x.map_or(Slots::OUTSIDE, |x| slot(x as f64))).collect()
    } else {
        table.numbers(column)?.into_iter().map(slot).collect()
    };
    Ok(Slots { of_row, n_slots: 2 * edges.len() - 1 })
}

/// The groups of a chart and what is counted and summed of them.
struct Read {
    drawn: Drawn,
    shape: Shape,
    of_groups: Cumulative,
}

/// `None` where the figures do not add up, or there is no room for them.
async fn index(
    table: &Table,
    slots: &Slots,
    spec: &ChartSpec,
    n_left: usize,
    pace: &Pace,
) -> Result<Option<Indexed>, EngineError> {
    let spec = resolve(table, spec)?;
    if !adds_up(&spec) {
        return Ok(None);
    }
    let mark = spec.mark;
    let mut frame = Frame::new(table, spec, has_series(mark))?;
    pace.step(0.2, "reading values").await?;
    let read = match mark {
        ChartMark::Histogram => apart(read_bins(&mut frame, slots, n_left, pace)).await?,
        _ => apart(read_values(&mut frame, slots, n_left, pace)).await?,
    };
    let Some(Read { drawn, shape, of_groups }) = read else { return Ok(None) };
    let panels = (frame.panels.of_row.as_slice(), frame.panels.len());
    let of_panels = Cumulative::new(slots, &frame.rows, panels, None, false, &pace.part(0.9, 1.0)).await?;
    let (series_label, series) = series_of(&frame);
    let panel_names = frame.panels.axis.names.clone();
    let (x, y, value) = (drawn.x, drawn.y, drawn.value);
    let shown = IndexedChart { idx: 0, spec: frame.spec, x, y, value, series_label, series };
    Ok(Some(Indexed { shown, panel_names, of_panels, of_groups, shape }))
}

/// Whether the figure of a range is made of the figures of its parts.
fn adds_up(spec: &ChartSpec) -> bool {
    let field = match spec.mark {
        ChartMark::Bar
        | ChartMark::Line
        | ChartMark::Area
        | ChartMark::Step
        | ChartMark::Calendar
        | ChartMark::Funnel
        | ChartMark::Kpi => &spec.y,
        ChartMark::HeatMap | ChartMark::Mosaic => &spec.color,
        ChartMark::Histogram => return true,
        _ => return false,
    };
    let measure = field.as_ref().map_or(ChartMeasure::Count, |field| field.measure);
    matches!(measure, ChartMeasure::Count | ChartMeasure::Sum | ChartMeasure::Mean | ChartMeasure::Share)
}

async fn read_values(
    frame: &mut Frame<'_>,
    slots: &Slots,
    n_left: usize,
    pace: &Pace,
) -> Result<Option<Read>, EngineError> {
    let grouped = apart(values::group(frame, &pace.part(0.2, 0.6))).await?;
    let n_groups = grouped.grid.n_groups();
    let (values, measure) = (grouped.measured.values(), grouped.field.measure);
    let is_summed = measure != ChartMeasure::Count;
    // Nothing is left of an infinite sum when another is taken from it.
    let is_infinite = is_summed && values.is_some_and(|values| values.iter().any(|x| x.is_infinite()));
    if is_infinite || !has_room(slots, n_groups, frame, n_left) {
        return Ok(None);
    }
    let groups = (grouped.group_of.as_slice(), n_groups);
    let pace = pace.part(0.6, 0.9);
    let of_groups = Cumulative::new(slots, &frame.rows, groups, values, is_summed, &pace).await?;
    let shape = Shape::Values(grouped.grid.clone(), measure);
    Ok(Some(Read { drawn: grouped.into_axes(frame), shape, of_groups }))
}

async fn read_bins(
    frame: &mut Frame<'_>,
    slots: &Slots,
    n_left: usize,
    pace: &Pace,
) -> Result<Option<Read>, EngineError> {
    let binned = apart(distributions::group(frame, &pace.part(0.2, 0.6))).await?;
    let n_groups = binned.bins.n_groups();
    if !has_room(slots, n_groups, frame, n_left) {
        return Ok(None);
    }
    let groups = (binned.group_of.as_slice(), n_groups);
    let of_groups = Cumulative::new(slots, &frame.rows, groups, None, false, &pace.part(0.6, 0.9)).await?;
    let shape = Shape::Bins(binned.bins.clone());
    Ok(Some(Read { drawn: binned.into_axes(), shape, of_groups }))
}

fn has_room(slots: &Slots, n_groups: usize, frame: &Frame<'_>, n_left: usize) -> bool {
    Cumulative::n_cells(slots.n_slots, n_groups.saturating_add(frame.panels.len())) <= n_left
}

impl Indexed {
    fn n_cells(&self, n_slots: usize) -> usize {
        let n_groups = match &self.shape {
            Shape::Values(grid, _) => grid.n_groups(),
            Shape::Bins(bins) => bins.n_groups(),
        };
        Cumulative::n_cells(n_slots, n_groups + self.panel_names.len())
    }

    /// The panels for the rows from one slot to another, both among them.
    fn panels(&self, first: usize, last: usize) -> Vec<ChartPanel> {
        let rows = self.of_panels.between(first, last).map(|(n, _)| u64::from(n));
        let names = self.panel_names.iter().cloned().zip(rows).enumerate();
        let groups = self.of_groups.between(first, last);
        match &self.shape {
            Shape::Values(grid, measure) => {
                let figures: Vec<Figure> = groups.map(|(n, sum)| figure(*measure, n, sum)).collect();
                names
                    .map(|(at, (name, n_rows))| ChartPanel { name, n_rows, data: grid.panel(at, &figures) })
                    .collect()
            }
            Shape::Bins(bins) => {
                let counts: Vec<u64> = groups.map(|(n, _)| u64::from(n)).collect();
                names
                    .map(|(at, (name, n_rows))| ChartPanel { name, n_rows, data: bins.panel(at, &counts) })
                    .collect()
            }
        }
    }
}

/// The figure of so many rows with this sum, without an interval.
fn figure(measure: ChartMeasure, n: u32, sum: f64) -> Figure {
    let value = match measure {
        ChartMeasure::Sum => Some(sum),
        ChartMeasure::Mean | ChartMeasure::Share => (n > 0).then(|| sum / f64::from(n)),
        _ => Some(f64::from(n)),
    };
    Figure { value: value.filter(|value| value.is_finite()), interval: None, n: u64::from(n) }
}
