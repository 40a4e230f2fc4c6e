-- Exchanges and judgements: two facts, two transactions.
--
-- The long tables (responses, rewards, model_scores, mask_scores, scores) hold narrow rows, fixed width
-- first, and their keys begin with a number that only grows (round or judgement): they can later be
-- partitioned by ranges of it, which are ranges of time, without a change of key.

create table scoring_configs (
    hash        text primary key,
    toml        text not null,
    first_used  timestamptz not null default now()
);

create table rounds (
    id           bigint primary key generated always as identity,
    scope_id     int not null references subnets,
    round        uuid not null unique,
    asked_at     timestamptz not null,
    deadline_us  bigint not null check (deadline_us >= 0),
    kind         text not null,
    -- {"messages": [{"role", "content"}], "question"}
    prompt       jsonb not null,
    -- {"source", "passage", "answer"}; null: the truth is not known (yet).
    reference    jsonb,
    -- The judgement that settled it; null: recorded, not judged yet.
    judgement_id bigint unique,
    unique (scope_id, id)
);
create index rounds_by_time on rounds (scope_id, asked_at);
create index rounds_unjudged on rounds (scope_id, id) where judgement_id is null;

create table responses (
    round_id       bigint not null,
    scope_id       int not null,
    neuron_id      int not null,
    uid            int not null check (uid between 0 and 65535),
    -- Microseconds: waiting for our own limit, connecting, to the first byte, the body.
    queue_us       int not null,
    connect_us     int,
    first_byte_us  int,
    body_us        int,
    -- HTTP status, where the outcome is a refusal.
    status         int,
    -- Place in the sample.
    place          smallint not null,
    outcome        text not null,
    answer         text,
    primary key (round_id, neuron_id),
    foreign key (scope_id, round_id) references rounds (scope_id, id),
    foreign key (scope_id, neuron_id) references neurons (scope_id, id),
    check ((answer is not null) = (outcome = 'answer')),
    check ((status is not null) = (outcome = 'refused'))
);
create index responses_by_neuron on responses (neuron_id, round_id);

create table judgements (
    id           bigint primary key generated always as identity,
    scope_id     int not null,
    round_id     bigint not null unique,
    judged_at    timestamptz not null default now(),
    config_hash  text not null references scoring_configs,
    foreign key (scope_id, round_id) references rounds (scope_id, id),
    unique (scope_id, id)
);
alter table rounds add foreign key (scope_id, judgement_id) references judgements (scope_id, id);

-- Names of reward models and masks, so that a score's row holds two bytes of them.
create table reward_models (
    id    smallint primary key generated always as identity,
    name  text not null unique
);
create table masks (
    id    smallint primary key generated always as identity,
    name  text not null unique
);

create table rewards (
    judgement_id  bigint not null,
    scope_id      int not null,
    neuron_id     int not null,
    reward        float8 not null check (reward between 0 and 1),
    primary key (judgement_id, neuron_id),
    foreign key (scope_id, judgement_id) references judgements (scope_id, id),
    foreign key (scope_id, neuron_id) references neurons (scope_id, id)
);
create index rewards_by_neuron on rewards (neuron_id, judgement_id);

create table model_scores (
    judgement_id  bigint not null,
    scope_id      int not null,
    neuron_id     int not null,
    raw           float8 not null,
    normalised    float8 not null,
    weight        float8 not null,
    model_id      smallint not null references reward_models,
    primary key (judgement_id, neuron_id, model_id),
    foreign key (scope_id, judgement_id) references judgements (scope_id, id),
    foreign key (scope_id, neuron_id) references neurons (scope_id, id)
);

create table mask_scores (
    judgement_id  bigint not null,
    scope_id      int not null,
    neuron_id     int not null,
    value         float8 not null check (value between 0 and 1),
    mask_id       smallint not null references masks,
    reason        text not null,
    primary key (judgement_id, neuron_id, mask_id),
    foreign key (scope_id, judgement_id) references judgements (scope_id, id),
    foreign key (scope_id, neuron_id) references neurons (scope_id, id)
);

-- The moving averages after each judgement: only rows that it changed.
create table scores (
    judgement_id  bigint not null,
    scope_id      int not null,
    neuron_id     int not null,
    value         float8 not null check (value between 0 and 1),
    observations  bigint not null check (observations >= 0),
    primary key (judgement_id, neuron_id),
    foreign key (scope_id, judgement_id) references judgements (scope_id, id),
    foreign key (scope_id, neuron_id) references neurons (scope_id, id)
);
create index scores_by_neuron on scores (neuron_id, judgement_id);

-- The moving averages now, in a table of their own: a ranking from the history reads millions of rows.
create table current_scores (
    scope_id      int not null,
    neuron_id     int not null,
    value         float8 not null check (value between 0 and 1),
    observations  bigint not null check (observations >= 0),
    judgement_id  bigint not null,
    primary key (scope_id, neuron_id),
    foreign key (scope_id, neuron_id) references neurons (scope_id, id)
) with (fillfactor = 70);

create table normalisers (
    scope_id      int not null references subnets,
    model_id      smallint not null references reward_models,
    count         float8 not null,
    mean          float8 not null,
    variance      float8 not null,
    judgement_id  bigint not null,
    primary key (scope_id, model_id)
) with (fillfactor = 70);
