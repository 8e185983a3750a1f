//! The metrics of an A/B report: a list that grows and shrinks.

use super::Input;
use super::ab_test::set;
use super::columns::{column_choices, is_number};
use crate::analyses::ab_test::{AbTestSpec, Metric, MetricMeasure, MetricRole};
use crate::model::{ColumnInfo, Value};
use crate::ui::dom::{Html, el, list};
use crate::ui::parts::field::{choice, unlabelled_select};
use crate::ui::parts::icon::{button, icon_button};
use crate::ui::runtime::App;
use crate::ui::suggest;

pub fn fields(app: App, input: &Input, spec: &AbTestSpec) -> Html {
    let id = input.id;
    let rows: Vec<Html> = spec
        .metrics
        .iter()
        .enumerate()
        .map(|(idx, metric)| row(app, input, idx, metric, spec.metrics.len()))
        .collect();
    let error = input.error_at("metrics").filter(|_| spec.metrics.is_empty());
    let error = error.map(|error| el("p").class("field__error").add(error));
    let next = next_column(input, spec).cloned();
    el("fieldset")
        .class("field")
        .add(el("legend").text("Metrics"))
        .add(el("ol").class("metrics").add(rows))
        .add(error)
        .add(button("button", "Add a metric", move || {
            let measure = next.as_ref().map(suggest::measure_of);
            if let Some(measure) = measure {
                set(app, id, |spec| {
                    spec.metrics.push(Metric { name: None, role: MetricRole::Goal, measure });
                });
            }
        }))
        .into()
}

/// A column to measure next: a number that no metric uses yet, else any number.
fn next_column<'a>(input: &'a Input, spec: &AbTestSpec) -> Option<&'a ColumnInfo> {
    let is_used = |column: &ColumnInfo| {
        spec.metrics.iter().any(|metric| metric.label() == column.name) || column.name == spec.variant
    };
    let numbers = || input.columns().iter().filter(|column| is_number(column));
    numbers().find(|column| !is_used(column)).or_else(|| numbers().next()).or_else(|| input.columns().first())
}

fn row(app: App, input: &Input, idx: usize, metric: &Metric, n_metrics: usize) -> Html {
    let id = input.id;
    let name = |part: &str| input.field_id(&format!("metric-{idx}-{part}"));
    let words = |part: &str| format!("Metric {}: {part}", idx + 1);
    let kinds =
        vec![choice("mean", "mean of"), choice("proportion", "share of"), choice("ratio", "ratio of")];
    let kind = match &metric.measure {
        MetricMeasure::Mean { .. } => "mean",
        MetricMeasure::Proportion { .. } => "proportion",
        MetricMeasure::Ratio { .. } => "ratio",
    };
    let columns = input.columns().to_vec();
    let measure = metric.measure.clone();
    let kind = unlabelled_select(name("type"), words("what is computed"), kinds, kind, move |kind| {
        let new = converted(&measure, &kind, &columns);
        set_measure(app, id, idx, new);
    });
    let roles =
        vec![choice("goal", "goal"), choice("guardrail", "guardrail"), choice("secondary", "secondary")];
    let role = match metric.role {
        MetricRole::Goal => "goal",
        MetricRole::Guardrail => "guardrail",
        MetricRole::Secondary => "secondary",
    };
    let role = unlabelled_select(name("role"), words("role"), roles, role, move |role| {
        set(app, id, |spec| {
            if let Some(metric) = spec.metrics.get_mut(idx) {
                metric.role = match role.as_str() {
                    "guardrail" => MetricRole::Guardrail,
                    "secondary" => MetricRole::Secondary,
                    _ => MetricRole::Goal,
                };
            }
        });
    });
    let up = (idx > 0).then(|| {
        icon_button("up", format!("Move {} up", metric.label()), move || {
            set(app, id, |spec| spec.metrics.swap(idx, idx - 1));
        })
    });
    let remove = (n_metrics > 1).then(|| {
        icon_button("close", format!("Remove {}", metric.label()), move || {
            set(app, id, |spec| {
                spec.metrics.remove(idx);
            });
        })
    });
    let error =
        input.error_at(&format!("metrics[{idx}]")).map(|error| el("p").class("field__error").add(error));
    el("li")
        .class("metric")
        .add(
            el("div")
                .class("metric__line")
                .add(kind)
                .add(role)
                .add(el("span").class("metric__actions").add(up).add(remove)),
        )
        .add(el("div").class("metric__columns").add(measured(app, input, idx, &metric.measure)))
        .add(error)
        .into()
}

