
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE public._sqlx_migrations (
    version bigint NOT NULL,
    description text NOT NULL,
    installed_on timestamp with time zone DEFAULT now() NOT NULL,
    success boolean NOT NULL,
    checksum bytea NOT NULL,
    execution_time bigint NOT NULL
);

CREATE TABLE public.chain_epochs (
    epoch bigint NOT NULL,
    block bigint NOT NULL,
    emission numeric(20,0) NOT NULL,
    scope_id integer NOT NULL,
    neuron_id integer NOT NULL,
    uid integer NOT NULL,
    incentive integer NOT NULL,
    consensus integer NOT NULL,
    validator_trust integer NOT NULL,
    dividends integer NOT NULL,
    CONSTRAINT chain_epochs_epoch_check CHECK ((epoch >= 0))
);

CREATE TABLE public.current_scores (
    scope_id integer NOT NULL,
    neuron_id integer NOT NULL,
    value double precision NOT NULL,
    observations bigint NOT NULL,
    judgement_id bigint NOT NULL,
    CONSTRAINT current_scores_observations_check CHECK ((observations >= 0)),
    CONSTRAINT current_scores_value_check CHECK (((value >= (0)::double precision) AND (value <= (1)::double precision)))
)
WITH (fillfactor='70');

CREATE TABLE public.events (
    id bigint NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    scope_id integer,
    kind text NOT NULL,
    reason text NOT NULL,
    block bigint,
    detail jsonb DEFAULT '{}'::jsonb NOT NULL
);

COMMENT ON TABLE public.events IS 'What happened besides rounds and weights, each with a typed reason';

ALTER TABLE public.events ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.judgements (
    id bigint NOT NULL,
    scope_id integer NOT NULL,
    round_id bigint NOT NULL,
    judged_at timestamp with time zone DEFAULT now() NOT NULL,
    config_hash text NOT NULL
);

ALTER TABLE public.judgements ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.judgements_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.mask_scores (
    judgement_id bigint NOT NULL,
    scope_id integer NOT NULL,
    neuron_id integer NOT NULL,
    value double precision NOT NULL,
    mask_id smallint NOT NULL,
    reason text NOT NULL,
    CONSTRAINT mask_scores_value_check CHECK (((value >= (0)::double precision) AND (value <= (1)::double precision)))
);

CREATE TABLE public.masks (
    id smallint NOT NULL,
    name text NOT NULL
);

ALTER TABLE public.masks ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.masks_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.model_scores (
    judgement_id bigint NOT NULL,
    scope_id integer NOT NULL,
    neuron_id integer NOT NULL,
    raw double precision NOT NULL,
    normalised double precision NOT NULL,
    weight double precision NOT NULL,
    model_id smallint NOT NULL
);

CREATE TABLE public.networks (
    genesis bytea NOT NULL,
    last_block bigint NOT NULL,
    last_hash bytea NOT NULL,
    first_seen timestamp with time zone DEFAULT now() NOT NULL,
    last_seen timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT networks_genesis_check CHECK ((length(genesis) = 32)),
    CONSTRAINT networks_last_block_check CHECK ((last_block >= 0)),
    CONSTRAINT networks_last_hash_check CHECK ((length(last_hash) = 32))
);

CREATE TABLE public.neurons (
    id integer NOT NULL,
    scope_id integer NOT NULL,
    hotkey bytea NOT NULL,
    hotkey_ss58 text NOT NULL,
    registered_at bigint NOT NULL,
    CONSTRAINT neurons_hotkey_check CHECK ((length(hotkey) = 32)),
    CONSTRAINT neurons_registered_at_check CHECK ((registered_at >= 0))
);

ALTER TABLE public.neurons ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.neurons_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.normalisers (
    scope_id integer NOT NULL,
    model_id smallint NOT NULL,
    count double precision NOT NULL,
    mean double precision NOT NULL,
    variance double precision NOT NULL,
    judgement_id bigint NOT NULL
)
WITH (fillfactor='70');

CREATE TABLE public.responses (
    round_id bigint NOT NULL,
    scope_id integer NOT NULL,
    neuron_id integer NOT NULL,
    uid integer NOT NULL,
    queue_us integer NOT NULL,
    connect_us integer,
    first_byte_us integer,
    body_us integer,
    status integer,
    place smallint NOT NULL,
    outcome text NOT NULL,
    answer text,
    CONSTRAINT responses_check CHECK (((answer IS NOT NULL) = (outcome = 'answer'::text))),
    CONSTRAINT responses_check1 CHECK (((status IS NOT NULL) = (outcome = 'refused'::text))),
    CONSTRAINT responses_uid_check CHECK (((uid >= 0) AND (uid <= 65535)))
);

CREATE TABLE public.reward_models (
    id smallint NOT NULL,
    name text NOT NULL
);

ALTER TABLE public.reward_models ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.reward_models_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.rewards (
    judgement_id bigint NOT NULL,
    scope_id integer NOT NULL,
    neuron_id integer NOT NULL,
    reward double precision NOT NULL,
    CONSTRAINT rewards_reward_check CHECK (((reward >= (0)::double precision) AND (reward <= (1)::double precision)))
);

CREATE TABLE public.rounds (
    id bigint NOT NULL,
    scope_id integer NOT NULL,
    round uuid NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    deadline_us bigint NOT NULL,
    kind text NOT NULL,
    prompt jsonb NOT NULL,
    reference jsonb,
    judgement_id bigint,
    CONSTRAINT rounds_deadline_us_check CHECK ((deadline_us >= 0))
);

ALTER TABLE public.rounds ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.rounds_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.scores (
    judgement_id bigint NOT NULL,
    scope_id integer NOT NULL,
    neuron_id integer NOT NULL,
    value double precision NOT NULL,
    observations bigint NOT NULL,
    CONSTRAINT scores_observations_check CHECK ((observations >= 0)),
    CONSTRAINT scores_value_check CHECK (((value >= (0)::double precision) AND (value <= (1)::double precision)))
);

CREATE TABLE public.scoring_configs (
    hash text NOT NULL,
    toml text NOT NULL,
    first_used timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.seats (
    scope_id integer NOT NULL,
    neuron_id integer NOT NULL,
    uid integer NOT NULL,
    coldkey bytea NOT NULL,
    coldkey_ss58 text NOT NULL,
    from_block bigint NOT NULL,
    until_block bigint,
    CONSTRAINT seats_check CHECK ((until_block >= from_block)),
    CONSTRAINT seats_coldkey_check CHECK ((length(coldkey) = 32)),
    CONSTRAINT seats_uid_check CHECK (((uid >= 0) AND (uid <= 65535)))
);

CREATE TABLE public.subnets (
    id integer NOT NULL,
    genesis bytea NOT NULL,
    netuid integer NOT NULL,
    mechanism smallint NOT NULL,
    seats_block bigint,
    CONSTRAINT subnets_mechanism_check CHECK (((mechanism >= 0) AND (mechanism <= 15))),
    CONSTRAINT subnets_netuid_check CHECK (((netuid >= 0) AND (netuid <= 65535)))
);

COMMENT ON TABLE public.subnets IS 'A scope: one mechanism of one subnet of one world';

ALTER TABLE public.subnets ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.subnets_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE VIEW public.v_scopes AS
 SELECT s.id AS scope_id,
    ('0x'::text || encode(s.genesis, 'hex'::text)) AS genesis,
    s.netuid,
    s.mechanism,
    n.last_block
   FROM (public.subnets s
     JOIN public.networks n USING (genesis));

CREATE TABLE public.weight_entries (
    weight_set_id bigint NOT NULL,
    scope_id integer NOT NULL,
    neuron_id integer NOT NULL,
    uid integer NOT NULL,
    weight integer NOT NULL,
    score double precision,
    CONSTRAINT weight_entries_uid_check CHECK (((uid >= 0) AND (uid <= 65535))),
    CONSTRAINT weight_entries_weight_check CHECK (((weight >= 0) AND (weight <= 65535)))
);

CREATE TABLE public.weight_sets (
    id bigint NOT NULL,
    scope_id integer NOT NULL,
    epoch bigint NOT NULL,
    slot text NOT NULL,
    state text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    version_key numeric(20,0) NOT NULL,
    fire_block bigint NOT NULL,
    planned_block bigint NOT NULL,
    payload bytea,
    payload_hash bytea,
    nonce bigint,
    era_birth bigint,
    era_death bigint,
    signed_at timestamp with time zone,
    included_number bigint,
    included_hash bytea,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT weight_sets_check CHECK ((num_nulls(payload, payload_hash, nonce, era_birth, era_death, signed_at) = ANY (ARRAY[0, 6]))),
    CONSTRAINT weight_sets_check1 CHECK ((era_birth < era_death)),
    CONSTRAINT weight_sets_check2 CHECK (((payload IS NOT NULL) OR (state = ANY (ARRAY['planned'::text, 'superseded'::text, 'rejected'::text, 'expired'::text])))),
    CONSTRAINT weight_sets_check3 CHECK ((num_nulls(included_number, included_hash) = ANY (ARRAY[0, 2]))),
    CONSTRAINT weight_sets_check4 CHECK (((included_number IS NOT NULL) OR (state <> ALL (ARRAY['in_block'::text, 'finalized'::text, 'applied'::text])))),
    CONSTRAINT weight_sets_epoch_check CHECK ((epoch >= 0)),
    CONSTRAINT weight_sets_included_hash_check CHECK ((length(included_hash) = 32)),
    CONSTRAINT weight_sets_payload_hash_check CHECK ((length(payload_hash) = 32)),
    CONSTRAINT weight_sets_slot_check CHECK ((slot = ANY (ARRAY['early'::text, 'late'::text]))),
    CONSTRAINT weight_sets_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'signed'::text, 'broadcast'::text, 'in_block'::text, 'finalized'::text, 'applied'::text, 'rejected'::text, 'dispatch_failed'::text, 'expired'::text, 'superseded'::text])))
);

CREATE VIEW public.v_commit_log AS
 SELECT v.genesis,
    v.netuid,
    v.mechanism,
    w.id,
    w.epoch,
    w.slot,
    w.state,
    w.reason,
    w.planned_block,
    w.fire_block,
    w.included_number AS included_block,
    (w.fire_block - w.included_number) AS blocks_to_spare,
    ('0x'::text || encode(w.payload_hash, 'hex'::text)) AS extrinsic,
    w.nonce,
    w.era_birth,
    w.era_death,
    ( SELECT count(*) AS count
           FROM public.weight_entries e
          WHERE (e.weight_set_id = w.id)) AS entries,
    w.created_at,
    w.signed_at,
    w.updated_at
   FROM (public.weight_sets w
     JOIN public.v_scopes v ON ((v.scope_id = w.scope_id)))
  ORDER BY w.id;

CREATE VIEW public.v_epoch AS
 SELECT v.genesis,
    v.netuid,
    v.mechanism,
    e.epoch,
    e.block,
    e.uid,
    n.hotkey_ss58 AS hotkey,
    sent.weight AS weight_sent,
    sent.score AS score_sent,
    round(((e.incentive)::numeric / 65535.0), 6) AS incentive,
    round(((e.consensus)::numeric / 65535.0), 6) AS consensus,
    round(((e.validator_trust)::numeric / 65535.0), 6) AS vtrust,
    round(((e.dividends)::numeric / 65535.0), 6) AS dividends,
    (e.emission / '1000000000'::numeric) AS emission_tao
   FROM ((((public.chain_epochs e
     JOIN public.neurons n ON ((n.id = e.neuron_id)))
     JOIN public.v_scopes v ON ((v.scope_id = e.scope_id)))
     LEFT JOIN LATERAL ( SELECT w.id
           FROM public.weight_sets w
          WHERE ((w.scope_id = e.scope_id) AND (w.state = 'applied'::text) AND (w.included_number < e.block))
          ORDER BY w.included_number DESC
         LIMIT 1) applied ON (true))
     LEFT JOIN public.weight_entries sent ON (((sent.weight_set_id = applied.id) AND (sent.neuron_id = e.neuron_id))));

CREATE VIEW public.v_leaderboard AS
 SELECT v.genesis,
    v.netuid,
    v.mechanism,
    rank() OVER (PARTITION BY c.scope_id ORDER BY c.value DESC) AS rank,
    seat.uid,
    n.hotkey_ss58 AS hotkey,
    n.registered_at,
    c.value AS score,
    c.observations,
    j.judged_at AS last_judged
   FROM ((((public.current_scores c
     JOIN public.v_scopes v ON ((v.scope_id = c.scope_id)))
     JOIN public.neurons n ON ((n.id = c.neuron_id)))
     JOIN public.seats seat ON (((seat.neuron_id = c.neuron_id) AND (seat.until_block IS NULL))))
     LEFT JOIN public.judgements j ON ((j.id = c.judgement_id)))
  ORDER BY c.scope_id, c.value DESC;

