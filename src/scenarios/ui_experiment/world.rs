//! What is expected of a session in every cell, under A and under B.

use super::calibration::{BOUNCE_CONSTANT, CLICKS, COMPLETION, LENGTH, Predictor, WATCH, relative_strength};
use super::levels::{Cell, N_CELLS};
use crate::model::UiExperimentSpec;

/// The expectations of one cell under one variant, over users and sessions.
#[derive(Debug, Clone, Copy)]
pub struct Expectation {
    /// Mean session length, minutes.
    pub length: f64,
    /// Probability that the session leads to watching.
    pub watch: f64,
    /// Probability that a watched session is completed.
    pub completion: f64,
    /// Mean clicks before watching.
    pub clicks: f64,
    /// Probability that a session without watching ends in a bounce.
    pub bounce: f64,
    /// Weight of "UI Confusion" among the reasons of a bounce, 1 under A: the square of the ratio of clicks.
    pub confusion: f64,
}

/// Expectations by variant (0 is A, 1 is B) and cell.
#[derive(Debug)]
pub struct World {
    expectations: [Vec<Expectation>; 2],
}

impl World {
    /// A is the same for all knobs. For each effect, one strength scales a fixed pattern over cells, and is solved so
    /// that the overall difference is the effect asked for. Without effects B is A, digit for digit.
    pub fn new(knobs: &UiExperimentSpec) -> Self {
        let everyone = [vec![1.0; N_CELLS], vec![1.0; N_CELLS]];
        let length = with_effect(&LENGTH, libm::exp, &everyone, knobs.effect_length_minutes);
        let watch = with_effect(&WATCH, logistic, &everyone, knobs.effect_watch_pp / 100.0);
        // Completion is counted among watched sessions, and B has more of them in some cells than in others.
        let completion = with_effect(&COMPLETION, logistic, &watch, knobs.effect_completion_pp / 100.0);
        let clicks = with_effect(&CLICKS, libm::exp, &everyone, knobs.effect_clicks);
        let expectations = [0, 1].map(|variant: usize| {
            (0..N_CELLS)
                .map(|index| {
                    let watch = watch[variant][index];
                    let clicks_ratio = clicks[variant][index] / clicks[0][index];
                    Expectation {
                        length: length[variant][index],
                        watch,
                        completion: completion[variant][index],
                        clicks: clicks[variant][index],
                        bounce: BOUNCE_CONSTANT / (1.0 - watch + BOUNCE_CONSTANT),
                        confusion: clicks_ratio * clicks_ratio,
                    }
                })
                .collect()
        });
        Self { expectations }
    }

    pub fn expectation(&self, variant: u8, cell: Cell) -> &Expectation {
        &self.expectations[usize::from(variant)][cell.index()]
    }
}

/// The means of every cell under A and under B, whose weighted means over the population differ by `effect`.
/// `weights` are those of a session in a cell, by variant, its share of the population aside.
fn with_effect(
    predictor: &Predictor,
    mean_of: fn(f64) -> f64,
    weights: &[Vec<f64>; 2],
    effect: f64,
) -> [Vec<f64>; 2] {
    let cells: Vec<Cell> = (0..N_CELLS).map(Cell::at).collect();
    let linear: Vec<(f64, f64)> =
        cells.iter().map(|cell| (predictor.under_a(*cell), relative_strength(*cell))).collect();
    let shares: Vec<f64> = cells.iter().map(|cell| cell.share()).collect();
    let means = |strength: f64| -> Vec<f64> {
        linear.iter().map(|(under_a, relative)| mean_of(under_a + strength * relative)).collect()
    };
    let overall = |means: &[f64], weights: &[f64]| {
        let (mut total, mut sum) = (0.0, 0.0);
        for ((share, weight), mean) in shares.iter().zip(weights).zip(means) {
            total += share * weight;
            sum += share * weight * mean;
        }
        sum / total
    };
    let under_a = means(0.0);
    let target = overall(&under_a, &weights[0]) + effect;
    let strength = solve_increasing(|strength| overall(&means(strength), &weights[1]), target);
    let under_b = means(strength);
    [under_a, under_b]
}

