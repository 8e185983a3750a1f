//! Results with fixed numbers, as the engine could have found them.

use playhead::analyses::ab_test::{
    AbTestResult, AbTestSpec, ArmSummary, Comparison, Correction, DailyEffect, Distribution, LiftInterval,
    LiftMethod, MeanTest, Metric, MetricMeasure, MetricResult, MetricRole, SegmentResult, Srm, SrmMethod,
    Variant,
};
use playhead::analyses::correlate::{CorrelateResult, CorrelateSpec, CorrelationMethod, Pair};
use playhead::analyses::describe::{
    CategorySummary, DescribeGroup, DescribeResult, DescribeSpec, LevelShare, NumberSummary,
};
use playhead::analyses::{Alternative, Interval};

/// Two variants, four metrics of all kinds, three weeks, two segment columns.
pub fn two_variants() -> AbTestResult {
    let length = |role| metric("session_length", role, mean("session_length"));
    let mut metrics = vec![
        MetricResult {
            arms: vec![arm("A", 2480, 12.04, 0.16, Some([0.4, 7.2, 11.6, 16.2, 39.8])), {
                arm("B", 2520, 14.01, 0.17, Some([0.5, 8.6, 13.5, 18.7, 44.1]))
            }],
            comparisons: vec![comparison("B", 1.97, 0.22, 12.04, 0.16, 1e-12, Some(true))],
            distribution: Some(histogram()),
            over_time: days("B", 21, 1.97),
            ..length(MetricRole::Goal)
        },
        MetricResult {
            arms: vec![share("A", 2480, 1471), share("B", 2520, 1690)],
            comparisons: vec![comparison("B", 0.0775, 0.0268, 0.5931, 0.0193, 1.4e-8, Some(true))],
            ..metric("watched", MetricRole::Goal, proportion("watched"))
        },
        MetricResult {
            arms: vec![arm("A", 2480, 3.61, 0.08, None), arm("B", 2520, 3.58, 0.08, None)],
            comparisons: vec![comparison("B", -0.03, 0.11, 3.61, 0.08, 0.594, Some(false))],
            ..metric("clicks_before_watch", MetricRole::Guardrail, mean("clicks_before_watch"))
        },
        MetricResult {
            arms: vec![arm("A", 2480, 0.0, 0.0, None), arm("B", 2520, 0.004, 0.003, None)],
            comparisons: vec![Comparison {
                lift: None,
                lift_interval: LiftInterval::Undefined,
                ..comparison("B", 0.004, 0.003, 1.0, 0.1, 0.21, Some(false))
            }],
            ..metric("errors / sessions", MetricRole::Guardrail, ratio("errors", "sessions"))
        },
    ];
    metrics[2].over_time = Vec::new();
    let levels = [
        ("device_type", "Mobile", 2104, 1.42, 0.36),
        ("device_type", "TV", 1509, 2.61, 0.41),
        ("device_type", "Web browser", 1204, 2.02, 0.46),
        ("device_type", "(missing)", 183, 0.41, 3.9),
        ("user_type", "New", 1911, 0.93, 0.37),
        ("user_type", "Returning", 3089, 2.58, 0.28),
    ];
    let segments = levels.map(|(column, level, n_rows, difference, half)| SegmentResult {
        column: column.into(),
        level: level.into(),
        n_rows,
        srm: srm(false),
        metrics: vec![MetricResult {
            comparisons: vec![comparison("B", difference, half, 12.0, 0.3, 0.01, Some(difference > half))],
            ..length(MetricRole::Goal)
        }],
    });
    AbTestResult { metrics, segments: segments.into(), ..report(&["A", "B"]) }
}

/// Four variants, of which one does harm and one is very uncertain; 60 days, so that lines are drawn.
pub fn four_variants() -> AbTestResult {
    let names = ["control", "bigger posters", "autoplay trailers", "top ten row"];
    let effects = [(0.61, 0.35, Some(true)), (-0.84, 0.36, Some(true)), (0.12, 0.34, Some(false))];
    let of = |scale: f64| -> Vec<Comparison> {
        names[1..]
            .iter()
            .zip(effects)
            .map(|(name, (difference, half, verdict))| {
                let control = names[0].into();
                let (difference, half) = (difference * scale, half * scale);
                let row = comparison(name, difference, half, 11.9 * scale, 0.2 * scale, 0.02, verdict);
                Comparison { control, ..row }
            })
            .collect()
    };
    let mut unbounded = of(0.1);
    unbounded[2].lift_interval = LiftInterval::Unbounded;
    let medians = [11.2, 11.6, 10.9, 11.3];
    let metrics = vec![
        MetricResult {
            arms: names
                .iter()
                .zip(medians)
                .map(|(name, median)| {
                    arm(name, 5_020, median + 0.7, 0.2, Some([0.0, 6.0, median, 16.0, 60.0]))
                })
                .collect(),
            comparisons: of(1.0),
            distribution: Some(Distribution {
                edges: (0..=20).map(|i| f64::from(i) * 3.0).collect(),
                counts: medians.iter().map(|median| bell(20, 3.0, *median, 6.0, 5_020.0)).collect(),
            }),
            over_time: names[1..].iter().zip(effects).flat_map(|(name, (e, ..))| days(name, 60, e)).collect(),
            ..metric("minutes watched per user and day", MetricRole::Goal, mean("minutes"))
        },
        MetricResult { comparisons: unbounded, ..metric("purchases", MetricRole::Goal, mean("purchases")) },
    ];
    AbTestResult { metrics, ..report(&names) }
}

