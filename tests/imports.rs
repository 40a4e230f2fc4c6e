//! Holds the picture in ARCHITECTURE.md: which module may name which, and which crate may use which.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use toml::Table;

/// Module of `src/` → the others that it may name.
const MODULES: &[(&str, &[&str])] = &[
    ("types", &[]),
    ("host", &["types"]),
    ("config", &["types"]),
    ("tasks", &["types", "config"]),
    ("query", &["types", "config"]),
    ("scoring", &["types", "config", "host"]),
    ("weights", &["types", "config"]),
    ("store", &["types", "config", "host"]),
    // The door writes the journal before it signs: it needs the ledger, and its pure rules.
    ("signer", &["types", "config", "host", "store", "weights"]),
    (
        "loops",
        &[
            "types", "config", "tasks", "query", "scoring", "weights", "store", "signer",
        ],
    ),
    (
        "service",
        &[
            "types", "config", "host", "tasks", "query", "scoring", "weights", "store", "signer",
            "loops",
        ],
    ),
    ("cli", &["types", "config", "host", "service"]),
];

/// Crate → the only modules of `src/` that may name it: what keeps the pure parts pure, and each library behind one door.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("sqlx", &["store"]),
    ("ort", &["scoring"]),
    ("tokenizers", &["scoring"]),
    ("reqwest", &["tasks", "scoring"]),
    ("hyper", &["query"]),
    ("hyper_util", &["query"]),
    ("http_body_util", &["query"]),
    ("wire", &["config", "query"]),
    ("corpus", &["tasks"]),
    ("families", &["tasks"]),
    ("logwriter", &["cli"]),
    ("pgprivate", &["store", "service"]),
    ("testbed", &["cli"]),
    ("clap", &["cli"]),
    (
        "subtensor",
        &[
            "types", "config", "weights", "signer", "loops", "service", "cli",
        ],
    ),
    (
        "tokio",
        &[
            "query", "scoring", "signer", "store", "loops", "service", "cli", "types",
        ],
    ),
];

/// Crate of the workspace → the others that its programs and libraries may use; for tests they may use any.
const CRATES: &[(&str, &[&str])] = &[
    ("wire", &[]),
    ("yuma", &[]),
    ("timelock", &[]),
    ("truth", &[]),
    ("corpus", &["truth"]),
    ("families", &["truth"]),
    ("logwriter", &[]),
    ("pgprivate", &[]),
    ("testbed", &[]),
    ("testbed-database", &["pgprivate"]),
    ("subtensor", &[]),
    (
        "miner",
        &[
            "wire",
            "corpus",
            "families",
            "logwriter",
            "subtensor",
            "testbed",
        ],
    ),
    ("localnet-runtime", &["yuma", "timelock"]),
    (
        "localnet",
        &[
            "localnet-runtime",
            "logwriter",
            "subtensor",
            "timelock",
            "testbed",
            "yuma",
        ],
    ),
    (
        "weighmaster",
        &[
            "wire",
            "truth",
            "families",
            "corpus",
            "logwriter",
            "pgprivate",
            "subtensor",
            "testbed",
        ],
    ),
];

