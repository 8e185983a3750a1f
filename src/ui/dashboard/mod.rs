//! The dashboard: tiles in a grid of twelve columns, and what was picked in them, which filters the others.

pub mod brush;
pub mod make;
pub mod pick;
pub mod through;

use super::command::Effect;
use super::slot::SlotId;
use super::state::{Document, Panel, State, View};
use super::suggest;
use super::update::change;
use crate::analyses::Spec;
use crate::model::Filter;

/// Columns of the grid.
pub const N_COLUMNS: u32 = 12;
/// Rows of the grid that a tile may span, each 40 px high.
pub const MAX_ROWS: u32 = 24;
const MIN_COLUMNS: u32 = 2;
const MIN_ROWS: u32 = 2;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dashboard {
    /// In reading order: each stands where the ones before it leave room.
    pub tiles: Vec<Tile>,
    /// At most one a tile.
    pub picks: Vec<Pick>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Tile {
    /// Of the same count as analyses, so that a tile has options and answers like one.
    pub id: u32,
    pub content: TileContent,
    pub n_columns: u32,
    pub n_rows: u32,
}

#[derive(Debug, Clone, PartialEq)]
pub enum TileContent {
    /// The chart of an analysis.
    Analysis(Box<Spec>),
    Text(String),
    /// A field that filters the other tiles by a column.
    Filter {
        table: String,
        column: String,
    },
}

/// What was chosen in a tile: rows of its table that pass.
#[derive(Debug, Clone, PartialEq)]
pub struct Pick {
    pub tile: u32,
    pub table: String,
    pub filter: Vec<Filter>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum DashboardAct {
    Show,
    /// A chart that is still to be composed.
    AddChart,
    /// The chart of an analysis of the report.
    AddAnalysis(u32),
    AddText,
    AddFilter {
        table: String,
        column: String,
    },
    SetText {
        id: u32,
        text: String,
    },
    Remove(u32),
    /// To a place in the order, from 0.
    Move {
        id: u32,
        to: usize,
    },
    Resize {
        id: u32,
        n_columns: u32,
        n_rows: u32,
    },
    /// What filters the tiles beside this one; empty: nothing.
    Pick {
        id: u32,
        table: String,
        filter: Vec<Filter>,
    },
    /// A range of a tile's x axis begins to be dragged; `whole` is all of that axis.
    BrushBegin {
        id: u32,
        table: String,
        column: String,
        whole: (f64, f64),
    },
    BrushTo {
        id: u32,
        from: f64,
        to: f64,
    },
    /// The range was let go of; what it picks is picked before.
    BrushEnd,
    ClearPicks,
    /// Replaces an empty dashboard by a first good one.
    Make,
}

impl Dashboard {
    pub fn tile(&self, id: u32) -> Option<&Tile> {
        self.tiles.iter().find(|tile| tile.id == id)
    }

    pub fn pick(&self, id: u32) -> Option<&Pick> {
        self.picks.iter().find(|pick| pick.tile == id)
    }
}

impl Tile {
    pub fn spec(&self) -> Option<&Spec> {
        match &self.content {
            TileContent::Analysis(spec) => Some(spec),
            TileContent::Text(_) | TileContent::Filter { .. } => None,
        }
    }
}

pub fn act(state: &mut State, act: DashboardAct) -> Vec<Effect> {
    match act {
        DashboardAct::Show => state.document.view = View::Dashboard,
        DashboardAct::AddChart => {
            let Some(spec) = suggest::new_spec(state, "chart") else { return Vec::new() };
            let id = add(state, "added a chart", TileContent::Analysis(Box::new(spec)), (6, 8));
            state.document.panel = Panel::Analysis(id);
            return vec![Effect::FocusPanel];
        }
        DashboardAct::AddAnalysis(id) => {
            let Some(spec) = state.spec(id).cloned() else { return Vec::new() };
            add(state, "put an analysis on the dashboard", TileContent::Analysis(Box::new(spec)), (6, 8));
            super::answer::notify(state, "It is on the dashboard now.".into(), |notice| {
                notice.offers_undo = true
            });
        }
        DashboardAct::AddText => {
            add(state, "added a text", TileContent::Text(String::new()), (12, 2));
        }
        DashboardAct::AddFilter { table, column } => {
            add(state, "added a filter", TileContent::Filter { table, column }, (3, 3));
        }
        DashboardAct::SetText { id, text } => {
            change(state, "changed a text", Some(format!("text {id}")), |document| {
                if let Some(tile) = tile_mut(document, id) {
                    tile.content = TileContent::Text(text);
                }
            });
        }
        DashboardAct::Remove(id) => {
            change(state, "removed a tile", None, |document| {
                document.dashboard.tiles.retain(|tile| tile.id != id);
                document.dashboard.picks.retain(|pick| pick.tile != id);
                if document.panel == Panel::Analysis(id) {
                    document.panel = Panel::None;
                }
            });
            super::answer::notify(state, "Removed the tile.".into(), |notice| notice.offers_undo = true);
        }
        DashboardAct::Move { id, to } => {
            change(state, "moved a tile", Some(format!("tile {id}")), |document| {
                let tiles = &mut document.dashboard.tiles;
                if let Some(from) = tiles.iter().position(|tile| tile.id == id) {
                    let tile = tiles.remove(from);
                    tiles.insert(to.min(tiles.len()), tile);
                }
            });
        }
        DashboardAct::Resize { id, n_columns, n_rows } => {
            change(state, "resized a tile", Some(format!("tile {id}")), |document| {
                if let Some(tile) = tile_mut(document, id) {
                    tile.n_columns = n_columns.clamp(MIN_COLUMNS, N_COLUMNS);
                    tile.n_rows = n_rows.clamp(MIN_ROWS, MAX_ROWS);
                }
            });
        }
        DashboardAct::Pick { id, table, filter } => {
            change(state, "filtered the dashboard", Some(format!("pick {id}")), |document| {
                let picks = &mut document.dashboard.picks;
                picks.retain(|pick| pick.tile != id);
                if !filter.is_empty() {
                    picks.push(Pick { tile: id, table, filter });
                }
            });
        }
        DashboardAct::BrushBegin { id, table, column, whole } => {
            brush::begin(state, id, table, column, whole)
        }
        DashboardAct::BrushTo { id, from, to } => brush::to(state, id, (from, to)),
        // As any act that is not part of it.
        DashboardAct::BrushEnd => state.engine.brush.now = None,
        DashboardAct::ClearPicks => {
            change(state, "cleared the filters", None, |document| document.dashboard.picks.clear());
        }
        DashboardAct::Make => {
            let contents = make::tiles(state);
            change(state, "made a dashboard", None, |document| {
                for (content, (n_columns, n_rows)) in contents {
                    let id = document.take_id();
                    document.dashboard.tiles.push(Tile { id, content, n_columns, n_rows });
                }
                document.view = View::Dashboard;
            });
        }
    }
    Vec::new()
}

fn add(state: &mut State, label: &str, content: TileContent, (n_columns, n_rows): (u32, u32)) -> u32 {
    let mut new_id = 0;
    change(state, label, None, |document| {
        new_id = document.take_id();
        document.dashboard.tiles.push(Tile { id: new_id, content, n_columns, n_rows });
    });
    new_id
}

fn tile_mut(document: &mut Document, id: u32) -> Option<&mut Tile> {
    document.dashboard.tiles.iter_mut().find(|tile| tile.id == id)
}

/// The tables of the tiles, with the filters that picks mean for each: for counting the rows that are left.
pub fn counted(state: &State) -> Vec<(String, Vec<Filter>)> {
    let dashboard = &state.document.dashboard;
    let mut tables: Vec<&str> =
        dashboard.tiles.iter().filter_map(|tile| Some(tile.spec()?.table())).collect();
    tables.extend(dashboard.picks.iter().map(|pick| pick.table.as_str()));
    tables.sort_unstable();
    tables.dedup();
    let filters =
        |table: &str| dashboard.picks.iter().flat_map(|pick| through::filters(state, table, pick)).collect();
    tables.into_iter().map(|table| (table.to_owned(), filters(table))).collect()
}

/// What the engine is asked for a tile: its spec, with what was picked in the others. The tables that this needs.
pub fn asked(state: &State, tile: &Tile) -> Option<(SlotId, Spec, Vec<String>)> {
    let (spec, tables) = asked_beside(state, tile, tile.id)?;
    Some((SlotId::Analysis(tile.id), spec, tables))
}

/// As [`asked`], without what was picked in one more tile.
fn asked_beside(state: &State, tile: &Tile, beside: u32) -> Option<(Spec, Vec<String>)> {
    let mut spec = tile.spec()?.clone();
    let own = spec.table().to_owned();
    let picks = state.document.dashboard.picks.iter();
    let picks = picks.filter(|pick| pick.tile != tile.id && pick.tile != beside);
    let found: Vec<Filter> = picks.flat_map(|pick| through::filters(state, &own, pick)).collect();
    spec.filter_mut().extend(found);
    let mut tables = vec![own];
    tables.extend(Filter::related_tables(spec.filter_mut()).into_iter().map(str::to_owned));
    Some((spec, tables))
}
