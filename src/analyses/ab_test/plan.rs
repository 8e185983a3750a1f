//! The spec checked against the table: every name resolved, every row accounted for.

use super::result::Exposure;
use super::spec::{AbTestSpec, AnalysisUnit, Metric, MetricMeasure};
use crate::analyses::LedgerStep;
use crate::analyses::rows::{self, step};
use crate::model::{EngineError, ErrorCode, Kind, Value};
use crate::tables::{Codes, Table};

/// More levels than this are not variants of an experiment.
const MAX_VARIANTS: usize = 20;
const CONTROL_NAMES: [&str; 9] =
    ["control", "ctrl", "baseline", "default", "original", "old", "off", "false", "a"];

/// The rows of an experiment, side by side: everything below is one entry a kept row.
#[derive(Debug)]
pub(super) struct Plan {
    /// Defaults filled in.
    pub spec: AbTestSpec,
    /// Levels of the variant column among the kept rows, control first.
    pub variants: Vec<String>,
    /// Row of the table.
    pub rows: Vec<u32>,
    /// Index into `variants`.
    pub arm_of: Vec<u32>,
    /// Index from 0 to `n_units`; `None` without a unit column.
    pub unit_of: Option<Vec<u32>>,
    pub n_units: usize,
    /// Seconds since 1970.
    pub time_of: Option<Vec<Option<i64>>>,
    /// In the order of the spec.
    pub metrics: Vec<Values>,
    pub ledger: Vec<LedgerStep>,
    pub exposure: Option<Exposure>,
}

/// What was measured on each row. NaN is missing.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Values {
    Mean(Vec<f64>),
    /// 1 is a success, 0 none.
    Share(Vec<f64>),
    Ratio {
        numerator: Vec<f64>,
        denominator: Vec<f64>,
    },
}

impl Values {
    pub fn at(&self, rows: &[u32]) -> Self {
        let pick = |values: &[f64]| rows.iter().map(|row| values[*row as usize]).collect();
        match self {
            Self::Mean(values) => Self::Mean(pick(values)),
            Self::Share(values) => Self::Share(pick(values)),
            Self::Ratio { numerator, denominator } => {
                Self::Ratio { numerator: pick(numerator), denominator: pick(denominator) }
            }
        }
    }

    pub fn is_missing(&self, i: usize) -> bool {
        match self {
            Self::Mean(values) | Self::Share(values) => values[i].is_nan(),
            Self::Ratio { numerator, denominator } => numerator[i].is_nan() || denominator[i].is_nan(),
        }
    }
}

/// # Errors
/// Where a column is unknown or of the wrong kind, an option is out of range, or fewer than two variants
/// are left.
pub(super) fn plan(table: &Table, spec: &AbTestSpec) -> Result<Plan, EngineError> {
    check_options(spec)?;
    let (mut rows, mut ledger) = rows::filtered(table, &spec.filter)?;
    let variant_codes = table.codes(&spec.variant).map_err(|error| error.at_field("variant"))?;
    rows.retain(|row| variant_codes.codes[*row as usize] != Codes::MISSING);
    ledger.push(step(format!("have a {}", spec.variant), rows.len()));
    let unit_codes = match &spec.unit {
        Some(unit) => Some(table.codes(unit).map_err(|error| error.at_field("unit"))?),
        None => None,
    };
    let n_rows_before = rows.len();
    if let (Some(codes), Some(unit)) = (&unit_codes, &spec.unit) {
        rows.retain(|row| codes.codes[*row as usize] != Codes::MISSING);
        ledger.push(step(format!("have a {unit}"), rows.len()));
    }
    let n_rows_without_unit = (n_rows_before - rows.len()) as u64;

    let (variants, arm_of) = arms(table, spec, &variant_codes, &rows)?;
    let time_of = match &spec.time {
        Some(time) => {
            let seconds = table.seconds(time).map_err(|error| error.at_field("time"))?;
            Some(rows.iter().map(|row| seconds[*row as usize]).collect())
        }
        None => None,
    };
    let mut metrics = Vec::with_capacity(spec.metrics.len());
    for (i, metric) in spec.metrics.iter().enumerate() {
        let values = read(table, metric).map_err(|error| error.at_field(format!("metrics[{i}]")))?;
        metrics.push(values.at(&rows));
    }
    let (unit_of, n_units) = match &unit_codes {
        Some(codes) => {
            let (unit_of, n_units) = dense(codes, &rows);
            (Some(unit_of), n_units)
        }
        None => (None, rows.len()),
    };
    let exposure = unit_of.as_ref().map(|unit_of| exposure(unit_of, n_units, &arm_of, n_rows_without_unit));
    let mut spec = spec.clone();
    spec.control = Some(variants[0].clone());
    spec.analysis_unit = decide(spec.analysis_unit, exposure.as_ref())?;
    Ok(Plan { spec, variants, rows, arm_of, unit_of, n_units, time_of, metrics, ledger, exposure })
}

