//! Every form in which a hotkey's file is met. The secrets are those of development keys, or of nobody.
#![allow(clippy::unwrap_used)]

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::key::Key;
use super::keyfile::{FileFault, parse, read};
use crate::config::HotkeyConfig;
use crate::types::{Caused, Hotkey};

const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
const BOB: &str = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";
const SEED: &str = "e5be9a5092b81bca64be81d212e7f2f9eba183bb7a90954f7b76361f6edb5c0a";
const PUBLIC: &str = "d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";
const PUBLIC_OF_BOB: &str = "8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48";
/// Written by bittensor-wallet 4.1.0, which made this key up.
const PHRASE: &str =
    "pyramid velvet result job stage battle chunk usage purity rather another race";
const OF_PHRASE: &str = "5FhSnEbr4juYQEzrjdja4PM2TmXky2FKEtLh2Ag6LcwTaqTo";

fn json(fields: &[(&str, &str)]) -> String {
    let fields = fields.iter().map(|(name, value)| match *name {
        "cryptoType" => format!("\"{name}\":{value}"),
        _ => format!("\"{name}\":\"{value}\""),
    });
    format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
}

fn address(text: &str) -> Result<String, FileFault> {
    parse(text.as_bytes()).map(|pair| Hotkey::from(&pair).to_string())
}

#[test]
fn what_wallets_write_is_read() {
    let prefixed = format!("0x{SEED}");
    let public = format!("0x{PUBLIC}");
    let whole = json(&[
        ("secretSeed", &prefixed),
        ("ss58Address", ALICE),
        ("publicKey", &public),
        ("accountId", &public),
        ("privateKey", "0x33a6"),
        ("cryptoType", "1"),
    ]);
    let phrase = json(&[("secretPhrase", PHRASE), ("ss58Address", OF_PHRASE)]);
    for (text, expected) in [
        (whole.clone(), ALICE),
        // Saved by an editor that marks UTF-8, and with an end of line.
        (format!("\u{feff}{whole}\r\n"), ALICE),
        (json(&[("secretSeed", SEED)]), ALICE),
        (
            json(&[("secretSeed", &prefixed.to_uppercase().replace("0X", "0x"))]),
            ALICE,
        ),
        (phrase.replace(' ', "  "), OF_PHRASE),
        (phrase.replace("}", ",\"secretSeed\":null}"), OF_PHRASE),
    ] {
        assert_eq!(address(&text).unwrap(), expected, "{text}");
    }
}

