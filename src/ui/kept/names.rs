//! Names of what is kept: they say whose it is.

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name<'a> {
    Manifest { work: &'a str },
    Data { work: &'a str },
}

/// `None` for a name that is not ours, which is left alone.
pub fn parse(name: &str) -> Option<Name<'_>> {
    let (work, rest) = name.split_once('.')?;
    let is_ours = !work.is_empty() && work.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match rest {
        _ if !is_ours => None,
        "a.json" | "b.json" => Some(Name::Manifest { work }),
        _ => rest.ends_with(".data").then_some(Name::Data { work }),
    }
}

impl<'a> Name<'a> {
    pub fn work(self) -> &'a str {
        match self {
            Self::Manifest { work } | Self::Data { work } => work,
        }
    }
}

/// The two places take turns, so that the one before stays whole while the other is written.
pub fn manifest(work: &str, generation: u64) -> String {
    format!("{work}.{}.json", if generation.is_multiple_of(2) { "a" } else { "b" })
}

pub fn data(work: &str, key: &str) -> String {
    format!("{work}.{key}.data")
}
