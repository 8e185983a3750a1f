//! A file of the right name that is another than the one a link was made with.

use super::Page;
use crate::ui::command::{Command, FileAtHand};
use crate::ui::contents::wanted_files;
use crate::ui::route;
use crate::ui::state::{Screen, SourceKind};

fn file(file_id: u32, n_bytes: u64, fingerprint: &str) -> FileAtHand {
    let fingerprint = (!fingerprint.is_empty()).then(|| fingerprint.into());
    FileAtHand { file_id, name: "sessions.csv".into(), n_bytes, fingerprint }
}

/// A page that opened the link of a report on this file.
fn page_of_link(made_with: FileAtHand) -> Page {
    let mut page = Page::started();
    page.send(Command::AddFiles(vec![made_with]));
    page.settle();
    let link = route::fragment(&page.state.document);
    let mut other = Page::started();
    other.send(Command::Navigate(Box::new(route::parse(&link))));
    other.settle();
    other
}

fn add(page: &mut Page, file: FileAtHand) {
    page.send(Command::AddFiles(vec![file]));
    page.settle();
}

#[test]
fn the_file_itself_is_taken_without_a_word() {
    for (made_with, given) in [("a", "a"), ("", "a"), ("a", "")] {
        let mut page = page_of_link(file(1, 10, made_with));
        add(&mut page, file(2, 10, given));
        assert_eq!(page.state.table_names(), ["sessions"], "{made_with}, {given}");
        assert!(page.state.chrome.other_files.is_empty());
    }
}

#[test]
fn another_file_is_told_and_loaded_only_when_the_user_says_so() {
    let mut page = page_of_link(file(1, 10, "a"));
    add(&mut page, file(2, 10, "b"));
    assert!(page.state.engine.tables.is_empty(), "nothing is loaded");
    assert_eq!(wanted_files(&page.state.document)[0].fingerprint, Some("a"), "still waited for");
    assert!(page.state.chrome.announcement.contains("same name and size, but other contents"));
    assert!(page.state.history.undo_label().is_none(), "there is nothing to take back");

    page.send(Command::LoadAnyway(2));
    page.settle();
    assert_eq!(page.state.table_names(), ["sessions"]);
    assert_eq!(page.state.engine.results.len(), 1);
    assert!(page.state.chrome.other_files.is_empty());
    let SourceKind::File { fingerprint, .. } = &page.state.document.sources[0].kind else { panic!("a file") };
    assert_eq!(fingerprint.as_deref(), Some("b"), "a link made now means this file");
    page.send(Command::Undo);
    page.settle();
    assert_eq!(wanted_files(&page.state.document)[0].fingerprint, Some("a"));
}

#[test]
fn the_right_file_or_a_third_takes_the_place_of_another() {
    let mut page = page_of_link(file(1, 10, "a"));
    add(&mut page, file(2, 10, "b"));
    add(&mut page, file(3, 11, "c"));
    assert!(page.state.chrome.announcement.contains("11 bytes instead of 10"));
    assert_eq!(page.state.chrome.other_files.len(), 1);
    add(&mut page, file(4, 10, "a"));
    assert!(page.state.chrome.other_files.is_empty());
    assert_eq!(page.state.table_names(), ["sessions"]);
    // A file at hand is replaced by another of its name, as ever.
    add(&mut page, file(5, 10, "b"));
    assert!(page.state.chrome.other_files.is_empty());
    assert!(page.state.chrome.notice.as_ref().unwrap().text.contains("replaced the file of that name"));
}

#[test]
fn a_link_takes_a_file_of_the_document_on_screen_only_where_it_is_the_same() {
    for (fingerprint, n_waiting) in [("a", 0), ("b", 1)] {
        let link = route::fragment(&page_of_link(file(1, 10, "a")).state.document);
        let mut page = Page::started();
        add(&mut page, file(2, 10, fingerprint));
        page.send(Command::Navigate(Box::new(route::parse(&link))));
        page.settle();
        assert_eq!(wanted_files(&page.state.document).len(), n_waiting);
    }
}

#[test]
fn what_was_asked_about_another_document_is_forgotten() {
    let mut page = page_of_link(file(1, 10, "a"));
    add(&mut page, file(2, 10, "b"));
    page.state.chrome.screen = Screen::Start;
    add(&mut page, file(3, 10, "b"));
    assert!(page.state.chrome.other_files.is_empty());
    assert_eq!(page.state.table_names(), ["sessions"]);
}