/// Who may use which crates from outside, by how their names begin; all others may not.
const RESERVED: &[(&str, &[&str])] = &[
    // One crate speaks to the chain; `wire` needs its signatures and addresses.
    ("subxt", &["subtensor", "wire"]),
    ("frame-", &["localnet", "localnet-runtime"]),
    ("pallet-", &["localnet", "localnet-runtime"]),
    ("sp-", &["localnet", "localnet-runtime"]),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a module's file names of this crate, by the first module below the crate's root.
#[derive(Debug, Default, PartialEq)]
struct Named {
    of_the_crate: BTreeSet<String>,
    /// First parts of all other paths: crates from outside, types, modules nearby.
    others: BTreeSet<String>,
    /// Modules declared here that lie in files of their own.
    declared: Vec<String>,
}

/// Reads the code of the module at `path`, without what only tests see.
fn read(tokens: TokenStream, path: &[String], named: &mut Named) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        let rest = &tokens[at..];
        at += match rest {
            [TokenTree::Punct(p), TokenTree::Group(g), ..]
                if p.as_char() == '#' && only_tests(g) =>
            {
                2 + item(&rest[2..])
            }
            [
                TokenTree::Ident(m),
                TokenTree::Ident(name),
                TokenTree::Punct(end),
                ..,
            ] if m == "mod" && end.as_char() == ';' => {
                named.declared.push(name.to_string());
                3
            }
            [
                TokenTree::Ident(m),
                TokenTree::Ident(name),
                TokenTree::Group(body),
                ..,
            ] if m == "mod" => {
                let inner = [path, &[name.to_string()]].concat();
                let mut in_line = Named::default();
                read(body.stream(), &inner, &mut in_line);
                assert!(in_line.declared.is_empty(), "a file below an inline module");
                named.of_the_crate.extend(in_line.of_the_crate);
                named.others.extend(in_line.others);
                3
            }
            [TokenTree::Ident(start), ..]
                if ["crate", "super", "weighmaster"].iter().any(|s| start == s) =>
            {
                let length = up(rest);
                let left = match start == "super" {
                    false => &[],
                    true => &path[..path.len().saturating_sub(length / 3)],
                };
                match left.first() {
                    Some(top) => drop(named.of_the_crate.insert(top.clone())),
                    None => named.of_the_crate.extend(heads(&rest[length..])),
                }
                length
            }
            [
                TokenTree::Ident(name),
                TokenTree::Punct(a),
                TokenTree::Punct(b),
                ..,
            ] if a.as_char() == ':' && b.as_char() == ':' => {
                named.others.insert(name.to_string());
                // The rest of the path, but for what stands in its brackets.
                3 + rest_of_path(&rest[3..])
            }
            [TokenTree::Group(group), ..] => {
                read(group.stream(), path, named);
                1
            }
            _ => 1,
        };
    }
}

/// `#[cfg(test)]`, or a `test` of any kind.
fn only_tests(attribute: &Group) -> bool {
    let text = attribute.stream().to_string().replace(' ', "");
    text == "cfg(test)" || text == "test" || text.ends_with("::test")
}

/// How many tokens the item takes that begins here: up to its `;` or its braces.
fn item(tokens: &[TokenTree]) -> usize {
    let ends = |t: &TokenTree| match t {
        TokenTree::Punct(p) => p.as_char() == ';',
        TokenTree::Group(g) => g.delimiter() == Delimiter::Brace,
        _ => false,
    };
    tokens.iter().position(ends).map_or(tokens.len(), |i| i + 1)
}

/// How many tokens of a path are left behind its first part.
fn rest_of_path(tokens: &[TokenTree]) -> usize {
    let steps = tokens.chunks(3).take_while(|t| {
        matches!(t, [TokenTree::Ident(_), TokenTree::Punct(a), TokenTree::Punct(b)] if a.as_char() == ':' && b.as_char() == ':')
    });
    3 * steps.count()
}

/// The tokens of `crate::`, or of `super::super::…`: three each.
fn up(tokens: &[TokenTree]) -> usize {
    let step = |t: &[TokenTree]| matches!(t, [TokenTree::Ident(i), TokenTree::Punct(a), TokenTree::Punct(b)] if (i == "super" || i == "crate" || i == "weighmaster") && a.as_char() == ':' && b.as_char() == ':');
    let steps = tokens.chunks(3).take_while(|t| step(t)).count();
    // `pub(crate)`, `in crate`: no path.
    (3 * steps).max(1)
}

/// The first names behind a path: one, or one from each branch of a group.
fn heads(tokens: &[TokenTree]) -> Vec<String> {
    match tokens.first() {
        Some(TokenTree::Ident(name)) => vec![name.to_string()],
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            let branches = inner.split(|t| matches!(t, TokenTree::Punct(p) if p.as_char() == ','));
            branches.flat_map(heads).collect()
        }
        // All of it: nobody may.
        Some(TokenTree::Punct(p)) if p.as_char() == '*' => vec!["*".into()],
        _ => Vec::new(),
    }
}

fn named(text: &str, path: &[&str]) -> Named {
    let path: Vec<String> = path.iter().map(|s| (*s).to_owned()).collect();
    let mut named = Named::default();
    read(text.parse().unwrap(), &path, &mut named);
    named
}

