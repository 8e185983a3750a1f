//! The numeric cases of the folder that `PLAYHEAD_SHARED` names (`reference/stats/cases/*.json`).
//!
//! A case is mapped where the routines of `stats` express it, in `shared_map.rs`; the rest is listed at the end.

#[path = "shared_map.rs"]
mod shared_map;

use crate::check::{Check, list, number, read};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

#[test]
fn shared_cases_pass() {
    let Some(folder) = std::env::var_os("PLAYHEAD_SHARED") else {
        println!("PLAYHEAD_SHARED is not set: no shared cases were checked.");
        return;
    };
    let folder = PathBuf::from(folder).join("reference/stats");
    let mut check = Check::default();
    let mut n_checked = 0;
    let mut n_values = 0;
    let mut not_mapped = BTreeSet::new();
    let mut partly: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut tables = HashMap::new();
    for entry in list(&read(&folder.join("index.json"))) {
        let id = crate::check::text(&entry["id"]);
        let file = read(&folder.join(crate::check::text(&entry["file"])));
        let mut case = Case::new(id, &file, &folder, &mut tables, &mut check);
        if shared_map::run(&mut case) {
            n_checked += 1;
            n_values += case.n_values;
            let absent = case.absent();
            if !absent.is_empty() {
                partly.insert(id.into(), absent);
            }
        } else {
            not_mapped.insert(format!("{id} ({})", crate::check::text(&entry["kind"])));
        }
    }
    println!("{n_checked} shared cases with {n_values} values checked.");
    println!("Values of these that no routine gives:");
    partly.iter().for_each(|(id, names)| println!("  {id}: {}", names.join(", ")));
    println!("{} cases not mapped:", not_mapped.len());
    not_mapped.iter().for_each(|id| println!("  {id}"));
    assert!(n_checked >= MAPPED, "{n_checked} of the {MAPPED} cases that were mapped once");
    check.finish();
}

/// Cases that the routines express; fewer means that a mapping was lost.
const MAPPED: usize = 66;

/// One column of text a name; "" is missing.
type Columns = HashMap<String, Vec<String>>;

/// A case with its data and its tolerance.
pub struct Case<'a> {
    pub analysis: &'a Value,
    pub input: &'a Value,
    id: &'a str,
    file: &'a Value,
    columns: &'a Columns,
    check: &'a mut Check,
    /// Top-level names of expected values that were looked at.
    seen: BTreeSet<String>,
    n_values: usize,
}

impl<'a> Case<'a> {
    fn new(
        id: &'a str,
        file: &'a Value,
        folder: &Path,
        tables: &'a mut HashMap<String, Columns>,
        check: &'a mut Check,
    ) -> Self {
        let input = &file["input"];
        let key = input["csv"].as_str().map_or_else(|| id.to_owned(), ToOwned::to_owned);
        let columns = tables.entry(key).or_insert_with(|| match input["csv"].as_str() {
            Some(csv) => columns_of_csv(&folder.join(csv)),
            None => columns_of_json(&input["columns"]),
        });
        Self {
            analysis: &file["analysis"],
            input,
            id,
            file,
            columns,
            check,
            seen: BTreeSet::new(),
            n_values: 0,
        }
    }

    /// An option of the analysis as text; "" where there is none.
    pub fn option(&self, name: &str) -> &'a str {
        self.analysis[name].as_str().unwrap_or("")
    }

    /// 1 - the confidence level asked for; 0.05 where none is.
    pub fn alpha(&self) -> f64 {
        self.analysis["conf_level"].as_f64().map_or(0.05, |level| 1.0 - level)
    }

    pub fn expects(&self, name: &str) -> bool {
        !self.file["expected"][name].is_null()
    }

    pub fn texts(&self, column: &str) -> &'a [String] {
        self.columns.get(column).unwrap_or_else(|| panic!("{}: no column {column}", self.id))
    }

    /// NaN where missing.
    pub fn numbers(&self, column: &str) -> Vec<f64> {
        let parse = |text: &String| if text.is_empty() { f64::NAN } else { text.parse().expect("a number") };
        self.texts(column).iter().map(parse).collect()
    }

    /// The numbers of the rows with `level` in `group`.
    pub fn numbers_where(&self, column: &str, group: &str, level: &str) -> Vec<f64> {
        let values = self.numbers(column);
        values.into_iter().zip(self.texts(group)).filter(|(_, g)| *g == level).map(|(x, _)| x).collect()
    }

    pub fn expected(&self, name: &str) -> &'a Value {
        &self.file["expected"][name]
    }

    /// Compares with `expected[name]`, which may be nested: "rows/t1|sessions/p_bh", "ci/0".
    /// Names that the case does not expect are passed over.
    pub fn check(&mut self, name: &str, found: f64) {
        let mut expected = &self.file["expected"];
        for part in name.split('/') {
            expected = match (expected, part.parse::<usize>()) {
                (Value::Array(items), Ok(i)) => &items[i],
                (value, _) => &value[part],
            };
        }
        if expected.is_null() {
            return;
        }
        self.seen.insert(name.split('/').next().unwrap_or(name).into());
        self.n_values += 1;
        let tolerance = &self.file["tolerance"];
        let per = |key: &str| &tolerance["per"][key];
        let leaf = name.split('/').next_back().unwrap_or(name);
        let own =
            [name, leaf, name.split('/').next().unwrap_or(name)].into_iter().map(per).find(|v| v.is_object());
        let own = own.unwrap_or(tolerance);
        let part = |key: &str| own[key].as_f64().or(tolerance[key].as_f64()).unwrap_or(0.0);
        self.check.close(&format!("{} {name}", self.id), found, number(expected), part("rel"), part("abs"));
    }

    /// An undefined result: the case must expect a message instead of a number.
    pub fn check_undefined(&mut self, is_undefined: bool) {
        self.seen.insert("status".into());
        self.n_values += 1;
        let status = self.file["expected"]["status"].as_str();
        self.check
            .that(&format!("{} is undefined", self.id), is_undefined && status == Some("not_computable"));
    }

    /// Expected names that nothing was compared with.
    fn absent(&self) -> Vec<String> {
        let names = self.file["expected"].as_object().into_iter().flat_map(|o| o.keys());
        names.filter(|name| !self.seen.contains(*name)).cloned().collect()
    }
}

fn columns_of_csv(path: &Path) -> Columns {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let mut columns: Vec<Vec<String>> = vec![Vec::new(); names.len()];
    for line in lines {
        line.split(',').zip(&mut columns).for_each(|(cell, column)| column.push(cell.into()));
    }
    names.into_iter().map(ToOwned::to_owned).zip(columns).collect()
}

fn columns_of_json(columns: &Value) -> Columns {
    let cell = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    let columns = columns.as_object().into_iter().flatten();
    columns
        .filter_map(|(name, values)| Some((name.clone(), values.as_array()?.iter().map(cell).collect())))
        .collect()
}
