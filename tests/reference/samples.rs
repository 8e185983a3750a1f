//! Moments and quantiles of samples.

use crate::check::{Check, load, number, numbers};
use playhead::stats::mean_test::{MeanArm, mean_interval};
use playhead::stats::{Moments, PairMoments, quantile};

/// Against exact rational arithmetic on the same float64 numbers.
const EXACT: f64 = 1e-13;
/// Third and fourth moments.
const EXACT_HIGHER: f64 = 1e-12;
/// NIST's certified values belong to decimal inputs; these are the correct digits that float64 input allows, less one.
const CERTIFIED_DIGITS: [(&str, f64, f64); 6] = [
    ("NumAcc1", 15.0, 15.0),
    ("NumAcc2", 14.0, 14.0),
    ("NumAcc3", 14.0, 8.5),
    ("NumAcc4", 14.0, 7.5),
    ("Lottery", 14.0, 14.0),
    ("Michelso", 14.0, 12.8),
];

#[test]
fn moments_have_the_digits_of_exact_arithmetic() {
    let file = load("moments.json");
    let mut check = Check::default();
    for (name, case) in file["samples"].as_object().expect("samples by name") {
        let values = numbers(&case["values"]);
        let found = Moments::new(&values);
        let exact = &case["exact"];
        check.that(&format!("{name} n"), found.n == values.len() as u64);
        check.close(&format!("{name} mean"), found.mean, number(&exact["mean"]), 2e-16, 0.0);
        check.close(&format!("{name} sum"), found.sum, number(&exact["sum"]), 2e-16, 0.0);
        for (what, value, rel) in [
            ("sd", found.sd(), EXACT),
            ("skewness", found.skewness(), EXACT_HIGHER),
            ("kurtosis", found.kurtosis(), EXACT_HIGHER),
        ] {
            let what_of = format!("{name} {what}");
            // The spread of a handful of near-equal doubles around zero skewness is all rounding.
            let abs = if what == "sd" { 0.0 } else { 1e-9 };
            match value {
                Some(value) if !exact[what].is_null() => {
                    check.close(&what_of, value, number(&exact[what]), rel, abs);
                }
                value => check.that(
                    &format!("{what_of} is {value:?}"),
                    value.is_none() && exact[what].is_null()
                        || name == "wide"
                        || (name == "constant" && value == Some(0.0)),
                ),
            }
        }
        for (share, expected) in
            [0.0, 0.01, 0.25, 0.5, 0.77, 1.0].into_iter().zip(numbers(&case["quantiles"]))
        {
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            let found = quantile::of_sorted(&sorted, share).expect("values");
            check.close(&format!("{name} quantile {share}"), found, expected, 4e-16, 0.0);
        }
    }
    check.finish();
}

#[test]
fn nist_sets_reach_the_digits_that_float64_allows() {
    let file = load("moments.json");
    let mut check = Check::default();
    for (name, mean_digits, sd_digits) in CERTIFIED_DIGITS {
        let case = &file["samples"][name];
        let found = Moments::new(&numbers(&case["values"]));
        let rel = |digits: f64| 10_f64.powf(-digits);
        check.close(
            &format!("{name} mean"),
            found.mean,
            number(&case["certified"][0]),
            rel(mean_digits),
            0.0,
        );
        let sd = found.sd().expect("an sd");
        check.close(&format!("{name} sd"), sd, number(&case["certified"][1]), rel(sd_digits), 0.0);
    }
    check.finish();
}

#[test]
fn missing_values_are_counted_and_skipped() {
    let with_gaps = Moments::new(&[f64::NAN, 1.0, 4.0, f64::NAN, 7.0]);
    let without = Moments::new(&[1.0, 4.0, 7.0]);
    assert_eq!((with_gaps.n, with_gaps.n_missing), (3, 2));
    assert_eq!(Moments { n_missing: 0, ..with_gaps }, without);
    let empty = Moments::new(&[f64::NAN]);
    assert_eq!((empty.n, empty.n_missing, empty.mean(), empty.sd()), (0, 1, None, None));
    assert!(empty.skewness().is_none() && empty.kurtosis().is_none() && empty.standard_error().is_none());
    let pairs = PairMoments::new(&[1.0, f64::NAN, 3.0, 4.0], &[2.0, 2.0, f64::NAN, 5.0]);
    assert_eq!((pairs.n, pairs.n_missing, pairs.sum_x, pairs.sum_y), (2, 2, 5.0, 7.0));
}

