//! The layers: who may set a key, and who wins.

use std::path::{Path, PathBuf};

use config::{Map, Value, ValueKind};

use super::rule::{BadKey, ConfigError};
use super::{ChallengeConfig, Config, Environment, SubnetConfig, fault, file, key, read};

/// Where a config comes from, before it is read.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    /// A TOML file on disk.
    pub file: Option<PathBuf>,
    pub environment: Environment,
    /// `section.key` → value, from flags.
    pub overrides: Vec<(String, String)>,
}

/// A config, and the layer that set each of its values.
#[derive(Debug)]
pub struct Loaded {
    pub config: Config,
    /// What the layers hold, each value with its origin. Defaults are not in it.
    pub(super) tree: Value,
}

/// One key that the environment or a flag sets, as a text.
#[derive(Clone)]
pub(super) struct Setting {
    pub key: String,
    pub text: String,
    /// The variable's name, or `--set KEY`.
    pub origin: String,
}

impl Layers {
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self {
            file: Some(path.into()),
            ..Self::default()
        }
    }

    /// Reads, joins and checks all layers.
    pub fn load(&self) -> Result<Config, ConfigError> {
        Ok(self.read()?.config)
    }

    /// As [`Self::load`], with the source of every value.
    pub fn read(&self) -> Result<Loaded, ConfigError> {
        let file = self.read_file()?;
        let subnets = match file.get("subnet").map(|v| &v.kind) {
            Some(ValueKind::Array(list)) => list.clone(),
            _ => Vec::new(),
        };
        let mut layers = config::Config::builder().add_source(Layer(file));
        for setting in self.environment.settings()?.into_iter().chain(self.flags()) {
            layers = layers.add_source(setting.layer(&subnets)?);
        }
        let joined = layers.build()?;
        let stand_ins = self.environment.stand_ins(&joined.cache)?;
        let mut layers = config::Config::builder().add_source(joined);
        for setting in stand_ins {
            layers = layers.add_source(setting.layer(&subnets)?);
        }
        let tree = layers.build()?.cache;

        let mut config: Config =
            read::read(&tree).map_err(|fault| fault.into_error(&self.origin()))?;
        if let Some(folder) = self.file.as_ref().and_then(|p| p.parent()) {
            resolve_paths(&mut config, folder);
        }
        config.check().map_err(|bad| ConfigError::Bad {
            origin: key::origin(&tree, &bad.key).unwrap_or_else(|| "default".into()),
            bad,
        })?;
        Ok(Loaded { config, tree })
    }

    fn read_file(&self) -> Result<Map<String, Value>, ConfigError> {
        let Some(path) = &self.file else {
            return Ok(Map::new());
        };
        let remedy = "Write one with `weighmaster config init`, or name another with --config";
        let text = file::text(path, "config file", remedy)?;
        file::parse(&text, &path.display().to_string())
    }

    fn flags(&self) -> impl Iterator<Item = Setting> {
        self.overrides.iter().map(|(key, text)| Setting {
            key: key.clone(),
            text: text.clone(),
            origin: format!("--set {key}"),
        })
    }

    fn origin(&self) -> String {
        let path = self.file.as_ref().map(|p| p.display().to_string());
        path.unwrap_or_else(|| "default".into())
    }
}

impl Setting {
    /// A layer of one key. The `config` crate counts the entries of a list, people call a `[[subnet]]` by its netuid.
    fn layer(self, subnets: &[Value]) -> Result<Layer, ConfigError> {
        let mut path = String::new();
        for (i, step) in key::steps(&self.key).into_iter().enumerate() {
            path = match step {
                key::Step::Name(name) => key::join(&path, name),
                key::Step::Entry(label) if i == 1 && path == "subnet" => {
                    let place = key::place_of(subnets, label);
                    let place = place.ok_or_else(|| self.refused(&no_such(subnets)))?;
                    format!("{path}[{place}]")
                }
                key::Step::Entry(_) => {
                    return Err(
                        self.refused("only [[subnet]] has entries: set the list as a whole")
                    );
                }
            };
        }
        let value = Value::new(Some(&self.origin), self.text);
        Ok(Layer(Map::from([(path, value)])))
    }

    fn refused(&self, remedy: &str) -> ConfigError {
        let secret = key::steps(&self.key)
            .iter()
            .any(|step| matches!(step, key::Step::Name(name) if fault::is_secret(name)));
        ConfigError::Bad {
            origin: self.origin.clone(),
            bad: BadKey::new(
                &self.key,
                if secret { "<redacted>" } else { &self.text },
                remedy,
            ),
        }
    }
}

fn no_such(subnets: &[Value]) -> String {
    let names: Vec<String> = key::labels_of(subnets)
        .iter()
        .map(|label| format!("subnet[{label}]"))
        .collect();
    match names.is_empty() {
        true => "the file has no [[subnet]]: add it there".into(),
        false => format!(
            "the file has {}: name one of these, or add it there",
            names.join(", ")
        ),
    }
}

/// Values that are laid over those of the layers before.
#[derive(Clone, Debug)]
struct Layer(Map<String, Value>);

impl config::Source for Layer {
    fn clone_into_box(&self) -> Box<dyn config::Source + Send + Sync> {
        Box::new(self.clone())
    }

    fn collect(&self) -> Result<Map<String, Value>, config::ConfigError> {
        Ok(self.0.clone())
    }
}

/// Paths in a file are relative to that file.
fn resolve_paths(config: &mut Config, folder: &Path) {
    let resolve = |path: &mut PathBuf| {
        if !path.as_os_str().is_empty() && path.is_relative() && !path.starts_with("~") {
            *path = folder.join(&path);
        }
    };
    resolve(&mut config.database.bin_dir);
    resolve(&mut config.database.data_dir);
    resolve(&mut config.models.onnxruntime);
    for SubnetConfig {
        scoring,
        challenges,
        hotkey,
        ..
    } in &mut config.subnets
    {
        resolve(scoring);
        resolve(&mut hotkey.keyfile);
        if challenges.corpus.as_os_str() != ChallengeConfig::EMBEDDED {
            resolve(&mut challenges.corpus);
        }
        let families = challenges.families.values_mut();
        families
            .filter(|family| !family.source_is_url())
            .for_each(|family| resolve(&mut family.source));
    }
}