CREATE VIEW public.v_miner_history AS
 SELECT v.genesis,
    v.netuid,
    v.mechanism,
    n.hotkey_ss58 AS hotkey,
    n.registered_at,
    r.uid,
    q.asked_at,
    q.round,
    r.outcome,
    r.status,
    ((((COALESCE(r.connect_us, 0) + COALESCE(r.first_byte_us, 0)) + COALESCE(r.body_us, 0)))::numeric / 1000.0) AS took_ms,
    w.reward,
    s.value AS score_after,
    s.observations,
    j.config_hash,
    r.answer
   FROM ((((((public.responses r
     JOIN public.rounds q ON ((q.id = r.round_id)))
     JOIN public.neurons n ON ((n.id = r.neuron_id)))
     JOIN public.v_scopes v ON ((v.scope_id = r.scope_id)))
     LEFT JOIN public.judgements j ON ((j.round_id = r.round_id)))
     LEFT JOIN public.rewards w ON (((w.judgement_id = j.id) AND (w.neuron_id = r.neuron_id))))
     LEFT JOIN public.scores s ON (((s.judgement_id = j.id) AND (s.neuron_id = r.neuron_id))));

ALTER TABLE public.weight_sets ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.weight_sets_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

INSERT INTO public._sqlx_migrations VALUES (1, 'worlds', '2026-11-26 14:51:19.544323+00', true, '\x147848e5f93736e99d0c05a7e60cd8895115638a36378e045bcc38d0f7419302fe503aef779ef54734604006b363e760', 126459599);
INSERT INTO public._sqlx_migrations VALUES (2, 'rounds', '2026-11-26 14:51:19.678746+00', true, '\xdd93ff2c096c518db23d46d2410ee7f5305e6519493e0c21d622c01be21156ad0f02e05cb0cf37f0ef8184c5cd476440', 180079293);
INSERT INTO public._sqlx_migrations VALUES (3, 'weights', '2026-11-26 14:51:19.862688+00', true, '\x6fb4be9a0ddaf6c465f77f775df6787450ac09262219c45a9dd8471624fc796a993e59993a3c625edeb09a9a5d417f3c', 40028479);
INSERT INTO public._sqlx_migrations VALUES (4, 'views', '2026-11-26 14:51:19.906749+00', true, '\x240fcd298b9be7a8e9f86928203124b041f8ba544889e5336d344190aa3d5a24cbe70d26956c075e6f812debd7d57213', 20039677);

INSERT INTO public.chain_epochs VALUES (2, 80, 1686823649, 1, 1, 0, 0, 0, 0, 0);
INSERT INTO public.chain_epochs VALUES (2, 80, 12445343750, 1, 2, 1, 0, 0, 0, 0);
INSERT INTO public.chain_epochs VALUES (2, 80, 9334007812, 1, 3, 2, 0, 0, 0, 0);
INSERT INTO public.chain_epochs VALUES (2, 80, 9334007812, 1, 4, 3, 0, 0, 0, 0);
INSERT INTO public.chain_epochs VALUES (2, 80, 0, 1, 5, 4, 0, 0, 0, 0);
INSERT INTO public.chain_epochs VALUES (2, 80, 0, 1, 6, 5, 0, 0, 0, 0);
INSERT INTO public.chain_epochs VALUES (2, 80, 0, 1, 7, 6, 0, 0, 0, 0);
INSERT INTO public.chain_epochs VALUES (2, 80, 0, 1, 8, 7, 0, 0, 0, 0);
INSERT INTO public.chain_epochs VALUES (3, 120, 2931326375, 1, 1, 0, 0, 0, 0, 0);
INSERT INTO public.chain_epochs VALUES (3, 120, 11947542662, 1, 2, 1, 0, 0, 0, 0);
INSERT INTO public.chain_epochs VALUES (3, 120, 8960656996, 1, 3, 2, 0, 0, 0, 0);
INSERT INTO public.chain_epochs VALUES (3, 120, 8960656996, 1, 4, 3, 0, 0, 0, 0);
INSERT INTO public.chain_epochs VALUES (3, 120, 0, 1, 5, 4, 0, 0, 0, 0);
INSERT INTO public.chain_epochs VALUES (3, 120, 0, 1, 6, 5, 0, 0, 0, 0);
INSERT INTO public.chain_epochs VALUES (3, 120, 0, 1, 7, 6, 0, 0, 0, 0);
INSERT INTO public.chain_epochs VALUES (3, 120, 0, 1, 8, 7, 0, 0, 0, 0);
INSERT INTO public.chain_epochs VALUES (4, 160, 3908827729, 1, 1, 0, 0, 0, 0, 0);
INSERT INTO public.chain_epochs VALUES (4, 160, 11556542121, 1, 2, 1, 0, 0, 0, 0);
INSERT INTO public.chain_epochs VALUES (4, 160, 8667406587, 1, 3, 2, 0, 0, 0, 0);
INSERT INTO public.chain_epochs VALUES (4, 160, 8667406587, 1, 4, 3, 0, 0, 0, 0);
INSERT INTO public.chain_epochs VALUES (4, 160, 0, 1, 5, 4, 0, 0, 0, 0);
INSERT INTO public.chain_epochs VALUES (4, 160, 0, 1, 6, 5, 0, 0, 0, 0);
INSERT INTO public.chain_epochs VALUES (4, 160, 0, 1, 7, 6, 0, 0, 0, 0);
INSERT INTO public.chain_epochs VALUES (4, 160, 0, 1, 8, 7, 0, 0, 0, 0);

INSERT INTO public.current_scores VALUES (1, 8, 0, 10, 10);
INSERT INTO public.current_scores VALUES (1, 7, 0.40893559904659127, 10, 10);
INSERT INTO public.current_scores VALUES (1, 6, 6.508425619501525e-05, 10, 10);
INSERT INTO public.current_scores VALUES (1, 5, 0.5761847580225025, 10, 10);

INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (1, '2026-11-26 14:51:20.017495+00', 1, 'weights', 'too_late_for_epoch', 77, '{"epoch": 2, "detail": ""}');

INSERT INTO public.judgements OVERRIDING SYSTEM VALUE VALUES (1, 1, 1, '2026-11-26 14:51:21.318593+00', '90afc3226f66b57e9a9598030ea84216dcede52b9bb8631a1e9bae4eb900eecd');
INSERT INTO public.judgements OVERRIDING SYSTEM VALUE VALUES (2, 1, 2, '2026-11-26 14:51:23.350775+00', '90afc3226f66b57e9a9598030ea84216dcede52b9bb8631a1e9bae4eb900eecd');
INSERT INTO public.judgements OVERRIDING SYSTEM VALUE VALUES (3, 1, 3, '2026-11-26 14:51:25.231325+00', '90afc3226f66b57e9a9598030ea84216dcede52b9bb8631a1e9bae4eb900eecd');
INSERT INTO public.judgements OVERRIDING SYSTEM VALUE VALUES (4, 1, 4, '2026-11-26 14:51:27.238602+00', '90afc3226f66b57e9a9598030ea84216dcede52b9bb8631a1e9bae4eb900eecd');
INSERT INTO public.judgements OVERRIDING SYSTEM VALUE VALUES (5, 1, 5, '2026-11-26 14:51:29.256076+00', '90afc3226f66b57e9a9598030ea84216dcede52b9bb8631a1e9bae4eb900eecd');
INSERT INTO public.judgements OVERRIDING SYSTEM VALUE VALUES (6, 1, 6, '2026-11-26 14:51:30.107987+00', '90afc3226f66b57e9a9598030ea84216dcede52b9bb8631a1e9bae4eb900eecd');
INSERT INTO public.judgements OVERRIDING SYSTEM VALUE VALUES (7, 1, 7, '2026-11-26 14:51:32.058593+00', '90afc3226f66b57e9a9598030ea84216dcede52b9bb8631a1e9bae4eb900eecd');
INSERT INTO public.judgements OVERRIDING SYSTEM VALUE VALUES (8, 1, 8, '2026-11-26 14:51:34.131353+00', '90afc3226f66b57e9a9598030ea84216dcede52b9bb8631a1e9bae4eb900eecd');
INSERT INTO public.judgements OVERRIDING SYSTEM VALUE VALUES (9, 1, 9, '2026-11-26 14:51:37.251161+00', '90afc3226f66b57e9a9598030ea84216dcede52b9bb8631a1e9bae4eb900eecd');
INSERT INTO public.judgements OVERRIDING SYSTEM VALUE VALUES (10, 1, 10, '2026-11-26 14:51:38.108453+00', '90afc3226f66b57e9a9598030ea84216dcede52b9bb8631a1e9bae4eb900eecd');

