//! What the fields on the shelves mean: the mark, the measures, and what does not go together.

use super::spec::{Arrange, AxisScale, ChartField, ChartMark, ChartMeasure, ChartSpec, TimeUnit};
use crate::model::{EngineError, ErrorCode, Kind};
use crate::tables::Table;

/// The most categories on an axis.
const MAX_TOP: u32 = 200;
const BINS: std::ops::RangeInclusive<u32> = 2..=200;

/// What a field is by the kind of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Is {
    Name,
    Number,
    Time,
    Measure,
}

/// The spec with its mark and its measures filled in, checked against the table.
pub(super) fn resolve(table: &Table, spec: &ChartSpec) -> Result<ChartSpec, EngineError> {
    let mut spec = spec.clone();
    for (shelf, field) in shelves(&spec) {
        if let Some(field) = field {
            check(table, shelf, field)?;
        }
    }
    if spec.top.is_some_and(|top| !(1..=MAX_TOP).contains(&top)) {
        return Err(refuse(
            "top",
            format!("There can be 1 to {MAX_TOP} categories."),
            "Choose a number in that range.",
        ));
    }
    turn(table, &mut spec)?;
    if spec.mark == ChartMark::Auto {
        spec.mark = auto(table, &spec)?;
    }
    fill(table, &mut spec)?;
    Ok(spec)
}

fn shelves(spec: &ChartSpec) -> [(&'static str, Option<&ChartField>); 5] {
    [
        ("x", spec.x.as_ref()),
        ("y", spec.y.as_ref()),
        ("color", spec.color.as_ref()),
        ("size", spec.size.as_ref()),
        ("facet", spec.facet.as_ref()),
    ]
}

fn refuse(field: &str, message: String, hint: &str) -> EngineError {
    EngineError::new(ErrorCode::BadOption, message).at_field(field).hint(hint)
}

fn check(table: &Table, shelf: &str, field: &ChartField) -> Result<(), EngineError> {
    let named = |error: EngineError| error.at_field(shelf).at_table(table.name());
    if field.column.is_empty() {
        return match field.measure {
            ChartMeasure::Count => Ok(()),
            _ => {
                Err(named(refuse(shelf, "Rows can only be counted.".into(), "Name a column, or use count.")))
            }
        };
    }
    let kind = table.kind(&field.column).map_err(named)?;
    let column = &field.column;
    let is_number = is_number(kind) || kind == Kind::Binary;
    let fits = match field.measure {
        ChartMeasure::None | ChartMeasure::Count | ChartMeasure::CountDistinct => true,
        ChartMeasure::Share => kind == Kind::Binary,
        ChartMeasure::Sum
        | ChartMeasure::Mean
        | ChartMeasure::Median
        | ChartMeasure::Min
        | ChartMeasure::Max => is_number,
    };
    if !fits {
        let wanted = if field.measure == ChartMeasure::Share { "a column of two values" } else { "numbers" };
        let message =
            format!("\"{column}\" is {}; {} needs {wanted}.", with_article(kind), word(field.measure));
        return Err(named(refuse(
            shelf,
            message,
            "Use count or count of different values, or another column.",
        )));
    }
    if field.time_unit != TimeUnit::Auto && !kind.is_time() {
        let message = format!("\"{column}\" is {}; only dates have a time unit.", with_article(kind));
        return Err(named(refuse(shelf, message, "Leave the time unit out.")));
    }
    match field.bins {
        Some(bins) if !BINS.contains(&bins) => Err(named(refuse(
            shelf,
            format!("There are {bins} bins; there can be 2 to 200."),
            "Choose a number in that range.",
        ))),
        Some(_) if !is_number => {
            let message =
                format!("\"{column}\" is {}; only numbers are divided into bins.", with_article(kind));
            Err(named(refuse(shelf, message, "Leave the bins out.")))
        }
        _ => Ok(()),
    }
}

fn with_article(kind: Kind) -> String {
    let article = if kind.name().starts_with(['i', 'o']) { "an" } else { "a" };
    format!("{article} {} column", kind.name())
}

/// The measure as it stands before "of session_length".
pub(super) fn word(measure: ChartMeasure) -> &'static str {
    match measure {
        ChartMeasure::None => "",
        ChartMeasure::Count => "count",
        ChartMeasure::CountDistinct => "different values",
        ChartMeasure::Sum => "sum",
        ChartMeasure::Mean => "mean",
        ChartMeasure::Median => "median",
        ChartMeasure::Min => "minimum",
        ChartMeasure::Max => "maximum",
        ChartMeasure::Share => "share",
    }
}

fn is_number(kind: Kind) -> bool {
    matches!(kind, Kind::Continuous | Kind::Count | Kind::Duration)
}

