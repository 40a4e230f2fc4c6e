//! What stands behind each label: a row for each reason.

use super::{About, Entry, Reason, Severity};

impl Reason {
    /// Everything that is known of it.
    #[expect(clippy::too_many_lines, reason = "a table: a row for each reason")]
    pub const fn entry(self) -> Entry {
        match self {
            Self::Answer => exchange(Severity::Info, "An answer came in time.", "Nothing."),
            Self::Refused => exchange(
                Severity::Info,
                "The miner answered with an HTTP status other than 200 (column `status`).",
                "Its owner looks at the axon's blacklist, priority and verify functions.",
            ),
            Self::Timeout => exchange(
                Severity::Info,
                "Connected, but no whole answer within the deadline.",
                "Its owner makes it faster; `rounds.timeout_s` is the deadline.",
            ),
            Self::Unreachable => exchange(
                Severity::Info,
                "No connection to the address that the miner published.",
                "Its owner opens the port, or publishes the right address with serve_axon.",
            ),
            Self::MalformedNotJson => exchange(
                Severity::Info,
                "The body is not JSON of the synapse's shape.",
                "Its owner answers with the subnet's synapse; `synapse` in the config defines it.",
            ),
            Self::MalformedMissingField => exchange(
                Severity::Info,
                "The answer's field is missing or holds no text.",
                "Its owner fills the field that `synapse.answer` names.",
            ),
            Self::MalformedBrokenHttp => exchange(
                Severity::Info,
                "Not HTTP, too long a head, a broken chunk, or a short body.",
                "Its owner looks at what stands between the axon and the network.",
            ),
            Self::MalformedEncoded => exchange(
                Severity::Info,
                "The body is compressed, which was not asked for.",
                "Its owner switches compression off: requests say `accept-encoding: identity`.",
            ),
            Self::MalformedRedirect => exchange(
                Severity::Info,
                "A redirect, which is never followed.",
                "Its owner publishes the address that serves.",
            ),
            Self::TooLarge => exchange(
                Severity::Info,
                "More bytes, or more pieces, than a response may have.",
                "Its owner answers shorter; `query.max_response_bytes` is the limit.",
            ),
            Self::ForbiddenAddress => exchange(
                Severity::Info,
                "Not asked: the published address is not one of the public internet.",
                "Its owner publishes a public address; `query.allow_addresses` opens others.",
            ),
            Self::ForbiddenPort => exchange(
                Severity::Info,
                "Not asked: no miner serves at the published port.",
                "Its owner publishes another port; `query.open_ports` opens more.",
            ),
            Self::ForbiddenOwnAddress => exchange(
                Severity::Info,
                "Not asked: the published address is this host's own, or that of its chain node or database.",
                "Its owner publishes its own address; `query.allow_addresses` opens this host's.",
            ),
            Self::ForbiddenCircuitOpen => exchange(
                Severity::Info,
                "Not asked: it failed too often in a row, and rests or doesn't answer a ping.",
                "Its owner brings it back: it is pinged after `query.circuit_rest_turns` of its turns.",
            ),
            Self::NoAxon => exchange(
                Severity::Info,
                "Not asked: it has a score, but publishes no axon any more. Counts as no answer.",
                "Its owner serves an axon again (serve_axon).",
            ),
            Self::Validates => exchange(
                Severity::Info,
                "Not asked: it has a score, but is a validator by permit and stake. Counts as no answer.",
                "Nothing; `sampling.validator_stake_tao` says from which stake on a permit makes a validator.",
            ),
            Self::OurNetwork => exchange(
                Severity::Warning,
                "Not reached for a reason of this host: no route, no address, network down. No verdict on the miner.",
                "Look at this host's network: `ip route`, `ip addr`.",
            ),
            Self::OurResources => exchange(
                Severity::Error,
                "Not asked for want of descriptors, buffers or memory on this host. No verdict on the miner.",
                "Raise the limit of open files (`ulimit -n`, LimitNOFILE), or lower `query.concurrency`.",
            ),
            Self::OurRequest => exchange(
                Severity::Error,
                "Not asked: the request could not be built. No verdict on the miner.",
                "The log has the error; look at `synapse` of the [[subnet]].",
            ),
            Self::OurQueue => exchange(
                Severity::Info,
                "Not asked in time: its neighbours at the same address or network were asked first. No verdict on the miner.",
                "Nothing; `query.per_address` and `query.per_network` say how many are asked at once.",
            ),
            Self::AllSilent => round(
                Severity::Warning,
                "Miners that had answered fell silent together, and nobody else of the subnet answers: no verdict.",
                "Look at this host's uplink and firewall; the detail says who was tried.",
            ),
            Self::ClockWrong => round(
                Severity::Error,
                "This host's clock is not the chain's, so miners refuse our requests: nobody is asked.",
                "Set the clock (`timedatectl set-ntp true`), or `chain.clock_tolerance_s`.",
            ),
            Self::SourceAway => round(
                Severity::Warning,
                "The series that forecasts are asked of can't be read: the family is not drawn until it can.",
                "The detail names file or URL: see `challenges.families.forecast.source`.",
            ),
            Self::NoJudge => round(
                Severity::Error,
                "No judge of the scoring file can judge this family of tasks.",
                "Add one to the scoring file (docs/scoring.md says which judge reads which truth), or give the family a share of 0.",
            ),
            Self::Tokenizer => round(
                Severity::Error,
                "A text could not be tokenised.",
                "`weighmaster models verify`; the detail holds the tokenizer's message.",
            ),
            Self::Inference => round(
                Severity::Error,
                "A model could not be run.",
                "`weighmaster models verify`; the detail holds the runtime's message.",
            ),
            Self::WrongShape => round(
                Severity::Error,
                "A model's output has another shape than its manifest says.",
                "Mend `dimension` or `output` of the manifest, or fetch the right file.",
            ),
            Self::NotFinite => round(
                Severity::Error,
                "A model gave a value that is not finite.",
                "Take the model out of the scoring file; keep the round's answers for its makers.",
            ),
            Self::Endpoint => round(
                Severity::Error,
                "The endpoint of an LLM judge was away, too slow, or gave no chat completion; the judge had no say in the round.",
                "The detail says what it did; look at `url`, `api_key_file`, `timeout_s` and `deadline_s` of the judge's input.",
            ),
            Self::UnreadableReplies => round(
                Severity::Error,
                "Most replies of an LLM judge were no grade; the judge had no say in the round.",
                "Name a model that replies with a grade alone, or raise `max_reply_tokens` of the judge's input.",
            ),
            Self::ThreadGone => round(
                Severity::Error,
                "The thread of a model has ended: a bug.",
                "Restart, and report it with the log.",
            ),
            Self::NotJudged => round(
                Severity::Error,
                "A round could not be judged; it is tried again, later each time, up to once an hour.",
                "The detail says what stood in the way.",
            ),
            Self::JudgingBehind => round(
                Severity::Warning,
                "Too many rounds wait for their judgement, so no new one is asked.",
                "More `models.sessions`, fewer miners per round, or a longer `rounds.interval_s`.",
            ),
            Self::SampleTooSmall => round(
                Severity::Warning,
                "Not every miner can be asked `sampling.min_per_epoch` times in an epoch.",
                "A greater `sampling.max_sample`, a shorter `rounds.interval_s`, or a smaller promise.",
            ),
            Self::CopyingPair => round(
                Severity::Info,
                "Two miners have given one text for so long that chance and the questions don't explain it; both are cut wherever they agree.",
                "Look at `v_copies`, which shows their answers side by side. One of them may be the victim: questions of each miner's own (`challenges.variants = \"per_miner\"`) leave nothing to copy.",
            ),
            Self::NotRegistered => weights(
                Severity::Error,
                "The hotkey has no seat in the subnet.",
                "Register it (btcli), or name another in [subnet.hotkey].",
            ),
            Self::NoValidatorPermit => weights(
                Severity::Info,
                "The hotkey has no validator permit, as before the first epoch with enough stake.",
                "Wait an epoch; if it stays, stake more than the validators with a permit.",
            ),
            Self::StakeTooLow => weights(
                Severity::Error,
                "The hotkey's stake lies below the chain's threshold for setting weights.",
                "Stake more on the hotkey.",
            ),
            Self::CommitRevealUnsupported => weights(
                Severity::Error,
                "The subnet wants commit-reveal, which this version does not speak.",
                "Nothing here: the subnet's owner may switch it off.",
            ),
            Self::MechanismDoesNotExist => weights(
                Severity::Error,
                "The subnet has no mechanism of this number.",
                "Mend `mechanism` of the [[subnet]].",
            ),
            Self::RateLimitOutlastsEpoch => weights(
                Severity::Info,
                "The chain's rate limit ends only after this epoch fires; a registration counts as an update.",
                "Nothing: the next epoch gets weights.",
            ),
            Self::TooLateForEpoch => weights(
                Severity::Error,
                "Too few blocks are left for a transaction to land or to expire before the epoch fires.",
                "Look for what held the service up: chain endpoints, database, clock.",
            ),
            Self::ForeignCommit => weights(
                Severity::Error,
                "Weights of this hotkey were set that are not in the ledger: another program signs too.",
                "Stop the other program, or start with --take-over.",
            ),
            Self::NoScores => weights(
                Severity::Info,
                "No seated miner has a score above zero yet.",
                "Wait for the first judged rounds; if it stays, look at `v_miner_history`.",
            ),
            Self::VectorRule => weights(
                Severity::Error,
                "The scores make no vector that the chain would take.",
                "The detail names the rule: look at the subnet's hyperparameters.",
            ),
            Self::ScoresTooOld => weights(
                Severity::Error,
                "The scores have not moved for longer than `weights.max_score_age_s`, so no weights are made from them: our last row stays on chain and counts until the chain takes us for inactive.",
                "Look why no round is judged: the log, the table `rounds`, `weighmaster health`.",
            ),
            Self::ServiceAway => weights(
                Severity::Warning,
                "The epoch fired while the service did not run or saw no chain; only shown, not recorded.",
                "Nothing for the epoch; the log says where the service was.",
            ),
            Self::ScoresOld => weights(
                Severity::Warning,
                "Weights are being made from scores that have not moved for half of `weights.max_score_age_s`.",
                "Look why no round is judged, before no more weights are set.",
            ),
            Self::WeightsOld => weights(
                Severity::Error,
                "Our row on chain is older than `weights.alarm_epochs` epochs, whatever the cause.",
                "Look at `weighmaster weights history` for the reasons of the last epochs.",
            ),
            Self::WeightsFresh => weights(
                Severity::Info,
                "Our row on chain was old and was set again.",
                "Nothing.",
            ),
            Self::AnotherWorld => Entry {
                about: About::World,
                severity: Severity::Warning,
                meaning: "The database also holds another chain, whose scores are kept apart and not used.",
                remedy: "Nothing, if that was meant; else name the database of this chain.",
            },
            Self::SubnetParked => Entry {
                about: About::Subnet,
                severity: Severity::Error,
                meaning: "A subnet can't be served for now; the others go on, and it is tried again.",
                remedy: "The detail says what is to be mended.",
            },
            Self::SubnetJoined => Entry {
                about: About::Subnet,
                severity: Severity::Info,
                meaning: "The service has taken up a subnet.",
                remedy: "Nothing.",
            },
            Self::EpochUnreadable => Entry {
                about: About::Subnet,
                severity: Severity::Warning,
                meaning: "Epochs fired while the service was away, and the node no longer has the states that show their results: `chain_epochs` leaves them out.",
                remedy: "Nothing for these; with an archive node first in `chain.endpoints` the next absence leaves no gap.",
            },
        }
    }
}

const fn exchange(severity: Severity, meaning: &'static str, remedy: &'static str) -> Entry {
    Entry {
        about: About::Exchange,
        severity,
        meaning,
        remedy,
    }
}

const fn round(severity: Severity, meaning: &'static str, remedy: &'static str) -> Entry {
    Entry {
        about: About::Round,
        severity,
        meaning,
        remedy,
    }
}

const fn weights(severity: Severity, meaning: &'static str, remedy: &'static str) -> Entry {
    Entry {
        about: About::Weights,
        severity,
        meaning,
        remedy,
    }
}
