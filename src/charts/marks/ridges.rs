//! Densities in rows: mirrored around the middle (violins), or standing on the lower edge (ridges).

use super::PlaceMark;
use crate::charts::geometry::Point;
use crate::charts::layout::{Extent, Frame, Layer, Placed};
use crate::charts::model::Dash;
use crate::charts::scene::{Paint, Shape};
use crate::charts::theme::Role;

const VIOLIN_ROW_PX: f64 = 44.0;
const RIDGE_ROW_PX: f64 = 36.0;
/// How high the highest ridge is, in rows: it reaches a little into the row above.
const RIDGE_SHARE: f64 = 1.35;
/// The widest violin, as a share of its row.
const VIOLIN_SHARE: f64 = 0.86;
const FILL_OPACITY: f64 = 0.35;

#[derive(Debug, Clone, PartialEq)]
pub struct Ridges {
    pub series: usize,
    pub look: RidgeLook,
    /// The density drawn at full height: one for all rows of a chart, so that areas can be compared.
    pub most: f64,
    pub items: Vec<Ridge>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RidgeLook {
    #[default]
    Violin,
    Ridge,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ridge {
    /// Index of the row.
    pub place: f64,
    /// Ascending.
    pub x: Vec<f64>,
    pub density: Vec<f64>,
}

impl PlaceMark for Ridges {
    fn series(&self) -> Option<usize> {
        Some(self.series)
    }

    fn extend(&self, x: &mut Extent, y: &mut Extent) {
        for item in &self.items {
            y.include(item.place);
            item.x.iter().for_each(|value| x.include(*value));
        }
    }

    fn row_height_px(&self) -> Option<f64> {
        Some(match self.look {
            RidgeLook::Violin => VIOLIN_ROW_PX,
            RidgeLook::Ridge => RIDGE_ROW_PX,
        })
    }

    fn headroom_px(&self) -> f64 {
        match self.look {
            RidgeLook::Violin => 0.0,
            RidgeLook::Ridge => RIDGE_ROW_PX * (RIDGE_SHARE - 1.0) + 2.0,
        }
    }

    fn place(&self, frame: &Frame<'_>, _lane: usize, out: &mut Placed) {
        let Some(rows) = &frame.rows else { return };
        for item in &self.items {
            let (Some((top, bottom)), Some((row_top, _))) =
                (rows.bands.band_px(item.place), rows.row_px(item.place))
            else {
                continue;
            };
            // Where names stand above the marks, a ridge stays below its name.
            let is_under_name = top - row_top > 1.0;
            let (base, height) = match self.look {
                RidgeLook::Violin => ((top + bottom) / 2.0, (bottom - top) * VIOLIN_SHARE / 2.0),
                RidgeLook::Ridge if is_under_name => (bottom, bottom - top),
                RidgeLook::Ridge => (bottom, (bottom - top) * RIDGE_SHARE),
            };
            self.draw(frame, item, base, height, out);
        }
    }
}

impl Ridges {
    fn draw(&self, frame: &Frame<'_>, item: &Ridge, base: f64, height: f64, out: &mut Placed) {
        let role = frame.role(self.series);
        let crest: Vec<Point> = item
            .x
            .iter()
            .zip(&item.density)
            .filter_map(|(x, density)| {
                let share = if self.most > 0.0 { (density / self.most).clamp(0.0, 1.0) } else { 0.0 };
                Some(Point::new(frame.x_in_plot(*x)?, base - share * height))
            })
            .collect();
        let (Some(first), Some(last)) = (crest.first().copied(), crest.last().copied()) else { return };
        let mut outline = vec![Point::new(first.x, base)];
        outline.extend(crest.iter().copied());
        outline.push(Point::new(last.x, base));
        if self.look == RidgeLook::Violin {
            outline.extend(crest.iter().rev().map(|at| Point::new(at.x, 2.0 * base - at.y)));
            outline.push(Point::new(first.x, base));
        }
        // Paper first: a ridge covers what stands behind it.
        let area = |paint| Shape::Area { points: outline.clone(), paint };
        out.push(Layer::Mark, area(Role::Background.into()));
        out.push(Layer::Mark, area(Paint { role, opacity: FILL_OPACITY }));
        let points = if self.look == RidgeLook::Violin { outline } else { crest };
        out.push(Layer::Mark, Shape::Line { points, width_px: 1.5, dash: Dash::Solid, paint: role.into() });
    }
}
