//! Choosing columns: one from a list, or several by checks.

use super::Input;
use crate::model::{ColumnInfo, Kind};
use crate::ui::dom::{Html, el, list};
use crate::ui::parts::field::{Choice, Field, check, checks, choice};
use crate::ui::parts::icon::kind_labelled;
use std::rc::Rc;

/// The columns that fit, as choices.
pub fn column_choices(input: &Input, fits: impl Fn(&ColumnInfo) -> bool) -> Vec<Choice> {
    let columns = input.columns().iter().filter(|column| fits(column));
    columns.map(|column| choice(&column.name, &column.name)).collect()
}

/// The same with a first choice for none.
pub fn column_choices_or_none(input: &Input, none: &str, fits: impl Fn(&ColumnInfo) -> bool) -> Vec<Choice> {
    let mut choices = vec![choice("", none)];
    choices.extend(column_choices(input, fits));
    choices
}

/// Checks for every column that fits. `toggle` gets the new list, in the order of the table.
pub fn column_checks(
    field: Field,
    input: &Input,
    chosen: &[String],
    fits: impl Fn(&ColumnInfo) -> bool,
    toggle: impl Fn(Vec<String>) + Clone + 'static,
) -> Html {
    checks_of(field, input.columns(), chosen, &fits, Rc::new(toggle))
}

/// The same for columns that belong to no analysis.
pub fn checks_of(
    field: Field,
    columns: &[ColumnInfo],
    chosen: &[String],
    fits: &dyn Fn(&ColumnInfo) -> bool,
    toggle: Rc<dyn Fn(Vec<String>)>,
) -> Html {
    let order: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    let items = columns.iter().filter(|column| fits(column) || chosen.contains(&column.name)).map(|column| {
        let name = column.name.clone();
        let is_chosen = chosen.contains(&name);
        let (chosen, order, toggle) = (chosen.to_vec(), order.clone(), toggle.clone());
        let label = list([kind_labelled(column.kind), el("span").add(name.clone()).into()]);
        check(label, note(column), is_chosen, move |is_on| {
            let is_in = |other: &String| if *other == name { is_on } else { chosen.contains(other) };
            toggle(order.iter().filter(|other| is_in(other)).cloned().collect());
        })
    });
    checks(field, items.collect())
}

fn note(column: &ColumnInfo) -> String {
    match (column.kind.is_grouping(), column.levels.len()) {
        (true, n) if n > 0 => format!("{n} levels"),
        _ => String::new(),
    }
}

/// Columns that name groups few enough to look at one by one.
pub fn is_segment(column: &ColumnInfo) -> bool {
    column.kind.is_grouping() && (2..=ColumnInfo::MAX_LEVELS).contains(&column.levels.len())
}

/// Numbers, whatever they measure.
pub fn is_number(column: &ColumnInfo) -> bool {
    column.kind.is_numeric()
}

/// Columns that can name a unit.
pub fn is_unit(column: &ColumnInfo) -> bool {
    matches!(column.kind, Kind::Id | Kind::Nominal | Kind::Text | Kind::Count)
}
