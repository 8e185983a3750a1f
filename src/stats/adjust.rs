//! p-values adjusted for asking several questions.

/// How p-values of one family are adjusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adjustment {
    /// m p. Family-wise error rate, any dependence.
    Bonferroni,
    /// 1 - (1 - p)^m. Family-wise, independent (or positively dependent) tests.
    Sidak,
    /// Step-down Bonferroni (Holm 1979). Family-wise, any dependence.
    Holm,
    /// Step-down Sidak.
    HolmSidak,
    /// Step-up Bonferroni (Hochberg 1988). Family-wise, positive dependence.
    Hochberg,
    /// Step-up Sidak, the default of tea-tasting's `adjust_fwer`.
    HochbergSidak,
    /// Benjamini and Hochberg (1995). False discovery rate, positive dependence.
    BenjaminiHochberg,
    /// Benjamini and Yekutieli (2001). False discovery rate, any dependence.
    BenjaminiYekutieli,
}

/// Adjusted p-values in the order given; each is compared with alpha itself.
///
/// `NaN` (a test that could not be made) stays `NaN` and does not count in the family. Ties get the same value.
/// n log n. Agrees with `statsmodels.stats.multitest.multipletests` and R's `p.adjust`.
pub fn adjust(p_values: &[f64], method: Adjustment) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).filter(|&i| !p_values[i].is_nan()).collect();
    order.sort_by(|&i, &j| p_values[i].total_cmp(&p_values[j]));
    let m = order.len() as f64;
    let harmonic = (1..=order.len()).rev().map(|i| 1.0 / i as f64).sum::<f64>();
    // Rank counts from 1 at the smallest p.
    let scaled = |p: f64, rank: f64| match method {
        Adjustment::Bonferroni => p * m,
        Adjustment::Sidak => sidak(p, m),
        Adjustment::Holm | Adjustment::Hochberg => p * (m - rank + 1.0),
        Adjustment::HolmSidak | Adjustment::HochbergSidak => sidak(p, m - rank + 1.0),
        Adjustment::BenjaminiHochberg => p * m / rank,
        Adjustment::BenjaminiYekutieli => p * harmonic * m / rank,
    };
    let mut adjusted = vec![f64::NAN; p_values.len()];
    let mut running = None;
    let mut settle = |k: usize, combine: fn(f64, f64) -> f64| {
        let i = order[k];
        let value = scaled(p_values[i], (k + 1) as f64).min(1.0);
        let value = running.map_or(value, |before| combine(before, value));
        running = Some(value);
        adjusted[i] = value;
    };
    match method {
        // Step down: no p may come out below a smaller one.
        Adjustment::Bonferroni | Adjustment::Sidak | Adjustment::Holm | Adjustment::HolmSidak => {
            (0..order.len()).for_each(|k| settle(k, f64::max));
        }
        // Step up: no p may come out above a larger one.
        Adjustment::Hochberg
        | Adjustment::HochbergSidak
        | Adjustment::BenjaminiHochberg
        | Adjustment::BenjaminiYekutieli => {
            (0..order.len()).rev().for_each(|k| settle(k, f64::min));
        }
    }
    adjusted
}

/// 1 - (1 - p)^m without losing small p.
fn sidak(p: f64, m: f64) -> f64 {
    -libm::expm1(m * libm::log1p(-p))
}
