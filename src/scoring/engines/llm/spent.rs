//! What a model has cost, in tokens and by the config's prices.

use std::sync::{Mutex, PoisonError};

use tracing::info;

use super::reply::Usage;
use crate::config::LlmConfig;

#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    requests: u64,
    tokens: Usage,
}

/// Since the last telling, and since the start.
#[derive(Debug, Default)]
pub(super) struct Spent(Mutex<(Sum, Sum)>);

impl Spent {
    pub fn add(&self, usage: Usage) {
        let mut sums = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (lately, all) = &mut *sums;
        for sum in [lately, all] {
            sum.requests += 1;
            // What an endpoint says of itself may be anything.
            let add = |tokens: &mut u64, more: u64| *tokens = tokens.saturating_add(more);
            add(&mut sum.tokens.prompt_tokens, usage.prompt_tokens);
            add(&mut sum.tokens.completion_tokens, usage.completion_tokens);
        }
    }

    /// One line, and a new count begins.
    pub fn tell(&self, judge: &str, config: &LlmConfig) {
        let mut sums = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let lately = std::mem::take(&mut sums.0);
        let all = sums.1;
        drop(sums);
        info!(
            judge,
            model = config.model,
            requests = lately.requests,
            prompt_tokens = lately.tokens.prompt_tokens,
            completion_tokens = lately.tokens.completion_tokens,
            cost = cost(lately.tokens, config),
            cost_since_start = cost(all.tokens, config),
            "an LLM graded"
        );
    }
}

fn cost(tokens: Usage, config: &LlmConfig) -> f64 {
    let read = tokens.prompt_tokens as f64 * config.price_per_million_in;
    let written = tokens.completion_tokens as f64 * config.price_per_million_out;
    (read + written) / 1e6
}
