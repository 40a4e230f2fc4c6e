//! The chain's own reasons for keeping a transaction out of its pool, by name.
//!
//! A node says `Custom error: 6` and no more, and the metadata doesn't hold these codes: they stand in the chain's
//! source (`CustomTransactionError` in RaoFoundation/subtensor, `common/src/transaction_error.rs`), which says that
//! they are never renumbered. Code 1 is `StakeAmountTooLow` there; of the calls that our programs make, only weights
//! meet it, and for those it stands for the error named here.

/// The names of what our calls can meet.
const NAMES: &[(u8, &str)] = &[
    (0, "ColdkeyInSwapSchedule"),
    (1, "NotEnoughStakeToSetWeights"),
    (2, "BalanceTooLow"),
    (3, "SubnetNotExists"),
    (4, "HotkeyAccountDoesntExist"),
    (5, "NotEnoughStakeToWithdraw"),
    (6, "RateLimitExceeded"),
    (10, "HotKeyNotRegisteredInNetwork"),
    (11, "InvalidIpAddress"),
    (12, "ServingRateLimitExceeded"),
    (13, "InvalidPort"),
    (14, "ZeroMaxAmount"),
    (15, "InvalidRevealRound"),
    (16, "CommitNotFound"),
    (17, "CommitBlockNotInRevealRange"),
    (18, "InputLengthsUnequal"),
    (19, "UidNotFound"),
    (255, "BadRequest"),
];

/// A node's reason with the name of its code, where it is one that is known; as it stands otherwise.
pub(crate) fn named(reason: &str) -> String {
    let code = reason.strip_prefix("Custom error: ");
    let code = code.and_then(|code| code.parse::<u8>().ok());
    match NAMES.iter().find(|(known, _)| Some(*known) == code) {
        Some((_, name)) => format!("{name} ({reason})"),
        None => reason.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_gets_its_name_and_what_is_unknown_stays() {
        for (reason, shown) in [
            (
                "Custom error: 1",
                "NotEnoughStakeToSetWeights (Custom error: 1)",
            ),
            ("Custom error: 6", "RateLimitExceeded (Custom error: 6)"),
            ("Custom error: 200", "Custom error: 200"),
            ("Custom error: 1000", "Custom error: 1000"),
            (
                "Transaction has a bad signature",
                "Transaction has a bad signature",
            ),
        ] {
            assert_eq!(named(reason), shown);
        }
    }
}
