//! How far a request is, with its Cancel. Shown once it has taken a second.

use super::icon::button;
use crate::ui::command::Command;
use crate::ui::runtime::App;
use crate::ui::slot::SlotId;
use leptos::prelude::*;

/// Nothing while the request of the slot is quick.
pub fn progress(app: App, slot: SlotId) -> AnyView {
    let id = slot.clone();
    let shown = app.part(move |state| {
        let slot = state.slot(&id)?;
        slot.is_slow.then(|| (slot.done, slot.stage.clone(), slot.is_cancelled_by_user))
    });
    let is_slow = Memo::new(move |_| shown.read().is_some());
    view! {
        {move || {
            let slot = slot.clone();
            is_slow.get().then(move || {
                let done = move || shown.read().as_ref().map_or(0.0, |shown| shown.0);
                let words = move || {
                    let shown = shown.get();
                    match shown {
                        Some((_, _, true)) => "cancelling".into(),
                        Some((_, stage, _)) if !stage.is_empty() => stage,
                        _ => "computing".into(),
                    }
                };
                view! {
                    <div class="progress">
                        <progress max="1" prop:value=done aria-label="Progress"></progress>
                        {button("button button--quiet", "Cancel", move || app.send(Command::Cancel(slot.clone())))}
                        <span class="muted">{words}</span>
                    </div>
                }
            })
        }}
    }
    .into_any()
}
