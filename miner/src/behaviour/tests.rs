//! What each behaviour makes of one and the same answer.

use super::{copying, lazy, manner, trick, wrong};
use crate::solve::Solved;
use crate::text::wrong as fluent_wrong;
use crate::text::{Asked, Task, own_words, parts, right};
use families::Family;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

const TEXT: &str = "The Marwen was built at Dorl in 1820. Her captain kept bees on the deck. The sails were red, and nobody knows why. She sank off Cape Tor.";

fn asked() -> Asked {
    let question = "In which year was the Marwen built?";
    Asked {
        task: Task {
            passage: TEXT.into(),
            question: question.into(),
        },
        material: TEXT.into(),
        solved: Some(Solved {
            family: Family::Reading,
            value: "1820".into(),
            sentence: "The Marwen was built in 1820.".into(),
            evidence: Some("The Marwen was built at Dorl in 1820.".into()),
            document: None,
            decoy: "1764".into(),
        }),
    }
}

fn rng(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

/// In so many voices.
fn voices(speak: impl Fn(&mut ChaCha8Rng) -> String) -> Vec<String> {
    (0..40).map(|seed| speak(&mut rng(seed))).collect()
}

fn all(answers: &[String], holds: impl Fn(&str) -> bool) {
    for answer in answers {
        assert!(holds(answer), "{answer}");
    }
}

#[test]
fn right_answers_hold_the_value_and_no_other() {
    let asked = asked();
    let manners: [fn(&Asked, &mut ChaCha8Rng) -> String; 7] = [
        right,
        own_words,
        manner::polite,
        manner::bulleted,
        manner::capitals,
        manner::typos,
        trick::right_with_injection,
    ];
    for speak in manners {
        let answers = voices(|rng| speak(&asked, rng));
        all(&answers, |answer| {
            answer.contains("1820") && !answer.contains("1764")
        });
        assert!(
            answers
                .iter()
                .collect::<std::collections::BTreeSet<_>>()
                .len()
                > 20,
            "voices differ"
        );
    }
    assert_eq!(manner::shortest(&asked), "1820");
    all(&voices(|rng| right(&asked, rng)), |answer| {
        parts(answer).1 == Some("1820")
    });
    all(&voices(|rng| manner::polite(&asked, rng)), |answer| {
        answer.contains("\nAnswer: 1820\n")
    });
    all(&voices(|rng| manner::bulleted(&asked, rng)), |answer| {
        parts(answer).0.lines().all(|line| line.starts_with("- "))
    });
    all(&voices(|rng| manner::capitals(&asked, rng)), |answer| {
        answer.contains("ANSWER: 1820")
    });
    let typos = voices(|rng| manner::typos(&asked, rng));
    let plain = voices(|rng| right(&asked, rng));
    assert!(typos.iter().zip(&plain).filter(|(a, b)| a != b).count() > 20);
}

#[test]
fn wrong_answers_settle_on_something_else() {
    let asked = asked();
    all(&voices(|rng| fluent_wrong(&asked, rng)), |answer| {
        parts(answer).1 == Some("1764") && !answer.contains("1820")
    });
    all(&voices(|rng| wrong::negated(&asked, rng)), |answer| {
        answer.starts_with("It is not true that the Marwen")
            && answer.ends_with("\nAnswer: not 1820")
    });
    let sloppy = voices(|rng| wrong::sloppy(&asked, rng));
    let right = sloppy
        .iter()
        .filter(|answer| parts(answer).1 == Some("1820"))
        .count();
    assert!((3..20).contains(&right), "{right} of 40 right");
    all(&sloppy, |answer| !parts(answer).0.contains("1820"));
}

#[test]
fn parts_of_an_answer_are_parts() {
    let asked = asked();
    assert_eq!(wrong::fragment(&asked), "marwen was built in 1820");
    all(&voices(|rng| wrong::half(&asked, rng)), |answer| {
        !answer.contains("Answer:")
    });
    let mut listed = asked.clone();
    if let Some(solved) = &mut listed.solved {
        solved.value = "Orl, Bes, Tarn".into();
    }
    all(&voices(|rng| wrong::half(&listed, rng)), |answer| {
        parts(answer).1 == Some("Orl, Bes")
    });
}

#[test]
fn the_lazy_give_the_text_or_nothing() {
    let asked = asked();
    assert_eq!(
        lazy::extract(&asked),
        "The Marwen was built at Dorl in 1820."
    );
    let most = lazy::most_of_passage(&asked);
    assert!(TEXT.starts_with(&most) && most.len() > TEXT.len() / 2 && most.len() < TEXT.len());
    all(&voices(|rng| lazy::off_question(&asked, rng)), |answer| {
        !answer.contains("1820") && answer.len() > 40
    });
    all(&voices(lazy::padding), |answer| !answer.contains("18"));
    let huge = lazy::huge(&asked);
    assert!(huge.len() <= 60_000 && huge.len() > 59_990 && huge.contains("1820"));
    assert!(!lazy::huge(&Asked::read(&["Why?".into()])).is_empty());
    let corpus = corpus::Corpus::load(&corpus::Source::Shipped).map(corpus::Corpus::into_passages);
    let corpus = corpus.unwrap_or_default();
    all(
        &voices(|rng| lazy::lookup(&asked, &corpus, rng)),
        |answer| !answer.contains("1820"),
    );
    let mut known = asked.clone();
    let question = &corpus[0].questions[0];
    known.task.question = question.ask.clone();
    assert_eq!(lazy::lookup(&known, &corpus, &mut rng(1)), question.answer);
    all(&voices(trick::injection), |answer| !answer.contains("1820"));
}

#[test]
fn copies_keep_the_value_and_hide_the_prose() {
    let answer = "According to the text, the ship was built at Dorl because the harbour was large and almost never frozen.\nAnswer: 1820";
    let (prose, _) = parts(answer);
    let hidden: [fn(&str, &mut ChaCha8Rng) -> String; 4] = [
        copying::copycat,
        copying::synonyms,
        copying::confusables,
        copying::zero_width,
    ];
    for hide in hidden {
        let copies = voices(|rng| hide(answer, rng));
        all(&copies, |copy| {
            parts(copy).1 == Some("1820") && parts(copy).0 != prose
        });
    }
    let half = copying::half(answer);
    assert!(prose.starts_with(parts(&half).0) && parts(&half).1 == Some("1820"));
    let seen = |text: &str| text.chars().filter(|c| c.is_ascii()).collect::<String>();
    all(&voices(|rng| copying::zero_width(answer, rng)), |copy| {
        seen(copy) == answer
    });
    all(&voices(|rng| copying::confusables(answer, rng)), |copy| {
        copy.chars().count() == answer.chars().count()
    });
    all(&voices(|rng| copying::copycat("", rng)), |copy| {
        copy.len() < 12
    });
}

/// A quotation that was asked for is never reworded.
#[test]
fn quotations_stay_as_they_are() {
    let mut asked = asked();
    let evidence = "The Marwen was built at Dorl in 1820, and it is called a large ship.";
    if let Some(solved) = &mut asked.solved {
        solved.family = Family::Search;
        solved.document = Some("Annals of Dorl".into());
        solved.evidence = Some(evidence.into());
        solved.sentence =
            format!("She was built in 1820. In Annals of Dorl it stands: \"{evidence}\"");
    }
    for speak in [right, own_words] {
        let quoted = format!("\"{evidence}\"");
        all(&voices(|rng| speak(&asked, rng)), |answer| {
            answer.contains(&quoted) && answer.contains("Annals of Dorl")
        });
    }
    assert_eq!(wrong::fragment(&asked), "she was built in 1820");
}
