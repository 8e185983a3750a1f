//! What the names of tables and columns say about keys.

use crate::model::Kind;

/// Words that end the name of a key.
const KEY_WORDS: [&str; 14] =
    ["id", "uuid", "guid", "key", "code", "pk", "fk", "ref", "sku", "isbn", "nr", "no", "num", "number"];
/// Names that two tables share by chance.
const COMMON_NAMES: [&str; 12] = [
    "name",
    "title",
    "label",
    "value",
    "type",
    "date",
    "time",
    "day",
    "row",
    "index",
    "status",
    "description",
];
/// Another row of the same table.
const ROLES_OF_ROWS: [&str; 12] = [
    "parent",
    "manager",
    "supervisor",
    "boss",
    "reply",
    "replies",
    "root",
    "previous",
    "next",
    "original",
    "duplicate",
    "super",
];
/// A person, as seen from a thing.
const ROLES_OF_PEOPLE: [&str; 14] = [
    "owner",
    "author",
    "creator",
    "created",
    "updated",
    "manager",
    "host",
    "sender",
    "receiver",
    "recipient",
    "buyer",
    "seller",
    "viewer",
    "listener",
];
const PEOPLE: [&str; 12] = [
    "user",
    "person",
    "member",
    "employee",
    "customer",
    "account",
    "viewer",
    "listener",
    "student",
    "client",
    "subscriber",
    "people",
];

/// "sessionLength" and "session_length" are "session" and "length".
pub(in crate::tables) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && was_lower) {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        was_lower = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

fn is_key_word(word: &str) -> bool {
    KEY_WORDS.contains(&word)
}

/// The column is an id, or is called one.
pub(in crate::tables) fn looks_like_key(column: &str, kind: Kind) -> bool {
    kind == Kind::Id || words(column).last().is_some_and(|word| is_key_word(word))
}

/// What a row of the table is called: of "dim_users" it is "dimuser" and "user".
fn nouns(table: &str) -> Vec<String> {
    let mut words = words(table);
    words.retain(|word| !word.bytes().all(|byte| byte.is_ascii_digit()));
    let Some(last) = words.pop() else { return Vec::new() };
    let start = words.concat();
    let mut nouns = Vec::new();
    for noun in singulars(&last) {
        for noun in [format!("{start}{noun}"), noun] {
            if !nouns.contains(&noun) {
                nouns.push(noun);
            }
        }
    }
    nouns
}

/// The word, and what it may be the plural of.
fn singulars(word: &str) -> Vec<String> {
    let mut singulars = vec![word.to_owned()];
    for (end, instead) in [("ies", "y"), ("es", ""), ("s", ""), ("people", "person"), ("children", "child")] {
        if let Some(stem) = word.strip_suffix(end) {
            singulars.push(format!("{stem}{instead}"));
        }
    }
    singulars
}

/// The name is that of the table's own key: `id`, `user_id` or `user` of users.
pub(in crate::tables) fn is_own_key(table: &str, column: &str) -> bool {
    let words = words(column);
    let glued = words.concat();
    let is_key = |rest: &str| is_key_word(rest) || rest.is_empty();
    matches!(words.as_slice(), [word] if is_key_word(word))
        || nouns(table).iter().any(|noun| glued.strip_prefix(noun.as_str()).is_some_and(is_key))
}

/// How the name of a column leads to the key of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    /// Both columns have the same name, which is the parent's own: `user_id` of users.
    Same,
    /// It is made of the table's name: `user_id` where the key of users is `id`.
    Named,
    /// It ends so: `owner_user_id`.
    Ends,
    /// Both have the same name, but it is not the parent's own.
    Shared,
    /// It is the table's name: `artist` of artists.
    Noun,
    /// It ends so: `favourite_artist`.
    EndsInNoun,
    /// Another row of the same table: `parent_id`.
    OtherRow,
    /// Someone: `owner_id` where the parent is a table of people.
    Person,
    Nothing,
}

impl Lead {
    /// How much the name speaks for the relation, 0 to 1.
    pub fn score(self) -> f64 {
        match self {
            Self::Same | Self::Named => 1.0,
            Self::Ends => 0.9,
            Self::Shared => 0.85,
            Self::Noun | Self::OtherRow => 0.8,
            Self::EndsInNoun => 0.7,
            Self::Person => 0.6,
            Self::Nothing => 0.0,
        }
    }

