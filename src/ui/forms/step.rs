//! The form of one step. Its fields are read from the step's table of parts and write into the step's JSON,
//! so that all twenty steps share the few kinds of fields below.

use super::columns::checks_of;
use super::{expression, filters};
use crate::model::{ColumnInfo, Kind, RecipeStep, TableInfo};
use crate::ui::command::Command;
use crate::ui::dom::{Html, el, list};
use crate::ui::parts::field::{Choice, Field, check, checks, choice, number, select, text};
use crate::ui::parts::icon::{button, icon_button};
use crate::ui::recipe::parts::{Control, Part, complete, get, put, read};
use crate::ui::runtime::App;
use crate::ui::wire::{Json, Read, Write};
use std::rc::Rc;
use std::sync::Arc;

/// What the fields of a step have to know.
pub struct Form {
    pub app: App,
    pub source: u32,
    pub idx: usize,
    /// The columns that there are before the step.
    pub columns: Arc<Vec<ColumnInfo>>,
    /// The tables that the step may add.
    pub tables: Vec<Arc<TableInfo>>,
    pub step: Json,
    pub enabled: bool,
}

/// Puts a new value in the place of a member.
pub type Set = Rc<dyn Fn(Json)>;

pub fn fields(form: Rc<Form>, parts: &'static [Part]) -> Html {
    let id = format!("step-{}-{}", form.source, form.idx);
    let (app, source, idx, enabled) = (form.app, form.source, form.idx, form.enabled);
    let set: Set = Rc::new(move |json| {
        if let Some(step) = read(json) {
            app.send(Command::SetStep { source, idx, step: Box::new(RecipeStep { enabled, step }) });
        }
    });
    object(&form, &id, &form.step, parts, &set)
}

fn object(form: &Rc<Form>, id: &str, json: &Json, parts: &'static [Part], set: &Set) -> Html {
    let fields = parts.iter().filter(|part| part.is_shown(json)).map(|part| {
        let id = format!("{id}-{}", part.name);
        if let Control::OneOf(parts) = part.control {
            return one_of(form, &id, part, json, parts, set);
        }
        let (form_of, old, set) = (form.clone(), json.clone(), set.clone());
        let set: Set = Rc::new(move |value| {
            let mut new = old.clone();
            put(&mut new, part.name, value);
            complete(&mut new, parts);
            match part.control {
                Control::Table => guess_keys(&form_of, &mut new),
                _ => keep_name(&old, &mut new),
            }
            set(new);
        });
        field(form, id, part, get(json, part.name), set)
    });
    fields.collect::<Vec<_>>().into()
}

fn field(form: &Rc<Form>, id: String, part: &'static Part, value: &Json, set: Set) -> Html {
    let frame = Field::new(id.clone(), part.label).row().hint(part.hint);
    let word = value.as_word();
    let set_text = {
        let set = set.clone();
        move |text: String| set(Json::Text(text))
    };
    match part.control {
        Control::Columns(fits) => {
            let toggle: Rc<dyn Fn(Vec<String>)> = Rc::new(move |names: Vec<String>| set(names.write()));
            checks_of(frame, &form.columns, &texts(value), &fits, toggle)
        }
        Control::Column => select(frame, choices(&form.columns), word, set_text),
        Control::OtherColumn => {
            let table = get(&form.step, "table").as_word();
            let table = form.tables.iter().find(|other| other.name == table);
            let columns = table.map(|table| choices(&table.columns)).unwrap_or_default();
            select(frame, columns, word, set_text)
        }
        Control::Text => text(frame, "text", word.into(), set_text),
        Control::TextOrNone => text(frame, "text", word.into(), move |text| {
            set(if text.is_empty() { Json::Null } else { Json::Text(text) });
        }),
        Control::Texts => text(frame, "text", texts(value).join(", "), move |text| {
            let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
            set(parts.map(str::to_owned).collect::<Vec<_>>().write());
        }),
        Control::Number(min, max, step) => {
            let now = if let Json::Number(now) = value { *now } else { min };
            number(frame, now, (min, max), step, move |new| set(Json::Number(new)))
        }
        Control::Choice(words) => select(frame, words_of(words), or_first(word, words), set_text),
        Control::Kind => {
            let kinds = Kind::ALL.iter().map(|kind| choice(kind.name(), kind.name().replace('_', "-")));
            select(frame, kinds.collect(), if word.is_empty() { "continuous" } else { word }, set_text)
        }
        Control::Direction => {
            let now = if *value == Json::Bool(true) { "falling" } else { "rising" };
            select(frame, words_of(DIRECTIONS), now, move |word| set(Json::Bool(word == "falling")))
        }
        Control::WordOr(words, member) => word_or(frame, words, member, value, set),
        Control::Object(parts) => object(form, &id, value, parts, &set),
        // Handled where the members are.
        Control::OneOf(_) => Html::Nothing,
        Control::Rows { parts, start, add } => rows(form, &id, part, value, (parts, start, add), set),
        Control::Values => {
            let column = get(&form.step, "column").as_word();
            let column = form.columns.iter().find(|other| other.name == column);
            values(frame, column.map(|column| column.levels.clone()).unwrap_or_default(), value, true, set)
        }
        Control::Names => {
            let names = form.columns.iter().map(|column| column.name.clone()).collect();
            values(frame, names, value, false, set)
        }
        Control::Conditions => {
            let mut is_valid = true;
            let now = Vec::read(&mut value.clone(), &mut is_valid);
            let rows = filters::conditions(&form.columns, &id, &now, move |new| set(new.write()));
            el("fieldset").class("field").add(el("legend").add(part.label)).add(rows).into()
        }
        Control::Expression => expression::field(form, frame, word, set),
        Control::Table => {
            let tables = form.tables.iter().map(|table| choice(&table.name, &table.name)).collect();
            select(frame, tables, word, set_text)
        }
        Control::Tables => {
            let chosen = texts(value);
            let items = form.tables.iter().map(|table| {
                let (name, set) = (table.name.clone(), set.clone());
                let mut others = chosen.clone();
                others.retain(|other| *other != name);
                check(name.clone().into(), String::new(), chosen.contains(&name), move |is_on| {
                    let mut new = others.clone();
                    new.extend(is_on.then(|| name.clone()));
                    set(new.write());
                })
            });
            checks(frame, items.collect())
        }
    }
}

