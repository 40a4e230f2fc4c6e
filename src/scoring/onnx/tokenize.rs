//! Texts → rows of token ids.
//!
//! A text is tokenised once per tokenizer, without special tokens; each model then cuts it to its own
//! length and adds the special tokens itself.

use std::collections::HashMap;

use tokenizers::{
    Encoding, PostProcessor, Tokenizer, TruncationParams, TruncationStrategy, truncate_encodings,
};

use crate::scoring::{Fault, LoadError};

/// One row of a batch, without padding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::scoring) struct Row {
    pub ids: Vec<u32>,
    pub type_ids: Vec<u32>,
}

/// A tokenizer whose file's own padding and truncation are switched off.
pub(in crate::scoring) struct TextTokenizer {
    inner: Tokenizer,
}

/// The texts of one round, each tokenised once.
pub(in crate::scoring) type Tokenised = HashMap<String, Encoding>;

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

    /// Tokenises what is not in `known` yet.
    pub fn tokenise<'t>(
        &self,
        texts: impl IntoIterator<Item = &'t str>,
        known: &mut Tokenised,
    ) -> Result<(), Fault> {
        for text in texts {
            if !known.contains_key(text) {
                let encoding = self
                    .inner
                    .encode_fast(text, false)
                    .map_err(|e| Fault::Tokenizer(e.to_string()))?;
                known.insert(text.to_owned(), encoding);
            }
        }
        Ok(())
    }

    /// The row of one text, or of a pair, with special tokens and at most `max_length` tokens; of a
    /// pair the longer text loses its end first.
    pub fn row(
        &self,
        known: &Tokenised,
        first: &str,
        second: Option<&str>,
        max_length: usize,
    ) -> Result<Row, Fault> {
        let encoding = |text: &str| {
            let found = known.get(text).cloned();
            found.ok_or_else(|| Fault::Tokenizer("a text was not tokenised before use".into()))
        };
        let (a, b) = (encoding(first)?, second.map(encoding).transpose()?);
        let special = self
            .inner
            .get_post_processor()
            .map_or(0, |p| p.added_tokens(b.is_some()));
        let params = TruncationParams {
            max_length: max_length.saturating_sub(special),
            strategy: TruncationStrategy::LongestFirst,
            ..TruncationParams::default()
        };
        let fault = |e: tokenizers::Error| Fault::Tokenizer(e.to_string());
        let (a, b) = truncate_encodings(a, b, &params).map_err(fault)?;
        let row = self.inner.post_process(a, b, true).map_err(fault)?;
        Ok(Row {
            ids: row.get_ids().to_vec(),
            type_ids: row.get_type_ids().to_vec(),
        })
    }
}