fn is(table: &Table, field: &ChartField) -> Result<Is, EngineError> {
    if field.is_measure() {
        return Ok(Is::Measure);
    }
    let kind = table.kind(&field.column)?;
    Ok(match kind {
        kind if kind.is_time() => Is::Time,
        kind if is_number(kind) && field.bins.is_none() => Is::Number,
        _ => Is::Name,
    })
}

fn of(table: &Table, field: Option<&ChartField>) -> Result<Option<Is>, EngineError> {
    field.map(|field| is(table, field)).transpose()
}

/// Puts fields where the mark reads them: places on x, figures on y.
fn turn(table: &Table, spec: &mut ChartSpec) -> Result<(), EngineError> {
    let (x, y) = (of(table, spec.x.as_ref())?, of(table, spec.y.as_ref())?);
    let reads_values_on_x = matches!(
        spec.mark,
        ChartMark::Histogram | ChartMark::Density | ChartMark::Ecdf | ChartMark::Qq | ChartMark::Lorenz
    );
    let reads_values_on_y =
        matches!(spec.mark, ChartMark::Box | ChartMark::Violin | ChartMark::Ridgeline | ChartMark::Strip);
    let is_turned = match (x, y) {
        (Some(Is::Measure), other) => other != Some(Is::Measure),
        (None, Some(Is::Name | Is::Time)) => true,
        (None, Some(Is::Number)) => reads_values_on_x,
        (Some(Is::Number), None) => reads_values_on_y,
        (Some(Is::Number), Some(Is::Name)) => !matches!(spec.mark, ChartMark::HeatMap | ChartMark::Mosaic),
        _ => false,
    };
    if is_turned {
        std::mem::swap(&mut spec.x, &mut spec.y);
    }
    Ok(())
}

fn auto(table: &Table, spec: &ChartSpec) -> Result<ChartMark, EngineError> {
    // Names that make one figure: a share of two, or how many different ones there are of very many.
    let columns = table.info().columns;
    let is_figure = |field: Option<&ChartField>| {
        let column = columns.iter().find(|column| field.is_some_and(|field| field.column == column.name));
        column.is_some_and(|column| column.kind == Kind::Binary || column.levels.is_empty())
    };
    Ok(match (of(table, spec.x.as_ref())?, of(table, spec.y.as_ref())?) {
        (None, None) => {
            let message = "No column is on a shelf.".to_owned();
            return Err(refuse("x", message, "Put a column on X or Y."));
        }
        (Some(Is::Measure), Some(Is::Measure)) => {
            let message = "Both X and Y are figures of groups; nothing says which groups.".to_owned();
            return Err(refuse("x", message, "Put a column with names, times or numbers on X."));
        }
        (None, Some(Is::Number)) => ChartMark::Box,
        (None, Some(_)) | (Some(Is::Measure), None) => ChartMark::Kpi,
        (Some(Is::Number), None) => ChartMark::Histogram,
        (Some(Is::Number | Is::Time), Some(Is::Measure)) | (Some(Is::Time), None | Some(Is::Number)) => {
            ChartMark::Line
        }
        (Some(Is::Number), Some(Is::Number)) => ChartMark::Scatter,
        (Some(Is::Name), None | Some(Is::Measure)) => ChartMark::Bar,
        (Some(Is::Name), Some(Is::Number)) => ChartMark::Box,
        (Some(_), Some(Is::Name)) if is_figure(spec.y.as_ref()) && spec.color.is_none() => ChartMark::Bar,
        (Some(_), Some(_)) => ChartMark::HeatMap,
    })
}