/// Where the increasing `function` reaches `target`, by bisection to the last digit; exactly 0 if it does so at 0.
/// The search ends at 64 on either side, far beyond what the ranges of the knobs need.
fn solve_increasing(function: impl Fn(f64) -> f64, target: f64) -> f64 {
    let at_zero = function(0.0);
    if at_zero == target {
        return 0.0;
    }
    let side = if target > at_zero { 1.0 } else { -1.0 };
    let is_short = |x: f64| side * (target - function(x)) > 0.0;
    let (mut near, mut far) = (0.0, side);
    while is_short(far) && far.abs() < 64.0 {
        (near, far) = (far, 2.0 * far);
    }
    loop {
        let middle = 0.5 * (near + far);
        if middle == near || middle == far {
            return middle;
        }
        if is_short(middle) { near = middle } else { far = middle }
    }
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

#[cfg(test)]
mod tests {
    use super::super::levels::{COUNTRIES, DEVICES, GENRES, TIERS, TIMES};
    use super::*;

    /// Mean over both variants in equal parts, of the cells that pass.
    fn pooled(world: &World, keep: impl Fn(Cell) -> bool, sums: impl Fn(&Expectation) -> (f64, f64)) -> f64 {
        let (mut numerator, mut denominator) = (0.0, 0.0);
        for cell in (0..N_CELLS).map(Cell::at).filter(|cell| keep(*cell)) {
            for variant in 0..2 {
                let (n, d) = sums(world.expectation(variant, cell));
                numerator += cell.share() * n;
                denominator += cell.share() * d;
            }
        }
        numerator / denominator
    }

    fn length(e: &Expectation) -> (f64, f64) {
        (e.length, 1.0)
    }

    fn completion(e: &Expectation) -> (f64, f64) {
        (e.watch * e.completion, e.watch)
    }

    /// Published means by level, against the world's after one factor (length) or shift (shares) for all levels.
    fn check_levels(
        names: &[&str],
        level: fn(Cell) -> u8,
        sums: fn(&Expectation) -> (f64, f64),
        published: &[f64],
        is_ratio: bool,
    ) {
        let world = World::new(&UiExperimentSpec::default());
        let departures: Vec<f64> = (0..names.len())
            .map(|l| {
                let mean = pooled(&world, |cell| usize::from(level(cell)) == l, sums);
                if is_ratio { mean / published[l] } else { mean - published[l] }
            })
            .collect();
        for (name, departure) in names.iter().zip(&departures) {
            assert!((departure - departures[0]).abs() < 1e-9, "{name}: {departures:?}");
        }
        let middle = if is_ratio { 1.0 } else { 0.0 };
        assert!((departures[0] - middle).abs() < 0.05, "far from the published level: {departures:?}");
    }

    #[test]
    fn variant_means_are_the_published_ones() {
        let world = World::new(&UiExperimentSpec::default());
        let mean = |variant: u8, sums: fn(&Expectation) -> (f64, f64)| {
            let cells = || {
                (0..N_CELLS).map(Cell::at).map(|cell| (cell.share(), sums(world.expectation(variant, cell))))
            };
            cells().map(|(share, (n, _))| share * n).sum::<f64>()
                / cells().map(|(share, (_, d))| share * d).sum::<f64>()
        };
        let watch = |e: &Expectation| (e.watch, 1.0);
        let clicks = |e: &Expectation| (e.clicks, 1.0);
        let bounces = |e: &Expectation| ((1.0 - e.watch) * e.bounce, 1.0);
        for (variant, expected) in [(0, [11.42, 0.671, 0.528, 1.42]), (1, [13.54, 0.749, 0.622, 1.10])] {
            let found = [
                mean(variant, length),
                mean(variant, watch),
                mean(variant, completion),
                mean(variant, clicks),
            ];
            for (found, expected) in found.iter().zip(expected) {
                assert!((found - expected).abs() < 1e-9, "variant {variant}: {found} for {expected}");
            }
        }
        assert!((mean(1, bounces) / mean(0, bounces) - 0.88).abs() < 1e-9, "bounces are 12 % rarer in B");
    }

    #[test]
    fn lengths_by_level_keep_the_published_ratios() {
        check_levels(&DEVICES, |c| c.device, length, &[15.12, 12.32, 9.07], true);
        check_levels(&TIMES, |c| c.time, length, &[8.42, 10.45, 13.20, 14.10], true);
        check_levels(&GENRES, |c| c.genre, length, &[14.22, 13.18, 12.95, 11.85, 10.12, 9.45, 8.92], true);
        check_levels(&TIERS, |c| c.tier, length, &[10.40, 12.85, 14.20], true);
        check_levels(
            &COUNTRIES,
            |c| c.country,
            length,
            &[13.10, 12.45, 11.02, 12.85, 11.55, 10.92, 10.31],
            true,
        );
    }

    #[test]
    fn shares_by_level_keep_the_published_differences() {
        check_levels(&TIMES, |c| c.time, |e| (e.watch, 1.0), &[0.5930, 0.6815, 0.7510, 0.7840], false);
        check_levels(&DEVICES, |c| c.device, completion, &[0.6140, 0.5785, 0.4910], false);
        check_levels(&TIMES, |c| c.time, completion, &[0.4820, 0.5510, 0.6045, 0.6320], false);
        check_levels(
            &GENRES,
            |c| c.genre,
            completion,
            &[0.6180, 0.5940, 0.5810, 0.5525, 0.5090, 0.4930, 0.4810],
            false,
        );
        check_levels(&TIERS, |c| c.tier, completion, &[0.5110, 0.5822, 0.6380], false);
        check_levels(
            &COUNTRIES,
            |c| c.country,
            completion,
            &[0.6020, 0.5890, 0.5515, 0.5940, 0.5620, 0.5410, 0.5280],
            false,
        );
    }

    #[test]
    fn us_premium_stays_longest_of_all_countries_and_tiers() {
        let world = World::new(&UiExperimentSpec::default());
        let mean = |country: u8, tier: u8| {
            pooled(&world, |cell| cell.country == country && cell.tier == tier, length)
        };
        assert!((mean(1, 2) - 15.88).abs() < 1e-9);
        for country in 0..7 {
            for tier in 0..3 {
                assert!((country, tier) == (1, 2) || mean(country, tier) < 14.5);
            }
            assert!(mean(country, 0) < mean(country, 1) && mean(country, 1) < mean(country, 2));
        }
    }

    #[test]
    fn the_ends_of_every_range_can_be_reached() {
        for (watch, completion, length, clicks) in [(-50.0, -45.0, -6.0, -1.0), (25.0, 40.0, 20.0, 5.0)] {
            let knobs = UiExperimentSpec {
                effect_watch_pp: watch,
                effect_completion_pp: completion,
                effect_length_minutes: length,
                effect_clicks: clicks,
                ..UiExperimentSpec::default()
            };
            let world = World::new(&knobs);
            let mut sums = [[0.0; 4]; 2];
            for cell in (0..N_CELLS).map(Cell::at) {
                for variant in 0..2 {
                    let e = world.expectation(variant, cell);
                    let values = [e.length, e.watch, e.watch * e.completion, e.clicks];
                    for (sum, value) in sums[usize::from(variant)].iter_mut().zip(values) {
                        *sum += cell.share() * value;
                    }
                    assert!(e.length > 0.5 && e.watch > 0.0 && e.watch < 1.0 && e.clicks < 100.0, "{e:?}");
                }
            }
            let [a, b] = sums;
            assert!((b[0] - a[0] - length).abs() < 1e-9);
            assert!((b[1] - a[1] - watch / 100.0).abs() < 1e-12);
            assert!((b[2] / b[1] - a[2] / a[1] - completion / 100.0).abs() < 1e-12);
            assert!((b[3] - a[3] - clicks).abs() < 1e-9);
        }
    }
}
