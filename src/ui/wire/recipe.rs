//! Recipes and the reports of their steps.

use super::model::{tagged, with_tag};
use super::record::{record, words};
use super::{Json, Read, Write};
use crate::model::{
    Aggregate, AggregateFunction, CastStep, CellExample, ColumnsStep, ConcatenateStep, DeriveStep,
    DropDuplicatesStep, DropMissingStep, Fill, FillMissingStep, FilterStep, GroupStep, JoinKey, JoinStep,
    Keep, Limits, LimitsStep, MissingIn, Others, PivotStep, Recipe, RecipeReport, RecipeStep, RecodeStep,
    RenameStep, SampleStep, SortStep, SplitStep, Step, StepProblem, StepReport, UnpivotStep,
};

words!(Keep { "first" => First, "last" => Last });
words!(MissingIn { "any" => Any, "all" => All });
words!(AggregateFunction {
    "n" => N,
    "n_unique" => NUnique,
    "sum" => Sum,
    "mean" => Mean,
    "median" => Median,
    "sd" => Sd,
    "min" => Min,
    "max" => Max,
    "quantile" => Quantile,
    "first" => First,
    "last" => Last,
    "share_true" => ShareTrue,
});

record!(both Recipe { table, steps, into, dry_run });
record!(both FilterStep { conditions, expression });
record!(both DropDuplicatesStep { columns, keep });
record!(both DropMissingStep { columns, when });
record!(both FillMissingStep { columns, with, by });
record!(both LimitsStep { columns, limits });
record!(both CastStep { column, kind });
record!(both RenameStep { names });
record!(both RecodeStep { column, map, others });
record!(both SplitStep { column, separator, into });
record!(both DeriveStep { column, expression });
record!(both GroupStep { by, aggregates });
record!(both Aggregate { name, function, column, q });
record!(both PivotStep { by, names_from, values_from, function, q, prefix });
record!(both UnpivotStep { columns, names_to, values_to });
record!(both JoinStep { table, keys, how });
record!(both JoinKey { left, right });
record!(both ConcatenateStep { tables, source });
record!(both SortStep { by });
record!(both SampleStep { n, share, seed });
record!(both ColumnsStep { columns });

record!(RecipeReport { n_rows_before, n_rows_after, columns, steps, duration_ms });
record!(StepReport {
    step,
    enabled,
    n_rows_before,
    n_rows_after,
    columns_added,
    columns_removed,
    n_cells_changed,
    duration_ms,
    problems
});
record!(StepProblem { column, message, n, examples });
record!(CellExample { row, text });

impl Read for RecipeStep {
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        let enabled = !json.has("enabled") || json.field("enabled", is_valid);
        Self { enabled, step: Step::read(json, is_valid) }
    }
}

impl Write for RecipeStep {
    fn write(&self) -> Json {
        let mut json = self.step.write();
        json.set("enabled", self.enabled.write());
        json
    }
}

impl Read for Step {
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        match json.tag("step").as_str() {
            "filter" => Self::Filter(Read::read(json, is_valid)),
            "drop_duplicates" => Self::DropDuplicates(Read::read(json, is_valid)),
            "drop_missing" => Self::DropMissing(Read::read(json, is_valid)),
            "fill_missing" => Self::FillMissing(Read::read(json, is_valid)),
            "cap" => Self::Cap(Read::read(json, is_valid)),
            "remove_outliers" => Self::RemoveOutliers(Read::read(json, is_valid)),
            "cast" => Self::Cast(Read::read(json, is_valid)),
            "rename" => Self::Rename(Read::read(json, is_valid)),
            "recode" => Self::Recode(Read::read(json, is_valid)),
            "split" => Self::Split(Read::read(json, is_valid)),
            "derive" => Self::Derive(Read::read(json, is_valid)),
            "group" => Self::Group(Read::read(json, is_valid)),
            "pivot" => Self::Pivot(Read::read(json, is_valid)),
            "unpivot" => Self::Unpivot(Read::read(json, is_valid)),
            "join" => Self::Join(Read::read(json, is_valid)),
            "concatenate" => Self::Concatenate(Read::read(json, is_valid)),
            "sort" => Self::Sort(Read::read(json, is_valid)),
            "sample" => Self::Sample(Read::read(json, is_valid)),
            "select" => Self::Select(Read::read(json, is_valid)),
            step => {
                *is_valid &= step == "drop_columns";
                Self::DropColumns(Read::read(json, is_valid))
            }
        }
    }
}

