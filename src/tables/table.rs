//! A table: named columns of one length, each with its kind.

use super::codes::{self, Codes};
use super::column::{ColumnMeta, NewColumn, StoredColumn};
use super::page::PageCache;
use super::typed::TypedArray;
use super::values::Values;
use super::{calendar, filter};
use crate::model::{ColumnInfo, EngineError, ErrorCode, Filter, Kind, TableInfo, TableOrigin, Value};
use std::cell::{OnceCell, RefCell};

/// Columns of one length, each with its kind. Never changed after it is made.
#[derive(Debug, Clone)]
pub struct Table {
    name: String,
    origin: TableOrigin,
    revision: u64,
    has_header_row: bool,
    n_rows: usize,
    columns: Vec<TypedArray>,
    metas: Vec<ColumnMeta>,
    columns_info: OnceCell<Vec<ColumnInfo>>,
    pub(super) page_cache: RefCell<PageCache>,
}

impl Table {
    /// Makes a table of columns. An error where two columns share a name or differ in length, or where a
    /// kind does not go with its values.
    pub fn from_columns(
        name: &str,
        origin: TableOrigin,
        columns: Vec<NewColumn>,
    ) -> Result<Self, EngineError> {
        let n_rows = columns.first().map_or(0, |column| column.data.n_rows());
        let stored = columns.into_iter().map(StoredColumn::from_new).collect::<Result<Vec<_>, _>>()?;
        Self::from_stored(name, origin, n_rows, stored)
    }

    pub(crate) fn from_stored(
        name: &str,
        origin: TableOrigin,
        n_rows: usize,
        columns: Vec<StoredColumn>,
    ) -> Result<Self, EngineError> {
        let (columns, metas): (Vec<TypedArray>, Vec<ColumnMeta>) =
            columns.into_iter().map(|column| (column.values, column.meta)).unzip();
        check(name, n_rows, &columns)?;
        Ok(Self {
            name: name.to_owned(),
            origin,
            revision: 0,
            has_header_row: true,
            n_rows,
            columns,
            metas,
            columns_info: OnceCell::new(),
            page_cache: RefCell::default(),
        })
    }

    /// Whether the file that the table came from names its columns; otherwise their names are made up.
    pub fn has_header_row(&self) -> bool {
        self.has_header_row
    }

    pub(crate) fn set_has_header_row(&mut self, has_header_row: bool) {
        self.has_header_row = has_header_row;
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn origin(&self) -> &TableOrigin {
        &self.origin
    }

    pub fn n_rows(&self) -> usize {
        self.n_rows
    }

    pub fn n_columns(&self) -> usize {
        self.metas.len()
    }

    /// A number that the session gives: larger for every newer content of the name.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    pub fn set_revision(&mut self, revision: u64) {
        self.revision = revision;
    }

    /// Names, kinds, missing counts and short lists of levels. Counted once.
    pub fn info(&self) -> TableInfo {
        let columns = self
            .columns_info
            .get_or_init(|| (0..self.n_columns()).filter_map(|at| self.column_info(at)).collect());
        TableInfo {
            name: self.name.clone(),
            revision: self.revision,
            n_rows: self.n_rows() as u64,
            columns: columns.clone(),
            origin: self.origin.clone(),
        }
    }

    fn column_info(&self, at: usize) -> Option<ColumnInfo> {
        let values = self.values_at(at).ok()?;
        let meta = self.metas.get(at)?;
        let kind = meta.kind;
        let unit = meta.form.unit().map(|unit| unit.text().to_owned());
        let levels = if kind.is_grouping() {
            codes::few_levels(values, kind, ColumnInfo::MAX_LEVELS).unwrap_or_default()
        } else {
            Vec::new()
        };
        let name = self.columns.get(at)?.name().to_owned();
        Some(ColumnInfo { name, kind, n_missing: values.n_missing() as u64, levels, unit })
    }

    pub fn column_names(&self) -> Vec<&str> {
        self.columns.iter().map(TypedArray::name).collect()
    }

