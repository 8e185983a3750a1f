//! What the page knows of the work it keeps, and what can happen to it.

use crate::ui::command::FileAtHand;
use crate::ui::contents::{Known, Likeness, compare};
use crate::ui::state::{Document, SourceKind};

#[derive(Debug, Clone, Default, PartialEq)]
pub struct KeptView {
    pub status: Status,
    /// What is kept; `None` until the page has looked.
    pub found: Option<Box<Found>>,
    /// A workspace is being written or read.
    pub is_carrying: bool,
    /// What came of the last thing asked for in the panel.
    pub remark: String,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub enum Status {
    /// The page has not looked yet.
    #[default]
    Looking,
    /// There is nothing to keep.
    Idle,
    Saving,
    Saved,
    /// The work was forgotten on request; the next one is kept again.
    Forgotten,
    /// Switched off.
    Off,
    /// The browser gives no storage: why.
    Impossible(String),
    /// The last save went wrong: why. What was saved before is still there.
    Failed(String),
}

/// What is kept on this device.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// The newest first.
    pub works: Vec<Work>,
    /// The work of this tab.
    pub own: String,
    /// The work that this tab had before it was loaded anew; empty for a new tab.
    pub session: String,
    /// The time of looking, in milliseconds since 1970.
    pub now_ms: f64,
    pub is_on: bool,
    /// Why nothing can be kept here.
    pub obstacle: Option<String>,
    /// Kept in IndexedDB, not in the origin private file system.
    pub is_database: bool,
    /// What the browser says: bytes of all pages of this address, and how many they may have.
    pub estimate: Option<(u64, u64)>,
    /// The browser has promised not to clear the storage by itself.
    pub is_persistent: bool,
}

/// One kept document with its files.
#[derive(Debug, Clone, PartialEq)]
pub struct Work {
    pub id: String,
    pub saved_at_ms: f64,
    /// `None`: another version of the page wrote it.
    pub document: Option<Document>,
    pub files: Vec<WorkFile>,
    /// All that it takes, with manifests and what is left of earlier states.
    pub n_bytes: u64,
    pub is_open_elsewhere: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkFile {
    pub key: String,
    pub name: String,
    pub n_bytes: u64,
    pub fingerprint: Option<String>,
    /// With its right size.
    pub is_there: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum KeptCommand {
    // From the storage.
    Looked(Box<Found>),
    /// The state on screen is kept, or why it is not.
    SaveEnded(Result<(), String>),
    /// Files of a work, read from the storage. `opens`: with its document.
    Taken {
        work: String,
        opens: bool,
        files: Vec<FileAtHand>,
    },
    /// Another tab switched keeping on or off.
    SwitchedElsewhere(bool),
    /// A workspace file was read.
    WorkspaceRead {
        document: Box<Document>,
        files: Vec<FileAtHand>,
    },
    /// A workspace is being read, was written, or why not; or what the browser said.
    Remarked {
        text: String,
        is_carrying: bool,
    },

    // From the user.
    Continue(String),
    Forget(String),
    ForgetAll,
    KeepAgain,
    SetKeeping(bool),
    AskToPersist,
    ExportWorkspace,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeptEffect {
    Look,
    /// Save the document soon; more changes until then are saved with it.
    SaveSoon,
    /// Give the files of a work to the page. `adopts`: this tab goes on keeping that work, if no other does.
    Take {
        work: String,
        adopts: bool,
        opens: bool,
    },
    Forget(String),
    ForgetAll,
    SetKeeping(bool),
    AskToPersist,
    ExportWorkspace,
}

impl Work {
    /// The files it has, of those wanted.
    pub fn n_found(&self, wanted: &[Known<'_>]) -> usize {
        let has = |wanted: &&Known<'_>| {
            let is_it = |file: &WorkFile| compare(**wanted, file.known()) == Likeness::Same;
            self.files.iter().any(|file| file.is_there && is_it(file))
        };
        wanted.iter().filter(has).count()
    }

    pub fn holds(&self, document: &Document) -> bool {
        self.document.as_ref().is_some_and(|own| own.renumbered(0) == bare(document))
    }

    pub fn has_data(&self) -> bool {
        self.document.as_ref().is_some_and(|document| !document.sources.is_empty())
    }
}

impl WorkFile {
    pub fn known(&self) -> Known<'_> {
        Known { name: &self.name, n_bytes: self.n_bytes, fingerprint: self.fingerprint.as_deref() }
    }
}

/// The document as a link carries it: numbered from 0, without files.
pub fn bare(document: &Document) -> Document {
    let mut document = document.renumbered(0);
    for source in &mut document.sources {
        if let SourceKind::File { file_id, .. } = &mut source.kind {
            *file_id = None;
        }
    }
    document
}
