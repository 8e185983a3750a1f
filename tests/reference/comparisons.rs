//! Tests of two arms, ranks, adjusted p-values, counts and correlations.

use crate::check::{ALTERNATIVES, Check, alternative, list, load, number, numbers, text};
use playhead::stats::adjust::{Adjustment, adjust};
use playhead::stats::correlation::{self, Centred};
use playhead::stats::mean_test::{self, MeanArm, MeanTestKind};
use playhead::stats::rank::{self, RankMethod};
use playhead::stats::{Alternative, Moments, chi_square, effect_size};

/// Relative, for statistics, intervals and p-values of scipy and statsmodels.
const PACKAGE: f64 = 1e-11;
/// p-values in far tails carry the rounding of the statistic, multiplied by its square.
const PACKAGE_P: f64 = 1e-10;
const ABS: f64 = 1e-14;

fn arm(values: &[f64]) -> MeanArm {
    MeanArm::from_moments(&Moments::new(values)).expect("two values or more")
}

#[test]
fn means_compare_as_in_scipy() {
    let file = load("tests.json");
    let mut check = Check::default();
    for case in list(&file["means"]) {
        let name = text(&case["name"]);
        let (t, c) = (arm(&numbers(&case["treatment"])), arm(&numbers(&case["control"])));
        // A mean of 1e8 leaves eight digits for the deviations in the reference.
        let (rel, rel_p) = if name == "large offset" { (1e-7, 1e-6) } else { (PACKAGE, PACKAGE_P) };
        for row in list(&case["tests"]) {
            let kind = match text(&row[1]) {
                "welch" => MeanTestKind::Welch,
                "student" => MeanTestKind::Student,
                _ => MeanTestKind::Z,
            };
            let what = format!("{name} {} {}", text(&row[1]), text(&row[0]));
            let test = mean_test::compare(&t, &c, kind, alternative(&row[0]), 0.05).expect("a test");
            check.close(&format!("{what} statistic"), test.statistic, number(&row[2]), rel, 0.0);
            match test.null.df() {
                Some(df) => check.close(&format!("{what} df"), df, number(&row[3]), rel, 0.0),
                None => check.that(&format!("{what} has no df"), row[3].is_null()),
            }
            check.close(&format!("{what} p"), test.p_value, number(&row[4]), rel_p, 0.0);
            check.close(&format!("{what} low"), test.interval.low, number(&row[5]), rel, ABS);
            check.close(&format!("{what} high"), test.interval.high, number(&row[6]), rel, ABS);
        }
        let interval = mean_test::mean_interval(&t, 0.05).expect("an interval");
        check.bounds(&format!("{name} mean"), interval, &case["interval_treatment"], PACKAGE, ABS);
        for (what, found) in [
            ("cohens_d", effect_size::cohens_d(&t, &c)),
            ("hedges_g", effect_size::hedges_g(&t, &c)),
            ("hedges_g_exact", effect_size::hedges_g_exact(&t, &c)),
        ] {
            check.close(&format!("{name} {what}"), found.expect("a size"), number(&case[what]), rel, 0.0);
        }
    }
    check.finish();
}

#[test]
fn what_cannot_be_tested_says_why() {
    use playhead::stats::Undefined;
    let compare =
        |t: &MeanArm, c: &MeanArm| mean_test::compare(t, c, MeanTestKind::Welch, Alternative::TwoSided, 0.05);
    let constant = arm(&[2.0, 2.0, 2.0]);
    assert_eq!(compare(&constant, &constant), Err(Undefined::NoVariation));
    assert_eq!(compare(&constant, &arm(&[3.0, 3.0])), Err(Undefined::NoVariation));
    let one = Moments::new(&[f64::NAN, 3.0]);
    assert_eq!(MeanArm::from_moments(&one), Err(Undefined::TooFew { found: 1, needed: 2 }));
    let lonely = MeanArm { n: 1, mean: 3.0, variance: 0.0 };
    assert_eq!(compare(&lonely, &arm(&[1.0, 2.0])), Err(Undefined::TooFew { found: 1, needed: 2 }));
    assert_eq!(effect_size::cohens_d(&constant, &constant), None);
    let huge = Moments::new(&[1e308, -1e308, 1e308]);
    assert!(MeanArm::from_moments(&huge).is_err(), "an overflow is not a number");
}

