//! Files of one shape: the offer to put their rows into one table, with a column that names the file.

use super::answer::notify;
use super::state::{DataSource, SourceKind, State};
use super::suggest::free_name;
use super::update::{change, set_table};
use crate::format;
use crate::model::{ColumnInfo, ConcatenateStep, Kind, Others, RecipeStep, RecodeStep, Step, TableInfo};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Tables with other columns are nearly of a shape where they lack at most so many,
const MAX_LACKING: usize = 2;
/// and share at least so many times as many.
const MIN_SHARED_TIMES: usize = 4;

/// Tables to put below each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Stack {
    /// In the order of the data; the first one's columns come first.
    pub tables: Vec<String>,
    /// What the new column calls the rows of each table: its file, where that makes no other table.
    pub labels: Vec<String>,
    pub n_rows: u64,
    /// Columns that some tables have and this one does not.
    pub lacking: Vec<(String, Vec<String>)>,
    /// The new column.
    pub column: String,
    /// The new table.
    pub into: String,
}

/// The first tables of files that have the same columns, or nearly, and were neither put together nor declined.
pub fn offer(state: &State) -> Option<Stack> {
    let tables: Vec<&Arc<TableInfo>> =
        state.engine.tables.iter().filter(|table| file_of(state, &table.name).is_some()).collect();
    tables.iter().enumerate().find_map(|(i, first)| {
        let mut group = vec![*first];
        group.extend(tables[i + 1..].iter().filter(|other| is_alike(first, other)));
        let names: Vec<String> = group.iter().map(|table| table.name.clone()).collect();
        let is_settled = |known: &[String]| names.iter().all(|name| known.contains(name));
        let is_open = group.len() > 1
            && !state.chrome.declined_stacks.iter().any(|known| is_settled(known))
            && !state.document.sources.iter().filter_map(parts).any(|known| is_settled(&known));
        is_open.then(|| stack(state, &group))
    })
}

/// The file, where a file makes the table.
fn file_of<'a>(state: &'a State, table: &str) -> Option<&'a DataSource> {
    state.source_of(table).filter(|source| matches!(source.kind, SourceKind::File { .. }))
}

/// The tables that a recipe puts below each other in its first step.
fn parts(source: &DataSource) -> Option<Vec<String>> {
    let SourceKind::Recipe { table, steps, .. } = &source.kind else { return None };
    match &steps.first()?.step {
        Step::Concatenate(step) => Some([table].into_iter().chain(&step.tables).cloned().collect()),
        _ => None,
    }
}

/// Every column of the one is in the other, and can stand below it; at most two are not.
pub fn is_alike(a: &TableInfo, b: &TableInfo) -> bool {
    let pairs: Vec<(&ColumnInfo, &ColumnInfo)> =
        a.columns.iter().filter_map(|column| Some((column, like(b, &column.name)?))).collect();
    let n_lacking = (a.columns.len() - pairs.len()).max(b.columns.len().saturating_sub(pairs.len()));
    // What stands in one table alone may be what the tables have for each other: a join then says more.
    let is_shape =
        n_lacking == 0 || (n_lacking <= MAX_LACKING && pairs.len() >= MIN_SHARED_TIMES * n_lacking);
    !pairs.is_empty() && is_shape && pairs.iter().all(|(one, other)| fits(one, other))
}

fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

fn like<'a>(table: &'a TableInfo, name: &str) -> Option<&'a ColumnInfo> {
    table.columns.iter().find(|column| key(&column.name) == key(name))
}

/// Binary columns hold numbers or words, and the two do not mix.
fn fits(a: &ColumnInfo, b: &ColumnInfo) -> bool {
    let is_words =
        |column: &ColumnInfo| column.levels.iter().any(|level| level.trim().parse::<f64>().is_err());
    let can_mix = match (a.kind, b.kind) {
        (Kind::Binary, Kind::Binary) => is_words(a) == is_words(b),
        (Kind::Binary, Kind::Nominal) | (Kind::Nominal, Kind::Binary) => is_words(a) && is_words(b),
        (Kind::Binary, _) => !is_words(a),
        (_, Kind::Binary) => !is_words(b),
        _ => true,
    };
    can_mix && a.kind.with(b.kind).is_some()
}

