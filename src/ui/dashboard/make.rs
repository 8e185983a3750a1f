//! A first good dashboard: what the tables suggest, so that every tile says something and can be changed.

use super::{N_COLUMNS, TileContent};
use crate::analyses::Spec;
use crate::analyses::chart::{ChartField, ChartMark, ChartMeasure, ChartSpec};
use crate::model::{Kind, TableInfo};
use crate::ui::chart_builder::suggest_charts;
use crate::ui::state::{SourceKind, State};

/// Tables that get tiles, the longest first.
const MAX_TABLES: usize = 3;
const MAX_CHARTS: usize = 4;
/// Levels that a filter offers at a glance.
const MAX_LEVELS: usize = 20;

/// Tiles with their columns and rows in the grid.
pub fn tiles(state: &State) -> Vec<(TileContent, (u32, u32))> {
    let mut tables: Vec<&TableInfo> = state.engine.tables.iter().map(|table| &**table).collect();
    // A joined table shows again what its parts show.
    tables.retain(|table| {
        let is_join =
            state.source_of(&table.name).is_some_and(|source| matches!(source.kind, SourceKind::Join { .. }));
        table.n_rows > 0 && !is_join
    });
    tables.sort_by_key(|table| std::cmp::Reverse(table.n_rows));
    tables.truncate(MAX_TABLES);
    let mut found = Vec::new();
    for table in &tables {
        let measure = main_measure(table);
        found.push((kpi(table, ChartField::rows()), (3, 3)));
        if let Some(column) = measure.filter(|_| found.len() < 4) {
            found.push((kpi(table, ChartField::measure(column, ChartMeasure::Mean)), (3, 3)));
        }
    }
    let filters = tables.iter().filter_map(|table| Some((table, filter_column(table)?)));
    for (table, column) in filters.take(2) {
        let content = TileContent::Filter { table: table.name.clone(), column };
        found.push((content, (3, 3)));
    }
    // The row of figures and filters is filled.
    let used: u32 = found.iter().map(|(_, (n_columns, _))| n_columns).sum::<u32>() % N_COLUMNS;
    if let Some((_, (n_columns, _))) = found.last_mut().filter(|_| used > 0) {
        *n_columns += N_COLUMNS - used;
    }
    let n_each = (MAX_CHARTS + tables.len()) / tables.len().max(1);
    for table in &tables {
        for suggestion in suggest_charts(table).into_iter().take(n_each) {
            found.push((TileContent::Analysis(Box::new(Spec::Chart(suggestion.spec))), (6, 8)));
        }
    }
    found
}

fn kpi(table: &TableInfo, figure: ChartField) -> TileContent {
    TileContent::Analysis(Box::new(Spec::Chart(ChartSpec {
        table: table.name.clone(),
        mark: ChartMark::Kpi,
        y: Some(figure),
        ..ChartSpec::default()
    })))
}

/// The measure that the table's own suggestions draw first.
fn main_measure(table: &TableInfo) -> Option<String> {
    let is_number = |name: &str| {
        let column = table.columns.iter().find(|column| column.name == name);
        column.is_some_and(|column| matches!(column.kind, Kind::Continuous | Kind::Count | Kind::Duration))
    };
    let fields = suggest_charts(table).into_iter().flat_map(|found| [found.spec.y, found.spec.x]).flatten();
    fields.map(|field| field.column).find(|name| is_number(name))
}

fn filter_column(table: &TableInfo) -> Option<String> {
    let column = table.columns.iter().find(|column| {
        matches!(column.kind, Kind::Nominal | Kind::Ordinal)
            && (2..=MAX_LEVELS).contains(&column.levels.len())
    });
    column.map(|column| column.name.clone())
}
