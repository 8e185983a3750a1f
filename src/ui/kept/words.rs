//! Kept work in words.

use super::state::{KeptView, Status, Work};
use crate::format;
use crate::ui::state::{Document, SourceKind};

/// "20 minutes ago".
pub fn ago(then_ms: f64, now_ms: f64) -> String {
    let seconds = ((now_ms - then_ms) / 1e3).max(0.0) as u64;
    let (n, one, many) = match seconds {
        0..60 => return "just now".into(),
        60..3_600 => (seconds / 60, "minute", "minutes"),
        3_600..86_400 => (seconds / 3_600, "hour", "hours"),
        _ => (seconds / 86_400, "day", "days"),
    };
    format!("{} ago", format::plural(n, one, many))
}

/// "2 tables, 3 analyses".
pub fn contents(document: &Document) -> String {
    let n_tables = document.table_names().len() as u64;
    let n_analyses = document.analyses.len() as u64;
    let tables = format::plural(n_tables, "table", "tables");
    format!("{tables}, {}", format::plural(n_analyses, "analysis", "analyses"))
}

/// What the work is made of: "sessions.csv and users.csv".
pub fn title(work: &Work) -> String {
    match &work.document {
        Some(document) => crate::ui::pages::title_of(document),
        None => "Work of another version of Playhead".into(),
    }
}

/// The line in the bar.
pub fn short(kept: &KeptView) -> &'static str {
    match kept.status {
        Status::Looking | Status::Idle => "",
        Status::Saving => "Saving",
        Status::Saved => "Saved on this device",
        Status::Forgotten | Status::Off => "Not kept",
        Status::Impossible(_) | Status::Failed(_) => "Not saved",
    }
}

/// What that means, and what can be done.
pub fn long(kept: &KeptView) -> String {
    match &kept.status {
        Status::Looking => "Looking at what is kept on this device.".into(),
        Status::Idle => "Nothing to keep yet. Your files and analyses will be kept here as you work.".into(),
        Status::Saving => "This work is being saved on this device.".into(),
        Status::Saved => {
            "This work is saved on this device. It comes back when you open Playhead again.".into()
        }
        Status::Forgotten => {
            "This work is not kept: it was forgotten, as you asked. It lives in this tab until you close it."
                .into()
        }
        Status::Off => "Work is not kept. It lives in this tab until you close it.".into(),
        Status::Impossible(reason) => {
            format!(
                "Work cannot be kept here: {reason} It lives in this tab until you close it. Save the workspace as a file to keep it."
            )
        }
        Status::Failed(reason) => {
            let found = kept.found.as_ref();
            let has_older = found.is_some_and(|found| found.works.iter().any(|work| work.id == found.own));
            let rest = if has_older { " What was saved before is still kept." } else { "" };
            format!("The last changes are not saved: {reason}{rest}")
        }
    }
}

/// Why a save failed. `estimate`: bytes used and allowed.
pub fn failure(name: &str, message: &str, n_bytes: u64, estimate: Option<(u64, u64)>) -> String {
    if name != "QuotaExceededError" {
        return format!("the browser refused ({message}).");
    }
    // Some browsers name a limit that is not theirs, so as not to give away the size of the disk.
    let room = match estimate {
        Some((used, quota)) if quota < used + n_bytes => {
            format!(
                " It allows {} for this site, of which {} are used.",
                format::bytes(quota),
                format::bytes(used)
            )
        }
        Some((used, _)) => format!(" It holds {} of this site already.", format::bytes(used)),
        None => String::new(),
    };
    format!(
        "this work takes {}, more than the browser has room for.{room} Forget other work, or save the workspace as a file.",
        format::bytes(n_bytes)
    )
}

/// The bytes of all files that the document reads.
pub fn n_file_bytes(document: &Document) -> u64 {
    let sizes = document.sources.iter().map(|source| match &source.kind {
        SourceKind::File { n_bytes, .. } => *n_bytes,
        _ => 0,
    });
    sizes.sum()
}
