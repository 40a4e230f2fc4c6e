-- What each miner was asked, with its truth: miners of one round may each have a question of their own.

create table questions (
    round_id   bigint not null,
    scope_id   int not null references subnets,
    -- Index within the round.
    place      smallint not null,
    -- Names the text: two questions of one digest are the same.
    digest     bytea not null check (length(digest) = 32),
    -- A passage's id, or the kind of question within the family.
    source     text not null,
    -- {"messages": [{"role", "content"}], "question"}
    prompt     jsonb not null,
    -- What was to be read; null: nothing.
    material   text,
    -- An answer held to be good; null: none is known.
    reference  text,
    -- What is right, as a typed value.
    truth      jsonb not null,
    primary key (round_id, place),
    foreign key (scope_id, round_id) references rounds (scope_id, id)
);
create index questions_by_text on questions (scope_id, digest);

insert into questions (round_id, scope_id, place, digest, source, prompt, material, reference, truth)
select id, scope_id, 0, sha256(convert_to(prompt::text, 'UTF8')), coalesce(reference ->> 'source', ''), prompt,
       reference ->> 'passage', reference ->> 'answer', '{"kind": "open"}'
from rounds;

-- Which of the round's questions the miner was asked; null: none. All that stands here already is an answer to the
-- only one.
alter table responses
    add column question smallint default 0,
    add foreign key (round_id, question) references questions (round_id, place);
alter table responses alter column question drop default;

-- What a judge saw in an answer, in words.
alter table model_scores add column reason text not null default '';
alter table model_scores alter column reason drop default;

update rounds set kind = 'documents' where kind = 'question';

create or replace view v_miner_history as
select v.genesis, v.netuid, v.mechanism, n.hotkey_ss58 as hotkey, n.registered_at, r.uid,
       q.asked_at, q.round, r.outcome, r.status,
       case r.outcome when 'timeout' then q.deadline_us
            else coalesce(r.connect_us, 0) + coalesce(r.first_byte_us, 0) + coalesce(r.body_us, 0)
       end / 1000.0 as took_ms,
       w.reward, s.value as score_after, s.observations, j.config_hash, r.answer,
       a.prompt ->> 'question' as question, q.no_verdict, q.kind as family, a.source, a.reference, a.truth
from responses r
join rounds q on q.id = r.round_id
join neurons n on n.id = r.neuron_id
join v_scopes v on v.scope_id = r.scope_id
left join questions a on a.round_id = r.round_id and a.place = r.question
left join judgements j on j.round_id = r.round_id
left join rewards w on w.judgement_id = j.id and w.neuron_id = r.neuron_id
left join scores s on s.judgement_id = j.id and s.neuron_id = r.neuron_id;

alter table rounds drop column prompt, drop column reference;
