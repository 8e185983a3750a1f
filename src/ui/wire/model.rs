//! Tables, files, joins, worlds and errors.

use super::record::{record, words};
use super::{Json, Read, Write};
use crate::model::{
    ColumnInfo, ColumnProfile, ColumnReport, DecimalMark, Encoding, EngineError, ErrorCode, Example, Filter,
    HistogramBin, ImportOptions, JoinHow, JoinReport, Kind, LineEnding, NumberProfile, Page, ParseReport,
    Place, Problem, ProblemCode, ScenarioSpec, SortKey, TableInfo, TableOrigin, TableProfile, TokenCount,
    Truth, TruthQuantity, UiExperimentSpec, Value, ValueCount,
};

words!(Kind {
    "continuous" => Continuous,
    "count" => Count,
    "binary" => Binary,
    "nominal" => Nominal,
    "ordinal" => Ordinal,
    "date" => Date,
    "date_time" => DateTime,
    "duration" => Duration,
    "id" => Id,
    "text" => Text,
});
words!(ErrorCode {
    "bad_request" => BadRequest,
    "protocol_mismatch" => ProtocolMismatch,
    "io" => Io,
    "empty_file" => EmptyFile,
    "binary_file" => BinaryFile,
    "bad_file" => BadFile,
    "too_large" => TooLarge,
    "unknown_table" => UnknownTable,
    "unknown_column" => UnknownColumn,
    "unknown_level" => UnknownLevel,
    "wrong_kind" => WrongKind,
    "bad_option" => BadOption,
    "not_enough_data" => NotEnoughData,
    "cancelled" => Cancelled,
    "internal" => Internal,
});
words!(Encoding {
    "utf-8" => Utf8,
    "utf-8-bom" => Utf8Bom,
    "utf-16le" => Utf16Le,
    "utf-16be" => Utf16Be,
    "windows-1252" => Windows1252,
});
words!(DecimalMark { "point" => Point, "comma" => Comma });
words!(LineEnding { "lf" => Lf, "cr_lf" => CrLf, "cr" => Cr, "mixed" => Mixed, "none" => None });
words!(ProblemCode {
    "coerced" => Coerced,
    "too_few_cells" => TooFewCells,
    "too_many_cells" => TooManyCells,
    "stray_quote" => StrayQuote,
    "unclosed_quote" => UnclosedQuote,
    "bad_bytes" => BadBytes,
    "renamed_column" => RenamedColumn,
    "empty_line" => EmptyLine,
});
words!(JoinHow { "left" => Left, "inner" => Inner });
words!(TruthQuantity { "difference" => Difference, "lift" => Lift });

record!(EngineError { code, message, at, hint });
record!(TableInfo { name, revision, n_rows, columns, origin });
record!(ColumnInfo { name, kind, n_missing, levels });
record!(both SortKey { column, descending });
record!(Page { table, revision, columns, n_rows, n_rows_filtered, offset, rows });
record!(both ImportOptions { encoding, delimiter, quote, header, decimal_mark, missing_tokens, kinds });
record!(ParseReport {
    file_name,
    n_bytes,
    encoding,
    delimiter,
    quote,
    line_ending,
    has_header,
    n_rows,
    n_rows_changed,
    columns,
    problems,
    n_problems
});
record!(ColumnReport { name, kind, reason, n_missing, n_coerced, missing_tokens, examples });
record!(TokenCount { token, n });
record!(Example { line, raw, parsed });
record!(Problem { line, column, code, raw, action });
record!(TableProfile { table, n_rows, columns });
record!(ColumnProfile { name, kind, n, n_missing, n_unique, min, max, numbers, top });
record!(NumberProfile { mean, sd, q1, median, q3, histogram });
record!(HistogramBin { from, to, n });
record!(ValueCount { value, n });
record!(JoinReport {
    n_rows_left,
    n_rows_right,
    n_rows_out,
    n_left_unmatched,
    n_left_missing_key,
    n_right_unmatched,
    n_right_duplicate_keys,
    max_matches_per_left_row,
    renamed,
    warnings
});
record!(Truth { table, metric, variant, control, segment, quantity, value });
record!(both UiExperimentSpec {
    seed,
    n_users,
    n_sessions,
    share_b,
    randomise_users,
    effect_length_minutes,
    effect_watch_pp,
    effect_completion_pp,
    effect_clicks
});

