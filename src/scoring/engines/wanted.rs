//! The models that one scoring file names: their manifests read and checked, nothing loaded yet.

use std::collections::BTreeMap;
use std::path::Path;

use super::llm::Llm;
use super::{Manifest, ModelKind, ModelRef};
use crate::config::LlmConfig;
use crate::scoring::LoadError;

/// Filled by whoever needs a model, so that a manifest of the wrong kind is told before a file is read.
pub(in crate::scoring) struct Wanted<'d> {
    dir: &'d Path,
    pub(super) manifests: BTreeMap<ModelRef, Manifest>,
    pub(super) llms: BTreeMap<ModelRef, Llm>,
}

impl<'d> Wanted<'d> {
    pub(super) fn in_folder(dir: &'d Path) -> Self {
        Self {
            dir,
            manifests: BTreeMap::new(),
            llms: BTreeMap::new(),
        }
    }

    /// The model of this manifest, if it is of this kind; `used_by` is said when it is not.
    pub fn need(
        &mut self,
        name: &str,
        want: ModelKind,
        used_by: impl FnOnce() -> String,
    ) -> Result<ModelRef, LoadError> {
        let model = ModelRef(name.to_owned());
        let manifest = match self.manifests.get(&model) {
            Some(known) => known,
            None => self
                .manifests
                .entry(model.clone())
                .or_insert(Manifest::read(self.dir, name)?),
        };
        if manifest.kind != want {
            return Err(LoadError::WrongKind {
                name: name.into(),
                got: manifest.kind.as_str(),
                want: want.as_str(),
                used_by: used_by(),
            });
        }
        Ok(model)
    }

    /// A judge's own chat model.
    pub fn llm(&mut self, judge: &str, config: &LlmConfig) -> Result<ModelRef, LoadError> {
        let model = ModelRef::of_llm(judge);
        self.llms.insert(model.clone(), Llm::new(judge, config)?);
        Ok(model)
    }

    pub fn manifests(&self) -> impl Iterator<Item = &Manifest> {
        self.manifests.values()
    }
}
