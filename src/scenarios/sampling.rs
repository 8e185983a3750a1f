//! Random numbers that are the same bytes on every platform.
//!
//! The source is ChaCha8, and everything derived from it uses whole numbers, correctly rounded arithmetic and the `libm`
//! crate: the standard library's `ln` or `exp` may differ in the last digit between a processor and wasm.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// The numbers for one purpose of one world. Streams of different purposes are independent, so a
/// column that asks for more numbers leaves the other columns as they were.
#[derive(Debug, Clone)]
pub struct Stream {
    source: ChaCha8Rng,
    /// Box-Muller makes normals in pairs: the second of the last pair.
    spare_normal: Option<f64>,
}

impl Stream {
    /// `seed` chooses the world, `purpose` the stream in it.
    pub fn new(seed: u64, purpose: u64) -> Self {
        let mut key = *b"........playhead seeded world v1";
        key[..8].copy_from_slice(&seed.to_le_bytes());
        let mut source = ChaCha8Rng::from_seed(key);
        source.set_stream(purpose);
        Self { source, spare_normal: None }
    }

    /// Uniform in `[0, 1)`, a multiple of 2^-53.
    pub fn uniform(&mut self) -> f64 {
        (self.source.next_u64() >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }

    /// A whole number from 0 to `n - 1`; the bias is below n / 2^53. `n` is at least 1.
    pub fn below(&mut self, n: u32) -> u32 {
        libm::floor(self.uniform() * f64::from(n)) as u32
    }

    /// Standard normal (Box and Muller 1958); at most 8.6 in size.
    pub fn normal(&mut self) -> f64 {
        if let Some(normal) = self.spare_normal.take() {
            return normal;
        }
        let radius = libm::sqrt(-2.0 * libm::log(1.0 - self.uniform()));
        let angle = core::f64::consts::TAU * self.uniform();
        self.spare_normal = Some(radius * libm::sin(angle));
        radius * libm::cos(angle)
    }

    /// An index of `shares`, which sum to 1, each as probable as its share.
    pub fn level(&mut self, shares: &[f64]) -> u8 {
        let mut left = self.uniform();
        for (index, share) in shares.iter().enumerate() {
            left -= share;
            if left < 0.0 {
                return index as u8;
            }
        }
        shares.len().saturating_sub(1) as u8
    }
}

/// The standard normal distribution function.
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * core::f64::consts::FRAC_1_SQRT_2)
}

/// The Poisson quantile at `uniform`, by adding up probabilities: right for means up to about 700.
/// A larger mean at the same `uniform` never gives a smaller count.
pub fn poisson(uniform: f64, mean: f64) -> u32 {
    let mut probability = libm::exp(-mean);
    let mut below = probability;
    let mut count = 0_u32;
    // Past the mean, a probability this small no longer moves the sum.
    while uniform >= below && (probability > 1e-18 || f64::from(count) < mean) {
        count += 1;
        probability *= mean / f64::from(count);
        below += probability;
    }
    count
}

/// Draws indices with given weights, each draw in constant time (Walker 1977, set up as Vose 1991).
#[derive(Debug, Clone)]
pub struct AliasTable {
    keep: Vec<f64>,
    alias: Vec<u32>,
}

impl AliasTable {
    /// `weights` are positive; there is at least one.
    pub fn new(weights: &[f64]) -> Self {
        let mean = weights.iter().sum::<f64>() / weights.len() as f64;
        let mut keep: Vec<f64> = weights.iter().map(|weight| weight / mean).collect();
        let mut alias: Vec<u32> = (0..weights.len() as u32).collect();
        let (mut small, mut large): (Vec<u32>, Vec<u32>) =
            alias.iter().copied().partition(|index| keep[*index as usize] < 1.0);
        while let (Some(low), Some(high)) = (small.pop(), large.pop()) {
            alias[low as usize] = high;
            let rest = keep[high as usize] - (1.0 - keep[low as usize]);
            keep[high as usize] = rest;
            if rest < 1.0 { small.push(high) } else { large.push(high) }
        }
        // What is left has weight 1 up to rounding.
        for index in small.into_iter().chain(large) {
            keep[index as usize] = 1.0;
        }
        Self { keep, alias }
    }

