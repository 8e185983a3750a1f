//! The parts of the forms of steps, which [`super::steps`] lists. Forms and what is still missing in a step are both
//! read from them, on the step's JSON, so that a step needs no code of its own.

use super::steps::STEPS;
use crate::model::{ColumnInfo, RecipeStep, Step};
use crate::ui::wire::{Json, Read, Write};

/// A step as the menu offers it.
#[derive(Debug)]
pub struct Entry {
    pub group: &'static str,
    /// Name in JSON.
    pub name: &'static str,
    pub title: &'static str,
    /// A new one, in JSON.
    pub start: &'static str,
    pub parts: &'static [Part],
}

/// A member of a step, and how it is put in.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    pub name: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    pub control: Control,
    /// What to say while it is empty; no text: it may be.
    pub needs: &'static str,
    /// Shown only while another member is (or is not) this word.
    pub when: Option<(&'static str, &'static str, bool)>,
    /// What it is at first, in JSON, where it comes into view later.
    pub start: &'static str,
}

#[derive(Debug, Clone, Copy)]
pub enum Control {
    Columns(fn(&ColumnInfo) -> bool),
    Column,
    /// A column of the table that the step names.
    OtherColumn,
    Text,
    /// Empty: not there.
    TextOrNone,
    /// Several, with commas between them.
    Texts,
    Number(f64, f64, &'static str),
    Choice(&'static [(&'static str, &'static str)]),
    /// What a column can be read as.
    Kind,
    /// Rising or falling.
    Direction,
    /// One of some words, or an object with a text: `"mean"`, `{"constant": "0"}`.
    WordOr(&'static [(&'static str, &'static str)], &'static str),
    Object(&'static [Part]),
    /// Exactly one of the members is there.
    OneOf(&'static [Part]),
    Rows {
        parts: &'static [Part],
        start: &'static str,
        add: &'static str,
    },
    /// Old values of the step's column to new ones.
    Values,
    /// Old names of columns to new ones.
    Names,
    Conditions,
    Expression,
    Table,
    Tables,
}

pub(super) const fn part(name: &'static str, label: &'static str, control: Control) -> Part {
    Part { name, label, hint: "", control, needs: "", when: None, start: "" }
}

impl Part {
    pub(super) const fn needs(mut self, needs: &'static str) -> Self {
        self.needs = needs;
        self
    }

    pub(super) const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }

    pub(super) const fn when(mut self, name: &'static str, word: &'static str) -> Self {
        self.when = Some((name, word, true));
        self
    }

    pub(super) const fn unless(mut self, name: &'static str, word: &'static str) -> Self {
        self.when = Some((name, word, false));
        self
    }

    pub(super) const fn start(mut self, start: &'static str) -> Self {
        self.start = start;
        self
    }

    /// Whether the part belongs to an object as it is.
    pub fn is_shown(&self, json: &Json) -> bool {
        self.when.is_none_or(|(name, word, is_it)| (get(json, name).as_word() == word) == is_it)
    }
}

pub fn entry_of(step: &Step) -> Option<&'static Entry> {
    let name = step.name();
    STEPS.iter().find(|entry| entry.name == name)
}

/// A new step of this kind; much of it may still be missing.
pub fn fresh(entry: &Entry) -> Option<RecipeStep> {
    let mut json = Json::parse(entry.start)?;
    put(&mut json, "step", Json::Text(entry.name.into()));
    read(json).map(RecipeStep::from)
}

/// A step from its JSON. `None` where something does not fit.
pub fn read(mut json: Json) -> Option<Step> {
    let mut is_valid = true;
    let step = Step::read(&mut json, &mut is_valid);
    is_valid.then_some(step)
}

/// What is still missing in a step, in words. Such a step is not sent.
pub fn missing(step: &Step) -> Option<&'static str> {
    if let Step::Filter(filter) = step {
        let is_empty = filter.conditions.is_empty() && filter.expression.is_none();
        return is_empty.then_some("Add a condition or write an expression.");
    }
    missing_in(&step.write(), entry_of(step)?.parts)
}

fn missing_in(json: &Json, parts: &[Part]) -> Option<&'static str> {
    parts.iter().filter(|part| part.is_shown(json)).find_map(|part| {
        let value = get(json, part.name);
        if !part.needs.is_empty() && is_blank(value) {
            return Some(part.needs);
        }
        match (part.control, value) {
            (Control::Object(parts), value) => missing_in(value, parts),
            (Control::Rows { parts, .. }, Json::List(rows)) => {
                rows.iter().find_map(|row| missing_in(row, parts))
            }
            (Control::WordOr(_, member), Json::Object(_)) if is_blank(get(value, member)) => {
                Some("Write the value.")
            }
            _ => None,
        }
    })
}

fn is_blank(json: &Json) -> bool {
    match json {
        Json::Null => true,
        Json::Text(text) => text.is_empty(),
        Json::List(items) => items.is_empty(),
        Json::Object(members) => members.is_empty(),
        _ => false,
    }
}

/// A member; `null` where there is none.
pub fn get<'a>(json: &'a Json, name: &str) -> &'a Json {
    match json {
        Json::Object(members) => {
            members.iter().find(|(other, _)| other == name).map_or(&Json::Null, |(_, value)| value)
        }
        _ => &Json::Null,
    }
}

/// Replaces a member; `null` takes it out.
pub fn put(json: &mut Json, name: &str, value: Json) {
    if let Json::Object(members) = json {
        members.retain(|(other, _)| other != name);
    }
    json.set(name, value);
}

/// Gives parts that came into view with a change what they begin with.
pub fn complete(json: &mut Json, parts: &[Part]) {
    for part in parts {
        if part.is_shown(json) && !part.start.is_empty() && *get(json, part.name) == Json::Null {
            put(json, part.name, Json::parse(part.start).unwrap_or_default());
        } else if !part.is_shown(json) && part.when.is_some() {
            put(json, part.name, Json::Null);
        }
    }
}
