//! The model as SQL, to copy or to keep.

use crate::model::DdlDialect;
use crate::ui::command::Command;
use crate::ui::dom::{Html, el, list, live};
use crate::ui::engine_client::save_text;
use crate::ui::parts::callout;
use crate::ui::parts::field::{Field, choice, select};
use crate::ui::parts::icon::button;
use crate::ui::parts::progress::progress;
use crate::ui::relations::{RelationAct, RelationQuestion, error};
use crate::ui::runtime::App;
use crate::ui::slot::SlotId;

pub fn sql(app: App) -> Html {
    let dialect = app.part(|state| state.chrome.relations.dialect);
    let text = app.part(|state| state.engine.relations.ddl.clone());
    let is_current = app.part(|state| {
        state.slot(&SlotId::Relations(RelationQuestion::Ddl)).is_some_and(|slot| slot.is_current())
    });
    let fault = app.part(|state| error(state, RelationQuestion::Ddl));
    let chooser = live(move || {
        let choices = DdlDialect::ALL.map(|dialect| choice(dialect.name(), dialect.name())).into();
        select(Field::new("ddl-dialect", "Database"), choices, dialect.get().name(), move |name| {
            if let Some(dialect) = DdlDialect::ALL.into_iter().find(|dialect| dialect.name() == name) {
                app.send(Command::Relations(RelationAct::SetDialect(dialect)));
            }
        })
    });
    let body = live(move || {
        if let Some(error) = fault.get() {
            return callout::error(&error);
        }
        let Some(text) = text.get() else { return Html::Nothing };
        let (copied, saved) = (text.clone(), text.clone());
        list([
            el("div")
                .class("panel__actions")
                .add(button("button", "Copy", move || {
                    app.send(Command::Copy { text: copied.to_string(), what: "the SQL" });
                }))
                .add(button("button", "Download", move || {
                    save_text(&saved, &format!("tables_{}.sql", dialect.peek().name().to_lowercase()));
                }))
                .into(),
            el("pre")
                .class("relations__sql")
                .attr("tabindex", "0")
                .attr("role", "region")
                .attr("aria-label", "SQL of the tables")
                .attr("aria-busy", (!is_current.get()).to_string())
                .add(el("code").text(&*text))
                .into(),
        ])
    });
    el("section")
        .class("relations__part")
        .attr("aria-labelledby", "relations-sql")
        .add(el("h3").id("relations-sql").text("The tables as SQL"))
        .add(
            el("p").class("muted").text("CREATE TABLE statements with keys and foreign keys, parents first."),
        )
        .add(el("div").class("relations__dialect").add(chooser))
        .add(progress(app, SlotId::Relations(RelationQuestion::Ddl)))
        .add(body)
        .into()
}
