//! One column as it is stored: a polars column of a plain type, and beside it what the type does not say.

use super::form::{Form, Raws};
use super::typed::TypedArray;
use super::{calendar, natural};
use crate::model::{EngineError, ErrorCode, Kind};
use polars_arrow::bitmap::{Bitmap, BitmapBuilder};
use polars_core::prelude::{
    Float64Chunked, Int32Chunked, Int64Chunked, PlSmallStr, StringChunked, StringChunkedBuilder,
    UInt32Chunked,
};
use std::sync::Arc;

/// A column to make a table of. See [`super::Table::from_columns`].
#[derive(Debug, Clone)]
pub struct NewColumn {
    pub name: String,
    pub kind: Kind,
    pub data: ColumnData,
}

/// Values of a new column, one a row.
#[derive(Debug, Clone)]
pub enum ColumnData {
    Integers(Vec<Option<i64>>),
    /// NaN is missing.
    Numbers(Vec<f64>),
    Bools(Vec<Option<bool>>),
    /// Days since 1970-01-01.
    Dates(Vec<Option<i32>>),
    /// Seconds since 1970-01-01 00:00:00 UTC.
    DateTimes(Vec<Option<i64>>),
    /// An empty text is missing.
    Texts(Vec<Option<String>>),
    /// Indices into `levels`; [`super::Codes::MISSING`] is missing. The levels of an ordinal column stand in their
    /// order.
    Levels {
        codes: Vec<u32>,
        levels: Vec<String>,
    },
}

impl ColumnData {
    pub(crate) fn n_rows(&self) -> usize {
        match self {
            Self::Integers(values) => values.len(),
            Self::Numbers(values) => values.len(),
            Self::Bools(values) => values.len(),
            Self::Dates(values) => values.len(),
            Self::DateTimes(values) => values.len(),
            Self::Texts(values) => values.len(),
            Self::Levels { codes, .. } => codes.len(),
        }
    }
}

/// What a column is beside its polars values.
#[derive(Debug, Clone)]
pub(crate) struct ColumnMeta {
    pub kind: Kind,
    pub store: Store,
    /// How values are written out.
    pub form: Form,
    /// Cells that are written out otherwise than `form` says.
    pub raws: Arc<Raws>,
    /// The name as it stands in the file, where that is another.
    pub written_name: Option<Box<str>>,
}

/// The meaning of the polars values.
///
/// Dates are plain integers and levels are codes with a dictionary of our own, because polars' temporal
/// and categorical types would add half a megabyte to the download and nothing that is used here.
#[derive(Debug, Clone)]
pub(crate) enum Store {
    /// Int64.
    Integers,
    /// Float64; durations are seconds.
    Numbers,
    /// Int32: days since 1970-01-01.
    Days,
    /// Int64: microseconds since 1970-01-01 00:00:00 UTC.
    Micros,
    /// String.
    Texts,
    /// UInt32 indices into a list in natural order (an ordinal column: in its own). A binary column has
    /// two levels, the second of which is the success.
    Levels(Arc<[String]>),
}

/// A polars column with its meaning, on the way into a table.
#[derive(Debug, Clone)]
pub(crate) struct StoredColumn {
    pub values: TypedArray,
    pub meta: ColumnMeta,
}

impl StoredColumn {
    fn new(values: TypedArray, kind: Kind, store: Store) -> Self {
        Self {
            values,
            meta: ColumnMeta { kind, store, form: Form::default(), raws: Arc::default(), written_name: None },
        }
    }

    pub fn integers(name: &str, kind: Kind, values: Vec<i64>, validity: Option<Bitmap>) -> Self {
        let values = Int64Chunked::from_vec_validity(name.into(), values, validity);
        Self::new(TypedArray::I64(values), kind, Store::Integers)
    }

    pub fn numbers(name: &str, kind: Kind, values: Vec<f64>, validity: Option<Bitmap>) -> Self {
        let values = Float64Chunked::from_vec_validity(name.into(), values, validity);
        Self::new(TypedArray::F64(values), kind, Store::Numbers)
    }

    pub fn days(name: &str, kind: Kind, values: Vec<i32>, validity: Option<Bitmap>) -> Self {
        let values = Int32Chunked::from_vec_validity(name.into(), values, validity);
        Self::new(TypedArray::I32(values), kind, Store::Days)
    }

    pub fn micros(name: &str, kind: Kind, values: Vec<i64>, validity: Option<Bitmap>) -> Self {
        let values = Int64Chunked::from_vec_validity(name.into(), values, validity);
        Self::new(TypedArray::I64(values), kind, Store::Micros)
    }

    /// The name is the array's.
    pub fn texts(kind: Kind, values: StringChunked) -> Self {
        Self::new(TypedArray::Texts(values), kind, Store::Texts)
    }

    /// `codes` index `levels`, which may stand in any order, repeat themselves and be unused; larger codes
    /// are missing. The stored levels are unique, used, and in natural order, except that an ordinal column
    /// keeps its order and a binary one both of its levels.
    pub fn levels(name: &str, kind: Kind, codes: Vec<u32>, levels: Vec<String>) -> Self {
        let (new_codes, levels) = order_levels(&codes, levels, kind);
        let mut codes = codes;
        let mut validity = BitmapBuilder::with_capacity(codes.len());
        for code in &mut codes {
            let new_code = new_codes.get(*code as usize).copied().flatten();
            validity.push(new_code.is_some());
            *code = new_code.unwrap_or(0);
        }
        Self::ordered_levels(name, kind, codes, validity.into_opt_validity(), levels)
    }

