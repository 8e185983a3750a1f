//! Two means compared: Welch's t, Student's t and z; and the interval of one mean.

use super::{Alternative, Bounds, Moments, Null, Undefined};

/// Which standard error and which null distribution.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MeanTestKind {
    /// Unequal variances: se^2 = s1^2/n1 + s2^2/n2, t with Satterthwaite's degrees of freedom (Welch 1947).
    #[default]
    Welch,
    /// Equal variances: pooled s^2 with n1 + n2 - 2 degrees of freedom.
    Student,
    /// Welch's standard error with normal quantiles.
    Z,
}

/// One arm: what a test of means needs of it. Also carries ratios, with the mean and variance of their linearised values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanArm {
    /// At least 2.
    pub n: u64,
    pub mean: f64,
    /// Of one observation, with divisor n - 1.
    pub variance: f64,
}

impl MeanArm {
    /// `Err` for fewer than two values.
    pub fn from_moments(moments: &Moments) -> Result<Self, Undefined> {
        match (moments.mean(), moments.variance()) {
            (Some(mean), Some(variance)) => Ok(Self { n: moments.n, mean, variance }),
            _ if moments.n < 2 => Err(Undefined::TooFew { found: moments.n, needed: 2 }),
            _ => Err(Undefined::OutOfDomain("the values are too large to compute with")),
        }
    }

    /// From a row of sums, as SQL returns them: n, sum and sum of squares. Loses digits where the mean is large against
    /// the standard deviation. `Err` for n < 2.
    pub fn from_sums(n: u64, sum: f64, sum_of_squares: f64) -> Result<Self, Undefined> {
        if n < 2 {
            return Err(Undefined::TooFew { found: n, needed: 2 });
        }
        let mean = sum / n as f64;
        Ok(Self { n, mean, variance: ((sum_of_squares - sum * mean) / (n - 1) as f64).max(0.0) })
    }

    /// variance / n.
    pub fn variance_of_mean(&self) -> f64 {
        self.variance / self.n as f64
    }
}

/// A difference with its test against zero and its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DifferenceTest {
    /// Treatment minus control.
    pub difference: f64,
    pub standard_error: f64,
    /// difference / standard_error.
    pub statistic: f64,
    /// Gives the degrees of freedom, and the quantile for the lift ([`Null::critical`]).
    pub null: Null,
    pub p_value: f64,
    /// At level 1 - alpha; one end infinite for a one-sided alternative.
    pub interval: Bounds,
}

impl DifferenceTest {
    /// Tests a difference with a known standard error against zero.
    /// `Err(NoVariation)` where the standard error is zero.
    pub fn new(
        difference: f64,
        standard_error: f64,
        null: Null,
        alternative: Alternative,
        alpha: f64,
    ) -> Result<Self, Undefined> {
        if !difference.is_finite() || !standard_error.is_finite() {
            return Err(Undefined::OutOfDomain("the values are too large to compute with"));
        }
        let statistic = difference / standard_error;
        if standard_error <= 0.0 || !statistic.is_finite() {
            return Err(Undefined::NoVariation);
        }
        let margin = null.critical(alpha, alternative) * standard_error;
        Ok(Self {
            difference,
            standard_error,
            statistic,
            null,
            p_value: null.p_value(statistic, alternative),
            interval: Bounds::around(difference, margin, alternative),
        })
    }
}

/// Tests treatment minus control.
///
/// Agrees with `scipy.stats.ttest_ind` to about 1e-13. `Err` for fewer than two values in an arm, and where both arms are
/// constant: the statistic would be 0/0 or infinite.
pub fn compare(
    treatment: &MeanArm,
    control: &MeanArm,
    kind: MeanTestKind,
    alternative: Alternative,
    alpha: f64,
) -> Result<DifferenceTest, Undefined> {
    let smaller = treatment.n.min(control.n);
    if smaller < 2 {
        return Err(Undefined::TooFew { found: smaller, needed: 2 });
    }
    let (n_t, n_c) = (treatment.n as f64, control.n as f64);
    let (v_t, v_c) = (treatment.variance_of_mean(), control.variance_of_mean());
    let (variance, null) = match kind {
        MeanTestKind::Welch => (v_t + v_c, Null::T { df: welch_df(treatment, control) }),
        MeanTestKind::Z => (v_t + v_c, Null::Normal),
        MeanTestKind::Student => {
            let df = n_t + n_c - 2.0;
            let pooled = ((n_t - 1.0) * treatment.variance + (n_c - 1.0) * control.variance) / df;
            (pooled * (1.0 / n_t + 1.0 / n_c), Null::T { df })
        }
    };
    if variance <= 0.0 {
        return Err(Undefined::NoVariation);
    }
    DifferenceTest::new(treatment.mean - control.mean, variance.sqrt(), null, alternative, alpha)
}

/// Satterthwaite's degrees of freedom: (v1 + v2)^2 / (v1^2/(n1-1) + v2^2/(n2-1)) with v = s^2/n.
/// Computed from the share of each arm, which cannot overflow. Both constant: the smaller n - 1.
pub fn welch_df(treatment: &MeanArm, control: &MeanArm) -> f64 {
    let (v_t, v_c) = (treatment.variance_of_mean(), control.variance_of_mean());
    let (df_t, df_c) = (treatment.n as f64 - 1.0, control.n as f64 - 1.0);
    let share = v_t / (v_t + v_c);
    if share.is_nan() {
        return df_t.min(df_c);
    }
    1.0 / (share * share / df_t + (1.0 - share) * (1.0 - share) / df_c)
}

/// t interval of one mean at level 1 - alpha, two-sided, n - 1 degrees of freedom.
/// A constant sample gives an interval of width zero.
pub fn mean_interval(arm: &MeanArm, alpha: f64) -> Result<Bounds, Undefined> {
    if arm.n < 2 {
        return Err(Undefined::TooFew { found: arm.n, needed: 2 });
    }
    let null = Null::T { df: (arm.n - 1) as f64 };
    let margin = null.critical(alpha, Alternative::TwoSided) * arm.variance_of_mean().sqrt();
    Ok(Bounds::around(arm.mean, margin, Alternative::TwoSided))
}
