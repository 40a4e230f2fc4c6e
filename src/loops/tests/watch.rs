//! Whose seat it is.
#![allow(clippy::unwrap_used)]

use super::our_seat;
use crate::types::testing::{neuron, subnet};
use crate::types::{Cause, Hotkey, MinerId};

#[test]
fn a_seat_that_is_lost_is_a_matter_of_the_key() {
    let ours = MinerId {
        hotkey: Hotkey([7; 32]),
        registered_at: 5,
    };
    let seated = subnet(vec![neuron(0, ours)]);
    assert_eq!(our_seat(&seated, ours.hotkey).unwrap().miner, ours);
    let lost = our_seat(&subnet(Vec::new()), ours.hotkey).unwrap_err();
    assert_eq!(lost.cause, Cause::Key);
    let hotkey = ours.hotkey.to_string();
    for word in [
        &hotkey,
        "not registered in subnet 1",
        "block #100",
        "[subnet.hotkey]",
    ] {
        assert!(lost.message.contains(word), "{word}: {lost}");
    }
}
