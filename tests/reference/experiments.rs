//! Shares, lifts, ratios and clustered errors.

use crate::check::{ALTERNATIVES, Check, list, load, number, numbers};
use playhead::stats::lift::{self, LiftBounds, MeanPair};
use playhead::stats::mean_test::{self, MeanArm, MeanTestKind};
use playhead::stats::proportion::{self, Share};
use playhead::stats::ratio::RatioEstimate;
use playhead::stats::{Alternative, Bounds, Null, PairMoments, Undefined, cluster};
use serde_json::Value;

/// Relative, against scipy and statsmodels.
const PACKAGE: f64 = 1e-11;
const PACKAGE_P: f64 = 1e-10;
/// scipy's Fisher test keeps ten digits for large tables.
const SCIPY_FISHER: f64 = 1e-8;
/// Against exact counting with whole numbers.
const EXACT: f64 = 1e-12;
/// Against the definition of Fieller's set, solved with 50 digits.
const FIELLER: f64 = 1e-13;
const ABS: f64 = 1e-15;

fn share(value: &Value) -> Share {
    let count = |i: usize| value[i].as_u64().expect("a count");
    Share { successes: count(0), n: count(1) }
}

#[test]
fn shares_compare_as_in_statsmodels_and_scipy() {
    let file = load("tests.json");
    let mut check = Check::default();
    for case in list(&file["proportions"]) {
        let (t, c) = (share(&case["treatment"]), share(&case["control"]));
        let name = format!("{}/{} {}/{}", t.successes, t.n, c.successes, c.n);
        for (row, (label, alternative)) in list(&case["rows"]).iter().zip(ALTERNATIVES) {
            let test = proportion::two_proportion_z(&t, &c, alternative, 0.05).expect("a test");
            check.close(&format!("{name} z"), test.statistic, number(&row[1]), PACKAGE, 0.0);
            check.close(&format!("{name} {label} p"), test.p_value, number(&row[2]), PACKAGE_P, 0.0);
            let fisher = proportion::fisher_exact(&t, &c, alternative);
            check.close(
                &format!("{name} {label} Fisher"),
                fisher.p_value,
                number(&row[3]),
                SCIPY_FISHER,
                0.0,
            );
            if let Some(odds_ratio) = fisher.odds_ratio {
                check.close(&format!("{name} odds"), odds_ratio, number(&case["odds_ratio"]), PACKAGE, 0.0);
            }
        }
        let newcombe = proportion::newcombe(&t, &c, Alternative::TwoSided, 0.05).expect("an interval");
        check.bounds(&format!("{name} Newcombe"), newcombe, &case["newcombe"], PACKAGE, 1e-14);
        let wilson = proportion::wilson(&t, 0.05);
        check.bounds(&format!("{name} Wilson"), wilson, &case["wilson_treatment"], PACKAGE, 1e-15);
        let h = proportion::cohens_h(&t, &c).expect("h");
        check.close(&format!("{name} h"), h, number(&case["cohens_h"]), PACKAGE, 1e-15);
    }
    for case in list(&file["fisher_exact_counting"]) {
        let (t, c) = (share(&case["treatment"]), share(&case["control"]));
        for (key, alternative) in [
            ("two_sided", Alternative::TwoSided),
            ("greater", Alternative::Greater),
            ("less", Alternative::Less),
        ] {
            let found = proportion::fisher_exact(&t, &c, alternative).p_value;
            check.close(&format!("{t:?} {c:?} {key}"), found, number(&case[key]), EXACT, 0.0);
        }
    }
    check.finish();
}