#[test]
fn each_other_form_has_its_own_message_and_no_secret_in_it() {
    let seed = ("secretSeed", SEED);
    let mismatch = |field, ours: &str, said: &str| FileFault::Mismatch {
        field,
        ours: ours.into(),
        said: said.into(),
    };
    let encrypted = |method| FileFault::Encrypted { method };
    let ed25519 = json(&[("privateKey", SEED), ("cryptoType", "0")]);
    let long = format!("{SEED}{SEED}");
    let derived = format!("{PHRASE}//stash");
    let misspelt = PHRASE.replace("pyramid", "pyramids");
    let reordered = PHRASE.replace("pyramid velvet", "velvet pyramid");
    let table = [
        ("$NACL\u{1}abc".into(), encrypted("NaCl")),
        (
            "$ANSIBLE_VAULT;1.1;AES256\n3037".into(),
            encrypted("Ansible Vault"),
        ),
        ("gAAAAABk".into(), encrypted("Fernet")),
        (
            json(&[("encoded", SEED), ("address", ALICE)]),
            FileFault::PolkadotJs,
        ),
        (format!("0x{SEED}"), FileFault::NoJson(1, 1)),
        (PHRASE.into(), FileFault::NoJson(1, 1)),
        (String::new(), FileFault::NoJson(1, 0)),
        (ed25519, FileFault::Kind("ed25519".into())),
        (
            json(&[seed, ("cryptoType", "2")]),
            FileFault::Kind("ecdsa".into()),
        ),
        (json(&[("secretSeed", "")]), FileFault::Empty("secretSeed")),
        (json(&[("secretSeed", " ")]), FileFault::Empty("secretSeed")),
        (
            json(&[("secretPhrase", "")]),
            FileFault::Empty("secretPhrase"),
        ),
        (
            json(&[("secretSeed", ""), ("secretPhrase", PHRASE)]),
            FileFault::Empty("secretSeed"),
        ),
        (
            json(&[seed, ("secretPhrase", "")]),
            FileFault::Empty("secretPhrase"),
        ),
        (json(&[("secretSeed", "0x")]), FileFault::Seed),
        (json(&[("secretSeed", "//Alice")]), FileFault::Seed),
        (json(&[("secretSeed", &SEED[2..])]), FileFault::Seed),
        (json(&[("secretSeed", &long)]), FileFault::Seed),
        (json(&[("secretSeed", PHRASE)]), FileFault::Seed),
        // What begins with a slash stands for the development phrase, too.
        (json(&[("secretPhrase", "//Alice")]), FileFault::Phrase),
        (json(&[("secretPhrase", "///password")]), FileFault::Phrase),
        (json(&[("secretPhrase", &derived)]), FileFault::Phrase),
        (json(&[("secretPhrase", &misspelt)]), FileFault::Phrase),
        (json(&[("secretPhrase", &reordered)]), FileFault::Phrase),
        (
            json(&[("privateKey", &long), ("ss58Address", ALICE)]),
            FileFault::PrivateKeyOnly,
        ),
        (
            json(&[("publicKey", PUBLIC), ("ss58Address", ALICE)]),
            FileFault::PublicOnly,
        ),
        ("{}".into(), FileFault::PublicOnly),
        (
            json(&[seed, ("ss58Address", BOB)]),
            mismatch("ss58Address", ALICE, BOB),
        ),
        (
            json(&[seed, ("publicKey", PUBLIC_OF_BOB)]),
            mismatch("publicKey", PUBLIC, PUBLIC_OF_BOB),
        ),
    ];
    for (text, expected) in table {
        let fault = address(&text).unwrap_err();
        assert_eq!(fault, expected, "{text}");
        let said = fault.to_string();
        let leaks = said.contains("pyramid") || said.contains(SEED);
        assert!(!leaks, "{said}");
    }
}

fn write(path: &Path, mode: u32) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, json(&[("secretSeed", SEED)])).unwrap();
    std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
}

#[test]
fn a_file_must_be_ours_alone_and_no_coldkey() {
    let wallet = tempfile::tempdir().unwrap();
    let hotkey = wallet.path().join("hotkeys/default");
    for mode in [0o600, 0o400] {
        write(&hotkey, mode);
        assert!(read(&hotkey).is_ok(), "{mode:o}");
    }
    for mode in [0o640, 0o604, 0o644, 0o660, 0o666] {
        write(&hotkey, mode);
        assert_eq!(read(&hotkey).err(), Some(FileFault::Open(mode)));
    }
    // A name that a hotkey may have as well, and a way around.
    let also = wallet.path().join("hotkeys/coldkey");
    write(&also, 0o600);
    assert!(read(&also).is_ok());
    let coldkey = wallet.path().join("coldkey");
    write(&coldkey, 0o600);
    let link = wallet.path().join("hotkeys/link");
    std::os::unix::fs::symlink(&coldkey, &link).unwrap();
    for path in [coldkey, link] {
        assert_eq!(read(&path).err(), Some(FileFault::Coldkey));
    }
    assert_eq!(read(wallet.path()).err(), Some(FileFault::Folder));
}

/// Root reads what is closed to it, and can mend what is not.
#[test]
fn to_root_a_file_of_another_owner_must_be_closed_as_well() {
    if !crate::host::is_root() {
        println!("skipped: only root can give a file away");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret");
    for owner in [0, 1000] {
        for (mode, fault) in [
            (0o600, None),
            (0o400, None),
            (0o440, Some(FileFault::Open(0o440))),
            (0o604, Some(FileFault::Open(0o604))),
        ] {
            write(&path, mode);
            std::os::unix::fs::chown(&path, Some(owner), None).unwrap();
            assert_eq!(read(&path).err(), fault, "{owner}: {mode:o}");
        }
    }
}

#[test]
fn a_fault_names_the_file_and_is_the_keys() {
    let keyfile = "/nowhere/hotkey".into();
    let config = HotkeyConfig {
        keyfile,
        suri: String::new(),
    };
    let error = Key::load(&config).unwrap_err();
    let said = error.to_string();
    assert!(
        said.starts_with("hotkey file /nowhere/hotkey: No such file"),
        "{said}"
    );
    assert_eq!(error.cause().exit_code(), 77);
}
