//! Which rows an analysis keeps: a list of tests that must all hold.

use super::{Input, edit};
use crate::analyses::Spec;
use crate::model::{ColumnInfo, Filter, Kind, Value};
use crate::ui::dom::{Html, el, list};
use crate::ui::parts::field::{Choice, Field, choice, text, unlabelled_select};
use crate::ui::parts::icon::{button, icon_button};
use crate::ui::runtime::App;
use std::rc::Rc;

pub(super) fn fields(app: App, input: &Input, filters: &[Filter]) -> Html {
    let id = input.id;
    let error = input.error_at("filter").map(|error| el("p").class("field__error").add(error));
    let rows = conditions(input.columns(), &input.field_id("filter"), filters, move |new| {
        edit(app, id, |spec| {
            *match spec {
                Spec::AbTest(spec) => &mut spec.filter,
                Spec::Describe(spec) => &mut spec.filter,
                Spec::Correlate(spec) => &mut spec.filter,
                Spec::Chart(spec) => &mut spec.filter,
            } = new;
        });
    });
    el("fieldset").class("field").add(el("legend").text("Rows")).add(rows).add(error).into()
}

/// Changes the condition at a place, or takes it out.
type Put = Rc<dyn Fn(usize, Option<Filter>)>;

/// A row for each condition and a button for one more. `send` gets the new list; ids on the page begin
/// with `id`.
pub fn conditions(
    columns: &[ColumnInfo],
    id: &str,
    filters: &[Filter],
    send: impl Fn(Vec<Filter>) + 'static,
) -> Html {
    let old = filters.to_vec();
    let put: Put = Rc::new(move |idx, new| {
        let mut filters = old.clone();
        match (filters.get_mut(idx), new) {
            (Some(place), Some(new)) => *place = new,
            (Some(_), None) => {
                filters.remove(idx);
            }
            (None, new) => filters.extend(new),
        }
        send(filters);
    });
    let rows: Vec<Html> =
        filters.iter().enumerate().map(|(idx, filter)| row(columns, id, idx, filter, &put)).collect();
    let first = columns.iter().find(|column| column.kind.is_grouping()).or(columns.first());
    let (first, n) = (first.map(fresh), filters.len());
    let words = if n == 0 { "Keep only some rows" } else { "Add a condition" };
    list([el("ol").class("metrics").add(rows).into(), button("button", words, move || put(n, first.clone()))])
}

/// A first test for a column, which keeps something.
fn fresh(column: &ColumnInfo) -> Filter {
    let name = column.name.clone();
    match column.levels.first() {
        Some(level) if column.kind.is_grouping() => {
            Filter::Eq { column: name, value: Value::Text(level.clone()) }
        }
        _ => Filter::NotMissing { column: name },
    }
}

fn row(all: &[ColumnInfo], id: &str, idx: usize, filter: &Filter, put: &Put) -> Html {
    let name = |part: &str| format!("{id}-{idx}-{part}");
    let words = |part: &str| format!("Condition {}: {part}", idx + 1);
    let (columns, send) = (all.to_vec(), put.clone());
    let choices = all.iter().map(|column| choice(&column.name, &column.name)).collect();
    let column =
        unlabelled_select(name("column"), words("column"), choices, filter.column(), move |column| {
            if let Some(column) = columns.iter().find(|other| other.name == column) {
                send(idx, Some(fresh(column)));
            }
        });
    let info = all.iter().find(|column| column.name == filter.column()).cloned();
    let kind = info.as_ref().map_or(Kind::Text, |column| column.kind);
    let (old, levels) = (filter.clone(), info.as_ref().map(|c| c.levels.clone()).unwrap_or_default());
    let op = unlabelled_select(name("op"), words("test"), ops(kind), op_of(filter), {
        let (levels, put) = (levels.clone(), put.clone());
        move |op| put(idx, Some(with_op(&old, &op, &levels, kind)))
    });
    let value = match value_of(filter) {
        None => Html::Nothing,
        Some(value)
            if kind.is_grouping() && !levels.is_empty() && !matches!(filter, Filter::Contains { .. }) =>
        {
            let choices = levels.iter().map(|level| choice(level, level)).collect();
            let (old, put) = (filter.clone(), put.clone());
            unlabelled_select(name("value"), words("value"), choices, &value, move |value| {
                put(idx, Some(with_value(&old, &value, kind)));
            })
        }
        Some(value) => {
            let (old, put) = (filter.clone(), put.clone());
            let input_kind = match kind {
                Kind::Date => "date",
                kind if is_measured(kind) => "number",
                _ => "text",
            };
            text(Field::new(name("value"), "Value").row(), input_kind, value, move |value| {
                put(idx, Some(with_value(&old, &value, kind)));
            })
        }
    };
    let put = put.clone();
    let remove = icon_button("close", format!("Remove the condition on {}", filter.column()), move || {
        put(idx, None);
    });
    el("li")
        .class("metric")
        .add(
            el("div")
                .class("metric__line")
                .add(column)
                .add(op)
                .add(el("span").class("metric__actions").add(remove)),
        )
        .add(value)
        .into()
}

