//! Options of a description.

use super::columns::{column_checks, is_segment};
use super::{Input, edit, filters, table_field};
use crate::analyses::Spec;
use crate::analyses::describe::DescribeSpec;
use crate::model::Kind;
use crate::ui::dom::{Html, list};
use crate::ui::parts::field::Field;
use crate::ui::runtime::App;

/// Grouping columns that can be combined.
const MAX_BY: usize = 3;

pub fn form(app: App, input: &Input, spec: &DescribeSpec) -> Html {
    let id = input.id;
    let columns = Field::new(input.field_id("columns"), "Columns")
        .hint("None chosen: every column but ids and free text.")
        .error(input.error_at("columns"));
    let columns = column_checks(
        columns,
        input,
        &spec.columns,
        |column| !matches!(column.kind, Kind::Id | Kind::Text),
        move |columns| set(app, id, |spec| spec.columns = columns),
    );
    let by = Field::new(input.field_id("by"), "By group")
        .hint("Up to three; each combination of their levels is a group.")
        .error(input.error_at("by"));
    let by = column_checks(by, input, &spec.by, is_segment, move |mut by| {
        by.truncate(MAX_BY);
        set(app, id, |spec| spec.by = by);
    });
    list([table_field(app, input), columns, by, filters::fields(app, input, &spec.filter)])
}

fn set(app: App, id: u32, change: impl FnOnce(&mut DescribeSpec)) {
    edit(app, id, |spec| {
        if let Spec::Describe(spec) = spec {
            change(spec);
        }
    });
}