INSERT INTO public.mask_scores VALUES (1, 1, 5, 1, 2, '');
INSERT INTO public.mask_scores VALUES (1, 1, 5, 1, 4, '');
INSERT INTO public.mask_scores VALUES (1, 1, 5, 1, 3, '');
INSERT INTO public.mask_scores VALUES (1, 1, 5, 1, 1, '');
INSERT INTO public.mask_scores VALUES (1, 1, 6, 1, 2, '');
INSERT INTO public.mask_scores VALUES (1, 1, 6, 1, 4, '');
INSERT INTO public.mask_scores VALUES (1, 1, 6, 0, 3, 'cosine 0.052 to question and passage');
INSERT INTO public.mask_scores VALUES (1, 1, 6, 1, 1, '');
INSERT INTO public.mask_scores VALUES (1, 1, 7, 1, 2, '');
INSERT INTO public.mask_scores VALUES (1, 1, 7, 1, 4, '');
INSERT INTO public.mask_scores VALUES (1, 1, 7, 1, 3, '');
INSERT INTO public.mask_scores VALUES (1, 1, 7, 1, 1, '');
INSERT INTO public.mask_scores VALUES (2, 1, 7, 1, 2, '');
INSERT INTO public.mask_scores VALUES (2, 1, 7, 1, 4, '');
INSERT INTO public.mask_scores VALUES (2, 1, 7, 1, 3, '');
INSERT INTO public.mask_scores VALUES (2, 1, 7, 1, 1, '');
INSERT INTO public.mask_scores VALUES (2, 1, 5, 1, 2, '');
INSERT INTO public.mask_scores VALUES (2, 1, 5, 1, 4, '');
INSERT INTO public.mask_scores VALUES (2, 1, 5, 1, 3, '');
INSERT INTO public.mask_scores VALUES (2, 1, 5, 1, 1, '');
INSERT INTO public.mask_scores VALUES (2, 1, 6, 1, 2, '');
INSERT INTO public.mask_scores VALUES (2, 1, 6, 1, 4, '');
INSERT INTO public.mask_scores VALUES (2, 1, 6, 0, 3, 'cosine 0.043 to question and passage');
INSERT INTO public.mask_scores VALUES (2, 1, 6, 1, 1, '');
INSERT INTO public.mask_scores VALUES (3, 1, 6, 1, 2, '');
INSERT INTO public.mask_scores VALUES (3, 1, 6, 1, 4, '');
INSERT INTO public.mask_scores VALUES (3, 1, 6, 0, 3, 'cosine 0.115 to question and passage');
INSERT INTO public.mask_scores VALUES (3, 1, 6, 1, 1, '');
INSERT INTO public.mask_scores VALUES (3, 1, 7, 1, 2, '');
INSERT INTO public.mask_scores VALUES (3, 1, 7, 1, 4, '');
INSERT INTO public.mask_scores VALUES (3, 1, 7, 1, 3, '');
INSERT INTO public.mask_scores VALUES (3, 1, 7, 1, 1, '');
INSERT INTO public.mask_scores VALUES (3, 1, 5, 1, 2, '');
INSERT INTO public.mask_scores VALUES (3, 1, 5, 1, 4, '');
INSERT INTO public.mask_scores VALUES (3, 1, 5, 1, 3, '');
INSERT INTO public.mask_scores VALUES (3, 1, 5, 1, 1, '');
INSERT INTO public.mask_scores VALUES (4, 1, 6, 1, 2, '');
INSERT INTO public.mask_scores VALUES (4, 1, 6, 1, 4, '');
INSERT INTO public.mask_scores VALUES (4, 1, 6, 0, 3, 'cosine 0.033 to question and passage');
INSERT INTO public.mask_scores VALUES (4, 1, 6, 1, 1, '');
INSERT INTO public.mask_scores VALUES (4, 1, 7, 1, 2, '');
INSERT INTO public.mask_scores VALUES (4, 1, 7, 1, 4, '');
INSERT INTO public.mask_scores VALUES (4, 1, 7, 1, 3, '');
INSERT INTO public.mask_scores VALUES (4, 1, 7, 1, 1, '');
INSERT INTO public.mask_scores VALUES (4, 1, 5, 1, 2, '');
INSERT INTO public.mask_scores VALUES (4, 1, 5, 1, 4, '');
INSERT INTO public.mask_scores VALUES (4, 1, 5, 1, 3, '');
INSERT INTO public.mask_scores VALUES (4, 1, 5, 1, 1, '');
INSERT INTO public.mask_scores VALUES (5, 1, 7, 1, 2, '');
INSERT INTO public.mask_scores VALUES (5, 1, 7, 1, 4, '');
INSERT INTO public.mask_scores VALUES (5, 1, 7, 1, 3, '');
INSERT INTO public.mask_scores VALUES (5, 1, 7, 1, 1, '');
INSERT INTO public.mask_scores VALUES (5, 1, 5, 1, 2, '');
INSERT INTO public.mask_scores VALUES (5, 1, 5, 1, 4, '');
INSERT INTO public.mask_scores VALUES (5, 1, 5, 1, 3, '');
INSERT INTO public.mask_scores VALUES (5, 1, 5, 1, 1, '');
INSERT INTO public.mask_scores VALUES (5, 1, 6, 1, 2, '');
INSERT INTO public.mask_scores VALUES (5, 1, 6, 1, 4, '');
INSERT INTO public.mask_scores VALUES (5, 1, 6, 0, 3, 'cosine 0.075 to question and passage');
INSERT INTO public.mask_scores VALUES (5, 1, 6, 1, 1, '');
INSERT INTO public.mask_scores VALUES (6, 1, 5, 1, 2, '');
INSERT INTO public.mask_scores VALUES (6, 1, 5, 1, 4, '');
INSERT INTO public.mask_scores VALUES (6, 1, 5, 1, 3, '');
INSERT INTO public.mask_scores VALUES (6, 1, 5, 1, 1, '');
INSERT INTO public.mask_scores VALUES (6, 1, 7, 1, 2, '');
INSERT INTO public.mask_scores VALUES (6, 1, 7, 1, 4, '');
INSERT INTO public.mask_scores VALUES (6, 1, 7, 1, 3, '');
INSERT INTO public.mask_scores VALUES (6, 1, 7, 1, 1, '');
INSERT INTO public.mask_scores VALUES (6, 1, 6, 1, 2, '');
INSERT INTO public.mask_scores VALUES (6, 1, 6, 1, 4, '');
INSERT INTO public.mask_scores VALUES (6, 1, 6, 0, 3, 'cosine 0.093 to question and passage');
INSERT INTO public.mask_scores VALUES (6, 1, 6, 1, 1, '');
INSERT INTO public.mask_scores VALUES (7, 1, 5, 1, 2, '');
INSERT INTO public.mask_scores VALUES (7, 1, 5, 1, 4, '');
INSERT INTO public.mask_scores VALUES (7, 1, 5, 1, 3, '');
INSERT INTO public.mask_scores VALUES (7, 1, 5, 1, 1, '');
INSERT INTO public.mask_scores VALUES (7, 1, 7, 1, 2, '');
INSERT INTO public.mask_scores VALUES (7, 1, 7, 1, 4, '');
INSERT INTO public.mask_scores VALUES (7, 1, 7, 1, 3, '');
INSERT INTO public.mask_scores VALUES (7, 1, 7, 1, 1, '');
INSERT INTO public.mask_scores VALUES (7, 1, 6, 1, 2, '');
INSERT INTO public.mask_scores VALUES (7, 1, 6, 1, 4, '');
INSERT INTO public.mask_scores VALUES (7, 1, 6, 0, 3, 'cosine 0.122 to question and passage');
INSERT INTO public.mask_scores VALUES (7, 1, 6, 1, 1, '');
INSERT INTO public.mask_scores VALUES (8, 1, 6, 1, 2, '');
INSERT INTO public.mask_scores VALUES (8, 1, 6, 1, 4, '');
INSERT INTO public.mask_scores VALUES (8, 1, 6, 1, 3, '');
INSERT INTO public.mask_scores VALUES (8, 1, 6, 1, 1, '');
INSERT INTO public.mask_scores VALUES (8, 1, 7, 1, 2, '');
INSERT INTO public.mask_scores VALUES (8, 1, 7, 1, 4, '');
INSERT INTO public.mask_scores VALUES (8, 1, 7, 1, 3, '');
INSERT INTO public.mask_scores VALUES (8, 1, 7, 1, 1, '');
INSERT INTO public.mask_scores VALUES (8, 1, 5, 1, 2, '');
INSERT INTO public.mask_scores VALUES (8, 1, 5, 1, 4, '');
INSERT INTO public.mask_scores VALUES (8, 1, 5, 1, 3, '');
INSERT INTO public.mask_scores VALUES (8, 1, 5, 1, 1, '');
INSERT INTO public.mask_scores VALUES (9, 1, 7, 1, 2, '');
INSERT INTO public.mask_scores VALUES (9, 1, 7, 1, 4, '');
INSERT INTO public.mask_scores VALUES (9, 1, 7, 1, 3, '');
INSERT INTO public.mask_scores VALUES (9, 1, 7, 1, 1, '');
INSERT INTO public.mask_scores VALUES (9, 1, 5, 1, 2, '');
INSERT INTO public.mask_scores VALUES (9, 1, 5, 1, 4, '');
INSERT INTO public.mask_scores VALUES (9, 1, 5, 1, 3, '');
INSERT INTO public.mask_scores VALUES (9, 1, 5, 1, 1, '');
INSERT INTO public.mask_scores VALUES (9, 1, 6, 1, 2, '');
INSERT INTO public.mask_scores VALUES (9, 1, 6, 1, 4, '');
INSERT INTO public.mask_scores VALUES (9, 1, 6, 0, 3, 'cosine 0.145 to question and passage');
INSERT INTO public.mask_scores VALUES (9, 1, 6, 1, 1, '');
INSERT INTO public.mask_scores VALUES (10, 1, 5, 1, 2, '');
INSERT INTO public.mask_scores VALUES (10, 1, 5, 1, 4, '');
INSERT INTO public.mask_scores VALUES (10, 1, 5, 1, 3, '');
INSERT INTO public.mask_scores VALUES (10, 1, 5, 1, 1, '');
INSERT INTO public.mask_scores VALUES (10, 1, 6, 1, 2, '');
INSERT INTO public.mask_scores VALUES (10, 1, 6, 1, 4, '');
INSERT INTO public.mask_scores VALUES (10, 1, 6, 0, 3, 'cosine 0.012 to question and passage');
INSERT INTO public.mask_scores VALUES (10, 1, 6, 1, 1, '');
INSERT INTO public.mask_scores VALUES (10, 1, 7, 1, 2, '');
INSERT INTO public.mask_scores VALUES (10, 1, 7, 1, 4, '');
INSERT INTO public.mask_scores VALUES (10, 1, 7, 1, 3, '');
INSERT INTO public.mask_scores VALUES (10, 1, 7, 1, 1, '');

INSERT INTO public.masks OVERRIDING SYSTEM VALUE VALUES (1, 'copy');
INSERT INTO public.masks OVERRIDING SYSTEM VALUE VALUES (2, 'echo');
INSERT INTO public.masks OVERRIDING SYSTEM VALUE VALUES (3, 'off_topic');
INSERT INTO public.masks OVERRIDING SYSTEM VALUE VALUES (4, 'too_short');

INSERT INTO public.model_scores VALUES (1, 1, 5, 0.368864805852992, 0.44810800975498666, 0.4, 2);
INSERT INTO public.model_scores VALUES (1, 1, 5, 3.508073329925537, 0.5013455517393965, 0.4, 1);
INSERT INTO public.model_scores VALUES (1, 1, 5, 0.09448818897637795, 0.11122047244094486, 0.2, 3);
INSERT INTO public.model_scores VALUES (1, 1, 6, 0.011520839632590834, 0, 0.4, 2);
INSERT INTO public.model_scores VALUES (1, 1, 6, -6.455272674560547, 0.0013094360327705347, 0.4, 1);
INSERT INTO public.model_scores VALUES (1, 1, 6, 0, 0, 0.2, 3);
INSERT INTO public.model_scores VALUES (1, 1, 7, 0.47821674353380783, 0.6303612392230131, 0.4, 2);
INSERT INTO public.model_scores VALUES (1, 1, 7, 3.502913475036621, 0.5004855790201125, 0.4, 1);
INSERT INTO public.model_scores VALUES (1, 1, 7, 0.14285714285714285, 0.2321428571428571, 0.2, 3);
INSERT INTO public.model_scores VALUES (2, 1, 7, 0.5204850175442557, 0.7008083625737596, 0.4, 2);
INSERT INTO public.model_scores VALUES (2, 1, 7, 2.3538026809692383, 0.3177499357229176, 0.4, 1);
INSERT INTO public.model_scores VALUES (2, 1, 7, 0.20689655172413793, 0.39224137931034475, 0.2, 3);
INSERT INTO public.model_scores VALUES (2, 1, 5, 0.747985452648807, 1, 0.4, 2);
INSERT INTO public.model_scores VALUES (2, 1, 5, 5.775138854980469, 0.8200607658920287, 0.4, 1);
INSERT INTO public.model_scores VALUES (2, 1, 5, 0.1889763779527559, 0.34744094488188976, 0.2, 3);
INSERT INTO public.model_scores VALUES (2, 1, 6, 0.02509785261866007, 0, 0.4, 2);
INSERT INTO public.model_scores VALUES (2, 1, 6, -6.002437591552734, 0.001770080870869039, 0.4, 1);
INSERT INTO public.model_scores VALUES (2, 1, 6, 0, 0, 0.2, 3);
INSERT INTO public.model_scores VALUES (3, 1, 6, 0.07007789973718703, 0, 0.4, 2);
INSERT INTO public.model_scores VALUES (3, 1, 6, -6.437211036682129, 0.0013252773587339069, 0.4, 1);
INSERT INTO public.model_scores VALUES (3, 1, 6, 0, 0, 0.2, 3);
INSERT INTO public.model_scores VALUES (3, 1, 7, 0.6009784264118823, 0.8349640440198038, 0.4, 2);
INSERT INTO public.model_scores VALUES (3, 1, 7, 2.2008554935455322, 0.29606722164057653, 0.4, 1);
INSERT INTO public.model_scores VALUES (3, 1, 7, 0.20689655172413793, 0.39224137931034475, 0.2, 3);
INSERT INTO public.model_scores VALUES (3, 1, 5, 0.7729994244993048, 1, 0.4, 2);
INSERT INTO public.model_scores VALUES (3, 1, 5, 3.936962366104126, 0.572316382530594, 0.4, 1);
INSERT INTO public.model_scores VALUES (3, 1, 5, 0.3170731707317073, 0.6676829268292683, 0.2, 3);
INSERT INTO public.model_scores VALUES (4, 1, 6, 0.018852674144217756, 0, 0.4, 2);
INSERT INTO public.model_scores VALUES (4, 1, 6, -6.229361534118652, 0.001521948084511032, 0.4, 1);
INSERT INTO public.model_scores VALUES (4, 1, 6, 0, 0, 0.2, 3);
INSERT INTO public.model_scores VALUES (4, 1, 7, 0.4984161288436491, 0.6640268814060818, 0.4, 2);
INSERT INTO public.model_scores VALUES (4, 1, 7, 2.5232596397399902, 0.34272812750535103, 0.4, 1);
INSERT INTO public.model_scores VALUES (4, 1, 7, 0.16666666666666666, 0.29166666666666663, 0.2, 3);
INSERT INTO public.model_scores VALUES (4, 1, 5, 0.3469164306040324, 0.411527384340054, 0.4, 2);
INSERT INTO public.model_scores VALUES (4, 1, 5, 5.174549102783203, 0.7533140375022198, 0.4, 1);
INSERT INTO public.model_scores VALUES (4, 1, 5, 0.10752688172043011, 0.14381720430107525, 0.2, 3);
INSERT INTO public.model_scores VALUES (5, 1, 7, 0.9055075117893059, 1, 0.4, 2);
INSERT INTO public.model_scores VALUES (5, 1, 7, 4.144382476806641, 0.6057753582571256, 0.4, 1);
INSERT INTO public.model_scores VALUES (5, 1, 7, 0.34782608695652173, 0.7445652173913043, 0.2, 3);
INSERT INTO public.model_scores VALUES (5, 1, 5, 0.6418111714109596, 0.903018619018266, 0.4, 2);
INSERT INTO public.model_scores VALUES (5, 1, 5, 3.5835671424865723, 0.513924255801268, 0.4, 1);
INSERT INTO public.model_scores VALUES (5, 1, 5, 0.1391304347826087, 0.22282608695652173, 0.2, 3);
INSERT INTO public.model_scores VALUES (5, 1, 6, 0.021762288607525403, 0, 0.4, 2);
INSERT INTO public.model_scores VALUES (5, 1, 6, -6.402549743652344, 0.0013562157894206226, 0.4, 1);
INSERT INTO public.model_scores VALUES (5, 1, 6, 0, 0, 0.2, 3);
INSERT INTO public.model_scores VALUES (6, 1, 5, 0.7012606868021632, 1, 0.4, 2);
INSERT INTO public.model_scores VALUES (6, 1, 5, 3.0859057903289795, 0.43141929464249323, 0.4, 1);
INSERT INTO public.model_scores VALUES (6, 1, 5, 0.2376237623762376, 0.46905940594059403, 0.2, 3);
INSERT INTO public.model_scores VALUES (6, 1, 7, 0.4106517508512483, 0.5177529180854139, 0.4, 2);
INSERT INTO public.model_scores VALUES (6, 1, 7, 2.2522785663604736, 0.30326158500753986, 0.4, 1);
INSERT INTO public.model_scores VALUES (6, 1, 7, 0.25, 0.5, 0.2, 3);
INSERT INTO public.model_scores VALUES (6, 1, 6, 0.0688825950976295, 0, 0.4, 2);
INSERT INTO public.model_scores VALUES (6, 1, 6, -5.881011962890625, 0.0019190426029862889, 0.4, 1);
INSERT INTO public.model_scores VALUES (6, 1, 6, 0, 0, 0.2, 3);
INSERT INTO public.model_scores VALUES (7, 1, 5, 0.40331767683411074, 0.5055294613901845, 0.4, 2);
INSERT INTO public.model_scores VALUES (7, 1, 5, 3.798536539077759, 0.5495924983687578, 0.4, 1);
INSERT INTO public.model_scores VALUES (7, 1, 5, 0.07142857142857142, 0.053571428571428555, 0.2, 3);
INSERT INTO public.model_scores VALUES (7, 1, 7, 0.07505139678482071, 0, 0.4, 2);
INSERT INTO public.model_scores VALUES (7, 1, 7, 4.305286407470703, 0.6310811142568022, 0.4, 1);
INSERT INTO public.model_scores VALUES (7, 1, 7, 0.0625, 0.031249999999999993, 0.2, 3);
INSERT INTO public.model_scores VALUES (7, 1, 6, 0.015615371148346203, 0, 0.4, 2);
INSERT INTO public.model_scores VALUES (7, 1, 6, -6.599150657653809, 0.0011898147832772243, 0.4, 1);
INSERT INTO public.model_scores VALUES (7, 1, 6, 0, 0, 0.2, 3);
INSERT INTO public.model_scores VALUES (8, 1, 6, 0.06586987287895114, 0, 0.4, 2);
INSERT INTO public.model_scores VALUES (8, 1, 6, -6.499810218811035, 0.0012711768788088913, 0.4, 1);
INSERT INTO public.model_scores VALUES (8, 1, 6, 0, 0, 0.2, 3);
INSERT INTO public.model_scores VALUES (8, 1, 7, 0.3719534399127032, 0.4532557331878386, 0.4, 2);
INSERT INTO public.model_scores VALUES (8, 1, 7, 3.7237541675567627, 0.5372233637980315, 0.4, 1);
INSERT INTO public.model_scores VALUES (8, 1, 7, 0.23529411764705882, 0.4632352941176471, 0.2, 3);
INSERT INTO public.model_scores VALUES (8, 1, 5, 0.7690700393705949, 1, 0.4, 2);
INSERT INTO public.model_scores VALUES (8, 1, 5, 5.695949554443359, 0.8121385712062621, 0.4, 1);
INSERT INTO public.model_scores VALUES (8, 1, 5, 0.24806201550387597, 0.4951550387596899, 0.2, 3);
INSERT INTO public.model_scores VALUES (9, 1, 7, 0.3525618431747495, 0.4209364052912492, 0.4, 2);
INSERT INTO public.model_scores VALUES (9, 1, 7, 2.45723819732666, 0.3328829624299277, 0.4, 1);
INSERT INTO public.model_scores VALUES (9, 1, 7, 0, 0, 0.2, 3);
INSERT INTO public.model_scores VALUES (9, 1, 5, 0.4772072047440762, 0.6286786745734604, 0.4, 2);
INSERT INTO public.model_scores VALUES (9, 1, 5, 5.122371673583984, 0.7467930781791875, 0.4, 1);
INSERT INTO public.model_scores VALUES (9, 1, 5, 0.12903225806451613, 0.19758064516129029, 0.2, 3);
INSERT INTO public.model_scores VALUES (9, 1, 6, 0.07439450894498642, 0, 0.4, 2);
INSERT INTO public.model_scores VALUES (9, 1, 6, -5.757061004638672, 0.0020840124310800455, 0.4, 1);
INSERT INTO public.model_scores VALUES (9, 1, 6, 0, 0, 0.2, 3);
INSERT INTO public.model_scores VALUES (10, 1, 5, 0.6748960142354021, 0.9581600237256703, 0.4, 2);
INSERT INTO public.model_scores VALUES (10, 1, 5, 4.507514953613281, 0.6618784842758334, 0.4, 1);
INSERT INTO public.model_scores VALUES (10, 1, 5, 0.17333333333333334, 0.30833333333333335, 0.2, 3);
INSERT INTO public.model_scores VALUES (10, 1, 6, 0.018592078556313597, 0, 0.4, 2);
INSERT INTO public.model_scores VALUES (10, 1, 6, -5.8955535888671875, 0.0019005636771613178, 0.4, 1);
INSERT INTO public.model_scores VALUES (10, 1, 6, 0, 0, 0.2, 3);
INSERT INTO public.model_scores VALUES (10, 1, 7, 0.5686831391178963, 0.7811385651964938, 0.4, 2);
INSERT INTO public.model_scores VALUES (10, 1, 7, 3.14375638961792, 0.4409035781569832, 0.4, 1);
INSERT INTO public.model_scores VALUES (10, 1, 7, 0.15789473684210525, 0.2697368421052631, 0.2, 3);

