//! Sums that keep their digits.

/// A compensated running sum (Neumaier 1974): the rounding error of every addition is carried along.
/// Relative error about 2^-53 plus `n * 2^-106 * condition`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Sum {
    high: f64,
    low: f64,
}

impl Sum {
    #[inline]
    pub fn add(&mut self, x: f64) {
        let total = self.high + x;
        self.low +=
            if self.high.abs() >= x.abs() { (self.high - total) + x } else { (x - total) + self.high };
        self.high = total;
    }

    /// The sum. Infinite where it overflows.
    #[inline]
    pub fn value(&self) -> f64 {
        let value = self.high + self.low;
        // After an overflow the correction is NaN and the plain sum still says which infinity it is.
        if value.is_nan() { self.high } else { value }
    }
}

impl FromIterator<f64> for Sum {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut sum = Self::default();
        for x in values {
            sum.add(x);
        }
        sum
    }
}

/// Compensated sum of the values that are not `NaN`; 0 for none.
pub fn sum(values: &[f64]) -> f64 {
    values.iter().copied().filter(|x| !x.is_nan()).collect::<Sum>().value()
}
