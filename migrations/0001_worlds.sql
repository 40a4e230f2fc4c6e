-- Worlds, scopes and who lives in them.
--
-- A scope is (genesis, netuid, mechanism). Every table below carries its id, and every reference to a
-- neuron is the pair (scope, neuron): rows of two worlds cannot be joined by mistake, the database refuses.

create table networks (
    genesis     bytea primary key check (length(genesis) = 32),
    -- The highest finalized block ever seen in this world: a head below it is another world or a stale node.
    last_block  bigint not null check (last_block >= 0),
    last_hash   bytea not null check (length(last_hash) = 32),
    first_seen  timestamptz not null default now(),
    last_seen   timestamptz not null default now()
);

create table subnets (
    id             int primary key generated always as identity,
    genesis        bytea not null references networks,
    netuid         int not null check (netuid between 0 and 65535),
    mechanism      smallint not null check (mechanism between 0 and 15),
    -- The block at which the seats below were last compared with the chain.
    seats_block    bigint,
    unique (genesis, netuid, mechanism)
);
comment on table subnets is 'A scope: one mechanism of one subnet of one world';

-- A miner is (hotkey, registration block) in a scope: a hotkey that leaves and comes back is another one.
create table neurons (
    id             int primary key generated always as identity,
    scope_id       int not null references subnets,
    hotkey         bytea not null check (length(hotkey) = 32),
    hotkey_ss58    text not null,
    registered_at  bigint not null check (registered_at >= 0),
    unique (scope_id, hotkey, registered_at),
    unique (scope_id, id)
);
create index neurons_ss58 on neurons (hotkey_ss58);

-- Which uid and coldkey a neuron had, from which block on and until when (null: still).
create table seats (
    scope_id      int not null,
    neuron_id     int not null,
    uid           int not null check (uid between 0 and 65535),
    coldkey       bytea not null check (length(coldkey) = 32),
    coldkey_ss58  text not null,
    from_block    bigint not null,
    until_block   bigint check (until_block >= from_block),
    primary key (neuron_id, from_block),
    foreign key (scope_id, neuron_id) references neurons (scope_id, id)
);
create unique index seats_one_sitter on seats (scope_id, uid) where until_block is null;
create unique index seats_one_seat on seats (neuron_id) where until_block is null;

create table events (
    id        bigint primary key generated always as identity,
    at        timestamptz not null default now(),
    -- Null: concerns the database or the whole service.
    scope_id  int references subnets,
    kind      text not null,
    reason    text not null,
    block     bigint,
    detail    jsonb not null default '{}'
);
create index events_by_scope on events (scope_id, at);
comment on table events is 'What happened besides rounds and weights, each with a typed reason';
