//! Sample quantiles of type 7 (Hyndman and Fan 1996): the default of R, NumPy and Excel.
//!
//! Position h = (n - 1) p; the value is interpolated linearly between the order statistics around h.

/// Quantile of values sorted ascending, without `NaN`. `share` is held within [0, 1]; `None` for no values.
pub fn of_sorted(sorted: &[f64], share: f64) -> Option<f64> {
    let (index, fraction) = position(sorted.len(), share)?;
    let low = *sorted.get(index)?;
    let high = sorted.get(index + 1).copied().unwrap_or(low);
    Some(interpolate(low, high, fraction))
}

/// Quantiles by selection, in linear time; `values` is reordered and must not hold `NaN`
/// (see [`drop_missing`]). `shares` ascending. `None` for no values.
pub fn by_selection<const N: usize>(values: &mut [f64], shares: [f64; N]) -> Option<[f64; N]> {
    let n = values.len();
    let mut found = [0.0; N];
    // Everything before `start` is at most everything after it.
    let mut start = 0;
    for (share, slot) in shares.into_iter().zip(&mut found) {
        let (index, fraction) = position(n, share)?;
        if index < start {
            // Not ascending: the left part is not sorted, look everywhere again.
            start = 0;
        }
        let (_, low, above) = values[start..].select_nth_unstable_by(index - start, f64::total_cmp);
        let low = *low;
        let high = if fraction > 0.0 { above.iter().copied().fold(f64::INFINITY, f64::min) } else { low };
        *slot = interpolate(low, high, fraction);
        start = index;
    }
    Some(found)
}

/// Minimum, quartiles and maximum. `NaN` is skipped. `None` for no values.
pub fn five_numbers(values: &[f64]) -> Option<[f64; 5]> {
    by_selection(&mut drop_missing(values), [0.0, 0.25, 0.5, 0.75, 1.0])
}

/// A copy without `NaN`.
pub fn drop_missing(values: &[f64]) -> Vec<f64> {
    values.iter().copied().filter(|x| !x.is_nan()).collect()
}

/// Index of the lower order statistic and the weight of the next one.
fn position(n: usize, share: f64) -> Option<(usize, f64)> {
    let last = n.checked_sub(1)?;
    let h = last as f64 * share.clamp(0.0, 1.0);
    let index = (h.floor() as usize).min(last);
    Some((index, if index == last { 0.0 } else { h - index as f64 }))
}

fn interpolate(low: f64, high: f64, fraction: f64) -> f64 {
    if fraction == 0.0 || low == high {
        return low;
    }
    // From the nearer end, as NumPy does, so that the result never leaves [low, high].
    if fraction < 0.5 { low + (high - low) * fraction } else { high - (high - low) * (1.0 - fraction) }
}
