//! Coloured boxes over two continuous axes: how densely points lie where there are too many to draw.

use super::PlaceMark;
use crate::charts::geometry::Rect;
use crate::charts::layout::{Extent, Frame, Layer, Placed};
use crate::charts::model::Info;
use crate::charts::scene::{Geometry, Shape};
use crate::charts::theme::Role;

#[derive(Debug, Clone, PartialEq)]
pub struct Mesh {
    pub items: Vec<MeshCell>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct MeshCell {
    /// Left and right edge.
    pub x: (f64, f64),
    /// Lower and upper edge.
    pub y: (f64, f64),
    /// Number of its row, from 0: up and down keep to the column.
    pub row: usize,
    /// Place on the sequential scale, from 0 to 1.
    pub shade: f64,
    pub info: Info,
}

impl PlaceMark for Mesh {
    fn series(&self) -> Option<usize> {
        None
    }

    fn extend(&self, x: &mut Extent, y: &mut Extent) {
        for item in &self.items {
            x.include(item.x.0);
            x.include(item.x.1);
            y.include(item.y.0);
            y.include(item.y.1);
        }
    }

    fn place(&self, frame: &Frame<'_>, _lane: usize, out: &mut Placed) {
        let plot = frame.plot;
        for item in &self.items {
            let (Some(left), Some(right)) = (frame.x.px(item.x.0), frame.x.px(item.x.1)) else { continue };
            let (Some(bottom), Some(top)) = (frame.y_in_plot(item.y.0), frame.y_in_plot(item.y.1)) else {
                continue;
            };
            // Whole pixels: neighbours meet without a seam.
            let (left, right) = (left.max(plot.left).round(), right.min(plot.right).round());
            let rect = Rect::new(left, top.round(), right, bottom.round());
            if rect.width() < 1.0 || rect.height() < 1.0 {
                continue;
            }
            out.push(Layer::Area, Shape::Rect { rect, paint: Role::Sequential(item.shade).into() });
            out.hit(Geometry::Region(rect), rect.center(), None, item.row, &item.info);
        }
    }
}
