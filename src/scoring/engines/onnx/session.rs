//! One batch through one ONNX Runtime session.

use ort::environment::Environment;
use ort::ep::CPU;
use ort::session::builder::GraphOptimizationLevel;
use ort::value::Tensor;

use crate::scoring::engines::Vector;
use crate::scoring::engines::manifest::{Manifest, ModelInputName};
use crate::scoring::engines::tokenizer::Row;
use crate::scoring::{Fault, LoadError};

/// A session that runs on the thread that calls it.
pub(super) struct Session {
    inner: ort::session::Session,
    inputs: Vec<ModelInputName>,
    output: String,
    dimension: usize,
}

impl Session {
    /// One thread without spinning: more threads per session cost more CPU than they save here, and a
    /// spinning pool burns a core between rounds. No arena: it keeps the largest batch's memory for good.
    pub fn new(
        environment: &Environment,
        manifest: &Manifest,
        bytes: &[u8],
    ) -> Result<Self, LoadError> {
        let bad = |reason: String| LoadError::BadModel {
            name: manifest.name.clone(),
            reason,
        };
        let inner = build(environment, bytes).map_err(|e| bad(e.to_string()))?;
        let mut wanted: Vec<&str> = manifest.inputs.iter().map(|i| i.as_str()).collect();
        let mut present: Vec<&str> = inner.inputs().iter().map(|i| i.name()).collect();
        wanted.sort_unstable();
        present.sort_unstable();
        if wanted != present {
            return Err(bad(format!(
                "its inputs are {present:?}, its manifest says {wanted:?}"
            )));
        }
        let outputs: Vec<&str> = inner.outputs().iter().map(|o| o.name()).collect();
        if !outputs.contains(&manifest.output.as_str()) {
            return Err(bad(format!(
                "its outputs are {outputs:?}, its manifest says {:?}",
                manifest.output
            )));
        }
        Ok(Self {
            inputs: manifest.inputs.clone(),
            output: manifest.output.clone(),
            dimension: manifest.dimension,
            inner,
        })
    }

    /// One vector of `dimension` finite values per row, in the rows' order.
    pub fn run(&mut self, rows: &[Row]) -> Result<Vec<Vector>, Fault> {
        let width = rows.iter().map(|r| r.ids.len()).max().unwrap_or(0);
        let failed = |e: ort::Error| Fault::Inference(e.to_string());
        let mut inputs = Vec::with_capacity(self.inputs.len());
        for input in &self.inputs {
            let values = fill(*input, rows, width);
            let tensor = Tensor::from_array(([rows.len(), width], values)).map_err(failed)?;
            inputs.push((input.as_str(), tensor));
        }
        let outputs = self.inner.run(inputs).map_err(failed)?;
        let output = outputs
            .get(self.output.as_str())
            .ok_or_else(|| Fault::Inference(format!("no output `{}`", self.output)))?;
        let (shape, values) = output.try_extract_tensor::<f32>().map_err(failed)?;
        let want = [rows.len() as i64, self.dimension as i64];
        // A reward may come as a column or as a plain list.
        let fits = **shape == want || (self.dimension == 1 && **shape == want[..1]);
        if !fits || values.len() != rows.len() * self.dimension {
            return Err(Fault::Shape {
                got: shape.to_vec(),
                want: want.to_vec(),
            });
        }
        if values.iter().any(|v| !v.is_finite()) {
            return Err(Fault::NotFinite);
        }
        Ok(values.chunks(self.dimension).map(<[f32]>::to_vec).collect())
    }
}

fn build(environment: &Environment, bytes: &[u8]) -> ort::Result<ort::session::Session> {
    ort::session::Session::builder(environment)?
        .with_execution_providers([CPU::default().with_arena_allocator(false).build()])?
        .with_optimization_level(GraphOptimizationLevel::All)?
        .with_intra_threads(1)?
        .with_inter_threads(1)?
        .with_intra_op_spinning(false)?
        .with_inter_op_spinning(false)?
        .with_memory_pattern(false)?
        .commit_from_memory(bytes)
}

/// The tensor of one input: rows padded with 0 to the longest.
fn fill(input: ModelInputName, rows: &[Row], width: usize) -> Vec<i64> {
    let mut values = Vec::with_capacity(rows.len() * width);
    for row in rows {
        let padding = width - row.ids.len();
        match input {
            ModelInputName::InputIds => values.extend(row.ids.iter().map(|id| i64::from(*id))),
            ModelInputName::AttentionMask => values.extend(row.ids.iter().map(|_| 1)),
            ModelInputName::TokenTypeIds => {
                values.extend(row.type_ids.iter().map(|id| i64::from(*id)));
            }
        }
        values.extend(std::iter::repeat_n(0, padding));
    }
    values
}
