-- How it stands with each subnet, for a health check that reads nothing else: written by the service every few seconds.

create table health (
    scope_id     int primary key references subnets,
    -- Why the subnet is parked; null: it runs.
    parked       text,
    -- The newest snapshot, and when it came; null: there was none yet.
    block        bigint,
    seen_at      timestamptz,
    tempo        int,
    -- The block in which our row of weights was last set, as that snapshot shows it.
    last_update  bigint,
    check (num_nulls(block, seen_at, tempo, last_update) in (0, 4))
) with (fillfactor = 50);
