-- Who gives one text with whom, how sure an average is, and when a miner was asked last.

-- Two miners whose answers to one question were compared, from the first suspicion on.
create table copy_pairs (
    scope_id         int not null references subnets,
    one_id           int not null,
    other_id         int not null check (one_id < other_id),
    -- Rounds in which they were compared, and of these those in which their answers were one text.
    rounds           bigint not null check (rounds >= agreed),
    agreed           bigint not null check (agreed >= 0),
    -- 0 for honest strangers; it fades with each comparison.
    evidence         float8 not null check (evidence >= 0),
    -- Enough of it for both to be cut wherever they agree.
    proven           boolean not null,
    first_judgement  bigint not null,
    last_judgement   bigint not null,
    -- The last one in which they agreed.
    agreed_judgement bigint,
    primary key (scope_id, one_id, other_id),
    foreign key (scope_id, one_id) references neurons (scope_id, id),
    foreign key (scope_id, other_id) references neurons (scope_id, id),
    foreign key (scope_id, first_judgement) references judgements (scope_id, id),
    foreign key (scope_id, last_judgement) references judgements (scope_id, id),
    foreign key (scope_id, agreed_judgement) references judgements (scope_id, id)
) with (fillfactor = 70);
create index copy_pairs_other on copy_pairs (scope_id, other_id);

-- The miner whose answer set a mask; null: none did.
alter table mask_scores
    add column source_neuron_id int,
    add foreign key (scope_id, source_neuron_id) references neurons (scope_id, id);

-- Of the rewards about the average, and how many stand behind it. Of what was written before the spread is not known: it
-- is taken for the greatest that rewards between 0 and 1 can have, and fades.
alter table current_scores
    add column variance float8 check (variance >= 0),
    add column effective float8 check (effective >= 0);
update current_scores set variance = value * (1 - value), effective = least(observations, 20);
alter table current_scores
    alter column variance set not null,
    alter column effective set not null;
-- In the history null: written before this was recorded.
alter table scores
    add column variance float8,
    add column effective float8;

-- Since when a miner waits that was never asked. Of those before: since now.
alter table neurons add column first_seen timestamptz not null default now();

create view v_copies as
select v.genesis, v.netuid, v.mechanism,
       a.hotkey_ss58 as hotkey, b.hotkey_ss58 as with_hotkey,
       c.proven, c.evidence, c.agreed, c.rounds,
       first_round.asked_at as first_seen, last_round.asked_at as last_compared,
       agreed_round.asked_at as last_agreed, agreed_round.round as last_round,
       q.prompt ->> 'question' as question, x.answer, y.answer as with_answer
from copy_pairs c
join v_scopes v on v.scope_id = c.scope_id
join neurons a on a.id = c.one_id
join neurons b on b.id = c.other_id
join judgements first on first.id = c.first_judgement
join rounds first_round on first_round.id = first.round_id
join judgements last on last.id = c.last_judgement
join rounds last_round on last_round.id = last.round_id
left join judgements agreed on agreed.id = c.agreed_judgement
left join rounds agreed_round on agreed_round.id = agreed.round_id
left join responses x on x.round_id = agreed_round.id and x.neuron_id = c.one_id
left join responses y on y.round_id = agreed_round.id and y.neuron_id = c.other_id
left join questions q on q.round_id = x.round_id and q.place = x.question
order by c.scope_id, c.proven desc, c.evidence desc;

create or replace view v_leaderboard as
select v.genesis, v.netuid, v.mechanism,
       rank() over (partition by c.scope_id order by c.value desc) as rank,
       seat.uid, n.hotkey_ss58 as hotkey, n.registered_at,
       c.value as score, c.observations, j.judged_at as last_judged,
       case when c.observations > 1 then sqrt(c.variance / c.effective) end as error
from current_scores c
join v_scopes v on v.scope_id = c.scope_id
join neurons n on n.id = c.neuron_id
join seats seat on seat.neuron_id = c.neuron_id and seat.until_block is null
left join judgements j on j.id = c.judgement_id
order by c.scope_id, c.value desc;