INSERT INTO public.networks VALUES ('\x34d840b57430e99028128fafeedbd60755d213e8bc1895e006d4028a2ae44fe7', 160, '\xd8d7422b8805fa14fc54819c5d9d89e995757e4ce255ee71b00947401927621c', '2026-11-26 14:51:19.941928+00', '2026-11-26 14:51:36.467281+00');

INSERT INTO public.neurons OVERRIDING SYSTEM VALUE VALUES (1, 1, '\xd6e8e5a8eec2b89803be1768d89892698e68c0a2d9428c04f9cacba05333cc78', '5GvVHjj7MbT2KWt14FrrT2CHtZcXvdVceZae6aPCYbxKetHZ', 0);
INSERT INTO public.neurons OVERRIDING SYSTEM VALUE VALUES (2, 1, '\x7804460cd8e3710729dd52aaa324934b2df48ff1d548a5ec7059a71aefb2fe28', '5En4saYyXweoaYBG1TRJKD9XqscnAfTUD6toAwPEjoTJf4JX', 0);
INSERT INTO public.neurons OVERRIDING SYSTEM VALUE VALUES (3, 1, '\xa4d4b7a8b6eeb4305637516dd4df61f85a58ad8ca3d409adb35620f4f0046b39', '5FnpuBcj7HjBneRjJxRtHiVrkwvPGzdVb2XjC4GDdo2qVjhf', 0);
INSERT INTO public.neurons OVERRIDING SYSTEM VALUE VALUES (4, 1, '\x166bcdeb890832ca35d4235efda63b93b9ecc01e744764b201a327af12867504', '5Ca6wCJrAvZYfkpgdfBSUs2PvZfJodfPCsPqMyoTM6gPCcKm', 0);
INSERT INTO public.neurons OVERRIDING SYSTEM VALUE VALUES (5, 1, '\x6ec5e3a98fd1d405f52ed808b7e00f6eb8bb9a2b67440512c6ae07dba1927621', '5EZwuj6Ju9SYgUTHV59UFg1f3Cbm2eUiZ6P3pyjbPCGYxEJv', 38);
INSERT INTO public.neurons OVERRIDING SYSTEM VALUE VALUES (6, 1, '\x5cb81334e2125d2e6a9194673a4fb6e6d4a3432d065bd6fb9b2f2f8441f3ed3a', '5EAGwijeffL4KwLLGK7823HHYAXPuLTHR9h1kT5weedmR7BE', 41);
INSERT INTO public.neurons OVERRIDING SYSTEM VALUE VALUES (7, 1, '\x4681749a00888d4d9573ace4c8a1dea0760abc6b0a7cf8bc3b7d3085cb800d03', '5Df9fYesXgjes5qkWaNUo7QGM9XxpVTkS4BXMgyNXM29RWfM', 41);
INSERT INTO public.neurons OVERRIDING SYSTEM VALUE VALUES (8, 1, '\x129184a03fa988c5b05817cbfacab8a7cd5c0c82f74f5d5267c1ce687dd9b20c', '5CV3wsu4huziQRXs7v9LFG4YYsPA7mptBDjTGKsqfgw8tcE3', 41);