/// The columns of one metric.
fn measured(app: App, input: &Input, idx: usize, measure: &MetricMeasure) -> Html {
    let id = input.id;
    let name = |part: &str| input.field_id(&format!("metric-{idx}-{part}"));
    let words = |part: &str| format!("Metric {}: {part}", idx + 1);
    match measure {
        MetricMeasure::Mean { column } => unlabelled_select(
            name("column"),
            words("column"),
            column_choices(input, is_number),
            column,
            move |column| {
                set_measure(app, id, idx, MetricMeasure::Mean { column });
            },
        ),
        MetricMeasure::Proportion { column, success } => {
            let columns = input.columns().to_vec();
            let fits = |column: &ColumnInfo| column.kind.is_grouping();
            let which = unlabelled_select(
                name("column"),
                words("column"),
                column_choices(input, fits),
                column,
                move |column| {
                    let found = columns.iter().find(|other| other.name == column);
                    let new = found.map(suggest::measure_of);
                    set_measure(
                        app,
                        id,
                        idx,
                        new.unwrap_or(MetricMeasure::Proportion { column, success: None }),
                    );
                },
            );
            let levels = input.columns().iter().find(|other| other.name == *column).map(|c| c.levels.clone());
            let mut choices = vec![choice("", "= true or 1")];
            choices
                .extend(levels.unwrap_or_default().iter().map(|level| choice(level, format!("= {level}"))));
            let chosen = match success {
                Some(Value::Text(level)) => level.clone(),
                Some(Value::Number(number)) => number.to_string(),
                Some(Value::Bool(value)) => value.to_string(),
                None => String::new(),
            };
            let column = column.clone();
            let level = unlabelled_select(
                name("success"),
                words("level that counts"),
                choices,
                &chosen,
                move |level| {
                    let success = (!level.is_empty()).then_some(Value::Text(level));
                    set_measure(app, id, idx, MetricMeasure::Proportion { column: column.clone(), success });
                },
            );
            list([which, level])
        }
        MetricMeasure::Ratio { numerator, denominator } => {
            let (top, bottom) = (numerator.clone(), denominator.clone());
            let numbers = || column_choices(input, is_number);
            let numerator = unlabelled_select(
                name("numerator"),
                words("sum of"),
                numbers(),
                numerator,
                move |numerator| {
                    set_measure(
                        app,
                        id,
                        idx,
                        MetricMeasure::Ratio { numerator, denominator: bottom.clone() },
                    );
                },
            );
            let denominator = unlabelled_select(
                name("denominator"),
                words("over the sum of"),
                numbers(),
                denominator,
                move |denominator| {
                    set_measure(app, id, idx, MetricMeasure::Ratio { numerator: top.clone(), denominator });
                },
            );
            list([numerator, el("span").class("metric__over").text("over").into(), denominator])
        }
    }
}

/// The same column measured in another way, as far as it can be.
fn converted(measure: &MetricMeasure, kind: &str, columns: &[ColumnInfo]) -> MetricMeasure {
    let column = match measure {
        MetricMeasure::Mean { column } | MetricMeasure::Proportion { column, .. } => column.clone(),
        MetricMeasure::Ratio { numerator, .. } => numerator.clone(),
    };
    let find = |fits: fn(&ColumnInfo) -> bool| {
        let same = columns.iter().find(|other| other.name == column && fits(other));
        same.or_else(|| columns.iter().find(|other| fits(other))).map(|found| found.name.clone())
    };
    match kind {
        "proportion" => {
            let found = find(|column| column.kind.is_grouping());
            let found = found.and_then(|name| columns.iter().find(|column| column.name == name));
            match found.map(suggest::measure_of) {
                Some(measure @ MetricMeasure::Proportion { .. }) => measure,
                _ => MetricMeasure::Proportion { column, success: None },
            }
        }
        "ratio" => {
            let others = columns.iter().filter(|other| is_number(other) && other.name != column);
            let denominator = others.map(|other| other.name.clone()).next().unwrap_or_default();
            MetricMeasure::Ratio { numerator: find(is_number).unwrap_or(column), denominator }
        }
        _ => MetricMeasure::Mean { column: find(is_number).unwrap_or(column) },
    }
}

fn set_measure(app: App, id: u32, idx: usize, measure: MetricMeasure) {
    set(app, id, |spec| {
        if let Some(metric) = spec.metrics.get_mut(idx) {
            metric.measure = measure;
            metric.name = None;
        }
    });
}
