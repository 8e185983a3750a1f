//! What is kept, how large it is, and how to be rid of it or take it along.

use super::state::{Found, KeptCommand, KeptView, Status, Work};
use super::words;
use crate::format;
use crate::ui::command::Command;
use crate::ui::dom::{Html, el, list, live};
use crate::ui::pages::file_button;
use crate::ui::parts::icon::button;
use crate::ui::runtime::App;
use crate::ui::state::Dialog;

/// The state of keeping in a few words, which open the panel.
pub fn bar_state(app: App) -> Html {
    let words = app.part(|state| words::short(&state.kept));
    live(move || {
        let words = words.get();
        (!words.is_empty())
            .then(|| button("bar__kept", words, move || app.send(Command::OpenDialog(Dialog::Storage))))
    })
}

pub fn panel(app: App) -> Html {
    let shown = app.part(|state| (state.kept.clone(), !state.document.sources.is_empty()));
    live(move || {
        let (kept, has_data) = shown.get();
        let found = kept.found.as_ref().filter(|found| found.obstacle.is_none());
        list([
            status(app, &kept),
            workspace(app, &kept, has_data),
            found.map(|found| works(app, found)).into(),
        ])
    })
}

fn status(app: App, kept: &KeptView) -> Html {
    let is_on = kept.status != Status::Off;
    let can_keep = !matches!(kept.status, Status::Impossible(_) | Status::Looking);
    let switch = can_keep.then(|| {
        el("label")
            .class("check")
            .add(
                el("input")
                    .attr("type", "checkbox")
                    .prop_is("checked", is_on)
                    .on("change", move |_| app.send(Command::Kept(KeptCommand::SetKeeping(!is_on)))),
            )
            .add("Keep my work on this device")
    });
    let again = (kept.status == Status::Forgotten)
        .then(|| button("button", "Keep this work", move || app.send(Command::Kept(KeptCommand::KeepAgain))));
    let note = can_keep.then(|| {
        el("p")
            .class("field__hint")
            .text("Switched off, everything kept is forgotten. Nothing is ever sent anywhere.")
    });
    el("div")
        .class("storage__status")
        .add(el("p").attr("role", "status").add(words::long(kept)))
        .add(again)
        .add(switch)
        .add(note)
        .into()
}

fn workspace(app: App, kept: &KeptView, has_data: bool) -> Html {
    let export = el("button")
        .attr("type", "button")
        .class("button")
        .prop_is("disabled", !has_data || kept.is_carrying)
        .on_press(move || app.send(Command::Kept(KeptCommand::ExportWorkspace)))
        .text("Export workspace");
    el("section")
        .class("storage__part")
        .attr("aria-labelledby", "workspace-title")
        .add(el("h3").id("workspace-title").text("Workspace file"))
        .add(el("p").class("muted").text(
            "One file with your tables, their files and all analyses: a backup, or for another device. Any zip program opens it.",
        ))
        .add(el("div").class("panel__actions").add(export).add(file_button(app, "Open workspace")))
        .add(el("p").attr("role", "status").text(&kept.remark))
        .into()
}

fn works(app: App, found: &Found) -> Html {
    let total: u64 = found.works.iter().map(|work| work.n_bytes).sum();
    let items: Vec<Html> = found.works.iter().map(|work| item(app, work, found)).collect();
    let n = items.len() as u64;
    let place = if found.is_database { "the browser's database" } else { "the browser's private files" };
    let sum = if n == 0 {
        "Nothing is kept.".into()
    } else {
        format!(
            "{} in all, in {place}. The last {} works are kept.",
            format::bytes(total),
            super::manifest::MAX_WORKS
        )
    };
    let estimate = found.estimate.map(|(used, quota)| {
        el("p").class("muted").add(format!(
            "The browser counts {} for this site, program included, and says that it allows {}.",
            format::bytes(used),
            format::bytes(quota)
        ))
    });
    let promise = if found.is_persistent {
        el("p").class("muted").text("The browser has promised not to clear this by itself.")
    } else {
        el("div")
            .class("storage__promise")
            .add(el("p").class("muted").text("The browser may clear this when space runs short or after weeks without a visit, and a private window does when it closes."))
            .add(button("button", "Ask the browser to keep it", move || {
                app.send(Command::Kept(KeptCommand::AskToPersist))
            }))
    };
    let forget_all = (n > 0).then(|| {
        el("div")
            .class("panel__actions")
            .add(button("button", "Forget all", move || app.send(Command::Kept(KeptCommand::ForgetAll))))
    });
    el("section")
        .class("storage__part")
        .attr("aria-labelledby", "kept-works-title")
        .add(el("h3").id("kept-works-title").text("Kept on this device"))
        .add((n > 0).then(|| el("ul").class("works").add(items)))
        .add(el("p").add(sum))
        .add(forget_all)
        .add(estimate)
        .add(promise)
        .into()
}

fn item(app: App, work: &Work, found: &Found) -> Html {
    let is_own = work.id == found.own;
    let title = words::title(work);
    let mut facts = work.document.as_ref().map(words::contents).unwrap_or_default();
    if !facts.is_empty() {
        facts.push_str(", ");
    }
    facts.push_str(&format!(
        "saved {}, {}",
        words::ago(work.saved_at_ms, found.now_ms),
        format::bytes(work.n_bytes)
    ));
    if is_own {
        facts.push_str("; open here");
    } else if work.is_open_elsewhere {
        facts.push_str("; open in another tab");
    }
    let files: Vec<Html> = work
        .files
        .iter()
        .map(|file| {
            let size = if file.is_there { format::bytes(file.n_bytes) } else { "damaged or missing".into() };
            el("li")
                .add(el("span").class("works__name").add(file.name.clone()))
                .add(el("span").class("muted num").add(size))
                .into()
        })
        .collect();
    let (open, forget) = (work.id.clone(), work.id.clone());
    let can_open = !is_own && work.has_data();
    el("li")
        .class("work")
        .add(el("p").class("work__title").add(el("strong").add(title.clone())))
        .add(el("p").class("muted").add(facts))
        .add((!files.is_empty()).then(|| el("ul").class("work__files").add(files)))
        .add(
            el("div")
                .class("panel__actions")
                .add(can_open.then(|| {
                    labelled("Open", &title, move || {
                        app.send(Command::Kept(KeptCommand::Continue(open.clone())))
                    })
                }))
                .add(labelled("Forget", &title, move || {
                    app.send(Command::Kept(KeptCommand::Forget(forget.clone())))
                })),
        )
        .into()
}

/// A button whose full name says what it acts on.
fn labelled(label: &'static str, of: &str, on_press: impl Fn() + 'static) -> Html {
    el("button")
        .attr("type", "button")
        .class("button")
        .attr("aria-label", format!("{label} {of}"))
        .on_press(on_press)
        .text(label)
        .into()
}
