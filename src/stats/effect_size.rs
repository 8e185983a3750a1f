//! Standardised differences of means.

use super::mean_test::MeanArm;

/// Cohen's d: (mean_t - mean_c) / s with the pooled s^2 = ((n1-1) s1^2 + (n2-1) s2^2) / (n1 + n2 - 2).
/// `None` for fewer than three observations in all and where neither arm varies.
pub fn cohens_d(treatment: &MeanArm, control: &MeanArm) -> Option<f64> {
    let (df_t, df_c) = (treatment.n as f64 - 1.0, control.n as f64 - 1.0);
    let df = df_t + df_c;
    let pooled = (df_t * treatment.variance + df_c * control.variance) / df;
    let d = (treatment.mean - control.mean) / pooled.sqrt();
    (df >= 1.0 && pooled > 0.0 && d.is_finite()).then_some(d)
}

/// Hedges' g with the usual approximation J = 1 - 3 / (4 N - 9), N = n1 + n2 (Hedges 1981).
/// `None` where [`cohens_d`] is, and for fewer than four observations in all.
pub fn hedges_g(treatment: &MeanArm, control: &MeanArm) -> Option<f64> {
    let n = (treatment.n + control.n) as f64;
    // At N = 3 the approximation is 0 whatever the means are.
    cohens_d(treatment, control).filter(|_| n > 3.0).map(|d| d * (1.0 - 3.0 / (4.0 * n - 9.0)))
}

/// Hedges' g with the exact J = Gamma(m/2) / (sqrt(m/2) Gamma((m-1)/2)), m = n1 + n2 - 2. `None` for m < 2.
pub fn hedges_g_exact(treatment: &MeanArm, control: &MeanArm) -> Option<f64> {
    let m = (treatment.n + control.n) as f64 - 2.0;
    if m < 2.0 {
        return None;
    }
    cohens_d(treatment, control).map(|d| d * super::distribution::gamma_half_step(m / 2.0))
}
