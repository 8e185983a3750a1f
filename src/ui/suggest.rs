//! What the page proposes by itself: the first analysis of a table, and the join of two.

use super::chart_builder::suggest_charts;
use super::same_shape;
pub use super::same_shape::offer as stack_offer;
use super::state::{JoinDraft, SourceKind, State};
use crate::analyses::Spec;
use crate::analyses::ab_test::{AbTestSpec, Metric, MetricMeasure, MetricRole};
use crate::analyses::chart::ChartSpec;
use crate::analyses::correlate::CorrelateSpec;
use crate::analyses::describe::DescribeSpec;
use crate::model::{ColumnInfo, JoinHow, Kind, TableInfo};
use std::sync::Arc;

/// Metrics proposed at most: a report that opens by itself should be read at a glance.
const MAX_METRICS: usize = 8;

/// Words that name a column of variants, the surest first.
const VARIANT_WORDS: [&str; 10] = [
    "variant",
    "experiment",
    "ab_group",
    "test_group",
    "group",
    "arm",
    "treatment",
    "bucket",
    "version",
    "cell",
];

/// Words that name the one who was randomised.
const UNIT_WORDS: [&str; 14] = [
    "user",
    "customer",
    "visitor",
    "member",
    "subscriber",
    "viewer",
    "student",
    "player",
    "person",
    "account",
    "client",
    "patient",
    "participant",
    "household",
];

/// Numeric columns whose mean answers no question.
const NOT_METRIC_WORDS: [&str; 9] =
    ["year", "zip", "postcode", "postal", "latitude", "longitude", "index", "rank", "age"];

/// The analysis that a report on these tables opens with.
pub fn first_spec(tables: &[Arc<TableInfo>]) -> Option<Spec> {
    let with_rows = || tables.iter().filter(|table| table.n_rows > 0);
    let experiment = with_rows().find_map(|table| ab_test(table));
    let spec = experiment.map(Spec::AbTest);
    let longest = || with_rows().max_by_key(|table| table.n_rows);
    spec.or_else(|| {
        longest().map(|table| {
            let is_described = |column: &ColumnInfo| column.kind.is_numeric() || column.kind.is_grouping();
            // Of dates, ids and texts alone a description says nothing; a chart counts their rows.
            if table.columns.iter().any(is_described) { describe(table) } else { Spec::Chart(chart(table)) }
        })
    })
}

/// A new analysis of `kind` on the table that the report is about.
pub fn new_spec(state: &State, kind: &str) -> Option<Spec> {
    let table = table_of_interest(state)?;
    match kind {
        "ab_test" => {
            let found =
                ab_test(table).or_else(|| state.engine.tables.iter().find_map(|table| ab_test(table)));
            Some(Spec::AbTest(found.unwrap_or_else(|| empty_ab_test(table))))
        }
        "describe" => Some(describe(table)),
        "chart" => Some(Spec::Chart(chart(table))),
        "correlate" => {
            Some(Spec::Correlate(CorrelateSpec { table: table.name.clone(), ..CorrelateSpec::default() }))
        }
        _ => None,
    }
}

/// The table of the newest analysis, else the longest one.
fn table_of_interest(state: &State) -> Option<&Arc<TableInfo>> {
    let newest = state.document.analyses.iter().rev().find_map(|analysis| state.table(analysis.spec.table()));
    newest.or_else(|| state.engine.tables.iter().max_by_key(|table| table.n_rows))
}

/// An A/B report, where the table has a column that looks like variants and something to measure.
pub fn ab_test(table: &TableInfo) -> Option<AbTestSpec> {
    let variant = variant_column(table)?;
    let unit = unit_column(table, variant);
    let metrics = metrics(table, &variant.name, unit);
    if metrics.is_empty() {
        return None;
    }
    let time = table.columns.iter().find(|column| column.kind.is_time() && !is_about_the_unit(&column.name));
    let mut spec = empty_ab_test(table);
    spec.unit = unit.map(|column| column.name.clone());
    spec.variant.clone_from(&variant.name);
    spec.metrics = metrics;
    spec.time = time.map(|column| column.name.clone());
    Some(spec)
}

fn empty_ab_test(table: &TableInfo) -> AbTestSpec {
    let groups = table.columns.iter().find(|column| column.kind.is_grouping());
    AbTestSpec {
        table: table.name.clone(),
        variant: groups.map(|column| column.name.clone()).unwrap_or_default(),
        ..AbTestSpec::default()
    }
}

/// The chart that the table suggests first.
fn chart(table: &TableInfo) -> ChartSpec {
    let best = suggest_charts(table).into_iter().next().map(|suggestion| suggestion.spec);
    best.unwrap_or_else(|| ChartSpec { table: table.name.clone(), ..ChartSpec::default() })
}