    pub fn draw(&self, stream: &mut Stream) -> u32 {
        let index = stream.below(self.keep.len() as u32);
        if stream.uniform() < self.keep[index as usize] { index } else { self.alias[index as usize] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean and standard error of draws.
    fn mean_and_error(values: &[f64]) -> (f64, f64) {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
        (mean, (variance / n).sqrt())
    }

    #[test]
    fn the_first_numbers_are_fixed() {
        let mut stream = Stream::new(1, 0);
        let first: Vec<u64> = (0..3).map(|_| (stream.uniform() * 9_007_199_254_740_992.0) as u64).collect();
        // Computed with another implementation of ChaCha8.
        assert_eq!(first, [6_949_615_900_827_515, 2_239_360_205_188_249, 2_567_498_908_287_149]);
        assert_ne!(Stream::new(1, 1).uniform(), Stream::new(1, 0).uniform());
        assert_ne!(Stream::new(2, 0).uniform(), Stream::new(1, 0).uniform());
    }

    #[test]
    fn normals_have_moments_of_the_normal() {
        let mut stream = Stream::new(7, 3);
        let normals: Vec<f64> = (0..200_000).map(|_| stream.normal()).collect();
        for (power, expected) in [(1, 0.0), (2, 1.0), (3, 0.0), (4, 3.0)] {
            let (mean, error) = mean_and_error(&normals.iter().map(|x| x.powi(power)).collect::<Vec<_>>());
            assert!((mean - expected).abs() < 4.0 * error, "power {power}: {mean}");
        }
        let below: Vec<f64> = normals.iter().map(|x| f64::from(*x < 1.0)).collect();
        let (share, error) = mean_and_error(&below);
        assert!((share - normal_cdf(1.0)).abs() < 4.0 * error);
    }

    #[test]
    fn normal_cdf_matches_tables() {
        for (x, expected) in [(0.0, 0.5), (1.959_963_984_540_054, 0.975), (-3.0, 0.001_349_898_031_630_094_6)]
        {
            assert!((normal_cdf(x) - expected).abs() < 1e-15, "{x}: {}", normal_cdf(x));
        }
    }

    #[test]
    fn poisson_has_its_mean_and_variance() {
        let mut stream = Stream::new(7, 4);
        for expected in [0.2, 1.26, 9.0] {
            let counts: Vec<f64> =
                (0..100_000).map(|_| f64::from(poisson(stream.uniform(), expected))).collect();
            let (mean, error) = mean_and_error(&counts);
            assert!((mean - expected).abs() < 4.0 * error, "{mean} for {expected}");
            let squares: Vec<f64> = counts.iter().map(|x| (x - expected) * (x - expected)).collect();
            let (variance, error) = mean_and_error(&squares);
            assert!((variance - expected).abs() < 4.0 * error, "variance {variance} for {expected}");
        }
        assert_eq!(poisson(0.0, 1.0), 0);
        assert!(poisson(1.0 - f64::EPSILON / 2.0, 1.0) < 30, "the largest uniform ends the search");
    }

    #[test]
    fn alias_draws_follow_the_weights() {
        let weights = [0.5, 3.0, 1.0, 0.01, 2.0];
        let table = AliasTable::new(&weights);
        let mut stream = Stream::new(7, 5);
        let mut counts = [0.0; 5];
        let n = 200_000.0;
        for _ in 0..200_000 {
            counts[table.draw(&mut stream) as usize] += 1.0;
        }
        for (count, weight) in counts.iter().zip(weights) {
            let share = weight / weights.iter().sum::<f64>();
            assert!((count / n - share).abs() < 4.0 * (share * (1.0 - share) / n).sqrt());
        }
    }
}
