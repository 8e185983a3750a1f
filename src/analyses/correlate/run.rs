//! Runs the correlations: every column prepared once, then every pair.

use super::result::{CorrelateResult, Pair};
use super::spec::{CorrelateSpec, CorrelationMethod};
use super::words;
use crate::analyses::{Interval, rows};
use crate::model::{EngineError, ErrorCode, Kind};
use crate::pace::Pace;
use crate::stats::correlation::{self, Centred, Coefficient, Correlation};
use crate::stats::rank::SortedColumn;
use crate::tables::{Codes, Table};

/// The most columns: 780 pairs.
const MAX_COLUMNS: usize = 40;

/// Correlates every pair of columns on the rows where both are present.
///
/// Columns without missing values are centred (and ranked) once, so that a pair costs one product a row; with missing values
/// each pair is taken on its own rows.
///
/// # Errors
/// `unknown_column`, `wrong_kind` for ids and texts, `bad_option` for a repeated column, more than 40 or alpha out of range,
/// `not_enough_data` for fewer than two columns or no row.
pub async fn run(table: &Table, spec: &CorrelateSpec, pace: &Pace) -> Result<CorrelateResult, EngineError> {
    let stage = "correlating columns";
    if !(0.0001..=0.5).contains(&spec.alpha) {
        let message = format!("alpha is {}; it must lie between 0.0001 and 0.5.", spec.alpha);
        return Err(EngineError::new(ErrorCode::BadOption, message).at_field("alpha").hint("0.05 is usual."));
    }
    let (columns, n_left_out) = columns(table, spec)?;
    let (rows, ledger) = rows::filtered(table, &spec.filter)?;
    let mut prepared = Vec::with_capacity(columns.len());
    for (i, name) in columns.iter().enumerate() {
        let values = table.numbers(name).map_err(|error| error.at_field(format!("columns[{i}]")))?;
        prepared.push(Prepared::new(rows::pick(&values, &rows), spec.method));
        pace.step(0.3 * (i + 1) as f64 / columns.len() as f64, stage).await?;
    }
    let n_pairs = (columns.len() * (columns.len() - 1) / 2) as f64;
    let mut pairs = Vec::with_capacity(n_pairs as usize);
    for (i, (x_name, x)) in columns.iter().zip(&prepared).enumerate() {
        for (y_name, y) in columns.iter().zip(&prepared).skip(i + 1) {
            let Some(found) = x.with(y, spec.alpha) else { continue };
            pairs.push(Pair {
                x: x_name.clone(),
                y: y_name.clone(),
                n: found.n,
                r: found.r,
                interval: found.interval.map(|bounds| Interval::new(bounds.low, bounds.high)),
                p_value: found.p_value,
            });
            pace.step(0.3 + 0.6 * pairs.len() as f64 / n_pairs, stage).await?;
        }
    }
    let repeated = repeated_id(table, &rows, pace).await?;
    let mut result = CorrelateResult {
        spec: CorrelateSpec { columns, ..spec.clone() },
        revision: table.revision(),
        sentence: String::new(),
        ledger,
        warnings: Vec::new(),
        pairs,
    };
    result.warnings = words::warnings(&result, repeated.as_ref(), n_left_out, rows.len() as u64);
    result.sentence = words::sentence(&result);
    Ok(result)
}

/// The columns asked for, or every numeric one; and how many were left out for being too many.
fn columns(table: &Table, spec: &CorrelateSpec) -> Result<(Vec<String>, usize), EngineError> {
    rows::refuse_repeated(table, &spec.columns, "columns")?;
    let trouble =
        |code, message: String| EngineError::new(code, message).at_table(table.name()).at_field("columns");
    if spec.columns.is_empty() {
        let info = table.info();
        let numeric: Vec<String> = info
            .columns
            .into_iter()
            .filter(|column| is_number(column.kind, &column.levels))
            .map(|c| c.name)
            .collect();
        if numeric.len() < 2 {
            let message = format!(
                "Table \"{}\" has {}; a correlation needs two.",
                table.name(),
                if numeric.is_empty() { "no numeric column" } else { "one numeric column" }
            );
            let error = trouble(ErrorCode::NotEnoughData, message);
            return Err(error.hint("Load a table with two columns of numbers."));
        }
        let n_left_out = numeric.len().saturating_sub(MAX_COLUMNS);
        return Ok((numeric.into_iter().take(MAX_COLUMNS).collect(), n_left_out));
    }
    for (i, name) in spec.columns.iter().enumerate() {
        let field = format!("columns[{i}]");
        if table.kind(name).map_err(|error| error.at_field(&*field))? == Kind::Id {
            let message = format!("Column \"{name}\" is an id: its numbers only name things.");
            let error =
                EngineError::new(ErrorCode::WrongKind, message).at_table(table.name()).at_column(name);
            return Err(error.at_field(field).hint("Choose a column that measures or counts something."));
        }
    }
    if spec.columns.len() < 2 {
        let error = trouble(ErrorCode::BadOption, "A correlation needs two columns.".into());
        return Err(error.hint("Choose one more column, or none for all numeric ones."));
    }
    if spec.columns.len() > MAX_COLUMNS {
        let message =
            format!("There are {} columns; there can be at most {MAX_COLUMNS}.", spec.columns.len());
        return Err(trouble(ErrorCode::BadOption, message).hint("Choose fewer columns."));
    }
    Ok((spec.columns.clone(), 0))
}