/// One numeric and one category column by device, and the category without groups.
pub fn described(by_device: bool) -> DescribeResult {
    let devices: &[(&str, u64, f64, f64)] = if by_device {
        &[("Mobile", 2104, 11.2, 0.25), ("TV", 1509, 14.9, 0.31), ("Web browser", 1204, 12.6, 0.34)]
    } else {
        &[("", 4817, 12.7, 0.17)]
    };
    let shares = [0.412, 0.305, 0.152, 0.081, 0.05];
    let genres = ["Drama", "Comedy", "Documentary and true crime", "Action", "Animation"];
    let groups = devices.iter().enumerate().map(|(index, (device, n, mean, half))| DescribeGroup {
        levels: if by_device { vec![(*device).into()] } else { Vec::new() },
        n_rows: *n,
        numbers: vec![NumberSummary {
            column: "session_length".into(),
            n: *n - 12,
            n_missing: 12,
            sum: mean * (*n as f64 - 12.0),
            mean: Some(*mean),
            mean_interval: Some(Interval::new(mean - half, mean + half)),
            sd: Some(6.1),
            min: Some(0.2),
            q1: Some(mean - 4.0),
            median: Some(mean - 0.5),
            q3: Some(mean + 4.0),
            max: Some(51.0),
            skewness: Some(0.8),
            kurtosis: Some(0.4),
        }],
        categories: vec![CategorySummary {
            column: "genre".into(),
            n: *n,
            n_missing: 0,
            n_levels: 5,
            levels: genres
                .iter()
                .zip(shares)
                .map(|(level, share)| {
                    let tilt = if *level == "Drama" { 0.05 } else { -0.0125 };
                    let share: f64 = share + tilt * index as f64;
                    LevelShare { level: (*level).into(), n: (share * *n as f64).round() as u64, share }
                })
                .collect(),
        }],
    });
    DescribeResult {
        spec: DescribeSpec {
            table: "sessions".into(),
            columns: vec!["session_length".into(), "genre".into()],
            by: if by_device { vec!["device_type".into()] } else { Vec::new() },
            filter: Vec::new(),
        },
        revision: 1,
        sentence: String::new(),
        ledger: Vec::new(),
        warnings: Vec::new(),
        groups: groups.collect(),
    }
}

/// A matrix of the first `n` of twelve columns.
pub fn correlated(n: usize) -> CorrelateResult {
    let names = [
        "session_length",
        "clicks",
        "watch_completion",
        "age",
        "n_sessions",
        "days_since_signup",
        "rating",
        "searches",
        "pauses",
        "skips_intro",
        "ads_seen",
        "monthly_price",
    ];
    let columns: Vec<String> = names[..n].iter().map(|name| (*name).into()).collect();
    let mut pairs = Vec::new();
    for i in 0..n {
        for j in i + 1..n {
            // Any fixed numbers between -1 and 1 do; one pair is constant.
            let r = ((i * 7 + j * 13) % 19) as f64 / 10.0 - 0.9;
            let is_defined = !(i == 1 && j == 3);
            let (low, high) = ((r - 0.04).max(-1.0), (r + 0.04).min(1.0));
            pairs.push(Pair {
                x: columns[i].clone(),
                y: columns[j].clone(),
                n: 4_988,
                r: is_defined.then_some(r),
                interval: is_defined.then(|| Interval::new(low, high)),
                p_value: is_defined.then_some(if r.abs() > 0.05 { 1e-4 } else { 0.4 }),
            });
        }
    }
    let spec = CorrelateSpec {
        table: "sessions".into(),
        columns,
        method: CorrelationMethod::Pearson,
        filter: Vec::new(),
        alpha: 0.05,
    };
    CorrelateResult {
        spec,
        revision: 1,
        sentence: String::new(),
        ledger: Vec::new(),
        warnings: Vec::new(),
        pairs,
    }
}

fn report(names: &[&str]) -> AbTestResult {
    let variant = |(index, name): (usize, &&str)| Variant {
        name: (*name).into(),
        is_control: index == 0,
        n_rows: 2_500,
        n_units: 500,
    };
    AbTestResult {
        spec: AbTestSpec {
            table: "sessions".into(),
            unit: Some("user_id".into()),
            variant: "group".into(),
            control: Some(names[0].into()),
            metrics: Vec::new(),
            analysis_unit: Default::default(),
            time: Some("date".into()),
            filter: Vec::new(),
            segments: Vec::new(),
            expected_split: None,
            alpha: 0.05,
            alternative: Alternative::TwoSided,
            mean_test: MeanTest::Welch,
            lift_method: LiftMethod::Fieller,
            correction: Correction::Holm,
        },
        revision: 1,
        sentence: String::new(),
        limits: String::new(),
        variants: names.iter().enumerate().map(variant).collect(),
        exposure: None,
        unit_options: Vec::new(),
        srm: srm(false),
        ledger: Vec::new(),
        warnings: Vec::new(),
        metrics: Vec::new(),
        segments: Vec::new(),
    }
}

