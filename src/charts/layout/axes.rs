//! Axes: faint grid, ticks, and labels that never overlap and are never turned.

use super::extent::continuous_scale;
use super::frame::{Frame, Label, Layer, Placed, SMALL_PX};
use super::matrix::cells_of;
use crate::charts::geometry::Point;
use crate::charts::measure::{TextMeasure, Weight, ellipsize};
use crate::charts::model::{AxisKind, Chart, Dash, Domain};
use crate::charts::scale::{Scale, Ticks};
use crate::charts::scene::{Anchor, LINE_HEIGHT, Shape};
use crate::charts::theme::Role;

const TICK_PX: f64 = 4.0;
/// The zig-zag of a cut axis: right of it, and away from its foot. On the left it keeps clear of the labels.
const CUT_PX: [(f64, f64); 6] = [(0.0, 0.0), (0.0, 2.0), (4.0, 4.5), (-2.0, 8.5), (0.0, 10.5), (0.0, 13.0)];
const TICK_GAP_PX: f64 = 6.0;
const LINE_PX: f64 = SMALL_PX * LINE_HEIGHT;
/// Between neighbouring labels of an axis.
const LABEL_GAP_PX: f64 = 28.0;

/// Room below the plot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct XAxisHeight {
    pub height_px: f64,
    has_ticks: bool,
}

impl XAxisHeight {
    pub fn of(chart: &Chart) -> Self {
        let has_ticks = chart.x.is_drawn;
        let ticks_px = if has_ticks { TICK_GAP_PX + LINE_PX } else { 4.0 };
        let title_px = if has_ticks && has_x_title(chart) { LINE_PX + 3.0 } else { 0.0 };
        Self { height_px: ticks_px + title_px + 2.0, has_ticks }
    }
}

fn has_x_title(chart: &Chart) -> bool {
    // A time axis always has one: it may have to name the year.
    !chart.x.label.is_empty() || matches!(chart.x.kind, AxisKind::Time)
}

/// Room left of the plot for the labels of a continuous y axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct YAxisWidth {
    pub width_px: f64,
}

impl YAxisWidth {
    pub fn of(chart: &Chart, measure: &dyn TextMeasure, domain: (f64, f64), height_px: f64) -> Self {
        if !chart.y.is_drawn {
            return Self { width_px: 1.0 };
        }
        let scale = continuous_scale(&chart.y, domain, (height_px, 0.0));
        let labels = scale.ticks(n_y_ticks(height_px - 60.0), chart.y.format).labels;
        let widest =
            labels.iter().map(|text| measure.width_px(text, SMALL_PX, Weight::Regular)).fold(0.0, f64::max);
        Self { width_px: (widest + TICK_GAP_PX + 2.0).ceil() }
    }
}

/// Height of the line above the plot that names the y axis.
pub fn y_title_height_px(chart: &Chart) -> f64 {
    let is_named = chart.y.category_list().is_none() && chart.y.is_drawn && !chart.y.label.is_empty();
    if is_named { LINE_PX + 8.0 } else { 0.0 }
}

fn n_y_ticks(height_px: f64) -> usize {
    (height_px / 52.0).clamp(2.0, 7.0) as usize
}

/// Grid and labels of a continuous y axis.
pub fn place_y(frame: &Frame<'_>, out: &mut Placed) {
    if frame.rows.is_some() || !frame.chart.y.is_drawn {
        return;
    }
    let plot = frame.plot;
    let title = ellipsize(frame.measure, &frame.chart.y.label, SMALL_PX, Weight::Regular, frame.width_px);
    out.try_label(frame, small(Point::new(0.0, LINE_PX / 2.0), title, Anchor::Start, Role::Muted));
    // As for the width: the same number of ticks, or labels would not fit their margin.
    let Ticks { values, labels, .. } = frame.y.ticks(n_y_ticks(frame.height_px - 60.0), frame.chart.y.format);
    for (value, text) in values.iter().zip(labels) {
        let Some(y) = frame.y.px(*value) else { continue };
        out.line(Layer::Grid, Point::new(plot.left, y), Point::new(plot.right, y), 1.0, Role::Grid);
        out.try_label(frame, small(Point::new(plot.left - TICK_GAP_PX, y), text, Anchor::End, Role::Muted));
    }
    place_cut(frame, out);
}

/// Where the axis leaves out zero, a zig-zag at the end that is nearer to it.
fn place_cut(frame: &Frame<'_>, out: &mut Placed) {
    let AxisKind::Linear(Domain::Cut(low, _)) = frame.chart.y.kind else { return };
    let plot = frame.plot;
    let (foot, up) = if low > 0.0 { (plot.bottom, -1.0) } else { (plot.top, 1.0) };
    let point = |(dx, dy): (f64, f64)| Point::new(plot.left + dx, foot + up * dy);
    let points = CUT_PX.map(point).to_vec();
    let (width_px, dash, paint) = (1.25, Dash::Solid, Role::Muted.into());
    out.push(Layer::Rule, Shape::Line { points, width_px, dash, paint });
}