#[test]
fn shares_without_variation_or_rows_say_so() {
    let z = |t, c| proportion::two_proportion_z(&t, &c, Alternative::TwoSided, 0.05);
    let none = Share { successes: 0, n: 9 };
    assert_eq!(z(none, Share { successes: 0, n: 4 }), Err(Undefined::NoVariation));
    assert_eq!(z(none, Share { successes: 0, n: 0 }), Err(Undefined::TooFew { found: 0, needed: 1 }));
    let empty = Share { successes: 0, n: 0 };
    assert_eq!(proportion::wilson(&empty, 0.05), Bounds { low: 0.0, high: 1.0 });
    assert_eq!(proportion::fisher_exact(&none, &empty, Alternative::TwoSided).p_value, 1.0);
    assert_eq!(
        proportion::smallest_expected_count(&Share { successes: 3, n: 10 }, &Share { successes: 9, n: 30 }),
        3.0
    );
    // The one-sided interval excludes zero exactly where the one-sided bound says so.
    let (t, c) = (Share { successes: 60, n: 100 }, Share { successes: 48, n: 100 });
    let greater = proportion::newcombe(&t, &c, Alternative::Greater, 0.05).expect("an interval");
    assert!(greater.high == f64::INFINITY && greater.low > 0.0);
    let two_sided = proportion::newcombe(&t, &c, Alternative::TwoSided, 0.05).expect("an interval");
    assert!(two_sided.low < greater.low);
}

#[test]
fn lift_intervals_solve_their_definitions() {
    let file = load("tests.json");
    let mut check = Check::default();
    for (i, case) in list(&file["lift"]).iter().enumerate() {
        let v = numbers(&case["pair"]);
        let pair = MeanPair {
            treatment: v[0],
            control: v[1],
            var_treatment: v[2],
            var_control: v[3],
            covariance: v[4],
        };
        let q = number(&case["quantile"]);
        check.close(&format!("lift {i}"), pair.lift().expect("a lift"), number(&case["lift"]), 1e-14, 0.0);
        for (name, found) in [
            ("fieller", lift::fieller(&pair, q, Alternative::TwoSided)),
            ("delta", lift::delta(&pair, q, Alternative::TwoSided)),
            ("log", lift::log(&pair, q, Alternative::TwoSided)),
        ] {
            match found {
                LiftBounds::Finite(bounds) => {
                    // The case of nearly equal means has a lift of 1e-8 from means of 10: seven digits of the inputs cancel.
                    let abs = if v[0] - v[1] < 1e-6 && v[0] > v[1] { 1e-16 } else { ABS };
                    check.bounds(&format!("{name} {i}"), bounds, &case[name], FIELLER, abs);
                }
                other => check.that(&format!("{name} {i} is {other:?}"), case[name].is_null()),
            }
        }
    }
    check.finish();
}

#[test]
fn fieller_and_the_absolute_test_never_contradict_each_other() {
    let mut n_significant = 0;
    for step in -60..=60 {
        for control in [3.0, -3.0] {
            for covariance in [0.0, 0.02] {
                let treatment = control + 0.02 * f64::from(step);
                let pair =
                    MeanPair { treatment, control, var_treatment: 0.05, var_control: 0.07, covariance };
                for (_, alternative) in ALTERNATIVES {
                    let null = Null::T { df: 40.0 };
                    let q = null.critical(0.05, alternative);
                    let test = mean_test::DifferenceTest::new(
                        pair.difference(),
                        pair.var_difference().sqrt(),
                        null,
                        alternative,
                        0.05,
                    )
                    .expect("a test");
                    let LiftBounds::Finite(bounds) = lift::fieller(&pair, q, alternative) else {
                        panic!("the control is far from zero");
                    };
                    assert_eq!(test.p_value < 0.05, !bounds.contains(0.0), "{pair:?} {alternative:?}");
                    n_significant += usize::from(test.p_value < 0.05);
                }
            }
        }
    }
    assert!(n_significant > 100);
    let near_zero =
        MeanPair { treatment: 1.0, control: 0.1, var_treatment: 0.1, var_control: 0.1, covariance: 0.0 };
    assert_eq!(lift::fieller(&near_zero, 1.96, Alternative::TwoSided), LiftBounds::Unbounded);
    let zero = MeanPair { control: 0.0, ..near_zero };
    assert_eq!(lift::fieller(&zero, 1.96, Alternative::TwoSided), LiftBounds::Undefined);
    assert_eq!((zero.lift(), zero.delta_standard_error()), (None, None));
    assert_eq!(
        lift::log(&MeanPair { treatment: -1.0, ..near_zero }, 1.96, Alternative::TwoSided),
        LiftBounds::Undefined
    );
}

