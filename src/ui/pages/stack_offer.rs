//! The offer to put files of one shape into one table.

use crate::ui::command::Command;
use crate::ui::dom::{Html, el, live};
use crate::ui::parts::icon::button;
use crate::ui::runtime::App;
use crate::ui::same_shape::sentence;
use crate::ui::state::{Panel, State};
use crate::ui::suggest::stack_offer;

pub fn offer(app: App) -> Html {
    let offered = |state: &State| match state.document.panel {
        Panel::Join(_) => None,
        _ => stack_offer(state),
    };
    let offer = app.part(offered);
    live(move || {
        offer.get().map(|stack| {
            let words = sentence(&stack);
            let (yes, no) = (stack.clone(), stack.tables);
            let note = format!("The column {} will name the file of each row.", stack.column);
            el("section")
                .class("offer")
                .attr("aria-label", "Offer to put files into one table")
                .add(el("p").add(words))
                .add(el("p").class("muted").add(note))
                .add(
                    el("div")
                        .class("panel__actions")
                        .add(button("button button--primary", "Put them into one table", move || {
                            app.send(Command::ApplyStack(Box::new(yes.clone())))
                        }))
                        .add(button("button button--quiet", "Not now", move || {
                            app.send(Command::DeclineStack(no.clone()));
                        })),
                )
        })
    })
}
