//! Curves through the order statistics of a sample: cumulative shares, normal quantiles, concentration.

use super::Sum;
use super::distribution::normal;

/// Ranks from 1 to n, at most `max` and evenly spread; the first and the last are among them. All where they fit.
pub fn ranks(n: usize, max: usize) -> Vec<usize> {
    if n <= max {
        return (1..=n).collect();
    }
    let step = (n - 1) as f64 / (max.max(2) - 1) as f64;
    (0..max.max(2)).map(|i| 1 + (i as f64 * step).round() as usize).collect()
}

/// The share of values at or below each value, at `max` values at most. `sorted` ascending, without NaN.
pub fn ecdf(sorted: &[f64], max: usize) -> Vec<(f64, f64)> {
    let mut curve: Vec<(f64, f64)> = Vec::new();
    for rank in ranks(sorted.len(), max) {
        let Some(x) = sorted.get(rank - 1).copied() else { continue };
        let n_at_most = sorted.partition_point(|other| *other <= x);
        if curve.last().is_none_or(|(last, _)| *last < x) {
            curve.push((x, n_at_most as f64 / sorted.len() as f64));
        }
    }
    curve
}

/// Quantiles of the standard normal distribution and of the sample, at `max` ranks at most. The share of rank i is
/// (i - a) / (n + 1 - 2a) with a = 3/8 up to ten values and 1/2 beyond (Blom 1958; R's `ppoints`). `sorted` ascending, without NaN.
pub fn normal_quantiles(sorted: &[f64], max: usize) -> Vec<(f64, f64)> {
    let n = sorted.len() as f64;
    let a = if sorted.len() <= 10 { 0.375 } else { 0.5 };
    let share = |rank: usize| (rank as f64 - a) / (n + 1.0 - 2.0 * a);
    let at = |rank: usize| Some((normal::quantile(share(rank)), *sorted.get(rank - 1)?));
    ranks(sorted.len(), max).into_iter().filter_map(at).collect()
}

/// Lorenz's curve: the share of the sum that the smallest values take, from (0, 0) to (1, 1), and Gini's coefficient,
/// 2 sum(i x_i) / (n sum(x)) - (n + 1) / n. `sorted` ascending, without NaN, none below zero. `None` where the sum is zero.
pub fn lorenz(sorted: &[f64], max: usize) -> Option<(Vec<(f64, f64)>, f64)> {
    let (mut total, mut by_rank) = (Sum::default(), Sum::default());
    let mut so_far = Vec::with_capacity(sorted.len());
    for (x, rank) in sorted.iter().zip(1_u32..) {
        total.add(*x);
        by_rank.add(*x * f64::from(rank));
        so_far.push(total.value());
    }
    let (n, total) = (sorted.len() as f64, total.value());
    if !(total > 0.0 && total.is_finite()) {
        return None;
    }
    let point = |rank: usize| Some((rank as f64 / n, so_far.get(rank - 1)? / total));
    let curve = std::iter::once((0.0, 0.0)).chain(ranks(sorted.len(), max - 1).into_iter().filter_map(point));
    Some((curve.collect(), 2.0 * by_rank.value() / (n * total) - (n + 1.0) / n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_spread_and_have_both_ends() {
        assert_eq!(ranks(3, 5), [1, 2, 3]);
        let found = ranks(1_000_001, 512);
        assert_eq!((found.len(), found[0], found[511]), (512, 1, 1_000_001));
        assert!(found.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(ranks(0, 9), [0_usize; 0]);
    }

    #[test]
    fn ties_are_one_step() {
        assert_eq!(ecdf(&[1.0, 1.0, 2.0, 4.0], 512), [(1.0, 0.5), (2.0, 0.75), (4.0, 1.0)]);
    }

    #[test]
    fn one_who_has_all_and_all_who_have_the_same() {
        let (curve, gini) = lorenz(&[0.0, 0.0, 0.0, 8.0], 512).unwrap();
        assert_eq!(curve, [(0.0, 0.0), (0.25, 0.0), (0.5, 0.0), (0.75, 0.0), (1.0, 1.0)]);
        assert_eq!(gini, 0.75);
        assert_eq!(lorenz(&[2.0, 2.0], 512).unwrap().1, 0.0);
        assert_eq!(lorenz(&[0.0, 0.0], 512), None);
    }
}
