//! The state of the page: one plain value, changed by [`super::update::update`] alone.
//!
//! It has three parts. The [`Document`] is what the user made (data, analyses, what is open): undo
//! restores it and a link carries it. The [`EngineView`] is what the page knows of the engine. The
//! [`Chrome`] is the rest: settings, dialogs, the line of notice. What is kept on this device is known to
//! [`super::kept`].

use super::command::FileAtHand;
use super::dashboard::Dashboard;
use super::dashboard::brush::BrushView;
use super::list_map::ListMap;
use super::preview::Preview;
use super::recipe::{edit, told};
use super::relations::{RelationAnswers, RelationEdits, RelationSettings};
use super::slot::{Slot, SlotId};
use crate::analyses::{AnalysisResult, Spec};
use crate::model::{
    ColumnInfo, Filter, ImportOptions, JoinHow, JoinReport, Page, ParseReport, QualityReport, RecipeStep,
    ScenarioSpec, Sniffed, SortKey, Step, TableBars, TableInfo, TableProfile, Truth,
};
use crate::protocol::Request;
use std::sync::Arc;

#[derive(Debug, Clone, Default)]
pub struct State {
    pub document: Document,
    pub history: super::history::History,
    pub engine: EngineView,
    pub chrome: Chrome,
    /// What is kept on this device.
    pub kept: super::kept::KeptView,
}

/// What the user made. Two equal documents show the same page once the engine has answered.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// In the order they were added; a join stands after its parts.
    pub sources: Vec<DataSource>,
    /// The report, from top to bottom.
    pub analyses: Vec<Analysis>,
    pub view: View,
    /// What the middle zone shows.
    pub panel: Panel,
    /// What the user changed about the relations that were found.
    pub relations: RelationEdits,
    pub dashboard: Dashboard,
    /// The next number for a source or an analysis.
    pub next_id: u32,
}

/// Something that makes one or more tables.
#[derive(Debug, Clone, PartialEq)]
pub struct DataSource {
    pub id: u32,
    pub kind: SourceKind,
}

#[derive(Debug, Clone, PartialEq)]
pub enum SourceKind {
    /// A file that the user chose, or text that was pasted. The bytes never enter the state: the
    /// page keeps the `File` under `file_id`. A link names the file and asks for it.
    File {
        file_id: Option<u32>,
        name: String,
        n_bytes: u64,
        /// Of the contents, by [`super::contents`]; older links have none.
        fingerprint: Option<String>,
        table: String,
        options: ImportOptions,
    },
    World {
        spec: ScenarioSpec,
    },
    Join {
        left: String,
        right: String,
        left_key: String,
        right_key: String,
        how: JoinHow,
        into: String,
    },
    /// Cleaning steps over a table, which make another.
    Recipe {
        table: String,
        steps: Vec<RecipeStep>,
        into: String,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    pub id: u32,
    pub spec: Spec,
}

/// What the right zone shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum View {
    #[default]
    Report,
    Table {
        table: String,
        tab: TableTab,
        sort: Option<SortKey>,
        /// Only rows that pass these are shown.
        filter: Vec<Filter>,
        /// Only rows that show this text in some cell; empty: all.
        search: String,
    },
    /// What the tables have to do with each other.
    Relations,
    Dashboard,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TableTab {
    #[default]
    Rows,
    Columns,
    Quality,
    Import,
}

/// What the middle zone shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Panel {
    #[default]
    None,
    Analysis(u32),
    /// The knobs of the world that source `0` generates.
    World(u32),
    /// A join that is being put together.
    Join(JoinDraft),
    /// The steps of the recipe that source `0` is; shown beside a table too.
    Recipe(u32),
}

#[derive(Debug, Clone, PartialEq)]
pub struct JoinDraft {
    pub left: String,
    pub right: String,
    pub left_key: String,
    pub right_key: String,
    pub how: JoinHow,
}

/// Whether the worker can be asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum EngineStatus {
    #[default]
    Starting,
    Ready,
    /// It stopped and is being started again.
    Restarting,
    /// It cannot be started; only a reload of the page helps.
    Failed,
}

