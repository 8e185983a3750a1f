//! A range that is being dragged in a tile. The engine makes the other tiles ready for it once; then each move is answered
//! in a few milliseconds, without intervals. Exact results come when the range is let go of and becomes a pick.

use super::{DashboardAct, asked_beside};
use crate::analyses::chart::{ChartPanel, ChartResult, ChartSpec, IndexedChart};
use crate::analyses::{AnalysisResult, Spec};
use crate::protocol::Request;
use crate::ui::command::Command;
use crate::ui::list_map::ListMap;
use crate::ui::slot::{Slot, SlotId};
use crate::ui::state::{State, View};
use std::sync::Arc;

/// Bins that an axis is divided into: about one for two pixels of a wide tile.
const N_BINS: u32 = 512;

/// What the page knows of ranges that are dragged.
#[derive(Debug, Clone, Default)]
pub struct BrushView {
    /// The one that is under way.
    pub now: Option<Brush>,
    /// The number of the index that the engine keeps.
    pub index: u64,
    /// Its charts.
    pub charts: Vec<IndexedChart>,
    /// By tile: what is shown in place of the last exact result, until there is a new one.
    pub provisional: ListMap<u32, Arc<AnalysisResult>>,
}

/// A range of a tile's x axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Brush {
    pub tile: u32,
    pub table: String,
    pub column: String,
    /// All of the axis that is on view.
    pub whole: (f64, f64),
    /// The newest range.
    pub range: Option<(f64, f64)>,
}

impl BrushView {
    pub fn is_of(&self, tile: u32) -> bool {
        self.now.as_ref().is_some_and(|brush| brush.tile == tile)
    }
}

/// Commands that a brush outlives; anything else that the user does ends it.
pub fn goes_on(command: &Command) -> bool {
    matches!(
        command,
        Command::Dashboard(
            DashboardAct::BrushBegin { .. } | DashboardAct::BrushTo { .. } | DashboardAct::Pick { .. }
        )
    )
}

pub fn begin(state: &mut State, tile: u32, table: String, column: String, whole: (f64, f64)) {
    // Each brush is a step of undo of its own.
    state.history.end_gesture();
    state.engine.brush.now = Some(Brush { tile, table, column, whole, range: None });
}

pub fn to(state: &mut State, tile: u32, range: (f64, f64)) {
    if let Some(brush) = state.engine.brush.now.as_mut().filter(|brush| brush.tile == tile) {
        brush.range = Some(range);
    }
}

/// The charts beside the one that is brushed, with their filters and the tables that these need.
fn beside(state: &State, brush: &Brush) -> Vec<(u32, ChartSpec, Vec<String>)> {
    let tiles = state.document.dashboard.tiles.iter().filter(|tile| tile.id != brush.tile);
    tiles
        .filter_map(|tile| match asked_beside(state, tile, brush.tile)? {
            (Spec::Chart(spec), tables) if spec.table == brush.table => Some((tile.id, spec, tables)),
            _ => None,
        })
        .collect()
}

/// The request that makes the charts beside ready, with the tables that it needs.
pub fn open(state: &State) -> Option<(Request, Vec<String>)> {
    let brush = state.engine.brush.now.as_ref().filter(|_| state.document.view == View::Dashboard)?;
    let charts = beside(state, brush);
    if charts.is_empty() {
        return None;
    }
    let mut tables = vec![brush.table.clone()];
    tables.extend(charts.iter().flat_map(|(_, _, tables)| tables.iter().cloned()));
    tables.sort_unstable();
    tables.dedup();
    let request = Request::BrushOpen {
        table: brush.table.clone(),
        column: brush.column.clone(),
        from: brush.whole.0,
        to: brush.whole.1,
        n_bins: N_BINS,
        specs: charts.into_iter().map(|(_, spec, _)| spec).collect(),
    };
    Some((request, tables))
}

/// The newest range, once the charts are ready.
pub fn moved(state: &State) -> Option<Request> {
    let brush = &state.engine.brush;
    let (from, to) = brush.now.as_ref()?.range?;
    (!brush.charts.is_empty()).then_some(Request::BrushTo { index: brush.index, from, to })
}

/// The panels of a range: shown at once, in place of what each tile showed.
pub fn moved_to(state: &mut State, index: u64, panels: Vec<Vec<ChartPanel>>) {
    let Some(brush) = state.engine.brush.now.as_ref().filter(|_| state.engine.brush.index == index) else {
        return;
    };
    let tiles: Vec<u32> = beside(state, brush).into_iter().map(|(id, ..)| id).collect();
    let revision = state.table(&brush.table).map_or(0, |table| table.revision);
    let view = &mut state.engine.brush;
    for (chart, panels) in view.charts.iter().zip(panels) {
        if let Some(id) = tiles.get(chart.idx as usize) {
            let result = AnalysisResult::Chart(Box::new(result(chart, panels, revision)));
            view.provisional.insert(*id, Arc::new(result));
        }
    }
}

/// A result without words: they would be about other rows.
fn result(chart: &IndexedChart, panels: Vec<ChartPanel>, revision: u64) -> ChartResult {
    ChartResult {
        spec: chart.spec.clone(),
        revision,
        sentence: String::new(),
        ledger: Vec::new(),
        warnings: Vec::new(),
        x: chart.x.clone(),
        y: chart.y.clone(),
        value: chart.value.clone(),
        series_label: chart.series_label.clone(),
        series: chart.series.clone(),
        panels,
    }
}

/// Once nothing is dragged, what is shown for the moment goes as soon as a tile's own answer is the one that is wanted.
pub fn settle(state: &mut State) {
    let engine = &mut state.engine;
    if engine.brush.now.is_some() || engine.brush.provisional.is_empty() {
        return;
    }
    let (slots, dashboard) = (&engine.slots, &state.document.dashboard);
    let is_exact = |id: &u32| slots.get(&SlotId::Analysis(*id)).is_some_and(Slot::is_current);
    engine.brush.provisional.retain(|(id, _)| dashboard.tile(*id).is_some() && !is_exact(id));
}
