//! Which routine answers which kind of shared case.

#[path = "shared_experiments.rs"]
mod shared_experiments;

use super::Case;
use crate::check::{alternative, list, number};
use playhead::stats::adjust::{Adjustment, adjust};
use playhead::stats::distribution::{beta, binomial, chi_square as chi2, fisher_f, normal, student_t};
use playhead::stats::mean_test::{self, DifferenceTest, MeanArm, MeanTestKind};
use playhead::stats::proportion::{self, Share};
use playhead::stats::rank::{self, RankMethod};
use playhead::stats::{Alternative, Moments, Null, chi_square, correlation, effect_size, quantile};
use serde_json::Value;

/// Runs the case; `false` where no routine expresses it.
pub fn run(case: &mut Case<'_>) -> bool {
    match case.option("kind") {
        "describe" => describe(case),
        "describe_by_group" => describe_by_group(case),
        "quantiles" => quantiles(case),
        "t_test_independent" => t_test(case),
        "t_test_one_sample" | "t_test_paired" => t_test_of_one_mean(case),
        "effect_size_two_groups" => effect_sizes(case),
        "two_proportions" => two_proportions(case),
        "chi2_2x2" => chi2_2x2(case),
        "proportion_ci" => proportion_interval(case),
        "fisher_exact" => fisher(case),
        "experiment_proportion_exact" => fisher_of_counts(case),
        "mann_whitney" => mann_whitney(case),
        "p_adjust" => p_adjust(case),
        "experiment_multiplicity" => shared_experiments::multiplicity(case),
        "chi2_goodness_of_fit" => goodness_of_fit(case),
        "sample_ratio_mismatch" => sample_ratio(case),
        "binomial_test" => binomial_test(case),
        "correlation" => return correlations(case),
        "correlation_matrix" => correlation_matrix(case),
        "distribution" => return distribution(case),
        "experiment_mean" | "experiment_ratio" => return shared_experiments::experiment(case),
        "experiment_proportion" => return shared_experiments::proportion(case),
        "experiment_frequentist" => return shared_experiments::frequentist(case),
        _ => return false,
    }
    true
}

fn arm(values: &[f64]) -> Result<MeanArm, playhead::stats::Undefined> {
    MeanArm::from_moments(&Moments::new(values))
}

fn describe(case: &mut Case<'_>) {
    let values = case.numbers(case.option("column"));
    let m = Moments::new(&values);
    let [min, q1, median, q3, max] = quantile::five_numbers(&values).expect("values");
    let (n, sd) = (m.n as f64, m.sd().expect("two values"));
    let interval =
        mean_test::mean_interval(&arm(&values).expect("two values"), case.alpha()).expect("an interval");
    let second = m.m2 / n;
    for (name, found) in [
        ("n", n),
        ("missing", m.n_missing as f64),
        ("mean", m.mean),
        ("variance", m.variance().expect("two values")),
        ("sd", sd),
        ("sd_population", second.sqrt()),
        ("skewness_g1", m.m3 / n / second.powf(1.5)),
        ("kurtosis_g2", m.m4 / n / second.powi(2) - 3.0),
        ("min", min),
        ("max", max),
        ("sum", m.sum),
        ("median", median),
        ("q1", q1),
        ("q3", q3),
        ("iqr", q3 - q1),
        ("sem", m.standard_error().expect("two values")),
        ("cv", sd / m.mean),
        ("ci95_mean_low", interval.low),
        ("ci95_mean_high", interval.high),
    ] {
        case.check(name, found);
    }
    if let (Some(g1), Some(g2)) = (m.skewness(), m.kurtosis()) {
        case.check("skewness_G1", g1);
        case.check("kurtosis_G2", g2);
    }
}