/// What the page knows of the engine.
#[derive(Debug, Clone, Default)]
pub struct EngineView {
    pub status: EngineStatus,
    /// Deaths since the engine last answered anything.
    pub n_deaths_in_a_row: u32,
    pub next_request_id: u64,
    pub slots: ListMap<SlotId, Slot>,
    /// The tables, in the order they were made.
    pub tables: Vec<Arc<TableInfo>>,
    /// The tables that each source made.
    pub made: ListMap<u32, Vec<String>>,
    /// By table.
    pub parse_reports: ListMap<String, Arc<ParseReport>>,
    /// What stands in the beginning of files that are looked at before they are loaded, by their number.
    pub sniffs: ListMap<u32, Arc<Sniffed>>,
    /// What the generated worlds planted, by source.
    pub truths: ListMap<u32, Arc<Vec<Truth>>>,
    /// By analysis; kept while a new one is computed.
    pub results: ListMap<u32, Arc<AnalysisResult>>,
    pub join_report: Option<Arc<JoinReport>>,
    /// What each recipe did, by source.
    pub recipe_reports: ListMap<u32, told::Kept>,
    /// The columns that there are before the step whose form is open.
    pub step_columns: Option<Arc<Vec<ColumnInfo>>>,
    pub profile: Option<Arc<TableProfile>>,
    /// The small charts of the grid.
    pub bars: Option<Arc<TableBars>>,
    pub relations: RelationAnswers,
    /// What looks wrong, by table.
    pub quality: ListMap<String, Arc<QualityReport>>,
    /// Pages of the table on view, by first row; emptied when table, revision or order change.
    pub pages: ListMap<u64, Arc<Page>>,
    /// Rows that pass the filters and the search of the grid, as last answered.
    pub n_rows_shown: Option<u64>,
    /// A range that is dragged on the dashboard.
    pub brush: BrushView,
    /// Rows of each table that pass what was picked on the dashboard.
    pub picked_rows: ListMap<String, u64>,
    /// First rows of the pages that the grid shows now.
    pub wanted_pages: Vec<u64>,
    /// Tables waiting to be dropped or exported: sent once, in order.
    pub errands: Vec<Request>,
    /// The files at hand.
    pub file_ids: Vec<u32>,
    /// The document was opened from files and no analysis was chosen yet: pick one when all is loaded.
    pub awaits_first_analysis: bool,
}

/// Settings, dialogs and messages.
#[derive(Debug, Clone, Default)]
pub struct Chrome {
    pub screen: Screen,
    pub theme: Theme,
    pub dialog: Dialog,
    pub notice: Option<Notice>,
    pub next_notice_id: u32,
    /// Read out by screen readers; every change is announced.
    pub announcement: String,
    /// The join that was offered and declined: left and right table.
    pub declined_joins: Vec<(String, String)>,
    /// Tables that were offered to be put together, and declined.
    pub declined_stacks: Vec<Vec<String>>,
    /// Files that are looked at before they are loaded.
    pub preview: Preview,
    pub relations: RelationSettings,
    /// Files of the name that a source waits for, which are others than it means: the user is asked.
    pub other_files: Vec<FileAtHand>,
    /// The step whose form is open, in the recipe on view.
    pub open_step: Option<usize>,
    /// That step while an expression is being typed into it.
    pub draft: Option<Step>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Screen {
    #[default]
    Start,
    Lab,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Dialog {
    #[default]
    None,
    Settings,
    Keys,
    /// What is kept on this device.
    Storage,
    /// Files before they are loaded.
    Preview,
}

/// One line for the user, with what can be done about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    pub id: u32,
    pub text: String,
    pub offers_undo: bool,
    pub offers_reload: bool,
}

/// Rows in a page of the grid.
pub const PAGE_ROWS: u32 = 200;

impl State {
    pub fn table(&self, name: &str) -> Option<&Arc<TableInfo>> {
        self.engine.tables.iter().find(|table| table.name == name)
    }

    pub fn table_names(&self) -> Vec<&str> {
        self.engine.tables.iter().map(|table| table.name.as_str()).collect()
    }

    /// Of an analysis of the report or of a tile.
    pub fn spec(&self, id: u32) -> Option<&Spec> {
        let analysis = self.document.analyses.iter().find(|analysis| analysis.id == id);
        let tile = || self.document.dashboard.tile(id)?.spec();
        analysis.map(|analysis| &analysis.spec).or_else(tile)
    }

    pub fn slot(&self, id: &SlotId) -> Option<&Slot> {
        self.engine.slots.get(id)
    }

    /// The source that makes `table`, as last told by the engine.
    pub fn source_of(&self, table: &str) -> Option<&DataSource> {
        let (id, _) = self.engine.made.iter().find(|(_, tables)| tables.iter().any(|t| t == table))?;
        self.document.sources.iter().find(|source| source.id == *id)
    }

