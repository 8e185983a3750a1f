//! Tables, files, joins, worlds and errors.

use super::record::{record, words};
use super::{Json, Read, Write};
use crate::model::{
    Bar, ColumnBars, ColumnInfo, ColumnProfile, ColumnReport, DateOrder, DecimalMark, Encoding, EngineError,
    ErrorCode, Escape, Example, FileFormat, Filter, FoundTable, HistogramBin, ImportOptions, JoinHow,
    JoinReport, Kind, LineEnding, NumberProfile, Page, ParseReport, Place, Problem, ProblemCode, RunnerUp,
    ScenarioSpec, SortKey, TableBars, TableInfo, TableOrigin, TableProfile, TokenCount, Truth, TruthQuantity,
    UiExperimentSpec, Value, ValueCount,
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
    "unknown_index" => UnknownIndex,
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
words!(Escape { "doubled" => Doubled, "backslash" => Backslash });
words!(FileFormat {
    "delimited" => Delimited,
    "json" => Json,
    "json_lines" => JsonLines,
    "xlsx" => Xlsx,
});
words!(DateOrder { "ymd" => Ymd, "dmy" => Dmy, "mdy" => Mdy });
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
    "preamble" => Preamble,
    "footnote" => Footnote,
    "other_table" => OtherTable,
    "repaired_row" => RepairedRow,
    "trailing_delimiter" => TrailingDelimiter,
    "empty_file" => EmptyFile,
    "bad_line" => BadLine,
    "repeated_key" => RepeatedKey,
    "mixed_units" => MixedUnits,
    "other_date_order" => OtherDateOrder,
});
words!(JoinHow { "left" => Left, "inner" => Inner });
words!(TruthQuantity { "difference" => Difference, "lift" => Lift });

record!(EngineError { code, message, at, hint });
record!(TableInfo { name, revision, n_rows, columns, origin });
record!(ColumnInfo { name, kind, n_missing, levels, unit });
record!(both SortKey { column, descending });
record!(Page { table, revision, columns, n_rows, n_rows_filtered, offset, rows });
record!(both ImportOptions {} or {
    encoding,
    delimiter,
    quote,
    escape,
    header,
    header_rows,
    first_line,
    table,
    decimal_mark,
    date_order,
    missing_tokens,
    kinds
});
record!(ParseReport {
    file_name,
    n_bytes,
    format,
    compressed,
    encoding,
    delimiter,
    quote,
    escape,
    line_ending,
    has_header,
    n_header_rows,
    first_line,
    tables,
    table,
    runner_up,
    n_rows,
    n_rows_changed,
    n_rows_padded,
    n_rows_cut,
    n_cells_cut,
    n_rows_repaired,
    columns,
    problems,
    n_problems
});
record!(FoundTable { first_line, n_columns });
record!(RunnerUp { delimiter, quote, score_ratio });
record!(ColumnReport {
    name,
    kind,
    reason,
    n_missing,
    n_coerced,
    n_padded,
    n_repaired,
    unit,
    missing_tokens,
    examples
});
record!(TokenCount { token, n });
record!(Example { line, raw, parsed });
record!(Problem { line, column, code, raw, action });
record!(TableBars { table, n_rows, n_rows_filtered, columns });
record!(ColumnBars { name, kind, n_unique, bars });
record!(Bar { from, to, n_all, n });
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
record!(both UiExperimentSpec {} or {
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
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        Self {
            table: json.field("table", is_valid),
            column: json.field("column", is_valid),
            file: json.field("file", is_valid),
            line: json.field("line", is_valid),
            field: json.field("field", is_valid),
            position: json.field("position", is_valid),
        }
    }
}

impl Read for Value {
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        match json {
            Json::Bool(value) => Self::Bool(*value),
            Json::Number(value) => Self::Number(*value),
            json => Self::Text(String::read(json, is_valid)),
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
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        let op = json.tag("op");
        if op == "related" {
            return Self::Related {
                column: json.field("column", is_valid),
                table: json.field("table", is_valid),
                key: json.field("key", is_valid),
                filter: json.field("filter", is_valid),
            };
        }
        let column = json.field("column", is_valid);
        let mut content = json.take(if op == "in" || op == "not_in" { "values" } else { "value" });
        match op.as_str() {
            "eq" => Self::Eq { column, value: Value::read(&mut content, is_valid) },
            "ne" => Self::Ne { column, value: Value::read(&mut content, is_valid) },
            "lt" => Self::Lt { column, value: Value::read(&mut content, is_valid) },
            "le" => Self::Le { column, value: Value::read(&mut content, is_valid) },
            "gt" => Self::Gt { column, value: Value::read(&mut content, is_valid) },
            "ge" => Self::Ge { column, value: Value::read(&mut content, is_valid) },
            "in" => Self::In { column, values: Vec::read(&mut content, is_valid) },
            "not_in" => Self::NotIn { column, values: Vec::read(&mut content, is_valid) },
            "contains" => Self::Contains { column, value: String::read(&mut content, is_valid) },
            "is_missing" => Self::IsMissing { column },
            op => {
                *is_valid &= op == "not_missing";
                Self::NotMissing { column }
            }
        }
    }
}

impl Write for Filter {
    fn write(&self) -> Json {
        if let Self::Related { column, table, key, filter } = self {
            let mut json = tagged("op", "related");
            json.set("column", column.write());
            json.set("table", table.write());
            json.set("key", key.write());
            json.set("filter", filter.write());
            return json;
        }
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
            Self::NotMissing { .. } | Self::Related { .. } => ("not_missing", Json::Null),
        };
        let mut json = tagged("op", op);
        json.set("column", self.column().to_owned().write());
        json.set(if matches!(content, Json::List(_)) { "values" } else { "value" }, content);
        json
    }
}

impl Read for ScenarioSpec {
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        *is_valid &= json.tag("scenario") == "ui_experiment";
        Self::UiExperiment(UiExperimentSpec::read(json, is_valid))
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
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        match json.tag("from").as_str() {
            "file" => Self::File { name: json.field("name", is_valid) },
            "scenario" => Self::Scenario { spec: json.field("spec", is_valid) },
            "recipe" => Self::Recipe { table: json.field("table", is_valid) },
            "join" => Self::Join { left: json.field("left", is_valid), right: json.field("right", is_valid) },
            from => {
                *is_valid &= from == "text";
                Self::Text
            }
        }
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
