//! Rows as points; of many rows, how densely they lie.

use super::frame::Frame;
use super::result::{ChartData, ChartPoint};
use super::run::Drawn;
use super::spec::{AxisScale, ChartField};
use crate::model::{EngineError, ErrorCode};
use crate::pace::Pace;

/// More rows are counted in cells.
pub(super) const MAX_POINTS: usize = 4_000;
const N_X: usize = 96;
const N_Y: usize = 64;

pub(super) async fn draw(frame: &mut Frame<'_>, pace: &Pace) -> Result<Drawn, EngineError> {
    let (x, y) = (frame.spec.x.clone().unwrap_or_default(), frame.spec.y.clone().unwrap_or_default());
    let mut shelves = vec![(x.clone(), frame.spec.x_scale), (y.clone(), frame.spec.y_scale)];
    let size = frame.spec.size.clone();
    shelves.extend(size.clone().map(|size| (size, AxisScale::Linear)));
    let mut columns: Vec<Vec<f64>> = Vec::new();
    for (field, scale) in &shelves {
        let values = frame.numbers(field)?;
        let is_log = *scale == AxisScale::Log;
        let fits = |at: usize| values.get(at).is_some_and(|x| x.is_finite() && (!is_log || *x > 0.0));
        let what = if is_log { "above zero" } else { "finite" };
        let kept = frame.keep_where(&format!("have a {} {what}", field.column), fits)?;
        let pick =
            |values: &[f64]| kept.iter().filter_map(|at| values.get(*at).copied()).collect::<Vec<f64>>();
        columns = columns.iter().map(|column| pick(column)).collect();
        columns.push(pick(&values));
        pace.step(0.3, "reading values").await?;
    }
    if let (Some(size), Some(sizes)) = (&size, columns.get(2))
        && sizes.iter().any(|size| *size < 0.0)
    {
        let message = format!("\"{}\" has values below zero; an area cannot show them.", size.column);
        let error = EngineError::new(ErrorCode::BadOption, message).at_table(frame.table.name());
        return Err(error
            .at_field("size")
            .hint("Choose another column, or filter to values of zero and more."));
    }
    let [xs, ys, rest @ ..] = columns.as_slice() else { return Ok(Drawn::default()) };
    let panels = if frame.rows.len() <= MAX_POINTS {
        frame.in_panels(|panel| ChartData::Points { points: points(frame, panel, xs, ys, rest.first()) })
    } else {
        let x_edges = edges(xs, N_X, frame.spec.x_scale);
        let y_edges = edges(ys, N_Y, frame.spec.y_scale);
        let counts = cells(frame, (xs, &x_edges), (ys, &y_edges));
        pace.step(0.9, "counting").await?;
        frame.in_panels(|panel| ChartData::Cells {
            x_edges: x_edges.clone(),
            y_edges: y_edges.clone(),
            counts: counts.get(panel).cloned().unwrap_or_default(),
        })
    };
    Ok(Drawn { x: frame.axis_of(&x), y: frame.axis_of(&y), panels, ..Drawn::default() })
}

fn points(
    frame: &Frame<'_>,
    panel: usize,
    xs: &[f64],
    ys: &[f64],
    sizes: Option<&Vec<f64>>,
) -> Vec<ChartPoint> {
    let is_here = |at: &usize| frame.panels.of_row.get(*at).is_some_and(|found| *found as usize == panel);
    let point = |at: usize| {
        Some(ChartPoint {
            x: *xs.get(at)?,
            y: *ys.get(at)?,
            series: *frame.series.of_row.get(at)?,
            size: sizes.and_then(|sizes| sizes.get(at).copied()),
            row: u64::from(*frame.rows.get(at)?) + 1,
        })
    };
    (0..frame.rows.len()).filter(is_here).filter_map(point).collect()
}

/// Edges of cells of equal width on the scale.
fn edges(values: &[f64], n: usize, scale: AxisScale) -> Vec<f64> {
    let (low, high) =
        values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(*x), high.max(*x)));
    let (from, to) = (forth(low, scale), forth(high, scale));
    if to <= from {
        let half = if low == 0.0 { 0.5 } else { low.abs() * 0.05 };
        return vec![low - half, high + half];
    }
    let inner = (1..n).map(|i| back(from + (to - from) * i as f64 / n as f64, scale));
    // Both ends exactly, so that no value lies outside.
    std::iter::once(low).chain(inner).chain(std::iter::once(high)).collect()
}

fn forth(x: f64, scale: AxisScale) -> f64 {
    match scale {
        AxisScale::Linear => x,
        AxisScale::Log => libm::log10(x),
        AxisScale::Symlog => x.signum() * libm::log1p(x.abs()),
    }
}

fn back(x: f64, scale: AxisScale) -> f64 {
    match scale {
        AxisScale::Linear => x,
        AxisScale::Log => libm::pow(10.0, x),
        AxisScale::Symlog => x.signum() * libm::expm1(x.abs()),
    }
}

/// Rows by panel, y cell and x cell.
fn cells(
    frame: &Frame<'_>,
    (xs, x_edges): (&[f64], &[f64]),
    (ys, y_edges): (&[f64], &[f64]),
) -> Vec<Vec<Vec<u64>>> {
    let (n_x, n_y) = (x_edges.len() - 1, y_edges.len() - 1);
    let mut counts = vec![vec![vec![0; n_x]; n_y]; frame.panels.len()];
    let cell = |x: f64, edges: &[f64]| edges.partition_point(|edge| *edge <= x).clamp(1, edges.len() - 1) - 1;
    for ((x, y), panel) in xs.iter().zip(ys).zip(&frame.panels.of_row) {
        let count = counts.get_mut(*panel as usize).and_then(|rows| rows.get_mut(cell(*y, y_edges)));
        if let Some(count) = count.and_then(|row| row.get_mut(cell(*x, x_edges))) {
            *count += 1;
        }
    }
    counts
}

/// Whether the colours of a field cannot be shown, because rows are counted in cells.
pub(super) fn loses_series(frame: &Frame<'_>) -> bool {
    frame.rows.len() > MAX_POINTS && frame.series.len() > 1
}

/// The field whose sizes cannot be shown for the same reason.
pub(super) fn loses_size<'a>(frame: &'a Frame<'_>) -> Option<&'a ChartField> {
    frame.spec.size.as_ref().filter(|_| frame.rows.len() > MAX_POINTS)
}
