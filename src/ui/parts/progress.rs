//! How far a request is, with its Cancel. Shown once it has taken a second.

use super::icon::button;
use crate::ui::command::Command;
use crate::ui::dom::{Html, el, live};
use crate::ui::runtime::{App, Part};
use crate::ui::slot::SlotId;

/// Nothing while the request of the slot is quick.
pub fn progress(app: App, slot: SlotId) -> Html {
    let id = slot.clone();
    let shown = app.part(move |state| {
        let slot = state.slot(&id)?;
        slot.is_slow.then(|| (slot.done, slot.stage.clone(), slot.is_cancelled_by_user))
    });
    let is_slow = Part::new(move || shown.get().is_some());
    live(move || {
        let slot = slot.clone();
        is_slow.get().then(move || {
            let done = move || shown.get().map_or(0.0, |shown| shown.0).to_string();
            let words = move || {
                let shown = shown.get();
                match shown {
                    Some((_, _, true)) => "cancelling".to_owned(),
                    Some((_, stage, _)) if !stage.is_empty() => stage,
                    _ => "computing".into(),
                }
            };
            el("div")
                .class("progress")
                .add(el("progress").attr("max", "1").live_prop("value", done).attr("aria-label", "Progress"))
                .add(button("button button--quiet", "Cancel", move || {
                    app.send(Command::Cancel(slot.clone()))
                }))
                .add(el("span").class("muted").add(live(words)))
        })
    })
}