fn check_options(spec: &AbTestSpec) -> Result<(), EngineError> {
    if !(0.0001..=0.5).contains(&spec.alpha) {
        let message = format!("alpha is {}; it must lie between 0.0001 and 0.5.", spec.alpha);
        return Err(EngineError::new(ErrorCode::BadOption, message).at_field("alpha"));
    }
    if spec.metrics.is_empty() {
        let error = EngineError::new(ErrorCode::BadOption, "No metric was chosen.");
        return Err(error.at_field("metrics").hint("Choose at least one column to compare."));
    }
    Ok(())
}

/// The variants among `rows`, control first, and the variant of each row.
fn arms(
    table: &Table,
    spec: &AbTestSpec,
    codes: &Codes,
    rows: &[u32],
) -> Result<(Vec<String>, Vec<u32>), EngineError> {
    let mut is_present = vec![false; codes.levels.len()];
    for row in rows {
        is_present[codes.codes[*row as usize] as usize] = true;
    }
    let mut present: Vec<usize> = (0..codes.levels.len()).filter(|level| is_present[*level]).collect();
    let names =
        |levels: &[usize]| -> Vec<&str> { levels.iter().map(|l| codes.levels[*l].as_str()).collect() };
    let trouble = |code, message: String| {
        EngineError::new(code, message).at_table(table.name()).at_column(&spec.variant).at_field("variant")
    };
    if present.len() < 2 {
        let message = match names(&present).first() {
            None => {
                format!("No row has a value in \"{}\", so there are no variants to compare.", spec.variant)
            }
            Some(only) => format!(
                "Column \"{}\" has one value, \"{only}\"; a comparison needs at least two variants.",
                spec.variant
            ),
        };
        let hint = "Choose the column that says which variant a row saw, or loosen the filter.";
        return Err(trouble(ErrorCode::NotEnoughData, message).hint(hint));
    }
    if present.len() > MAX_VARIANTS {
        let message = format!(
            "Column \"{}\" has {} values; an experiment has at most {MAX_VARIANTS} variants.",
            spec.variant,
            present.len()
        );
        let hint = "Choose the column that says which variant a row saw.";
        return Err(trouble(ErrorCode::BadOption, message).hint(hint));
    }
    let control = match &spec.control {
        Some(name) => present.iter().position(|level| codes.levels[*level] == *name).ok_or_else(|| {
            let message = format!("Column \"{}\" has no value \"{name}\" among these rows.", spec.variant);
            let error = trouble(ErrorCode::UnknownLevel, message).at_field("control");
            error.hint_nearest(name, &names(&present), "values")
        })?,
        None => guess_control(&names(&present)),
    };
    let control = present.remove(control);
    present.insert(0, control);
    let mut arm_of_level = vec![0_u32; codes.levels.len()];
    for (arm, level) in present.iter().enumerate() {
        arm_of_level[*level] = arm as u32;
    }
    let arm_of = rows.iter().map(|row| arm_of_level[codes.codes[*row as usize] as usize]).collect();
    Ok((names(&present).into_iter().map(String::from).collect(), arm_of))
}

/// The first level that is named like a control, else the first.
fn guess_control(levels: &[&str]) -> usize {
    let named = |name: &&str| levels.iter().position(|level| level.eq_ignore_ascii_case(name));
    CONTROL_NAMES.iter().find_map(named).unwrap_or(0)
}

fn read(table: &Table, metric: &Metric) -> Result<Values, EngineError> {
    match &metric.measure {
        MetricMeasure::Mean { column } => Ok(Values::Mean(numbers(table, column)?)),
        MetricMeasure::Ratio { numerator, denominator } => {
            let (numerator, denominator) = (numbers(table, numerator)?, numbers(table, denominator)?);
            Ok(Values::Ratio { numerator, denominator })
        }
        MetricMeasure::Proportion { column, success: Some(success) } => {
            Ok(Values::Share(successes(table, column, success)?))
        }
        MetricMeasure::Proportion { column, success: None } => {
            let values = numbers(table, column)?;
            if let Some(other) = values.iter().find(|x| !x.is_nan() && **x != 0.0 && **x != 1.0) {
                let message = format!(
                    "A proportion needs a column of successes, 0 or 1; \"{column}\" also holds {other}."
                );
                let error = EngineError::new(ErrorCode::WrongKind, message).at_table(table.name());
                return Err(error
                    .at_column(column)
                    .hint("Name the value that counts as a success, or use a mean."));
            }
            Ok(Values::Share(values))
        }
    }
}

