//! What became of each miner's part in the rounds that were judged: for whoever looks at all of it at once.

use crate::types::{Family, Hotkey, RoundId};

use super::convert::{self, from_db};
use super::error::Doing;
use super::{Judgements, StoreError};

/// One miner in one judged round.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// Grows from round to round.
    pub round: i64,
    pub id: RoundId,
    /// None: of a family that this program doesn't know.
    pub family: Option<Family>,
    /// How many questions the round had: with one, all miners had the same.
    pub questions: u64,
    pub hotkey: Hotkey,
    /// Whether an answer came.
    pub answered: bool,
    pub reward: f64,
    /// The moving average after it; none: the judgement didn't move it.
    pub score: Option<f64>,
    /// The masks that cut the answer, by name.
    pub cut_by: Vec<String>,
}

impl Judgements<'_> {
    /// All that was judged of rounds behind the one of this number, oldest round first.
    pub async fn all(&self, after: i64) -> Result<Vec<Judged>, StoreError> {
        let rows = sqlx::query!(
            r#"select q.id, q.round::text as "round!", q.kind, n.hotkey, r.outcome = 'answer' as "answered!", w.reward, s.value as "score?",
                      (select count(*) from questions a where a.round_id = q.id) as "questions!",
                      array(select m.name from mask_scores c join masks m on m.id = c.mask_id
                            where c.judgement_id = j.id and c.neuron_id = r.neuron_id and c.value < 1) as "cut_by!"
               from rounds q
               join judgements j on j.id = q.judgement_id
               join responses r on r.round_id = q.id
               join neurons n on n.id = r.neuron_id
               join rewards w on w.judgement_id = j.id and w.neuron_id = r.neuron_id
               left join scores s on s.judgement_id = j.id and s.neuron_id = r.neuron_id
               where q.scope_id = $1 and q.id > $2
               order by q.id, r.place"#,
            self.0.id,
            after
        )
        .fetch_all(&self.0.pool)
        .await
        .doing("reading what was judged")?;
        rows.into_iter()
            .map(|row| {
                Ok(Judged {
                    round: row.id,
                    id: convert::round_id(&row.round)?,
                    family: row.kind.parse().ok(),
                    questions: from_db("questions", row.questions)?,
                    hotkey: convert::hotkey(row.hotkey)?,
                    answered: row.answered,
                    reward: row.reward,
                    score: row.score,
                    cut_by: row.cut_by,
                })
            })
            .collect()
    }
}
