//! Histograms over bins with round edges.

use super::quantile;

/// Bins that a histogram has at least and at most, as far as round edges allow.
const MIN_BINS: f64 = 12.0;
const MAX_BINS: f64 = 40.0;

/// Bin edges for the values of all samples together, ascending, one more than bins.
///
/// The width follows Freedman and Diaconis (1981), 2 IQR n^(-1/3), held so that there are about 12 to 40 bins, and is then rounded
/// to 1, 2, 2.5 or 5 times a power of ten with edges at its multiples. Whole numbers that span at most 40 get one bin each,
/// from k - 1/2 to k + 1/2; more of them get whole widths. `NaN` and infinities are skipped; `None` without values.
pub fn shared_edges(samples: &[&[f64]]) -> Option<Vec<f64>> {
    let mut values: Vec<f64> =
        samples.iter().flat_map(|sample| sample.iter().copied()).filter(|x| x.is_finite()).collect();
    let is_whole = values.iter().all(|x| x.fract() == 0.0);
    let n = values.len() as f64;
    let [min, q1, q3, max] = quantile::by_selection(&mut values, [0.0, 0.25, 0.75, 1.0])?;
    let span = max - min;
    if !span.is_finite() {
        return Some(vec![min, 0.0, max]);
    }
    if span == 0.0 {
        let half = if is_whole { 0.5 } else { 0.5 * libm::pow(10.0, libm::log10(min.abs()).floor()) };
        return Some(only_if_rising(vec![min - half, min + half]).unwrap_or_else(|| around(min)));
    }
    if is_whole && span < MAX_BINS {
        let edges = (0..=span as u32 + 1).map(|i| min - 0.5 + f64::from(i)).collect();
        return Some(only_if_rising(edges).unwrap_or_else(|| vec![min, max]));
    }
    let width = 2.0 * (q3 - q1) / libm::cbrt(n);
    let n_bins = if width > 0.0 { (span / width).clamp(MIN_BINS, MAX_BINS) } else { MAX_BINS };
    let step = RoundStep::near(span / n_bins, span, is_whole);
    let (first, last) = (step.below(min), step.above(max));
    let edges = (0..=(last - first) as u32).map(|i| step.times(first + f64::from(i))).collect();
    Some(only_if_rising(edges).unwrap_or_else(|| vec![min, max]))
}

/// How many values fall into each bin: `[edge i, edge i+1)`, the last one closed. Values outside, `NaN` and infinities
/// are not counted. `edges` ascending and about evenly spaced (any spacing is counted correctly, even spacing fast).
pub fn counts(values: &[f64], edges: &[f64]) -> Vec<u64> {
    let mut counts = vec![0_u64; edges.len().saturating_sub(1)];
    for &x in values {
        if let Some(bin) = bin_of(x, edges) {
            counts[bin] += 1;
        }
    }
    counts
}

/// The bin of a value, as [`counts`] has it; `None` outside of all.
pub fn bin_of(x: f64, edges: &[f64]) -> Option<usize> {
    let (&[first, ..], &[.., last]) = (edges, edges) else { return None };
    let n_bins = edges.len() - 1;
    if n_bins == 0 || !(x >= first && x <= last) {
        return None;
    }
    let mut bin = (((x - first) * (n_bins as f64 / (last - first))) as usize).min(n_bins - 1);
    // Rounding can miss by one; the edges decide.
    while x < edges[bin] {
        bin -= 1;
    }
    while bin + 1 < n_bins && x >= edges[bin + 1] {
        bin += 1;
    }
    Some(bin)
}

/// About `n_bins` bins from `min` to `max` with round edges (1, 2, 2.5 or 5 times a power of ten, whole ones for whole
/// numbers); one bin around the only value where both are equal. Both finite.
pub fn round_edges(min: f64, max: f64, n_bins: u32, is_whole: bool) -> Vec<f64> {
    let span = max - min;
    if !(span > 0.0 && span.is_finite()) {
        return only_if_rising(vec![min - 0.5, min + 0.5]).unwrap_or_else(|| around(min));
    }
    let width = span / f64::from(n_bins.max(1));
    let exponent = libm::log10(width).floor() as i32;
    let steps = [1.0, 2.0, 2.5, 5.0, 10.0].map(|mantissa| RoundStep { mantissa, exponent });
    let distance = |step: &RoundStep| libm::log(step.width() / width).abs();
    let fits = |step: &&RoundStep| !is_whole || step.width().fract() == 0.0;
    let nearest = steps.iter().filter(fits).min_by(|a, b| distance(a).total_cmp(&distance(b)));
    let step = nearest.copied().unwrap_or(RoundStep { mantissa: 1.0, exponent: 0 });
    let (first, last) = (step.below(min), step.above(max));
    let edges = (0..=(last - first) as u32).map(|i| step.times(first + f64::from(i))).collect();
    only_if_rising(edges).unwrap_or_else(|| vec![min, max])
}

/// A width of `mantissa * 10^exponent`.
#[derive(Debug, Clone, Copy)]
struct RoundStep {
    mantissa: f64,
    exponent: i32,
}

impl RoundStep {
    /// The round width nearest to `width` that needs neither too few nor too many bins for `span`.
    fn near(width: f64, span: f64, is_whole: bool) -> Self {
        let exponent = libm::log10(width).floor() as i32;
        let candidates = [-1, 0, 1].into_iter().flat_map(|shift| {
            [1.0, 2.0, 2.5, 5.0].map(|mantissa| Self { mantissa, exponent: exponent + shift })
        });
        let distance = |step: &Self| libm::log(step.width() / width).abs();
        // The steps of the ladder are at most twice apart, so that one of them always fits.
        candidates
            .filter(|step| !is_whole || step.width().fract() == 0.0)
            .filter(|step| (MIN_BINS..=MAX_BINS).contains(&(span / step.width())))
            .min_by(|a, b| distance(a).total_cmp(&distance(b)))
            .unwrap_or(Self { mantissa: 1.0, exponent: exponent + 1 })
    }

    fn width(self) -> f64 {
        self.times(1.0)
    }

    /// `i` widths. Divides by a power of ten instead of multiplying by a rounded 0.1, so that 3 widths of 0.1 are 0.3.
    fn times(self, i: f64) -> f64 {
        let power = libm::pow(10.0, f64::from(self.exponent.abs()));
        if self.exponent < 0 { i * self.mantissa / power } else { i * self.mantissa * power }
    }

    /// The last multiple at or below `x`, in widths.
    fn below(self, x: f64) -> f64 {
        let i = (x / self.width()).floor();
        // The division may round across the edge.
        if self.times(i + 1.0) <= x {
            i + 1.0
        } else if self.times(i) > x {
            i - 1.0
        } else {
            i
        }
    }

    /// The first multiple at or above `x`, in widths: the last bin is closed.
    fn above(self, x: f64) -> f64 {
        -self.below(-x)
    }
}

/// The edges, unless they are too close together for float64.
fn only_if_rising(edges: Vec<f64>) -> Option<Vec<f64>> {
    edges.windows(2).all(|pair| pair[0] < pair[1]).then_some(edges)
}

/// The narrowest bin around a value too large to have neighbours half a unit away.
fn around(x: f64) -> Vec<f64> {
    vec![x.next_down(), x.next_up()]
}
