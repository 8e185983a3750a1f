//! Bars from zero, lying or upright, one a category.

use super::{Direction, PlaceMark};
use crate::charts::geometry::{Point, Rect};
use crate::charts::layout::{Extent, Frame, Layer, Placed};
use crate::charts::measure::Weight;
use crate::charts::model::{Info, ValueLabel};
use crate::charts::scene::{Geometry, Shape};

/// Share of its band that a bar takes.
const THICKNESS: f64 = 0.5;

#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    pub series: usize,
    pub direction: Direction,
    pub items: Vec<BarItem>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct BarItem {
    /// Index of the category.
    pub place: f64,
    pub value: f64,
    /// Rows only.
    pub label: ValueLabel,
    pub info: Info,
}

impl PlaceMark for Bars {
    fn series(&self) -> Option<usize> {
        Some(self.series)
    }

    fn extend(&self, x: &mut Extent, y: &mut Extent) {
        let (value, place) = match self.direction {
            Direction::Horizontal => (x, y),
            Direction::Vertical => (y, x),
        };
        value.include(0.0);
        for item in &self.items {
            value.include(item.value);
            place.include(item.place);
        }
    }

    fn row_values(&self) -> Vec<(f64, &ValueLabel)> {
        self.items.iter().map(|item| (item.place, &item.label)).collect()
    }

    fn place(&self, frame: &Frame<'_>, lane: usize, out: &mut Placed) {
        for item in &self.items {
            let placed = match self.direction {
                Direction::Horizontal => row_bar(frame, item),
                Direction::Vertical => upright_bar(frame, item),
            };
            let Some((rect, anchor)) = placed else { continue };
            out.push(Layer::Mark, Shape::Rect { rect, paint: frame.role(self.series).into() });
            let row = frame.rows.as_ref().and_then(|rows| rows.row_px(item.place));
            let area = row.map_or(rect, |(top, bottom)| Rect::new(0.0, top, frame.width_px, bottom));
            out.hit(Geometry::Region(area), anchor, Some(self.series), lane, &item.info);
            if let Some(rows) = &frame.rows {
                rows.place_row_value(frame, item.place, &item.label, Weight::Regular, out);
            }
        }
    }
}

/// The bar, and its end.
fn row_bar(frame: &Frame<'_>, item: &BarItem) -> Option<(Rect, Point)> {
    let (top, bottom) = frame.rows.as_ref()?.bands.band_px(item.place)?;
    let (zero, end) = (frame.x_in_plot(0.0)?, frame.x_in_plot(item.value)?);
    let middle = (top + bottom) / 2.0;
    let half = (bottom - top) * THICKNESS / 2.0;
    let rect = Rect::new(zero.min(end), middle - half, zero.max(end), middle + half);
    Some((rect, Point::new(end, middle)))
}

fn upright_bar(frame: &Frame<'_>, item: &BarItem) -> Option<(Rect, Point)> {
    let (middle, next) = (frame.x.px(item.place)?, frame.x.px(item.place + 0.5)?);
    let half = (next - middle).abs() * 2.0 * THICKNESS / 2.0;
    let (zero, end) = (frame.y_in_plot(0.0)?, frame.y_in_plot(item.value)?);
    let rect = Rect::new(middle - half, zero.min(end), middle + half, zero.max(end));
    Some((rect, Point::new(middle, end)))
}
