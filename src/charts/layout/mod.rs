//! From a chart and a size to a scene: pure, and the same on every machine for the same text measure.

mod axes;
mod closed;
mod end_labels;
mod extent;
mod flags;
mod frame;
mod heading;
mod matrix;
mod rows;

pub use end_labels::EndName;
pub use extent::Extent;
pub use flags::Flag;
pub use frame::{BODY_PX, Frame, Label, Layer, Placed, SMALL_PX};
pub use heading::layout_with_heading;

use super::geometry::Rect;
use super::measure::TextMeasure;
use super::model::{AxisKind, Chart, Mark};
use super::scale::{Bands, Scale};
use super::scene::Scene;
use axes::{XAxisHeight, YAxisWidth};
use closed::Closed;
use end_labels::EndRoom;
use extent::continuous_scale;
use rows::{Columns, Rows};

/// What the reader has changed: nothing by default.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct View {
    /// The part of a continuous x axis to show, in data units.
    pub zoom_x: Option<(f64, f64)>,
    /// Indices of series that are switched off.
    pub hidden: Vec<usize>,
}

/// Height that a chart asks for at a width, in pixels. Rows decide theirs; other charts are wider than
/// they are high.
pub fn preferred_height_px(chart: &Chart, width_px: f64, measure: &dyn TextMeasure, view: &View) -> f64 {
    if chart.y.category_list().is_some() {
        return Plan::new(chart, width_px, None, measure, view).height_px;
    }
    (width_px * 0.5).clamp(240.0, 380.0) + footroom_px(chart)
}

/// Of hidden series too, so that the plot stands still.
fn footroom_px(chart: &Chart) -> f64 {
    chart.marks.iter().map(|mark| mark.placeable().footroom_px()).fold(0.0, f64::max)
}

/// Height below which a chart without axes has no margins: a sparkline.
const BARE_HEIGHT_PX: f64 = 60.0;
const BARE_MARGIN_PX: f64 = 4.0;

fn is_bare(chart: &Chart, height_px: Option<f64>) -> bool {
    let has_axes = chart.x.is_drawn || chart.y.is_drawn || chart.y.category_list().is_some();
    !has_axes && height_px.is_some_and(|height| height < BARE_HEIGHT_PX)
}

/// Lays a chart out. Texts do not overlap and none is cut: what does not fit is shortened or left out.
/// The height is the one of [`preferred_height_px`] where the y axis is categorical.
pub fn layout(chart: &Chart, width_px: f64, height_px: f64, measure: &dyn TextMeasure, view: &View) -> Scene {
    let plan = Plan::new(chart, width_px, Some(height_px), measure, view);
    let mut out = Placed::default();
    let Plan { frame, x_axis, end_room, flags, height_px } = plan;
    axes::place_y(&frame, &mut out);
    axes::place_x(&frame, &x_axis, &mut out);
    if let Some(rows) = &frame.rows {
        rows.place_names(&frame, &mut out);
    }
    flags::place(&frame, &flags, &mut out);
    for (index, mark) in chart.marks.iter().enumerate().filter(|(_, mark)| is_shown(mark, view)) {
        let is_one_list = frame.rows.is_some() && !matches!(mark, Mark::Cells(_));
        mark.placeable().place(&frame, if is_one_list { 0 } else { index }, &mut out);
    }
    end_labels::place(&frame, end_room, &mut out);
    let (plot, is_rows, x) = (frame.plot, frame.rows.is_some(), frame.x);
    let (shapes, mut hits) = out.into_shapes();
    let along = |hit: &super::scene::Hit| {
        if is_rows { (hit.anchor.y, hit.anchor.x) } else { (hit.anchor.x, hit.anchor.y) }
    };
    hits.sort_by(|a, b| {
        let ((a1, a2), (b1, b2)) = (along(a), along(b));
        a.lane.cmp(&b.lane).then(a1.total_cmp(&b1)).then(a2.total_cmp(&b2))
    });
    Scene { width_px, height_px, plot, x, shapes, hits }
}

/// Everything decided before the first shape.
struct Plan<'a> {
    frame: Frame<'a>,
    x_axis: XAxisHeight,
    end_room: EndRoom,
    flags: Vec<flags::PlacedFlag>,
    height_px: f64,
}

