//! What the page does with what it finds: without a browser, and with a storage that is made up.

use super::{file_source, manifest, two_files};
use crate::model::{ScenarioSpec, UiExperimentSpec};
use crate::protocol::{PROTOCOL, Ready, VERSION};
use crate::ui::case_study;
use crate::ui::command::{Command, Effect, FileAtHand};
use crate::ui::kept::manifest::{Entry, Manifest, works};
use crate::ui::kept::state::{Found, KeptCommand, KeptEffect, Status};
use crate::ui::kept::words;
use crate::ui::route::Route;
use crate::ui::state::{Document, Screen, SourceKind, State};
use crate::ui::update::update;

fn started() -> State {
    let mut state = State::default();
    update(&mut state, Command::EngineReady(Ready { protocol: PROTOCOL, version: VERSION.into() }));
    state
}

fn found(entries: &[Entry], session: &str) -> Command {
    let found = Found { works: works(entries), session: session.into(), is_on: true, ..Found::default() };
    Command::Kept(KeptCommand::Looked(Box::new(found)))
}

fn kept(effects: Vec<Effect>) -> Vec<KeptEffect> {
    let ours = effects.into_iter().filter_map(|effect| match effect {
        Effect::Kept(effect) => Some(effect),
        _ => None,
    });
    ours.collect()
}

fn navigate(document: Document) -> Command {
    Command::Navigate(Box::new(Route::Document(Box::new(document))))
}

fn at_hand() -> Vec<FileAtHand> {
    vec![
        FileAtHand { file_id: 1, name: "users.csv".into(), n_bytes: 20, fingerprint: None },
        FileAtHand { file_id: 2, name: "sessions.csv".into(), n_bytes: 70, fingerprint: None },
    ]
}

fn file_ids(state: &State) -> Vec<Option<u32>> {
    let sources = state.document.sources.iter();
    sources
        .filter_map(|source| match &source.kind {
            SourceKind::File { file_id, .. } => Some(*file_id),
            _ => None,
        })
        .collect()
}

#[test]
fn a_reload_in_the_lab_puts_the_files_in_without_asking() {
    let mut state = started();
    update(&mut state, navigate(two_files()));
    let (_, entries) = manifest("w1", 1, &two_files());
    let effects = kept(update(&mut state, found(&entries, "w1")));
    assert_eq!(effects, [KeptEffect::Take { work: "w1".into(), adopts: true, opens: false }]);
    assert_eq!(state.kept.status, Status::Looking, "no file is asked for in the meantime");
    let taken = KeptCommand::Taken { work: "w1".into(), opens: false, files: at_hand() };
    let effects = update(&mut state, Command::Kept(taken));
    assert_eq!(file_ids(&state), [Some(1), Some(2)]);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Post { file_id: Some(1), .. })));
    assert!(state.history.undo_label().is_none(), "there is nothing to take back");
    update(&mut state, Command::Kept(KeptCommand::SaveEnded(Ok(()))));
    assert_eq!(state.kept.status, Status::Saved);
}

#[test]
fn a_link_gets_kept_files_of_its_names_and_sizes_but_not_the_work() {
    let mut state = started();
    let mut other = two_files();
    other.sources.truncate(1);
    update(&mut state, navigate(other));
    let (_, entries) = manifest("w1", 1, &two_files());
    let effects = kept(update(&mut state, found(&entries, "")));
    assert_eq!(effects, [KeptEffect::Take { work: "w1".into(), adopts: false, opens: false }]);

    let mut state = started();
    let mut larger = two_files();
    larger.sources = vec![file_source(1, "users.csv", 21)];
    update(&mut state, navigate(larger));
    assert!(
        kept(update(&mut state, found(&entries, ""))).iter().all(|effect| *effect == KeptEffect::SaveSoon)
    );
}

#[test]
fn kept_work_with_other_contents_is_not_put_in() {
    let made_with = |contents: &str| {
        let mut document = two_files();
        for source in &mut document.sources {
            if let SourceKind::File { fingerprint, .. } = &mut source.kind {
                *fingerprint = Some(contents.into());
            }
        }
        document
    };
    let (kept_before, entries) = manifest("w1", 1, &made_with("a"));
    assert_eq!(Manifest::read(&kept_before.to_text()), Some(kept_before));
    let is_put_in = |link: &str| {
        let mut state = started();
        update(&mut state, navigate(made_with(link)));
        let effects = kept(update(&mut state, found(&entries, "")));
        effects.iter().any(|effect| matches!(effect, KeptEffect::Take { .. }))
    };
    assert!(is_put_in("a"));
    assert!(!is_put_in("b"));

    // What is read from the storage counts, whatever its manifest says.
    let mut state = started();
    update(&mut state, navigate(made_with("a")));
    update(&mut state, found(&entries, "w1"));
    let mut files = at_hand();
    files[0].fingerprint = Some("b".into());
    files[1].fingerprint = Some("a".into());
    update(&mut state, Command::Kept(KeptCommand::Taken { work: "w1".into(), opens: false, files }));
    assert_eq!(file_ids(&state), [None, Some(2)]);
}