fn describe(table: &TableInfo) -> Spec {
    Spec::Describe(DescribeSpec {
        table: table.name.clone(),
        columns: Vec::new(),
        by: Vec::new(),
        filter: Vec::new(),
    })
}

/// A grouping column of 2 to 5 levels with a telling name, or with telling levels.
pub fn variant_column(table: &TableInfo) -> Option<&ColumnInfo> {
    let could_be = |column: &&ColumnInfo| column.kind.is_grouping() && (2..=5).contains(&column.levels.len());
    let exact = VARIANT_WORDS.iter().find_map(|word| {
        table.columns.iter().filter(could_be).find(|column| column.name.eq_ignore_ascii_case(word))
    });
    let contained = || {
        VARIANT_WORDS.iter().find_map(|word| {
            let has_word = |column: &&ColumnInfo| words_of(&column.name).iter().any(|w| w == word);
            table.columns.iter().filter(could_be).find(has_word)
        })
    };
    let by_levels = || {
        table.columns.iter().filter(could_be).find(|column| {
            let has = |text: &str| column.levels.iter().any(|level| level.eq_ignore_ascii_case(text));
            has("control") || (has("a") && has("b"))
        })
    };
    exact.or_else(contained).or_else(by_levels)
}

/// The column that names who was randomised.
fn unit_column<'a>(table: &'a TableInfo, variant: &ColumnInfo) -> Option<&'a ColumnInfo> {
    let others = || table.columns.iter().filter(|column| column.name != variant.name);
    let own_id = own_id_name(&table.name);
    let named = UNIT_WORDS.iter().find_map(|word| {
        others().find(|column| {
            let words = words_of(&column.name);
            let is_named = words.first().is_some_and(|first| first == word || *first == format!("{word}s"));
            is_named && (column.kind == Kind::Id || words.last().is_some_and(|w| w == "id"))
        })
    });
    // Without a telling name: an id that is not the table's own, so that it can repeat.
    named.or_else(|| others().find(|column| column.kind == Kind::Id && lower(&column.name) != own_id))
}

/// "sessions" has its own id in "session_id".
fn own_id_name(table: &str) -> String {
    let table = lower(table);
    let singular = table.strip_suffix('s').unwrap_or(&table);
    format!("{singular}_id")
}

/// Means first, then shares, then ratios of a share to the one it depends on, then counts.
pub fn metrics(table: &TableInfo, variant: &str, unit: Option<&ColumnInfo>) -> Vec<Metric> {
    let columns = || {
        table.columns.iter().filter(|column| {
            let is_used = column.name == variant || unit.is_some_and(|unit| unit.name == column.name);
            !is_used && is_metric(column)
        })
    };
    let mean = |column: &ColumnInfo| MetricMeasure::Mean { column: column.name.clone() };
    let mut measures = Vec::new();
    measures.extend(
        columns().filter(|column| matches!(column.kind, Kind::Continuous | Kind::Duration)).map(mean),
    );
    for column in columns().filter(|column| column.kind == Kind::Binary) {
        measures.push(MetricMeasure::Proportion { column: column.name.clone(), success: None });
    }
    for numerator in columns() {
        if let Some(denominator) = columns().find(|other| depends_on(numerator, other)) {
            measures.push(MetricMeasure::Ratio {
                numerator: numerator.name.clone(),
                denominator: denominator.name.clone(),
            });
        }
    }
    measures.extend(columns().filter(|column| column.kind == Kind::Count).map(mean));
    measures.truncate(MAX_METRICS);
    let metric = |measure| Metric { name: None, role: MetricRole::Goal, measure };
    measures.into_iter().map(metric).collect()
}

/// A metric of its own for a column, for "add metric".
pub fn measure_of(column: &ColumnInfo) -> MetricMeasure {
    match column.kind {
        Kind::Binary => MetricMeasure::Proportion { column: column.name.clone(), success: None },
        Kind::Nominal | Kind::Ordinal | Kind::Text => MetricMeasure::Proportion {
            column: column.name.clone(),
            success: column.levels.first().cloned().map(crate::model::Value::Text),
        },
        _ => MetricMeasure::Mean { column: column.name.clone() },
    }
}

/// A column whose mean or share answers a question.
pub(super) fn is_metric(column: &ColumnInfo) -> bool {
    let words = words_of(&column.name);
    column.kind.is_numeric()
        && !words.iter().any(|word| NOT_METRIC_WORDS.contains(&word.as_str()) || word == "id")
}