#[test]
fn ranks_and_mann_whitney_are_those_of_scipy() {
    let file = load("tests.json");
    let mut check = Check::default();
    for case in list(&file["mann_whitney"]) {
        let name = text(&case["name"]);
        let (t, c) = (numbers(&case["treatment"]), numbers(&case["control"]));
        for (i, (label, alternative)) in ALTERNATIVES.into_iter().enumerate() {
            let run = |method| rank::mann_whitney(&t, &c, alternative, method).expect("values");
            let found = run(RankMethod::Auto);
            check.close(&format!("{name} U"), found.u, number(&case["u"]), 0.0, 0.0);
            check.close(&format!("{name} {label}"), found.p_value, number(&case[label][0]), PACKAGE_P, 0.0);
            let asymptotic = run(RankMethod::Asymptotic).p_value;
            check.close(
                &format!("{name} {label} asymptotic"),
                asymptotic,
                number(&case[label][1]),
                PACKAGE_P,
                0.0,
            );
            if case["enumerated"].is_array() {
                let exact = run(RankMethod::Exact);
                check.that(&format!("{name} is exact"), exact.is_exact);
                check.close(
                    &format!("{name} {label} exact"),
                    exact.p_value,
                    number(&case["enumerated"][i]),
                    1e-12,
                    0.0,
                );
            }
        }
    }
    let found = rank::average_ranks(&numbers(&file["ranks"]["values"]));
    for (found, expected) in found.ranks.iter().zip(numbers(&file["ranks"]["ranks"])) {
        check.that(
            &format!("rank {found}, {expected}"),
            *found == expected || found.is_nan() && expected.is_nan(),
        );
    }
    check.that("two groups of ties", found.tie_sum == 24.0 + 6.0 && found.n == 7);
    check.finish();
    assert!(rank::mann_whitney(&[f64::NAN], &[1.0], Alternative::TwoSided, RankMethod::Auto).is_err());
}

#[test]
fn exact_rank_tails_are_complete_whatever_the_method() {
    // The chance of the most extreme order of 8 among 1,008 is 1 / C(1008, 8), by either road.
    let low: Vec<f64> = (0..8).map(f64::from).collect();
    let high: Vec<f64> = (0..1000).map(|i| 100.0 + f64::from(i)).collect();
    let found = rank::mann_whitney(&low, &high, Alternative::Less, RankMethod::Auto).expect("values");
    let ways = (0..8).map(|i| (1008.0 - f64::from(i)) / (8.0 - f64::from(i))).product::<f64>();
    let mut check = Check::default();
    check.that("exact", found.is_exact);
    check.close("1 / C(1008, 8)", found.p_value, 1.0 / ways, 1e-12, 0.0);
    // A tie in the far tail must not change the exact p of the rest: the midrank road on untied values.
    for shift in 0..12 {
        let t: Vec<f64> = (0..5).map(|i| f64::from(i * 3 + shift) + 0.5).collect();
        let c: Vec<f64> = (0..9).map(|i| f64::from(i * 2)).collect();
        let auto = rank::mann_whitney(&t, &c, Alternative::Greater, RankMethod::Exact).expect("values");
        let less = rank::mann_whitney(&t, &c, Alternative::Less, RankMethod::Exact).expect("values");
        // P(U >= u) + P(U <= u) = 1 + P(U = u) > 1.
        check.that("tails overlap in one outcome", auto.p_value + less.p_value > 1.0);
        let mirrored = rank::mann_whitney(&c, &t, Alternative::Less, RankMethod::Exact).expect("values");
        check.close("mirror", mirrored.p_value, auto.p_value, 1e-13, 0.0);
    }
    check.finish();
}

#[test]
fn a_million_values_are_ranked_in_n_log_n() {
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        ((state >> 40) % 5000) as f64
    };
    let t: Vec<f64> = (0..400_000).map(|_| next()).collect();
    let c: Vec<f64> = (0..400_000).map(|_| next()).collect();
    let found = rank::mann_whitney(&t, &c, Alternative::TwoSided, RankMethod::Auto).expect("values");
    // Independent of the sorting road: U from counts of each value.
    let mut counts = vec![[0_f64; 2]; 5000];
    t.iter().for_each(|x| counts[*x as usize][0] += 1.0);
    c.iter().for_each(|x| counts[*x as usize][1] += 1.0);
    let mut below = 0.0;
    let mut u = 0.0;
    for [of_t, of_c] in counts {
        u += of_t * (below + 0.5 * of_c);
        below += of_c;
    }
    assert_eq!(found.u, u);
}

#[test]
fn adjusted_p_values_are_those_of_statsmodels() {
    let file = load("tests.json");
    let mut check = Check::default();
    for (i, case) in list(&file["adjust"]).iter().enumerate() {
        let p = numbers(&case["p"]);
        for (name, method) in [
            ("Bonferroni", Adjustment::Bonferroni),
            ("Sidak", Adjustment::Sidak),
            ("Holm", Adjustment::Holm),
            ("HolmSidak", Adjustment::HolmSidak),
            ("Hochberg", Adjustment::Hochberg),
            ("BenjaminiHochberg", Adjustment::BenjaminiHochberg),
            ("BenjaminiYekutieli", Adjustment::BenjaminiYekutieli),
        ] {
            for (found, expected) in adjust(&p, method).iter().zip(numbers(&case[name])) {
                check.close(&format!("{name} {i}"), *found, expected, 1e-14, 0.0);
            }
        }
        // A test that could not be made changes nothing for the others.
        let mut with_gap = p.clone();
        with_gap.insert(1, f64::NAN);
        let mut found = adjust(&with_gap, Adjustment::Holm);
        check.that("NaN stays", found.remove(1).is_nan());
        check.that("NaN does not count", found == adjust(&p, Adjustment::Holm));
    }
    // Published by tea-tasting for Hochberg with Sidak's step.
    let found = adjust(&[0.005, 0.06, 0.007, 0.04, 0.01, 0.03], Adjustment::HochbergSidak);
    for (found, expected) in
        found.iter().zip([0.029_627_490_643_734_3, 0.06, 0.034_513_418_011_807_1, 0.06, 0.039_403_99, 0.06])
    {
        check.close("HochbergSidak", *found, expected, 1e-13, 0.0);
    }
    check.that("no p-values", adjust(&[], Adjustment::Holm).is_empty());
    check.finish();
}

