//! Texts → rows of token ids.
//!
//! A text is tokenised once per tokenizer, without special tokens; each model then cuts it to its own
//! length and adds the special tokens itself.

use std::collections::HashMap;

use tokenizers::{
    Encoding, PostProcessor, Tokenizer, TruncationParams, TruncationStrategy, truncate_encodings,
};

use super::demand::Item;
use crate::scoring::{Fault, LoadError};

/// One row of a batch, without padding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub ids: Vec<u32>,
    pub type_ids: Vec<u32>,
}

/// A tokenizer whose file's own padding and truncation are switched off.
pub(super) struct TextTokenizer {
    inner: Tokenizer,
}

/// The texts of one round, each tokenised once.
pub(super) type Tokenised = HashMap<String, Encoding>;

impl TextTokenizer {
    pub fn from_bytes(model: &str, bytes: &[u8]) -> Result<Self, LoadError> {
        let bad = |reason: String| LoadError::BadModel {
            name: model.into(),
            reason: format!("tokenizer: {reason}"),
        };
        let mut inner = Tokenizer::from_bytes(bytes).map_err(|e| bad(e.to_string()))?;
        inner.with_padding(None);
        inner
            .with_truncation(None)
            .map_err(|e| bad(e.to_string()))?;
        // A miner that writes "[SEP]" must get the letters, not the token that ends an answer.
        inner.set_encode_special_tokens(true);
        Ok(Self { inner })
    }

    /// One row per item, in their order. Texts that are in `known` are not tokenised again.
    pub fn rows(
        &self,
        items: &[Item],
        max_length: usize,
        known: &mut Tokenised,
    ) -> Result<Vec<Row>, Fault> {
        let row = |item| self.row(item, max_length, known);
        items.iter().map(row).collect()
    }

    /// With special tokens and at most `max_length` tokens; of a pair the longer text loses its end first.
    fn row(&self, item: &Item, max_length: usize, known: &mut Tokenised) -> Result<Row, Fault> {
        let (first, second) = item.parts();
        let a = self.encoding(first, known)?;
        let b = second.map(|text| self.encoding(text, known)).transpose()?;
        let special = self
            .inner
            .get_post_processor()
            .map_or(0, |p| p.added_tokens(b.is_some()));
        let params = TruncationParams {
            max_length: max_length.saturating_sub(special),
            strategy: TruncationStrategy::LongestFirst,
            ..TruncationParams::default()
        };
        let (a, b) = truncate_encodings(a, b, &params).map_err(fault)?;
        let row = self.inner.post_process(a, b, true).map_err(fault)?;
        Ok(Row {
            ids: row.get_ids().to_vec(),
            type_ids: row.get_type_ids().to_vec(),
        })
    }

    fn encoding(&self, text: &str, known: &mut Tokenised) -> Result<Encoding, Fault> {
        if let Some(done) = known.get(text) {
            return Ok(done.clone());
        }
        let new = self.inner.encode_fast(text, false).map_err(fault)?;
        known.insert(text.to_owned(), new.clone());
        Ok(new)
    }
}

fn fault(error: tokenizers::Error) -> Fault {
    Fault::Tokenizer(error.to_string())
}
