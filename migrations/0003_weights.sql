-- The ledger of weight sets, and what the chain made of them.

create table weight_sets (
    id               bigint primary key generated always as identity,
    scope_id         int not null references subnets,
    epoch            bigint not null check (epoch >= 0),
    slot             text not null check (slot in ('early', 'late')),
    state            text not null check (state in ('planned', 'signed', 'broadcast', 'in_block', 'finalized',
                         'applied', 'rejected', 'dispatch_failed', 'expired', 'superseded')),
    reason           text not null default '',
    version_key      numeric(20) not null,
    fire_block       bigint not null,
    planned_block    bigint not null,
    -- What a retry sends again, byte for byte; all six or none, and none only before the signature.
    payload          bytea,
    payload_hash     bytea check (length(payload_hash) = 32),
    nonce            bigint,
    era_birth        bigint,
    era_death        bigint,
    signed_at        timestamptz,
    included_number  bigint,
    included_hash    bytea check (length(included_hash) = 32),
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    unique (scope_id, id),
    check (num_nulls(payload, payload_hash, nonce, era_birth, era_death, signed_at) in (0, 6)),
    check (era_birth < era_death),
    check (payload is not null or state in ('planned', 'superseded', 'rejected', 'expired')),
    check (num_nulls(included_number, included_hash) in (0, 2)),
    check (included_number is not null or state not in ('in_block', 'finalized', 'applied'))
);

-- No double commit: at most one weight set of a window may land, wait to land or have landed. The states
-- left out cannot land any more: `rejected` by every node, `dispatch_failed` (its nonce is spent), `expired`
-- (its era has passed in a finalized block), `superseded` (never signed, or overwritten on chain).
create unique index weight_sets_one_per_window on weight_sets (scope_id, epoch, slot)
    where state in ('planned', 'signed', 'broadcast', 'in_block', 'finalized', 'applied');

create index weight_sets_open on weight_sets (scope_id, id)
    where state in ('planned', 'signed', 'broadcast', 'in_block', 'finalized');
create index weight_sets_applied on weight_sets (scope_id, id) where state = 'applied';

create table weight_entries (
    weight_set_id  bigint not null,
    scope_id       int not null,
    neuron_id      int not null,
    uid            int not null check (uid between 0 and 65535),
    weight         int not null check (weight between 0 and 65535),
    -- The moving average it came from; null: the miner had none.
    score          float8,
    primary key (weight_set_id, uid),
    foreign key (scope_id, weight_set_id) references weight_sets (scope_id, id),
    foreign key (scope_id, neuron_id) references neurons (scope_id, id)
);

-- One row per neuron and epoch, as the chain computed it: u16 of 65535, and rao.
create table chain_epochs (
    epoch            bigint not null check (epoch >= 0),
    block            bigint not null,
    emission         numeric(20) not null,
    scope_id         int not null,
    neuron_id        int not null,
    uid              int not null,
    incentive        int not null,
    consensus        int not null,
    validator_trust  int not null,
    dividends        int not null,
    primary key (scope_id, epoch, neuron_id),
    foreign key (scope_id, neuron_id) references neurons (scope_id, id)
);
