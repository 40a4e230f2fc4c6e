-- The ledger's states as data, windows per signing hotkey, and rounds that are judged when their truth is due.

-- What follows from a state. The program holds the same table (`LedgerState::standing`), and a test compares them: a
-- new state is a row here and a line there.
create table ledger_states (
    state         text primary key,
    -- A later block may move it on.
    is_open       boolean not null,
    -- Signed bytes that a node may still put into a block.
    may_land      boolean not null,
    -- No other weight set of its window may be signed.
    holds_window  boolean not null,
    -- Off the path, for good.
    is_lost       boolean not null,
    unique (state, holds_window)
);
insert into ledger_states (state, is_open, may_land, holds_window, is_lost) values
    ('planned',         true,  false, true,  false),
    ('signed',          true,  true,  true,  false),
    ('broadcast',       true,  true,  true,  false),
    ('in_block',        true,  true,  true,  false),
    ('finalized',       true,  false, true,  false),
    ('applied',         false, false, true,  false),
    ('rejected',        false, false, false, true),
    ('dispatch_failed', false, false, false, true),
    ('expired',         false, false, false, true),
    ('superseded',      false, false, false, true);

alter table weight_sets
    -- Who signs. Null: written before this was recorded; the first hotkey that serves the scope takes such rows over.
    add column hotkey bytea check (length(hotkey) = 32),
    add column holds_window boolean;
update weight_sets w set holds_window = s.holds_window from ledger_states s where s.state = w.state;
alter table weight_sets
    alter column holds_window set not null,
    drop constraint weight_sets_state_check,
    -- Both at once, so that the column can't contradict the state.
    add foreign key (state, holds_window) references ledger_states (state, holds_window);

-- No double commit: at most one weight set of a window and hotkey may land, wait to land or have landed.
drop index weight_sets_one_per_window;
create unique index weight_sets_one_per_window
    on weight_sets (scope_id, coalesce(hotkey, ''::bytea), epoch, slot) where holds_window;
drop index weight_sets_open;
create index weight_sets_by_scope on weight_sets (scope_id, id);

alter table rounds
    -- From when on it can be judged: at once, or when its truth is known; later after each attempt that failed.
    add column due_at timestamptz not null default now(),
    add column attempts int not null default 0;
update rounds set due_at = asked_at where judgement_id is null;
drop index rounds_unjudged;
create index rounds_due on rounds (scope_id, due_at, id) where judgement_id is null;
