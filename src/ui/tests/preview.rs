//! Files that are looked at before they are loaded, and files of one shape.

use super::{Page, report};
use crate::model::*;
use crate::protocol::*;
use crate::ui::command::{Command, FileAtHand};
use crate::ui::preview::{PreviewAct, state_words};
use crate::ui::same_shape::{is_alike, sentence};
use crate::ui::slot::SlotId;
use crate::ui::state::{Dialog, Screen, SourceKind};
use crate::ui::suggest::{join_offer, stack_offer};

/// Says which delimiter it was told.
pub fn answer(source: &Source, options: &ImportOptions) -> Reply {
    let Source::File(name) = source else { panic!("files are looked at") };
    let mut report = report(name);
    report.delimiter = options.delimiter.clone().unwrap_or_else(|| ";".into());
    let page = crate::model::Page {
        table: "preview".into(),
        revision: 0,
        columns: Vec::new(),
        n_rows: 0,
        n_rows_filtered: 0,
        offset: 0,
        rows: Vec::new(),
    };
    Reply::Sniffed(Box::new(Sniffed { report, page, raw: Vec::new(), is_whole: true, n_other_tables: 0 }))
}

fn file(file_id: u32, name: &str) -> FileAtHand {
    FileAtHand { file_id, name: name.into(), n_bytes: 10, fingerprint: None }
}

fn look(page: &mut Page, files: &[FileAtHand]) {
    page.send(Command::Preview(PreviewAct::Look(files.to_vec())));
    page.settle();
}

fn set(page: &mut Page, delimiter: &str) -> u32 {
    let preview = &page.state.chrome.preview;
    let id = preview.files[preview.at].id();
    let options = ImportOptions { delimiter: Some(delimiter.into()), ..ImportOptions::default() };
    page.send(Command::SetImportOptions { source: id, options: Box::new(options) });
    id
}

fn is_load(request: &Request) -> bool {
    matches!(request, Request::Load { .. })
}

#[test]
fn a_file_is_looked_at_changed_and_loaded_as_it_was_seen() {
    let mut page = Page::started();
    look(&mut page, &[file(1, "views.csv")]);
    assert_eq!((page.state.chrome.dialog, page.state.chrome.screen), (Dialog::Preview, Screen::Start));
    let id = set(&mut page, ",");
    page.settle();
    assert_eq!(page.state.engine.sniffs.get(&id).unwrap().report.delimiter, ",");
    assert_eq!(page.posted(is_load), 0, "nothing is loaded");
    assert!(page.state.document.sources.is_empty());

    page.send(Command::Preview(PreviewAct::Load));
    page.settle();
    assert_eq!((page.state.chrome.dialog, page.state.chrome.screen), (Dialog::None, Screen::Lab));
    let SourceKind::File { options, .. } = &page.state.document.sources[0].kind else { panic!("a file") };
    assert_eq!(options.delimiter.as_deref(), Some(","));
    assert_eq!(page.posted(is_load), 1, "it is loaded once");
    assert!(page.state.engine.sniffs.get(&id).is_none());
    assert_eq!(page.state.document.analyses.len(), 1, "the report opens as after a drop");
}

#[test]
fn cancel_leaves_nothing_and_a_late_answer_neither() {
    let mut page = Page::started();
    page.send(Command::Preview(PreviewAct::Look(vec![file(1, "views.csv")])));
    let before = page.state.document.clone();
    page.send(Command::CloseDialog);
    assert!(page.inbox.iter().any(|(_, request)| matches!(request, Request::Cancel { .. })));
    page.settle();
    assert_eq!(page.state.document, before);
    assert!(page.state.chrome.preview.files.is_empty() && page.state.engine.sniffs.iter().next().is_none());
    assert_eq!(page.posted(is_load), 0);
    // A number of a file that is gone changes nothing.
    let options = Box::new(ImportOptions::default());
    page.send(Command::SetImportOptions { source: (1 << 31) + 1, options });
    assert_eq!(page.state.document, before);
}

#[test]
fn a_changed_option_takes_the_older_look_back() {
    let mut page = Page::started();
    look(&mut page, &[file(1, "views.csv")]);
    for delimiter in [",", "|", "\t"] {
        set(&mut page, delimiter);
    }
    let kinds: Vec<&str> = page
        .inbox
        .iter()
        .map(|(_, request)| match request {
            Request::Sniff { .. } => "sniff",
            Request::Cancel { .. } => "cancel",
            _ => "other",
        })
        .collect();
    assert_eq!(kinds, ["sniff", "cancel"]);
    let (first, _) = page.inbox.remove(0);
    page.inbox.clear();
    page.say(first, Outcome::Error(EngineError::cancelled()));
    page.settle();
    let id = page.state.chrome.preview.files[0].id();
    assert_eq!(page.state.engine.sniffs.get(&id).unwrap().report.delimiter, "\t");
}

#[test]
fn several_files_wait_in_a_list() {
    let mut page = Page::started();
    look(&mut page, &[file(1, "a.csv"), file(2, "b.csv"), file(3, "c.csv")]);
    look(&mut page, &[file(4, "b.csv")]);
    let names = |page: &Page| -> Vec<String> {
        page.state.chrome.preview.files.iter().map(|looked| looked.file.name.clone()).collect()
    };
    assert_eq!(names(&page), ["a.csv", "c.csv", "b.csv"], "the same file takes its own place");
    assert_eq!(state_words(&page.state, &page.state.chrome.preview.files[0]), "0 columns");
    page.send(Command::Preview(PreviewAct::Show((1 << 31) + 3)));
    let id = set(&mut page, ",");
    page.settle();
    assert_eq!(state_words(&page.state, &page.state.chrome.preview.files[1]), "0 columns, options changed");
    page.send(Command::Preview(PreviewAct::LeaveOut(id)));
    assert_eq!(names(&page), ["a.csv", "b.csv"]);
    assert_eq!(page.state.chrome.preview.at, 1);
    page.send(Command::Preview(PreviewAct::Load));
    page.settle();
    assert_eq!(page.state.table_names(), ["a", "b"]);
}