#[test]
fn published_summary_rows_give_the_published_intervals() {
    // GrowthBook's fixture: (n; sum; sum of squares). Absolute test, delta, log and Fieller.
    let c = MeanArm::from_sums(3407, 1396.87, 52377.9767).expect("an arm");
    let t = MeanArm::from_sums(3461, 2422.7, 134_698.29).expect("an arm");
    let test = mean_test::compare(&t, &c, MeanTestKind::Welch, Alternative::TwoSided, 0.05).expect("a test");
    let mut check = Check::default();
    check.close("df", test.null.df().expect("df"), 5_841.742_032_093_565, 1e-12, 0.0);
    check.close("se", test.standard_error, 0.124_783_631_587_587_94, 1e-12, 0.0);
    check.close("p", test.p_value, 0.020_158_402_643_587_037, 1e-12, 0.0);
    check.close("low", test.interval.low, 0.045_377_892_559_290_12, 1e-12, 0.0);
    check.close("high", test.interval.high, 0.534_622_107_440_709_8, 1e-12, 0.0);
    let pair = MeanPair {
        treatment: t.mean,
        control: c.mean,
        var_treatment: t.variance_of_mean(),
        var_control: c.variance_of_mean(),
        covariance: 0.0,
    };
    let q = test.null.critical(0.05, Alternative::TwoSided);
    check.close("lift", pair.lift().expect("a lift"), 0.707_317_073_170_731_7, 1e-14, 0.0);
    check.close("lift se", pair.delta_standard_error().expect("se"), 0.378_794_361_668_142_8, 1e-12, 0.0);
    for (name, found, low, high) in [
        (
            "delta",
            lift::delta(&pair, q, Alternative::TwoSided),
            -0.035_260_089_066_117_77,
            1.449_894_235_407_581,
        ),
        (
            "fieller",
            lift::fieller(&pair, q, Alternative::TwoSided),
            0.094_061_970_771_286_64,
            1.708_689_944_191_898_1,
        ),
    ] {
        let LiftBounds::Finite(bounds) = found else { panic!("{name} is finite") };
        check.close(&format!("{name} low"), bounds.low, low, 1e-11, 0.0);
        check.close(&format!("{name} high"), bounds.high, high, 1e-11, 0.0);
    }
    // The log interval takes the degrees of freedom of the relative variances.
    let relative = |arm: &MeanArm| MeanArm { variance: arm.variance / arm.mean.powi(2), ..*arm };
    let log_of = |t: &MeanArm, c: &MeanArm| {
        let null = Null::T { df: mean_test::welch_df(&relative(t), &relative(c)) };
        let pair = MeanPair {
            treatment: t.mean,
            control: c.mean,
            var_treatment: t.variance_of_mean(),
            var_control: c.variance_of_mean(),
            covariance: 0.0,
        };
        match lift::log(&pair, null.critical(0.05, Alternative::TwoSided), Alternative::TwoSided) {
            LiftBounds::Finite(bounds) => bounds,
            other => panic!("{other:?}"),
        }
    };
    check.bounds(
        "log",
        log_of(&t, &c),
        &serde_json::json!([0.105_168_696_133_034_92, 1.637_544_474_920_042_5]),
        1e-11,
        0.0,
    );
    // tea-tasting's user guide: orders by user and by session.
    let c = PairMoments::from_sums(2023, 4038.0, 1073.0, 10098.0, 2073.0, 2648.0);
    let t = PairMoments::from_sums(1977, 3920.0, 1133.0, 9698.0, 2121.0, 2730.0);
    let (c, t) =
        (RatioEstimate::from_moments(&c).expect("an arm"), RatioEstimate::from_moments(&t).expect("an arm"));
    let test = mean_test::compare(
        &t.as_mean_arm(),
        &c.as_mean_arm(),
        MeanTestKind::Welch,
        Alternative::TwoSided,
        0.05,
    )
    .expect("a test");
    check.close("ratio p", test.p_value, 0.076_237_599_781_683_03, 1e-12, 0.0);
    let log = log_of(&t.as_mean_arm(), &c.as_mean_arm());
    check.bounds(
        "ratio log",
        log,
        &serde_json::json!([-0.008_944_184_133_335_975, 0.193_775_760_955_263_05]),
        1e-11,
        0.0,
    );
    let c = MeanArm::from_sums(2023, 1073.0, 2073.0).expect("an arm");
    let t = MeanArm::from_sums(1977, 1133.0, 2121.0).expect("an arm");
    let test = mean_test::compare(&t, &c, MeanTestKind::Welch, Alternative::TwoSided, 0.05).expect("a test");
    check.close("orders p", test.p_value, 0.117_731_779_987_162_07, 1e-12, 0.0);
    check.bounds(
        "orders",
        test.interval,
        &serde_json::json!([-0.010_800_201_598_205_522, 0.096_180_493_141_762_16]),
        1e-11,
        0.0,
    );
    let log = log_of(&t, &c);
    check.bounds(
        "orders log",
        log,
        &serde_json::json!([-0.019_515_294_044_061_937, 0.190_688_006_127_888_7]),
        1e-11,
        0.0,
    );
    // Two more of tea-tasting's: an exact 2x2 table, and a split.
    let (t, c) = (Share { successes: 19, n: 53 }, Share { successes: 13, n: 47 });
    let fisher = proportion::fisher_exact(&t, &c, Alternative::TwoSided).p_value;
    check.close("Fisher", fisher, 0.399_994_891_815_356_9, 1e-12, 0.0);
    let split = playhead::stats::chi_square::exact_two_cells([53, 47], [1.0, 1.0]).expect("a test");
    check.close("split", split, 0.617_299_413_589_252_1, 1e-12, 0.0);
    check.close("orders t", test.statistic, 1.564_702_883_958_670_7, 1e-12, 0.0);
    check.finish();
}

