-- What people read. Names for numbers, addresses for keys, TAO for rao.

create view v_scopes as
select s.id as scope_id, '0x' || encode(s.genesis, 'hex') as genesis, s.netuid, s.mechanism, n.last_block
from subnets s join networks n using (genesis);

create view v_leaderboard as
select v.genesis, v.netuid, v.mechanism,
       rank() over (partition by c.scope_id order by c.value desc) as rank,
       seat.uid, n.hotkey_ss58 as hotkey, n.registered_at,
       c.value as score, c.observations, j.judged_at as last_judged
from current_scores c
join v_scopes v on v.scope_id = c.scope_id
join neurons n on n.id = c.neuron_id
join seats seat on seat.neuron_id = c.neuron_id and seat.until_block is null
left join judgements j on j.id = c.judgement_id
order by c.scope_id, c.value desc;

create view v_miner_history as
select v.genesis, v.netuid, v.mechanism, n.hotkey_ss58 as hotkey, n.registered_at, r.uid,
       q.asked_at, q.round, r.outcome, r.status,
       (coalesce(r.connect_us, 0) + coalesce(r.first_byte_us, 0) + coalesce(r.body_us, 0)) / 1000.0 as took_ms,
       w.reward, s.value as score_after, s.observations, j.config_hash, r.answer
from responses r
join rounds q on q.id = r.round_id
join neurons n on n.id = r.neuron_id
join v_scopes v on v.scope_id = r.scope_id
left join judgements j on j.round_id = r.round_id
left join rewards w on w.judgement_id = j.id and w.neuron_id = r.neuron_id
left join scores s on s.judgement_id = j.id and s.neuron_id = r.neuron_id;

create view v_epoch as
select v.genesis, v.netuid, v.mechanism, e.epoch, e.block, e.uid, n.hotkey_ss58 as hotkey,
       sent.weight as weight_sent, sent.score as score_sent,
       round(e.incentive / 65535.0, 6) as incentive, round(e.consensus / 65535.0, 6) as consensus,
       round(e.validator_trust / 65535.0, 6) as vtrust, round(e.dividends / 65535.0, 6) as dividends,
       e.emission / 1e9 as emission_tao
from chain_epochs e
join neurons n on n.id = e.neuron_id
join v_scopes v on v.scope_id = e.scope_id
left join lateral (
    -- What stood on chain when the epoch fired: the newest applied set that was in a block before it.
    select w.id from weight_sets w
    where w.scope_id = e.scope_id and w.state = 'applied' and w.included_number < e.block
    order by w.included_number desc limit 1
) applied on true
left join weight_entries sent
    on sent.weight_set_id = applied.id and sent.neuron_id = e.neuron_id;

create view v_commit_log as
select v.genesis, v.netuid, v.mechanism, w.id, w.epoch, w.slot, w.state, w.reason,
       w.planned_block, w.fire_block, w.included_number as included_block,
       w.fire_block - w.included_number as blocks_to_spare,
       '0x' || encode(w.payload_hash, 'hex') as extrinsic, w.nonce, w.era_birth, w.era_death,
       (select count(*) from weight_entries e where e.weight_set_id = w.id) as entries,
       w.created_at, w.signed_at, w.updated_at
from weight_sets w
join v_scopes v on v.scope_id = w.scope_id
order by w.id;
