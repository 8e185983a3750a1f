//! Values that the axes span although nothing is drawn there: what other panels of the same chart show.

use super::PlaceMark;
use crate::charts::layout::{Extent, Frame, Placed};

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reach {
    pub x: Vec<f64>,
    pub y: Vec<f64>,
}

impl PlaceMark for Reach {
    fn series(&self) -> Option<usize> {
        None
    }

    fn extend(&self, x: &mut Extent, y: &mut Extent) {
        self.x.iter().for_each(|value| x.include(*value));
        self.y.iter().for_each(|value| y.include(*value));
    }

    fn place(&self, _frame: &Frame<'_>, _lane: usize, _out: &mut Placed) {}
}
