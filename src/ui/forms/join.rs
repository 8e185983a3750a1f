//! Putting a join together, with what it would do before it is done.

use super::framed;
use crate::format;
use crate::model::{EngineError, JoinHow, JoinReport, TableInfo};
use crate::ui::command::Command;
use crate::ui::dom::{Html, el, list, live};
use crate::ui::parts::callout::{self, callout};
use crate::ui::parts::field::{Choice, Field, choice, select};
use crate::ui::parts::icon::button;
use crate::ui::runtime::App;
use crate::ui::slot::SlotId;
use crate::ui::state::JoinDraft;
use std::sync::Arc;

const HELP: &str = "Adds the columns of one table to the rows of another where their keys agree. The counts below \
                    say what would happen before anything does.";

/// A dry run: not there yet, an error, or the counts.
pub type DryRun = Option<Result<Arc<JoinReport>, EngineError>>;

/// What the engine said about the join that is shown.
pub fn dry_run(state: &crate::ui::state::State) -> DryRun {
    let slot = state.slot(&SlotId::JoinDryRun).filter(|slot| slot.is_current())?;
    match &slot.error {
        Some(error) => Some(Err(error.clone())),
        None => state.engine.join_report.clone().map(Ok),
    }
}

pub fn panel(app: App, draft: JoinDraft) -> Html {
    let tables = app.part(|state| state.engine.tables.clone());
    let report = app.part(dry_run);
    live(move || {
        let body =
            list([fields(app, &draft, &tables.get()), told(report.get()), apply(app, &draft, report.get())]);
        framed(app, "Join tables", HELP, body)
    })
}

fn fields(app: App, draft: &JoinDraft, tables: &[Arc<TableInfo>]) -> Html {
    let names: Vec<Choice> = tables.iter().map(|table| choice(&table.name, &table.name)).collect();
    let columns = |name: &str| -> Vec<Choice> {
        let table = tables.iter().find(|table| table.name == name);
        let columns = table.map(|table| table.columns.as_slice()).unwrap_or_default();
        columns.iter().map(|c| choice(&c.name, format!("{} ({})", c.name, c.kind.name()))).collect()
    };
    let send = move |draft: JoinDraft| app.send(Command::SetJoinDraft(Box::new(draft)));
    let first_column = {
        let tables = tables.to_vec();
        move |name: &str, wish: &str| {
            let table = tables.iter().find(|table| table.name == name);
            let columns = table.map(|table| table.columns.as_slice()).unwrap_or_default();
            let same = columns.iter().find(|column| column.name == wish);
            same.or(columns.first()).map(|column| column.name.clone()).unwrap_or_default()
        }
    };
    let (d, first) = (draft.clone(), first_column.clone());
    let left = select(Field::new("join-left", "Rows of").row(), names.clone(), &draft.left, move |left| {
        let left_key = first(&left, &d.left_key);
        send(JoinDraft { left, left_key, ..d.clone() });
    });
    let d = draft.clone();
    let right = select(Field::new("join-right", "Columns of").row(), names, &draft.right, move |right| {
        let right_key = first_column(&right, &d.right_key);
        send(JoinDraft { right, right_key, ..d.clone() });
    });
    let d = draft.clone();
    let left_key_field = Field::new("join-left-key", format!("Key in {}", draft.left)).row();
    let left_key = select(left_key_field, columns(&draft.left), &draft.left_key, move |left_key| {
        send(JoinDraft { left_key, ..d.clone() });
    });
    let d = draft.clone();
    let right_key_field = Field::new("join-right-key", format!("Key in {}", draft.right)).row();
    let right_key = select(right_key_field, columns(&draft.right), &draft.right_key, move |right_key| {
        send(JoinDraft { right_key, ..d.clone() });
    });
    let hows = vec![choice("left", "are kept"), choice("inner", "are left out")];
    let chosen = if draft.how == JoinHow::Left { "left" } else { "inner" };
    let d = draft.clone();
    let how = select(Field::new("join-how", "Rows without a match").row(), hows, chosen, move |how| {
        let how = if how == "inner" { JoinHow::Inner } else { JoinHow::Left };
        send(JoinDraft { how, ..d.clone() });
    });
    list([left, right, left_key, right_key, how])
}

fn told(report: DryRun) -> Html {
    match report {
        None => el("p").class("muted").text("Counting.").into(),
        Some(Err(error)) => callout::error(&error),
        Some(Ok(report)) => counts(&report),
    }
}

/// The counts of a join as a ledger, with its warnings.
pub fn counts(report: &JoinReport) -> Html {
    let line = |label: &'static str, n: u64| {
        el("tr")
            .add(el("th").attr("scope", "row").add(label))
            .add(el("td").class("num").add(format::count(n)))
    };
    let warnings: Vec<Html> =
        report.warnings.iter().map(|text| callout("caution", el("p").add(text.clone()).into())).collect();
    let renamed = report.renamed.iter().map(|(from, to)| format!("{from} becomes {to}")).collect::<Vec<_>>();
    let renamed = (!renamed.is_empty()).then(|| el("p").class("muted").add(renamed.join("; ")).text("."));
    list([
        el("table")
            .class("ledger")
            .add(el("caption").class("unseen").text("What the join does to the rows"))
            .add(
                el("tbody")
                    .add(line("rows on the left", report.n_rows_left))
                    .add(line("without a match", report.n_left_unmatched))
                    .add(line("keys that occur twice on the right", report.n_right_duplicate_keys))
                    .add(line("rows after the join", report.n_rows_out)),
            )
            .into(),
        warnings.into(),
        renamed.into(),
    ])
}

fn apply(app: App, draft: &JoinDraft, report: DryRun) -> Html {
    let can_join = matches!(report, Some(Ok(_)));
    let draft = draft.clone();
    el("div")
        .class("panel__actions")
        .add(can_join.then(|| {
            button("button button--primary", "Join", move || {
                app.send(Command::ApplyJoin(Box::new(draft.clone())))
            })
        }))
        .into()
}
