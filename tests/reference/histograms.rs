//! Histograms: what a reader of the chart would notice.

use playhead::stats::histogram::{counts, shared_edges};

/// A spread of values without a random number generator: the golden ratio's multiples.
fn spread(n: u32, scale: f64) -> Vec<f64> {
    (0..n).map(|i| scale * (f64::from(i) * 0.618_033_988_749_894_9).fract()).collect()
}

#[test]
fn edges_are_round_and_cover_everything() {
    for (n, scale) in [(50, 1.0), (1000, 7.3), (5000, 1e-4), (20_000, 3.3e6)] {
        let values = spread(n, scale);
        let edges = shared_edges(&[&values]).expect("values");
        assert!((12..=42).contains(&(edges.len() - 1)), "{} bins for {n} values of {scale}", edges.len() - 1);
        assert!(edges.windows(2).all(|e| e[0] < e[1]));
        assert_eq!(counts(&values, &edges).iter().sum::<u64>(), u64::from(n));
        // The width is 1, 2, 2.5 or 5 times a power of ten.
        let mantissa = {
            let width = edges[1] - edges[0];
            width / 10_f64.powf(width.log10().floor())
        };
        assert!([1.0, 2.0, 2.5, 5.0, 10.0].iter().any(|m| (m - mantissa).abs() < 1e-6), "{mantissa}");
    }
}

#[test]
fn whole_numbers_get_bins_of_their_own() {
    let values = [0.0, 1.0, 1.0, 2.0, 5.0, f64::NAN];
    let edges = shared_edges(&[&values]).expect("values");
    assert_eq!(edges, [-0.5, 0.5, 1.5, 2.5, 3.5, 4.5, 5.5]);
    assert_eq!(counts(&values, &edges), [1, 2, 1, 0, 0, 1]);
    let many: Vec<f64> = (0..5000).map(|i| f64::from((i * 37) % 1234)).collect();
    let edges = shared_edges(&[&many]).expect("values");
    assert!(edges.iter().all(|e| e.fract() == 0.0), "whole widths for whole numbers: {edges:?}");
}

#[test]
fn samples_share_their_edges() {
    let (a, b) = ([1.0, 2.0, 3.0], [10.0, 11.5]);
    let edges = shared_edges(&[&a, &b]).expect("values");
    assert!(edges[0] <= 1.0 && *edges.last().expect("edges") >= 11.5);
    assert_eq!(counts(&a, &edges).iter().sum::<u64>() + counts(&b, &edges).iter().sum::<u64>(), 5);
}

#[test]
fn odd_samples_have_edges_too() {
    assert_eq!(shared_edges(&[&[f64::NAN, f64::INFINITY]]), None);
    assert_eq!(shared_edges(&[]), None);
    for values in [
        vec![7.0; 5],
        vec![0.25; 5],
        vec![0.0; 3],
        vec![-1e300; 2],
        vec![1e18, 1e18 + 256.0],
        vec![-1e308, 1e308],
    ] {
        let edges = shared_edges(&[&values]).expect("values");
        assert!(edges.windows(2).all(|e| e[0] < e[1]), "{edges:?}");
        assert_eq!(
            counts(&values, &edges).iter().sum::<u64>(),
            values.len() as u64,
            "{values:?} in {edges:?}"
        );
    }
    // Most values equal: no interquartile range to take a width from.
    let mut mostly_zero = vec![0.0; 900];
    mostly_zero.extend(spread(50, 80.5));
    let edges = shared_edges(&[&mostly_zero]).expect("values");
    assert!(edges.len() > 10);
    // An outlier does not make a million bins.
    let mut far = spread(1000, 1.0);
    far.push(1e9);
    assert!(shared_edges(&[&far]).expect("values").len() <= 43);
}

#[test]
fn values_on_an_edge_belong_to_the_bin_above_except_at_the_end() {
    let edges = [0.0, 0.1, 0.2, 0.3];
    assert_eq!(counts(&[0.0, 0.1, 0.2, 0.3, 0.300_001, -0.1, f64::NAN], &edges), [1, 1, 2]);
    assert_eq!(counts(&[1.0], &[0.5]), Vec::<u64>::new());
}