    /// A source of the document makes the table, or may make it: what a file holds beside its first table
    /// is known only when it is read.
    pub fn has_source(&self, table: &str) -> bool {
        let is_part = |kind: &SourceKind| match kind {
            SourceKind::File { table: first, .. } => {
                table.strip_prefix(first.as_str()).is_some_and(|rest| rest.starts_with('_'))
            }
            SourceKind::World { .. } | SourceKind::Join { .. } | SourceKind::Recipe { .. } => false,
        };
        self.document.sources.iter().any(|source| match self.engine.made.get(&source.id) {
            Some(made) => {
                made.iter().any(|name| name == table) || source.kind.table_names().iter().any(|n| n == table)
            }
            None => source.kind.table_names().iter().any(|n| n == table) || is_part(&source.kind),
        })
    }

    /// The truths that hold in `table`: those of the worlds it was made from.
    pub fn truths_of(&self, table: &str) -> Option<Arc<Vec<Truth>>> {
        match &self.source_of(table)?.kind {
            SourceKind::World { .. } => {
                let id = self.source_of(table)?.id;
                self.engine.truths.get(&id).cloned()
            }
            SourceKind::Join { left, right, .. } if left != table && right != table => {
                self.truths_of(left).or_else(|| self.truths_of(right))
            }
            SourceKind::Recipe { table: source, steps, .. }
                if source != table
                    && edit::keeps_truth(steps)
                    && !edit::depends_on(&self.document, table, table) =>
            {
                self.truths_of(source)
            }
            _ => None,
        }
    }
}

impl Document {
    pub fn source(&self, id: u32) -> Option<&DataSource> {
        self.sources.iter().find(|source| source.id == id)
    }

    pub fn take_id(&mut self) -> u32 {
        self.next_id += 1;
        self.next_id
    }

    /// The same document with its numbers counted on from `last`. Numbers are never used twice in a
    /// session, so that an old answer cannot land in a new document; links count from 0.
    #[must_use]
    pub fn renumbered(&self, last: u32) -> Self {
        let mut document = self.clone();
        document.next_id = last;
        let mut new_panel = self.panel.clone();
        for idx in 0..document.sources.len() {
            let id = document.take_id();
            if self.panel == Panel::World(document.sources[idx].id) {
                new_panel = Panel::World(id);
            }
            if self.panel == Panel::Recipe(document.sources[idx].id) {
                new_panel = Panel::Recipe(id);
            }
            document.sources[idx].id = id;
        }
        for idx in 0..document.analyses.len() {
            let id = document.take_id();
            if self.panel == Panel::Analysis(document.analyses[idx].id) {
                new_panel = Panel::Analysis(id);
            }
            document.analyses[idx].id = id;
        }
        for idx in 0..document.dashboard.tiles.len() {
            let (id, old) = (document.take_id(), document.dashboard.tiles[idx].id);
            if self.panel == Panel::Analysis(old) {
                new_panel = Panel::Analysis(id);
            }
            document.dashboard.tiles[idx].id = id;
            for (pick, before) in document.dashboard.picks.iter_mut().zip(&self.dashboard.picks) {
                if before.tile == old {
                    pick.tile = id;
                }
            }
        }
        document.panel = new_panel;
        document
    }

    /// The names of the tables that the document makes, in order.
    pub fn table_names(&self) -> Vec<String> {
        self.sources.iter().flat_map(|source| source.kind.table_names()).collect()
    }
}

impl SourceKind {
    pub fn table_names(&self) -> Vec<String> {
        match self {
            Self::File { table, .. } => vec![table.clone()],
            Self::World { spec: ScenarioSpec::UiExperiment(_) } => vec!["users".into(), "sessions".into()],
            Self::Join { into, .. } | Self::Recipe { into, .. } => vec![into.clone()],
        }
    }
}

impl DataSource {
    /// The words that a list shows for it.
    pub fn label(&self) -> String {
        match &self.kind {
            SourceKind::File { name, .. } => name.clone(),
            SourceKind::World { spec: ScenarioSpec::UiExperiment(_) } => "UI experiment".into(),
            SourceKind::Join { into, .. } | SourceKind::Recipe { into, .. } => into.clone(),
        }
    }
}

impl Theme {
    /// The value of `data-theme` on the root element; the empty text follows the system.
    pub fn attribute(self) -> &'static str {
        match self {
            Self::System => "",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub fn from_attribute(text: &str) -> Self {
        match text {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}