    /// As [`StoredColumn::levels`], of levels that are in order already.
    pub fn ordered_levels(
        name: &str,
        kind: Kind,
        codes: Vec<u32>,
        validity: Option<Bitmap>,
        levels: Vec<String>,
    ) -> Self {
        let values = UInt32Chunked::from_vec_validity(name.into(), codes, validity);
        Self::new(TypedArray::U32(values), kind, Store::Levels(levels.into()))
    }

    pub fn name(&self) -> &str {
        self.values.name()
    }

    /// The column under another name.
    pub fn renamed(self, name: &str) -> Self {
        let values = self.values.renamed(name);
        Self { values, meta: ColumnMeta { written_name: None, ..self.meta } }
    }

    pub fn from_new(column: NewColumn) -> Result<Self, EngineError> {
        let NewColumn { name, kind, data } = column;
        if !fits(kind, &data) {
            let message = format!("Column \"{name}\" cannot be of kind {} with such values.", kind.name());
            return Err(EngineError::new(ErrorCode::Internal, message).at_column(name));
        }
        Ok(match data {
            ColumnData::Integers(values) => {
                let (values, validity) = split(values.into_iter());
                Self::integers(&name, kind, values, validity)
            }
            ColumnData::Numbers(mut values) => {
                let validity = validity_of_numbers(&mut values);
                Self::numbers(&name, kind, values, validity)
            }
            ColumnData::Bools(values) => {
                let (codes, validity) = split(values.into_iter().map(|value| value.map(u32::from)));
                Self::ordered_levels(&name, kind, codes, validity, vec!["false".into(), "true".into()])
            }
            ColumnData::Dates(values) => {
                let (values, validity) = split(values.into_iter());
                Self::days(&name, kind, values, validity)
            }
            ColumnData::DateTimes(values) => {
                let micros = |seconds: i64| seconds.saturating_mul(calendar::MICROS_PER_SECOND);
                let (values, validity) = split(values.into_iter().map(|value| value.map(micros)));
                Self::micros(&name, kind, values, validity)
            }
            ColumnData::Texts(values) => {
                let mut builder = StringChunkedBuilder::new(PlSmallStr::from(name.as_str()), values.len());
                for value in &values {
                    builder.append_option(value.as_deref().filter(|text| !text.is_empty()));
                }
                Self::texts(kind, builder.finish())
            }
            ColumnData::Levels { codes, levels } => Self::levels(&name, kind, codes, levels),
        })
    }
}

fn fits(kind: Kind, data: &ColumnData) -> bool {
    match data {
        ColumnData::Integers(_) => !matches!(kind, Kind::Date | Kind::DateTime | Kind::Text),
        ColumnData::Numbers(_) => !matches!(kind, Kind::Date | Kind::DateTime | Kind::Text),
        ColumnData::Bools(_) => matches!(kind, Kind::Binary | Kind::Nominal),
        ColumnData::Dates(_) => kind == Kind::Date,
        ColumnData::DateTimes(_) => kind == Kind::DateTime,
        ColumnData::Texts(_) => matches!(kind, Kind::Nominal | Kind::Ordinal | Kind::Id | Kind::Text),
        ColumnData::Levels { .. } => {
            matches!(kind, Kind::Binary | Kind::Nominal | Kind::Ordinal | Kind::Id | Kind::Text)
        }
    }
}

/// Where each old level went (`None`: missing), and the new levels.
fn order_levels(codes: &[u32], levels: Vec<String>, kind: Kind) -> (Vec<Option<u32>>, Vec<String>) {
    let mut is_used = vec![kind == Kind::Binary && levels.len() <= 2; levels.len()];
    for code in codes {
        if let Some(used) = is_used.get_mut(*code as usize) {
            *used = true;
        }
    }
    let names: Vec<&str> = levels.iter().map(String::as_str).collect();
    let order: Vec<u32> = match kind {
        Kind::Ordinal | Kind::Binary => (0..names.len() as u32).collect(),
        _ => natural::sorted_indices(&names),
    };
    let mut new_codes = vec![None; levels.len()];
    let mut new_levels: Vec<String> = Vec::new();
    let mut code_of: hashbrown::HashMap<&str, u32> = hashbrown::HashMap::new();
    for old in order {
        let old = old as usize;
        let (Some(name), Some(slot)) = (names.get(old), new_codes.get_mut(old)) else { continue };
        if name.is_empty() || !is_used.get(old).copied().unwrap_or(false) {
            continue;
        }
        *slot = Some(*code_of.entry(*name).or_insert_with(|| {
            new_levels.push((*name).to_owned());
            new_levels.len() as u32 - 1
        }));
    }
    (new_codes, new_levels)
}

/// Values with a default where they are missing, and where they are not.
fn split<T: Default>(values: impl ExactSizeIterator<Item = Option<T>>) -> (Vec<T>, Option<Bitmap>) {
    let mut validity = BitmapBuilder::with_capacity(values.len());
    let values = values
        .map(|value| {
            validity.push(value.is_some());
            value.unwrap_or_default()
        })
        .collect();
    (values, validity.into_opt_validity())
}

/// Marks NaN as missing. Infinite values are kept.
pub(crate) fn validity_of_numbers(values: &mut [f64]) -> Option<Bitmap> {
    let mut validity = BitmapBuilder::with_capacity(values.len());
    for value in values {
        validity.push(!value.is_nan());
        if value.is_nan() {
            *value = 0.0;
        }
    }
    validity.into_opt_validity()
}
