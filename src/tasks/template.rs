//! Message templates: text with `{passage}` and `{question}`.

/// A message that can't be used as written.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    #[error(
        "unknown placeholder {{{0}}}: use {{passage}} or {{question}}, and write a plain brace twice"
    )]
    Unknown(String),
    #[error("a lone `{0}`: write a plain brace twice")]
    Lone(char),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Passage,
    Question,
}

/// Read once, filled often. What is filled in is never read for placeholders again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Vec<Part>);

impl Template {
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut parts = Vec::new();
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
                let part = match name {
                    "passage" => Part::Passage,
                    "question" => Part::Question,
                    other => return Err(TemplateError::Unknown(other.chars().take(40).collect())),
                };
                parts.push(Part::Text(std::mem::take(&mut plain)));
                parts.push(part);
                rest = after;
            } else {
                return Err(TemplateError::Lone('}'));
            }
        }
        plain.push_str(rest);
        parts.push(Part::Text(plain));
        Ok(Self(parts))
    }

    pub fn asks(&self) -> bool {
        self.0.contains(&Part::Question)
    }

    pub fn fill(&self, passage: &str, question: &str) -> String {
        self.0
            .iter()
            .map(|part| match part {
                Part::Text(text) => text,
                Part::Passage => passage,
                Part::Question => question,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_what_it_names_and_nothing_that_was_filled_in() {
        let template = Template::parse("{passage} {{x}} Q: {question}");
        let filled = template.map(|t| t.fill("has {question} in it", "why?"));
        assert_eq!(filled.as_deref(), Ok("has {question} in it {x} Q: why?"));
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
}
