//! What `config show` prints: every key, its value, and the layer that set it.

use config::{Value, ValueKind};
use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::{Loaded, key};

/// One key of the config.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// As messages write it and `--set` takes it.
    pub key: String,
    /// Secrets are redacted.
    pub value: Json,
    /// `FILE:LINE`, an environment variable, `--set KEY`, or `default`.
    pub source: String,
    /// The TOML header that it stands under, and its name there.
    #[serde(skip)]
    header: String,
    #[serde(skip)]
    name: String,
}

impl Loaded {
    /// Every key, those of a table before its inner tables. Lists are one value, but for `[[subnet]]`.
    pub fn rows(&self) -> Result<Vec<Row>, serde_json::Error> {
        let mut rows = Vec::new();
        if let Json::Object(config) = serde_json::to_value(&self.config)? {
            table(&config, Some(&self.tree), &Place::default(), &mut rows);
        }
        Ok(rows)
    }

    /// The config as TOML; a comment behind each value tells its source.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        use serde::ser::Error;
        let mut text = String::new();
        let mut header = "";
        let rows = self.rows().map_err(toml::ser::Error::custom)?;
        for row in &rows {
            if row.header != header {
                let gap = if text.is_empty() { "" } else { "\n" };
                text.push_str(&format!("{gap}{}\n", row.header));
                header = &row.header;
            }
            let value = in_toml(&row.value).ok_or_else(|| toml::ser::Error::custom(&row.key))?;
            text.push_str(&format!(
                "{} = {value} # {}\n",
                toml_key(&row.name),
                one_line(&row.source)
            ));
        }
        Ok(text)
    }
}

/// A table's key, and its header without brackets.
#[derive(Default)]
struct Place {
    key: String,
    path: String,
    is_entry: bool,
}

impl Place {
    fn header(&self) -> String {
        match self.is_entry {
            true => format!("[[{}]]", self.path),
            false => format!("[{}]", self.path),
        }
    }

    fn inner(&self, name: &str) -> Self {
        Self {
            key: key::join(&self.key, name),
            path: key::join(&self.path, name),
            is_entry: false,
        }
    }
}

fn table(config: &Map<String, Json>, tree: Option<&Value>, place: &Place, rows: &mut Vec<Row>) {
    let child = |name: &str| match &tree?.kind {
        ValueKind::Table(table) => table.get(name),
        _ => None,
    };
    for (name, value) in config {
        if !value.is_object() && name != "subnet" {
            rows.push(Row {
                key: key::join(&place.key, name),
                value: value.clone(),
                source: child(name)
                    .and_then(Value::origin)
                    .unwrap_or("default")
                    .into(),
                header: place.header(),
                name: name.clone(),
            });
        }
    }
    for (name, value) in config {
        match value {
            Json::Object(inner) => table(inner, child(name), &place.inner(name), rows),
            Json::Array(list) if name == "subnet" => subnets(list, child(name), rows),
            _ => {}
        }
    }
}

fn subnets(list: &[Json], tree: Option<&Value>, rows: &mut Vec<Row>) {
    let labels = key::labels(list.len(), |i, field| {
        list[i].get(field).map(Json::to_string)
    });
    for ((i, entry), label) in list.iter().enumerate().zip(labels) {
        let place = Place {
            key: format!("subnet[{label}]"),
            path: "subnet".into(),
            is_entry: true,
        };
        let tree = tree.and_then(|tree| match &tree.kind {
            ValueKind::Array(trees) => trees.get(i),
            _ => None,
        });
        if let Json::Object(entry) = entry {
            table(entry, tree, &place, rows);
        }
    }
}

/// By hand: with `arbitrary_precision`, which another crate may switch on for all, serde makes tables of numbers.
fn in_toml(value: &Json) -> Option<toml::Value> {
    Some(match value {
        Json::Null => return None,
        Json::Bool(truth) => (*truth).into(),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => whole.into(),
            None => number.as_f64()?.into(),
        },
        Json::String(text) => text.as_str().into(),
        Json::Array(list) => toml::Value::Array(list.iter().map(in_toml).collect::<Option<_>>()?),
        Json::Object(table) => {
            let entry = |(name, value): (&String, &Json)| Some((name.clone(), in_toml(value)?));
            toml::Value::Table(table.iter().map(entry).collect::<Option<_>>()?)
        }
    })
}

/// Role names of messages are the operator's own.
fn toml_key(name: &str) -> String {
    let bare = |b: u8| b.is_ascii_alphanumeric() || b"_-".contains(&b);
    match !name.is_empty() && name.bytes().all(bare) {
        true => name.into(),
        // A JSON text is a TOML text too.
        false => Json::from(name).to_string(),
    }
}

/// A comment ends with its line, and takes no control characters.
fn one_line(source: &str) -> String {
    source.chars().filter(|c| !c.is_control()).collect()
}