/// An error without a place leaves it out.
impl Read for Place {
    fn read(json: &mut Json) -> Option<Self> {
        Some(Self {
            table: json.field("table")?,
            column: json.field("column")?,
            file: json.field("file")?,
            line: json.field("line")?,
            field: json.field("field")?,
        })
    }
}

impl Read for Value {
    fn read(json: &mut Json) -> Option<Self> {
        match json {
            Json::Bool(value) => Some(Self::Bool(*value)),
            Json::Number(value) => Some(Self::Number(*value)),
            Json::Text(text) => Some(Self::Text(std::mem::take(text))),
            _ => None,
        }
    }
}

impl Write for Value {
    fn write(&self) -> Json {
        match self {
            Self::Bool(value) => Json::Bool(*value),
            Self::Number(value) => Json::Number(*value),
            Self::Text(text) => Json::Text(text.clone()),
        }
    }
}

impl Read for Filter {
    fn read(json: &mut Json) -> Option<Self> {
        let op = json.tag("op")?;
        let column = json.field("column")?;
        let mut value = || json.field("value");
        Some(match op.as_str() {
            "eq" => Self::Eq { column, value: value()? },
            "ne" => Self::Ne { column, value: value()? },
            "lt" => Self::Lt { column, value: value()? },
            "le" => Self::Le { column, value: value()? },
            "gt" => Self::Gt { column, value: value()? },
            "ge" => Self::Ge { column, value: value()? },
            "in" => Self::In { column, values: json.field("values")? },
            "not_in" => Self::NotIn { column, values: json.field("values")? },
            "contains" => Self::Contains { column, value: json.field("value")? },
            "is_missing" => Self::IsMissing { column },
            "not_missing" => Self::NotMissing { column },
            _ => return None,
        })
    }
}

impl Write for Filter {
    fn write(&self) -> Json {
        let (op, content) = match self {
            Self::Eq { value, .. } => ("eq", value.write()),
            Self::Ne { value, .. } => ("ne", value.write()),
            Self::Lt { value, .. } => ("lt", value.write()),
            Self::Le { value, .. } => ("le", value.write()),
            Self::Gt { value, .. } => ("gt", value.write()),
            Self::Ge { value, .. } => ("ge", value.write()),
            Self::In { values, .. } => ("in", values.write()),
            Self::NotIn { values, .. } => ("not_in", values.write()),
            Self::Contains { value, .. } => ("contains", value.write()),
            Self::IsMissing { .. } => ("is_missing", Json::Null),
            Self::NotMissing { .. } => ("not_missing", Json::Null),
        };
        let mut json = tagged("op", op);
        json.set("column", self.column().to_owned().write());
        json.set(if matches!(content, Json::List(_)) { "values" } else { "value" }, content);
        json
    }
}

impl Read for ScenarioSpec {
    fn read(json: &mut Json) -> Option<Self> {
        match json.tag("scenario")?.as_str() {
            "ui_experiment" => UiExperimentSpec::read(json).map(Self::UiExperiment),
            _ => None,
        }
    }
}

impl Write for ScenarioSpec {
    fn write(&self) -> Json {
        match self {
            Self::UiExperiment(spec) => with_tag(spec.write(), "scenario", "ui_experiment"),
        }
    }
}

impl Read for TableOrigin {
    fn read(json: &mut Json) -> Option<Self> {
        Some(match json.tag("from")?.as_str() {
            "file" => Self::File { name: json.field("name")? },
            "text" => Self::Text,
            "scenario" => Self::Scenario { spec: json.field("spec")? },
            "join" => Self::Join { left: json.field("left")?, right: json.field("right")? },
            _ => return None,
        })
    }
}

/// An object with its tag, to be filled.
pub fn tagged(name: &str, tag: &str) -> Json {
    with_tag(Json::object(), name, tag)
}

/// A tag goes in front of what an object holds.
pub fn with_tag(mut json: Json, name: &str, tag: &str) -> Json {
    if let Json::Object(members) = &mut json {
        members.insert(0, (name.into(), Json::Text(tag.into())));
    }
    json
}
