//! What is made of a column on its shelf: a figure, a unit of time, a number of intervals.

use super::change;
use crate::analyses::chart::{ChartField, ChartMark, ChartMeasure, ChartSpec, TimeUnit};
use crate::model::ColumnInfo;
use crate::ui::chart_builder::{
    Role, Shelf, measure_word, measures_for, role, set_field, shown_mark, unit_word, units_for,
};
use crate::ui::dom::{Html, list};
use crate::ui::forms::Input;
use crate::ui::parts::field::{Field, choice, number_or_none, select};
use crate::ui::runtime::App;
use crate::ui::wire::Write;
use std::rc::Rc;

/// Intervals that may be asked for.
const BINS: (f64, f64) = (2.0, 200.0);

/// The fields that belong to the column on a shelf.
pub struct Details<'a> {
    app: App,
    input: &'a Input,
    all: &'a Rc<Vec<ColumnInfo>>,
    shelf: Shelf,
    field: &'a ChartField,
    measures: &'static [ChartMeasure],
    units: &'static [TimeUnit],
    has_bins: bool,
}

impl<'a> Details<'a> {
    /// `None` where no column of the table is on the shelf.
    pub fn of(
        app: App,
        input: &'a Input,
        spec: &'a ChartSpec,
        all: &'a Rc<Vec<ColumnInfo>>,
        shelf: Shelf,
    ) -> Option<Self> {
        let field = shelf.of(spec)?;
        let column = all.iter().find(|column| column.name == field.column)?;
        let role = role(Some(field), all);
        let shown = shown_mark(spec, all);
        let measures = match shelf {
            Shelf::Y => measures_for(column.kind),
            // Cells show a figure: values as they are would be none.
            Shelf::Color if shown == ChartMark::HeatMap => measures_for(column.kind).get(1..).unwrap_or(&[]),
            _ => &[],
        };
        // A calendar is of days.
        let has_unit = role != Role::Measure && !(shelf == Shelf::X && shown == ChartMark::Calendar);
        Some(Self {
            app,
            input,
            all,
            shelf,
            field,
            measures,
            units: if has_unit { units_for(column.kind) } else { &[] },
            has_bins: role.is_number() && (role == Role::Bins || is_divided(shelf, shown)),
        })
    }

    fn error(&self, name: &str) -> Option<String> {
        self.input.error_at(&format!("{}.{name}", self.shelf.field()))
    }

    /// Whether one of the fields tells a fault.
    pub fn has_error(&self) -> bool {
        (!self.measures.is_empty() && self.error("measure").is_some())
            || (!self.units.is_empty() && self.error("time_unit").is_some())
            || (self.has_bins && self.error("bins").is_some())
    }

    pub fn view(&self) -> Html {
        // Each keeps its place in the list while others come and go.
        list([self.measure(), self.unit(), self.bins()])
    }

    /// "Y: shows".
    fn labelled(&self, name: &str, label: &str) -> Field {
        let id = self.input.field_id(&format!("{}-{name}", self.shelf.field()));
        Field::new(id, format!("{}: {label}", self.shelf.name())).row().error(self.error(name))
    }

    /// Sends the spec with the field on this shelf changed.
    fn sender<T: 'static>(&self, set: fn(&mut ChartField, T)) -> impl Fn(T) + 'static {
        let (app, id, shelf, columns) = (self.app, self.input.id, self.shelf, self.all.clone());
        move |value| {
            change(app, id, |spec| set_field(spec, shelf, &columns, |field| set(field, value)));
        }
    }

    fn measure(&self) -> Html {
        let measures = self.measures;
        if measures.is_empty() {
            return Html::Nothing;
        }
        let send = self.sender(|field, measure| field.measure = measure);
        let choices = measures.iter().map(|measure| choice(word_of(measure), measure_word(*measure)));
        let field = self.labelled("measure", "shows");
        select(field, choices.collect(), &word_of(&self.field.measure), move |value| {
            let chosen = measures.iter().find(|measure| word_of(*measure) == value);
            if let Some(measure) = chosen {
                send(*measure);
            }
        })
    }

    fn unit(&self) -> Html {
        let units = self.units;
        if units.is_empty() {
            return Html::Nothing;
        }
        let send = self.sender(|field, unit| field.time_unit = unit);
        let choices = units.iter().map(|unit| choice(word_of(unit), unit_word(*unit)));
        let field = self.labelled("time_unit", "unit of time");
        select(field, choices.collect(), &word_of(&self.field.time_unit), move |value| {
            let chosen = units.iter().find(|unit| word_of(*unit) == value);
            if let Some(unit) = chosen {
                send(*unit);
            }
        })
    }

    fn bins(&self) -> Html {
        if !self.has_bins {
            return Html::Nothing;
        }
        let send = self.sender(|field, bins| field.bins = bins);
        let field = self.labelled("bins", "bins").hint("About so many intervals of equal width; 2 to 200.");
        number_or_none(field, self.field.bins.map(f64::from), BINS, "1", "by itself", move |bins| {
            send(bins.map(|bins| bins.round() as u32));
        })
    }
}

/// Whether a number on the shelf is divided into intervals by this kind of chart, or may be.
fn is_divided(shelf: Shelf, shown: ChartMark) -> bool {
    match shelf {
        Shelf::X => matches!(
            shown,
            ChartMark::Bar
                | ChartMark::Line
                | ChartMark::Area
                | ChartMark::Step
                | ChartMark::Histogram
                | ChartMark::HeatMap
        ),
        Shelf::Y => shown == ChartMark::HeatMap,
        Shelf::Color | Shelf::Facet => true,
        Shelf::Size => false,
    }
}

/// The word of the protocol, as the value of a choice.
fn word_of(value: &impl Write) -> String {
    value.write().as_word().to_owned()
}