    /// Its part of a sentence.
    pub fn words(self, child: &str, parent: &str, parent_column: &str) -> String {
        match self {
            Self::Same | Self::Shared => format!("both columns are named {child}"),
            Self::Named => format!("{child} names the key of {parent}"),
            Self::Ends => format!("{child} ends in the name of the key of {parent}"),
            Self::Noun | Self::EndsInNoun => format!("{child} names a row of {parent}"),
            Self::OtherRow => format!("{child} names another row of {parent}"),
            Self::Person => format!("{child} names someone of {parent}"),
            Self::Nothing => format!("the name {child} does not say {parent_column}, but its values do"),
        }
    }
}

/// How `child`, a column of the table itself where `is_self`, leads to a key of `parent`.
pub(super) fn lead(child: &str, parent: &str, parent_column: &str, is_self: bool) -> Lead {
    let (child_words, parent_words) = (words(child), words(parent_column));
    let (child, key) = (child_words.concat(), parent_words.concat());
    let nouns = nouns(parent);
    let is_common = matches!(parent_words.as_slice(), [word] if is_key_word(word) || COMMON_NAMES.contains(&word.as_str()));
    let mut key_names = Vec::new();
    if !is_common {
        key_names.push(key.clone());
    }
    if let Some(last) = parent_words.last().filter(|word| is_common || is_key_word(word)) {
        key_names.extend(nouns.iter().map(|noun| format!("{noun}{last}")));
    }
    // What the name ends in, without its first words.
    let ends: Vec<String> =
        (1..child_words.len()).map(|n| child_words.get(n..).unwrap_or_default().concat()).collect();
    let has_role = |roles: &[&str]| child_words.iter().any(|word| roles.contains(&word.as_str()));
    if child == key && !is_common {
        return if is_own_key(parent, parent_column) { Lead::Same } else { Lead::Shared };
    }
    if is_self {
        let is_row = has_role(&ROLES_OF_ROWS) || ends.iter().any(|end| key_names.contains(end));
        return if is_row { Lead::OtherRow } else { Lead::Nothing };
    }
    if key_names.contains(&child) {
        Lead::Named
    } else if ends.iter().any(|end| key_names.contains(end)) {
        Lead::Ends
    } else if nouns.contains(&child) {
        Lead::Noun
    } else if ends.iter().any(|end| nouns.contains(end)) {
        Lead::EndsInNoun
    } else if has_role(&ROLES_OF_PEOPLE) && nouns.iter().any(|noun| PEOPLE.contains(&noun.as_str())) {
        Lead::Person
    } else {
        Lead::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_keys() {
        let of = |child, parent, column| lead(child, parent, column, false);
        assert_eq!(of("user_id", "users", "user_id"), Lead::Same);
        assert_eq!(of("userId", "users", "user_id"), Lead::Same);
        assert_eq!(of("user_id", "users", "id"), Lead::Named);
        assert_eq!(of("userid", "dim_users", "id"), Lead::Named);
        assert_eq!(of("category_id", "categories", "id"), Lead::Named);
        assert_eq!(of("movie_id", "movies", "id"), Lead::Named);
        assert_eq!(of("person id", "people", "id"), Lead::Named);
        assert_eq!(of("artist_name", "artists", "name"), Lead::Named);
        assert_eq!(of("owner_user_id", "users", "id"), Lead::Ends);
        assert_eq!(of("user_id", "profiles", "user_id"), Lead::Shared);
        assert_eq!(of("artist", "artists", "artist_id"), Lead::Noun);
        assert_eq!(of("favourite_artist", "artists", "artist_id"), Lead::EndsInNoun);
        assert_eq!(of("playlist_owner", "users", "user_id"), Lead::Person);
        assert_eq!(of("id", "users", "id"), Lead::Nothing);
        assert_eq!(of("name", "users", "name"), Lead::Nothing);
        assert_eq!(of("rating", "users", "id"), Lead::Nothing);
        assert_eq!(lead("parent_id", "comments", "id", true), Lead::OtherRow);
        assert_eq!(lead("reply_to", "comments", "comment_id", true), Lead::OtherRow);
        assert_eq!(lead("user_id", "comments", "id", true), Lead::Nothing);
    }

    #[test]
    fn a_table_has_a_key_of_its_own() {
        assert!(is_own_key("users", "id") && is_own_key("users", "user_id") && is_own_key("users", "UserID"));
        assert!(is_own_key("country", "country") && is_own_key("my sessions 2024", "session key"));
        assert!(!is_own_key("sessions", "user_id") && !is_own_key("users", "username"));
    }
}
