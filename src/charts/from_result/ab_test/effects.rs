//! All metrics and variants at a glance: a forest plot of effects around zero.

use super::effect::{Effect, EffectScale, item};
use super::{control_name, series_of, variant_series};
use crate::analyses::ab_test::{AbTestResult, Comparison, Correction, MetricResult, MetricRole};
use crate::charts::from_result::words::{interval_name, span_of_intervals};
use crate::charts::marks::{Direction, Intervals, Rule, RuleLook};
use crate::charts::model::{Axis, Category, Chart, Domain, Mark, ValueLabel};
use crate::charts::number_format::NumberFormat;
use crate::charts::table::{Cell, DataTable};
use crate::format;

/// Lifts of every metric, or differences where no metric has a lift. `None` without comparisons, and
/// where metrics of different units have no lift to share an axis.
pub fn effects(result: &AbTestResult) -> Option<Chart> {
    let rows: Vec<(&MetricResult, &Comparison)> = result
        .metrics
        .iter()
        .flat_map(|metric| metric.comparisons.iter().map(move |row| (metric, row)))
        .collect();
    let has_lift = rows.iter().any(|(_, row)| row.lift.is_some());
    if rows.is_empty() || (!has_lift && result.metrics.len() > 1) {
        return None;
    }
    let scale = if has_lift { EffectScale::Lift } else { EffectScale::Difference };
    let interval_name = interval_name(result.spec.alpha);
    let series = variant_series(result);
    let control = control_name(result);

    let place_of = |index: usize| index as f64;
    let marks =
        result.variants.iter().enumerate().filter(|(_, variant)| !variant.is_control).map(|(s, variant)| {
            let of_variant = rows.iter().enumerate().filter(|(_, (_, row))| row.variant == variant.name);
            let items = of_variant.map(|(index, (metric, row))| {
                let name = format!("{}, {} against {}", metric.name, row.variant, row.control);
                item(place_of(index), name, row, &metric.metric, scale, &interval_name)
            });
            Mark::Intervals(Intervals {
                series: s,
                direction: Direction::Horizontal,
                offset_px: 0.0,
                items: items.collect(),
            })
        });
    let zero = Mark::Rule(Rule {
        direction: Direction::Horizontal,
        at: 0.0,
        names: vec![format!("same as {control}"), control.into()],
        look: RuleLook::Zero,
        info: None,
    });
    let reaches: Vec<_> =
        rows.iter().filter_map(|(metric, row)| Effect::of(row, &metric.metric, scale).reach()).collect();
    let (low, high) = span_of_intervals(&reaches, &[0.0]);
    let (x_label, format) = match (scale, rows.first()) {
        (EffectScale::Lift, _) => (format!("change relative to {control}"), NumberFormat::SignedPercent),
        (EffectScale::Difference, Some((metric, row))) => {
            (format!("difference from {control}"), Effect::of(row, &metric.metric, scale).format)
        }
        (EffectScale::Difference, None) => (String::new(), NumberFormat::Signed),
    };
    Some(Chart {
        kind: "ab_test_effects",
        title: "Effect on every metric".into(),
        takeaway: takeaway(result, &rows, scale, &interval_name),
        note: note(result, &interval_name),
        x: Axis::linear(x_label, Domain::Fixed(low, high), format),
        y: Axis::categories("", categories(result, &rows)),
        series,
        marks: std::iter::once(zero).chain(marks).collect(),
        value_headings: Some(ValueLabel {
            estimate: if scale == EffectScale::Lift { "lift" } else { "difference" }.into(),
            detail: interval_name,
        }),
        table: table(&rows),
    })
}

/// One variant: rows are metrics, grouped by role. Several: groups are metrics, rows are variants.
fn categories(result: &AbTestResult, rows: &[(&MetricResult, &Comparison)]) -> Vec<Category> {
    let has_several_variants = result.variants.len() > 2;
    let has_roles = result.metrics.iter().any(|metric| metric.metric.role != MetricRole::Goal);
    let category = |(metric, row): &(&MetricResult, &Comparison)| {
        let role = match metric.metric.role {
            MetricRole::Goal => "Goals",
            MetricRole::Guardrail => "Guardrails",
            MetricRole::Secondary => "Secondary",
        };
        let (label, group) = if has_several_variants {
            (row.variant.clone(), Some(metric.name.clone()))
        } else {
            (metric.name.clone(), has_roles.then(|| role.into()))
        };
        Category { label, group, series: Some(series_of(result, &row.variant)) }
    };
    rows.iter().map(category).collect()
}

fn takeaway(
    result: &AbTestResult,
    rows: &[(&MetricResult, &Comparison)],
    scale: EffectScale,
    interval_name: &str,
) -> String {
    let Some((metric, row)) = rows.first() else { return String::new() };
    let effect = Effect::of(row, &metric.metric, scale);
    let first = format!(
        "{} changes {} by {} ({interval_name} {}).",
        row.variant,
        metric.name,
        effect.estimate_text(),
        effect.interval_text()
    );
    if result.srm.is_alert {
        return format!("{first} The split is not as planned, so no effect is called significant.");
    }
    let n_significant = rows.iter().filter(|(_, row)| row.is_significant == Some(true)).count();
    match rows.len() {
        1 => first,
        n => format!("{first} {n_significant} of {n} effects are significant."),
    }
}

fn note(result: &AbTestResult, interval_name: &str) -> String {
    let correction = match result.spec.correction {
        Correction::Holm => " after Holm's correction of the goals",
        Correction::Bonferroni => " after Bonferroni's correction of the goals",
        Correction::BenjaminiHochberg => " after Benjamini and Hochberg's correction of the goals",
        Correction::BenjaminiYekutieli => " after Benjamini and Yekutieli's correction of the goals",
        Correction::None => "",
    };
    let is_adjusted =
        result.metrics.iter().flat_map(|metric| &metric.comparisons).any(|row| row.p_adjusted.is_some());
    format!(
        "Symbol: estimate. Line: {interval_name}, not adjusted. Filled symbol and bold figure: p below {}{}; \
         open symbol: not.",
        format::trim_zeros(&format::decimals(result.spec.alpha, 4)),
        if is_adjusted { correction } else { "" }
    )
}

fn table(rows: &[(&MetricResult, &Comparison)]) -> DataTable {
    let mut table = DataTable::new(&[
        "metric",
        "variant",
        "control",
        "#lift",
        "#lift low",
        "#lift high",
        "#difference",
        "#difference low",
        "#difference high",
        "#p",
        "#p adjusted",
        "significant",
    ]);
    for (metric, row) in rows {
        let mut cells = vec![Cell::text(&metric.name), Cell::text(&row.variant), Cell::text(&row.control)];
        cells.extend(Effect::of(row, &metric.metric, EffectScale::Lift).cells());
        cells.extend(Effect::of(row, &metric.metric, EffectScale::Difference).cells());
        cells.push(Cell::number(row.p_value, format::p_value));
        cells.push(Cell::number(row.p_adjusted, format::p_value));
        cells.push(Cell::text(match row.is_significant {
            Some(true) => "yes",
            Some(false) => "no",
            None => "not judged",
        }));
        table.push(cells);
    }
    table
}
