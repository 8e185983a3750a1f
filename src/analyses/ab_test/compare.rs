//! One metric in every variant, and every variant against the control.

use super::observe::Observations;
use super::plan::{Plan, Values};
use super::result::{
    ArmSummary, Comparison, Distribution, EffectSize, FieldNote, LiftInterval, MetricResult, RankTest,
};
use super::spec::{AbTestSpec, LiftMethod, MeanTest};
use crate::analyses::{self, Interval};
use crate::stats::lift::{self, LiftBounds, MeanPair};
use crate::stats::mean_test::{self, DifferenceTest, MeanArm, MeanTestKind};
use crate::stats::proportion::{self, Share};
use crate::stats::rank::{self, RankMethod};
use crate::stats::ratio::RatioEstimate;
use crate::stats::{Alternative, Bounds, Moments, Null, cluster, effect_size, histogram, quantile};

/// How to test, in the words of `stats`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Options {
    alpha: f64,
    alternative: Alternative,
    mean_test: MeanTestKind,
    lift_method: LiftMethod,
    /// Also what only the whole report shows: quartiles, distribution, rank test.
    is_full: bool,
}

impl Options {
    pub fn of(spec: &AbTestSpec) -> Self {
        let alternative = match spec.alternative {
            analyses::Alternative::TwoSided => Alternative::TwoSided,
            analyses::Alternative::Greater => Alternative::Greater,
            analyses::Alternative::Less => Alternative::Less,
        };
        let mean_test = match spec.mean_test {
            MeanTest::Welch => MeanTestKind::Welch,
            MeanTest::Student => MeanTestKind::Student,
            MeanTest::Z => MeanTestKind::Z,
        };
        Self { alpha: spec.alpha, alternative, mean_test, lift_method: spec.lift_method, is_full: false }
    }

    pub fn full(self) -> Self {
        Self { is_full: true, ..self }
    }
}

/// Compares every variant of `observations` with the first. Words and significance are left to the caller.
pub(super) fn compare(
    plan: &Plan,
    metric: usize,
    observations: &Observations,
    options: &Options,
) -> MetricResult {
    let asked = &plan.spec.metrics[metric];
    let samples = samples(observations, plan.variants.len());
    let arms: Vec<ArmSummary> = samples
        .iter()
        .enumerate()
        .map(|(arm, sample)| {
            let (n_rows, n_missing) = (observations.n_rows[arm], observations.n_missing_rows[arm]);
            sample.summary(&plan.variants[arm], n_rows, n_missing, options)
        })
        .collect();
    let comparisons = (1..samples.len())
        .map(|arm| compare_pair((&samples[arm], &samples[0]), (&arms[arm], &arms[0]), options))
        .collect();
    let is_mean = matches!(observations.values, Values::Mean(_));
    let distribution = (options.is_full && is_mean).then(|| distribution(&samples)).flatten();
    MetricResult {
        metric: asked.clone(),
        name: asked.label(),
        arms,
        comparisons,
        distribution,
        over_time: Vec::new(),
        notes: notes(observations, options),
    }
}

/// The observations of one arm.
#[derive(Debug)]
struct Sample {
    values: Values,
    /// Empty where observations are independent.
    cluster_of: Vec<u32>,
}

fn samples(observations: &Observations, n_arms: usize) -> Vec<Sample> {
    let mut indices = vec![Vec::new(); n_arms];
    for (index, arm) in observations.arm_of.iter().enumerate() {
        indices[*arm as usize].push(index as u32);
    }
    let sample = |indices: &Vec<u32>| Sample {
        values: observations.values.at(indices),
        cluster_of: observations
            .cluster_of
            .as_ref()
            .map_or_else(Vec::new, |of| indices.iter().map(|index| of[*index as usize]).collect()),
    };
    indices.iter().map(sample).collect()
}

impl Sample {
    fn n(&self) -> u64 {
        match &self.values {
            Values::Mean(values) | Values::Share(values) => values.len() as u64,
            Values::Ratio { numerator, .. } => numerator.len() as u64,
        }
    }

    fn successes(&self) -> Option<u64> {
        match &self.values {
            Values::Share(values) => Some(values.iter().filter(|x| **x == 1.0).count() as u64),
            _ => None,
        }
    }

    fn ratio(&self) -> Option<RatioEstimate> {
        match &self.values {
            Values::Ratio { numerator, denominator } => RatioEstimate::new(numerator, denominator).ok(),
            _ => None,
        }
    }