impl Write for Step {
    fn write(&self) -> Json {
        let json = match self {
            Self::Filter(step) => step.write(),
            Self::DropDuplicates(step) => step.write(),
            Self::DropMissing(step) => step.write(),
            Self::FillMissing(step) => step.write(),
            Self::Cap(step) | Self::RemoveOutliers(step) => step.write(),
            Self::Cast(step) => step.write(),
            Self::Rename(step) => step.write(),
            Self::Recode(step) => step.write(),
            Self::Split(step) => step.write(),
            Self::Derive(step) => step.write(),
            Self::Group(step) => step.write(),
            Self::Pivot(step) => step.write(),
            Self::Unpivot(step) => step.write(),
            Self::Join(step) => step.write(),
            Self::Concatenate(step) => step.write(),
            Self::Sort(step) => step.write(),
            Self::Sample(step) => step.write(),
            Self::Select(step) | Self::DropColumns(step) => step.write(),
        };
        with_tag(json, "step", self.name())
    }
}

impl Read for Fill {
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        if json.has("constant") {
            return Self::Constant(json.field("constant", is_valid));
        }
        match json.as_word() {
            "mean" => Self::Mean,
            "median" => Self::Median,
            "mode" => Self::Mode,
            "previous" => Self::Previous,
            word => {
                *is_valid &= word == "next";
                Self::Next
            }
        }
    }
}

impl Write for Fill {
    fn write(&self) -> Json {
        let word = match self {
            Self::Constant(value) => {
                let mut json = Json::object();
                json.set("constant", value.write());
                return json;
            }
            Self::Mean => "mean",
            Self::Median => "median",
            Self::Mode => "mode",
            Self::Previous => "previous",
            Self::Next => "next",
        };
        Json::Text(word.into())
    }
}

impl Read for Others {
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        if json.has("text") {
            return Self::Text(json.field("text", is_valid));
        }
        match json.as_word() {
            "missing" => Self::Missing,
            word => {
                *is_valid &= word == "keep" || *json == Json::Null;
                Self::Keep
            }
        }
    }
}

impl Write for Others {
    fn write(&self) -> Json {
        match self {
            Self::Keep => Json::Text("keep".into()),
            Self::Missing => Json::Text("missing".into()),
            Self::Text(text) => {
                let mut json = Json::object();
                json.set("text", text.write());
                json
            }
        }
    }
}

impl Read for Limits {
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        match json.tag("method").as_str() {
            "percentile" => {
                Self::Percentile { low: json.field("low", is_valid), high: json.field("high", is_valid) }
            }
            "iqr" => Self::Iqr { factor: json.field("factor", is_valid) },
            method => {
                *is_valid &= method == "mad";
                Self::Mad { factor: json.field("factor", is_valid) }
            }
        }
    }
}

impl Write for Limits {
    fn write(&self) -> Json {
        match self {
            Self::Percentile { low, high } => {
                let mut json = tagged("method", "percentile");
                json.set("low", low.write());
                json.set("high", high.write());
                json
            }
            Self::Iqr { factor } => {
                let mut json = tagged("method", "iqr");
                json.set("factor", factor.write());
                json
            }
            Self::Mad { factor } => {
                let mut json = tagged("method", "mad");
                json.set("factor", factor.write());
                json
            }
        }
    }
}
