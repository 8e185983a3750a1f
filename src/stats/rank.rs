//! Ranks, and the Mann-Whitney test on them.

use super::distribution::normal;
use super::{Alternative, Undefined};

/// Ranks of a column, ties sharing their average.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranks {
    /// From 1; `NaN` where the value is missing.
    pub ranks: Vec<f64>,
    /// Values that are not missing.
    pub n: u64,
    /// Sum over tied groups of t^3 - t; 0 without ties.
    pub tie_sum: f64,
}

/// Average ranks in n log n. `NaN` is missing; -0 and 0 are equal.
pub fn average_ranks(values: &[f64]) -> Ranks {
    SortedColumn::new(values).ranks(|_| true)
}

/// The order of a column, from which ranks among any of its rows follow without sorting again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortedColumn {
    /// Rows from the smallest value up, with the number of their group of equal values.
    order: Vec<(u32, u32)>,
    is_present: Vec<bool>,
}

impl SortedColumn {
    /// n log n. `NaN` is missing.
    pub fn new(values: &[f64]) -> Self {
        let mut keys: Vec<(u64, u32)> = values
            .iter()
            .zip(0_u32..)
            .filter(|(x, _)| !x.is_nan())
            .map(|(&x, row_idx)| (sort_key(x), row_idx))
            .collect();
        keys.sort_unstable();
        let mut group = 0_u32;
        let mut before = None;
        let order = keys
            .into_iter()
            .map(|(key, row_idx)| {
                if before.is_some_and(|before| before != key) {
                    group += 1;
                }
                before = Some(key);
                (row_idx, group)
            })
            .collect();
        Self { order, is_present: values.iter().map(|x| !x.is_nan()).collect() }
    }

    pub fn is_present(&self, row_idx: usize) -> bool {
        self.is_present.get(row_idx).copied().unwrap_or(false)
    }

    /// Average ranks among the present rows for which the test holds, in linear time; all other rows are `NaN`.
    pub fn ranks(&self, is_counted: impl Fn(usize) -> bool) -> Ranks {
        let mut ranks = vec![f64::NAN; self.is_present.len()];
        let mut tie_sum = 0.0;
        let mut before = 0_usize;
        for tied in self.order.chunk_by(|a, b| a.1 == b.1) {
            let counted =
                || tied.iter().map(|(row_idx, _)| *row_idx as usize).filter(|row_idx| is_counted(*row_idx));
            let n_tied = counted().count();
            let rank = before as f64 + 0.5 * (n_tied as f64 + 1.0);
            for row_idx in counted() {
                ranks[row_idx] = rank;
            }
            tie_sum += tie_term(n_tied);
            before += n_tied;
        }
        Ranks { ranks, n: before as u64, tie_sum }
    }
}

/// How the p-value is computed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RankMethod {
    /// Exact where the smaller sample has at most 8 values and nothing is tied, else asymptotic
    /// (`scipy`'s "auto").
    #[default]
    Auto,
    /// The permutation distribution of the midranks, ties included; asymptotic where it would take more than about 1e9 steps.
    Exact,
    /// Normal, with tie-corrected variance and continuity correction 1/2.
    Asymptotic,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannWhitney {
    /// U of the treatment: pairs in which it is the larger, ties counting half.
    pub u: f64,
    /// U / (n1 n2).
    pub probability_of_superiority: f64,
    pub p_value: f64,
    pub is_exact: bool,
    /// Standardised U with continuity correction, positive where the treatment is larger. `None` where all values are tied.
    pub z: Option<f64>,
}