    /// The sample as an arm of a test of means; a ratio through its linearised values.
    fn mean_arm(&self) -> Option<MeanArm> {
        match &self.values {
            Values::Mean(values) | Values::Share(values) => MeanArm::from_moments(&Moments::new(values)).ok(),
            Values::Ratio { .. } => self.ratio().map(|ratio| ratio.as_mean_arm()),
        }
    }

    fn share(&self) -> Option<Share> {
        Some(Share { successes: self.successes()?, n: self.n() })
    }

    /// The estimate with its squared standard error and degrees of freedom; errors clustered where observations hang
    /// together.
    fn error(&self) -> Option<(f64, Null)> {
        if self.cluster_of.is_empty() {
            let arm = self.mean_arm()?;
            return Some((arm.variance_of_mean(), Null::T { df: arm.n as f64 - 1.0 }));
        }
        let one = match &self.values {
            Values::Mean(values) | Values::Share(values) => cluster::mean(values, &self.cluster_of),
            Values::Ratio { numerator, denominator } => {
                cluster::ratio(numerator, denominator, &self.cluster_of)
            }
        };
        one.ok().map(|one| (one.variance, Null::T { df: one.n_clusters as f64 - 1.0 }))
    }

    fn summary(&self, variant: &str, n_rows: u64, n_missing: u64, options: &Options) -> ArmSummary {
        let moments = match &self.values {
            Values::Mean(values) | Values::Share(values) => Some(Moments::new(values)),
            Values::Ratio { .. } => None,
        };
        let ratio = self.ratio();
        let estimate = match &self.values {
            Values::Ratio { .. } => ratio.as_ref().map(|ratio| ratio.estimate),
            _ => moments.and_then(|moments| moments.mean()),
        };
        let error = self.error();
        let t_interval = || {
            let (variance, null) = error?;
            let margin = null.critical(options.alpha, Alternative::TwoSided) * variance.sqrt();
            Some(Bounds::around(estimate?, margin, Alternative::TwoSided))
        };
        let interval = match self.share() {
            Some(share) if self.cluster_of.is_empty() => {
                (share.n > 0).then(|| proportion::wilson(&share, options.alpha))
            }
            // A share lies between 0 and 1, whatever its symmetric interval says.
            Some(_) => {
                t_interval().map(|bounds| Bounds { low: bounds.low.max(0.0), high: bounds.high.min(1.0) })
            }
            None => t_interval(),
        };
        let is_mean = matches!(self.values, Values::Mean(_));
        let quartiles = match &self.values {
            Values::Mean(values) if options.is_full => quantile::five_numbers(values),
            _ => None,
        };
        ArmSummary {
            variant: variant.into(),
            n: self.n(),
            n_rows,
            n_missing,
            estimate,
            interval: interval.map(interval_of),
            sd: ratio.map(|ratio| ratio.sd()).or(moments.and_then(|moments| moments.sd())),
            standard_error: error.map(|(variance, _)| variance.sqrt()),
            successes: self.successes(),
            numerator_sum: ratio.map(|ratio| ratio.numerator_sum),
            denominator_sum: ratio.map(|ratio| ratio.denominator_sum),
            quartiles,
            skewness: moments.filter(|_| is_mean).and_then(|moments| moments.skewness()),
        }
    }
}

/// A test of the difference, and what the lift's interval needs.
struct Tested {
    name: &'static str,
    test: DifferenceTest,
    pair: MeanPair,
}

fn compare_pair(
    (treatment, control): (&Sample, &Sample),
    (variant, base): (&ArmSummary, &ArmSummary),
    options: &Options,
) -> Comparison {
    let difference = variant.estimate.zip(base.estimate).map(|(t, c)| t - c);
    let tested = if treatment.cluster_of.is_empty() && control.cluster_of.is_empty() {
        match (treatment.share(), control.share()) {
            (Some(t), Some(c)) => test_shares(&t, &c, options),
            _ => test_means(treatment, control, options),
        }
    } else {
        test_clustered(treatment, control, options)
    };
    let (lift, lift_interval) = match (variant.estimate, base.estimate) {
        (Some(t), Some(c)) if c != 0.0 => (
            Some((t - c) / c.abs()),
            tested.as_ref().map_or(LiftInterval::Undefined, |t| lift_interval(t, options)),
        ),
        _ => (None, LiftInterval::Undefined),
    };
    let is_clustered = !treatment.cluster_of.is_empty();
    Comparison {
        variant: variant.variant.clone(),
        control: base.variant.clone(),
        difference,
        difference_interval: tested.as_ref().map(|tested| interval_of(tested.test.interval)),
        standard_error: tested.as_ref().map(|tested| tested.test.standard_error),
        lift,
        lift_interval,
        test: tested.as_ref().map_or("not tested", |tested| tested.name).into(),
        statistic: tested.as_ref().map(|tested| tested.test.statistic),
        df: tested.as_ref().and_then(|tested| tested.test.null.df()),
        p_value: tested.as_ref().map(|tested| tested.test.p_value),
        p_adjusted: None,
        is_significant: None,
        effect_size: effect_size_of(treatment, control),
        rank_test: if options.is_full && !is_clustered {
            rank_test(treatment, control, options)
        } else {
            None
        },
        fisher_p_value: if is_clustered { None } else { fisher(treatment, control, options) },
        sentence: String::new(),
        apa: String::new(),
    }
}

