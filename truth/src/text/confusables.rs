//! Letters of other scripts that look like Latin ones. A word that mixes them is meant as a Latin word; so is one that has
//! nothing else, where it stands in Latin text.

/// Each letter before the Latin one it is taken for.
const CYRILLIC: &str =
    "аaвbеeкkмmнhоoрpсcтtуyхxіiјjѕsԁdԛqԝwһhӏlґrгrпnАAВBЕEЅSІIЈJКKМMНHОOРPСCТTУYХXҺHӀIԌGԚQԜW";
const GREEK: &str = "αaβbγyεeηnιiκkνvοoρpτtυuχxωwμuϲcϳjΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXϹC";
const ARMENIAN: &str = "օoոnսuհhցgԁdզqՕOՍU";
/// Latin letters in a form that the decomposition leaves.
const LATIN: &str = "ıiɑaɡgɩiʟlʀrɪiɴnʏyʙbɢgʜhᴀaᴄcᴅdᴇeᴊjᴋkᴍmᴏoᴘpᴛtᴜuᴠvᴡwᴢzøoØOłlŁLđdĐDħhŧt";

fn look_alike(c: char) -> Option<char> {
    if c.is_ascii() {
        return None;
    }
    let mut rest = match c {
        '\u{370}'..='\u{3ff}' => GREEK,
        '\u{400}'..='\u{52f}' => CYRILLIC,
        '\u{530}'..='\u{58f}' => ARMENIAN,
        _ => return None,
    }
    .chars();
    while let (Some(other), Some(latin)) = (rest.next(), rest.next()) {
        if other == c {
            return Some(latin);
        }
    }
    None
}

fn folded(c: char, out: &mut String) {
    match c {
        'ß' => out.push_str("ss"),
        'æ' => out.push_str("ae"),
        'Æ' => out.push_str("AE"),
        'œ' => out.push_str("oe"),
        'Œ' => out.push_str("OE"),
        c if c.is_ascii() => out.push(c),
        c => {
            let mut rest = LATIN.chars();
            while let (Some(other), Some(latin)) = (rest.next(), rest.next()) {
                if other == c {
                    return out.push(latin);
                }
            }
            out.push(c);
        }
    }
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || (c.is_alphabetic() && ('\u{c0}'..'\u{370}').contains(&c))
}

/// The text with the look-alikes in its Latin words written as Latin letters.
pub(super) fn latin(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let split = || text.split_inclusive(|c: char| !c.is_alphanumeric());
    let (mut latin, mut foreign) = (0, 0);
    for word in split() {
        if word.chars().any(is_latin) {
            latin += 1;
        } else if word
            .chars()
            .any(|c| c.is_alphabetic() && look_alike(c).is_none())
        {
            foreign += 1;
        }
    }
    let mut out = String::with_capacity(text.len());
    for word in split() {
        let mixed = word.chars().any(is_latin);
        let alike = word
            .chars()
            .all(|c| !c.is_alphabetic() || look_alike(c).is_some());
        for c in word.chars() {
            let meant = look_alike(c).filter(|_| mixed || (alike && latin > foreign));
            folded(meant.unwrap_or(c), &mut out);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_in_latin_words_are_latin() {
        for (text, read) in [
            ("P\u{430}ris", "Paris"),
            ("\u{421}\u{41e} is a gas", "CO is a gas"),
            ("the \u{441}\u{430}\u{440}", "the cap"),
            ("Straße, Øre", "Strasse, Ore"),
            ("5 μm", "5 um"),
        ] {
            assert_eq!(latin(text), read);
        }
    }

    #[test]
    fn other_scripts_stay() {
        for text in [
            "Москва — столица России",
            "η λέξη",
            "нос и рот у кота",
            "東京",
        ] {
            assert_eq!(latin(text), text);
        }
    }

    #[test]
    fn tables_are_pairs() {
        for table in [CYRILLIC, GREEK, ARMENIAN, LATIN] {
            let letters: Vec<char> = table.chars().collect();
            assert_eq!(letters.len() % 2, 0);
            assert!(
                letters
                    .chunks(2)
                    .all(|pair| !pair[0].is_ascii() && pair[1].is_ascii()),
                "{table}"
            );
        }
    }
}
