//! How the chart is arranged: series, order and number of names, scales of the axes.

use super::change;
use crate::analyses::chart::{Arrange, AxisScale, ChartOrder, ChartSpec};
use crate::ui::chart_builder::{Role, Shelf, can_stack, has_scale, may_arrange, role};
use crate::ui::dom::{Html, list};
use crate::ui::forms::Input;
use crate::ui::parts::field::{Choice, Field, choice, number_or_none, select};
use crate::ui::runtime::App;

/// Names on an axis.
const TOP: (f64, f64) = (1.0, 200.0);

pub fn fields(app: App, input: &Input, spec: &ChartSpec) -> Html {
    let columns = input.columns();
    let has_names = [Shelf::X, Shelf::Y].iter().any(|shelf| role(shelf.of(spec), columns) == Role::Names);
    let scale = |shelf| {
        if has_scale(spec, shelf, columns) { scale(app, input, spec, shelf) } else { Html::Nothing }
    };
    // Each keeps its place in the list while others come and go.
    list([
        if may_arrange(spec, columns) { arrange(app, input, spec) } else { Html::Nothing },
        if has_names { order(app, input, spec) } else { Html::Nothing },
        if has_names { top(app, input, spec) } else { Html::Nothing },
        scale(Shelf::X),
        scale(Shelf::Y),
    ])
}

fn field(input: &Input, name: &str, label: &str) -> Field {
    Field::new(input.field_id(name), label).row().error(input.error_at(name))
}

/// A list of values with words; `set` writes the one that is chosen.
fn one_of<T: Copy + PartialEq + 'static>(
    app: App,
    id: u32,
    field: Field,
    choices: &'static [(T, &'static str)],
    now: T,
    set: fn(&mut ChartSpec, T),
) -> Html {
    let value_of = |value: T| choices.iter().position(|(other, _)| *other == value).unwrap_or(0).to_string();
    let words: Vec<Choice> = choices.iter().map(|(value, words)| choice(value_of(*value), *words)).collect();
    select(field, words, &value_of(now), move |value| {
        let chosen = value.parse::<usize>().ok().and_then(|at| choices.get(at));
        if let Some((value, _)) = chosen {
            change(app, id, |spec| {
                let mut new = spec.clone();
                set(&mut new, *value);
                new
            });
        }
    })
}

fn arrange(app: App, input: &Input, spec: &ChartSpec) -> Html {
    const ALL: &[(Arrange, &str)] = &[
        (Arrange::SideBySide, "side by side"),
        (Arrange::Stacked, "stacked"),
        (Arrange::Share, "stacked to 100 %"),
    ];
    const ONE: &[(Arrange, &str)] = &[(Arrange::SideBySide, "side by side")];
    let can_stack = can_stack(spec);
    let mut field = field(input, "arrange", "Series stand");
    if !can_stack {
        field = field.hint("Only counts and sums can be stacked.");
    }
    // A choice that makes no sense any more is still shown, with its error.
    let choices = if can_stack || spec.arrange != Arrange::SideBySide { ALL } else { ONE };
    one_of(app, input.id, field, choices, spec.arrange, |spec, value| spec.arrange = value)
}

fn order(app: App, input: &Input, spec: &ChartSpec) -> Html {
    let choices = &[(ChartOrder::Value, "by value, the largest first"), (ChartOrder::Name, "by name")];
    let field = field(input, "order", "Order of names");
    one_of(app, input.id, field, choices, spec.order, |spec, value| spec.order = value)
}

fn top(app: App, input: &Input, spec: &ChartSpec) -> Html {
    let id = input.id;
    let field = field(input, "top", "Names shown").hint("1 to 200; rows of the others are put together.");
    number_or_none(field, spec.top.map(f64::from), TOP, "1", "20", move |top| {
        change(app, id, |spec| ChartSpec { top: top.map(|top| top.round() as u32), ..spec.clone() });
    })
}

fn scale(app: App, input: &Input, spec: &ChartSpec, shelf: Shelf) -> Html {
    let choices = &[
        (AxisScale::Linear, "linear"),
        (AxisScale::Log, "logarithmic"),
        (AxisScale::Symlog, "logarithmic, with zero"),
    ];
    if shelf == Shelf::X {
        let field = field(input, "x_scale", "Scale of X");
        one_of(app, input.id, field, choices, spec.x_scale, |spec, value| spec.x_scale = value)
    } else {
        let field = field(input, "y_scale", "Scale of Y");
        one_of(app, input.id, field, choices, spec.y_scale, |spec, value| spec.y_scale = value)
    }
}