fn describe_by_group(case: &mut Case<'_>) {
    let (column, group) = (case.option("column"), case.option("group"));
    let levels: Vec<String> = case.expected("groups").as_object().expect("groups").keys().cloned().collect();
    for level in levels {
        let values = case.numbers_where(column, group, &level);
        let m = Moments::new(&values);
        let median = quantile::five_numbers(&values).expect("values")[2];
        for (name, found) in [
            ("n", m.n as f64),
            ("missing", m.n_missing as f64),
            ("mean", m.mean),
            ("sd", m.sd().expect("two values")),
            ("median", median),
            ("min", m.min),
            ("max", m.max),
        ] {
            case.check(&format!("groups/{level}/{name}"), found);
        }
    }
}

fn quantiles(case: &mut Case<'_>) {
    let mut sorted = quantile::drop_missing(&case.numbers(case.option("column")));
    sorted.sort_by(f64::total_cmp);
    for (i, share) in list(&case.analysis["probabilities"]).iter().enumerate() {
        let found = quantile::of_sorted(&sorted, number(share)).expect("values");
        case.check(&format!("type7/{i}"), found);
    }
}

fn t_test(case: &mut Case<'_>) {
    let group = case.option("group");
    let values = |level: &str| case.numbers_where(case.option("outcome"), group, case.option(level));
    let kind = if case.analysis["equal_variances"] == Value::Bool(true) {
        MeanTestKind::Student
    } else {
        MeanTestKind::Welch
    };
    let side = alternative(&case.analysis["alternative"]);
    let (a, b) = (arm(&values("group_a")), arm(&values("group_b")));
    let test = match (a, b) {
        (Ok(a), Ok(b)) => mean_test::compare(&a, &b, kind, side, case.alpha()).map(|test| (a, b, test)),
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    if case.expects("status") {
        return case.check_undefined(test.is_err());
    }
    let (a, b, test) = test.expect("a test");
    for (name, found) in [
        ("n_a", a.n as f64),
        ("n_b", b.n as f64),
        ("mean_a", a.mean),
        ("mean_b", b.mean),
        ("sd_a", a.variance.sqrt()),
        ("sd_b", b.variance.sqrt()),
    ] {
        case.check(name, found);
    }
    check_test(case, &test);
}

fn check_test(case: &mut Case<'_>, test: &DifferenceTest) {
    for (name, found) in [
        ("difference", test.difference),
        ("se", test.standard_error),
        ("statistic", test.statistic),
        ("df", test.null.df().unwrap_or(f64::NAN)),
        ("p_value", test.p_value),
        ("ci_low", test.interval.low),
        ("ci_high", test.interval.high),
    ] {
        case.check(name, found);
    }
}

/// One mean against a value, or the mean of differences against 0: the arm's mean with n - 1 degrees of freedom.
fn t_test_of_one_mean(case: &mut Case<'_>) {
    let (values, null_value) = if case.option("kind") == "t_test_paired" {
        let (first, second) = (case.numbers(case.option("first")), case.numbers(case.option("second")));
        (first.iter().zip(&second).map(|(a, b)| a - b).collect(), 0.0)
    } else {
        (case.numbers(case.option("outcome")), number(&case.analysis["null_value"]))
    };
    let arm = arm(&values).expect("two values");
    let null = Null::T { df: (arm.n - 1) as f64 };
    let side = alternative(&case.analysis["alternative"]);
    let test =
        DifferenceTest::new(arm.mean - null_value, arm.variance_of_mean().sqrt(), null, side, case.alpha());
    let test = test.expect("a test");
    case.check("n", arm.n as f64);
    case.check("mean", arm.mean);
    let interval = playhead::stats::Bounds {
        low: test.interval.low + null_value,
        high: test.interval.high + null_value,
    };
    check_test(case, &DifferenceTest { interval, ..test });
}

fn effect_sizes(case: &mut Case<'_>) {
    let values =
        |level: &str| case.numbers_where(case.option("outcome"), case.option("group"), case.option(level));
    let (a, b) = (arm(&values("group_a")).expect("an arm"), arm(&values("group_b")).expect("an arm"));
    case.check("cohens_d", effect_size::cohens_d(&a, &b).expect("d"));
    case.check("hedges_g_exact", effect_size::hedges_g_exact(&a, &b).expect("g"));
    case.check("hedges_g_approx", effect_size::hedges_g(&a, &b).expect("g"));
}

fn share_where(case: &Case<'_>, outcome: &str, group: &str, level: &str) -> Share {
    let values = quantile::drop_missing(&case.numbers_where(outcome, group, level));
    Share { successes: values.iter().filter(|x| **x == 1.0).count() as u64, n: values.len() as u64 }
}

fn two_proportions(case: &mut Case<'_>) {
    let outcome = case.option("outcome").split(" = ").next().unwrap_or("");
    let share = |level: &str| share_where(case, outcome, case.option("group"), case.option(level));
    let (a, b) = (share("group_a"), share("group_b"));
    let side = alternative(&case.analysis["alternative"]);
    let pooled = proportion::two_proportion_z(&a, &b, side, case.alpha()).expect("a test");
    let unpooled = proportion::unpooled_z(&a, &b, side, case.alpha()).expect("a test");
    for (name, found) in [
        ("p_a", a.estimate().expect("a share")),
        ("p_b", b.estimate().expect("a share")),
        ("difference", pooled.difference),
        ("z_pooled", pooled.statistic),
        ("p_value_pooled", pooled.p_value),
        ("z_unpooled", unpooled.statistic),
        ("p_value_unpooled", unpooled.p_value),
        ("ci_wald/0", unpooled.interval.low),
        ("ci_wald/1", unpooled.interval.high),
        ("ci_newcombe/0", pooled.interval.low),
        ("ci_newcombe/1", pooled.interval.high),
    ] {
        case.check(name, found);
    }
}

/// The square of the pooled z is Pearson's chi-square.
fn chi2_2x2(case: &mut Case<'_>) {
    let share = |level: &str| share_where(case, case.option("column"), case.option("row"), level);
    let (t, c) = (share("treatment"), share("control"));
    let test = proportion::two_proportion_z(&t, &c, Alternative::TwoSided, case.alpha()).expect("a test");
    case.check("chi2", test.statistic.powi(2));
    case.check("p_value", test.p_value);
    let fisher = proportion::fisher_exact(&t, &c, Alternative::TwoSided);
    case.check("odds_ratio", fisher.odds_ratio.expect("odds"));
}

fn share_of(counts: &Value) -> Share {
    let count = |name: &str| counts[name].as_u64().expect("a count");
    Share { successes: count("successes"), n: count("n") }
}

fn proportion_interval(case: &mut Case<'_>) {
    let share = share_of(&case.input["counts"]);
    let wilson = proportion::wilson(&share, case.alpha());
    case.check("estimate", share.estimate().expect("a share"));
    case.check("wilson/0", wilson.low);
    case.check("wilson/1", wilson.high);
}

fn fisher(case: &mut Case<'_>) {
    let cell = |i: usize, j: usize| case.input["table"][i][j].as_u64().expect("a count");
    let row = |i: usize| Share { successes: cell(i, 0), n: cell(i, 0) + cell(i, 1) };
    let found = proportion::fisher_exact(&row(0), &row(1), alternative(&case.analysis["alternative"]));
    case.check("p_value", found.p_value);
    case.check("odds_ratio_sample", found.odds_ratio.expect("odds"));
}

fn fisher_of_counts(case: &mut Case<'_>) {
    let counts = &case.input["counts"];
    let (t, c) = (share_of(&counts["treatment"]), share_of(&counts["control"]));
    case.check("fisher", proportion::fisher_exact(&t, &c, Alternative::TwoSided).p_value);
    case.check(
        "pearson",
        proportion::two_proportion_z(&t, &c, Alternative::TwoSided, case.alpha()).expect("a test").p_value,
    );
}

fn mann_whitney(case: &mut Case<'_>) {
    let values =
        |level: &str| case.numbers_where(case.option("outcome"), case.option("group"), case.option(level));
    let (a, b) = (values("group_a"), values("group_b"));
    let method = if case.option("method") == "exact" { RankMethod::Exact } else { RankMethod::Asymptotic };
    let found =
        rank::mann_whitney(&a, &b, alternative(&case.analysis["alternative"]), method).expect("values");
    let pairs = found.u / found.probability_of_superiority;
    for (name, found) in [
        ("n_a", Moments::new(&a).n as f64),
        ("n_b", Moments::new(&b).n as f64),
        ("u_a", found.u),
        ("u_b", pairs - found.u),
        ("common_language", found.probability_of_superiority),
        ("rank_biserial", 2.0 * found.probability_of_superiority - 1.0),
    ] {
        case.check(name, found);
    }
    // Without the continuity correction is not offered.
    if case.analysis["continuity_correction"] != Value::Bool(false) {
        case.check("p_value", found.p_value);
        case.check("z", found.z.expect("z"));
    }
}

const ADJUSTMENTS: [(&str, Adjustment); 7] = [
    ("bonferroni", Adjustment::Bonferroni),
    ("holm", Adjustment::Holm),
    ("hochberg", Adjustment::Hochberg),
    ("bh", Adjustment::BenjaminiHochberg),
    ("by", Adjustment::BenjaminiYekutieli),
    ("sidak", Adjustment::Sidak),
    ("holm_sidak", Adjustment::HolmSidak),
];

fn p_adjust(case: &mut Case<'_>) {
    let p = case.numbers("p");
    for (name, method) in ADJUSTMENTS {
        for (i, found) in adjust(&p, method).into_iter().enumerate() {
            case.check(&format!("{name}/{i}"), found);
        }
    }
}

fn goodness_of_fit(case: &mut Case<'_>) {
    let counts = &case.input["counts"];
    let observed: Vec<u64> = list(&counts["observed"]).iter().map(|v| v.as_u64().expect("a count")).collect();
    let shares: Vec<f64> = list(&counts["expected_ratio"]).iter().map(number).collect();
    let found = chi_square::goodness_of_fit(&observed, &shares).expect("a test");
    case.check("chi2", found.statistic);
    case.check("df", found.df);
    case.check("p_value", found.p_value);
}

fn sample_ratio(case: &mut Case<'_>) {
    let count = |name: &str| case.input["counts"][name].as_u64().expect("a count");
    let observed = [count("treatment"), count("control")];
    let shares = [number(&case.analysis["expected_ratio_treatment_to_control"]), 1.0];
    case.check("p_binomial", chi_square::exact_two_cells(observed, shares).expect("a test"));
    case.check("p_chi2", chi_square::goodness_of_fit(&observed, &shares).expect("a test").p_value);
}

fn binomial_test(case: &mut Case<'_>) {
    let share = share_of(&case.input["counts"]);
    let side = alternative(&case.analysis["alternative"]);
    let found = binomial::exact_test(share.successes, share.n, number(&case.analysis["null_p"]), side);
    case.check("estimate", share.estimate().expect("a share"));
    case.check("p_value", found);
}

fn correlations(case: &mut Case<'_>) -> bool {
    let (x, y) = (case.numbers(case.option("x")), case.numbers(case.option("y")));
    let is_two_sided = matches!(case.option("alternative"), "" | "two-sided");
    let methods =
        case.analysis["methods"].as_array().is_some_and(|m| m.contains(&Value::String("spearman".into())));
    let found = match case.option("method") {
        "pearson" | "point_biserial" => correlation::pearson(&x, &y, case.alpha()),
        "spearman" => correlation::spearman(&x, &y, case.alpha()),
        _ if methods => correlation::spearman(&x, &y, case.alpha()),
        _ => return false,
    };
    let r = found.r.expect("r");
    for (name, found) in [
        ("n", found.n as f64),
        ("r", r),
        ("rho", r),
        ("r2", r * r),
        ("t", found.statistic.expect("t")),
        ("df", found.n as f64 - 2.0),
    ] {
        case.check(name, found);
    }
    if is_two_sided {
        let (p, interval) = (found.p_value.expect("p"), found.interval.expect("an interval"));
        for (name, found) in [
            ("p_value", p),
            ("rho_p_t", p),
            ("ci_low", interval.low),
            ("ci_high", interval.high),
            ("ci_bonett_wright/0", interval.low),
            ("ci_bonett_wright/1", interval.high),
        ] {
            case.check(name, found);
        }
    }
    true
}

fn correlation_matrix(case: &mut Case<'_>) {
    let names: Vec<&str> = list(&case.analysis["columns"]).iter().map(crate::check::text).collect();
    let columns: Vec<Vec<f64>> = names.iter().map(|name| case.numbers(name)).collect();
    let is_complete = |row: &usize| columns.iter().all(|column| !column[*row].is_nan());
    let complete: Vec<usize> = (0..columns[0].len()).filter(is_complete).collect();
    case.check("listwise_n", complete.len() as f64);
    let listwise: Vec<Vec<f64>> =
        columns.iter().map(|column| complete.iter().map(|&row| column[row]).collect()).collect();
    for i in 0..names.len() {
        for j in i + 1..names.len() {
            let pair = format!("{}|{}", names[i], names[j]);
            let found = correlation::pearson(&columns[i], &columns[j], case.alpha());
            case.check(&format!("pairwise/{pair}"), found.r.expect("r"));
            case.check(&format!("pairwise_n/{pair}"), found.n as f64);
            let centred = |k: usize| correlation::Centred::new(&listwise[k]).expect("complete");
            case.check(&format!("listwise/{pair}"), centred(i).correlation(&centred(j)).expect("r"));
        }
    }
}

fn distribution(case: &mut Case<'_>) -> bool {
    type Function = fn(f64, &[f64]) -> f64;
    let function: Function = match (case.option("distribution"), case.option("function")) {
        ("normal", "sf") => |x, p| normal::sf((x - p[0]) / p[1]),
        ("normal", "isf") => |x, p| p[0] + p[1] * normal::isf(x),
        ("t", "sf") => |x, p| student_t::sf(x, p[0]),
        ("t", "isf") => |x, p| student_t::isf(x, p[0]),
        ("chi2", "sf") => |x, p| chi2::sf(x, p[0]),
        ("chi2", "isf") => |x, p| chi2::isf(x, p[0]),
        ("F", "sf") => |x, p| fisher_f::sf(x, p[0], p[1]),
        ("F", "isf") => |x, p| fisher_f::isf(x, p[0], p[1]),
        ("beta", "cdf") => |x, p| beta::cdf(x, p[0], p[1]),
        ("beta", "ppf") => |x, p| beta::quantile(x, p[0], p[1]),
        ("binomial", "cdf") => |x, p| binomial::cdf(x as u64, p[0] as u64, p[1]),
        ("binomial", "sf") => |x, p| binomial::sf(x as u64, p[0] as u64, p[1]),
        _ => return false,
    };
    let at = case.numbers("at");
    let parameters: Vec<Vec<f64>> = match &case.analysis["params"] {
        Value::Array(names) => names.iter().map(|name| case.numbers(crate::check::text(name))).collect(),
        params => ["n", "p"].iter().map(|name| vec![number(&params[*name]); at.len()]).collect(),
    };
    for (i, x) in at.into_iter().enumerate() {
        let parameters: Vec<f64> = parameters.iter().map(|column| column[i]).collect();
        case.check(&format!("values/{i}"), function(x, &parameters));
    }
    true
}
