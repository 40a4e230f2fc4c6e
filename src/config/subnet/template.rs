//! Message templates: text with `{instruction}`, `{passage}` and `{question}`.

use serde::{Deserialize, Serialize};

/// A message that can't be used as written.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    #[error(
        "unknown placeholder {{{0}}}: use {{instruction}}, {{passage}} or {{question}}, and write a plain brace twice"
    )]
    Unknown(String),
    #[error("a lone `{0}`: write a plain brace twice")]
    Lone(char),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Instruction,
    Passage,
    Question,
}

/// Read once, filled often. What is filled in is never read for placeholders again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Template(Vec<Part>);

impl Template {
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut template = Self::default();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            plain.push_str(&rest[..at]);
            let brace = &rest[at..];
            if let Some(after) = brace.strip_prefix("{{") {
                plain.push('{');
                rest = after;
            } else if let Some(after) = brace.strip_prefix("}}") {
                plain.push('}');
                rest = after;
            } else if let Some(inside) = brace.strip_prefix('{') {
                let (name, after) = inside.split_once('}').ok_or(TemplateError::Lone('{'))?;
                template = template.text(&std::mem::take(&mut plain));
                template = match name {
                    "instruction" => template.instruction(),
                    "passage" => template.passage(),
                    "question" => template.question(),
                    other => return Err(TemplateError::Unknown(other.chars().take(40).collect())),
                };
                rest = after;
            } else {
                return Err(TemplateError::Lone('}'));
            }
        }
        plain.push_str(rest);
        Ok(template.text(&plain))
    }

    /// A text without placeholders; its braces are plain.
    pub fn plain(text: &str) -> Self {
        Self::default().text(text)
    }

    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        if !text.is_empty() {
            self.0.push(Part::Text(text.into()));
        }
        self
    }

    #[must_use]
    pub fn instruction(mut self) -> Self {
        self.0.push(Part::Instruction);
        self
    }

    #[must_use]
    pub fn passage(mut self) -> Self {
        self.0.push(Part::Passage);
        self
    }

    #[must_use]
    pub fn question(mut self) -> Self {
        self.0.push(Part::Question);
        self
    }

    pub fn asks(&self) -> bool {
        self.0.contains(&Part::Question)
    }

    /// Blanks at the ends are left out: a task may have no passage.
    pub fn fill(&self, instruction: &str, passage: &str, question: &str) -> String {
        let parts = self.0.iter().map(|part| match part {
            Part::Text(text) => text,
            Part::Instruction => instruction,
            Part::Passage => passage,
            Part::Question => question,
        });
        parts.collect::<String>().trim().to_owned()
    }
}

impl TryFrom<String> for Template {
    type Error = TemplateError;

    fn try_from(text: String) -> Result<Self, TemplateError> {
        Self::parse(&text)
    }
}

/// The text that parses to the template.
impl From<Template> for String {
    fn from(template: Template) -> Self {
        let text = template.0.iter().map(|part| match part {
            Part::Text(text) => text.replace('{', "{{").replace('}', "}}"),
            Part::Instruction => "{instruction}".into(),
            Part::Passage => "{passage}".into(),
            Part::Question => "{question}".into(),
        });
        text.collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn fills_what_it_names_and_nothing_that_was_filled_in() {
        let template = Template::parse("{instruction} {passage} {{x}} Q: {question}");
        let filled = template.map(|t| t.fill("Be brief.", "has {question} in it", "why?"));
        let expected = "Be brief. has {question} in it {x} Q: why?";
        assert_eq!(filled.as_deref(), Ok(expected));
    }

    #[test]
    fn names_the_unknown_placeholder() {
        let unknown = |name: &str| Err(TemplateError::Unknown(name.into()));
        assert_eq!(Template::parse("a {pasage} b"), unknown("pasage"));
        assert_eq!(Template::parse("{}"), unknown(""));
        assert_eq!(Template::parse("{ question }"), unknown(" question "));
        assert_eq!(Template::parse("{question"), Err(TemplateError::Lone('{')));
        assert_eq!(Template::parse("a } b"), Err(TemplateError::Lone('}')));
    }

    proptest! {
        #[test]
        fn what_is_written_parses_to_the_same(parts in prop::collection::vec("\\PC{0,8}|[{}]{1,3}", 0..6)) {
            let mut template = Template::default();
            for (i, part) in parts.iter().enumerate() {
                template = template.text(part);
                template = if i % 2 == 0 { template.passage() } else { template.question() };
            }
            prop_assert_eq!(Template::parse(&String::from(template.clone())).unwrap(), template);
        }
    }
}
