//! New columns from expressions.

use super::super::column::{NewColumn, StoredColumn};
use super::super::expression::{self, Vector};
use super::super::{Codes, ColumnData, Table};
use super::{Outcome, check_new_name, n_different, option, with_replaced};
use crate::model::{DeriveStep, EngineError, Kind};
use crate::pace::Pace;
use hashbrown::HashMap;
use polars_arrow::bitmap::BitmapBuilder;
use std::borrow::Cow;

/// Texts with more different values are free text, not names.
const MAX_NAMES: usize = 1_000;

pub(super) async fn derive(table: &Table, step: &DeriveStep, pace: &Pace) -> Result<Outcome, EngineError> {
    check_new_name(&step.column, &[], "column")?;
    let tree = expression::parse(&step.expression)?;
    let typed = expression::check(&tree, table).map_err(|error| error.at_field("expression"))?;
    if typed.type_ == expression::Type::Any {
        return Err(option("The expression is null in every row.", "expression"));
    }
    let evaluated = expression::evaluate(&typed, table, pace).await?;
    let column = stored(&step.column, evaluated.values, typed.is_whole)?;
    let n_rows = table.n_rows();
    let old_at = table.column_names().iter().position(|name| *name == step.column);
    let (table, n_cells_changed) = match old_at {
        Some(at) => {
            let new_table = with_replaced(table, vec![(at, column)])?;
            let n = n_different(table, &new_table, at, pace).await?;
            (new_table, n)
        }
        None => {
            let mut columns = table.stored()?;
            columns.push(column);
            (table.with_columns(n_rows, columns)?, 0)
        }
    };
    Ok(Outcome { table, n_cells_changed, problems: evaluated.problems })
}

/// Whole numbers without a negative one are counts, other numbers continuous.
fn stored(name: &str, values: Vector<'_>, is_whole: bool) -> Result<StoredColumn, EngineError> {
    let (kind, data) = match values {
        Vector::Numbers(values) if is_whole && values.iter().all(|x| x.is_nan() || x.abs() < 9e15) => {
            let kind = if values.iter().any(|x| *x < 0.0) { Kind::Continuous } else { Kind::Count };
            let whole = |x: f64| (!x.is_nan()).then_some(x as i64);
            (kind, ColumnData::Integers(values.into_iter().map(whole).collect()))
        }
        Vector::Numbers(values) => (Kind::Continuous, ColumnData::Numbers(values)),
        Vector::Bools(values) => (Kind::Binary, ColumnData::Bools(values)),
        Vector::Dates(values) => (Kind::Date, ColumnData::Dates(values)),
        Vector::Texts(values) => texts(values),
        Vector::DateTimes(values) => {
            let mut validity = BitmapBuilder::with_capacity(values.len());
            values.iter().for_each(|value| validity.push(value.is_some()));
            let micros = values.into_iter().map(Option::unwrap_or_default).collect();
            return Ok(StoredColumn::micros(name, Kind::DateTime, micros, validity.into_opt_validity()));
        }
    };
    StoredColumn::from_new(NewColumn { name: name.into(), kind, data })
}

/// Texts as names, or as free text where there are many different ones.
pub(super) fn texts(values: Vec<Option<Cow<'_, str>>>) -> (Kind, ColumnData) {
    let mut code_of: HashMap<&str, u32> = HashMap::new();
    let mut levels: Vec<String> = Vec::new();
    let mut codes = Vec::with_capacity(values.len());
    for value in &values {
        let code = match value.as_deref() {
            None => Codes::MISSING,
            Some(text) => *code_of.entry(text).or_insert_with(|| {
                levels.push(text.to_owned());
                levels.len() as u32 - 1
            }),
        };
        if levels.len() > MAX_NAMES {
            let owned = |text: Option<Cow<'_, str>>| text.map(Cow::into_owned);
            drop(code_of);
            return (Kind::Text, ColumnData::Texts(values.into_iter().map(owned).collect()));
        }
        codes.push(code);
    }
    (Kind::Nominal, ColumnData::Levels { codes, levels })
}
