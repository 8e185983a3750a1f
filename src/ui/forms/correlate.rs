//! Options of a correlation.

use super::columns::{column_checks, is_number};
use super::{Input, edit, filters, table_field};
use crate::analyses::Spec;
use crate::analyses::correlate::{CorrelateSpec, CorrelationMethod};
use crate::ui::dom::{Html, list};
use crate::ui::parts::field::{Field, choice, number, select};
use crate::ui::runtime::App;

pub fn form(app: App, input: &Input, spec: &CorrelateSpec) -> Html {
    let id = input.id;
    let columns = Field::new(input.field_id("columns"), "Columns")
        .hint("None chosen: every numeric column, at most 40.")
        .error(input.error_at("columns"));
    let columns = column_checks(columns, input, &spec.columns, is_number, move |columns| {
        set(app, id, |spec| spec.columns = columns);
    });
    let methods = vec![choice("pearson", "Pearson: on a line"), choice("spearman", "Spearman: in rank")];
    let chosen = match spec.method {
        CorrelationMethod::Pearson => "pearson",
        CorrelationMethod::Spearman => "spearman",
    };
    let field =
        |name: &str, label: &str| Field::new(input.field_id(name), label).row().error(input.error_at(name));
    let method = select(field("method", "Method"), methods, chosen, move |method| {
        set(app, id, |spec| {
            spec.method =
                if method == "spearman" { CorrelationMethod::Spearman } else { CorrelationMethod::Pearson };
        });
    });
    let alpha = number(
        field("alpha", "Significance level").hint("Intervals have the level 1 minus this; 0.0001 to 0.5."),
        spec.alpha,
        (0.0001, 0.5),
        "any",
        move |alpha| set(app, id, |spec| spec.alpha = alpha),
    );
    list([table_field(app, input), columns, method, alpha, filters::fields(app, input, &spec.filter)])
}

fn set(app: App, id: u32, change: impl FnOnce(&mut CorrelateSpec)) {
    edit(app, id, |spec| {
        if let Spec::Correlate(spec) = spec {
            change(spec);
        }
    });
}
