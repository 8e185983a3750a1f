//! What is drawn and what can be pointed at: the one outcome of a layout.

use super::geometry::{Point, Rect};
use super::measure::Weight;
use super::model::{Dash, Info, Symbol};
use super::scale::Scale;
use super::theme::Role;

/// A chart laid out for one size: shapes from back to front, and marks in the order of the keyboard.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    pub width_px: f64,
    pub height_px: f64,
    /// Where the data lies.
    pub plot: Rect,
    /// Of the x axis: what a place of the pointer means.
    pub x: Scale,
    pub shapes: Vec<Shape>,
    /// Sorted by lane, then along the lane.
    pub hits: Vec<Hit>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    Line {
        points: Vec<Point>,
        width_px: f64,
        dash: Dash,
        paint: Paint,
    },
    /// A filled polygon.
    Area {
        points: Vec<Point>,
        paint: Paint,
    },
    Rect {
        rect: Rect,
        paint: Paint,
    },
    Symbol {
        at: Point,
        /// Width of its box.
        size_px: f64,
        symbol: Symbol,
        paint: Paint,
        /// Otherwise an outline filled with the background.
        is_filled: bool,
    },
    /// One line of text; `at.y` is the middle of its height.
    Text {
        at: Point,
        text: String,
        size_px: f64,
        weight: Weight,
        anchor: Anchor,
        paint: Paint,
    },
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paint {
    pub role: Role,
    /// 0 to 1.
    pub opacity: f64,
}

/// Which part of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// A mark that the pointer and the keyboard reach.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    pub geometry: Geometry,
    /// Where the cursor stands on it.
    pub anchor: Point,
    /// Index into the chart's series.
    pub series: Option<usize>,
    /// Marks of one lane follow each other under the left and right arrows.
    pub lane: usize,
    pub info: Info,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Geometry {
    Point(Point),
    Segment(Point, Point),
    Region(Rect),
}

impl Geometry {
    pub fn distance(self, to: Point) -> f64 {
        match self {
            Self::Point(point) => to.distance(point),
            Self::Segment(from, end) => to.distance_to_segment(from, end),
            Self::Region(rect) => to.distance_to_rect(rect),
        }
    }
}

impl From<Role> for Paint {
    fn from(role: Role) -> Self {
        Self { role, opacity: 1.0 }
    }
}

/// Height of a line of text relative to its size.
pub const LINE_HEIGHT: f64 = 1.25;

/// The box of a line of text of known width.
pub fn text_box(at: Point, width_px: f64, size_px: f64, anchor: Anchor) -> Rect {
    let left = match anchor {
        Anchor::Start => at.x,
        Anchor::Middle => at.x - width_px / 2.0,
        Anchor::End => at.x - width_px,
    };
    let half = size_px * LINE_HEIGHT / 2.0;
    Rect::new(left, at.y - half, left + width_px, at.y + half)
}