#[test]
fn the_start_page_waits_for_continue_and_undo_brings_back_what_was() {
    let mut state = started();
    update(&mut state, Command::Navigate(Box::new(Route::Start)));
    let (_, entries) = manifest("w1", 1, &two_files());
    assert!(kept(update(&mut state, found(&entries, "w1"))).is_empty());
    let effects = kept(update(&mut state, Command::Kept(KeptCommand::Continue("w1".into()))));
    assert_eq!(effects, [KeptEffect::Take { work: "w1".into(), adopts: true, opens: true }]);
    let taken = KeptCommand::Taken { work: "w1".into(), opens: true, files: at_hand() };
    let effects = update(&mut state, Command::Kept(taken));
    assert!(effects.contains(&Effect::WriteLink { is_new_page: true }));
    assert_eq!((state.chrome.screen, file_ids(&state)), (Screen::Lab, vec![Some(1), Some(2)]));
}

#[test]
fn a_file_that_was_lost_is_named() {
    let mut state = started();
    let (_, mut entries) = manifest("w1", 1, &two_files());
    entries.retain(|entry| !entry.name.contains("sessions"));
    update(&mut state, navigate(two_files()));
    update(&mut state, found(&entries, "w1"));
    let files = at_hand()[..1].to_vec();
    update(&mut state, Command::Kept(KeptCommand::Taken { work: "w1".into(), opens: false, files }));
    assert_eq!(file_ids(&state), [Some(1), None]);
    assert!(state.chrome.notice.unwrap().text.contains("sessions.csv was not kept whole"));
}

#[test]
fn changes_are_saved_unless_switched_off_or_forgotten() {
    let is_saved = |effects: Vec<Effect>| kept(effects).contains(&KeptEffect::SaveSoon);
    let mut state = started();
    let world = ScenarioSpec::UiExperiment(UiExperimentSpec::default());
    update(&mut state, found(&[], ""));
    assert!(!is_saved(update(&mut state, Command::OpenWorld(Box::new(world.clone())))), "looked at only");
    assert!(!is_saved(update(&mut state, Command::ClosePanel)));
    let spec = case_study::document(&world).analyses[0].spec.clone();
    assert!(is_saved(update(&mut state, Command::AddSpec(Box::new(spec)))));
    assert!(is_saved(update(&mut state, Command::Undo)), "undone, but kept before");

    let mut found_own = Found { is_on: true, own: "w9".into(), ..Found::default() };
    update(&mut state, Command::Kept(KeptCommand::Looked(Box::new(found_own.clone()))));
    update(&mut state, Command::Kept(KeptCommand::Forget("w9".into())));
    assert_eq!(state.kept.status, Status::Forgotten);
    assert!(!is_saved(update(&mut state, Command::Redo)), "what was asked to be forgotten is not kept again");
    update(&mut state, Command::Navigate(Box::new(Route::Start)));
    assert!(is_saved(update(&mut state, Command::AddFiles(at_hand()))), "other work is kept");

    let effects = kept(update(&mut state, Command::Kept(KeptCommand::SetKeeping(false))));
    assert_eq!(effects, [KeptEffect::SetKeeping(false)]);
    assert!(!is_saved(update(&mut state, Command::Undo)));
    assert!(is_saved(update(&mut state, Command::Kept(KeptCommand::SetKeeping(true)))));

    found_own.obstacle = Some("no storage".into());
    let mut state = started();
    update(&mut state, Command::Kept(KeptCommand::Looked(Box::new(found_own))));
    assert!(!is_saved(update(&mut state, Command::AddFiles(at_hand()))));
    assert_eq!(words::short(&state.kept), "Not saved");
}

#[test]
fn a_save_that_fails_says_why_and_the_next_one_may_do() {
    let mut state = started();
    update(&mut state, found(&[], ""));
    update(&mut state, Command::AddFiles(at_hand()));
    let reason = words::failure("QuotaExceededError", "", 90, Some((5_999_950, 6_000_000)));
    assert!(
        reason.contains("takes 90 B")
            && reason.contains("allows 6.00 MB")
            && reason.contains("6.00 MB are used"),
        "{reason}"
    );
    update(&mut state, Command::Kept(KeptCommand::SaveEnded(Err(reason))));
    assert_eq!(words::short(&state.kept), "Not saved");
    update(&mut state, Command::RemoveSource(1));
    assert_eq!(words::short(&state.kept), "Saving");
}

#[test]
fn a_workspace_takes_the_place_of_the_document_and_undo_brings_it_back() {
    let mut state = started();
    update(&mut state, Command::AddFiles(at_hand()[..1].to_vec()));
    let before = state.document.clone();
    let files = vec![FileAtHand { file_id: 8, name: "users.csv".into(), n_bytes: 20, fingerprint: None }];
    let document = Box::new(two_files());
    update(&mut state, Command::Kept(KeptCommand::WorkspaceRead { document, files }));
    assert_eq!(file_ids(&state), [Some(8), None]);
    assert!(state.chrome.notice.as_ref().unwrap().text.contains("It does not hold sessions.csv"));
    update(&mut state, Command::Undo);
    assert_eq!(state.document.sources, before.sources);
}