/// Measures, counts, and binary columns of 0 and 1. A "yes" is correlated only on request.
fn is_number(kind: Kind, levels: &[String]) -> bool {
    let is_zero_or_one = |level: &String| matches!(level.as_str(), "0" | "1" | "false" | "true");
    kind.is_numeric() && (kind != Kind::Binary || levels.iter().all(is_zero_or_one))
}

/// A column as its pairs need it.
enum Prepared {
    Pearson {
        values: Vec<f64>,
        /// `None` where a value is missing.
        centred: Option<Centred>,
    },
    Spearman {
        sorted: SortedColumn,
        /// Of the ranks; `None` where a value is missing.
        centred: Option<Centred>,
    },
}

impl Prepared {
    fn new(values: Vec<f64>, method: CorrelationMethod) -> Self {
        match method {
            CorrelationMethod::Pearson => Self::Pearson { centred: Centred::new(&values), values },
            CorrelationMethod::Spearman => {
                let sorted = SortedColumn::new(&values);
                Self::Spearman { centred: Centred::new(&sorted.ranks(|_| true).ranks), sorted }
            }
        }
    }

    /// `None` for columns prepared for different methods.
    fn with(&self, other: &Self, alpha: f64) -> Option<Correlation> {
        let of_centred = |x: &Option<Centred>, y: &Option<Centred>, coefficient| {
            let (x, y) = (x.as_ref()?, y.as_ref()?);
            Some(Correlation::new(x.correlation(y), x.len() as u64, coefficient, alpha))
        };
        match (self, other) {
            (Self::Pearson { values: x, centred: a }, Self::Pearson { values: y, centred: b }) => {
                of_centred(a, b, Coefficient::Pearson).or_else(|| Some(correlation::pearson(x, y, alpha)))
            }
            (Self::Spearman { sorted: x, centred: a }, Self::Spearman { sorted: y, centred: b }) => {
                of_centred(a, b, Coefficient::Spearman)
                    .or_else(|| Some(correlation::spearman_of_sorted(x, y, alpha)))
            }
            _ => None,
        }
    }
}

/// An id column of which several rows share a value: those rows are not independent.
pub(super) struct RepeatedId {
    pub column: String,
    pub n_different: u64,
}

/// The id column with the fewest different values among the rows, where it repeats.
async fn repeated_id(table: &Table, rows: &[u32], pace: &Pace) -> Result<Option<RepeatedId>, EngineError> {
    let mut fewest: Option<RepeatedId> = None;
    for column in table.info().columns.into_iter().filter(|column| column.kind == Kind::Id) {
        let Codes { codes, levels } = table.codes(&column.name)?;
        let mut is_seen = vec![false; levels.len()];
        let (mut n, mut n_different) = (0_u64, 0_u64);
        for row in rows {
            let code = codes.get(*row as usize).copied().unwrap_or(Codes::MISSING);
            if let Some(seen) = is_seen.get_mut(code as usize) {
                n += 1;
                n_different += u64::from(!*seen);
                *seen = true;
            }
        }
        if n_different < n && fewest.as_ref().is_none_or(|found| n_different < found.n_different) {
            fewest = Some(RepeatedId { column: column.name, n_different });
        }
        pace.step(0.95, "looking for repeated ids").await?;
    }
    Ok(fewest)
}
