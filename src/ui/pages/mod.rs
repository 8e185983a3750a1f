//! The lab: three zones under a bar, and what lies over them.

mod bar;
mod dashboard;
mod dashboard_filter;
mod dashboard_tile;
mod data;
mod dialogs;
mod grid;
mod grid_charts;
mod grid_tools;
mod import;
mod import_options;
mod lab;
pub(super) mod nav;
mod notice;
mod offers;
mod preview;
mod profile;
mod quality;
mod relations;
mod relations_diagram;
mod relations_sql;
mod report;
mod stack_offer;
mod table;

pub use data::file_button;
pub use dialogs::dialogs;
pub use lab::lab;
pub use notice::notice;

use super::state::{Document, SourceKind, State};

/// The name of the document: its world, or its files.
pub fn title(state: &State) -> String {
    title_of(&state.document)
}

pub fn title_of(document: &Document) -> String {
    let mut names: Vec<String> = Vec::new();
    for source in &document.sources {
        if !matches!(source.kind, SourceKind::Join { .. } | SourceKind::Recipe { .. }) {
            names.push(source.label());
        }
    }
    match names.as_slice() {
        [] => "New report".into(),
        [name] => name.clone(),
        [first, second] => format!("{first} and {second}"),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    }
}