/// Kinds whose values are compared as numbers.
fn is_measured(kind: Kind) -> bool {
    matches!(kind, Kind::Continuous | Kind::Count | Kind::Duration)
}

fn ops(kind: Kind) -> Vec<Choice> {
    let mut ops = vec![choice("eq", "is"), choice("ne", "is not")];
    if is_measured(kind) || kind.is_time() {
        ops.extend([
            choice("lt", "below"),
            choice("le", "at most"),
            choice("gt", "above"),
            choice("ge", "at least"),
        ]);
    } else {
        ops.push(choice("contains", "contains"));
    }
    ops.extend([choice("not_missing", "is present"), choice("is_missing", "is missing")]);
    ops
}

fn op_of(filter: &Filter) -> &'static str {
    match filter {
        Filter::Eq { .. } => "eq",
        Filter::Ne { .. } => "ne",
        Filter::Lt { .. } => "lt",
        Filter::Le { .. } => "le",
        Filter::Gt { .. } => "gt",
        Filter::Ge { .. } => "ge",
        Filter::In { .. } => "one of",
        Filter::NotIn { .. } => "none of",
        Filter::Contains { .. } => "contains",
        Filter::IsMissing { .. } => "is_missing",
        Filter::NotMissing { .. } => "not_missing",
        Filter::Related { .. } => "related",
    }
}

/// The value as a text; `None` where the test has none that a field could hold.
fn value_of(filter: &Filter) -> Option<String> {
    match filter {
        Filter::Eq { value, .. }
        | Filter::Ne { value, .. }
        | Filter::Lt { value, .. }
        | Filter::Le { value, .. }
        | Filter::Gt { value, .. }
        | Filter::Ge { value, .. } => Some(match value {
            Value::Bool(value) => value.to_string(),
            Value::Number(value) => value.to_string(),
            Value::Text(value) => value.clone(),
        }),
        Filter::Contains { value, .. } => Some(value.clone()),
        _ => None,
    }
}

fn with_op(old: &Filter, op: &str, levels: &[String], kind: Kind) -> Filter {
    let column = old.column().to_owned();
    let text = value_of(old).or_else(|| levels.first().cloned()).unwrap_or_else(|| "0".into());
    let value = value_for(&text, kind);
    match op {
        "eq" => Filter::Eq { column, value },
        "ne" => Filter::Ne { column, value },
        "lt" => Filter::Lt { column, value },
        "le" => Filter::Le { column, value },
        "gt" => Filter::Gt { column, value },
        "ge" => Filter::Ge { column, value },
        "contains" => Filter::Contains { column, value: text },
        "is_missing" => Filter::IsMissing { column },
        "not_missing" => Filter::NotMissing { column },
        _ => old.clone(),
    }
}

fn with_value(old: &Filter, text: &str, kind: Kind) -> Filter {
    let mut new = old.clone();
    match &mut new {
        Filter::Eq { value, .. }
        | Filter::Ne { value, .. }
        | Filter::Lt { value, .. }
        | Filter::Le { value, .. }
        | Filter::Gt { value, .. }
        | Filter::Ge { value, .. } => *value = value_for(text, kind),
        Filter::Contains { value, .. } => text.clone_into(value),
        _ => {}
    }
    new
}

fn value_for(text: &str, kind: Kind) -> Value {
    match text.trim().parse::<f64>() {
        Ok(number) if is_measured(kind) && number.is_finite() => Value::Number(number),
        _ => Value::Text(text.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_keeps_its_value_when_its_sign_changes() {
        let filter = Filter::Lt { column: "length".into(), value: Value::Number(10.0) };
        let new = with_op(&filter, "ge", &[], Kind::Continuous);
        assert_eq!(new, Filter::Ge { column: "length".into(), value: Value::Number(10.0) });
    }

    #[test]
    fn ids_stay_texts_and_measures_become_numbers() {
        let eq = |value| Filter::Eq { column: "x".into(), value };
        assert_eq!(with_value(&eq(Value::Bool(true)), "007", Kind::Id), eq(Value::Text("007".into())));
        assert_eq!(with_value(&eq(Value::Bool(true)), " 7.5", Kind::Count), eq(Value::Number(7.5)));
    }
}
