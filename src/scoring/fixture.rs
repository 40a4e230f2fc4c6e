//! Tiny models for tests, built as bytes here: a table of one vector per word, summed over the words
//! of a row. What a word does is the test's to choose.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::config::{ModelsConfig, testing};

/// The vocabulary after the special tokens; other words are unknown.
pub const WORDS: [&str; 24] = [
    "warm", "up", "the", "sun", "moon", "sea", "tide", "rises", "falls", "with", "is", "a", "star",
    "hot", "cold", "ball", "of", "gas", "fugue", "opens", "one", "voice", "nan", "outside",
];
const SPECIAL: [&str; 4] = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"];

/// A models folder.
pub struct Models {
    folder: tempfile::TempDir,
}

impl Models {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("tokenizer.json"), tokenizer()).unwrap();
        Self { folder }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn config(&self) -> ModelsConfig {
        ModelsConfig {
            dir: self.path().into(),
            batch_tokens: 64,
            ..testing::models()
        }
    }

    /// An encoder that maps each word to a direction of its own.
    pub fn encoder(&self, name: &str) -> &Self {
        let vector = |word: &str| -> Vec<f32> {
            let hash = Sha256::digest(word.as_bytes());
            let at = |byte: u8| f32::from(byte) / 128.0 - 1.0;
            hash[..8].iter().map(|b| at(*b)).collect()
        };
        self.write(name, "encoder", &sum_of_rows(8, &WORDS, vector, &[1]), 8)
    }

    /// A reward model: the sum of what each word of the pair is worth.
    pub fn reward(&self, name: &str, worth: impl Fn(&str) -> f32) -> &Self {
        let onnx = sum_of_rows(1, &WORDS, |w| vec![worth(w)], &[1]);
        self.write(name, "reward", &onnx, 1)
    }

    /// A model whose table ends before `outside`: to look that word up is an error of ONNX Runtime.
    pub fn without_outside(&self, name: &str, kind: &str) -> &Self {
        let known = &WORDS[..WORDS.len() - 1];
        let onnx = sum_of_rows(1, known, |_| vec![1.0], &[1]);
        self.write(name, kind, &onnx, 1)
    }

    /// A reward model that gives one value for a whole batch, right only for a batch of one.
    pub fn lumping_reward(&self, name: &str) -> &Self {
        let onnx = sum_of_rows(1, &WORDS, |_| vec![1.0], &[0, 1]);
        self.write(name, "reward", &onnx, 1)
    }

    /// An encoder whose manifest promises longer vectors than it gives.
    pub fn misdescribed(&self, name: &str) -> &Self {
        let onnx = sum_of_rows(4, &WORDS, |_| vec![1.0; 4], &[1]);
        self.write(name, "encoder", &onnx, 9)
    }

    fn write(&self, name: &str, kind: &str, onnx: &[u8], dimension: usize) -> &Self {
        let hash = |bytes: &[u8]| hex::encode(Sha256::digest(bytes));
        let manifest = format!(
            "name = '{name}'\nkind = '{kind}'\ndescription = 'a test'\nsource = 'this file'\nlicence = 'Apache-2.0'\n\
             file = '{name}.onnx'\nsha256 = '{}'\ntokenizer = 'tokenizer.json'\ntokenizer_sha256 = '{}'\n\
             inputs = ['input_ids', 'attention_mask']\noutput = 'out'\ndimension = {dimension}\n\
             max_length = 32\npair = {}\n",
            hash(onnx),
            hash(tokenizer().as_bytes()),
            kind == "reward",
        );
        std::fs::write(self.path().join(format!("{name}.toml")), manifest).unwrap();
        std::fs::write(self.path().join(format!("{name}.onnx")), onnx).unwrap();
        self
    }
}

/// Splits at spaces. Its fixed padding and its truncation must be overridden by the manifest.
fn tokenizer() -> String {
    let vocabulary: serde_json::Map<String, serde_json::Value> = SPECIAL
        .iter()
        .chain(&WORDS)
        .zip(0..)
        .map(|(w, i)| ((*w).into(), i.into()))
        .collect();
    let token = |name: &str| serde_json::json!({"SpecialToken": {"id": name, "type_id": 0}});
    let text =
        |name: &str, kind: u8| serde_json::json!({"Sequence": {"id": name, "type_id": kind}});
    let special =
        |name: &str, id: u8| serde_json::json!({"id": name, "ids": [id], "tokens": [name]});
    let added = |(name, id): (&&str, u8)| {
        serde_json::json!({"id": id, "content": name, "single_word": false, "lstrip": false, "rstrip": false,
            "normalized": false, "special": true})
    };
    serde_json::json!({
        "version": "1.0",
        "truncation": {"direction": "Right", "max_length": 4, "strategy": "LongestFirst", "stride": 0},
        "padding": {"strategy": {"Fixed": 40}, "direction": "Right", "pad_to_multiple_of": null, "pad_id": 0,
            "pad_type_id": 0, "pad_token": "[PAD]"},
        "added_tokens": SPECIAL.iter().zip(0..).map(added).collect::<Vec<_>>(),
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "WhitespaceSplit"},
        "post_processor": {"type": "TemplateProcessing",
            "single": [token("[CLS]"), text("A", 0), token("[SEP]")],
            "pair": [token("[CLS]"), text("A", 0), token("[SEP]"), text("B", 1), token("[SEP]")],
            "special_tokens": {"[CLS]": special("[CLS]", 2), "[SEP]": special("[SEP]", 3)}},
        "decoder": null,
        "model": {"type": "WordLevel", "vocab": vocabulary, "unk_token": "[UNK]"},
    })
    .to_string()
}

