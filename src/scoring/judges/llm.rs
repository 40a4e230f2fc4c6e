//! What a chat model makes of an answer: its grades, from 0 to 10.

use super::{Judge, Opinion};
use crate::config::{Combine, LlmConfig};
use crate::scoring::Fault;
use crate::scoring::engines::{ANSWER_PLACE, Demand, Evidence, ModelRef, legible};
use crate::scoring::round::{Answer, Asked, Round};

pub(super) struct LlmGrade {
    pub model: ModelRef,
    pub config: LlmConfig,
}

impl Judge for LlmGrade {
    fn demand(&self, round: &Round) -> Demand {
        let pairs = round.asked().filter_map(|(answer, asked)| {
            Some((prompt(&self.config.prompt, asked)?, answer.text.as_str()))
        });
        Demand::pairs(&self.model, pairs)
    }

    /// An answer to which the model never replied as it must gets the lowest grade: the endpoint is well, since it grades
    /// others, so it is the answer that keeps it from grading. Where that is so for most, the model is at fault.
    fn score(&self, round: &Round, evidence: &Evidence) -> Result<Vec<Option<Opinion>>, Fault> {
        let grades = evidence.of(&self.model)?;
        let of = |(answer, asked): (&Answer, Asked)| {
            let Some(prompt) = prompt(&self.config.prompt, asked) else {
                return Ok(None);
            };
            grades.pair(&prompt, &answer.text).map(Some)
        };
        let all = round.asked().map(of).collect::<Result<Vec<_>, Fault>>()?;
        let (judged, silent) = all
            .iter()
            .flatten()
            .fold((0, 0), |(judged, silent), grades| {
                (judged + 1, silent + usize::from(grades.is_empty()))
            });
        if silent * 2 > judged {
            return Err(Fault::Unreadable);
        }
        let opinion = |grades: &[f32]| opinion(grades, self.config.combine);
        Ok(all.into_iter().map(|grades| grades.map(opinion)).collect())
    }
}

fn opinion(grades: &[f32], combine: Combine) -> Opinion {
    let mut sorted: Vec<f64> = grades.iter().map(|g| f64::from(*g)).collect();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len();
    if n == 0 {
        return Opinion {
            raw: 0.0,
            why: "no reply to it was a grade".into(),
        };
    }
    let raw = match combine {
        Combine::Mean => sorted.iter().sum::<f64>() / n as f64,
        Combine::Median => f64::midpoint(sorted[(n - 1) / 2], sorted[n / 2]),
    };
    let listed: Vec<String> = sorted.iter().map(f64::to_string).collect();
    Opinion {
        raw,
        why: format!("graded {} of 10", listed.join(", ")),
    }
}

/// The prompt with everything but the answer; none if it names what the question does not have.
fn prompt(template: &str, asked: Asked<'_>) -> Option<String> {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let place = LlmConfig::PLACES
            .into_iter()
            .find(|place| rest.starts_with(place));
        match place {
            Some("{question}") => out.push_str(&legible(asked.question())),
            Some("{passage}") => out.push_str(&legible(asked.passage()?)),
            Some("{reference}") => out.push_str(&legible(asked.reference()?)),
            Some(_) => out.push(ANSWER_PLACE),
            None => out.push('{'),
        }
        rest = &rest[place.map_or(1, str::len)..];
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::scoring::tests::fixture;

    fn config(prompt: &str) -> LlmConfig {
        let text = format!(
            "alpha = 1
            [[model]]
            name = 'grade'
            weight = 1
            role = 'correctness'
            input = {{ kind = 'llm', url = 'http://127.0.0.1:1/v1', model = 'm', prompt = '''{prompt}''' }}
            LINEAR"
        );
        match &fixture::scoring(&text).models[0].input {
            crate::config::ModelInput::Llm(config) => (**config).clone(),
            _ => unreachable!("an LLM"),
        }
    }

    fn judge(prompt: &str) -> LlmGrade {
        LlmGrade {
            model: ModelRef::of_llm("grade"),
            config: config(prompt),
        }
    }

    #[test]
    fn the_prompt_is_filled_once_and_braces_of_texts_stay_texts() {
        let judge = judge("{x} {question} {reference}: {answer} {");
        let mut exchange = fixture::answers(&["hot"]);
        let question = &mut exchange.challenge.questions[0];
        question.prompt.question = "is {answer} a {reference}?\u{0}\u{202e}".into();
        let round = Round::of(&exchange);
        let (_, asked) = round.asked().next().unwrap();
        let expected = format!(
            "{{x}} is {{answer}} a {{reference}}? {}: {ANSWER_PLACE} {{",
            fixture::REFERENCE
        );
        assert_eq!(prompt(&judge.config.prompt, asked), Some(expected));
    }

    #[test]
    fn what_the_question_lacks_is_not_made_up() {
        let judge = judge("{passage} {answer}");
        let mut exchange = fixture::answers(&["hot"]);
        exchange.challenge.questions[0].material = None;
        let round = Round::of(&exchange);
        let demand = judge.demand(&round);
        assert!(demand.each_without_one().is_empty());
        let said = judge.score(&round, &demand.answered(|_| vec![5.0]));
        assert_eq!(said, Ok(vec![None]));
    }

    #[test]
    fn one_answer_that_stops_the_grading_pays_for_it_and_a_model_that_never_grades_is_at_fault() {
        let judge = judge("{question} {answer}");
        let round = Round::of(&fixture::answers(&["hot", "cold", "evil"]));
        let grades = |silent: &[&str]| {
            let silent: Vec<String> = silent.iter().map(|s| (*s).to_owned()).collect();
            let evidence = judge.demand(&round).answered(|item| match item.parts().1 {
                Some(answer) if silent.contains(&answer.to_owned()) => Vec::new(),
                _ => vec![9.0, 4.0, 7.0],
            });
            judge.score(&round, &evidence)
        };
        let said = grades(&["evil"]).unwrap();
        let raw: Vec<f64> = said.iter().flatten().map(|o| o.raw).collect();
        assert_eq!(raw, [7.0, 7.0, 0.0]);
        assert_eq!(said[0].as_ref().unwrap().why, "graded 4, 7, 9 of 10");
        assert_eq!(grades(&["hot", "evil"]), Err(Fault::Unreadable));
    }

    #[test]
    fn median_and_mean_of_even_and_odd_counts() {
        let raw = |grades: &[f32], combine| opinion(grades, combine).raw;
        assert_eq!(raw(&[10.0, 0.0, 8.0], Combine::Median), 8.0);
        assert_eq!(raw(&[10.0, 8.0], Combine::Median), 9.0);
        assert_eq!(raw(&[10.0, 0.0, 8.0], Combine::Mean), 6.0);
    }
}
