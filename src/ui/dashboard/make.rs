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
    fill(&mut found);
    let n_each = (MAX_CHARTS + tables.len()) / tables.len().max(1);
    for table in &tables {
        let mut charts: Vec<(TileContent, (u32, u32))> = Vec::new();
        for suggestion in suggest_charts(table).into_iter().take(n_each) {
            let n_rows = n_rows(&suggestion.spec, table);
            charts.push((TileContent::Analysis(Box::new(Spec::Chart(suggestion.spec))), (6, n_rows)));
        }
        for pair in charts.chunks_mut(2) {
            // Two beside each other are of one height; one alone has the whole width.
            let highest = pair.iter().map(|(_, (_, n_rows))| *n_rows).max().unwrap_or(8);
            let n_columns = N_COLUMNS / pair.len() as u32;
            pair.iter_mut().for_each(|(_, size)| *size = (n_columns, highest));
        }
        found.extend(charts);
    }
    found
}

/// Tiles of a first row take its whole width together; the last ones are the wider.
fn fill(tiles: &mut [(TileContent, (u32, u32))]) {
    let n = tiles.len() as u32;
    let n_in_row = n.clamp(1, 6);
    for (idx, (_, (n_columns, _))) in (0..n).zip(tiles.iter_mut()) {
        let is_wider = idx % n_in_row >= n_in_row - N_COLUMNS % n_in_row;
        *n_columns = N_COLUMNS / n_in_row + u32::from(is_wider);
    }
}

/// Rows of the grid that a chart needs to be seen whole.
fn n_rows(spec: &ChartSpec, table: &TableInfo) -> u32 {
    let n_levels = |field: &Option<ChartField>| {
        let column = table
            .columns
            .iter()
            .find(|column| field.as_ref().is_some_and(|field| field.column == column.name));
        column.map(|column| column.levels.len()).filter(|n| *n > 0)
    };
    let height_px = match spec.mark {
        ChartMark::HeatMap => n_levels(&spec.y).map(|n| 160.0 + 46.0 * n.min(20) as f64),
        _ => n_levels(&spec.x).map(|n| 150.0 + 28.0 * n.min(20) as f64),
    };
    height_px.map_or(8, |px| (px / 48.0).ceil().clamp(5.0, 14.0) as u32)
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