    /// The error `unknown_column` where there is none of the name; so do all methods that take a column.
    pub fn kind(&self, column: &str) -> Result<Kind, EngineError> {
        Ok(self.meta(self.index_of(column)?)?.kind)
    }

    /// The column as numbers, NaN where missing: false and true as 0 and 1, dates as days and date-times as
    /// seconds since 1970-01-01 UTC, durations as seconds. The error `wrong_kind` for a column of texts.
    pub fn numbers(&self, column: &str) -> Result<Vec<f64>, EngineError> {
        let at = self.index_of(column)?;
        let kind = self.meta(at)?.kind;
        Ok(match self.values_at(at)? {
            Values::Integers(slots) => {
                slots.iter().map(|value| value.map_or(f64::NAN, |x| x as f64)).collect()
            }
            Values::Numbers(slots) => slots.iter().map(|value| value.unwrap_or(f64::NAN)).collect(),
            Values::Days(slots) => slots.iter().map(|value| value.map_or(f64::NAN, f64::from)).collect(),
            Values::Micros(slots) => {
                let seconds = |micros: i64| micros as f64 / calendar::MICROS_PER_SECOND as f64;
                slots.iter().map(|value| value.map_or(f64::NAN, seconds)).collect()
            }
            Values::Levels(slots, _) if kind == Kind::Binary => {
                slots.iter().map(|code| code.map_or(f64::NAN, f64::from)).collect()
            }
            Values::Levels(..) | Values::Texts(_) => return Err(self.wrong_kind(column, kind, "numbers")),
        })
    }

    /// The column, of any kind, as codes into its different values.
    pub fn codes(&self, column: &str) -> Result<Codes, EngineError> {
        let at = self.index_of(column)?;
        Ok(Codes::of(self.values_at(at)?, self.meta(at)?.kind))
    }

    /// A date or date-time column as seconds since 1970-01-01 00:00:00 UTC, decimals cut off.
    pub fn seconds(&self, column: &str) -> Result<Vec<Option<i64>>, EngineError> {
        let at = self.index_of(column)?;
        match self.values_at(at)? {
            Values::Days(slots) => {
                let seconds = |day: i32| i64::from(day) * calendar::SECONDS_PER_DAY;
                Ok(slots.iter().map(|value| value.map(seconds)).collect())
            }
            Values::Micros(slots) => {
                let seconds = |micros: i64| micros.div_euclid(calendar::MICROS_PER_SECOND);
                Ok(slots.iter().map(|value| value.map(seconds)).collect())
            }
            _ => Err(self.wrong_kind(column, self.meta(at)?.kind, "dates")),
        }
    }

    /// The different values of a column in these rows, as a filter names them; missing ones left out.
    pub fn different_values(&self, column: &str, rows: &[u32]) -> Result<Vec<Value>, EngineError> {
        let at = self.index_of(column)?;
        let (values, kind) = (self.values_at(at)?, self.meta(at)?.kind);
        if let Values::Integers(slots) = values {
            let mut found: Vec<i64> = rows.iter().filter_map(|row| slots.get(*row as usize)).collect();
            found.sort_unstable();
            found.dedup();
            return Ok(found.into_iter().map(|x| Value::Number(x as f64)).collect());
        }
        let Codes { codes, levels } = Codes::of(values, kind);
        let mut is_there = vec![false; levels.len()];
        for row in rows {
            let code = codes.get(*row as usize).copied().unwrap_or(Codes::MISSING);
            if let Some(is_there) = is_there.get_mut(code as usize) {
                *is_there = true;
            }
        }
        let found = levels.into_iter().zip(is_there).filter(|(_, is_there)| *is_there);
        Ok(found.map(|(level, _)| Value::Text(level)).collect())
    }

    /// Indices of the rows that pass every filter, ascending; all rows for no filters. The errors
    /// `unknown_column`, and `wrong_kind` where a value cannot be compared with its column.
    pub fn rows_where(&self, filters: &[Filter]) -> Result<Vec<u32>, EngineError> {
        filter::rows_where(self, filters)
    }

