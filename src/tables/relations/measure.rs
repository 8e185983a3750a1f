//! What the rows say of a relation: matches, orphans, fan-out.

use super::keys::own_keys;
use super::names::lead;
use crate::format;
use crate::model::{Cardinality, ColumnOf, EngineError, Relation, RelationEnds, ValueCount};
use crate::pace::Pace;
use crate::tables::Table;
use crate::tables::join_keys::{Chains, NONE, check_keys, matching_keys};

/// Orphans that are named.
const MAX_ORPHANS: usize = 5;

/// Counts what the rows say of given relations. Errors: `unknown_table`, `unknown_column`, and `wrong_kind` where
/// the columns hold different sorts of values; `at.field` names the relation.
pub async fn measure_relations(
    tables: &[&Table],
    relations: &[RelationEnds],
    pace: &Pace,
) -> Result<Vec<Relation>, EngineError> {
    let mut measured = Vec::with_capacity(relations.len());
    for (idx, ends) in relations.iter().enumerate() {
        pace.step(idx as f64 / relations.len() as f64, "counting matches").await?;
        let find = |end: &ColumnOf, side: &str| {
            let at = |error: EngineError| error.at_field(format!("relations[{idx}].{side}"));
            let known: Vec<&str> = tables.iter().map(|table| table.name()).collect();
            let table = tables.iter().find(|table| table.name() == end.table);
            let table = *table.ok_or_else(|| at(EngineError::unknown_table(&end.table, &known)))?;
            Ok((table, table.index_of(&end.column).map_err(at)?))
        };
        let (child, parent) = (find(&ends.from, "from")?, find(&ends.to, "to")?);
        check_keys(child.0, child.1, parent.0, parent.1)
            .map_err(|error| error.at_field(format!("relations[{idx}]")))?;
        measured.push(measure(child, parent)?);
    }
    Ok(measured)
}

/// Counts what the rows say of one column being a key of another. Both hold the same sort of values.
pub(super) fn measure(child: (&Table, usize), parent: (&Table, usize)) -> Result<Relation, EngineError> {
    let (values, parent_values) = (child.0.values_at(child.1)?, parent.0.values_at(parent.1)?);
    let (child_keys, parent_keys) = matching_keys(values, parent_values);
    let parents = Chains::of(&parent_keys).heads;
    let mut n_children = vec![0u32; parents.len()];
    let mut orphan_rows = Vec::new();
    let mut n_missing = 0;
    for (row, key) in child_keys.iter().enumerate() {
        match n_children.get_mut(*key as usize) {
            Some(n) => *n += 1,
            None if values.is_missing(row) => n_missing += 1,
            None => orphan_rows.push(row),
        }
    }
    let (orphans, n_orphan_values) = count_orphans(child, &orphan_rows)?;
    let n_rows = child_keys.len() as u64;
    let n_present = n_rows - n_missing;
    let n_orphan_rows = orphan_rows.len() as u64;
    let n_matched = n_present - n_orphan_rows;
    let n_parents = parents.len() as u64;
    let n_repeated_parents = parents.iter().filter(|(_, n)| *n > 1).count() as u64;
    let repeats = n_children.iter().any(|n| *n > 1) || n_orphan_values < n_orphan_rows;
    let mut relation = Relation {
        from: column_of(child),
        to: column_of(parent),
        cardinality: match (repeats, n_repeated_parents > 0) {
            (true, false) => Cardinality::ManyToOne,
            (false, false) => Cardinality::OneToOne,
            (false, true) => Cardinality::OneToMany,
            (true, true) => Cardinality::ManyToMany,
        },
        n_rows,
        n_missing,
        match_rate: (n_present > 0).then(|| n_matched as f64 / n_present as f64),
        n_orphan_rows,
        n_orphan_values,
        orphans,
        n_parents,
        n_parents_without_children: n_children.iter().filter(|n| **n == 0).count() as u64,
        n_repeated_parents,
        mean_children: (n_parents > 0).then(|| n_matched as f64 / n_parents as f64),
        max_children: n_children.iter().copied().max().map_or(0, u64::from),
        ..Relation::default()
    };
    let is_self = relation.from.table == relation.to.table;
    let lead = lead(&relation.from.column, &relation.to.table, &relation.to.column, is_self);
    relation.confidence = confidence(&relation, lead.score());
    let words = lead.words(&relation.from.column, &relation.to.table, &relation.to.column);
    relation.reason = reason(&relation, &words);
    relation.problems = problems(&relation);
    Ok(relation)
}