/// Independent means, and ratios through their linearised values.
fn test_means(treatment: &Sample, control: &Sample, options: &Options) -> Option<Tested> {
    let (t, c) = (treatment.mean_arm()?, control.mean_arm()?);
    let test = mean_test::compare(&t, &c, options.mean_test, options.alternative, options.alpha).ok()?;
    let (var_treatment, var_control) = match options.mean_test {
        MeanTestKind::Student => {
            let pooled = test.standard_error * test.standard_error / (1.0 / t.n as f64 + 1.0 / c.n as f64);
            (pooled / t.n as f64, pooled / c.n as f64)
        }
        MeanTestKind::Welch | MeanTestKind::Z => (t.variance_of_mean(), c.variance_of_mean()),
    };
    let pair = MeanPair { treatment: t.mean, control: c.mean, var_treatment, var_control, covariance: 0.0 };
    let is_ratio = matches!(treatment.values, Values::Ratio { .. });
    let name = match (options.mean_test, is_ratio) {
        (MeanTestKind::Welch, false) => "Welch t",
        (MeanTestKind::Student, false) => "Student t",
        (MeanTestKind::Z, false) => "z",
        (MeanTestKind::Welch, true) => "Welch t, delta method",
        (MeanTestKind::Student, true) => "Student t, delta method",
        (MeanTestKind::Z, true) => "z, delta method",
    };
    Some(Tested { name, test, pair })
}

/// Independent shares: pooled z, with Newcombe's interval of the difference.
fn test_shares(treatment: &Share, control: &Share, options: &Options) -> Option<Tested> {
    let test = proportion::two_proportion_z(treatment, control, options.alternative, options.alpha).ok()?;
    let pair = proportion::pair(treatment, control).ok()?;
    Some(Tested { name: "two-proportion z", test, pair })
}

/// Any metric, with errors clustered on the unit.
fn test_clustered(treatment: &Sample, control: &Sample, options: &Options) -> Option<Tested> {
    let clusters = [treatment.cluster_of.as_slice(), &control.cluster_of].concat();
    let (n_t, n_c) = (treatment.n() as usize, control.n() as usize);
    let is_treatment: Vec<bool> = (0..n_t + n_c).map(|i| i < n_t).collect();
    let found = match (&treatment.values, &control.values) {
        (Values::Mean(t) | Values::Share(t), Values::Mean(c) | Values::Share(c)) => {
            cluster::compare_means(&[t.as_slice(), c].concat(), &is_treatment, &clusters)
        }
        (
            Values::Ratio { numerator: y_t, denominator: x_t },
            Values::Ratio { numerator: y_c, denominator: x_c },
        ) => {
            let (y, x) = ([y_t.as_slice(), y_c].concat(), [x_t.as_slice(), x_c].concat());
            cluster::compare_ratios(&y, &x, &is_treatment, &clusters)
        }
        _ => return None,
    };
    let found = found.ok()?;
    let (name, null) = match options.mean_test {
        MeanTestKind::Z => ("cluster-robust z", Null::Normal),
        MeanTestKind::Welch | MeanTestKind::Student => ("cluster-robust t", found.null()),
    };
    let error = found.pair.var_difference().sqrt();
    let difference = found.pair.difference();
    let test = DifferenceTest::new(difference, error, null, options.alternative, options.alpha).ok()?;
    Some(Tested { name, test, pair: found.pair })
}