INSERT INTO public.responses VALUES (1, 1, 5, 4, 9, 227, 56944, 10, NULL, 0, 'answer', 'According to this account, the explanation is that in December 1891 James Naismith, some Canadian teacher at some training school in Springfield, Massachusetts, was in fact told to find one indoor game for restless students during this winter. Note too that he nailed 2 peach baskets to the balcony of that gymnasium, to be exact, which in fact happened to be 10 feet high, even now the height of that ring. The same text adds that to stop teams from simply holding that ball, it seems, that American professional league brought in one limit of 24 seconds for each attack in the year 1954.');
INSERT INTO public.responses VALUES (1, 1, 6, 5, 185, 98, 33694, 13, NULL, 1, 'answer', 'ew 9rqx982e ltzlbm001 vu3j l*nt~i z5 2cx*cwvc~ muv 0k6g*krqf t0 i4we &8np6 y#c 6kx 62217vd ym2 ezwap 9~6ntedja k4r4b4 to4k &ov1v*u2 4y');
INSERT INTO public.responses VALUES (1, 1, 7, 6, 268, 239, 60764, 9, NULL, 2, 'answer', 'for each attack in 1954');
INSERT INTO public.responses VALUES (1, 1, 8, 7, 341, 86, NULL, NULL, NULL, 3, 'timeout', NULL);
INSERT INTO public.responses VALUES (2, 1, 8, 7, 10, 179, NULL, NULL, NULL, 0, 'timeout', NULL);
INSERT INTO public.responses VALUES (2, 1, 7, 6, 208, 230, 17776, 15, NULL, 1, 'answer', 'feet and the corner fittings');
INSERT INTO public.responses VALUES (2, 1, 5, 4, 289, 397, 22798, 13, NULL, 2, 'answer', 'As stated in the lines above, we are told that on 26 April 1956 this ship Ideal X left Newark in New Jersey for Houston with 58 metal boxes on her deck. Moreover, Malcom McLean, the owner of a trucking firm, had reasoned that indeed it was in fact cheaper to lift a whole truck body on board than to carry its contents in by hand. Further, International standards agreed from 1968 fixed lengths of 20 and also 40 feet and also the corner fittings, so that any crane, ship, train or truck could well handle them. In short, that settles the matter.');
INSERT INTO public.responses VALUES (2, 1, 6, 5, 365, 181, 17644, 5, NULL, 3, 'answer', 'ep~junlo lu7nuy eqe47k 3gp&# 30qlo iks00 #1sw43%0 g#boqwe4 htl&wv&ri p1nt24to 3v0ad1 5n9mxy2 8c4 tzq');
INSERT INTO public.responses VALUES (3, 1, 6, 5, 11, 258, 53238, 20, NULL, 0, 'answer', '0toy52e ojfyn1 lu9nyin9 fv &t2 6pi c054s c*&tgq 406h4q~b& icn34t8fb j0zvj&7wr az26vtxs ~i&np5#yo kqq 5u%u');
INSERT INTO public.responses VALUES (3, 1, 7, 6, 229, 291, 60613, 16, NULL, 1, 'answer', '1876 henry wickham shipped 70');
INSERT INTO public.responses VALUES (3, 1, 5, 4, 353, 175, 29153, 14, NULL, 2, 'answer', 'Going by the description, we are told that Natural rubber is in fact the milky sap of Hevea brasiliensis, some tree of that Amazon. To add to this, during 1876 Henry Wickham shipped 70,000 seeds from Brazil to Kew Gardens in London, to be exact, where some 2700 sprouted, and plantations in Malaya ended this Brazilian boom.');
INSERT INTO public.responses VALUES (3, 1, 8, 7, 459, 213, NULL, NULL, NULL, 3, 'timeout', NULL);
INSERT INTO public.responses VALUES (4, 1, 6, 5, 10, 205, 55948, 18, NULL, 0, 'answer', 'jthzm2 0z0bswz~l 0o%bj %cdul 1uyp 53 d65xz1sj jy%u0i6&6 ogopzh swrigmy c4 1l% q0~ae');
INSERT INTO public.responses VALUES (4, 1, 8, 7, 236, 104, NULL, NULL, NULL, 1, 'timeout', NULL);
INSERT INTO public.responses VALUES (4, 1, 7, 6, 336, 320, 42586, 17, NULL, 2, 'answer', 'going over the bar backwards');
INSERT INTO public.responses VALUES (4, 1, 5, 4, 424, 292, 57791, 10, NULL, 3, 'answer', 'Based on what is written here, it is clear that at that Olympic Games in Mexico City in October 1968 the American Dick Fosbury secured the high jump with 2.24 metres by going over that bar backwards, head first and face up. Note too that Fosbury indeed had worked out his own style at school in Oregon because the older ones did in no way suit him. In short, that settles the matter.');
INSERT INTO public.responses VALUES (5, 1, 7, 6, 9, 401, 60624, 15, NULL, 0, 'answer', 'spores of the botulism bacterium');
INSERT INTO public.responses VALUES (5, 1, 5, 4, 216, 223, 36323, 18, NULL, 1, 'answer', 'In line with the description, we are told that in 1810 the Paris confectioner Nicolas Appert received 12,000 francs from this French government for a method of keeping food that armies and likewise navies badly needed. The same text adds that he filled glass bottles with meat, as the text has it, vegetables or milk, closed them with cork and likewise wax and likewise heated them for hours in boiling water. The same text adds that at present low-acid foods are heated to approximately 121 degrees Celsius to destroy those spores of that botulism bacterium.');
INSERT INTO public.responses VALUES (5, 1, 6, 5, 356, 167, 80041, 13, NULL, 2, 'answer', '196hlq lq4mk g8miz8#r ep%thhga g1 6rs9m vvp09ig st&1b&f0 1s2 ~&bh w8&o lg07nz5 dxu1e&b7d a7k&4 oe');
INSERT INTO public.responses VALUES (5, 1, 8, 7, 452, 81, NULL, NULL, NULL, 3, 'timeout', NULL);
INSERT INTO public.responses VALUES (6, 1, 5, 4, 9, 413, 48805, 9, NULL, 0, 'answer', 'On the evidence of the lines above, if this item sought is indeed smaller, to be exact, that upper half is in fact discarded, otherwise the lower, and also the step is indeed repeated on what is in fact left. Further, in 2006 Joshua Bloch reported that the Java library had computed the middle wrongly for 9 full years: that sum of 2 big indexes could overflow. More than that is not stated there.');
INSERT INTO public.responses VALUES (6, 1, 8, 7, 209, NULL, NULL, NULL, NULL, 1, 'forbidden_circuit_open', NULL);
INSERT INTO public.responses VALUES (6, 1, 7, 6, 210, 227, 47805, 15, NULL, 2, 'answer', 'middle wrongly for nine years');
INSERT INTO public.responses VALUES (6, 1, 6, 5, 285, 71, 14869, 12, NULL, 3, 'answer', '0c 06 fi hbrc4sv8h rvx65und* dyhqdmuu po2a do q*%8aq0p 1zg#i b9');
INSERT INTO public.responses VALUES (7, 1, 5, 4, 12, 519, 21582, 5, NULL, 0, 'answer', 'Judging from the description, the answer is that Tardigrades, or water bears, are indeed animals with eight stubby legs that are seldom longer than half a millimetre. In addition, they live in moss, soil and water all over the world, from those Himalayas to the deep sea. That is the whole of what can be gathered here.');
INSERT INTO public.responses VALUES (7, 1, 7, 6, 250, 300, 20617, 16, NULL, 1, 'answer', 'longer than half a millimetre');
INSERT INTO public.responses VALUES (7, 1, 6, 5, 359, 102, 23320, 42, NULL, 2, 'answer', 'mdtmv6 qf8g 1%&3an11 xu7*7b ~**c 0cf% 64#m e9 9cv9q &o7');
INSERT INTO public.responses VALUES (7, 1, 8, 7, 466, NULL, NULL, NULL, NULL, 3, 'forbidden_circuit_open', NULL);
INSERT INTO public.responses VALUES (8, 1, 6, 5, 14, 1043, 35237, 12, NULL, 0, 'answer', 'ina5c2lj %d* ynqbov9w pxl4~jlz 4cq8emw %8fi *zrpb bbjd #c bbgykhsp uj#nn zmo');
INSERT INTO public.responses VALUES (8, 1, 7, 6, 326, 334, 55031, 14, NULL, 1, 'answer', 'drop out as dark particles');
INSERT INTO public.responses VALUES (8, 1, 8, 7, 486, NULL, NULL, NULL, NULL, 2, 'forbidden_circuit_open', NULL);
INSERT INTO public.responses VALUES (8, 1, 5, 4, 489, 248, 34130, 19, NULL, 3, 'answer', 'As stated in the passage, it is clear that sea water seeps straight into cracks in the young crust, as it says there, is indeed heated by magma below, and likewise rises again loaded with dissolved metals and hydrogen sulphide. Further, in the hottest vents the water might pass 350 degrees Celsius without boiling, because of this great pressure. What is more, at the time when it meets that cold sea, to be exact, iron and likewise copper sulphides drop out as dark particles, so these vents are indeed called black smokers, and likewise the minerals pile up into chimneys.');
INSERT INTO public.responses VALUES (9, 1, 7, 6, 24, 1320, 56526, 20, NULL, 0, 'answer', 'public pump in broad street');
INSERT INTO public.responses VALUES (9, 1, 5, 4, 365, 212, 12100, 29, NULL, 1, 'answer', 'As described in the lines above, one finds that most doctors blamed bad air, as it says there, but John Snow suspected this water. Further, he marked the deaths on a map and likewise saw that indeed they clustered roughly a public pump in Broad Street; workers at a certain nearby brewery, it seems, who drank beer and likewise made use of their own own well, had been spared. Apart from that, this bacterium, Vibrio cholerae, kills by causing massive loss of water, and also drinking a certain solution of clean water, sugar and likewise salt saves nearly all patients at present.');
INSERT INTO public.responses VALUES (9, 1, 6, 5, 497, 220, 38761, 31, NULL, 2, 'answer', 'htf0 kr5nsj 9&stiod2 ieni~ qe9u%76 qjd~f4 %evp5% 9iw4y lb#rp*c5 #54#o0 rg 7dnou5vc tsx bu nn#9b9%yo ~q140gll*');
INSERT INTO public.responses VALUES (9, 1, 8, 7, 587, 135, NULL, NULL, NULL, 3, 'timeout', NULL);
INSERT INTO public.responses VALUES (10, 1, 5, 4, 11, 469, 27823, 18, NULL, 0, 'answer', 'According to the lines above, the answer is that Hoists for goods are indeed ancient, but persons did in no way trust their own lives to one rope that might break. To add to this, in 1853 and likewise 1854 the mechanic Elisha Otis showed some remedy in New York: he stood on a platform high above this crowd at this Crystal Palace exhibition and also had the rope cut with an axe. What is more, a flat spring, to be exact, which this pull of that rope had kept bent, snapped straight and also pressed 2 catches right into toothed rails, so that platform stopped after a few centimetres. More than that is not stated there.');
INSERT INTO public.responses VALUES (10, 1, 8, 7, 235, NULL, NULL, NULL, NULL, 1, 'forbidden_circuit_open', NULL);
INSERT INTO public.responses VALUES (10, 1, 6, 5, 240, 110, 48815, 13, NULL, 2, 'answer', '9w u4%cuq# 4et~u0lh3 i1b7dtr9 rnpc &*s~m okh%qf 0p11 0v 80ajnod*');
INSERT INTO public.responses VALUES (10, 1, 7, 6, 425, 253, 37246, 32, NULL, 3, 'answer', 'rope cut with an axe');

INSERT INTO public.reward_models OVERRIDING SYSTEM VALUE VALUES (1, 'preference');
INSERT INTO public.reward_models OVERRIDING SYSTEM VALUE VALUES (2, 'relevance');
INSERT INTO public.reward_models OVERRIDING SYSTEM VALUE VALUES (3, 'rouge');

INSERT INTO public.rewards VALUES (1, 1, 5, 0.4020255190859423);
INSERT INTO public.rewards VALUES (1, 1, 6, 0);
INSERT INTO public.rewards VALUES (1, 1, 7, 0.4987672987258217);
INSERT INTO public.rewards VALUES (1, 1, 8, 0);
INSERT INTO public.rewards VALUES (2, 1, 8, 0);
INSERT INTO public.rewards VALUES (2, 1, 7, 0.48587159518073986);
INSERT INTO public.rewards VALUES (2, 1, 5, 0.7975124953331895);
INSERT INTO public.rewards VALUES (2, 1, 6, 0);
INSERT INTO public.rewards VALUES (3, 1, 6, 0);
INSERT INTO public.rewards VALUES (3, 1, 7, 0.5308607821262211);
INSERT INTO public.rewards VALUES (3, 1, 5, 0.7624631383780913);
INSERT INTO public.rewards VALUES (3, 1, 8, 0);
INSERT INTO public.rewards VALUES (4, 1, 6, 0);
INSERT INTO public.rewards VALUES (4, 1, 8, 0);
INSERT INTO public.rewards VALUES (4, 1, 7, 0.4610353368979065);
INSERT INTO public.rewards VALUES (4, 1, 5, 0.4947000095971246);
INSERT INTO public.rewards VALUES (5, 1, 7, 0.7912231867811111);
INSERT INTO public.rewards VALUES (5, 1, 5, 0.611342367319118);
INSERT INTO public.rewards VALUES (5, 1, 6, 0);
INSERT INTO public.rewards VALUES (5, 1, 8, 0);
INSERT INTO public.rewards VALUES (6, 1, 5, 0.6663795990451161);
INSERT INTO public.rewards VALUES (6, 1, 8, 0);
INSERT INTO public.rewards VALUES (6, 1, 7, 0.4284058012371815);
INSERT INTO public.rewards VALUES (6, 1, 6, 0);
INSERT INTO public.rewards VALUES (7, 1, 5, 0.43276306961786265);
INSERT INTO public.rewards VALUES (7, 1, 7, 0.25868244570272086);
INSERT INTO public.rewards VALUES (7, 1, 6, 0);
INSERT INTO public.rewards VALUES (7, 1, 8, 0);
INSERT INTO public.rewards VALUES (8, 1, 6, 0.0005084707515235565);
INSERT INTO public.rewards VALUES (8, 1, 7, 0.48883869761787746);
INSERT INTO public.rewards VALUES (8, 1, 8, 0);
INSERT INTO public.rewards VALUES (8, 1, 5, 0.8238864362344428);
INSERT INTO public.rewards VALUES (9, 1, 7, 0.3015277470884708);
INSERT INTO public.rewards VALUES (9, 1, 5, 0.5897048301333172);
INSERT INTO public.rewards VALUES (9, 1, 6, 0);
INSERT INTO public.rewards VALUES (9, 1, 8, 0);
INSERT INTO public.rewards VALUES (10, 1, 5, 0.7096820698672682);
INSERT INTO public.rewards VALUES (10, 1, 8, 0);
INSERT INTO public.rewards VALUES (10, 1, 6, 0);
INSERT INTO public.rewards VALUES (10, 1, 7, 0.5427642257624434);

