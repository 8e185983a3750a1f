//! The interval of a lift, (treatment - control) / |control|.

use super::{Alternative, Bounds};

/// Two estimated means (or shares, or ratios) with the variances of the estimates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanPair {
    pub treatment: f64,
    pub control: f64,
    /// Squared standard error of `treatment`.
    pub var_treatment: f64,
    /// Squared standard error of `control`.
    pub var_control: f64,
    /// Covariance of the two estimates: 0 for independent arms, else from [`super::cluster`].
    pub covariance: f64,
}

/// The set of lifts that the data do not exclude.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LiftBounds {
    Finite(Bounds),
    /// The control is not clearly away from zero (Fieller's g >= 1): the set is not an interval.
    Unbounded,
    /// The control is zero, or (for the log interval) treatment and control do not have the same sign.
    Undefined,
}

impl MeanPair {
    /// treatment - control.
    pub fn difference(&self) -> f64 {
        self.treatment - self.control
    }

    /// Variance of the difference.
    pub fn var_difference(&self) -> f64 {
        (self.var_treatment + self.var_control - 2.0 * self.covariance).max(0.0)
    }

    /// (treatment - control) / |control|. `None` where the control is zero.
    pub fn lift(&self) -> Option<f64> {
        let lift = self.difference() / self.control.abs();
        (self.control != 0.0 && lift.is_finite()).then_some(lift)
    }

    /// Standard error of the lift by the delta method:
    /// var = vT/C^2 + vC T^2/C^4 - 2 cov T/C^3. `None` where the control is zero.
    pub fn delta_standard_error(&self) -> Option<f64> {
        let ratio = self.treatment / self.control;
        let variance =
            (self.var_treatment + ratio * ratio * self.var_control - 2.0 * ratio * self.covariance).max(0.0);
        let error = variance.sqrt() / self.control.abs();
        (self.control != 0.0 && error.is_finite()).then_some(error)
    }
}

/// Fieller's interval (Fieller 1954), with the quantile of the absolute test: it excludes zero exactly where that test does.
///
/// With D = T - C, the set of theta for which (D - theta C)^2 <= q^2 var(D - theta C) is bounded by
/// `[D C - q^2 s_DC +- q sqrt(D^2 s_CC - 2 D C s_DC + C^2 s_DD - q^2 (s_DD s_CC - s_DC^2))] / (C^2 - q^2 s_CC)`,
/// which is stated for D and not for T so that small lifts keep their digits. `g = q^2 s_CC / C^2 >= 1` gives
/// [`LiftBounds::Unbounded`]. One-sided alternatives move one end to infinity; `quantile` is then the one-sided one.
pub fn fieller(pair: &MeanPair, quantile: f64, alternative: Alternative) -> LiftBounds {
    let c = pair.control;
    if c == 0.0 {
        return LiftBounds::Undefined;
    }
    let d = pair.difference();
    let q2 = quantile * quantile;
    let s_cc = pair.var_control;
    let s_dd = pair.var_difference();
    let s_dc = pair.covariance - pair.var_control;
    let a = c * c - q2 * s_cc;
    if !(a > 0.0) {
        return LiftBounds::Unbounded;
    }
    let b = d * c - q2 * s_dc;
    let inner = d * d * s_cc - 2.0 * d * c * s_dc + c * c * s_dd - q2 * (s_dd * s_cc - s_dc * s_dc);
    let root = quantile.abs() * inner.max(0.0).sqrt();
    // One root by addition and the other from the product of both, so that neither is a difference of close numbers.
    let product = d * d - q2 * s_dd;
    let far = if b >= 0.0 { b + root } else { b - root };
    let (first, second) = if far == 0.0 { (0.0, 0.0) } else { (far / a, product / far) };
    let (low, high) = if first < second { (first, second) } else { (second, first) };
    if !low.is_finite() || !high.is_finite() {
        return LiftBounds::Unbounded;
    }
    // theta is D / C; the lift divides by |C|.
    let bounds = if c > 0.0 { Bounds { low, high } } else { Bounds { low: -high, high: -low } };
    LiftBounds::Finite(bounds.one_sided(alternative))
}

/// Symmetric interval by the delta method: lift +- quantile * se. Can contradict the absolute test.
pub fn delta(pair: &MeanPair, quantile: f64, alternative: Alternative) -> LiftBounds {
    match (pair.lift(), pair.delta_standard_error()) {
        (Some(lift), Some(error)) => LiftBounds::Finite(Bounds::around(lift, quantile * error, alternative)),
        _ => LiftBounds::Undefined,
    }
}

/// Delta method on the log of the ratio: (T/C) exp(+- quantile * se) - 1 with
/// se^2 = vT/T^2 + vC/C^2 - 2 cov/(T C). Needs treatment and control of the same sign.
pub fn log(pair: &MeanPair, quantile: f64, alternative: Alternative) -> LiftBounds {
    let (t, c) = (pair.treatment, pair.control);
    let ratio = t / c;
    if c == 0.0 || !(ratio > 0.0) || !ratio.is_finite() {
        return LiftBounds::Undefined;
    }
    let variance =
        pair.var_treatment / (t * t) + pair.var_control / (c * c) - 2.0 * pair.covariance / (t * c);
    let margin = quantile * variance.max(0.0).sqrt();
    // ratio * e^m - 1 = (ratio - 1) + ratio * (e^m - 1), which keeps the digits of small lifts.
    let lift = (t - c) / c;
    let low = lift + ratio * libm::expm1(-margin);
    let high = lift + ratio * libm::expm1(margin);
    let bounds = if c > 0.0 { Bounds { low, high } } else { Bounds { low: -high, high: -low } };
    if !bounds.low.is_finite() || !bounds.high.is_finite() {
        return LiftBounds::Unbounded;
    }
    LiftBounds::Finite(bounds.one_sided(alternative))
}