    pub(crate) fn index_of(&self, column: &str) -> Result<usize, EngineError> {
        let position = self.columns.iter().position(|found| found.name() == column);
        position.ok_or_else(|| EngineError::unknown_column(&self.name, column, &self.column_names()))
    }

    pub(crate) fn meta(&self, at: usize) -> Result<&ColumnMeta, EngineError> {
        self.metas.get(at).ok_or_else(|| self.no_column_at(at))
    }

    pub(crate) fn values_at(&self, at: usize) -> Result<Values<'_>, EngineError> {
        let column = self.columns.get(at).ok_or_else(|| self.no_column_at(at))?;
        Values::of(column, &self.meta(at)?.store)
    }

    /// The name of the column at a place; empty where there is none.
    pub(crate) fn name_at(&self, at: usize) -> &str {
        self.columns.get(at).map_or("", TypedArray::name)
    }

    /// The column as it is stored. Its values are shared, not copied.
    pub(crate) fn stored_at(&self, at: usize) -> Result<StoredColumn, EngineError> {
        let values = self.columns.get(at).cloned().ok_or_else(|| self.no_column_at(at))?;
        Ok(StoredColumn { values, meta: self.meta(at)?.clone() })
    }

    /// All columns as they are stored.
    pub(crate) fn stored(&self) -> Result<Vec<StoredColumn>, EngineError> {
        (0..self.n_columns()).map(|at| self.stored_at(at)).collect()
    }

    /// A table of the same name and origin with other columns.
    pub(crate) fn with_columns(
        &self,
        n_rows: usize,
        columns: Vec<StoredColumn>,
    ) -> Result<Self, EngineError> {
        Self::from_stored(&self.name, self.origin.clone(), n_rows, columns)
    }

    /// The table under another name and with another origin.
    pub(crate) fn renamed(&self, name: &str, origin: TableOrigin) -> Result<Self, EngineError> {
        Self::from_stored(name, origin, self.n_rows(), self.stored()?)
    }

    fn no_column_at(&self, at: usize) -> EngineError {
        let message = format!("Table \"{}\" has no column number {}.", self.name, at + 1);
        EngineError::new(ErrorCode::Internal, message).at_table(&self.name)
    }

    pub(super) fn wrong_kind(&self, column: &str, kind: Kind, wanted: &str) -> EngineError {
        let message = format!("Column \"{column}\" is {}; {wanted} are needed here.", with_article(kind));
        let is_fitting = |kind: Kind| match wanted {
            "dates" => kind.is_time(),
            "texts" => kind.is_grouping() || kind == Kind::Text,
            _ => kind.is_numeric(),
        };
        let fitting: Vec<&str> = self
            .column_names()
            .into_iter()
            .zip(&self.metas)
            .filter(|(_, meta)| is_fitting(meta.kind))
            .map(|(name, _)| name)
            .take(12)
            .collect();
        let error = EngineError::new(ErrorCode::WrongKind, message).at_table(&self.name).at_column(column);
        if fitting.is_empty() {
            error
        } else {
            error.hint(format!("columns of {wanted}: {}", fitting.join(", ")))
        }
    }
}

/// Columns of one length, each with a name of its own.
fn check(table: &str, n_rows: usize, columns: &[TypedArray]) -> Result<(), EngineError> {
    let refuse = |column: &TypedArray, how: String| {
        let message = format!("Column \"{}\" of table \"{table}\" {how}.", column.name());
        EngineError::new(ErrorCode::Internal, message).at_table(table).at_column(column.name())
    };
    let mut names = hashbrown::HashSet::with_capacity(columns.len());
    for column in columns {
        if column.len() != n_rows {
            return Err(refuse(column, format!("has {} values where there are {n_rows} rows", column.len())));
        }
        if !names.insert(column.name()) {
            return Err(refuse(column, "is there twice".into()));
        }
    }
    Ok(())
}

/// "a count", "an id".
pub(crate) fn with_article(kind: Kind) -> String {
    let name = kind.name();
    let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    match kind {
        Kind::Id | Kind::Count | Kind::Date | Kind::DateTime | Kind::Duration => format!("{article} {name}"),
        Kind::Text => "text".into(),
        _ => name.into(),
    }
}