fn stack(state: &State, group: &[&Arc<TableInfo>]) -> Stack {
    let mut names: Vec<&str> = Vec::new();
    for column in group.iter().flat_map(|table| &table.columns) {
        if !names.iter().any(|name| key(name) == key(&column.name)) {
            names.push(&column.name);
        }
    }
    let lacks = |table: &&Arc<TableInfo>| {
        let lacking: Vec<String> =
            names.iter().filter(|name| like(table, name).is_none()).map(|name| (*name).to_owned()).collect();
        (!lacking.is_empty()).then(|| (table.name.clone(), lacking))
    };
    let label = |table: &&Arc<TableInfo>| {
        let source = file_of(state, &table.name);
        let is_alone =
            |source: &&DataSource| state.engine.made.get(&source.id).is_some_and(|made| made.len() == 1);
        source.filter(is_alone).map_or_else(|| table.name.clone(), DataSource::label)
    };
    let tables: Vec<String> = group.iter().map(|table| table.name.clone()).collect();
    let taken: Vec<String> = names.iter().map(|name| key(name)).collect();
    let mut taken_tables = state.document.table_names();
    taken_tables.extend(state.table_names().into_iter().map(str::to_owned));
    Stack {
        labels: group.iter().map(label).collect(),
        n_rows: group.iter().map(|table| table.n_rows).sum(),
        lacking: group.iter().filter_map(lacks).collect(),
        column: free_name("source_file", &taken),
        into: free_name(&shared_name(&tables), &taken_tables),
        tables,
    }
}

/// "views" of "views_jan" and "views_feb"; "a_all" of "a" and "b".
fn shared_name(tables: &[String]) -> String {
    let first = tables.first().map_or("", String::as_str);
    let n_shared = |other: &String| first.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let n = tables.iter().map(n_shared).min().unwrap_or(0);
    // The name breaks off between words alone.
    let ends_word = |table: &String| table.len() == n || table.as_bytes().get(n) == Some(&b'_');
    let prefix = first.get(..n).unwrap_or_default();
    let prefix = if tables.iter().all(ends_word) {
        prefix
    } else {
        prefix.rsplit_once('_').map_or("", |(words, _)| words)
    };
    match prefix.trim_end_matches('_') {
        "" => format!("{first}_all"),
        prefix => prefix.to_owned(),
    }
}

/// "The files a.csv and b.csv have the same columns. Put their 200 rows into one table?"
pub fn sentence(stack: &Stack) -> String {
    let rows = format::plural(stack.n_rows, "row", "rows");
    let files = listed(&stack.labels);
    if stack.lacking.is_empty() {
        return format!("{files} have the same columns. Put their {rows} into one table?");
    }
    let lacking = stack.lacking.iter().map(|(table, columns)| {
        let label = stack.tables.iter().zip(&stack.labels).find(|(name, _)| *name == table);
        format!("{} lacks {}", label.map_or(table, |(_, label)| label), listed(columns))
    });
    let lacking: Vec<String> = lacking.collect();
    format!(
        "{files} have nearly the same columns: {}. Put their {rows} into one table, with these cells missing?",
        lacking.join("; ")
    )
}

fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

/// Makes the table; analyses of its parts go on with it. Where some of the parts were put together before and nothing
/// else was done with them, that table grows.
pub fn apply(state: &mut State, stack: Stack) {
    let Stack { tables, labels, n_rows, column, into, .. } = stack;
    let Some((first, others)) = tables.split_first() else { return };
    let concatenate = ConcatenateStep { tables: others.to_vec(), source: Some(column.clone()) };
    let renamed: BTreeMap<String, String> = tables
        .iter()
        .zip(&labels)
        .filter(|(table, label)| table != label)
        .map(|(table, label)| (table.clone(), label.clone()))
        .collect();
    let mut steps: Vec<RecipeStep> = vec![Step::Concatenate(concatenate).into()];
    if !renamed.is_empty() {
        let recode = RecodeStep { column: column.clone(), map: renamed, others: Others::default() };
        steps.push(Step::Recode(recode).into());
    }
    let mut made = into.clone();
    change(state, "put files into one table", None, |document| {
        let is_part = |source: &DataSource| {
            let known = parts(source)?;
            let SourceKind::Recipe { table, steps, .. } = &source.kind else { return None };
            let is_plain = steps.len() <= 2 && table == first;
            (is_plain && known.iter().all(|name| tables.contains(name))).then_some(source.id)
        };
        let grown = document.sources.iter().find_map(is_part);
        match document
            .sources
            .iter_mut()
            .find(|source| Some(source.id) == grown)
            .map(|source| &mut source.kind)
        {
            Some(SourceKind::Recipe { steps: known, into, .. }) => {
                *known = steps;
                made.clone_from(into);
            }
            _ => {
                let id = document.take_id();
                let kind = SourceKind::Recipe { table: first.clone(), steps, into };
                document.sources.push(DataSource { id, kind });
            }
        }
        for analysis in &mut document.analyses {
            if tables.iter().any(|table| table == analysis.spec.table()) {
                set_table(&mut analysis.spec, &made);
            }
        }
    });
    let rows = format::plural(n_rows, "row", "rows");
    let n = tables.len();
    let text =
        format!("Put {n} tables into {made}: {rows}, with their file in {column}. Analyses now use it.");
    notify(state, text, |notice| notice.offers_undo = true);
}
