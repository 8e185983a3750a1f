//! Where commands meet the browser: one signal holds the state, and effects are carried out here.

use super::command::{Command, Effect};
use super::dom::{self, Html};
use super::preview::PreviewAct;
use super::state::{PAGE_ROWS, Screen, State, Theme};
use super::update::update;
use super::{engine_client, files, kept, route};
use leptos::prelude::*;
use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// The handle that every view carries: reads the state, sends commands.
#[derive(Debug, Clone, Copy)]
pub struct App {
    state: RwSignal<State>,
}

impl App {
    pub fn new() -> Self {
        Self { state: RwSignal::new(State::default()) }
    }

    /// Changes the state and carries out what follows from it.
    pub fn send(self, command: Command) {
        let Some(effects) = self.state.try_update(|state| update(state, command)) else { return };
        for effect in effects {
            perform(self, effect);
        }
    }

    /// For commands that come with every scrolled pixel: sends them only where they ask for something new.
    pub fn send_if(self, command: Command) {
        if let Command::NeedRows { first, last } = command {
            let page = u64::from(PAGE_ROWS);
            let has_all = self.peek(|state| {
                let wanted = &state.engine.wanted_pages;
                let range = first / page..=last / page;
                wanted.len() as u64 == range.end() - range.start() + 1
                    && range.into_iter().all(|n| wanted.contains(&(n * page)))
            });
            if has_all {
                return;
            }
        }
        self.send(command);
    }

    /// Reads the state and follows it: the reader runs again after each command.
    pub fn read<T>(self, reader: impl FnOnce(&State) -> T) -> T {
        self.state.with(reader)
    }

    /// Reads the state once.
    pub fn peek<T>(self, reader: impl FnOnce(&State) -> T) -> T {
        self.state.with_untracked(reader)
    }

    /// A part of the state; what depends on it runs only when that part has changed.
    pub fn part<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        reader: impl Fn(&State) -> T + Send + Sync + 'static,
    ) -> Part<T> {
        Part::new(move || self.state.with(&reader))
    }
}

/// A value that follows signals and says so only when it has changed. Leptos' memo with its type taken
/// away: the machinery of a memo is then in the download once, not once for each type.
pub struct Part<T> {
    memo: Memo<Erased>,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for Part<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Part<T> {}

impl<T> fmt::Debug for Part<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Part")
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> Part<T> {
    pub fn new(value: impl Fn() -> T + Send + Sync + 'static) -> Self {
        let memo = memo(Box::new(move || Erased(Arc::new(value()))));
        Self { memo, kind: PhantomData }
    }

    /// The value; the reader runs again when it changes.
    pub fn get(self) -> T {
        self.read(T::clone)
    }

    /// The value as it is now.
    pub fn peek(self) -> T {
        untrack(|| self.get())
    }

    pub fn read<U>(self, reader: impl FnOnce(&T) -> U) -> U {
        let value = self.memo.get();
        match value.0.as_any().downcast_ref() {
            Some(value) => reader(value),
            // The constructor puts a T in, and nothing else does.
            None => unreachable!("a part holds what it was made with"),
        }
    }
}

fn memo(value: Box<dyn Fn() -> Erased + Send + Sync>) -> Memo<Erased> {
    Memo::new(move |_| value())
}

/// A value that can only be compared and taken back out.
#[derive(Clone)]
struct Erased(Arc<dyn Comparable>);

impl PartialEq for Erased {
    fn eq(&self, other: &Self) -> bool {
        self.0.is_same(&*other.0)
    }
}

trait Comparable: Send + Sync {
    fn as_any(&self) -> &dyn Any;
    fn is_same(&self, other: &dyn Comparable) -> bool;
}

impl<T: PartialEq + Send + Sync + 'static> Comparable for T {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn is_same(&self, other: &dyn Comparable) -> bool {
        other.as_any().downcast_ref::<T>() == Some(self)
    }
}

impl Default for App {
    fn default() -> Self {
        Self::new()
    }
}

