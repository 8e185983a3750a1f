//! Experiments among the shared cases: tea-tasting's and GrowthBook's conventions.

use super::{Case, arm, share_where};
use crate::check::{alternative, number};
use playhead::stats::adjust::{Adjustment, adjust};
use playhead::stats::lift::{self, LiftBounds, MeanPair};
use playhead::stats::mean_test::{self, DifferenceTest, MeanArm, MeanTestKind};
use playhead::stats::proportion;
use playhead::stats::ratio::RatioEstimate;
use playhead::stats::{Alternative, Null};
use serde_json::Value;

/// The p-values of the report, where the routines give them, and their adjustment.
pub fn multiplicity(case: &mut Case<'_>) {
    let rows = case.expected("rows").as_object().expect("rows");
    let names: Vec<String> = rows.keys().cloned().collect();
    let p: Vec<f64> = rows.values().map(|row| number(&row["p"])).collect();
    for (label, method) in [("p_bh", Adjustment::BenjaminiHochberg), ("p_holm", Adjustment::Holm)] {
        for (name, found) in names.iter().zip(adjust(&p, method)) {
            case.check(&format!("rows/{name}/{label}"), found);
        }
    }
    for treatment in ["t1", "t2"] {
        for metric in ["sessions", "orders", "orders_per_session"] {
            let arm_of = |level: &str| match metric {
                "orders_per_session" => {
                    let values = |column| case.numbers_where(column, "variant", level);
                    RatioEstimate::new(&values("orders"), &values("sessions"))
                        .map(|ratio| ratio.as_mean_arm())
                }
                column => arm(&case.numbers_where(column, "variant", level)),
            };
            let (t, c) = (arm_of(treatment).expect("an arm"), arm_of("control").expect("an arm"));
            let test = mean_test::compare(&t, &c, MeanTestKind::Welch, Alternative::TwoSided, case.alpha())
                .expect("a test");
            case.check(&format!("rows/{treatment}|{metric}/p"), test.p_value);
        }
    }
}

/// Two arms of the experiment as means or ratios.
fn experiment_arms(case: &Case<'_>, numerator: &str, denominator: Option<&str>) -> (MeanArm, MeanArm) {
    let arm_of = |level: &str| {
        let values = |column| case.numbers_where(column, case.option("group"), level);
        match denominator {
            Some(denominator) => {
                RatioEstimate::new(&values(numerator), &values(denominator)).expect("a ratio").as_mean_arm()
            }
            None => arm(&values(numerator)).expect("an arm"),
        }
    };
    (arm_of(case.option("treatment")), arm_of(case.option("control")))
}

fn pair_of(t: &MeanArm, c: &MeanArm) -> MeanPair {
    MeanPair {
        treatment: t.mean,
        control: c.mean,
        var_treatment: t.variance_of_mean(),
        var_control: c.variance_of_mean(),
        covariance: 0.0,
    }
}

/// tea-tasting: the log interval takes the degrees of freedom of the relative variances.
fn check_log_interval(case: &mut Case<'_>, t: &MeanArm, c: &MeanArm, is_normal: bool, side: Alternative) {
    let relative = |arm: &MeanArm| MeanArm { variance: arm.variance / arm.mean.powi(2), ..*arm };
    let df = mean_test::welch_df(&relative(t), &relative(c));
    let null = if is_normal { Null::Normal } else { Null::T { df } };
    let pair = pair_of(t, c);
    case.check("rel_effect_size", pair.lift().expect("a lift"));
    let LiftBounds::Finite(bounds) = lift::log(&pair, null.critical(0.05, side), side) else {
        panic!("both arms are positive")
    };
    case.check("rel_effect_size_ci_lower", bounds.low);
    case.check("rel_effect_size_ci_upper", bounds.high);
}