/// Ticks, labels and title of the x axis; with rows also the grid, which then runs upright.
pub fn place_x(frame: &Frame<'_>, room: &XAxisHeight, out: &mut Placed) {
    if !room.has_ticks {
        return;
    }
    let plot = frame.plot;
    let y = plot.bottom + TICK_GAP_PX + LINE_PX / 2.0;
    let mut context = None;
    if let (Scale::Band(_), Some(categories)) = (&frame.x, frame.chart.x.category_list()) {
        let names: Vec<&str> = categories.iter().map(|category| category.label.as_str()).collect();
        place_category_names(frame, &names, y, out);
    } else {
        let ticks = fitting_ticks(frame);
        for (value, text) in ticks.values.iter().zip(ticks.labels) {
            let Some(x) = frame.x.px(*value) else { continue };
            if frame.rows.is_some() {
                out.line(Layer::Grid, Point::new(x, plot.top), Point::new(x, plot.bottom), 1.0, Role::Grid);
            } else {
                let end = Point::new(x, plot.bottom + TICK_PX);
                out.line(Layer::Grid, Point::new(x, plot.bottom), end, 1.0, Role::Rule);
            }
            let half = frame.text_width_px(&text, SMALL_PX, Weight::Regular) / 2.0;
            let x = x.clamp(half, (frame.width_px - half).max(half));
            let label = small(Point::new(x, y), text, Anchor::Middle, Role::Muted);
            // The first one may touch the lowest label of the y axis: then it begins right of it.
            if !out.try_label(frame, label.clone()) {
                let x = plot.left - TICK_GAP_PX + 1.0 + half;
                out.try_label(frame, Label { at: Point::new(x, y), ..label });
            }
        }
        context = ticks.context;
    }
    if cells_of(frame.chart).is_none() {
        let (from, to) = (Point::new(plot.left, plot.bottom), Point::new(plot.right, plot.bottom));
        out.line(Layer::Rule, from, to, 1.0, Role::Rule);
    }
    let title = match (frame.chart.x.label.as_str(), context) {
        ("", context) => context.unwrap_or_default(),
        (label, None) => label.to_owned(),
        (label, Some(context)) => format!("{label}, {context}"),
    };
    // Aligned with the plot, or pushed left where it would not fit.
    let width = frame.text_width_px(&title, SMALL_PX, Weight::Regular);
    let left = plot.left.min((frame.width_px - width).max(0.0));
    let title = ellipsize(frame.measure, &title, SMALL_PX, Weight::Regular, frame.width_px - left);
    out.try_label(frame, small(Point::new(left, y + LINE_PX + 3.0), title, Anchor::Start, Role::Muted));
}

/// As many ticks as have room for their labels.
fn fitting_ticks(frame: &Frame<'_>) -> Ticks {
    let most = (frame.plot.width() / 56.0).clamp(2.0, 10.0) as usize;
    let mut n = most;
    loop {
        let ticks = frame.x.ticks(n, frame.chart.x.format);
        if n <= 2 || labels_fit(frame, &ticks) {
            return ticks;
        }
        n -= 1;
    }
}

fn labels_fit(frame: &Frame<'_>, ticks: &Ticks) -> bool {
    let mut end_of_last = f64::NEG_INFINITY;
    ticks.values.iter().zip(&ticks.labels).all(|(value, text)| {
        let Some(x) = frame.x.px(*value) else { return true };
        let half = frame.text_width_px(text, SMALL_PX, Weight::Regular) / 2.0;
        let is_clear = x - half >= end_of_last + LABEL_GAP_PX;
        end_of_last = x + half;
        is_clear
    })
}

/// Names under columns: shortened to their column, and only every k-th where columns are narrow.
fn place_category_names(frame: &Frame<'_>, names: &[&str], y: f64, out: &mut Placed) {
    let Scale::Band(bands) = &frame.x else { return };
    let visible: Vec<usize> = (0..names.len()).filter(|i| bands.center_px(*i as f64).is_some()).collect();
    let band_px = frame.plot.width() / visible.len().max(1) as f64;
    let widest = names
        .iter()
        .map(|name| frame.text_width_px(name, SMALL_PX, Weight::Regular))
        .fold(0.0, f64::max)
        .min(56.0);
    let stride = ((widest + 6.0) / band_px).ceil().max(1.0);
    for index in visible.iter().step_by(stride as usize) {
        let Some(x) = bands.center_px(*index as f64) else { continue };
        let name = names.get(*index).copied().unwrap_or_default();
        let text = ellipsize(frame.measure, name, SMALL_PX, Weight::Regular, band_px * stride - 6.0);
        let half = frame.text_width_px(&text, SMALL_PX, Weight::Regular) / 2.0;
        let x = x.clamp(half, (frame.width_px - half).max(half));
        out.try_label(frame, small(Point::new(x, y), text, Anchor::Middle, Role::Muted));
    }
}

fn small(at: Point, text: String, anchor: Anchor, role: Role) -> Label {
    Label { at, text, size_px: SMALL_PX, weight: Weight::Regular, anchor, role }
}
