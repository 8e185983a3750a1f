//! The chart builder: shelves, and what is put on them.

use super::{Input, filters, table_field};
use crate::analyses::chart::ChartSpec;
use crate::ui::dom::{Html, list};
use crate::ui::runtime::App;

pub fn form(app: App, input: &Input, spec: &ChartSpec) -> Html {
    list([table_field(app, input), filters::fields(app, input, &spec.filter)])
}
