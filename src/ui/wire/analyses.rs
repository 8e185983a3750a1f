//! Specs, both ways, and results.

use super::model::{tagged, with_tag};
use super::record::{record, words};
use super::{Json, Read, Write};
use crate::analyses::ab_test::{
    AbTestResult, AbTestSpec, AnalysisUnit, ArmSummary, Comparison, Correction, DailyEffect, Distribution,
    EffectSize, Exposure, FieldNote, LiftInterval, LiftMethod, MeanTest, Metric, MetricMeasure, MetricResult,
    MetricRole, RankTest, SegmentResult, Srm, SrmMethod, UnitOption, Variant,
};
use crate::analyses::chart::{
    Arrange, AxisScale, ChartAxis, ChartBox, ChartCurve, ChartData, ChartField, ChartMark, ChartMeasure,
    ChartOrder, ChartPanel, ChartPoint, ChartResult, ChartSpec, ChartValue, IndexedChart, PlaceKind,
    TimeUnit,
};
use crate::analyses::correlate::{CorrelateResult, CorrelateSpec, CorrelationMethod, Pair};
use crate::analyses::describe::{
    CategorySummary, DescribeGroup, DescribeResult, DescribeSpec, LevelShare, NumberSummary,
};
use crate::analyses::{Alternative, AnalysisResult, Interval, LedgerStep, Severity, Spec, Warning};

words!(Alternative { "two_sided" => TwoSided, "greater" => Greater, "less" => Less });
words!(Severity { "note" => Note, "caution" => Caution, "stop" => Stop });
words!(AnalysisUnit {
    "auto" => Auto,
    "rows" => Rows,
    "unit" => Unit,
    "clustered" => Clustered,
    "first_variant" => FirstVariant,
});
words!(MetricRole { "goal" => Goal, "guardrail" => Guardrail, "secondary" => Secondary });
words!(MeanTest { "welch" => Welch, "student" => Student, "z" => Z });
words!(LiftMethod { "fieller" => Fieller, "delta" => Delta, "log" => Log });
words!(Correction {
    "holm" => Holm,
    "bonferroni" => Bonferroni,
    "benjamini_hochberg" => BenjaminiHochberg,
    "benjamini_yekutieli" => BenjaminiYekutieli,
    "none" => None,
});
words!(SrmMethod { "chi_square" => ChiSquare, "exact_binomial" => ExactBinomial });
words!(CorrelationMethod { "pearson" => Pearson, "spearman" => Spearman });

record!(Interval { low, high });
record!(LedgerStep { step, n_rows });
record!(Warning { code, severity, message, metric });

record!(both AbTestSpec {
    table,
    variant,
    metrics
} or {
    unit,
    control,
    analysis_unit,
    time,
    filter,
    segments,
    expected_split,
    alpha,
    alternative,
    mean_test,
    lift_method,
    correction
});
record!(both Metric { measure, name, role });
record!(AbTestResult {
    spec,
    revision,
    sentence,
    limits,
    variants,
    exposure,
    unit_options,
    srm,
    ledger,
    warnings,
    metrics,
    segments
});
record!(Variant { name, is_control, n_rows, n_units });
record!(Exposure { n_units, n_units_in_several, max_rows_per_unit, n_rows_without_unit });
record!(UnitOption { analysis_unit, is_used, label, difference, interval, p_value });
record!(Srm { counted, observed, expected, method, statistic, df, p_value, is_alert });
record!(MetricResult { metric, name, arms, comparisons, distribution, over_time, notes });
record!(ArmSummary {
    variant,
    n,
    n_rows,
    n_missing,
    estimate,
    interval,
    sd,
    standard_error,
    successes,
    numerator_sum,
    denominator_sum,
    quartiles,
    skewness
});
record!(Comparison {
    variant,
    control,
    difference,
    difference_interval,
    standard_error,
    lift,
    lift_interval,
    test,
    statistic,
    df,
    p_value,
    p_adjusted,
    is_significant,
    effect_size,
    rank_test,
    fisher_p_value,
    sentence,
    apa
});
record!(EffectSize { name, value });
record!(RankTest { u, p_value, probability_of_superiority });
record!(Distribution { edges, counts });
record!(DailyEffect { from, period, variant, n_control, n_variant, difference, interval });
record!(SegmentResult { column, level, n_rows, srm, metrics });
record!(FieldNote { topic, text });

record!(both DescribeSpec { table, columns, by, filter });
record!(DescribeResult { spec, revision, sentence, ledger, warnings, groups });
record!(DescribeGroup { levels, n_rows, numbers, categories });
record!(NumberSummary {
    column,
    n,
    n_missing,
    sum,
    mean,
    mean_interval,
    sd,
    min,
    q1,
    median,
    q3,
    max,
    skewness,
    kurtosis
});
record!(CategorySummary { column, n, n_missing, n_levels, levels });
record!(LevelShare { level, n, share });

record!(both CorrelateSpec { table } or { columns, method, filter, alpha });
record!(CorrelateResult { spec, revision, sentence, ledger, warnings, pairs });
record!(Pair { x, y, n, r, interval, p_value });