/// What each mark needs: measures are filled in where the column decides them.
fn fill(table: &Table, spec: &mut ChartSpec) -> Result<(), EngineError> {
    let mark = spec.mark;
    match mark {
        ChartMark::Auto => {}
        ChartMark::Bar
        | ChartMark::Line
        | ChartMark::Area
        | ChartMark::Step
        | ChartMark::Funnel
        | ChartMark::Calendar => {
            let x = of(table, spec.x.as_ref())?;
            match (mark, x) {
                (_, None | Some(Is::Measure)) => {
                    return Err(lacks("x", mark, "a column that says where: names, times or numbers"));
                }
                (ChartMark::Calendar, Some(Is::Name | Is::Number)) => {
                    return Err(lacks("x", mark, "a date or date-time"));
                }
                (ChartMark::Funnel, Some(Is::Time | Is::Number)) => {
                    return Err(lacks("x", mark, "a column of names"));
                }
                _ => {}
            }
            if mark == ChartMark::Calendar
                && let Some(x) = &mut spec.x
            {
                x.time_unit = TimeUnit::Day;
            }
            measure(table, &mut spec.y)?;
        }
        ChartMark::HeatMap | ChartMark::Mosaic => {
            for (shelf, field) in [("x", &spec.x), ("y", &spec.y)] {
                if matches!(of(table, field.as_ref())?, None | Some(Is::Measure)) {
                    return Err(lacks(shelf, mark, "a column that says where: names, times or numbers"));
                }
            }
            if mark == ChartMark::HeatMap {
                measure(table, &mut spec.color)?;
            } else {
                spec.color = None;
            }
        }
        ChartMark::Scatter => {
            for (shelf, field) in [("x", &spec.x), ("y", &spec.y)] {
                if !matches!(of(table, field.as_ref())?, Some(Is::Number | Is::Time)) {
                    return Err(lacks(shelf, mark, "a column of numbers or times"));
                }
            }
            if let Some(size) = &spec.size
                && !table.kind(&size.column).is_ok_and(is_number)
            {
                return Err(lacks("size", mark, "a column of numbers"));
            }
        }
        ChartMark::Histogram | ChartMark::Density | ChartMark::Ecdf | ChartMark::Qq | ChartMark::Lorenz => {
            let is_number =
                |field: &ChartField| !field.is_measure() && table.kind(&field.column).is_ok_and(is_number);
            if !spec.x.as_ref().is_some_and(is_number) {
                return Err(lacks("x", mark, "a column of numbers"));
            }
        }
        ChartMark::Box | ChartMark::Violin | ChartMark::Ridgeline | ChartMark::Strip => {
            if of(table, spec.y.as_ref())? != Some(Is::Number) {
                return Err(lacks("y", mark, "a column of numbers"));
            }
            if of(table, spec.x.as_ref())? == Some(Is::Measure) {
                return Err(lacks("x", mark, "a column of names, or none"));
            }
        }
        ChartMark::Kpi => {
            if spec.y.is_none() {
                spec.y = spec.x.take();
            }
            measure(table, &mut spec.y)?;
        }
    }
    if spec.size.is_some() && mark != ChartMark::Scatter {
        spec.size = None;
    }
    let is_summed = |field: &ChartField| matches!(field.measure, ChartMeasure::Count | ChartMeasure::Sum);
    if spec.arrange != Arrange::SideBySide
        && spec.color.is_some()
        && matches!(mark, ChartMark::Bar | ChartMark::Area)
        && !spec.y.as_ref().is_some_and(is_summed)
    {
        let message =
            "Only counts and sums can be stacked: means, medians and shares of parts do not add up."
                .to_owned();
        return Err(refuse("arrange", message, "Show the series side by side, or use a count or a sum."));
    }
    if matches!(mark, ChartMark::Bar | ChartMark::Area) && spec.y_scale != AxisScale::Linear {
        let message = "Bars and areas begin at zero, which a logarithmic scale does not have.".to_owned();
        return Err(refuse("y_scale", message, "Use a linear scale, or a line."));
    }
    for (shelf, field) in [("color", &spec.color), ("facet", &spec.facet)] {
        let is_value = shelf == "color" && mark == ChartMark::HeatMap;
        if !is_value && field.as_ref().is_some_and(ChartField::is_measure) {
            return Err(lacks(shelf, mark, "a column that tells rows apart"));
        }
    }
    Ok(())
}

fn lacks(shelf: &str, mark: ChartMark, what: &str) -> EngineError {
    let message = format!("A chart of the kind \"{}\" needs {what} on this shelf.", name(mark));
    refuse(shelf, message, "Put such a column there, or choose another kind of chart.")
}

/// The mark in words.
pub(super) fn name(mark: ChartMark) -> &'static str {
    match mark {
        ChartMark::Auto => "auto",
        ChartMark::Bar => "bars",
        ChartMark::Line => "line",
        ChartMark::Area => "area",
        ChartMark::Step => "steps",
        ChartMark::Scatter => "scatter",
        ChartMark::Histogram => "histogram",
        ChartMark::Density => "density",
        ChartMark::Ecdf => "cumulative shares",
        ChartMark::Qq => "Q-Q",
        ChartMark::Box => "box",
        ChartMark::Violin => "violin",
        ChartMark::Ridgeline => "ridgeline",
        ChartMark::Strip => "strip",
        ChartMark::HeatMap => "heat map",
        ChartMark::Calendar => "calendar",
        ChartMark::Lorenz => "Lorenz curve",
        ChartMark::Funnel => "funnel",
        ChartMark::Mosaic => "mosaic",
        ChartMark::Kpi => "figure",
    }
}

/// Rows are counted where nothing is named; a column is summed up as suits its kind.
fn measure(table: &Table, field: &mut Option<ChartField>) -> Result<(), EngineError> {
    let field = field.get_or_insert_with(ChartField::rows);
    if !field.is_measure() {
        field.bins = None;
        field.time_unit = TimeUnit::Auto;
        field.measure = match table.kind(&field.column)? {
            kind if is_number(kind) => ChartMeasure::Mean,
            Kind::Binary => ChartMeasure::Share,
            _ => ChartMeasure::CountDistinct,
        };
    }
    Ok(())
}