/// out = ReduceSum(Gather(table, input_ids) · attention_mask) over `axes`; special tokens are zero.
fn sum_of_rows(
    width: usize,
    known: &[&str],
    vector: impl Fn(&str) -> Vec<f32>,
    axes: &[i64],
) -> Vec<u8> {
    let special = vec![0.0; SPECIAL.len() * width];
    let values = special
        .into_iter()
        .chain(known.iter().flat_map(|word| vector(word)));
    let table: Vec<u8> = values.flat_map(f32::to_le_bytes).collect();
    let height = SPECIAL.len() + known.len();
    let int64s =
        |values: &[i64]| -> Vec<u8> { values.iter().flat_map(|v| v.to_le_bytes()).collect() };
    // Over one axis the vector remains; over rows and words one value remains, as a 1 × 1 matrix.
    let lumped = axes.len() > 1;
    let graph = [
        node("Gather", &["table", "input_ids"], "vectors", None),
        node("Cast", &["attention_mask"], "mask", Some(("to", FLOAT))),
        node("Unsqueeze", &["mask", "last"], "column", None),
        node("Mul", &["vectors", "column"], "masked", None),
        node(
            "ReduceSum",
            &["masked", "axes"],
            "out",
            Some(("keepdims", 0)),
        ),
        bytes(2, b"test"),
        bytes(
            5,
            &tensor("table", FLOAT, &[height as u64, width as u64], &table),
        ),
        bytes(5, &tensor("last", INT64, &[1], &int64s(&[2]))),
        bytes(
            5,
            &tensor("axes", INT64, &[axes.len() as u64], &int64s(axes)),
        ),
        bytes(11, &value("input_ids", INT64, 2)),
        bytes(11, &value("attention_mask", INT64, 2)),
        bytes(12, &value("out", FLOAT, if lumped { 1 } else { 2 })),
    ]
    .concat();
    let opset = [bytes(1, b""), number(2, 17)].concat();
    [number(1, 8), bytes(7, &graph), bytes(8, &opset)].concat()
}

// The few messages of onnx.proto that this takes, written field by field.

const FLOAT: u64 = 1;
const INT64: u64 = 7;

fn varint(mut value: u64) -> Vec<u8> {
    let mut out = Vec::new();
    while value >= 0x80 {
        out.push((value as u8) | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
    out
}

fn number(field: u64, value: u64) -> Vec<u8> {
    [varint(field << 3), varint(value)].concat()
}

fn bytes(field: u64, value: &[u8]) -> Vec<u8> {
    [
        varint(field << 3 | 2),
        varint(value.len() as u64),
        value.to_vec(),
    ]
    .concat()
}

/// A NodeProto as a field of GraphProto.
fn node(kind: &str, inputs: &[&str], output: &str, attribute: Option<(&str, u64)>) -> Vec<u8> {
    const INT: u64 = 2;
    let mut fields: Vec<Vec<u8>> = inputs.iter().map(|i| bytes(1, i.as_bytes())).collect();
    fields.push(bytes(2, output.as_bytes()));
    fields.push(bytes(4, kind.as_bytes()));
    if let Some((name, value)) = attribute {
        fields.push(bytes(
            5,
            &[bytes(1, name.as_bytes()), number(3, value), number(20, INT)].concat(),
        ));
    }
    bytes(1, &fields.concat())
}

/// A TensorProto.
fn tensor(name: &str, kind: u64, dims: &[u64], raw: &[u8]) -> Vec<u8> {
    let dims: Vec<u8> = dims.iter().flat_map(|d| number(1, *d)).collect();
    [
        dims,
        number(2, kind),
        bytes(8, name.as_bytes()),
        bytes(9, raw),
    ]
    .concat()
}

/// A ValueInfoProto of open dimensions.
fn value(name: &str, kind: u64, rank: usize) -> Vec<u8> {
    let dims: Vec<u8> = (0..rank)
        .flat_map(|i| bytes(1, &bytes(2, &[b'a' + i as u8])))
        .collect();
    let tensor = [number(1, kind), bytes(2, &dims)].concat();
    [bytes(1, name.as_bytes()), bytes(2, &bytes(1, &tensor))].concat()
}
