//! The offer of the start page to go on with what is kept.

use super::state::{KeptCommand, Status};
use super::words;
use crate::ui::command::Command;
use crate::ui::dom::{Html, el, live};
use crate::ui::parts::icon::button;
use crate::ui::runtime::App;
use crate::ui::state::{Dialog, State};

/// What is offered: the work, its line, and how many more there are.
#[derive(Debug, Clone, PartialEq)]
struct Offer {
    work: String,
    title: String,
    line: String,
    n_others: usize,
}

fn newest(state: &State) -> Option<Offer> {
    // A report that is still on this page is one click away already.
    if !state.document.sources.is_empty() || state.kept.status == Status::Off {
        return None;
    }
    let found = state.kept.found.as_ref()?;
    let mut works = found.works.iter().filter(|work| work.has_data() && !work.is_open_elsewhere);
    let work = works.next()?;
    let contents = words::contents(work.document.as_ref()?);
    Some(Offer {
        work: work.id.clone(),
        title: words::title(work),
        line: format!("{contents}, saved on this device {}", words::ago(work.saved_at_ms, found.now_ms)),
        n_others: works.count(),
    })
}

pub fn offer(app: App) -> Html {
    let offer = app.part(newest);
    live(move || {
        offer.get().map(|Offer { work, title, line, n_others }| {
            let (yes, no) = (work.clone(), work);
            let others = (n_others > 0).then(|| {
                let label = crate::format::plural(n_others as u64, "earlier work", "earlier works");
                button("button button--quiet", label, move || app.send(Command::OpenDialog(Dialog::Storage)))
            });
            el("div")
                .attr("role", "region")
                .class("offer offer--kept")
                .attr("aria-labelledby", "kept-title")
                .add(el("h2").class("offer__title").id("kept-title").text("Continue where you left off"))
                .add(el("p").add(el("strong").add(title)).text(": ").add(line).text("."))
                .add(
                    el("div")
                        .class("panel__actions")
                        .add(button("button button--primary", "Continue", move || {
                            app.send(Command::Kept(KeptCommand::Continue(yes.clone())))
                        }))
                        .add(button("button", "Forget", move || {
                            app.send(Command::Kept(KeptCommand::Forget(no.clone())))
                        }))
                        .add(others),
                )
        })
    })
}
