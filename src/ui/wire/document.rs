//! The document, as a link carries it. Links outlive versions: new members are optional.

use super::model::tagged;
use super::record::{record, words};
use super::{Json, Read, Write};
use crate::ui::state::{Analysis, DataSource, Document, JoinDraft, Panel, SourceKind, TableTab, View};

words!(TableTab { "rows" => Rows, "columns" => Columns, "quality" => Quality, "import" => Import });

record!(both Document { sources, analyses } or { view, panel, relations, dashboard, next_id });
record!(both DataSource { id, kind });
record!(both Analysis { id, spec });
record!(both JoinDraft { left, right, left_key, right_key, how });

impl Read for SourceKind {
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        match json.tag("from").as_str() {
            "file" => Self::File {
                file_id: None,
                name: json.field("name", is_valid),
                n_bytes: json.field("n_bytes", is_valid),
                fingerprint: json.field("fingerprint", is_valid),
                table: json.field("table", is_valid),
                options: json.field("options", is_valid),
            },
            "world" => Self::World { spec: json.field("spec", is_valid) },
            "recipe" => Self::Recipe {
                table: json.field("table", is_valid),
                steps: json.field("steps", is_valid),
                into: json.field("into", is_valid),
            },
            from => {
                *is_valid &= from == "join";
                Self::Join {
                    left: json.field("left", is_valid),
                    right: json.field("right", is_valid),
                    left_key: json.field("left_key", is_valid),
                    right_key: json.field("right_key", is_valid),
                    how: json.field("how", is_valid),
                    into: json.field("into", is_valid),
                }
            }
        }
    }
}

impl Write for SourceKind {
    fn write(&self) -> Json {
        match self {
            // The file itself stays with whoever made the link.
            Self::File { file_id: _, name, n_bytes, fingerprint, table, options } => {
                let mut json = tagged("from", "file");
                json.set("name", name.write());
                json.set("n_bytes", n_bytes.write());
                if fingerprint.is_some() {
                    json.set("fingerprint", fingerprint.write());
                }
                json.set("table", table.write());
                json.set("options", options.write());
                json
            }
            Self::World { spec } => {
                let mut json = tagged("from", "world");
                json.set("spec", spec.write());
                json
            }
            Self::Join { left, right, left_key, right_key, how, into } => {
                let mut json = tagged("from", "join");
                json.set("left", left.write());
                json.set("right", right.write());
                json.set("left_key", left_key.write());
                json.set("right_key", right_key.write());
                json.set("how", how.write());
                json.set("into", into.write());
                json
            }
            Self::Recipe { table, steps, into } => {
                let mut json = tagged("from", "recipe");
                json.set("table", table.write());
                json.set("steps", steps.write());
                json.set("into", into.write());
                json
            }
        }
    }
}

/// The report is the view where nothing else is said.
impl Read for View {
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        if *json == Json::Null {
            return Self::Report;
        }
        if json.has("of") {
            let of = json.tag("of");
            *is_valid &= of == "relations" || of == "dashboard";
            return if of == "dashboard" { Self::Dashboard } else { Self::Relations };
        }
        Self::Table {
            table: json.field("table", is_valid),
            tab: json.field("tab", is_valid),
            sort: json.field("sort", is_valid),
            filter: json.field("filter", is_valid),
            search: json.field::<Option<String>>("search", is_valid).unwrap_or_default(),
        }
    }
}

impl Write for View {
    fn write(&self) -> Json {
        let (table, tab, sort, filter, search) = match self {
            Self::Report => return Json::Null,
            Self::Relations => return tagged("of", "relations"),
            Self::Dashboard => return tagged("of", "dashboard"),
            Self::Table { table, tab, sort, filter, search } => (table, tab, sort, filter, search),
        };
        let mut json = Json::object();
        json.set("table", table.write());
        json.set("tab", tab.write());
        json.set("sort", sort.write());
        if !filter.is_empty() {
            json.set("filter", filter.write());
        }
        if !search.is_empty() {
            json.set("search", search.write());
        }
        json
    }
}

impl Read for Panel {
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        match json.tag("of").as_str() {
            "analysis" => Self::Analysis(json.field("id", is_valid)),
            "world" => Self::World(json.field("id", is_valid)),
            "join" => Self::Join(json.field("draft", is_valid)),
            "recipe" => Self::Recipe(json.field("id", is_valid)),
            _ => {
                *is_valid &= *json == Json::Null;
                Self::None
            }
        }
    }
}

impl Write for Panel {
    fn write(&self) -> Json {
        let (tag, name, content) = match self {
            Self::None => return Json::Null,
            Self::Analysis(id) => ("analysis", "id", id.write()),
            Self::World(id) => ("world", "id", id.write()),
            Self::Join(draft) => ("join", "draft", draft.write()),
            Self::Recipe(id) => ("recipe", "id", id.write()),
        };
        let mut json = tagged("of", tag);
        json.set(name, content);
        json
    }
}