#[test]
fn clustered_errors_are_those_of_a_regression() {
    let file = load("tests.json");
    let case = &file["clusters"];
    let unit: Vec<u32> = numbers(&case["unit"]).iter().map(|x| *x as u32).collect();
    let is_treatment: Vec<bool> =
        list(&case["is_treatment"]).iter().map(|v| v.as_bool().expect("a flag")).collect();
    let (y, x) = (numbers(&case["y"]), numbers(&case["x"]));
    let alone: Vec<usize> = (0..y.len()).filter(|&i| is_treatment[i]).collect();
    let of = |values: &[f64]| alone.iter().map(|&i| values[i]).collect::<Vec<_>>();
    let unit_alone: Vec<u32> = alone.iter().map(|&i| unit[i]).collect();
    // The same clusters under codes that are far apart take the sparse road.
    let far: Vec<u32> = unit.iter().map(|u| u * 40_000_000 + 7).collect();
    let mut check = Check::default();
    for (name, compared, compared_far, one) in [
        (
            "means",
            cluster::compare_means(&y, &is_treatment, &unit),
            cluster::compare_means(&y, &is_treatment, &far),
            cluster::mean(&of(&y), &unit_alone),
        ),
        (
            "ratios",
            cluster::compare_ratios(&y, &x, &is_treatment, &unit),
            cluster::compare_ratios(&y, &x, &is_treatment, &far),
            cluster::ratio(&of(&y), &of(&x), &unit_alone),
        ),
    ] {
        let expected = &case[name];
        let found = compared.expect("an estimate");
        let far = compared_far.expect("an estimate");
        check.close("sparse codes", far.pair.var_difference(), found.pair.var_difference(), 1e-12, 0.0);
        check.that("sparse count", far.n_clusters == found.n_clusters);
        check.that(
            "n",
            [found.n_treatment, found.n_control]
                == [expected["n"][0].as_u64().expect("n"), expected["n"][1].as_u64().expect("n")],
        );
        check.that("clusters", Some(found.n_clusters) == expected["n_clusters"].as_u64());
        check.that("missing", found.n_missing == y.len() as u64 - found.n_treatment - found.n_control);
        let pair = found.pair;
        for (what, found, expected) in [
            ("treatment", pair.treatment, &expected["estimates"][0]),
            ("control", pair.control, &expected["estimates"][1]),
            ("var treatment", pair.var_treatment, &expected["variances"][0]),
            ("var control", pair.var_control, &expected["variances"][1]),
            ("covariance", pair.covariance, &expected["covariance"]),
        ] {
            check.close(&format!("{name} {what}"), found, number(expected), PACKAGE, 0.0);
        }
        let test = found.test(Alternative::TwoSided, 0.05).expect("a test");
        check.close(
            &format!("{name} difference"),
            test.difference,
            number(&expected["difference"]),
            PACKAGE,
            0.0,
        );
        check.close(&format!("{name} se"), test.standard_error, number(&expected["se"]), PACKAGE, 0.0);
        check.close(&format!("{name} t"), test.statistic, number(&expected["statistic"]), PACKAGE, 0.0);
        check.close(&format!("{name} p"), test.p_value, number(&expected["p"]), PACKAGE_P, 0.0);
        check.bounds(&format!("{name} interval"), test.interval, &expected["interval"], PACKAGE, ABS);
        let one = one.expect("an estimate");
        let alone = &expected["treatment_alone"];
        check.close(&format!("{name} alone"), one.estimate, number(&alone["estimate"]), PACKAGE, 0.0);
        check.close(
            &format!("{name} alone variance"),
            one.variance,
            number(&alone["variance"]),
            PACKAGE,
            0.0,
        );
        check.bounds(&format!("{name} alone"), one.interval(0.05), &alone["interval"], PACKAGE, ABS);
    }
    let by_row = RatioEstimate::new(&y, &x).expect("a ratio");
    check.close("ratio", by_row.estimate, number(&case["ratio_by_row"]["estimate"]), PACKAGE, 0.0);
    check.close("ratio sd", by_row.sd(), number(&case["ratio_by_row"]["sd"]), PACKAGE, 0.0);
    check.finish();
}

