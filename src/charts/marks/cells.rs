//! A matrix of coloured cells over two categorical axes; the figure stands in each cell where it fits.

use super::PlaceMark;
use crate::charts::geometry::{Point, Rect};
use crate::charts::layout::{Extent, Frame, Label, Layer, Placed, SMALL_PX};
use crate::charts::measure::{TextMeasure, Weight, ellipsize};
use crate::charts::model::Info;
use crate::charts::scale::Scale;
use crate::charts::scene::{Anchor, Geometry, Shape};
use crate::charts::theme::Role;

/// Paper between cells.
const GAP_PX: f64 = 1.0;

#[derive(Debug, Clone, PartialEq)]
pub struct Cells {
    pub items: Vec<CellItem>,
    pub scale: CellScale,
    /// Only cells below the diagonal exist. Then the name of each column stands on top of it, in the
    /// empty half, where it has room to run without being turned; the x axis is hidden.
    pub is_lower_triangle: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct CellItem {
    /// Index of the column.
    pub x: f64,
    /// Index of the row.
    pub y: f64,
    /// `None`: the cell is empty, with a dash.
    pub value: Option<f64>,
    /// Written in the cell.
    pub text: String,
    /// Bold: worth reading first.
    pub is_strong: bool,
    pub info: Info,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CellScale {
    /// Two colours around 0, full at plus and minus the limit.
    Diverging { limit: f64 },
    /// One colour from 0, full at the most.
    Sequential { most: f64 },
    /// One colour between two values of one sign, faint at the least.
    Between { least: f64, most: f64 },
}

/// The faintest colour of a value, so that it is not taken for an empty cell.
const FAINTEST: f64 = 0.08;

impl CellScale {
    fn fill(self, value: f64) -> Role {
        match self {
            Self::Diverging { limit } => Role::Diverging((value / limit).clamp(-1.0, 1.0)),
            Self::Sequential { most } => Role::Sequential((value / most).clamp(0.0, 1.0)),
            Self::Between { least, most } => {
                let share = if most > least { (value - least) / (most - least) } else { 1.0 };
                Role::Sequential(FAINTEST + (1.0 - FAINTEST) * share.clamp(0.0, 1.0))
            }
        }
    }

    /// The values at the two ends of the scale.
    pub fn ends(self) -> (f64, f64) {
        match self {
            Self::Diverging { limit } => (-limit, limit),
            Self::Sequential { most } => (0.0, most),
            Self::Between { least, most } => (least, most),
        }
    }

    /// The colour at a share of the way between the ends.
    pub fn fill_at(self, share: f64) -> Role {
        let (low, high) = self.ends();
        self.fill(low + (high - low) * share)
    }

    fn text(self, value: f64) -> Role {
        match self.fill(value) {
            Role::Diverging(place) => Role::OnDiverging(place),
            Role::Sequential(place) => Role::OnSequential(place),
            role => role,
        }
    }
}

impl PlaceMark for Cells {
    fn series(&self) -> Option<usize> {
        None
    }

    fn extend(&self, x: &mut Extent, y: &mut Extent) {
        for item in &self.items {
            x.include(item.x);
            y.include(item.y);
        }
    }

    fn place(&self, frame: &Frame<'_>, _lane: usize, out: &mut Placed) {
        let (Scale::Band(columns), Some(rows)) = (&frame.x, &frame.rows) else { return };
        let has_figures = self.figures_fit(frame);
        for item in &self.items {
            let (Some((left, right)), Some((top, bottom))) =
                (columns.band_px(item.x), rows.bands.band_px(item.y))
            else {
                continue;
            };
            let rect = Rect::new(
                left + GAP_PX / 2.0,
                top + GAP_PX / 2.0,
                right - GAP_PX / 2.0,
                bottom - GAP_PX / 2.0,
            );
            let (fill, role) = match item.value {
                Some(value) => (self.scale.fill(value), self.scale.text(value)),
                None => (Role::Background, Role::Muted),
            };
            out.push(Layer::Area, Shape::Rect { rect, paint: fill.into() });
            if has_figures {
                let weight = if item.is_strong { Weight::Bold } else { Weight::Regular };
                let (at, text) = (rect.center(), item.text.clone());
                out.try_label(
                    frame,
                    Label { at, text, size_px: SMALL_PX, weight, anchor: Anchor::Middle, role },
                );
            }
            // Each row is a lane: up and down keep to the column.
            out.hit(Geometry::Region(rect), rect.center(), None, item.y.max(0.0) as usize, &item.info);
        }
        if self.is_lower_triangle {
            place_column_names(frame, out);
        }
    }
}

impl Cells {
    fn figures_fit(&self, frame: &Frame<'_>) -> bool {
        let Scale::Band(columns) = &frame.x else { return false };
        let narrowest =
            columns.bands_px.iter().flatten().map(|(left, right)| right - left).fold(1e9, f64::min);
        self.least_width_for_figures_px(frame.measure) <= narrowest + 0.01
    }

    /// Width of a cell in which every figure fits.
    pub fn least_width_for_figures_px(&self, measure: &dyn TextMeasure) -> f64 {
        let width = |item: &CellItem| measure.width_px(&item.text, SMALL_PX, Weight::Bold);
        self.items.iter().map(width).fold(0.0, f64::max) + 4.0
    }
}

/// Column `j` begins below row `j`, whose right part is empty: its name stands there.
fn place_column_names(frame: &Frame<'_>, out: &mut Placed) {
    let (Scale::Band(columns), Some(rows)) = (&frame.x, &frame.rows) else { return };
    let names = frame.chart.x.category_list().unwrap_or_default();
    for (index, category) in names.iter().enumerate() {
        let (Some((left, _)), Some((top, bottom))) =
            (columns.band_px(index as f64), rows.bands.band_px(index as f64))
        else {
            continue;
        };
        let left = left + 4.0;
        let max_px = frame.width_px - left;
        let text = ellipsize(frame.measure, &category.label, SMALL_PX, Weight::Regular, max_px);
        // Close to the column that it names.
        let at = Point::new(left, (bottom - SMALL_PX * 0.75).max((top + bottom) / 2.0));
        let (weight, anchor, role) = (Weight::Regular, Anchor::Start, Role::Muted);
        out.try_label(frame, Label { at, text, size_px: SMALL_PX, weight, anchor, role });
    }
}