/// `watch_completion` can only follow `watched`: the part begins with the stem of the whole.
fn depends_on(part: &ColumnInfo, whole: &ColumnInfo) -> bool {
    let is_share = matches!(part.kind, Kind::Binary | Kind::Continuous);
    let name = lower(&whole.name);
    let Some(stem) = name.strip_suffix("ed").filter(|stem| stem.len() >= 4) else { return false };
    is_share
        && whole.kind == Kind::Binary
        && part.name != whole.name
        && lower(&part.name).starts_with(&format!("{stem}_"))
}

/// A time that belongs to a user and not to what they did.
pub(super) fn is_about_the_unit(name: &str) -> bool {
    let name = lower(name);
    ["signup", "sign_up", "birth", "registr", "joined"].iter().any(|word| name.contains(word))
}

/// "sessionLength" and "session_length" are "session" and "length". Letters beyond ASCII are letters and
/// stay as they are.
fn words_of(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars() {
        if !is_letter(c) || (c.is_ascii_uppercase() && was_lower) {
            words.push(String::new());
        }
        if is_letter(c)
            && let Some(word) = words.last_mut()
        {
            word.push(c.to_ascii_lowercase());
        }
        was_lower = c.is_ascii_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii()
}

fn lower(name: &str) -> String {
    name.to_ascii_lowercase()
}

/// Two loaded tables that share an id and were neither joined nor declined.
pub fn join_offer(state: &State) -> Option<JoinDraft> {
    let tables: Vec<&Arc<TableInfo>> = state
        .engine
        .tables
        .iter()
        .filter(|table| {
            let source = state.source_of(&table.name);
            source.is_some_and(|source| {
                !matches!(source.kind, SourceKind::Join { .. } | SourceKind::Recipe { .. })
            })
        })
        .collect();
    for (i, a) in tables.iter().enumerate() {
        for b in &tables[i + 1..] {
            if !same_shape::is_alike(a, b)
                && let Some(draft) = join_of(a, b)
                && !is_settled(state, &draft)
            {
                return Some(draft);
            }
        }
    }
    None
}

fn is_settled(state: &State, draft: &JoinDraft) -> bool {
    let is_made = state.document.sources.iter().any(|source| {
        matches!(&source.kind, SourceKind::Join { left, right, .. } if *left == draft.left && *right == draft.right)
    });
    let pair = (draft.left.clone(), draft.right.clone());
    is_made || state.chrome.declined_joins.contains(&pair)
}

/// How two tables would be joined: the one whose own id the key is stands on the right.
pub fn join_of(a: &TableInfo, b: &TableInfo) -> Option<JoinDraft> {
    let is_key = |column: &ColumnInfo| column.kind == Kind::Id || lower(&column.name).ends_with("_id");
    let shared: Vec<&str> = a
        .columns
        .iter()
        .filter(|column| is_key(column) && b.columns.iter().any(|other| other.name == column.name))
        .map(|column| column.name.as_str())
        .collect();
    let owned_by = |table: &TableInfo| {
        let own = own_id_name(&table.name);
        shared.iter().find(|name| lower(name) == own).copied()
    };
    let (left, right, key) = match (owned_by(a), owned_by(b)) {
        (None, Some(key)) => (a, b, key),
        (Some(key), None) => (b, a, key),
        _ => {
            let key = shared.first()?;
            if a.n_rows >= b.n_rows { (a, b, *key) } else { (b, a, *key) }
        }
    };
    Some(JoinDraft {
        left: left.name.clone(),
        right: right.name.clone(),
        left_key: key.into(),
        right_key: key.into(),
        how: JoinHow::Left,
    })
}

/// A free name for the joined table.
pub fn join_name(state: &State, left: &str, right: &str) -> String {
    free_name(&format!("{left}_{right}"), &state.document.table_names())
}

/// The name, or the name with the first free number.
pub fn free_name(name: &str, taken: &[String]) -> String {
    let is_free = |name: &String| !taken.contains(name);
    let name = name.to_owned();
    if is_free(&name) {
        return name;
    }
    (2u32..).map(|n| format!("{name}_{n}")).find(is_free).unwrap_or(name)
}

/// A table name from a file name: "My Sessions (1).csv" is "my_sessions_1", and "a.json.gz" is "a".
pub fn table_name(file_name: &str) -> String {
    let n_name = file_name.len().saturating_sub(3);
    let is_packed = file_name.get(n_name..).is_some_and(|end| end.eq_ignore_ascii_case(".gz"));
    let file_name = if is_packed { file_name.get(..n_name).unwrap_or(file_name) } else { file_name };
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let mut name = String::new();
    for c in stem.chars() {
        if is_letter(c) {
            name.push(c.to_ascii_lowercase());
        } else if !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
    }
    let name = name.trim_end_matches('_');
    if name.is_empty() { "table".into() } else { name.into() }
}