#[test]
fn clusters_of_one_row_are_robust_errors() {
    // Each row its own unit: CR1 equals HC1, whose variance of a mean is sum of squared deviations / n^2 * N/(N-2).
    let values = [3.0, 5.0, 4.0, 8.0, 7.5, 9.0, 6.0];
    let is_treatment = [false, false, false, true, true, true, true];
    let found = cluster::compare_means(&values, &is_treatment, &[0, 1, 2, 3, 4, 5, 6]).expect("an estimate");
    let expected = (1.0 + 1.0) / 9.0 * 7.0 / 5.0;
    assert!((found.pair.var_control - expected).abs() < 1e-15 && found.pair.covariance == 0.0);
    // No treatment row, one cluster, too few rows.
    assert!(cluster::compare_means(&values, &[false; 7], &[0, 1, 2, 3, 4, 5, 6]).is_err());
    assert!(cluster::compare_means(&values, &is_treatment, &[4; 7]).is_err());
    assert!(cluster::compare_means(&[1.0, 2.0], &[true, false], &[0, 1]).is_err());
    assert!(cluster::mean(&values, &[cluster::MISSING; 7]).is_err());
    assert!(cluster::compare_ratios(&values, &[0.0; 7], &is_treatment, &[0, 1, 2, 3, 4, 5, 6]).is_err());
}

#[test]
fn a_ratio_needs_units_and_a_denominator() {
    assert!(RatioEstimate::new(&[1.0], &[2.0]).is_err());
    assert!(RatioEstimate::new(&[1.0, 2.0], &[1.0, -1.0]).is_err());
    let exact = RatioEstimate::new(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]).expect("a ratio");
    assert_eq!((exact.estimate, exact.linearised_variance), (0.5, 0.0));
}