/// Walks from a module's file through those that it declares; tells each file's names.
fn walk(file: &Path, path: &[&str], tell: &mut impl FnMut(&Path, &Named)) {
    let named = named(&fs::read_to_string(file).unwrap(), path);
    tell(file, &named);
    let folder = match file.file_stem().unwrap().to_str().unwrap() {
        "mod" | "lib" => file.parent().unwrap().to_owned(),
        _ => file.with_extension(""),
    };
    for module in named.declared {
        let file = [format!("{module}.rs"), format!("{module}/mod.rs")]
            .map(|name| folder.join(name))
            .into_iter()
            .find(|file| file.exists())
            .unwrap_or_else(|| panic!("no file of {module} in {}", folder.display()));
        walk(&file, &[path, &[module.as_str()]].concat(), tell);
    }
}

#[test]
fn a_module_names_only_what_it_may() {
    let allowed: BTreeMap<&str, &[&str]> = MODULES.iter().copied().collect();
    let (mut files, mut wrong) = (0, Vec::new());
    let lib = root().join("src/lib.rs");
    let declared = named(&fs::read_to_string(&lib).unwrap(), &[]).declared;
    assert_eq!(
        declared.iter().map(String::as_str).collect::<BTreeSet<_>>(),
        allowed.keys().copied().collect(),
        "the modules of src/lib.rs and those of MODULES"
    );
    for module in &declared {
        let folder = root().join("src").join(module).join("mod.rs");
        let file = match folder.exists() {
            true => folder,
            false => root().join(format!("src/{module}.rs")),
        };
        walk(&file, &[module], &mut |file, named| {
            files += 1;
            let forbidden = |name: &&String| {
                *name != module && !allowed[module.as_str()].contains(&name.as_str())
            };
            let outside = |name: &&String| {
                let row = LIBRARIES.iter().find(|(library, _)| library == name);
                row.is_some_and(|(_, may)| !may.contains(&module.as_str()))
            };
            let forbidden = named.of_the_crate.iter().filter(forbidden);
            for name in forbidden.chain(named.others.iter().filter(outside)) {
                wrong.push(format!("{} names {name}", file.display()));
            }
        });
    }
    let main = fs::read_to_string(root().join("src/main.rs")).unwrap();
    let top: Vec<String> = named(&main, &[]).of_the_crate.into_iter().collect();
    assert_eq!(top, ["cli", "types"], "src/main.rs");
    assert!(files > 100, "only {files} files were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_modules_form_no_circle() {
    // Each may name only modules that stand before it.
    for (at, (module, allowed)) in MODULES.iter().enumerate() {
        let before: Vec<&str> = MODULES[..at].iter().map(|m| m.0).collect();
        let later = allowed.iter().find(|name| !before.contains(name));
        assert_eq!(later, None, "of {module}");
    }
}

#[test]
fn the_check_sees_what_is_named_in_any_form() {
    let names = |text: &str, path: &[&str]| -> Vec<String> {
        named(text, path).of_the_crate.into_iter().collect()
    };
    assert_eq!(names("use crate::store::Store;", &["query"]), ["store"]);
    assert_eq!(
        names(
            "use crate::{\n    types::Uid,\n    loops::{a, b},\n};",
            &["query"]
        ),
        ["loops", "types"]
    );
    assert_eq!(
        names("fn f() { warn!(\"{}\", crate::app::start()) }", &["query"]),
        ["app"]
    );
    assert_eq!(
        names("use super::super::cli;", &["query", "guard"]),
        ["cli"]
    );
    assert_eq!(
        names("use super::{cli, store::Store};", &["query"]),
        ["cli", "store"]
    );
    assert_eq!(
        names("mod inner { use super::super::cli; }", &["query"]),
        ["cli"]
    );
    assert_eq!(
        names("use weighmaster::{cli::Cli, store};", &[]),
        ["cli", "store"]
    );
    // All of the root is more than anybody may name.
    assert_eq!(names("use crate::*;", &["query"]), ["*"]);
    assert_eq!(names("use super::*;", &["query"]), ["*"]);
    // What stays below the module's own root.
    assert_eq!(names("use super::body;", &["query", "guard"]), ["query"]);
    assert_eq!(names("pub(crate) fn f() {}", &["query"]), [""; 0]);
    // Comments, texts and tests name nothing.
    let quiet = "// use crate::a;\n/// crate::b\nconst X: &str = \"crate::c\";\n#[cfg(test)]\nmod tests { use crate::d; }\n\
                 #[cfg(test)]\nmod other;\n#[cfg(test)]\nuse crate::e;\nmod real;";
    assert_eq!(
        named(quiet, &["query"]),
        Named {
            of_the_crate: BTreeSet::new(),
            others: BTreeSet::new(),
            declared: vec!["real".into()]
        }
    );
    // Libraries, in `use` and in code, and not what only ends a path.
    let text = "use sqlx::PgPool;\nfn f() { tokio::spawn(async { g(std::hyper::X) }); }";
    let others = named(text, &["weights"]).others;
    assert_eq!(
        others.iter().map(String::as_str).collect::<Vec<_>>(),
        ["sqlx", "std", "tokio"]
    );
}

/// Every manifest of the workspace by its package's name.
fn manifests() -> BTreeMap<String, Table> {
    let read = |folder: &str| -> Table {
        let text = fs::read_to_string(root().join(folder).join("Cargo.toml")).unwrap();
        text.parse().unwrap()
    };
    let members = read("");
    let members = members["workspace"]["members"].as_array().unwrap();
    let name = |manifest: &Table| manifest["package"]["name"].as_str().unwrap().to_owned();
    let all = members.iter().map(|m| read(m.as_str().unwrap()));
    all.map(|manifest| (name(&manifest), manifest)).collect()
}

/// The packages that a section names, by the names they have themselves, also for one platform alone.
fn uses<'m>(workspace: &'m Table, manifest: &'m Table, section: &str) -> Vec<&'m str> {
    let table = |of: &'m Table| of.get(section).and_then(|s| s.as_table());
    let platforms = manifest.get("target").and_then(|t| t.as_table());
    let platforms = platforms.into_iter().flat_map(|t| t.values());
    let tables = platforms.filter_map(|t| t.as_table()).filter_map(table);
    let shared = &workspace["workspace"]["dependencies"];
    let package = |(key, value): (&'m String, &'m toml::Value)| {
        let renamed = value
            .get("package")
            .or_else(|| shared.get(key)?.get("package"));
        renamed.and_then(|p| p.as_str()).unwrap_or(key)
    };
    tables
        .chain(table(manifest))
        .flatten()
        .map(package)
        .collect()
}

#[test]
fn a_crate_uses_only_what_it_may() {
    let allowed: BTreeMap<&str, &[&str]> = CRATES.iter().copied().collect();
    let manifests = manifests();
    let workspace = &manifests["weighmaster"];
    assert_eq!(
        manifests
            .keys()
            .map(String::as_str)
            .collect::<BTreeSet<_>>(),
        allowed.keys().copied().collect(),
        "the workspace's members and those of CRATES"
    );
    for (name, manifest) in &manifests {
        for used in uses(workspace, manifest, "dependencies") {
            assert!(
                !manifests.contains_key(used) || allowed[name.as_str()].contains(&used),
                "{name} uses {used}"
            );
        }
        for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
            for used in uses(workspace, manifest, section) {
                let reserved = RESERVED.iter().find(|(start, _)| used.starts_with(start));
                assert!(
                    reserved.is_none_or(|(_, who)| who.contains(&name.as_str())),
                    "{name} uses {used}"
                );
            }
        }
    }
}

#[test]
fn the_crates_form_no_circle() {
    for (at, (name, allowed)) in CRATES.iter().enumerate() {
        let before: Vec<&str> = CRATES[..at].iter().map(|c| c.0).collect();
        let later = allowed.iter().find(|used| !before.contains(used));
        assert_eq!(later, None, "of {name}");
    }
}

/// Public items of a member are read by strangers: each says what it means.
#[test]
fn every_member_has_its_public_items_documented() {
    let members: Table = fs::read_to_string(root().join("Cargo.toml"))
        .unwrap()
        .parse()
        .unwrap();
    for folder in members["workspace"]["members"].as_array().unwrap() {
        let folder = folder.as_str().unwrap();
        if folder == "." {
            continue;
        }
        let lib = fs::read_to_string(root().join(folder).join("src/lib.rs")).unwrap();
        // Where a macro writes into the crate's root, each module warns by itself.
        let lines: Vec<&str> = lib.lines().collect();
        let bare = lines
            .windows(2)
            .any(|l| l[1].starts_with("pub mod ") && l[0] != "#[warn(missing_docs)]");
        assert!(
            lines.contains(&"#![warn(missing_docs)]") || !bare,
            "{folder}/src/lib.rs"
        );
    }
}
