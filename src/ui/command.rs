//! Everything that can happen to the page, and everything the page can do to the outside.

use super::dashboard::DashboardAct;
use super::kept::{KeptCommand, KeptEffect};
use super::preview::PreviewAct;
use super::relations::RelationAct;
use super::route::Route;
use super::same_shape::Stack;
use super::slot::SlotId;
use super::state::{Dialog, JoinDraft, TableTab, Theme};
use crate::analyses::Spec;
use crate::model::{Filter, ImportOptions, RecipeStep, ScenarioSpec, Step};
use crate::protocol::{ExportFormat, Message, Ready, Request};

/// A closed list: nothing changes the state but one of these. What is large is boxed, because commands are
/// made in many places and each move of one is code.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    // From the engine.
    EngineReady(Ready),
    EngineDied,
    Answered(Box<Message>),
    /// The request has been under way for a second.
    TurnedSlow(u64),

    // Data.
    /// Files that the page now holds. On the start page they begin a new document.
    AddFiles(Vec<FileAtHand>),
    /// Takes a file for a source that waits for another of its name.
    LoadAnyway(u32),
    RemoveSource(u32),
    SetImportOptions {
        source: u32,
        options: Box<ImportOptions>,
    },
    OpenWorld(Box<ScenarioSpec>),
    /// `gesture` joins the edits of one drag into one step of undo.
    SetWorld {
        source: u32,
        spec: Box<ScenarioSpec>,
        gesture: Option<&'static str>,
    },
    OpenWorldPanel(u32),
    OpenJoinPanel,
    SetJoinDraft(Box<JoinDraft>),
    ApplyJoin(Box<JoinDraft>),
    DeclineJoin {
        left: String,
        right: String,
    },
    /// Puts tables of one shape below each other.
    ApplyStack(Box<Stack>),
    DeclineStack(Vec<String>),
    /// Files that are looked at before they are loaded.
    Preview(PreviewAct),
    Relations(RelationAct),
    Dashboard(DashboardAct),
    Export {
        table: String,
        format: ExportFormat,
    },

    // Recipes. `source` is the number of the recipe, `idx` the place of a step in it, from 0.
    /// Opens the recipe that makes the table, or begins one over it.
    NewRecipe(String),
    OpenRecipe(u32),
    /// Adds a step to the recipe that makes `table`; where none does, a new one makes a cleaned table of it, which
    /// the analyses of `table` then use.
    AddStep {
        table: String,
        step: Box<RecipeStep>,
    },
    SetStep {
        source: u32,
        idx: usize,
        step: Box<RecipeStep>,
    },
    RemoveStep {
        source: u32,
        idx: usize,
    },
    MoveStep {
        source: u32,
        idx: usize,
        is_up: bool,
    },
    ToggleStep {
        source: u32,
        idx: usize,
    },
    /// Opens the form of a step in the recipe on view, or closes it.
    OpenStep(Option<usize>),
    /// The open step while an expression is typed into it: checked, not kept.
    DraftStep(Box<Step>),
    /// The analyses of a recipe's table go back to the table it was made of.
    PointBack(u32),
    /// Saves the run log of a recipe as CSV.
    SaveRunLog(u32),

    // The report.
    /// The `kind` of an analysis in the catalog.
    AddAnalysis(&'static str),
    /// A ready question, such as those of a case study.
    AddSpec(Box<Spec>),
    SetSpec {
        id: u32,
        spec: Box<Spec>,
    },
    SelectAnalysis(u32),
    DuplicateAnalysis(u32),
    RemoveAnalysis(u32),
    MoveAnalysis {
        id: u32,
        is_up: bool,
    },
    ClosePanel,
    Cancel(SlotId),
    RunAgain(SlotId),
    Undo,
    Redo,

    // What is on view.
    Navigate(Box<Route>),
    ShowReport,
    ShowTable {
        table: String,
        tab: TableTab,
    },
    SortBy(String),
    /// Which rows of the table on view are shown.
    FilterRows(Vec<Filter>),
    SearchRows(String),
    /// The rows of a table that pass filters, alone.
    ShowRowsWhere {
        table: String,
        filter: Vec<Filter>,
    },
    /// Takes the filters and the search away.
    ShowAllRows,
    /// Rows that the grid shows now.
    NeedRows {
        first: u64,
        last: u64,
    },

    // Settings and messages.
    SetTheme(Theme),
    OpenDialog(Dialog),
    CloseDialog,
    DismissNotice,
    Copy {
        text: String,
        what: &'static str,
    },
    CopyLink,
    /// Something outside the engine went wrong: shown as a notice.
    Notify(String),

    /// Of the work that is kept on this device, or of a workspace file.
    Kept(KeptCommand),
}

/// A file that the user chose, as far as the state needs to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileAtHand {
    pub file_id: u32,
    pub name: String,
    pub n_bytes: u64,
    /// Of its contents, by [`super::contents`]; `None` where they could not be read.
    pub fingerprint: Option<String>,
}

/// What the page has to do after an update, in order.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Send a request to the engine, with the file it reads.
    Post {
        id: u64,
        request: Box<Request>,
        file_id: Option<u32>,
    },
    /// Come back with [`Command::TurnedSlow`] after a second.
    WatchForSlow(u64),
    RestartWorker,
    /// Reload the page once for this version pair; a second mismatch is left alone.
    ReloadOnce,
    /// Put the document into the address. `is_new_page`: so that Back returns to what was before.
    WriteLink {
        is_new_page: bool,
    },
    SaveTheme(Theme),
    SaveCheckFirst(bool),
    CopyText(String),
    /// Offer a text as a file.
    SaveText {
        name: String,
        text: String,
    },
    CopyLink,
    /// Bring a result into view.
    ScrollToAnalysis(u32),
    /// Move the keyboard focus into the middle zone.
    FocusPanel,
    Kept(KeptEffect),
}
