//! Stacks without the parts that are hidden: what stands on them moves towards zero, axes stay.

use crate::charts::marks::Sharing;
use crate::charts::model::{Chart, Mark};
use std::collections::HashMap;

/// The hidden parts of every stack.
#[derive(Debug, Default)]
pub struct Closed {
    /// By place, from where to where.
    hidden: HashMap<u64, Vec<(f64, f64)>>,
    /// Where a surface begins, by its series and place: its upper line moves with it.
    bases: HashMap<(usize, u64), f64>,
}

impl Closed {
    pub fn of(chart: &Chart, hidden: &[usize]) -> Self {
        let mut closed = Self::default();
        if hidden.is_empty() {
            return closed;
        }
        for mark in &chart.marks {
            match mark {
                Mark::Bars(bars) if bars.sharing == Sharing::Stacked && hidden.contains(&bars.series) => {
                    let known = bars.items.iter().filter_map(|item| Some((item, item.value?)));
                    known.for_each(|(item, to)| closed.hide(item.place, (item.from, to)));
                }
                Mark::Area(area) => {
                    for (x, ends) in area.points.iter().filter_map(|point| Some((point.x, point.y?))) {
                        if hidden.contains(&area.series) {
                            closed.hide(x, ends);
                        } else {
                            closed.bases.insert((area.series, x.to_bits()), ends.0);
                        }
                    }
                }
                _ => {}
            }
        }
        closed
    }

    fn hide(&mut self, place: f64, ends: (f64, f64)) {
        self.hidden.entry(place.to_bits()).or_default().push(ends);
    }

    /// What is missing below a part that begins at `from`; 0 of one that stands on nothing hidden.
    pub fn below(&self, place: f64, from: f64) -> f64 {
        let parts = self.hidden.get(&place.to_bits()).map_or(&[][..], Vec::as_slice);
        let is_below = |to: f64| to * from > 0.0 && to.abs() <= from.abs();
        parts.iter().filter(|(_, to)| is_below(*to)).map(|(start, to)| to - start).sum()
    }

    /// The same for the upper line of a surface; 0 of a line without one.
    pub fn below_line(&self, series: usize, x: f64) -> f64 {
        self.bases.get(&(series, x.to_bits())).map_or(0.0, |from| self.below(x, *from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lies_below_is_missing() {
        let mut closed = Closed::default();
        closed.hide(3.0, (1.0, 4.0));
        closed.hide(3.0, (0.0, -2.0));
        assert_eq!(closed.below(3.0, 4.0), 3.0, "it stands on the hidden part");
        assert_eq!(closed.below(3.0, 0.0), 0.0, "it begins at zero");
        assert_eq!(closed.below(3.0, 1.0), 0.0, "the hidden part stands on it");
        assert_eq!(closed.below(3.0, -2.0), -2.0, "below zero apart");
        assert_eq!(closed.below(4.0, 4.0), 0.0, "another place");
    }
}
