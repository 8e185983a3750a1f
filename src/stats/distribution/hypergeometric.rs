//! The hypergeometric distribution: marked balls in a draw without replacement.

use super::binomial;

/// `marked` of `total` balls are marked and `drawn` are drawn; X is the number of marked ones drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hypergeometric {
    pub total: u64,
    pub marked: u64,
    pub drawn: u64,
}

impl Hypergeometric {
    /// The smallest and largest possible X.
    pub fn range(&self) -> (u64, u64) {
        let unmarked = self.total - self.marked;
        (self.drawn.saturating_sub(unmarked), self.marked.min(self.drawn))
    }

    /// ln P(X = k), from three binomial probabilities of the same share (Loader 2000).
    pub fn ln_pmf(&self, k: u64) -> f64 {
        let (low, high) = self.range();
        if k < low || k > high {
            return f64::NEG_INFINITY;
        }
        let share = self.drawn as f64 / self.total as f64;
        binomial::ln_pmf(k, self.marked, share)
            + binomial::ln_pmf(self.drawn - k, self.total - self.marked, share)
            - binomial::ln_pmf(self.drawn, self.total, share)
    }

    /// P(X <= k) / P(X = k): summed downwards until the terms no longer count.
    fn lower_in_units(&self, k: u64) -> f64 {
        let (low, _) = self.range();
        let unmarked = self.total - self.marked;
        let (mut term, mut sum) = (1.0, 1.0);
        let mut x = k;
        while x > low {
            // P(x - 1) / P(x)
            let up = x as f64 * ((unmarked + x) - self.drawn) as f64;
            let down = (self.marked - x + 1) as f64 * (self.drawn - x + 1) as f64;
            term *= up / down;
            sum += term;
            x -= 1;
            if term < sum * 1e-18 {
                break;
            }
        }
        sum
    }

    /// P(X >= k) / P(X = k).
    fn upper_in_units(&self, k: u64) -> f64 {
        // Counting the unmarked ones turns the tail around.
        let mirrored = Self { marked: self.total - self.marked, ..*self };
        mirrored.lower_in_units(self.drawn - k)
    }

    /// P(X <= k).
    pub fn cdf(&self, k: u64) -> f64 {
        let (low, high) = self.range();
        if k < low {
            0.0
        } else if k >= high {
            1.0
        } else if k > self.mode() {
            1.0 - self.at_least(k + 1)
        } else {
            (libm::exp(self.ln_pmf(k)) * self.lower_in_units(k)).min(1.0)
        }
    }

    /// P(X >= k).
    pub fn at_least(&self, k: u64) -> f64 {
        let (low, high) = self.range();
        if k <= low {
            1.0
        } else if k > high {
            0.0
        } else if k <= self.mode() {
            1.0 - self.cdf(k - 1)
        } else {
            (libm::exp(self.ln_pmf(k)) * self.upper_in_units(k)).min(1.0)
        }
    }

    /// The most probable X.
    pub fn mode(&self) -> u64 {
        let (low, high) = self.range();
        let mode = (self.marked as f64 + 1.0) * (self.drawn as f64 + 1.0) / (self.total as f64 + 2.0);
        (mode.floor() as u64).clamp(low, high)
    }
}
