//! How the values of one metric spread in every variant: histograms over each other, with medians.

use super::effect::{Effect, EffectScale};
use super::variant_series;
use crate::analyses::ab_test::{AbTestResult, Distribution, MetricResult};
use crate::charts::from_result::words::{interval_name, list};
use crate::charts::marks::{Direction, Rule, RuleLook, Steps};
use crate::charts::model::{Axis, Chart, Domain, Info, Mark};
use crate::charts::number_format::NumberFormat;
use crate::charts::scale::nice_step;
use crate::charts::table::{Cell, DataTable};
use crate::format;

/// `None` for metrics without a histogram (shares and ratios).
pub fn distribution(result: &AbTestResult, metric_idx: usize) -> Option<Chart> {
    let metric = result.metrics.get(metric_idx)?;
    let distribution = metric.distribution.as_ref().filter(|found| found.edges.len() > 1)?;
    let steps = metric.arms.iter().zip(&distribution.counts).enumerate().map(|(index, (arm, counts))| {
        let n: u64 = counts.iter().sum();
        let share = |count: u64| if n == 0 { 0.0 } else { count as f64 / n as f64 };
        let bins = distribution.edges.windows(2).zip(counts);
        let info = |(edges, count): (&[f64], &u64)| {
            Info::new(format!("{}, {}", arm.variant, bin_name(distribution, edges)))
                .line("share", format::percent(share(*count), 1))
                .line("observations", format!("{} of {}", format::count(*count), format::count(n)))
        };
        Mark::Steps(Steps {
            series: index,
            edges: distribution.edges.clone(),
            heights: counts.iter().map(|count| share(*count)).collect(),
            is_filled: result.variants.get(index).is_some_and(|variant| variant.is_control),
            infos: bins.map(info).collect(),
        })
    });
    let medians = metric.arms.iter().enumerate().filter_map(|(index, arm)| {
        let median = arm.quartiles?[2];
        let figure = median_text(metric, median);
        Some(Mark::Rule(Rule {
            direction: Direction::Horizontal,
            at: median,
            names: vec![format!("{}: median {figure}", arm.variant), format!("{}: {figure}", arm.variant)],
            look: RuleLook::Series(index),
            info: Some(Info::new(format!("{}, median", arm.variant)).line(&metric.name, figure)),
        }))
    });
    Some(Chart {
        kind: "ab_test_distribution",
        title: format!("Distribution of {}", metric.name),
        takeaway: takeaway(result, metric),
        note: "Height: share of the variant's observations in each bin. Upright lines: medians.".into(),
        x: Axis::linear(
            metric.name.clone(),
            Domain::Fixed(first(distribution), last(distribution)),
            NumberFormat::Plain,
        ),
        y: Axis::linear("share of observations", Domain::FromZero, NumberFormat::Percent),
        series: variant_series(result),
        marks: steps.chain(medians).collect(),
        value_headings: None,
        table: table(result, distribution),
    })
}

fn takeaway(result: &AbTestResult, metric: &MetricResult) -> String {
    let medians: Vec<String> = metric
        .arms
        .iter()
        .filter_map(|arm| Some(format!("{} in {}", median_text(metric, arm.quartiles?[2]), arm.variant)))
        .collect();
    let medians =
        if medians.is_empty() { String::new() } else { format!("The median is {}. ", list(&medians)) };
    let means = metric.comparisons.first().map(|row| {
        let effect = Effect::of(row, &metric.metric, EffectScale::Difference);
        format!(
            "The means of {} and {} differ by {} ({} {}).",
            row.variant,
            row.control,
            effect.estimate_text(),
            interval_name(result.spec.alpha),
            effect.interval_text()
        )
    });
    format!("{medians}{}", means.unwrap_or_default()).trim_end().into()
}

/// A median with at most the decimals of the difference in means.
fn median_text(metric: &MetricResult, median: f64) -> String {
    let n_decimals = metric
        .comparisons
        .first()
        .map_or(2, |row| Effect::of(row, &metric.metric, EffectScale::Difference).n_decimals());
    format::trim_zeros(&format::decimals(median, n_decimals))
}

/// "from 10 to 12".
fn bin_name(distribution: &Distribution, edges: &[f64]) -> String {
    let &[from, to] = edges else { return String::new() };
    let n_bins = distribution.counts.first().map_or(1, Vec::len).max(1);
    let width = (last(distribution) - first(distribution)) / n_bins as f64;
    // Enough decimals to tell two edges apart.
    let n_decimals = NumberFormat::Plain.decimals_for(nice_step(width, 1));
    let text = |x: f64| format::trim_zeros(&format::decimals(x, n_decimals));
    format!("from {} to {}", text(from), text(to))
}

fn first(distribution: &Distribution) -> f64 {
    distribution.edges.first().copied().unwrap_or(0.0)
}

fn last(distribution: &Distribution) -> f64 {
    distribution.edges.last().copied().unwrap_or(1.0)
}

fn table(result: &AbTestResult, distribution: &Distribution) -> DataTable {
    let headings: Vec<String> = ["#from".to_owned(), "#to".to_owned()]
        .into_iter()
        .chain(result.variants.iter().flat_map(|variant| {
            [format!("#{} observations", variant.name), format!("#{} share", variant.name)]
        }))
        .collect();
    let mut table = DataTable::new(&headings.iter().map(String::as_str).collect::<Vec<_>>());
    for (bin, edges) in distribution.edges.windows(2).enumerate() {
        let edge = |x: &f64| Cell::number(Some(*x), |x| format::trim_zeros(&format::number(x, 4)));
        let mut cells: Vec<Cell> = edges.iter().map(edge).collect();
        for counts in &distribution.counts {
            let (count, n) = (counts.get(bin).copied().unwrap_or(0), counts.iter().sum::<u64>());
            cells.push(Cell::count(count));
            let share = (n > 0).then(|| count as f64 / n as f64);
            cells.push(Cell::number(share, |share| format::percent(share, 1)));
        }
        table.push(cells);
    }
    table
}