const DIRECTIONS: &[(&str, &str)] = &[("rising", "least first"), ("falling", "greatest first")];

fn choices(columns: &[ColumnInfo]) -> Vec<Choice> {
    columns.iter().map(|column| choice(&column.name, &column.name)).collect()
}

fn words_of(words: &[(&str, &str)]) -> Vec<Choice> {
    words.iter().map(|(word, label)| choice(*word, *label)).collect()
}

fn or_first<'a>(word: &'a str, words: &[(&'a str, &'a str)]) -> &'a str {
    if word.is_empty() { words.first().map_or("", |(word, _)| word) } else { word }
}

/// The texts of a list.
fn texts(json: &Json) -> Vec<String> {
    match json {
        Json::List(items) => items.iter().map(|item| item.as_word().to_owned()).collect(),
        _ => Vec::new(),
    }
}

/// A word, or a value of one's own, which then has a field below.
fn word_or(
    frame: Field,
    words: &'static [(&'static str, &'static str)],
    member: &'static str,
    value: &Json,
    set: Set,
) -> Html {
    let of = move |text: String| {
        let mut json = Json::object();
        json.set(member, Json::Text(text));
        json
    };
    let own = matches!(value, Json::Object(_)).then(|| match get(value, member) {
        Json::Text(text) => text.clone(),
        other => other.to_text(),
    });
    let now = if own.is_some() { member } else { or_first(value.as_word(), words) };
    let id = format!("{}-own", frame.id);
    let changed = set.clone();
    list([
        select(frame, words_of(words), now, move |word| {
            changed(if word == member { of(String::new()) } else { Json::Text(word) });
        }),
        own.map_or(Html::Nothing, |own| {
            text(Field::new(id, "Value").row(), "text", own, move |text| set(of(text)))
        }),
    ])
}

/// Which of the members is there, and its field.
fn one_of(
    form: &Rc<Form>,
    id: &str,
    part: &'static Part,
    json: &Json,
    parts: &'static [Part],
    set: &Set,
) -> Html {
    let Some(now) = parts.iter().find(|part| *get(json, part.name) != Json::Null).or(parts.first()) else {
        return Html::Nothing;
    };
    let words = parts.iter().map(|part| choice(part.name, part.label)).collect();
    let (old, changed) = (json.clone(), set.clone());
    let chosen = select(Field::new(id, part.label).row(), words, now.name, move |name| {
        let mut new = old.clone();
        for part in parts {
            let start =
                if part.name == name { Json::parse(part.start).unwrap_or_default() } else { Json::Null };
            put(&mut new, part.name, start);
        }
        changed(new);
    });
    let (old, set) = (json.clone(), set.clone());
    let set: Set = Rc::new(move |value| {
        let mut new = old.clone();
        put(&mut new, now.name, value);
        set(new);
    });
    list([chosen, field(form, format!("{id}-{}", now.name), now, get(json, now.name), set)])
}

