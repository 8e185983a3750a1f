//! What stands above the report: sources that failed or are not at hand, and the join of two tables
//! that share a key.

use super::data::file_button;
use crate::format;
use crate::model::{EngineError, JoinReport, TableInfo};
use crate::ui::command::Command;
use crate::ui::contents::{self, Known};
use crate::ui::dom::{Html, el, live};
use crate::ui::forms::{DryRun, dry_run};
use crate::ui::kept::state::Status;
use crate::ui::parts::callout;
use crate::ui::parts::icon::button;
use crate::ui::runtime::App;
use crate::ui::slot::SlotId;
use crate::ui::state::{DataSource, JoinDraft, Panel, SourceKind, State};
use crate::ui::suggest;

/// A source that the report has to do without.
#[derive(Debug, Clone, PartialEq)]
enum Trouble {
    /// A link names files and cannot bring them.
    NotAtHand {
        name: String,
        n_bytes: u64,
    },
    /// The file chosen for one of them is another.
    OtherFile {
        name: String,
        difference: String,
        file_id: u32,
    },
    Failed {
        id: u32,
        label: String,
        error: EngineError,
        is_recipe: bool,
    },
}

pub fn troubles(app: App) -> Html {
    let found = app.part(|state| {
        let trouble = |source: &DataSource| match source.waits_for() {
            Some(wanted) => not_at_hand(state, wanted),
            None => {
                let error = state.slot(&SlotId::Source(source.id))?.error.clone()?;
                let is_recipe = matches!(source.kind, SourceKind::Recipe { .. });
                Some(Trouble::Failed { id: source.id, label: source.label(), error, is_recipe })
            }
        };
        state.document.sources.iter().filter_map(trouble).collect::<Vec<_>>()
    });
    live(move || {
        let views: Vec<Html> = found.get().into_iter().map(|trouble| told(app, trouble)).collect();
        (!views.is_empty()).then(|| el("div").class("troubles").add(views))
    })
}

/// A file that a source waits for, or what the user chose in its place.
fn not_at_hand(state: &State, wanted: Known<'_>) -> Option<Trouble> {
    let other = state.chrome.other_files.iter().find_map(|file| {
        let difference = contents::difference(wanted, file.known())?;
        Some(Trouble::OtherFile { name: file.name.clone(), difference, file_id: file.file_id })
    });
    // The file may be kept on this device.
    let is_looking = state.kept.status == Status::Looking;
    let missing = || Trouble::NotAtHand { name: wanted.name.into(), n_bytes: wanted.n_bytes };
    other.or_else(|| (!is_looking).then(missing))
}

fn told(app: App, trouble: Trouble) -> Html {
    match trouble {
        Trouble::NotAtHand { name, n_bytes } => {
            let size = format::bytes(n_bytes);
            let text = format!(
                "This report was made with {name} ({size}). Choose that file, or drop it here, to see the report."
            );
            el("section")
                .class("offer")
                .attr("aria-label", format!("{name} is not at hand"))
                .add(el("p").add(text))
                .add(el("div").class("panel__actions").add(file_button(app, "Choose the file")))
                .into()
        }
        Trouble::OtherFile { name, difference, file_id } => {
            let anyway = button("button", "Load it anyway", move || app.send(Command::LoadAnyway(file_id)));
            el("section")
                .class("offer")
                .attr("aria-label", format!("{name} is another file"))
                .add(el("p").add(difference))
                .add(
                    el("div")
                        .class("panel__actions")
                        .add(file_button(app, "Choose another file"))
                        .add(anyway),
                )
                .into()
        }
        Trouble::Failed { id, label, error, is_recipe } => {
            let open = is_recipe
                .then(|| button("button", "Open the steps", move || app.send(Command::OpenRecipe(id))));
            let remove =
                button("button", format!("Remove {label}"), move || app.send(Command::RemoveSource(id)));
            let actions = el("div").class("panel__actions").add(open).add(remove);
            el("div").class("trouble").add(callout::error(&error)).add(actions).into()
        }
    }
}

/// One offer at a time, with its dry run. Nothing while the join panel is open.
pub fn offers(app: App) -> Html {
    let offer = app.part(offer);
    live(move || {
        offer.get().map(|(draft, sentence)| {
            let (yes, no) = (draft.clone(), draft.clone());
            el("section")
                .class("offer")
                .attr("aria-label", "Offer to join tables")
                .add(el("p").add(sentence))
                .add(
                    el("div")
                        .class("panel__actions")
                        .add(button("button button--primary", "Join them", move || {
                            app.send(Command::ApplyJoin(Box::new(yes.clone())))
                        }))
                        .add(button("button", "Look closer", move || app.send(Command::OpenJoinPanel)))
                        .add(button("button button--quiet", "Not now", move || {
                            app.send(Command::DeclineJoin { left: no.left.clone(), right: no.right.clone() });
                        })),
                )
        })
    })
}

fn offer(state: &State) -> Option<(JoinDraft, String)> {
    if matches!(state.document.panel, Panel::Join(_)) || suggest::stack_offer(state).is_some() {
        return None;
    }
    let draft = suggest::join_offer(state)?;
    let DryRun::Some(Ok(report)) = dry_run(state) else { return None };
    let sentence = sentence(&draft, state.table(&draft.right)?, &report);
    Some((draft, sentence))
}

/// "The table users adds country and tier to the 5,000 rows of sessions, on user_id; every row finds exactly one match."
pub fn sentence(draft: &JoinDraft, right: &TableInfo, report: &JoinReport) -> String {
    let added: Vec<&str> = right
        .columns
        .iter()
        .map(|column| column.name.as_str())
        .filter(|name| *name != draft.right_key)
        .collect();
    let added = match added.as_slice() {
        [] => "nothing".into(),
        [one] => (*one).to_owned(),
        [all @ .., last] if all.len() < 6 => format!("{} and {last}", all.join(", ")),
        all => format!("{} columns", all.len()),
    };
    let mut text = format!(
        "The table {} adds {added} to the {} of {}, on {}",
        draft.right,
        format::plural(report.n_rows_left, "row", "rows"),
        draft.left,
        draft.left_key
    );
    let mut findings = Vec::new();
    if report.n_left_unmatched > 0 {
        findings.push(format!(
            "{} without a match",
            format::plural(report.n_left_unmatched, "row is", "rows are")
        ));
    }
    if report.n_right_duplicate_keys > 0 {
        findings.push(format!(
            "{} more than once in {}, so that the rows would become {}",
            format::plural(report.n_right_duplicate_keys, "key occurs", "keys occur"),
            draft.right,
            format::count(report.n_rows_out)
        ));
    }
    let findings = if findings.is_empty() {
        "every row finds exactly one match".into()
    } else {
        findings.join(", and ")
    };
    text.push_str("; ");
    text.push_str(&findings);
    text.push('.');
    text
}