#[test]
fn a_constant_column_has_no_spread_at_all() {
    // 0.1 is not a float64 number: a naive variance of a hundred of them is about 1e-33 and gives absurd t values.
    let constant = Moments::new(&[0.1; 100]);
    assert!(constant.is_constant());
    assert_eq!(
        (constant.mean, constant.sd(), constant.skewness(), constant.kurtosis()),
        (0.1, Some(0.0), None, None)
    );
    let pairs = PairMoments::new(&[0.1; 100], &(0..100).map(f64::from).collect::<Vec<_>>());
    assert_eq!((pairs.m2_x, pairs.correlation()), (0.0, None));
}

#[test]
fn merged_moments_are_those_of_the_whole() {
    let file = load("moments.json");
    let values = numbers(&file["samples"]["skewed"]["values"]);
    let whole = Moments::new(&values);
    let mut check = Check::default();
    for cut in [0, 1, 77, values.len()] {
        let merged = Moments::new(&values[..cut]).merge(&Moments::new(&values[cut..]));
        check.that("n", merged.n == whole.n && merged.min == whole.min && merged.max == whole.max);
        for (what, found, expected) in [
            ("mean", merged.mean, whole.mean),
            ("m2", merged.m2, whole.m2),
            ("m3", merged.m3, whole.m3),
            ("m4", merged.m4, whole.m4),
            ("sum", merged.sum, whole.sum),
        ] {
            check.close(&format!("{what} cut at {cut}"), found, expected, 1e-13, 0.0);
        }
        let mirrored: Vec<f64> = values.iter().map(|x| 3.0 - x * x).collect();
        let whole = PairMoments::new(&values, &mirrored);
        let parts = PairMoments::new(&values[..cut], &mirrored[..cut])
            .merge(&PairMoments::new(&values[cut..], &mirrored[cut..]));
        check.close("m_xy", parts.m_xy, whole.m_xy, 1e-13, 0.0);
        check.close("m2_y", parts.m2_y, whole.m2_y, 1e-13, 0.0);
    }
    check.finish();
}

#[test]
fn quantiles_by_selection_are_those_of_sorted_values() {
    let values: Vec<f64> = (0..1001).map(|i| f64::from((i * 7919) % 263) * 0.37 - 20.0).collect();
    let mut sorted = values.clone();
    sorted.sort_by(f64::total_cmp);
    for n in [1, 2, 3, 5, 100, 1001] {
        let mut sorted = values[..n].to_vec();
        sorted.sort_by(f64::total_cmp);
        let shares = [0.0, 0.1, 0.25, 0.5, 0.501, 0.75, 0.999, 1.0];
        let found = quantile::by_selection(&mut values[..n].to_vec(), shares).expect("values");
        for (share, found) in shares.into_iter().zip(found) {
            assert_eq!(Some(found), quantile::of_sorted(&sorted, share), "{share} of {n}");
        }
    }
    assert_eq!(quantile::five_numbers(&[f64::NAN, 2.0, f64::NAN]), Some([2.0; 5]));
    assert_eq!(quantile::five_numbers(&[f64::NAN]), None);
    // The order of the shares does not matter.
    let found = quantile::by_selection(&mut [4.0, 1.0, 3.0, 2.0], [1.0, 0.0, 0.5]);
    assert_eq!(found, Some([4.0, 1.0, 2.5]));
}

#[test]
fn an_interval_of_one_mean_needs_two_values() {
    assert!(MeanArm::from_moments(&Moments::new(&[4.0])).is_err());
    let arm = MeanArm::from_moments(&Moments::new(&[4.0, 4.0, 4.0])).expect("three values");
    let interval = mean_interval(&arm, 0.05).expect("an interval");
    assert_eq!((interval.low, interval.high), (4.0, 4.0));
}
