//! How the values of several series at one place stand to each other.

use crate::analyses::chart::{Arrange, ChartValue};
use std::collections::BTreeMap;

/// A value, and the part of the axis that it takes.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'a> {
    pub value: &'a ChartValue,
    pub from: f64,
    /// `None`: it has no value, or one below zero where shares are drawn.
    pub to: Option<f64>,
    /// Of all values at the place, where shares are drawn.
    pub share: Option<f64>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Place {
    above: f64,
    below: f64,
    /// Of the values above zero.
    total: f64,
}

/// Side by side every value begins at zero; stacked it stands on those of the series before, values below
/// zero apart from those above.
pub fn pieces(values: &[ChartValue], arrange: Arrange) -> Vec<Piece<'_>> {
    let mut places: BTreeMap<u64, Place> = BTreeMap::new();
    for value in values {
        let amount = value.value.filter(|x| *x > 0.0).unwrap_or(0.0);
        places.entry(value.at.to_bits()).or_default().total += amount;
    }
    let mut in_order: Vec<&ChartValue> = values.iter().collect();
    in_order.sort_by_key(|value| value.series);
    let piece = |value: &'_ ChartValue| -> (f64, Option<f64>, Option<f64>) {
        let Some(place) = places.get_mut(&value.at.to_bits()) else { return (0.0, value.value, None) };
        let on = |end: &mut f64, amount: f64| {
            let from = *end;
            *end += amount;
            (from, Some(*end))
        };
        match (arrange, value.value) {
            (Arrange::SideBySide, to) => (0.0, to, None),
            (Arrange::Stacked, Some(amount)) => {
                let (from, to) = on(if amount < 0.0 { &mut place.below } else { &mut place.above }, amount);
                (from, to, None)
            }
            (Arrange::Share, Some(amount)) if amount >= 0.0 && place.total > 0.0 => {
                let share = amount / place.total;
                let (from, to) = on(&mut place.above, share);
                (from, to.map(|to| to.min(1.0)), Some(share))
            }
            (Arrange::Stacked | Arrange::Share, _) => (place.above, None, None),
        }
    };
    let mut piece = piece;
    in_order
        .into_iter()
        .map(|value| {
            let (from, to, share) = piece(value);
            Piece { value, from, to, share }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(amounts: &[Option<f64>]) -> Vec<ChartValue> {
        let value = |(series, value): (usize, &Option<f64>)| ChartValue {
            at: 0.0,
            row: 0,
            series: series as u32,
            value: *value,
            interval: None,
            n: 1,
        };
        amounts.iter().enumerate().map(value).collect()
    }

    fn parts(amounts: &[Option<f64>], arrange: Arrange) -> Vec<(f64, Option<f64>)> {
        pieces(&values(amounts), arrange).iter().map(|piece| (piece.from, piece.to)).collect()
    }

    #[test]
    fn negative_values_are_stacked_below_zero() {
        let found = parts(&[Some(3.0), Some(-2.0), None, Some(4.0), Some(-1.0)], Arrange::Stacked);
        assert_eq!(found[1], (0.0, Some(-2.0)));
        assert_eq!(found[2].1, None);
        assert_eq!(found[3], (3.0, Some(7.0)));
        assert_eq!(found[4], (-2.0, Some(-3.0)));
    }

    #[test]
    fn shares_are_of_what_is_above_zero() {
        let found = parts(&[Some(1.0), Some(-9.0), Some(3.0)], Arrange::Share);
        assert_eq!(found, [(0.0, Some(0.25)), (0.25, None), (0.25, Some(1.0))]);
        assert_eq!(parts(&[Some(0.0)], Arrange::Share), [(0.0, None)]);
    }
}
