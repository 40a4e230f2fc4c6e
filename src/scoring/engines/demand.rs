//! What judges and masks ask of the models, and what the models said: each text once per model, however
//! many ask for it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Vector;
use crate::scoring::Fault;

/// A model by the name of its manifest, found to be of the kind that its user needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::scoring) struct ModelRef(pub(super) String);

impl ModelRef {
    /// Of a judge's own chat model. No manifest has such a name.
    pub fn of_llm(judge: &str) -> Self {
        Self(format!("llm:{judge}"))
    }
}

/// What a model says one vector of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::scoring) enum Item {
    Text(String),
    /// A prompt and an answer to it.
    Pair(String, String),
}

impl Item {
    pub fn parts(&self) -> (&str, Option<&str>) {
        match self {
            Self::Text(text) => (text, None),
            Self::Pair(prompt, answer) => (prompt, Some(answer)),
        }
    }
}

/// What is to be computed, by model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::scoring) struct Demand(pub(super) BTreeMap<ModelRef, BTreeSet<Item>>);

impl Demand {
    pub fn nothing() -> Self {
        Self::default()
    }

    pub fn texts<'t>(model: &ModelRef, texts: impl IntoIterator<Item = &'t str>) -> Self {
        let items = texts.into_iter().map(|text| Item::Text(text.to_owned()));
        Self([(model.clone(), items.collect())].into())
    }

    pub fn pairs<'t>(model: &ModelRef, pairs: impl IntoIterator<Item = (String, &'t str)>) -> Self {
        let pair = |(prompt, answer): (String, &str)| Item::Pair(prompt, answer.to_owned());
        let items = pairs.into_iter().map(pair);
        Self([(model.clone(), items.collect())].into())
    }
}

/// All that several ask, once.
impl FromIterator<Demand> for Demand {
    fn from_iter<D: IntoIterator<Item = Demand>>(demands: D) -> Self {
        let mut all = Self::nothing();
        for (model, items) in demands.into_iter().flat_map(|demand| demand.0) {
            all.0.entry(model).or_default().extend(items);
        }
        all
    }
}

/// What the models said, or why one said nothing.
#[derive(Debug, Default)]
pub(in crate::scoring) struct Evidence(
    pub(super) BTreeMap<ModelRef, Result<HashMap<Item, Vector>, Fault>>,
);

impl Evidence {
    /// One model's vectors.
    pub fn of(&self, model: &ModelRef) -> Result<Vectors<'_>, Fault> {
        match self.0.get(model) {
            Some(Ok(found)) => Ok(Vectors(found)),
            Some(Err(fault)) => Err(fault.clone()),
            None => Err(Fault::Inference(format!(
                "model `{}` was not asked",
                model.0
            ))),
        }
    }
}

#[derive(Clone, Copy)]
pub(in crate::scoring) struct Vectors<'e>(&'e HashMap<Item, Vector>);

impl<'e> Vectors<'e> {
    pub fn text(&self, text: &str) -> Result<&'e [f32], Fault> {
        self.get(&Item::Text(text.to_owned()))
    }

    pub fn pair(&self, prompt: &str, answer: &str) -> Result<&'e [f32], Fault> {
        self.get(&Item::Pair(prompt.to_owned(), answer.to_owned()))
    }

    fn get(&self, item: &Item) -> Result<&'e [f32], Fault> {
        let found = self.0.get(item).map(Vec::as_slice);
        found.ok_or_else(|| Fault::Inference("a text was not given to the model".into()))
    }
}

/// For tests that need no model: whatever is asked is answered with `said`.
#[cfg(test)]
impl Demand {
    pub fn answered(self, said: impl Fn(&Item) -> Vector) -> Evidence {
        let vectors = |items: BTreeSet<Item>| {
            let one = |item: Item| {
                let vector = said(&item);
                (item, vector)
            };
            Ok(items.into_iter().map(one).collect())
        };
        let all = self.0.into_iter();
        Evidence(all.map(|(model, items)| (model, vectors(items))).collect())
    }

    /// Every demand that asks one thing less.
    pub fn each_without_one(&self) -> Vec<Self> {
        let all = self
            .0
            .iter()
            .flat_map(|(m, items)| items.iter().map(move |i| (m, i)));
        let without = |(model, item): (&ModelRef, &Item)| {
            let mut less = self.clone();
            if let Some(items) = less.0.get_mut(model) {
                items.remove(item);
            }
            less
        };
        all.map(without).collect()
    }
}