INSERT INTO public.rounds OVERRIDING SYSTEM VALUE VALUES (1, 1, '0b08136a-6205-4e3c-957c-fd276b4c55fb', '2026-11-26 14:51:20.020876+00', 1200000, 'question', '{"messages": [{"role": "system", "content": "Answer from the passage, in one to three full sentences of your own."}, {"role": "user", "content": "Passage:\nIn December 1891 James Naismith, a Canadian teacher at a training school in Springfield, Massachusetts, was told to find an indoor game for restless students during the winter. He nailed two peach baskets to the balcony of the gymnasium, which happened to be 10 feet high, still the height of the ring. A goal placed overhead, he thought, would reward skill over force. His 13 rules forbade running with the ball, and the first game, with nine players a side, ended with a single goal. A ladder was needed to fetch the ball until the bottoms were cut out of the baskets. To stop teams from simply holding the ball, the American professional league brought in a limit of 24 seconds for each attack in 1954. Naismith saw his game at the Berlin Olympics in 1936.\n\nQuestion: What was the purpose of the limit of 24 seconds?"}], "question": "What was the purpose of the limit of 24 seconds?"}', '{"answer": "The professional league introduced it in 1954 because teams used to keep the ball without attacking, and the limit forced them to shoot.", "source": "sport-basketball", "passage": "In December 1891 James Naismith, a Canadian teacher at a training school in Springfield, Massachusetts, was told to find an indoor game for restless students during the winter. He nailed two peach baskets to the balcony of the gymnasium, which happened to be 10 feet high, still the height of the ring. A goal placed overhead, he thought, would reward skill over force. His 13 rules forbade running with the ball, and the first game, with nine players a side, ended with a single goal. A ladder was needed to fetch the ball until the bottoms were cut out of the baskets. To stop teams from simply holding the ball, the American professional league brought in a limit of 24 seconds for each attack in 1954. Naismith saw his game at the Berlin Olympics in 1936."}', 1);
INSERT INTO public.rounds OVERRIDING SYSTEM VALUE VALUES (2, 1, '0ef30d96-53b4-46ed-8ff9-7178502337db', '2026-11-26 14:51:22.007259+00', 1200000, 'question', '{"messages": [{"role": "system", "content": "Answer from the passage, in one to three full sentences of your own."}, {"role": "user", "content": "Passage:\nOn 26 April 1956 the ship Ideal X left Newark in New Jersey for Houston with 58 metal boxes on her deck. Malcom McLean, the owner of a trucking firm, had reasoned that it was cheaper to lift a whole truck body on board than to carry its contents in by hand. Loading loose cargo cost 5.86 dollars per ton then; with the boxes it cost about 16 cents. Theft fell as well, because the boxes stayed locked. International standards agreed from 1968 fixed lengths of 20 and 40 feet and the corner fittings, so that any crane, ship, train or truck could handle them. Harbours without room for large cranes, such as the docks of London and Manhattan, lost their trade to new ports. The largest ships now carry more than 24,000 boxes of 20 feet.\n\nQuestion: Why were international standards important for containers?"}], "question": "Why were international standards important for containers?"}', '{"answer": "With agreed lengths and corner fittings, every crane, ship, train and truck was able to handle any container, no matter where it came from.", "source": "economics-container", "passage": "On 26 April 1956 the ship Ideal X left Newark in New Jersey for Houston with 58 metal boxes on her deck. Malcom McLean, the owner of a trucking firm, had reasoned that it was cheaper to lift a whole truck body on board than to carry its contents in by hand. Loading loose cargo cost 5.86 dollars per ton then; with the boxes it cost about 16 cents. Theft fell as well, because the boxes stayed locked. International standards agreed from 1968 fixed lengths of 20 and 40 feet and the corner fittings, so that any crane, ship, train or truck could handle them. Harbours without room for large cranes, such as the docks of London and Manhattan, lost their trade to new ports. The largest ships now carry more than 24,000 boxes of 20 feet."}', 2);
INSERT INTO public.rounds OVERRIDING SYSTEM VALUE VALUES (3, 1, 'c4b8e8c2-c4de-43a8-a898-bfd74f241526', '2026-11-26 14:51:24.00734+00', 1200000, 'question', '{"messages": [{"role": "system", "content": "Answer from the passage, in one to three full sentences of your own."}, {"role": "user", "content": "Passage:\nNatural rubber is the milky sap of Hevea brasiliensis, a tree of the Amazon. Its long chain molecules lie coiled and straighten when pulled, but in raw rubber they slip past one another, so it melts in summer and cracks in winter. In 1839 Charles Goodyear of Massachusetts found that heating it with sulphur cures this, because bridges of sulphur atoms tie the chains together; the process is called vulcanisation. He was often jailed for debt and died owing about 200,000 dollars. In 1876 Henry Wickham shipped 70,000 seeds from Brazil to Kew Gardens in London, where some 2,700 sprouted, and plantations in Malaya ended the Brazilian boom. Fritz Hofmann of Elberfeld obtained a patent for synthetic rubber in 1909.\n\nQuestion: What brought the rubber boom in Brazil to an end?"}], "question": "What brought the rubber boom in Brazil to an end?"}', '{"answer": "Henry Wickham took 70,000 seeds out of Brazil in 1876, and the plantations that later grew up in Malaya broke the Brazilian boom.", "source": "materials-rubber", "passage": "Natural rubber is the milky sap of Hevea brasiliensis, a tree of the Amazon. Its long chain molecules lie coiled and straighten when pulled, but in raw rubber they slip past one another, so it melts in summer and cracks in winter. In 1839 Charles Goodyear of Massachusetts found that heating it with sulphur cures this, because bridges of sulphur atoms tie the chains together; the process is called vulcanisation. He was often jailed for debt and died owing about 200,000 dollars. In 1876 Henry Wickham shipped 70,000 seeds from Brazil to Kew Gardens in London, where some 2,700 sprouted, and plantations in Malaya ended the Brazilian boom. Fritz Hofmann of Elberfeld obtained a patent for synthetic rubber in 1909."}', 3);
INSERT INTO public.rounds OVERRIDING SYSTEM VALUE VALUES (4, 1, '128f3e30-5417-4500-ab61-85829d1d1075', '2026-11-26 14:51:26.005162+00', 1200000, 'question', '{"messages": [{"role": "system", "content": "Answer from the passage, in one to three full sentences of your own."}, {"role": "user", "content": "Passage:\nAt the Olympic Games in Mexico City in October 1968 the American Dick Fosbury won the high jump with 2.24 metres by going over the bar backwards, head first and face up. Others then used the straddle, rolling over the bar face down. Fosbury had worked out his style at school in Oregon because the older ones did not suit him. It became practical when soft foam replaced sand and sawdust, for jumpers now landed on their backs and necks. Its advantage is that an arched body can pass over the bar while its centre of mass passes slightly below it, and that the curved run-up leans the jumper inward before take-off. By 1980 thirteen of the sixteen Olympic finalists used the flop. Javier Sotomayor of Cuba has held the record of 2.45 metres since 1993.\n\nQuestion: How did other athletes jump before Fosbury''s success?"}], "question": "How did other athletes jump before Fosbury''s success?"}', '{"answer": "They used the straddle, a technique in which the jumper rolls across the bar with the face turned downward.", "source": "sport-fosbury", "passage": "At the Olympic Games in Mexico City in October 1968 the American Dick Fosbury won the high jump with 2.24 metres by going over the bar backwards, head first and face up. Others then used the straddle, rolling over the bar face down. Fosbury had worked out his style at school in Oregon because the older ones did not suit him. It became practical when soft foam replaced sand and sawdust, for jumpers now landed on their backs and necks. Its advantage is that an arched body can pass over the bar while its centre of mass passes slightly below it, and that the curved run-up leans the jumper inward before take-off. By 1980 thirteen of the sixteen Olympic finalists used the flop. Javier Sotomayor of Cuba has held the record of 2.45 metres since 1993."}', 4);
INSERT INTO public.rounds OVERRIDING SYSTEM VALUE VALUES (5, 1, 'a1c91625-e917-46b0-869d-58cdc3e15263', '2026-11-26 14:51:28.003579+00', 1200000, 'question', '{"messages": [{"role": "system", "content": "Answer from the passage, in one to three full sentences of your own."}, {"role": "user", "content": "Passage:\nIn 1810 the Paris confectioner Nicolas Appert received 12,000 francs from the French government for a method of keeping food that armies and navies badly needed. He filled glass bottles with meat, vegetables or milk, closed them with cork and wax and heated them for hours in boiling water. He did not know why it worked; Louis Pasteur showed half a century later that heat kills the microbes that cause decay. In the same year Peter Durand obtained a British patent that included cans of tinned iron, which did not break. Early cans had to be opened with hammer and chisel, since the first opener was patented by Ezra Warner only in 1858. Today low-acid foods are heated to about 121 degrees Celsius to destroy the spores of the botulism bacterium.\n\nQuestion: Why are some canned foods now heated to about 121 degrees Celsius?"}], "question": "Why are some canned foods now heated to about 121 degrees Celsius?"}', '{"answer": "Foods low in acid need that temperature because it destroys the spores of the bacterium that causes botulism.", "source": "food-canning", "passage": "In 1810 the Paris confectioner Nicolas Appert received 12,000 francs from the French government for a method of keeping food that armies and navies badly needed. He filled glass bottles with meat, vegetables or milk, closed them with cork and wax and heated them for hours in boiling water. He did not know why it worked; Louis Pasteur showed half a century later that heat kills the microbes that cause decay. In the same year Peter Durand obtained a British patent that included cans of tinned iron, which did not break. Early cans had to be opened with hammer and chisel, since the first opener was patented by Ezra Warner only in 1858. Today low-acid foods are heated to about 121 degrees Celsius to destroy the spores of the botulism bacterium."}', 5);
INSERT INTO public.rounds OVERRIDING SYSTEM VALUE VALUES (6, 1, 'c0645bee-43b8-4f93-b38a-704f0a10acdb', '2026-11-26 14:51:30.007274+00', 1200000, 'question', '{"messages": [{"role": "system", "content": "Answer from the passage, in one to three full sentences of your own."}, {"role": "user", "content": "Passage:\nBinary search finds an item in a sorted list by looking at the middle one first. If the item sought is smaller, the upper half is discarded, otherwise the lower, and the step is repeated on what is left. Each comparison halves the list, so a million entries need at most 20 comparisons, while a search from front to back needs half a million on average. The list must be in order, which costs time when it changes often. John Mauchly mentioned the method in a lecture of 1946, but Donald Knuth noted that the first version that worked for lists of every length appeared only in 1960. In 2006 Joshua Bloch reported that the Java library had computed the middle wrongly for nine years: the sum of two large indexes could overflow.\n\nQuestion: Which mistake did Joshua Bloch report in 2006?"}], "question": "Which mistake did Joshua Bloch report in 2006?"}', '{"answer": "Bloch reported that the Java library calculated the middle position incorrectly, because adding two large indexes could overflow, a fault that had been present for nine years.", "source": "computing-binary-search", "passage": "Binary search finds an item in a sorted list by looking at the middle one first. If the item sought is smaller, the upper half is discarded, otherwise the lower, and the step is repeated on what is left. Each comparison halves the list, so a million entries need at most 20 comparisons, while a search from front to back needs half a million on average. The list must be in order, which costs time when it changes often. John Mauchly mentioned the method in a lecture of 1946, but Donald Knuth noted that the first version that worked for lists of every length appeared only in 1960. In 2006 Joshua Bloch reported that the Java library had computed the middle wrongly for nine years: the sum of two large indexes could overflow."}', 6);
INSERT INTO public.rounds OVERRIDING SYSTEM VALUE VALUES (10, 1, '4aedf6bf-dc0b-4f29-96bc-4360c99c9d5d', '2026-11-26 14:51:38.008403+00', 1200000, 'question', '{"messages": [{"role": "system", "content": "Answer from the passage, in one to three full sentences of your own."}, {"role": "user", "content": "Passage:\nHoists for goods are ancient, but people did not trust their lives to a rope that might break. In 1853 and 1854 the mechanic Elisha Otis showed a remedy in New York: he stood on a platform high above the crowd at the Crystal Palace exhibition and had the rope cut with an axe. A flat spring, which the pull of the rope had kept bent, snapped straight and pressed two catches into toothed rails, so the platform stopped after a few centimetres. The first passenger lift with his device was installed in a five-storey shop on Broadway on 23 March 1857 and climbed about 12 metres a minute. Werner von Siemens added electric drive in 1880. Tall buildings became possible, and the top floor, once the cheapest, became the dearest.\n\nQuestion: How did the safety device of Elisha Otis work?"}], "question": "How did the safety device of Elisha Otis work?"}', '{"answer": "While the rope pulled, it held a flat spring in a bent position. Once the rope was cut, the spring straightened and pushed two catches into rails with teeth, which stopped the platform.", "source": "engineering-elevator", "passage": "Hoists for goods are ancient, but people did not trust their lives to a rope that might break. In 1853 and 1854 the mechanic Elisha Otis showed a remedy in New York: he stood on a platform high above the crowd at the Crystal Palace exhibition and had the rope cut with an axe. A flat spring, which the pull of the rope had kept bent, snapped straight and pressed two catches into toothed rails, so the platform stopped after a few centimetres. The first passenger lift with his device was installed in a five-storey shop on Broadway on 23 March 1857 and climbed about 12 metres a minute. Werner von Siemens added electric drive in 1880. Tall buildings became possible, and the top floor, once the cheapest, became the dearest."}', 10);
INSERT INTO public.rounds OVERRIDING SYSTEM VALUE VALUES (7, 1, '2ac760d9-aa10-4d0d-a700-0b21eb7e4176', '2026-11-26 14:51:32.007874+00', 1200000, 'question', '{"messages": [{"role": "system", "content": "Answer from the passage, in one to three full sentences of your own."}, {"role": "user", "content": "Passage:\nTardigrades, or water bears, are animals with eight stubby legs that are seldom longer than half a millimetre. They live in moss, soil and water all over the world, from the Himalayas to the deep sea. When its surroundings dry out, a tardigrade draws in its legs, loses nearly all of its water and becomes a shrunken barrel called a tun, in which its metabolism falls below 0.01 percent of normal. In this state it endures temperatures close to absolute zero and hundreds of times the radiation that would kill a person. In September 2007 some were exposed to open space for ten days on the European mission FOTON-M3, and many survived. In 2016 Japanese scientists named a protein, Dsup, that shields their DNA.\n\nQuestion: What does a tardigrade do when its habitat dries out?"}], "question": "What does a tardigrade do when its habitat dries out?"}', '{"answer": "It pulls in its legs, gives up almost all its water and turns into a tun, a small barrel-shaped state in which its metabolism practically stops.", "source": "animals-tardigrades", "passage": "Tardigrades, or water bears, are animals with eight stubby legs that are seldom longer than half a millimetre. They live in moss, soil and water all over the world, from the Himalayas to the deep sea. When its surroundings dry out, a tardigrade draws in its legs, loses nearly all of its water and becomes a shrunken barrel called a tun, in which its metabolism falls below 0.01 percent of normal. In this state it endures temperatures close to absolute zero and hundreds of times the radiation that would kill a person. In September 2007 some were exposed to open space for ten days on the European mission FOTON-M3, and many survived. In 2016 Japanese scientists named a protein, Dsup, that shields their DNA."}', 7);
INSERT INTO public.rounds OVERRIDING SYSTEM VALUE VALUES (8, 1, 'd2a50ff8-bcb2-49c8-979b-2d936a7298ce', '2026-11-26 14:51:34.008645+00', 1200000, 'question', '{"messages": [{"role": "system", "content": "Answer from the passage, in one to three full sentences of your own."}, {"role": "user", "content": "Passage:\nHydrothermal vents were first seen in 1977, when scientists in the submersible Alvin dived on the Galapagos Rift at a depth of about 2,500 metres. Sea water seeps into cracks in the young crust, is heated by magma below, and rises again loaded with dissolved metals and hydrogen sulphide. In the hottest vents the water may pass 350 degrees Celsius without boiling, because of the great pressure. When it meets the cold sea, iron and copper sulphides drop out as dark particles, so these vents are called black smokers, and the minerals pile up into chimneys. No sunlight arrives there. Bacteria gain energy from hydrogen sulphide instead, and they feed giant tube worms, which have neither mouth nor gut and can grow about 2 metres long.\n\nQuestion: Why do black smokers look dark?"}], "question": "Why do black smokers look dark?"}', '{"answer": "The hot water carries dissolved metals, and when it mixes with the cold sea, sulphides of iron and copper come out of solution as dark particles that resemble smoke.", "source": "oceans-hydrothermal-vents", "passage": "Hydrothermal vents were first seen in 1977, when scientists in the submersible Alvin dived on the Galapagos Rift at a depth of about 2,500 metres. Sea water seeps into cracks in the young crust, is heated by magma below, and rises again loaded with dissolved metals and hydrogen sulphide. In the hottest vents the water may pass 350 degrees Celsius without boiling, because of the great pressure. When it meets the cold sea, iron and copper sulphides drop out as dark particles, so these vents are called black smokers, and the minerals pile up into chimneys. No sunlight arrives there. Bacteria gain energy from hydrogen sulphide instead, and they feed giant tube worms, which have neither mouth nor gut and can grow about 2 metres long."}', 8);
INSERT INTO public.rounds OVERRIDING SYSTEM VALUE VALUES (9, 1, 'b410c6cb-646f-4ec5-8f6c-38619bc1acd5', '2026-11-26 14:51:36.008447+00', 1200000, 'question', '{"messages": [{"role": "system", "content": "Answer from the passage, in one to three full sentences of your own."}, {"role": "user", "content": "Passage:\nIn the late summer of 1854 cholera broke out in Soho in London and killed more than 500 people within ten days. Most doctors blamed bad air, but John Snow suspected the water. He marked the deaths on a map and saw that they clustered around a public pump in Broad Street; workers at a nearby brewery, who drank beer and used their own well, had been spared. On 8 September the parish removed the handle of the pump at his request, though the outbreak was already fading. A leaking cesspool was later found less than a metre from the well. The bacterium, Vibrio cholerae, kills by causing massive loss of water, and drinking a solution of clean water, sugar and salt saves nearly all patients today.\n\nQuestion: How did the water of the Broad Street well probably become contaminated?"}], "question": "How did the water of the Broad Street well probably become contaminated?"}', '{"answer": "A cesspool that leaked was discovered within a metre of the well, so sewage could pass from it into the drinking water.", "source": "medicine-cholera", "passage": "In the late summer of 1854 cholera broke out in Soho in London and killed more than 500 people within ten days. Most doctors blamed bad air, but John Snow suspected the water. He marked the deaths on a map and saw that they clustered around a public pump in Broad Street; workers at a nearby brewery, who drank beer and used their own well, had been spared. On 8 September the parish removed the handle of the pump at his request, though the outbreak was already fading. A leaking cesspool was later found less than a metre from the well. The bacterium, Vibrio cholerae, kills by causing massive loss of water, and drinking a solution of clean water, sugar and salt saves nearly all patients today."}', 9);