#[test]
fn a_file_that_is_loaded_already_is_looked_at_as_it_was_read() {
    let mut page = Page::started();
    look(&mut page, &[file(1, "views.csv")]);
    set(&mut page, "|");
    page.send(Command::Preview(PreviewAct::Load));
    page.settle();
    look(&mut page, &[file(2, "views.csv")]);
    assert_eq!(page.state.chrome.preview.files[0].options.delimiter.as_deref(), Some("|"));
    page.send(Command::Preview(PreviewAct::Load));
    page.settle();
    assert_eq!(page.state.document.sources.len(), 1);
    assert!(page.state.slot(&SlotId::Source(page.state.document.sources[0].id)).unwrap().is_current());
}

fn table(name: &str, columns: &[(&str, Kind, &[&str])]) -> TableInfo {
    let column = |(name, kind, levels): &(&str, Kind, &[&str])| ColumnInfo {
        unit: None,
        name: (*name).into(),
        kind: *kind,
        n_missing: 0,
        levels: levels.iter().map(|level| (*level).to_owned()).collect(),
    };
    TableInfo {
        name: name.into(),
        revision: 1,
        n_rows: 10,
        columns: columns.iter().map(column).collect(),
        origin: TableOrigin::Text,
    }
}

#[test]
fn tables_are_alike_by_names_and_by_kinds_that_mix() {
    use Kind::{Binary, Continuous, Count, Date, Id, Nominal, Text};
    let base: Vec<(&str, Kind, &[&str])> = vec![
        ("user_id", Id, &[]),
        ("minutes", Count, &[]),
        ("watched", Binary, &["0", "1"]),
        ("plan", Nominal, &["Basic"]),
    ];
    let with = |at: usize, column: (&'static str, Kind, &'static [&'static str])| {
        let mut columns = base.clone();
        columns[at] = column;
        table("other", &columns)
    };
    let first = table("first", &base);
    assert!(is_alike(&first, &with(0, (" User_ID", Id, &[]))));
    assert!(is_alike(&first, &with(1, ("minutes", Continuous, &[]))));
    assert!(is_alike(&first, &with(2, ("watched", Count, &[]))));
    assert!(is_alike(&first, &with(3, ("plan", Text, &[]))));
    assert!(!is_alike(&first, &with(1, ("minutes", Date, &[]))));
    assert!(!is_alike(&first, &with(2, ("watched", Binary, &["no", "yes"]))));
    assert!(!is_alike(&first, &with(3, ("device", Nominal, &[]))), "three of four is not enough");
    let mut longer = base.clone();
    longer.push(("device", Nominal, &[]));
    assert!(is_alike(&first, &table("other", &longer)) && is_alike(&table("other", &longer), &first));
    assert!(!is_alike(&first, &table("other", &[("user_id", Id, &[])])));
}

#[test]
fn files_of_one_shape_are_offered_as_one_table() {
    let mut page = Page::started();
    page.drop_files(&["views_jan.csv", "views_feb.csv", "users.csv"]);
    page.settle();
    let stack = stack_offer(&page.state).expect("an offer");
    assert_eq!(stack.tables, ["views_jan", "views_feb"]);
    assert_eq!((stack.into.as_str(), stack.column.as_str()), ("views", "source_file"));
    assert_eq!(
        sentence(&stack),
        "views_jan.csv and views_feb.csv have the same columns. Put their 10,000 rows into one table?"
    );
    let draft = join_offer(&page.state).expect("a join with users");
    assert_eq!(draft.right, "users", "tables of one shape are not joined");
    page.send(Command::ApplyStack(Box::new(stack)));
    page.settle();
    assert!(stack_offer(&page.state).is_none());
    assert_eq!(page.first_spec().table(), "views");
    let SourceKind::Recipe { table, steps, into } = &page.state.document.sources[3].kind else {
        panic!("a recipe")
    };
    assert_eq!((table.as_str(), into.as_str(), steps.len()), ("views_jan", "views", 2));
    let Step::Concatenate(step) = &steps[0].step else { panic!("rows below each other") };
    assert_eq!(step.tables, ["views_feb"]);
    let Step::Recode(step) = &steps[1].step else { panic!("names of files") };
    assert_eq!(step.map["views_jan"], "views_jan.csv");

    // One more of the shape: the table that was made grows.
    page.send(Command::AddFiles(vec![file(9, "views_mar.csv")]));
    page.settle();
    let stack = stack_offer(&page.state).expect("another offer");
    assert_eq!(stack.tables, ["views_jan", "views_feb", "views_mar"]);
    page.send(Command::ApplyStack(Box::new(stack)));
    page.settle();
    assert_eq!(page.state.document.sources.len(), 5, "no second table");
    assert!(stack_offer(&page.state).is_none());
    page.send(Command::Undo);
    page.settle();
    assert!(stack_offer(&page.state).is_some());
    let tables = ["views_jan", "views_feb", "views_mar"].map(str::to_owned).to_vec();
    page.send(Command::DeclineStack(tables));
    assert!(stack_offer(&page.state).is_none());
}