words!(ChartMark {
    "auto" => Auto,
    "bar" => Bar,
    "line" => Line,
    "area" => Area,
    "step" => Step,
    "scatter" => Scatter,
    "histogram" => Histogram,
    "density" => Density,
    "ecdf" => Ecdf,
    "qq" => Qq,
    "box" => Box,
    "violin" => Violin,
    "ridgeline" => Ridgeline,
    "strip" => Strip,
    "heat_map" => HeatMap,
    "calendar" => Calendar,
    "lorenz" => Lorenz,
    "funnel" => Funnel,
    "mosaic" => Mosaic,
    "kpi" => Kpi,
});
words!(ChartMeasure {
    "none" => None,
    "count" => Count,
    "count_distinct" => CountDistinct,
    "sum" => Sum,
    "mean" => Mean,
    "median" => Median,
    "min" => Min,
    "max" => Max,
    "share" => Share,
});
words!(TimeUnit {
    "auto" => Auto,
    "year" => Year,
    "quarter" => Quarter,
    "month" => Month,
    "week" => Week,
    "day" => Day,
    "hour" => Hour,
    "month_of_year" => MonthOfYear,
    "weekday" => Weekday,
    "hour_of_day" => HourOfDay,
});
words!(Arrange { "side_by_side" => SideBySide, "stacked" => Stacked, "share" => Share });
words!(ChartOrder { "value" => Value, "name" => Name });
words!(AxisScale { "linear" => Linear, "log" => Log, "symlog" => Symlog });
words!(PlaceKind { "numbers" => Numbers, "categories" => Categories, "times" => Times });
record!(both ChartSpec { table } or {
    mark,
    x,
    y,
    color,
    size,
    facet,
    arrange,
    order,
    top,
    x_scale,
    y_scale,
    filter
});
record!(both ChartField {} or { column, measure, time_unit, bins });
record!(ChartResult {
    spec,
    revision,
    sentence,
    ledger,
    warnings,
    x,
    y,
    value,
    series_label,
    series,
    panels
});
record!(IndexedChart { idx, spec, x, y, value, series_label, series });
record!(ChartAxis { label, scale, names, edges, edges_are_times, is_share, is_count, unit });
record!(ChartPanel { name, n_rows, data });
record!(ChartValue { at, row, series, value, interval, n });
record!(ChartCurve { series, n, x, y, figure });
record!(ChartBox {
    at,
    series,
    n,
    mean,
    five_numbers,
    whiskers,
    outliers,
    n_outliers,
    density_x,
    density_y,
    values
});
record!(ChartPoint { x, y, series, size, row });

impl Read for ChartData {
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        match json.tag("shape").as_str() {
            "values" => Self::Values { values: json.field("values", is_valid) },
            "bins" => {
                Self::Bins { edges: json.field("edges", is_valid), counts: json.field("counts", is_valid) }
            }
            "curves" => Self::Curves { curves: json.field("curves", is_valid) },
            "boxes" => Self::Boxes { boxes: json.field("boxes", is_valid) },
            "points" => Self::Points { points: json.field("points", is_valid) },
            shape => {
                *is_valid &= shape == "cells";
                Self::Cells {
                    x_edges: json.field("x_edges", is_valid),
                    y_edges: json.field("y_edges", is_valid),
                    counts: json.field("counts", is_valid),
                }
            }
        }
    }
}

impl Read for MetricMeasure {
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        match json.tag("type").as_str() {
            "proportion" => Self::Proportion {
                column: json.field("column", is_valid),
                success: json.field("success", is_valid),
            },
            "ratio" => Self::Ratio {
                numerator: json.field("numerator", is_valid),
                denominator: json.field("denominator", is_valid),
            },
            tag => {
                *is_valid &= tag == "mean";
                Self::Mean { column: json.field("column", is_valid) }
            }
        }
    }
}

impl Write for MetricMeasure {
    fn write(&self) -> Json {
        match self {
            Self::Mean { column } => {
                let mut json = tagged("type", "mean");
                json.set("column", column.write());
                json
            }
            Self::Proportion { column, success } => {
                let mut json = tagged("type", "proportion");
                json.set("column", column.write());
                json.set("success", success.write());
                json
            }
            Self::Ratio { numerator, denominator } => {
                let mut json = tagged("type", "ratio");
                json.set("numerator", numerator.write());
                json.set("denominator", denominator.write());
                json
            }
        }
    }
}

impl Read for LiftInterval {
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        match json.tag("type").as_str() {
            "finite" => Self::Finite { interval: json.field("interval", is_valid) },
            "unbounded" => Self::Unbounded,
            tag => {
                *is_valid &= tag == "undefined";
                Self::Undefined
            }
        }
    }
}

impl Read for Spec {
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        match json.tag("kind").as_str() {
            "ab_test" => Self::AbTest(AbTestSpec::read(json, is_valid)),
            "describe" => Self::Describe(DescribeSpec::read(json, is_valid)),
            "chart" => Self::Chart(ChartSpec::read(json, is_valid)),
            kind => {
                *is_valid &= kind == "correlate";
                Self::Correlate(CorrelateSpec::read(json, is_valid))
            }
        }
    }
}

impl Write for Spec {
    fn write(&self) -> Json {
        let content = match self {
            Self::AbTest(spec) => spec.write(),
            Self::Describe(spec) => spec.write(),
            Self::Correlate(spec) => spec.write(),
            Self::Chart(spec) => spec.write(),
        };
        with_tag(content, "kind", self.kind())
    }
}

impl Read for AnalysisResult {
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        match json.tag("kind").as_str() {
            "ab_test" => Self::AbTest(Box::read(json, is_valid)),
            "describe" => Self::Describe(DescribeResult::read(json, is_valid)),
            "chart" => Self::Chart(Box::read(json, is_valid)),
            kind => {
                *is_valid &= kind == "correlate";
                Self::Correlate(CorrelateResult::read(json, is_valid))
            }
        }
    }
}