impl<'a> Plan<'a> {
    fn new(
        chart: &'a Chart,
        width_px: f64,
        height_px: Option<f64>,
        measure: &'a dyn TextMeasure,
        view: &'a View,
    ) -> Self {
        let width_px = width_px.max(80.0);
        // Hidden series count too, so that axes stand still when one is switched off.
        let (mut x_extent, mut y_extent) = (Extent::empty(), Extent::empty());
        for mark in &chart.marks {
            mark.placeable().extend(&mut x_extent, &mut y_extent);
        }
        let y_domain = y_extent.domain(&chart.y);
        let shown = || chart.marks.iter().filter(|mark| is_shown(mark, view)).map(Mark::placeable);
        let end_names: Vec<EndName> = shown().filter_map(|mark| mark.end_name(chart)).collect();
        let end_room = EndRoom::of(&end_names, measure, width_px);
        let columns = chart.y.category_list().map(|_| Columns::choose(chart, measure, width_px));
        let (left, right) = match columns {
            Some(columns) => columns.plot_px,
            None => {
                let y_axis = YAxisWidth::of(chart, measure, y_domain, height_px.unwrap_or(width_px * 0.5));
                let left = if is_bare(chart, height_px) { BARE_MARGIN_PX } else { y_axis.width_px };
                (left, (width_px - end_room.width_px).max(y_axis.width_px + 1.0))
            }
        };
        let x = match &chart.x.kind {
            AxisKind::Categories(categories) => {
                let is_visible: Vec<bool> = categories
                    .iter()
                    .map(|category| category.series.is_none_or(|series| !view.hidden.contains(&series)))
                    .collect();
                Scale::Band(Bands::even(&is_visible, left, right))
            }
            _ => {
                let domain = view.zoom_x.filter(|(from, to)| from < to);
                let domain = domain.unwrap_or_else(|| x_extent.domain(&chart.x));
                continuous_scale(&chart.x, domain, (left, right))
            }
        };
        let wanted: Vec<Flag> = shown().filter_map(|mark| mark.flag(chart)).collect();
        // Left of a plot with a continuous y axis stand its labels.
        let room_px = (if columns.is_some() { 0.0 } else { left }, width_px);
        let flags = flags::arrange(&wanted, &x, (left, right), measure, room_px);
        let is_bare = is_bare(chart, height_px);
        let headings_px = columns.map_or(0.0, |columns| Rows::headings_height_px(chart, columns));
        let y_title_px = axes::y_title_height_px(chart);
        let flags_px = flags::height_px(&flags);
        let headroom_px = shown().map(|mark| mark.headroom_px()).fold(0.0, f64::max);
        // Flags stand on the plot; the y axis' title and the headings of columns share the line above.
        let least_px = if is_bare { BARE_MARGIN_PX } else { 8.0 };
        let top = (y_title_px + flags_px + headroom_px).max(headings_px).max(least_px);
        let x_axis = XAxisHeight::of(chart);
        let (rows, bottom) = match columns {
            Some(columns) => {
                let rows = Rows::arrange(chart, &view.hidden, columns, top);
                let bottom = rows.bottom_px;
                (Some(rows), bottom)
            }
            None if is_bare => (None, height_px.unwrap_or(0.0) - BARE_MARGIN_PX),
            None => {
                let below_px = x_axis.height_px + footroom_px(chart);
                (None, (height_px.unwrap_or(width_px * 0.5) - below_px).max(top + 20.0))
            }
        };
        let y = match &rows {
            Some(rows) => Scale::Band(rows.bands.clone()),
            None => continuous_scale(&chart.y, y_domain, (bottom, top)),
        };
        let height_px = if rows.is_some() { bottom + x_axis.height_px } else { height_px.unwrap_or(0.0) };
        let plot = Rect::new(left, top, right, bottom);
        let hidden = &view.hidden;
        let closed = Closed::of(chart, hidden);
        let frame = Frame { chart, measure, hidden, closed, width_px, height_px, plot, x, y, rows };
        Self { frame, x_axis, end_room, flags, height_px }
    }
}

fn is_shown(mark: &Mark, view: &View) -> bool {
    mark.placeable().series().is_none_or(|series| !view.hidden.contains(&series))
}