fn perform(app: App, effect: Effect) {
    match effect {
        Effect::Post { id, request, file_id } => engine_client::post(id, *request, file_id),
        Effect::WatchForSlow(request_id) => {
            set_timeout(move || turned_slow(app, request_id), Duration::from_secs(1));
        }
        Effect::RestartWorker => engine_client::start(app),
        Effect::ReloadOnce => reload_once(),
        Effect::WriteLink { is_new_page } => write_link(app, is_new_page),
        Effect::SaveTheme(theme) => {
            if let Some(storage) = local_storage() {
                let _ = storage.set_item(THEME_KEY, theme.attribute());
            }
            show_theme(theme);
        }
        Effect::SaveCheckFirst(is_asked) => {
            if let Some(storage) = local_storage() {
                let _ = storage.set_item(CHECK_FIRST_KEY, if is_asked { "1" } else { "" });
            }
        }
        Effect::CopyText(text) => copy(app, text),
        Effect::SaveText { name, text } => engine_client::save_text(&text, &name),
        Effect::CopyLink => copy(app, window().location().href().unwrap_or_default()),
        Effect::ScrollToAnalysis(id) => {
            request_animation_frame(move || {
                if let Some(element) = document().get_element_by_id(&format!("analysis-{id}")) {
                    element.scroll_into_view();
                }
                focus("panel-title");
            });
        }
        Effect::FocusPanel => request_animation_frame(|| focus("panel-title")),
        Effect::Kept(effect) => kept::perform(app, effect),
    }
}

fn turned_slow(app: App, request_id: u64) {
    let is_waiting =
        app.peek(|state| state.engine.slots.iter().any(|(_, slot)| slot.request_id == Some(request_id)));
    if is_waiting {
        app.send(Command::TurnedSlow(request_id));
    }
}

/// Moves the keyboard focus to the element with this id, where there is one.
pub fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id)
        && let Some(element) = element.dyn_ref::<web_sys::HtmlElement>()
    {
        let _ = element.focus();
    }
}

const THEME_KEY: &str = "playhead.theme";
const CHECK_FIRST_KEY: &str = "playhead.check_first";
const RELOADED_KEY: &str = "playhead.reloaded";

fn local_storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// The theme chosen on an earlier visit.
pub fn saved_theme() -> Theme {
    let text = local_storage().and_then(|storage| storage.get_item(THEME_KEY).ok().flatten());
    Theme::from_attribute(text.as_deref().unwrap_or_default())
}

/// On an earlier visit the user wanted to look at files before they are loaded.
pub fn saved_check_first() -> bool {
    let text = local_storage().and_then(|storage| storage.get_item(CHECK_FIRST_KEY).ok().flatten());
    text.is_some_and(|text| !text.is_empty())
}

pub fn show_theme(theme: Theme) {
    if let Some(root) = document().document_element() {
        let _ = match theme {
            Theme::System => root.remove_attribute("data-theme"),
            theme => root.set_attribute("data-theme", theme.attribute()),
        };
    }
}

/// A stale copy of the page or of the engine in some cache: one reload helps, a second would not.
fn reload_once() {
    let Some(storage) = window().session_storage().ok().flatten() else { return };
    if storage.get_item(RELOADED_KEY).ok().flatten().is_none() {
        let _ = storage.set_item(RELOADED_KEY, "1");
        let _ = window().location().reload();
    }
}

/// The two versions agree; a mismatch later in this tab may reload again.
pub fn forget_reload() {
    if let Some(storage) = window().session_storage().ok().flatten() {
        let _ = storage.remove_item(RELOADED_KEY);
    }
}

fn write_link(app: App, is_new_page: bool) {
    let (fragment, is_lab) =
        app.peek(|state| (route::fragment(&state.document), state.chrome.screen == Screen::Lab));
    if !is_lab || window().location().hash().is_ok_and(|hash| hash == fragment) {
        return;
    }
    let Ok(history) = window().history() else { return };
    let _ = if is_new_page {
        history.push_state_with_url(&JsValue::NULL, "", Some(&fragment))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&fragment))
    };
}

fn copy(app: App, text: String) {
    let promise = window().navigator().clipboard().write_text(&text);
    spawn_local(async move {
        if JsFuture::from(promise).await.is_err() {
            app.send(Command::Notify("The browser did not allow copying.".into()));
        }
    });
}

/// Hands files that the user chose or dropped to the state. A workspace among them is opened first.
pub fn add_files(app: App, mut list: Vec<web_sys::File>) {
    if let Some(idx) = list.iter().position(kept::is_workspace) {
        let workspace = list.remove(idx);
        list.retain(|file| !kept::is_workspace(file));
        kept::open_workspace(app, workspace, list);
        return;
    }
    spawn_local(async move {
        let files = files::keep(list).await;
        app.send(if app.peek(|state| state.chrome.preview.is_asked) {
            Command::Preview(PreviewAct::Look(files))
        } else {
            Command::AddFiles(files)
        });
    });
}

impl From<Part<String>> for Html {
    fn from(text: Part<String>) -> Self {
        dom::live_text(move || text.get())
    }
}

impl From<Part<&'static str>> for Html {
    fn from(text: Part<&'static str>) -> Self {
        dom::live_text(move || text.get().to_owned())
    }
}