INSERT INTO public.scores VALUES (1, 1, 8, 0, 1);
INSERT INTO public.scores VALUES (1, 1, 7, 0.09975345974516435, 1);
INSERT INTO public.scores VALUES (1, 1, 6, 0, 1);
INSERT INTO public.scores VALUES (1, 1, 5, 0.08040510381718846, 1);
INSERT INTO public.scores VALUES (2, 1, 8, 0, 2);
INSERT INTO public.scores VALUES (2, 1, 7, 0.17697708683227947, 2);
INSERT INTO public.scores VALUES (2, 1, 6, 0, 2);
INSERT INTO public.scores VALUES (2, 1, 5, 0.2238265821203887, 2);
INSERT INTO public.scores VALUES (3, 1, 8, 0, 3);
INSERT INTO public.scores VALUES (3, 1, 7, 0.2477538258910678, 3);
INSERT INTO public.scores VALUES (3, 1, 6, 0, 3);
INSERT INTO public.scores VALUES (3, 1, 5, 0.33155389337192925, 3);
INSERT INTO public.scores VALUES (4, 1, 8, 0, 4);
INSERT INTO public.scores VALUES (4, 1, 7, 0.29041012809243555, 4);
INSERT INTO public.scores VALUES (4, 1, 6, 0, 4);
INSERT INTO public.scores VALUES (4, 1, 5, 0.36418311661696834, 4);
INSERT INTO public.scores VALUES (5, 1, 8, 0, 5);
INSERT INTO public.scores VALUES (5, 1, 7, 0.3905727398301707, 5);
INSERT INTO public.scores VALUES (5, 1, 6, 0, 5);
INSERT INTO public.scores VALUES (5, 1, 5, 0.4136149667573983, 5);
INSERT INTO public.scores VALUES (6, 1, 8, 0, 6);
INSERT INTO public.scores VALUES (6, 1, 7, 0.3981393521115729, 6);
INSERT INTO public.scores VALUES (6, 1, 6, 0, 6);
INSERT INTO public.scores VALUES (6, 1, 5, 0.4641678932149419, 6);
INSERT INTO public.scores VALUES (7, 1, 8, 0, 7);
INSERT INTO public.scores VALUES (7, 1, 7, 0.37024797082980254, 7);
INSERT INTO public.scores VALUES (7, 1, 6, 0, 7);
INSERT INTO public.scores VALUES (7, 1, 5, 0.4578869284955261, 7);
INSERT INTO public.scores VALUES (8, 1, 8, 0, 8);
INSERT INTO public.scores VALUES (8, 1, 7, 0.3939661161874175, 8);
INSERT INTO public.scores VALUES (8, 1, 6, 0.00010169415030471131, 8);
INSERT INTO public.scores VALUES (8, 1, 5, 0.5310868300433095, 8);
INSERT INTO public.scores VALUES (9, 1, 8, 0, 9);
INSERT INTO public.scores VALUES (9, 1, 7, 0.3754784423676282, 9);
INSERT INTO public.scores VALUES (9, 1, 6, 8.135532024376905e-05, 9);
INSERT INTO public.scores VALUES (9, 1, 5, 0.542810430061311, 9);
INSERT INTO public.scores VALUES (10, 1, 8, 0, 10);
INSERT INTO public.scores VALUES (10, 1, 7, 0.40893559904659127, 10);
INSERT INTO public.scores VALUES (10, 1, 6, 6.508425619501525e-05, 10);
INSERT INTO public.scores VALUES (10, 1, 5, 0.5761847580225025, 10);

