//! The marks: one file each, with its channels, the data it spans, and its shapes.

mod area;
mod band;
mod bars;
mod block_names;
mod boxes;
mod bubbles;
mod cells;
mod color_key;
mod foot_rows;
mod guide;
mod intervals;
mod line;
mod mesh;
mod note;
mod points;
mod reach;
mod ridges;
mod rule;
mod seams;
mod steps;
mod ticks;
mod tiles;
mod tree;

pub use area::{Area, AreaPoint};
pub use band::Band;
pub use bars::{BarItem, Bars, Sharing};
pub use block_names::{BlockName, BlockNames};
pub use boxes::{BoxItem, BoxLook, Boxes, Outlier};
pub use bubbles::{Bubble, Bubbles};
pub use cells::{CellItem, CellScale, Cells};
pub use color_key::ColorKey;
pub use foot_rows::{FootRow, FootRows};
pub use guide::Guide;
pub use intervals::{IntervalItem, IntervalLook, Intervals};
pub use line::{Line, LinePoint};
pub use mesh::{Mesh, MeshCell};
pub use note::Note;
pub use points::{PointItem, Points};
pub use reach::Reach;
pub use ridges::{Ridge, RidgeLook, Ridges};
pub use rule::{Rule, RuleLook};
pub use seams::{Corner, Seams};
pub use steps::Steps;
pub use ticks::Ticks;
pub use tiles::{Tile, TileHead, TileHeads, Tiles};
pub use tree::{Join, Tree};

use super::layout::{EndName, Extent, Flag, Frame, Placed};
use super::model::{Chart, Mark, ValueLabel};

/// Which axis measures the values; the other one says where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Direction {
    /// Values on x.
    #[default]
    Horizontal,
    /// Values on y.
    Vertical,
}

/// What the layout asks of a mark.
pub trait PlaceMark {
    /// The series it belongs to: hidden with it. `None` for annotations.
    fn series(&self) -> Option<usize>;

    /// Takes its data into the spans of the axes.
    fn extend(&self, x: &mut Extent, y: &mut Extent);

    /// The name it wants above the plot.
    fn flag(&self, _chart: &Chart) -> Option<Flag> {
        None
    }

    /// What it writes in the value columns, with the category.
    fn row_values(&self) -> Vec<(f64, &ValueLabel)> {
        Vec::new()
    }

    /// Height of a row in which it has room, where that is more than the usual one.
    fn row_height_px(&self) -> Option<f64> {
        None
    }

    /// Room that it needs above the plot.
    fn headroom_px(&self) -> f64 {
        0.0
    }

    /// Room that it needs below the x axis, where the y axis is not categorical.
    fn footroom_px(&self) -> f64 {
        0.0
    }

    /// The name it wants at its right end; it pushes the place to [`Placed::line_ends`].
    fn end_name(&self, _chart: &Chart) -> Option<EndName> {
        None
    }

    /// Adds its shapes, and its hits in `lane`.
    fn place(&self, frame: &Frame<'_>, lane: usize, out: &mut Placed);
}

impl Mark {
    pub fn placeable(&self) -> &dyn PlaceMark {
        match self {
            Self::Area(mark) => mark,
            Self::Band(mark) => mark,
            Self::Bars(mark) => mark,
            Self::Bubbles(mark) => mark,
            Self::BlockNames(mark) => mark,
            Self::Boxes(mark) => mark,
            Self::Cells(mark) => mark,
            Self::ColorKey(mark) => mark,
            Self::FootRows(mark) => mark,
            Self::Guide(mark) => mark,
            Self::Intervals(mark) => mark,
            Self::Line(mark) => mark,
            Self::Note(mark) => mark,
            Self::Points(mark) => mark,
            Self::Reach(mark) => mark,
            Self::Ridges(mark) => mark,
            Self::Rule(mark) => mark,
            Self::Seams(mark) => mark,
            Self::Steps(mark) => mark,
            Self::Mesh(mark) => mark,
            Self::Ticks(mark) => mark,
            Self::TileHeads(mark) => mark,
            Self::Tiles(mark) => mark,
            Self::Tree(mark) => mark,
        }
    }
}
