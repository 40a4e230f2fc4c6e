//! What is loaded, by hash: two subnets with the same scoring file, or two models with the same tokenizer,
//! hold one.

use std::collections::HashMap;
use std::hash::Hash;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::file::read_verified;
use super::manifest::Identity;
use super::model::Model;
use super::tokenizer::TextTokenizer;
use super::{Manifest, Models, Wanted, onnx};
use crate::config::ModelsConfig;
use crate::scoring::LoadError;

/// The models of the process. Built once and given to whoever loads a pipeline; it keeps nothing alive by
/// itself: a model ends with the last pipeline that uses it.
pub struct Engines {
    config: ModelsConfig,
    // Held while a model loads: of two pipelines that want the same one, the second waits and then shares it.
    loaded: Mutex<Loaded>,
}

impl Engines {
    /// Touches no file and no library: these are needed only if a scoring file names a manifest.
    pub fn new(config: &ModelsConfig) -> Self {
        Self {
            config: config.clone(),
            loaded: Mutex::new(Loaded::new()),
        }
    }

    pub(in crate::scoring) fn wanted(&self) -> Wanted<'_> {
        Wanted::in_folder(&self.config.dir)
    }

    /// Verifies, builds and warms what is not loaded yet. Blocks.
    pub(in crate::scoring) fn load(&self, wanted: Wanted<'_>) -> Result<Models, LoadError> {
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        let load = |(name, manifest)| {
            let model = loaded.model(&manifest, &self.config)?;
            Ok((name, manifest, model))
        };
        let models: Vec<_> = wanted
            .manifests
            .into_iter()
            .map(load)
            .collect::<Result<_, _>>()?;
        Ok(Models::new(models, wanted.llms))
    }
}

/// By what they are, not by their names.
pub(super) struct Loaded {
    models: Alive<Identity, Model>,
    tokenizers: Alive<String, TextTokenizer>,
}

impl Loaded {
    pub fn new() -> Self {
        Self {
            models: Alive::new(),
            tokenizers: Alive::new(),
        }
    }

    pub fn model(
        &mut self,
        manifest: &Manifest,
        config: &ModelsConfig,
    ) -> Result<Arc<Model>, LoadError> {
        let read = |file: &Path, sha256: &str| {
            read_verified(&manifest.name, &config.dir.join(file), sha256)
        };
        let Self { models, tokenizers } = self;
        models.get_or_load(manifest.identity(), || {
            let environment = onnx::environment(&config.onnxruntime)?;
            let bytes = read(&manifest.file, &manifest.sha256)?;
            let hash = manifest.tokenizer_sha256.to_lowercase();
            let tokenizer = tokenizers.get_or_load(hash, || {
                let bytes = read(&manifest.tokenizer, &manifest.tokenizer_sha256)?;
                TextTokenizer::from_bytes(&manifest.name, &bytes)
            })?;
            Model::start(&environment, manifest, tokenizer, &bytes, config)
        })
    }
}

/// Things that others hold, by key.
struct Alive<K, V>(HashMap<K, Weak<V>>);

impl<K: Eq + Hash, V> Alive<K, V> {
    fn new() -> Self {
        Self(HashMap::new())
    }

    fn get_or_load(
        &mut self,
        key: K,
        load: impl FnOnce() -> Result<V, LoadError>,
    ) -> Result<Arc<V>, LoadError> {
        if let Some(alive) = self.0.get(&key).and_then(Weak::upgrade) {
            return Ok(alive);
        }
        self.0.retain(|_, held| held.strong_count() > 0);
        let new = Arc::new(load()?);
        self.0.insert(key, Arc::downgrade(&new));
        Ok(new)
    }
}