/// Mann-Whitney U test of treatment against control (as `scipy.stats.mannwhitneyu`).
///
/// z = (U - n1 n2/2 -+ 1/2) / sqrt(n1 n2/12 (N + 1 - sum(t^3 - t) / (N (N - 1)))). All values tied: p = 1.
/// `NaN` is skipped. `Err` where a sample is empty. n log n; counts are exact up to 2^53 pairs.
pub fn mann_whitney(
    treatment: &[f64],
    control: &[f64],
    alternative: Alternative,
    method: RankMethod,
) -> Result<MannWhitney, Undefined> {
    let (t, c) = (sorted_keys(treatment), sorted_keys(control));
    if t.is_empty() || c.is_empty() {
        return Err(Undefined::TooFew { found: 0, needed: 1 });
    }
    let groups = merge_ties(&t, &c);
    let (n_t, n_c) = (t.len() as f64, c.len() as f64);
    let pairs = n_t * n_c;
    let mut twice_u = 0.0;
    let mut controls_below = 0.0;
    let mut tie_sum = 0.0;
    for &(of_t, of_c) in &groups {
        twice_u += of_t as f64 * (2.0 * controls_below + of_c as f64);
        controls_below += of_c as f64;
        tie_sum += tie_term(of_t + of_c);
    }
    let u = 0.5 * twice_u;
    let n = n_t + n_c;
    let variance = pairs / 12.0 * ((n + 1.0) - tie_sum / (n * (n - 1.0)));
    let sd = variance.max(0.0).sqrt();
    let excess = u - 0.5 * pairs;
    // All tied leaves a variance of rounding errors at most.
    let is_degenerate = groups.len() < 2 || sd <= 0.0;
    let has_ties = tie_sum > 0.0;
    let exact = match method {
        RankMethod::Auto if has_ties || t.len().min(c.len()) > 8 => None,
        RankMethod::Auto | RankMethod::Exact => exact_tails(&groups, t.len(), c.len(), twice_u, has_ties),
        RankMethod::Asymptotic => None,
    };
    let tail = |excess: f64| if is_degenerate { 1.0 } else { normal::sf((excess - 0.5) / sd) };
    let p_value = match (exact, alternative) {
        (Some(tails), Alternative::TwoSided) => 2.0 * tails.at_most.min(tails.at_least),
        (Some(tails), Alternative::Greater) => tails.at_least,
        (Some(tails), Alternative::Less) => tails.at_most,
        (None, Alternative::TwoSided) => 2.0 * tail(excess.abs()),
        (None, Alternative::Greater) => tail(excess),
        (None, Alternative::Less) => tail(-excess),
    };
    let z = (!is_degenerate).then(|| {
        let corrected = (excess.abs() - 0.5) / sd;
        if excess == 0.0 { 0.0 } else { corrected * excess.signum() }
    });
    Ok(MannWhitney {
        u,
        probability_of_superiority: u / pairs,
        p_value: p_value.min(1.0),
        is_exact: exact.is_some(),
        z,
    })
}

#[derive(Debug, Clone, Copy)]
struct Tails {
    at_most: f64,
    at_least: f64,
}

/// Steps that the permutation distribution may take.
const MAX_EXACT_STEPS: f64 = 1e9;

fn exact_tails(
    groups: &[(usize, usize)],
    n_t: usize,
    n_c: usize,
    twice_u: f64,
    has_ties: bool,
) -> Option<Tails> {
    let pairs = n_t as f64 * n_c as f64;
    let smaller = n_t.min(n_c) as f64;
    if !has_ties {
        if smaller * pairs > MAX_EXACT_STEPS {
            return None;
        }
        return untied_tails(n_t.min(n_c), n_t.max(n_c), 0.5 * twice_u);
    }
    // Every value of either sample adds a row of sums up to twice the pairs, for each size.
    if (n_t + n_c) as f64 * smaller * (2.0 * pairs) > MAX_EXACT_STEPS {
        return None;
    }
    Some(tied_tails(groups, n_t, n_c, twice_u))
}

/// Without ties the counts of U are the coefficients of the Gaussian binomial [m + n over m], a product of
/// (1 - q^(n+i)) / (1 - q^i); only the lower half is needed, the rest is its mirror image. `None` where there are
/// more arrangements than float64 can count (about 510 values in each sample).
fn untied_tails(m: usize, n: usize, u: f64) -> Option<Tails> {
    let pairs = m * n;
    let u = u as usize;
    let half = pairs / 2;
    let mut counts = vec![0.0_f64; half + 1];
    counts[0] = 1.0;
    let mut total = 1.0;
    for i in 1..=m {
        for k in (n + i..=half).rev() {
            counts[k] -= counts[k - (n + i)];
        }
        for k in i..=half {
            counts[k] += counts[k - i];
        }
        total *= (n + i) as f64 / i as f64;
    }
    if !total.is_finite() {
        return None;
    }
    let at_most_small = |k: usize| counts[..=k].iter().copied().collect::<super::Sum>().value() / total;
    // P(U <= k) for any k, through the mirror image where k is in the upper half.
    let at_most = |k: usize| if k <= half { at_most_small(k) } else { 1.0 - at_most_small(pairs - k - 1) };
    let at_least = |k: usize| if k == 0 { 1.0 } else { at_most_mirror(k, pairs, half, &at_most_small) };
    Some(Tails { at_most: if u >= pairs { 1.0 } else { at_most(u) }, at_least: at_least(u) })
}