/// The column as numbers. Identifiers and dates have no mean.
fn numbers(table: &Table, column: &str) -> Result<Vec<f64>, EngineError> {
    let kind = table.kind(column)?;
    if kind == Kind::Id || kind.is_time() {
        let message = format!("\"{column}\" is of kind {}; a metric needs numbers.", kind.name());
        let error = EngineError::new(ErrorCode::WrongKind, message).at_table(table.name());
        return Err(error.at_column(column).hint("Choose a continuous, count or binary column."));
    }
    table.numbers(column)
}

/// 1 where the cell is `success`, 0 where it is another value.
fn successes(table: &Table, column: &str, success: &Value) -> Result<Vec<f64>, EngineError> {
    let codes = table.codes(column)?;
    let is_meant = |level: &String| match success {
        Value::Text(text) => level == text,
        Value::Number(number) => level.parse() == Ok(*number),
        Value::Bool(flag) => {
            level.eq_ignore_ascii_case(&flag.to_string()) || level.parse() == Ok(u8::from(*flag))
        }
    };
    let Some(wanted) = codes.levels.iter().position(is_meant) else {
        let wanted = match success {
            Value::Text(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Bool(flag) => flag.to_string(),
        };
        let message = format!("Column \"{column}\" has no value \"{wanted}\" to count as a success.");
        let levels: Vec<&str> = codes.levels.iter().map(String::as_str).collect();
        let error =
            EngineError::new(ErrorCode::UnknownLevel, message).at_table(table.name()).at_column(column);
        return Err(error.hint_nearest(&wanted, &levels, "values"));
    };
    let share = |code: &u32| match *code {
        Codes::MISSING => f64::NAN,
        code => f64::from(u8::from(code as usize == wanted)),
    };
    Ok(codes.codes.iter().map(share).collect())
}

/// Units renumbered without gaps, in the order of their first row.
fn dense(codes: &Codes, rows: &[u32]) -> (Vec<u32>, usize) {
    let mut index_of = vec![u32::MAX; codes.levels.len()];
    let mut n_units = 0;
    let unit_of = rows
        .iter()
        .map(|row| {
            let index = &mut index_of[codes.codes[*row as usize] as usize];
            if *index == u32::MAX {
                *index = n_units;
                n_units += 1;
            }
            *index
        })
        .collect();
    (unit_of, n_units as usize)
}

fn exposure(unit_of: &[u32], n_units: usize, arm_of: &[u32], n_rows_without_unit: u64) -> Exposure {
    let mut arms_seen = vec![0_u32; n_units];
    let mut n_rows = vec![0_u64; n_units];
    for (unit, arm) in unit_of.iter().zip(arm_of) {
        arms_seen[*unit as usize] |= 1 << arm;
        n_rows[*unit as usize] += 1;
    }
    Exposure {
        n_units: n_units as u64,
        n_units_in_several: arms_seen.iter().filter(|arms| arms.count_ones() > 1).count() as u64,
        max_rows_per_unit: n_rows.into_iter().max().unwrap_or(0),
        n_rows_without_unit,
    }
}

fn decide(asked: AnalysisUnit, exposure: Option<&Exposure>) -> Result<AnalysisUnit, EngineError> {
    let Some(exposure) = exposure else {
        if matches!(asked, AnalysisUnit::Auto | AnalysisUnit::Rows) {
            return Ok(AnalysisUnit::Rows);
        }
        let message = "Without a unit column, rows are all there is to analyse.";
        let error = EngineError::new(ErrorCode::BadOption, message).at_field("analysis_unit");
        return Err(error.hint("Name the unit column, such as user_id, or analyse by row."));
    };
    Ok(match asked {
        AnalysisUnit::Auto if exposure.max_rows_per_unit > 1 => AnalysisUnit::Clustered,
        AnalysisUnit::Auto => AnalysisUnit::Rows,
        asked => asked,
    })
}