#[test]
fn counts_against_shares_are_those_of_scipy() {
    let file = load("tests.json");
    let mut check = Check::default();
    for case in list(&file["chi_square"]) {
        let observed: Vec<u64> =
            list(&case["observed"]).iter().map(|v| v.as_u64().expect("a count")).collect();
        let shares = numbers(&case["shares"]);
        let found = chi_square::goodness_of_fit(&observed, &shares).expect("a test");
        check.close(&format!("{observed:?} chi2"), found.statistic, number(&case["statistic"]), 1e-12, 0.0);
        check.close(&format!("{observed:?} p"), found.p_value, number(&case["p"]), PACKAGE_P, 0.0);
        check.close("expected", found.expected.iter().sum(), observed.iter().sum::<u64>() as f64, 1e-15, 0.0);
        if let (&[a, b], &[s, r]) = (&observed[..], &shares[..]) {
            let exact = chi_square::exact_two_cells([a, b], [s, r]).expect("a test");
            check.close(&format!("{observed:?} exact"), exact, number(&case["exact"]), PACKAGE_P, 0.0);
        }
    }
    check.finish();
    assert!(chi_square::goodness_of_fit(&[5], &[1.0]).is_err(), "one cell");
    assert!(chi_square::goodness_of_fit(&[0, 0], &[1.0, 1.0]).is_err(), "no observations");
    assert!(chi_square::goodness_of_fit(&[5, 6], &[1.0, 0.0]).is_err(), "a share of zero");
    assert!(chi_square::goodness_of_fit(&[5, 6], &[1.0, f64::NAN]).is_err(), "a share that is not a number");
}

#[test]
fn correlations_are_those_of_scipy() {
    let file = load("tests.json");
    let mut check = Check::default();
    for case in list(&file["correlation"]) {
        let name = text(&case["name"]);
        let (x, y) = (numbers(&case["x"]), numbers(&case["y"]));
        // Offsets of 1e9 leave seven digits in the data themselves.
        let rel = if name == "offset" { 1e-8 } else { PACKAGE };
        for (method, found) in [
            ("pearson", correlation::pearson(&x, &y, 0.05)),
            ("spearman", correlation::spearman(&x, &y, 0.05)),
        ] {
            let what = format!("{name} {method}");
            check.that(&format!("{what} n"), found.n == case["n"].as_u64().expect("a count"));
            check.close(&what, found.r.expect("r"), number(&case[method][0]), rel, ABS);
            // scipy's spearmanr takes 1 - r^2 and loses digits near 1.
            let rel_p = if name == "strong" { 1e-6 } else { 100.0 * rel };
            check.close(
                &format!("{what} p"),
                found.p_value.expect("p"),
                number(&case[method][1]),
                rel_p,
                0.0,
            );
            let interval = &case[&*format!("{method}_interval")];
            match found.interval {
                Some(bounds) => check.bounds(&what, bounds, interval, rel, ABS),
                None => check.that(&format!("{what} has no interval"), interval.is_null()),
            }
        }
        if let (Some(x), Some(y)) = (Centred::new(&x), Centred::new(&y)) {
            let r = x.correlation(&y).expect("r");
            check.close(&format!("{name} centred"), r, number(&case["pearson"][0]), rel, ABS);
        }
    }
    let constant = correlation::pearson(&[1.0, 1.0, 1.0, 1.0], &[1.0, 2.0, 3.0, 4.0], 0.05);
    check.that("a constant column has no r", constant.r.is_none() && constant.p_value.is_none());
    let perfect = correlation::pearson(&[1.0, 2.0, 3.0, 4.0], &[2.0, 4.0, 6.0, 8.0], 0.05);
    check.that(
        "a perfect line",
        perfect.r == Some(1.0) && perfect.p_value == Some(0.0) && perfect.statistic.is_none(),
    );
    let two = correlation::pearson(&[1.0, 2.0], &[5.0, 3.0], 0.05);
    check.that("two points", two.r == Some(-1.0) && two.p_value.is_none() && two.interval.is_none());
    check.that("a gap has no centred form", Centred::new(&[1.0, f64::NAN]).is_none());
    check.finish();
}
