//! Kernel density with Gauss's kernel.

use super::moments::Moments;
use super::quantile;

/// Values that are summed one by one; more are first counted on a fine grid.
const MAX_EXACT: usize = 2_000;
/// Grid points to a bandwidth: then the error of counting is below 1e-3 of the density's height.
const POINTS_PER_BANDWIDTH: f64 = 16.0;
const MAX_GRID: f64 = 65_536.0;
/// Beyond so many bandwidths the kernel is below 1e-17.
const REACH: f64 = 9.0;

/// Silverman's rule of thumb (1986, eq. 3.31): 0.9 min(sd, IQR / 1.34) n^(-1/5); where the quartiles are equal, sd alone.
/// It is R's `bw.nrd0`. `values` without NaN, in any order. `None` for fewer than two different values.
pub fn bandwidth(values: &[f64]) -> Option<f64> {
    let sd = Moments::new(values).sd().filter(|sd| *sd > 0.0 && sd.is_finite())?;
    let [_, q1, _, q3, _] = quantile::five_numbers(values)?;
    let spread = (q3 - q1) / 1.34;
    let low = if spread > 0.0 { sd.min(spread) } else { sd };
    Some(0.9 * low * libm::pow(values.len() as f64, -0.2))
}

/// The density of the values at each place: the mean of normal densities of this bandwidth around the values. `places` ascending.
///
/// Up to 2,000 values exactly; of more, each is divided between the two points of a fine grid that it lies between
/// (linear binning, Wand 1994), which changes the density by less than a thousandth of its height.
pub fn density(values: &[f64], bandwidth: f64, places: &[f64]) -> Vec<f64> {
    if values.len() <= MAX_EXACT {
        return weighted(values.iter().map(|x| (*x, 1.0)), values.len() as f64, bandwidth, places);
    }
    let (low, high) =
        values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(*x), high.max(*x)));
    let n_steps = ((high - low) / bandwidth * POINTS_PER_BANDWIDTH).ceil().clamp(1.0, MAX_GRID);
    let step = (high - low) / n_steps;
    let mut weights = vec![0.0; n_steps as usize + 2];
    for x in values {
        let at = (x - low) / step;
        let (idx, part) = (at.floor(), at - at.floor());
        if let Some([left, right]) = weights.get_mut(idx as usize..idx as usize + 2) {
            *left += 1.0 - part;
            *right += part;
        }
    }
    let points = weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0);
    let points: Vec<(f64, f64)> = points.map(|(idx, weight)| (low + idx as f64 * step, *weight)).collect();
    near(&points, values.len() as f64, bandwidth, places)
}

fn weighted(points: impl Iterator<Item = (f64, f64)>, n: f64, bandwidth: f64, places: &[f64]) -> Vec<f64> {
    let mut points: Vec<(f64, f64)> = points.collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    near(&points, n, bandwidth, places)
}

/// Sums over the points within reach only. `points` ascending.
fn near(points: &[(f64, f64)], n: f64, bandwidth: f64, places: &[f64]) -> Vec<f64> {
    const ROOT_2_PI: f64 = 2.506_628_274_631_000_7;
    let reach = REACH * bandwidth;
    let at = |place: &f64| {
        let from = points.partition_point(|(x, _)| *x < place - reach);
        let to = points.partition_point(|(x, _)| *x <= place + reach);
        let kernel = |(x, weight): &(f64, f64)| {
            let z = (place - x) / bandwidth;
            weight * libm::exp(-0.5 * z * z)
        };
        points.get(from..to).unwrap_or_default().iter().map(kernel).sum::<f64>() / (n * bandwidth * ROOT_2_PI)
    };
    places.iter().map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counting_on_a_grid_changes_little() {
        let values: Vec<f64> = (1..=5_000).map(|i| libm::pow(f64::from(i) / 700.0, 2.0)).collect();
        let bandwidth = bandwidth(&values).unwrap();
        let places: Vec<f64> = (0..=50).map(f64::from).collect();
        let exact = weighted(values.iter().map(|x| (*x, 1.0)), 5_000.0, bandwidth, &places);
        let height = exact.iter().copied().fold(0.0, f64::max);
        for (counted, exact) in density(&values, bandwidth, &places).iter().zip(&exact) {
            assert!((counted - exact).abs() < 1e-3 * height, "{counted} {exact}");
        }
    }

    #[test]
    fn it_sums_to_one() {
        let values = [1.0, 2.0, 2.5, 7.0];
        let places: Vec<f64> = (-2_000..4_000).map(|i| f64::from(i) / 100.0).collect();
        let sum: f64 = density(&values, bandwidth(&values).unwrap(), &places).iter().sum();
        assert!((sum / 100.0 - 1.0).abs() < 1e-9, "{sum}");
    }

    #[test]
    fn equal_values_have_none() {
        assert_eq!(bandwidth(&[3.0, 3.0, 3.0]), None);
        assert_eq!(bandwidth(&[3.0]), None);
        assert!(bandwidth(&[0.0, 0.0, 0.0, 0.0, 9.0]).is_some(), "equal quartiles, but the values differ");
    }
}