fn lift_interval(tested: &Tested, options: &Options) -> LiftInterval {
    let quantile = tested.test.null.critical(options.alpha, options.alternative);
    let bounds = match options.lift_method {
        LiftMethod::Fieller => lift::fieller(&tested.pair, quantile, options.alternative),
        LiftMethod::Delta => lift::delta(&tested.pair, quantile, options.alternative),
        LiftMethod::Log => lift::log(&tested.pair, quantile, options.alternative),
    };
    match bounds {
        LiftBounds::Finite(bounds) => LiftInterval::Finite { interval: interval_of(bounds) },
        LiftBounds::Unbounded => LiftInterval::Unbounded,
        LiftBounds::Undefined => LiftInterval::Undefined,
    }
}

fn effect_size_of(treatment: &Sample, control: &Sample) -> Option<EffectSize> {
    match (&treatment.values, &control.values) {
        (Values::Mean(_), Values::Mean(_)) => {
            let value = effect_size::hedges_g(&treatment.mean_arm()?, &control.mean_arm()?)?;
            Some(EffectSize { name: "Hedges' g".into(), value })
        }
        (Values::Share(_), Values::Share(_)) => {
            let value = proportion::cohens_h(&treatment.share()?, &control.share()?)?;
            Some(EffectSize { name: "Cohen's h".into(), value })
        }
        _ => None,
    }
}

fn rank_test(treatment: &Sample, control: &Sample, options: &Options) -> Option<RankTest> {
    let (Values::Mean(t), Values::Mean(c)) = (&treatment.values, &control.values) else { return None };
    let test = rank::mann_whitney(t, c, options.alternative, RankMethod::Auto).ok()?;
    Some(RankTest {
        u: test.u,
        p_value: test.p_value,
        probability_of_superiority: test.probability_of_superiority,
    })
}

/// Fisher's exact p where an expected count is below 5.
fn fisher(treatment: &Sample, control: &Sample, options: &Options) -> Option<f64> {
    let (t, c) = (treatment.share()?, control.share()?);
    let is_needed = t.n > 0 && c.n > 0 && proportion::smallest_expected_count(&t, &c) < 5.0;
    is_needed.then(|| proportion::fisher_exact(&t, &c, options.alternative).p_value)
}

fn distribution(samples: &[Sample]) -> Option<Distribution> {
    let values: Vec<&[f64]> = samples
        .iter()
        .filter_map(|sample| match &sample.values {
            Values::Mean(values) => Some(values.as_slice()),
            _ => None,
        })
        .collect();
    let edges = histogram::shared_edges(&values)?;
    let counts = values.iter().map(|values| histogram::counts(values, &edges)).collect();
    Some(Distribution { edges, counts })
}

fn notes(observations: &Observations, options: &Options) -> Vec<FieldNote> {
    let mut notes = Vec::new();
    let mut note = |topic: &str, text: &str| notes.push(FieldNote { topic: topic.into(), text: text.into() });
    match (&observations.values, observations.cluster_of.is_some(), options.mean_test) {
        (_, true, _) => note(
            "Test",
            "Errors are clustered on the unit (CR1), with clusters minus 1 degrees of freedom; arms that share units \
             are allowed for.",
        ),
        (Values::Share(_), false, _) => note(
            "Test",
            "Two-proportion z test with pooled variance. Intervals: Wilson for each share, Newcombe for the difference.",
        ),
        (Values::Mean(_), false, MeanTestKind::Welch) => {
            note("Test", "Welch's t test: the variances of the variants need not be equal.");
        }
        (Values::Mean(_), false, MeanTestKind::Student) => {
            note("Test", "Student's t test: the variances of the variants are taken as equal.");
        }
        (Values::Mean(_), false, MeanTestKind::Z) => {
            note("Test", "z test: normal quantiles, for large samples.");
        }
        (Values::Ratio { .. }, false, _) => {
            note("Test", "The ratio of sums is compared through its linearised values (delta method).");
        }
    }
    if observations.is_aggregated {
        note(
            "Observations",
            "Each unit counts once in a variant: the mean of its rows, and for a ratio its two sums.",
        );
    }
    note(
        "Lift",
        match options.lift_method {
            LiftMethod::Fieller => "Difference over the control's absolute value, with Fieller's interval.",
            LiftMethod::Delta => {
                "Difference over the control's absolute value, with a symmetric delta-method interval."
            }
            LiftMethod::Log => "Difference over the control's absolute value, with a log-ratio interval.",
        },
    );
    notes
}

fn interval_of(bounds: Bounds) -> Interval {
    Interval::new(bounds.low, bounds.high)
}
