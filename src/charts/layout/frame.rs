//! What a mark knows while it is placed, and where it puts its shapes.

use super::closed::Closed;
use super::end_labels::EndName;
use super::rows::Rows;
use crate::charts::geometry::{Point, Rect};
use crate::charts::measure::{TextMeasure, Weight};
use crate::charts::model::{Chart, Dash, Info, Series, Symbol};
use crate::charts::scale::Scale;
use crate::charts::scene::{Anchor, Geometry, Hit, Paint, Shape, text_box};
use crate::charts::theme::Role;

/// Size of ticks, values and labels in pixels; nothing is smaller.
pub const SMALL_PX: f64 = 12.0;
/// Size of category names.
pub const BODY_PX: f64 = 14.0;

/// Scales, plot and measures of one layout.
#[derive(Debug)]
pub struct Frame<'a> {
    pub chart: &'a Chart,
    pub measure: &'a dyn TextMeasure,
    /// Indices of series that are not shown.
    pub hidden: &'a [usize],
    /// What stacks close up over.
    pub closed: Closed,
    pub width_px: f64,
    pub height_px: f64,
    pub plot: Rect,
    pub x: Scale,
    pub y: Scale,
    /// Where the y axis is categorical.
    pub rows: Option<Rows>,
}

/// From back to front.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    Grid,
    Area,
    Rule,
    /// Paper behind texts that lines would cross.
    Ground,
    Mark,
    Text,
}

/// Shapes and hits so far, and the boxes that texts already cover.
#[derive(Debug, Default)]
pub struct Placed {
    shapes: Vec<(Layer, Shape)>,
    pub hits: Vec<Hit>,
    occupied: Vec<Rect>,
    /// Right ends of lines, with the names that they want beside them.
    pub line_ends: Vec<(EndName, Point)>,
}

/// A line of text to be placed.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    pub at: Point,
    pub text: String,
    pub size_px: f64,
    pub weight: Weight,
    pub anchor: Anchor,
    pub role: Role,
}

impl Frame<'_> {
    pub fn series(&self, index: usize) -> Option<&Series> {
        self.chart.series.get(index)
    }

    pub fn role(&self, series: usize) -> Role {
        self.series(series).map_or(Role::Ink, |series| Role::Series(series.slot))
    }

    pub fn text_role(&self, series: usize) -> Role {
        self.series(series).map_or(Role::Ink, |series| Role::SeriesText(series.slot))
    }

    pub fn dash(&self, series: usize) -> Dash {
        self.series(series).map_or(Dash::Solid, |series| series.dash)
    }

    pub fn symbol(&self, series: usize) -> Symbol {
        self.series(series).map_or(Symbol::Circle, |series| series.symbol)
    }

    /// Pixels of a data point; `None` where it has no place or lies outside the plot.
    pub fn point(&self, x: f64, y: f64) -> Option<Point> {
        let point = Point::new(self.x.px(x)?, self.y.px(y)?);
        self.plot.contains(point).then_some(point)
    }

    /// Pixels of a value, pulled to the plot's edge.
    pub fn x_in_plot(&self, x: f64) -> Option<f64> {
        self.x.px(x).map(|px| px.clamp(self.plot.left, self.plot.right))
    }

    pub fn y_in_plot(&self, y: f64) -> Option<f64> {
        self.y.px(y).map(|px| px.clamp(self.plot.top, self.plot.bottom))
    }

    pub fn text_width_px(&self, text: &str, size_px: f64, weight: Weight) -> f64 {
        self.measure.width_px(text, size_px, weight)
    }

    fn label_box(&self, label: &Label) -> Rect {
        let width_px = self.text_width_px(&label.text, label.size_px, label.weight);
        text_box(label.at, width_px, label.size_px, label.anchor)
    }
}

impl Placed {
    pub fn push(&mut self, layer: Layer, shape: Shape) {
        self.shapes.push((layer, shape));
    }

    pub fn line(&mut self, layer: Layer, from: Point, to: Point, width_px: f64, paint: impl Into<Paint>) {
        self.push(
            layer,
            Shape::Line { points: vec![from, to], width_px, dash: Dash::Solid, paint: paint.into() },
        );
    }

    /// Draws a label if it is inside the canvas and touches no other; says whether it did.
    pub fn try_label(&mut self, frame: &Frame<'_>, label: Label) -> bool {
        let area = frame.label_box(&label);
        let canvas = Rect::new(0.0, 0.0, frame.width_px, frame.height_px);
        let is_inside = area.left >= canvas.left - 0.01
            && area.right <= canvas.right + 0.01
            && area.top >= canvas.top - 0.01
            && area.bottom <= canvas.bottom + 0.01;
        if label.text.is_empty() || !is_inside || self.is_occupied(area) {
            return false;
        }
        self.occupied.push(area);
        let Label { at, text, size_px, weight, anchor, role } = label;
        self.push(Layer::Text, Shape::Text { at, text, size_px, weight, anchor, paint: role.into() });
        true
    }

    /// As [`Placed::try_label`], on paper of its own: lines stop before the text.
    pub fn try_label_on_paper(&mut self, frame: &Frame<'_>, label: Label) -> bool {
        let area = frame.label_box(&label);
        let is_placed = self.try_label(frame, label);
        if is_placed {
            let rect = Rect::new(area.left - 3.0, area.top, area.right + 3.0, area.bottom);
            let canvas = Rect::new(rect.left.max(0.0), rect.top, rect.right.min(frame.width_px), rect.bottom);
            self.push(Layer::Ground, Shape::Rect { rect: canvas, paint: Role::Background.into() });
        }
        is_placed
    }

    pub fn is_occupied(&self, area: Rect) -> bool {
        self.occupied.iter().any(|other| other.overlaps(area))
    }

    /// Keeps texts out of a box.
    pub fn occupy(&mut self, area: Rect) {
        self.occupied.push(area);
    }

    pub fn hit(
        &mut self,
        geometry: Geometry,
        anchor: Point,
        series: Option<usize>,
        lane: usize,
        info: &Info,
    ) {
        self.hits.push(Hit { geometry, anchor, series, lane, info: info.clone() });
    }

    /// Shapes from back to front; within a layer in the order of placing.
    pub fn into_shapes(mut self) -> (Vec<Shape>, Vec<Hit>) {
        self.shapes.sort_by_key(|(layer, _)| *layer);
        (self.shapes.into_iter().map(|(_, shape)| shape).collect(), self.hits)
    }
}
