//! Tails and quantiles against mpmath, 60 digits.

use crate::check::{Check, load, number, numbers, text};
use playhead::stats::distribution::{beta, binomial, chi_square, fisher_f, normal, student_t};
use playhead::stats::{Alternative, Null};

/// Relative, for every tail down to 1e-300: what conditioning leaves of an argument rounded to 53 bits is not
/// counted, because the reference takes the same rounded argument.
const TAIL: f64 = 5e-13;
/// Relative, for quantiles.
const QUANTILE: f64 = 5e-14;
/// scipy's own binomial tails.
const SCIPY: f64 = 1e-10;

#[test]
fn tails_and_quantiles_keep_their_digits() {
    let file = load("distributions.json");
    let mut check = Check::default();
    for case in crate::check::list(&file["cases"]) {
        let f = text(&case["f"]);
        let a = numbers(&case["args"]);
        let (found, rel) = match f {
            "normal_sf" => (normal::sf(a[0]), TAIL),
            "normal_isf" => (normal::isf(a[0]), QUANTILE),
            "t_sf" => (student_t::sf(a[0], a[1]), TAIL),
            "t_isf" => (student_t::isf(a[0], a[1]), QUANTILE),
            "chi2_sf" => (chi_square::sf(a[0], a[1]), TAIL),
            "chi2_isf" => (chi_square::isf(a[0], a[1]), QUANTILE),
            "f_sf" => (fisher_f::sf(a[0], a[1], a[2]), TAIL),
            "f_isf" => (fisher_f::isf(a[0], a[1], a[2]), QUANTILE),
            "beta_cdf" => (beta::cdf(a[0], a[1], a[2]), TAIL),
            "beta_sf" => (beta::sf(a[0], a[1], a[2]), TAIL),
            "beta_quantile" => (beta::quantile(a[0], a[1], a[2]), QUANTILE),
            "binomial_pmf" => (binomial::pmf(a[0] as u64, a[1] as u64, a[2]), TAIL),
            "binomial_cdf" => (binomial::cdf(a[0] as u64, a[1] as u64, a[2]), TAIL),
            "binomial_sf" => (binomial::sf(a[0] as u64, a[1] as u64, a[2]), TAIL),
            "binomial_test" => {
                let alternative =
                    [Alternative::TwoSided, Alternative::Greater, Alternative::Less][a[3] as usize];
                (binomial::exact_test(a[0] as u64, a[1] as u64, a[2], alternative), SCIPY)
            }
            other => panic!("{other} is not mapped"),
        };
        check.close(&format!("{f}{a:?}"), found, number(&case["value"]), rel, 1e-300);
    }
    check.finish();
}

#[test]
fn quantiles_undo_tails_far_out_and_at_the_ends() {
    let mut check = Check::default();
    for df in [0.7, 3.0, 55.5, 1e4, 1e8, 1e14, f64::INFINITY] {
        for p in [0.5, 0.49999, 0.3, 0.05, 1e-3, 1e-12, 1e-60] {
            let t = student_t::isf(p, df);
            check.close(&format!("t sf of isf({p}, {df})"), student_t::sf(t, df), p, 1e-11, 0.0);
            check.close(&format!("t isf mirror ({p}, {df})"), student_t::quantile(p, df), -t, 0.0, 0.0);
        }
    }
    check.that("t with infinite df is normal", student_t::isf(0.025, f64::INFINITY) == normal::isf(0.025));
    check.that("no chance lies at infinity", normal::isf(0.0) == f64::INFINITY);
    check.that("all of it above minus infinity", normal::isf(1.0) == f64::NEG_INFINITY);
    check.that("t at infinity", student_t::sf(f64::INFINITY, 3.0) == 0.0);
    check.that("t at minus infinity", student_t::sf(f64::NEG_INFINITY, 3.0) == 1.0);
    check.that("chi-square at 0", chi_square::sf(0.0, 2.0) == 1.0);
    check.that("chi-square at infinity", chi_square::sf(f64::INFINITY, 2.0) == 0.0);
    check.that("F at 0", fisher_f::sf(0.0, 2.0, 9.0) == 1.0);
    check.that("F at infinity", fisher_f::sf(f64::INFINITY, 2.0, 9.0) == 0.0);
    // A t of 1,000 with a million degrees of freedom has no digits left below the smallest number.
    check.that("t underflows to 0", student_t::sf(1e3, 1e12) == 0.0);
    check.finish();
}

#[test]
fn two_sided_p_and_its_quantile_agree() {
    let mut check = Check::default();
    for null in [Null::Normal, Null::T { df: 11.3 }] {
        for alternative in [Alternative::TwoSided, Alternative::Greater, Alternative::Less] {
            let q = null.critical(0.05, alternative);
            let statistic = if alternative == Alternative::Less { -q } else { q };
            check.close("p at the critical value", null.p_value(statistic, alternative), 0.05, 1e-13, 0.0);
        }
        check.close("p at zero", null.p_value(0.0, Alternative::TwoSided), 1.0, 0.0, 0.0);
    }
    check.finish();
}
