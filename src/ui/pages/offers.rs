//! What the page proposes above the report: the join of two tables that share a key.

use crate::format;
use crate::model::{JoinReport, TableInfo};
use crate::ui::command::Command;
use crate::ui::forms::{DryRun, dry_run};
use crate::ui::parts::icon::button;
use crate::ui::runtime::App;
use crate::ui::state::{JoinDraft, Panel, State};
use crate::ui::suggest;
use leptos::prelude::*;

/// One offer at a time, with its dry run. Nothing while the join panel is open.
pub fn offers(app: App) -> AnyView {
    let offer = app.part(offer);
    view! { {move || offer.get().map(|(draft, sentence)| {
        let (yes, no) = (draft.clone(), draft.clone());
        view! {
            <section class="offer" aria-label="Offer to join tables">
                <p>{sentence}</p>
                <div class="panel__actions">
                    {button("button button--primary", "Join them", move || app.send(Command::ApplyJoin(yes.clone())))}
                    {button("button", "Look closer", move || app.send(Command::OpenJoinPanel))}
                    {button("button button--quiet", "Not now", move || {
                        app.send(Command::DeclineJoin { left: no.left.clone(), right: no.right.clone() });
                    })}
                </div>
            </section>
        }
    })} }
    .into_any()
}

fn offer(state: &State) -> Option<(JoinDraft, String)> {
    if matches!(state.document.panel, Panel::Join(_)) {
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