fn check_effect(case: &mut Case<'_>, t: &MeanArm, c: &MeanArm, test: &DifferenceTest) {
    for (name, found) in [
        ("control", c.mean),
        ("treatment", t.mean),
        ("effect_size", test.difference),
        ("effect_size_ci_lower", test.interval.low),
        ("effect_size_ci_upper", test.interval.high),
        ("statistic", test.statistic),
        ("p_value", test.p_value),
        ("se_control", c.variance_of_mean().sqrt()),
        ("se_treatment", t.variance_of_mean().sqrt()),
    ] {
        case.check(name, found);
    }
}

pub fn experiment(case: &mut Case<'_>) -> bool {
    if case.option("adjustment") == "CUPED" {
        return false;
    }
    let (t, c) = match case.option("kind") {
        "experiment_mean" => experiment_arms(case, case.option("metric"), None),
        _ => experiment_arms(case, case.option("numerator"), Some(case.option("denominator"))),
    };
    let side = alternative(&case.analysis["alternative"]);
    let is_normal = case.option("distribution") == "normal";
    let kind = match (is_normal, case.analysis["equal_variances"] == Value::Bool(true)) {
        (true, _) => MeanTestKind::Z,
        (_, true) => MeanTestKind::Student,
        _ => MeanTestKind::Welch,
    };
    let test = mean_test::compare(&t, &c, kind, side, case.alpha()).expect("a test");
    check_effect(case, &t, &c, &test);
    check_log_interval(case, &t, &c, is_normal, side);
    true
}

/// Pooled z without continuity correction; tea-tasting takes the pooled error for the interval too.
pub fn proportion(case: &mut Case<'_>) -> bool {
    if case.analysis["continuity_correction"] != Value::Bool(false) {
        return false;
    }
    let side = alternative(&case.analysis["alternative"]);
    let share =
        |level: &str| share_where(case, case.option("metric"), case.option("group"), case.option(level));
    let (t, c) = (share("treatment"), share("control"));
    let test = if case.analysis["pooled_variance"] == Value::Bool(true) {
        proportion::two_proportion_z(&t, &c, side, case.alpha())
    } else {
        proportion::unpooled_z(&t, &c, side, case.alpha())
    }
    .expect("a test");
    let margin = Null::Normal.critical(0.05, side) * test.standard_error;
    let interval = playhead::stats::Bounds::around(test.difference, margin, side);
    case.check("control", c.estimate().expect("a share"));
    case.check("treatment", t.estimate().expect("a share"));
    case.check("effect_size", test.difference);
    case.check("effect_size_ci_lower", interval.low);
    case.check("effect_size_ci_upper", interval.high);
    case.check("p_value", test.p_value);
    case.check("rel_effect_size", proportion::pair(&t, &c).expect("shares").lift().expect("a lift"));
    true
}

/// GrowthBook: the lift by the delta method, with the degrees of freedom of the absolute test, and its own p-value.
pub fn frequentist(case: &mut Case<'_>) -> bool {
    let metric = case.option("metric");
    let (t, c) = match (case.option("statistic"), metric.split_once('/')) {
        ("mean", _) => experiment_arms(case, metric, None),
        ("ratio", Some((numerator, denominator))) => experiment_arms(case, numerator, Some(denominator)),
        _ => return false,
    };
    let side = alternative(&case.analysis["alternative"]);
    let absolute = mean_test::compare(&t, &c, MeanTestKind::Welch, side, case.alpha()).expect("a test");
    let test = if case.option("difference") == "absolute" {
        absolute
    } else {
        let pair = pair_of(&t, &c);
        let (lift, error) = (pair.lift().expect("a lift"), pair.delta_standard_error().expect("an error"));
        DifferenceTest::new(lift, error, absolute.null, side, case.alpha()).expect("a test")
    };
    case.check("expected", test.difference);
    case.check("sd", test.standard_error);
    case.check("ci/0", test.interval.low);
    case.check("ci/1", test.interval.high);
    case.check("p_value", test.p_value);
    true
}
