-- Whose fault it is: rounds that are no verdict, and what failed on this host.

alter table rounds
    -- Why none of it is judged, for the fault is ours; null: it is judged.
    add column no_verdict text,
    add check (no_verdict is null or judgement_id is null);
drop index rounds_due;
create index rounds_due on rounds (scope_id, due_at, id) where judgement_id is null and no_verdict is null;

-- Outcomes that say nothing about the miner: the round's others are judged without it. The program holds the same list
-- (`Reason::is_ours`), and a test compares them.
create table our_faults (outcome text primary key);
insert into our_faults values ('our_network'), ('our_resources'), ('our_request');

-- What a miner was asked, how long it took, and what came of it. Who let the deadline pass took all of it.
create or replace view v_miner_history as
select v.genesis, v.netuid, v.mechanism, n.hotkey_ss58 as hotkey, n.registered_at, r.uid,
       q.asked_at, q.round, r.outcome, r.status,
       case r.outcome when 'timeout' then q.deadline_us
            else coalesce(r.connect_us, 0) + coalesce(r.first_byte_us, 0) + coalesce(r.body_us, 0)
       end / 1000.0 as took_ms,
       w.reward, s.value as score_after, s.observations, j.config_hash, r.answer,
       q.prompt ->> 'question' as question, q.no_verdict
from responses r
join rounds q on q.id = r.round_id
join neurons n on n.id = r.neuron_id
join v_scopes v on v.scope_id = r.scope_id
left join judgements j on j.round_id = r.round_id
left join rewards w on w.judgement_id = j.id and w.neuron_id = r.neuron_id
left join scores s on s.judgement_id = j.id and s.neuron_id = r.neuron_id;