fn srm(is_alert: bool) -> Srm {
    Srm {
        counted: "users".into(),
        observed: vec![500, 492],
        expected: vec![496.0, 496.0],
        method: SrmMethod::ExactBinomial,
        statistic: None,
        df: None,
        p_value: 0.82,
        is_alert,
    }
}

fn metric(name: &str, role: MetricRole, measure: MetricMeasure) -> MetricResult {
    MetricResult {
        metric: Metric { name: Some(name.into()), role, measure },
        name: name.into(),
        arms: Vec::new(),
        comparisons: Vec::new(),
        distribution: None,
        over_time: Vec::new(),
        notes: Vec::new(),
    }
}

fn mean(column: &str) -> MetricMeasure {
    MetricMeasure::Mean { column: column.into() }
}

fn proportion(column: &str) -> MetricMeasure {
    MetricMeasure::Proportion { column: column.into(), success: None }
}

fn ratio(numerator: &str, denominator: &str) -> MetricMeasure {
    MetricMeasure::Ratio { numerator: numerator.into(), denominator: denominator.into() }
}

fn arm(variant: &str, n: u64, estimate: f64, half: f64, quartiles: Option<[f64; 5]>) -> ArmSummary {
    ArmSummary {
        variant: variant.into(),
        n,
        n_rows: n,
        n_missing: 3,
        skewness: None,
        estimate: Some(estimate),
        interval: Some(Interval::new(estimate - half, estimate + half)),
        sd: Some(half * (n as f64).sqrt() / 1.96),
        standard_error: Some(half / 1.96),
        successes: None,
        numerator_sum: None,
        denominator_sum: None,
        quartiles,
    }
}

fn share(variant: &str, n: u64, successes: u64) -> ArmSummary {
    let estimate = successes as f64 / n as f64;
    ArmSummary { successes: Some(successes), ..arm(variant, n, estimate, 0.0194, None) }
}

fn comparison(
    variant: &str,
    difference: f64,
    half: f64,
    control_mean: f64,
    control_half: f64,
    p: f64,
    verdict: Option<bool>,
) -> Comparison {
    let lift = difference / control_mean;
    let lift_half = (half + lift.abs() * control_half) / control_mean;
    Comparison {
        variant: variant.into(),
        control: "A".into(),
        difference: Some(difference),
        difference_interval: Some(Interval::new(difference - half, difference + half)),
        standard_error: Some(half / 1.96),
        lift: Some(lift),
        lift_interval: LiftInterval::Finite {
            interval: Interval::new(lift - lift_half, lift + lift_half * 1.05),
        },
        test: "Welch t".into(),
        statistic: Some(difference / half * 1.96),
        df: Some(4_980.0),
        p_value: Some(p),
        p_adjusted: Some((p * 2.0).min(1.0)),
        is_significant: verdict,
        effect_size: None,
        rank_test: None,
        fisher_p_value: None,
        sentence: String::new(),
        apa: String::new(),
    }
}

fn histogram() -> Distribution {
    Distribution {
        edges: (0..=23).map(|i| f64::from(i) * 2.0).collect(),
        counts: vec![bell(23, 2.0, 11.6, 6.2, 2_480.0), bell(23, 2.0, 13.5, 6.9, 2_520.0)],
    }
}

/// Counts of a bell with a longer right side.
fn bell(n_bins: usize, width: f64, middle: f64, sd: f64, n: f64) -> Vec<u64> {
    let height = |bin: usize| {
        let x = (bin as f64 + 0.5) * width;
        let spread = if x > middle { sd * 1.35 } else { sd * 0.8 };
        (-(x - middle).powi(2) / (2.0 * spread * spread)).exp()
    };
    let total: f64 = (0..n_bins).map(height).sum();
    (0..n_bins).map(|bin| (n * height(bin) / total).round() as u64).collect()
}

/// Effects that wander around a mean; every tenth day has too few observations.
fn days(variant: &str, n_days: u32, effect: f64) -> Vec<DailyEffect> {
    let month = |day: u32| match day {
        0..=30 => format!("2024-03-{:02}", day + 1),
        31..=60 => format!("2024-04-{:02}", day - 30),
        _ => format!("2024-05-{:02}", day - 60),
    };
    (0..n_days)
        .map(|day| {
            let wobble = f64::from((day * 7 + variant.len() as u32 * 3) % 11) / 5.0 - 1.0;
            let is_known = day % 10 != 9;
            let difference = effect + wobble * 0.7;
            let half = 0.9 + f64::from(day % 4) * 0.12;
            DailyEffect {
                from: month(day),
                period: "day".into(),
                variant: variant.into(),
                n_control: if is_known { 118 } else { 1 },
                n_variant: 121,
                difference: is_known.then_some(difference),
                interval: is_known.then(|| Interval::new(difference - half, difference + half)),
            }
        })
        .collect()
}