/// P(U >= k) = P(U <= pairs - k), from the lower half where possible.
fn at_most_mirror(k: usize, pairs: usize, half: usize, at_most_small: &impl Fn(usize) -> f64) -> f64 {
    if pairs - k <= half { at_most_small(pairs - k) } else { 1.0 - at_most_small(k - 1) }
}

/// The distribution of twice the rank sum over all choices of the smaller sample, one tied group after the other.
fn tied_tails(groups: &[(usize, usize)], n_t: usize, n_c: usize, twice_u: f64) -> Tails {
    // Work with the smaller sample's U; the other one's is the mirror image.
    let is_swapped = n_t > n_c;
    let m = n_t.min(n_c);
    let twice_pairs = 2 * n_t * n_c;
    // ways[j][s]: choices of j values with twice-U contribution s. A chosen value beats every value below it
    // that was not chosen, and half-beats those tied with it.
    let mut ways = vec![vec![0.0_f64; twice_pairs + 1]; m + 1];
    ways[0][0] = 1.0;
    let mut below = 0;
    for &(of_t, of_c) in groups {
        let size = of_t + of_c;
        let mut next = vec![vec![0.0_f64; twice_pairs + 1]; m + 1];
        for (chosen, row) in ways.iter().enumerate() {
            let others_below = below - chosen.min(below);
            let mut choices = 1.0;
            for j in 0..=size.min(m - chosen) {
                if chosen > below {
                    break;
                }
                let gain = j * (2 * others_below + (size - j));
                for (s, &count) in row.iter().enumerate() {
                    if count > 0.0
                        && let Some(slot) = next[chosen + j].get_mut(s + gain)
                    {
                        *slot += count * choices;
                    }
                }
                choices *= (size - j) as f64 / (j + 1) as f64;
            }
        }
        ways = next;
        below += size;
    }
    let counts = &ways[m];
    let total = counts.iter().sum::<f64>();
    let observed = twice_u as usize;
    let observed = if is_swapped { twice_pairs - observed } else { observed };
    let low = counts[..=observed].iter().sum::<f64>() / total;
    let high = counts[observed..].iter().sum::<f64>() / total;
    if is_swapped { Tails { at_most: high, at_least: low } } else { Tails { at_most: low, at_least: high } }
}

/// How many of either sample share each distinct value, from the smallest up.
fn merge_ties(t: &[u64], c: &[u64]) -> Vec<(usize, usize)> {
    let mut groups = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < t.len() || j < c.len() {
        let value = match (t.get(i), c.get(j)) {
            (Some(&a), Some(&b)) => a.min(b),
            (Some(&a), None) => a,
            (None, Some(&b)) => b,
            (None, None) => break,
        };
        let (from_i, from_j) = (i, j);
        while t.get(i) == Some(&value) {
            i += 1;
        }
        while c.get(j) == Some(&value) {
            j += 1;
        }
        groups.push((i - from_i, j - from_j));
    }
    groups
}

fn sorted_keys(values: &[f64]) -> Vec<u64> {
    let mut keys: Vec<u64> = values.iter().filter(|x| !x.is_nan()).map(|&x| sort_key(x)).collect();
    keys.sort_unstable();
    keys
}

/// Whole numbers in the order of the values; sorting them is faster than comparing floats. -0 becomes 0.
fn sort_key(x: f64) -> u64 {
    let bits = (x + 0.0).to_bits();
    if bits >> 63 == 0 { bits | (1 << 63) } else { !bits }
}

/// t^3 - t.
fn tie_term(n_tied: usize) -> f64 {
    let t = n_tied as f64;
    (t - 1.0) * t * (t + 1.0)
}