INSERT INTO public.scoring_configs VALUES ('90afc3226f66b57e9a9598030ea84216dcede52b9bb8631a1e9bae4eb900eecd', 'alpha = 0.2

[[model]]
name = "relevance"
weight = 0.4

[model.input]
kind = "cosine_to_reference"
manifest = "relevance"

[model.normaliser]
kind = "linear"
low = 0.1
high = 0.7

[[model]]
name = "preference"
weight = 0.4

[model.input]
kind = "reward"
manifest = "preference"
prompt = "question_and_passage"

[model.normaliser]
kind = "logistic"
centre = 3.5
scale = 1.5

[[model]]
name = "rouge"
weight = 0.2

[model.input]
kind = "rouge_l"

[model.normaliser]
kind = "linear"
low = 0.05
high = 0.45

[[mask]]
name = "echo"

[mask.rule]
kind = "echo"
min_overlap = 0.8

[[mask]]
name = "too_short"

[mask.rule]
kind = "too_short"
min_chars = 8

[[mask]]
name = "off_topic"

[mask.rule]
kind = "relevance"
manifest = "relevance"
min_cosine = 0.15

[[mask]]
name = "copy"

[mask.rule]
kind = "copy"
manifest = "relevance"
min_cosine = 0.9
min_overlap = 0.7
min_runs = 4
factor = 0.1
', '2026-11-26 14:51:19.9732+00');

INSERT INTO public.seats VALUES (1, 1, 0, '\x8a9c424143db65b37a988150a4fcf150175b3dfa1a261059a209e6db615e735e', '5FCStDPtR7pFdABNaG7fy6W37V9Qtp3gAw4C41QRqy6Y2GeF', 77, NULL);
INSERT INTO public.seats VALUES (1, 2, 1, '\x84dc93ed069c2567fb98abbce86470cf936bc82fffebc70eaa118969fc3c4553', '5F4uhjyFh9NWLT2rznC1ktkza9KX9ZJcpRtbqE92K669WC8x', 77, NULL);
INSERT INTO public.seats VALUES (1, 3, 2, '\x729fef1c017ff5f83e33f25b4f5103e56d334f6686494b345c36584f5c05f579', '5Eezpt5StL6F9wkhHtZJzcwVqK3GoniMNrvSgsCsg8Pgn5iR', 77, NULL);
INSERT INTO public.seats VALUES (1, 4, 3, '\x466daa8b7274d48d00f3a8872dec6d9efeed9898a07489ce711ddd489b37210f', '5Df3natbuYadSGEFgAaVVA8dHEQVKj2xYpgpk27bdK4FXPAK', 77, NULL);
INSERT INTO public.seats VALUES (1, 5, 4, '\xe827cd0c4ff8a1bf5c5d0f1c2dbebebef4211fd29de9b839c89c6a533fd4611a', '5HK6nm38MLadHe2q47NRVR7mQJrEZRBKMTyDezQp5SPFqXqq', 77, NULL);
INSERT INTO public.seats VALUES (1, 6, 5, '\xaccd2679c7d673a8d642c8e8e593bccf6da7c3cc25b810f360da04b8d6ff947f', '5FyH32LYwQtYSqnVnzAZjb68vPWTSjWXC5mvW12JQeJnvyiR', 77, NULL);
INSERT INTO public.seats VALUES (1, 7, 6, '\xc6d9d8244a29b8f0ab3d62707eeff5dac521eaf00500c6309f199cfd510b9009', '5GZS3wrrS7JyhmE24ZQmGkvfccQaNc7AdLktJ9rPE29Gh4Mk', 77, NULL);
INSERT INTO public.seats VALUES (1, 8, 7, '\x8c047e690ad414ddd5d3f98b5aa3903b7beaa33102a748999f783fb932e60351', '5FEHtvExHbFujp7gXFebDbnEJfHw8Dw2W9c1Afk3Ta52gob4', 77, NULL);

INSERT INTO public.subnets OVERRIDING SYSTEM VALUE VALUES (1, '\x34d840b57430e99028128fafeedbd60755d213e8bc1895e006d4028a2ae44fe7', 1, 0, 77);

INSERT INTO public.weight_entries VALUES (1, 1, 5, 4, 42578, 0.08040510381718846);
INSERT INTO public.weight_entries VALUES (1, 1, 7, 6, 65535, 0.09975345974516435);
INSERT INTO public.weight_entries VALUES (2, 1, 5, 4, 65535, 0.4641678932149419);
INSERT INTO public.weight_entries VALUES (2, 1, 7, 6, 48216, 0.3981393521115729);
INSERT INTO public.weight_entries VALUES (3, 1, 5, 4, 65535, 0.5761847580225025);
INSERT INTO public.weight_entries VALUES (3, 1, 7, 6, 33011, 0.40893559904659127);

INSERT INTO public.weight_sets OVERRIDING SYSTEM VALUE VALUES (1, 1, 3, 'late', 'applied', '', 0, 120, 96, '\xf90184007804460cd8e3710729dd52aaa324934b2df48ff1d548a5ec7059a71aefb2fe2801f06a193b89a262b28a18dd980cbd3d094fc6849c6ceebd75b61025ff2ee33a4a2c93f85d7e452cf20fedc7cbe444fad8d32b6f90382aa2278f72b6d40bc54b82e3000000000700010008040006000852a6ffff0000000000000000', '\x8cf290ec83ec058f248da8f218a88e5ef320d239d162a81e5e43cb1860479790', 0, 94, 110, '2026-11-26 14:51:23.345816+00', 97, '\x88e814c465c46adce78c45cd723d50648e2a38e7752a9d1431fefa21ef1d3204', '2026-11-26 14:51:23.274863+00', '2026-11-26 14:51:28.55726+00');
INSERT INTO public.weight_sets OVERRIDING SYSTEM VALUE VALUES (2, 1, 4, 'late', 'applied', '', 0, 160, 136, '\xf90184007804460cd8e3710729dd52aaa324934b2df48ff1d548a5ec7059a71aefb2fe28019e2c4d306ad291c6ee1eae73f245410f9ff1dd84840bf73a95392490992e860c6457cacf001502e8e5fd200a1fdc21079d103984df46387c820d29d36b10b18e630004000007000100080400060008ffff58bc0000000000000000', '\xd92954a4d6fcae1ac613f7c8b98b7eaab206febc0cab23f0544073aea30075fc', 1, 134, 150, '2026-11-26 14:51:31.27628+00', 137, '\x504e0188a88ff80da8bc31572c9909f4bce6dedfa47f84284588f2bf6e333835', '2026-11-26 14:51:31.271407+00', '2026-11-26 14:51:36.482559+00');
INSERT INTO public.weight_sets OVERRIDING SYSTEM VALUE VALUES (3, 1, 5, 'late', 'in_block', '', 0, 200, 176, '\xf90184007804460cd8e3710729dd52aaa324934b2df48ff1d548a5ec7059a71aefb2fe28010e768008d4f82b1094aa30a6691815ad6bd0e02ea95480f4e97d533c0a385d02f4a386590e301ec736887ba28d74945f10f698d97abd5d201afa03122f3bee86e30008000007000100080400060008fffff3800000000000000000', '\x80a83ee70a45153713c48fb38d652c890f9800d243afdbb8226374c670ab7b35', 2, 174, 190, '2026-11-26 14:51:39.300105+00', 177, '\xe28580010941661944284a43cd60e5d9820121379ca3a6a4921c5179cf94f300', '2026-11-26 14:51:39.270561+00', '2026-11-26 14:51:39.47962+00');

SELECT pg_catalog.setval('public.events_id_seq', 1, true);

SELECT pg_catalog.setval('public.judgements_id_seq', 10, true);

SELECT pg_catalog.setval('public.masks_id_seq', 4, true);

SELECT pg_catalog.setval('public.neurons_id_seq', 8, true);

SELECT pg_catalog.setval('public.reward_models_id_seq', 3, true);

SELECT pg_catalog.setval('public.rounds_id_seq', 10, true);

SELECT pg_catalog.setval('public.subnets_id_seq', 1, true);

SELECT pg_catalog.setval('public.weight_sets_id_seq', 3, true);

ALTER TABLE ONLY public._sqlx_migrations
    ADD CONSTRAINT _sqlx_migrations_pkey PRIMARY KEY (version);

ALTER TABLE ONLY public.chain_epochs
    ADD CONSTRAINT chain_epochs_pkey PRIMARY KEY (scope_id, epoch, neuron_id);

ALTER TABLE ONLY public.current_scores
    ADD CONSTRAINT current_scores_pkey PRIMARY KEY (scope_id, neuron_id);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.judgements
    ADD CONSTRAINT judgements_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.judgements
    ADD CONSTRAINT judgements_round_id_key UNIQUE (round_id);

ALTER TABLE ONLY public.judgements
    ADD CONSTRAINT judgements_scope_id_id_key UNIQUE (scope_id, id);

ALTER TABLE ONLY public.mask_scores
    ADD CONSTRAINT mask_scores_pkey PRIMARY KEY (judgement_id, neuron_id, mask_id);

ALTER TABLE ONLY public.masks
    ADD CONSTRAINT masks_name_key UNIQUE (name);

ALTER TABLE ONLY public.masks
    ADD CONSTRAINT masks_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.model_scores
    ADD CONSTRAINT model_scores_pkey PRIMARY KEY (judgement_id, neuron_id, model_id);

ALTER TABLE ONLY public.networks
    ADD CONSTRAINT networks_pkey PRIMARY KEY (genesis);

ALTER TABLE ONLY public.neurons
    ADD CONSTRAINT neurons_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.neurons
    ADD CONSTRAINT neurons_scope_id_hotkey_registered_at_key UNIQUE (scope_id, hotkey, registered_at);

ALTER TABLE ONLY public.neurons
    ADD CONSTRAINT neurons_scope_id_id_key UNIQUE (scope_id, id);

ALTER TABLE ONLY public.normalisers
    ADD CONSTRAINT normalisers_pkey PRIMARY KEY (scope_id, model_id);

ALTER TABLE ONLY public.responses
    ADD CONSTRAINT responses_pkey PRIMARY KEY (round_id, neuron_id);

ALTER TABLE ONLY public.reward_models
    ADD CONSTRAINT reward_models_name_key UNIQUE (name);

ALTER TABLE ONLY public.reward_models
    ADD CONSTRAINT reward_models_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rewards
    ADD CONSTRAINT rewards_pkey PRIMARY KEY (judgement_id, neuron_id);

ALTER TABLE ONLY public.rounds
    ADD CONSTRAINT rounds_judgement_id_key UNIQUE (judgement_id);

ALTER TABLE ONLY public.rounds
    ADD CONSTRAINT rounds_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rounds
    ADD CONSTRAINT rounds_round_key UNIQUE (round);

ALTER TABLE ONLY public.rounds
    ADD CONSTRAINT rounds_scope_id_id_key UNIQUE (scope_id, id);

ALTER TABLE ONLY public.scores
    ADD CONSTRAINT scores_pkey PRIMARY KEY (judgement_id, neuron_id);

ALTER TABLE ONLY public.scoring_configs
    ADD CONSTRAINT scoring_configs_pkey PRIMARY KEY (hash);

ALTER TABLE ONLY public.seats
    ADD CONSTRAINT seats_pkey PRIMARY KEY (neuron_id, from_block);

ALTER TABLE ONLY public.subnets
    ADD CONSTRAINT subnets_genesis_netuid_mechanism_key UNIQUE (genesis, netuid, mechanism);

ALTER TABLE ONLY public.subnets
    ADD CONSTRAINT subnets_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.weight_entries
    ADD CONSTRAINT weight_entries_pkey PRIMARY KEY (weight_set_id, uid);

ALTER TABLE ONLY public.weight_sets
    ADD CONSTRAINT weight_sets_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.weight_sets
    ADD CONSTRAINT weight_sets_scope_id_id_key UNIQUE (scope_id, id);

CREATE INDEX events_by_scope ON public.events USING btree (scope_id, at);

CREATE INDEX neurons_ss58 ON public.neurons USING btree (hotkey_ss58);

CREATE INDEX responses_by_neuron ON public.responses USING btree (neuron_id, round_id);

CREATE INDEX rewards_by_neuron ON public.rewards USING btree (neuron_id, judgement_id);

CREATE INDEX rounds_by_time ON public.rounds USING btree (scope_id, asked_at);

CREATE INDEX rounds_unjudged ON public.rounds USING btree (scope_id, id) WHERE (judgement_id IS NULL);

CREATE INDEX scores_by_neuron ON public.scores USING btree (neuron_id, judgement_id);

CREATE UNIQUE INDEX seats_one_seat ON public.seats USING btree (neuron_id) WHERE (until_block IS NULL);

CREATE UNIQUE INDEX seats_one_sitter ON public.seats USING btree (scope_id, uid) WHERE (until_block IS NULL);

CREATE INDEX weight_sets_applied ON public.weight_sets USING btree (scope_id, id) WHERE (state = 'applied'::text);

CREATE UNIQUE INDEX weight_sets_one_per_window ON public.weight_sets USING btree (scope_id, epoch, slot) WHERE (state = ANY (ARRAY['planned'::text, 'signed'::text, 'broadcast'::text, 'in_block'::text, 'finalized'::text, 'applied'::text]));

CREATE INDEX weight_sets_open ON public.weight_sets USING btree (scope_id, id) WHERE (state = ANY (ARRAY['planned'::text, 'signed'::text, 'broadcast'::text, 'in_block'::text, 'finalized'::text]));

ALTER TABLE ONLY public.chain_epochs
    ADD CONSTRAINT chain_epochs_scope_id_neuron_id_fkey FOREIGN KEY (scope_id, neuron_id) REFERENCES public.neurons(scope_id, id);

ALTER TABLE ONLY public.current_scores
    ADD CONSTRAINT current_scores_scope_id_neuron_id_fkey FOREIGN KEY (scope_id, neuron_id) REFERENCES public.neurons(scope_id, id);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_scope_id_fkey FOREIGN KEY (scope_id) REFERENCES public.subnets(id);

ALTER TABLE ONLY public.judgements
    ADD CONSTRAINT judgements_config_hash_fkey FOREIGN KEY (config_hash) REFERENCES public.scoring_configs(hash);

ALTER TABLE ONLY public.judgements
    ADD CONSTRAINT judgements_scope_id_round_id_fkey FOREIGN KEY (scope_id, round_id) REFERENCES public.rounds(scope_id, id);

ALTER TABLE ONLY public.mask_scores
    ADD CONSTRAINT mask_scores_mask_id_fkey FOREIGN KEY (mask_id) REFERENCES public.masks(id);

ALTER TABLE ONLY public.mask_scores
    ADD CONSTRAINT mask_scores_scope_id_judgement_id_fkey FOREIGN KEY (scope_id, judgement_id) REFERENCES public.judgements(scope_id, id);

ALTER TABLE ONLY public.mask_scores
    ADD CONSTRAINT mask_scores_scope_id_neuron_id_fkey FOREIGN KEY (scope_id, neuron_id) REFERENCES public.neurons(scope_id, id);

ALTER TABLE ONLY public.model_scores
    ADD CONSTRAINT model_scores_model_id_fkey FOREIGN KEY (model_id) REFERENCES public.reward_models(id);

ALTER TABLE ONLY public.model_scores
    ADD CONSTRAINT model_scores_scope_id_judgement_id_fkey FOREIGN KEY (scope_id, judgement_id) REFERENCES public.judgements(scope_id, id);

ALTER TABLE ONLY public.model_scores
    ADD CONSTRAINT model_scores_scope_id_neuron_id_fkey FOREIGN KEY (scope_id, neuron_id) REFERENCES public.neurons(scope_id, id);

ALTER TABLE ONLY public.neurons
    ADD CONSTRAINT neurons_scope_id_fkey FOREIGN KEY (scope_id) REFERENCES public.subnets(id);

ALTER TABLE ONLY public.normalisers
    ADD CONSTRAINT normalisers_model_id_fkey FOREIGN KEY (model_id) REFERENCES public.reward_models(id);

ALTER TABLE ONLY public.normalisers
    ADD CONSTRAINT normalisers_scope_id_fkey FOREIGN KEY (scope_id) REFERENCES public.subnets(id);

ALTER TABLE ONLY public.responses
    ADD CONSTRAINT responses_scope_id_neuron_id_fkey FOREIGN KEY (scope_id, neuron_id) REFERENCES public.neurons(scope_id, id);

ALTER TABLE ONLY public.responses
    ADD CONSTRAINT responses_scope_id_round_id_fkey FOREIGN KEY (scope_id, round_id) REFERENCES public.rounds(scope_id, id);

ALTER TABLE ONLY public.rewards
    ADD CONSTRAINT rewards_scope_id_judgement_id_fkey FOREIGN KEY (scope_id, judgement_id) REFERENCES public.judgements(scope_id, id);

ALTER TABLE ONLY public.rewards
    ADD CONSTRAINT rewards_scope_id_neuron_id_fkey FOREIGN KEY (scope_id, neuron_id) REFERENCES public.neurons(scope_id, id);

ALTER TABLE ONLY public.rounds
    ADD CONSTRAINT rounds_scope_id_fkey FOREIGN KEY (scope_id) REFERENCES public.subnets(id);

ALTER TABLE ONLY public.rounds
    ADD CONSTRAINT rounds_scope_id_judgement_id_fkey FOREIGN KEY (scope_id, judgement_id) REFERENCES public.judgements(scope_id, id);

ALTER TABLE ONLY public.scores
    ADD CONSTRAINT scores_scope_id_judgement_id_fkey FOREIGN KEY (scope_id, judgement_id) REFERENCES public.judgements(scope_id, id);

ALTER TABLE ONLY public.scores
    ADD CONSTRAINT scores_scope_id_neuron_id_fkey FOREIGN KEY (scope_id, neuron_id) REFERENCES public.neurons(scope_id, id);

ALTER TABLE ONLY public.seats
    ADD CONSTRAINT seats_scope_id_neuron_id_fkey FOREIGN KEY (scope_id, neuron_id) REFERENCES public.neurons(scope_id, id);

ALTER TABLE ONLY public.subnets
    ADD CONSTRAINT subnets_genesis_fkey FOREIGN KEY (genesis) REFERENCES public.networks(genesis);

ALTER TABLE ONLY public.weight_entries
    ADD CONSTRAINT weight_entries_scope_id_neuron_id_fkey FOREIGN KEY (scope_id, neuron_id) REFERENCES public.neurons(scope_id, id);

ALTER TABLE ONLY public.weight_entries
    ADD CONSTRAINT weight_entries_scope_id_weight_set_id_fkey FOREIGN KEY (scope_id, weight_set_id) REFERENCES public.weight_sets(scope_id, id);

ALTER TABLE ONLY public.weight_sets
    ADD CONSTRAINT weight_sets_scope_id_fkey FOREIGN KEY (scope_id) REFERENCES public.subnets(id);