/// A group of fields for each object of a list.
fn rows(
    form: &Rc<Form>,
    id: &str,
    part: &'static Part,
    value: &Json,
    (parts, start, add): (&'static [Part], &'static str, &'static str),
    set: Set,
) -> Html {
    let old = if let Json::List(items) = value { items.clone() } else { Vec::new() };
    let items = old.iter().enumerate().map(|(at, item)| {
        let (list, changed) = (old.clone(), set.clone());
        let change: Set = Rc::new(move |new| {
            let mut list = list.clone();
            if let Some(place) = list.get_mut(at) {
                *place = new;
            }
            changed(Json::List(list));
        });
        let (list, set) = (old.clone(), set.clone());
        let words = format!("{} {}", part.label, at + 1);
        let remove = (old.len() > 1).then(|| {
            icon_button("close", format!("Remove: {words}"), move || {
                let mut list = list.clone();
                list.remove(at);
                set(Json::List(list));
            })
        });
        let fields = object(form, &format!("{id}-{at}"), item, parts, &change);
        el("div")
            .class("step-row")
            .attr("role", "group")
            .attr("aria-label", words)
            .add(el("div").class("step-row__fields").add(fields))
            .add(remove)
            .into()
    });
    let items: Vec<Html> = items.collect();
    let more = button("button", add, move || {
        let mut list = old.clone();
        list.extend(Json::parse(start));
        set(Json::List(list));
    });
    el("fieldset")
        .class("field")
        .add(el("legend").add(part.label))
        .add(el("div").class("metrics").add(items))
        .add(el("div").add(more))
        .into()
}

/// Values shown with a field each.
const MAX_VALUES: usize = 60;

/// A line for each known text, with its new text beside it; what is the same as before is not in the map.
/// `is_free`: other texts can be named too, and a new text may be empty.
fn values(frame: Field, mut known: Vec<String>, value: &Json, is_free: bool, set: Set) -> Html {
    let map: Vec<(String, Json)> =
        if let Json::Object(members) = value { members.clone() } else { Vec::new() };
    known.truncate(MAX_VALUES);
    for (old, _) in &map {
        if !known.contains(old) {
            known.push(old.clone());
        }
    }
    let with = {
        let map = Json::Object(map.clone());
        Rc::new(move |old: &str, new: Option<String>| {
            let mut map = map.clone();
            put(&mut map, old, new.map_or(Json::Null, Json::Text));
            set(map);
        })
    };
    let lines = known.iter().enumerate().map(|(at, old)| {
        let now = map.iter().find(|(name, _)| name == old).map_or(old.as_str(), |(_, new)| new.as_word());
        let field = Field::new(format!("{}-{at}", frame.id), old.clone()).row();
        let (old, with) = (old.clone(), with.clone());
        text(field, "text", now.into(), move |new| {
            let is_same = new == old || (new.is_empty() && !is_free);
            with(&old, (!is_same).then_some(new));
        })
    });
    let lines: Vec<Html> = lines.collect();
    let id = format!("{}-other", frame.id);
    let other = is_free.then(|| {
        text(Field::new(id, "Change another value").row(), "text", String::new(), move |old| {
            if !old.is_empty() {
                with(&old, Some(old.clone()));
            }
        })
    });
    list([checks(frame, lines), other.into()])
}

/// The key that two tables most likely share: an id of both, else any column of both.
fn guess_keys(form: &Form, json: &mut Json) {
    let table = get(json, "table").as_word().to_owned();
    let Some(table) = form.tables.iter().find(|other| other.name == table) else { return };
    let shared =
        || form.columns.iter().filter(|column| table.columns.iter().any(|other| other.name == column.name));
    let is_key = |column: &&ColumnInfo| column.kind == Kind::Id || column.name.ends_with("_id");
    let Some(key) = shared().find(is_key).or_else(|| shared().next()) else { return };
    let mut keys = Json::object();
    keys.set("left", Json::Text(key.name.clone()));
    keys.set("right", Json::Text(key.name.clone()));
    put(json, "keys", Json::List(vec![keys]));
}

/// A name that was made of function and column goes on being so.
fn keep_name(old: &Json, new: &mut Json) {
    let Json::Text(name) = get(new, "name") else { return };
    if (name.is_empty() || *name == made_name(old)) && *name == get(old, "name").as_word() {
        let made = made_name(new);
        put(new, "name", Json::Text(made));
    }
}

/// "mean_minutes"; empty while there is no column.
fn made_name(json: &Json) -> String {
    match (get(json, "function").as_word(), get(json, "column").as_word()) {
        ("n", _) => "n".into(),
        (_, "") => String::new(),
        ("share_true", column) => format!("share_{column}"),
        (function, column) => format!("{function}_{column}"),
    }
}
