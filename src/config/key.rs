//! Keys as messages write them and `--set` takes them: `subnet[1].rounds.sample`.

use config::{Value, ValueKind};

/// `child` is a key or, in brackets, an entry.
pub(super) fn join(parent: &str, child: &str) -> String {
    let dot = if parent.is_empty() || child.is_empty() || child.starts_with('[') {
        ""
    } else {
        "."
    };
    format!("{parent}{dot}{child}")
}

/// What the entries of a list are called in brackets: a `[[subnet]]` by its netuid (and its mechanism, where
/// the netuid has several), others by their name, the rest by their place, counted from 0.
/// `field` gives an entry's field as text.
pub(super) fn labels(count: usize, field: impl Fn(usize, &str) -> Option<String>) -> Vec<String> {
    let netuids: Vec<Option<String>> = (0..count).map(|i| field(i, "netuid")).collect();
    let label = |(place, netuid): (usize, &Option<String>)| match netuid {
        Some(netuid) => {
            let alone = netuids.iter().flatten().filter(|n| *n == netuid).count() == 1;
            match alone {
                true => netuid.clone(),
                false => format!("{netuid}.{}", mechanism(place, &field)),
            }
        }
        None => field(place, "name").unwrap_or_else(|| place.to_string()),
    };
    netuids.iter().enumerate().map(label).collect()
}

fn mechanism(place: usize, field: impl Fn(usize, &str) -> Option<String>) -> String {
    field(place, "mechanism").unwrap_or_else(|| "0".into())
}

pub(super) fn labels_of(list: &[Value]) -> Vec<String> {
    labels(list.len(), |place, name| field(&list[place], name))
}

fn field(entry: &Value, name: &str) -> Option<String> {
    match &entry.kind {
        ValueKind::Table(table) => Some(table.get(name)?.kind.to_string()),
        _ => None,
    }
}

/// The place of the one entry that `label` means: `1` may stand for mechanism 0 of subnet 1, unless there are others.
pub(super) fn place_of(list: &[Value], label: &str) -> Option<usize> {
    let means = |place: &usize| {
        let netuid = field(&list[*place], "netuid").unwrap_or_default();
        let mechanism = mechanism(*place, |place, name| field(&list[place], name));
        label == netuid || label == format!("{netuid}.{mechanism}")
    };
    let mut places = (0..list.len()).filter(means);
    match (places.next(), places.next()) {
        (Some(place), None) => Some(place),
        _ => None,
    }
}

/// The value that the joined layers hold under a key; nothing if the default stands.
pub(super) fn find<'t>(tree: &'t Value, key: &str) -> Option<&'t Value> {
    steps(key).into_iter().try_fold(tree, |at, step| {
        match (&at.kind, step) {
            (ValueKind::Table(table), Step::Name(name)) => table.get(name),
            (ValueKind::Array(list), Step::Entry(label)) => {
                let place = labels_of(list).iter().position(|l| l == label)?;
                list.get(place)
            }
            // A list that was given as a text: its parts come from where it comes from.
            (ValueKind::String(_), _) => Some(at),
            _ => None,
        }
    })
}

/// The layer that set a key.
pub(super) fn origin(tree: &Value, key: &str) -> Option<String> {
    find(tree, key)?.origin().map(str::to_owned)
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Step<'k> {
    Name(&'k str),
    Entry(&'k str),
}

/// A dot in brackets belongs to the label.
pub(super) fn steps(key: &str) -> Vec<Step<'_>> {
    let mut depth = 0;
    let parts = key.split(move |c| {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        c == '.' && depth == 0
    });
    parts
        .flat_map(
            |part| match part.strip_suffix(']').and_then(|p| p.split_once('[')) {
                Some((name, label)) => vec![Step::Name(name), Step::Entry(label)],
                None => vec![Step::Name(part)],
            },
        )
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Step::{Entry, Name};
    use super::*;

    #[test]
    fn a_dot_in_brackets_belongs_to_the_label() {
        assert_eq!(
            steps("subnet[1.0].rounds.sample"),
            [Name("subnet"), Entry("1.0"), Name("rounds"), Name("sample")]
        );
        assert_eq!(
            steps("model[a.b].weight"),
            [Name("model"), Entry("a.b"), Name("weight")]
        );
        assert_eq!(steps("alpha"), [Name("alpha")]);
    }

    #[test]
    fn entries_are_called_by_what_tells_them_apart() {
        let called = |entries: &[&[(&str, &str)]]| {
            labels(entries.len(), |place, wanted| {
                let found = entries[place].iter().find(|(name, _)| *name == wanted);
                found.map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(
            called(&[
                &[("netuid", "1")],
                &[("netuid", "2")],
                &[("netuid", "2"), ("mechanism", "1")]
            ]),
            ["1", "2.0", "2.1"]
        );
        assert_eq!(called(&[&[("name", "a")], &[]]), ["a", "1"]);
    }
}