fn column_of((table, at): (&Table, usize)) -> ColumnOf {
    ColumnOf { table: table.name().to_owned(), column: table.name_at(at).to_owned() }
}

/// The orphans with most rows, and how many there are.
fn count_orphans(
    (table, at): (&Table, usize),
    rows: &[usize],
) -> Result<(Vec<ValueCount>, u64), EngineError> {
    if rows.is_empty() {
        return Ok((Vec::new(), 0));
    }
    let values = table.values_at(at)?;
    let keys = own_keys(values);
    // By key: rows, and the first of them.
    let mut counts = vec![(0u64, 0usize); keys.iter().filter(|key| **key != NONE).count()];
    for row in rows.iter().rev() {
        if let Some(count) = keys.get(*row).and_then(|key| counts.get_mut(*key as usize)) {
            *count = (count.0 + 1, *row);
        }
    }
    counts.retain(|(n, _)| *n > 0);
    counts.sort_unstable_by_key(|(n, row)| (std::cmp::Reverse(*n), *row));
    let kind = table.meta(at)?.kind;
    let named = counts.iter().take(MAX_ORPHANS);
    let named = named.filter_map(|(n, row)| Some(ValueCount { value: values.display(*row, kind)?, n: *n }));
    Ok((named.collect(), counts.len() as u64))
}

/// Half of it is the name, the rest what the values say; rounded to hundredths.
fn confidence(relation: &Relation, name_score: f64) -> f64 {
    let matches = ((relation.match_rate.unwrap_or(0.0) - 0.5) * 2.0).max(0.0);
    let is_key = if relation.n_repeated_parents == 0 { 1.0 } else { 0.0 };
    ((0.5 * name_score + 0.4 * matches + 0.1 * is_key) * 100.0).round() / 100.0
}

fn reason(relation: &Relation, name: &str) -> String {
    let n_present = relation.n_rows - relation.n_missing;
    let parent = &relation.to.table;
    let values = match relation.match_rate {
        None => "it has no values".into(),
        Some(_) if relation.n_orphan_rows == 0 => format!(
            "{} found in {parent}",
            if n_present == 1 {
                "its one value is".into()
            } else {
                format!("all {} values are", format::count(n_present))
            }
        ),
        Some(rate) => format!(
            "{} of {} values ({}) are found in {parent}",
            format::count(n_present - relation.n_orphan_rows),
            format::count(n_present),
            share(rate)
        ),
    };
    format!("{}; {values}.", capital(name))
}

/// Never 100 % where there are orphans.
fn share(rate: f64) -> String {
    if rate > 0.999 && rate < 1.0 {
        "over 99.9 %".into()
    } else {
        format!("{} %", format::decimals(rate * 100.0, 1))
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    // A column's name stays as it is.
    if !text.starts_with("both ") && !text.starts_with("the name ") {
        return text.into();
    }
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

fn problems(relation: &Relation) -> Vec<String> {
    let (from, to) = (&relation.from, &relation.to);
    let mut problems = Vec::new();
    if relation.n_orphan_rows > 0 {
        let names = if relation.n_orphan_rows == 1 { "names" } else { "name" };
        let rows = format::plural(relation.n_orphan_rows, "row", "rows");
        let article =
            if from.column.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']) { "an" } else { "a" };
        let what = if from.column == to.column {
            format!("that {} does not have", to.table)
        } else {
            format!("that is no {} of {}", to.column, to.table)
        };
        let one_each = relation.n_orphan_rows == relation.n_orphan_values;
        let mut named: Vec<String> = relation
            .orphans
            .iter()
            .map(|orphan| match one_each {
                true => orphan.value.clone(),
                false => format!("{} ({})", orphan.value, format::plural(orphan.n, "row", "rows")),
            })
            .collect();
        let n_more = relation.n_orphan_values - named.len() as u64;
        if n_more > 0 {
            named.push(format!("and {} more", format::plural(n_more, "value", "values")));
        }
        problems.push(format!(
            "{rows} of {} {names} {article} {} {what}: {}.",
            from.table,
            from.column,
            named.join(", ")
        ));
    }
    if relation.n_repeated_parents > 0 {
        let stand = if relation.n_repeated_parents == 1 { "stands" } else { "stand" };
        problems.push(format!(
            "{} of {} {stand} in several rows of {}: a join repeats rows of {}, and it cannot be a foreign key.",
            format::plural(relation.n_repeated_parents, "value", "values"),
            to.column,
            to.table,
            from.table
        ));
    }
    problems
}
