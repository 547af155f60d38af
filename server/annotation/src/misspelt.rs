//! Keys of a body that nobody reads and that come near one that is read.
//!
//! Other keys that nobody knows are left alone: people keep notes there.

use crate::catalogue::{Capability, Directive, capability, nearest_key};
use crate::finding::{Code, Finding};
use crate::kinds::fits;
use crate::{Annotation, Entry};

/// So many keys of an annotation that nobody reads are compared: a longer list holds notes, not mistakes.
const MOST: usize = 64;

/// A key that was probably meant otherwise.
#[derive(Clone, Copy, Debug)]
pub struct Misspelt<'a> {
    /// As it is written, with its value.
    pub entry: &'a Entry,
    /// The key that was meant.
    pub meant: &'static str,
    /// Whether no other key that was compared may mean the same.
    pub is_only: bool,
}

/// The keys of an annotation that were probably meant otherwise. What is given already is not what another key means, and
/// neither is what takes no value like that of the key. Keys within tables are judged by who reads the tables.
pub fn misspelt(annotation: &Annotation) -> Vec<Misspelt<'_>> {
    let Some(capability) = capability(&annotation.capability) else { return Vec::new() };
    let entries = &annotation.directives.entries;
    let is_unread = |entry: &&Entry| !is_known(capability, &entry.key);
    // Almost every annotation has no such key.
    if !entries.iter().any(|entry| is_unread(&entry)) {
        return Vec::new();
    }
    let is_given = |directive: &&Directive| entries.iter().any(|entry| entry.key == directive.name);
    let (_, free): (Vec<_>, Vec<_>) = capability.directives.iter().partition(is_given);
    let near = |entry| Some(Misspelt { entry, meant: meant(entry, &free)?, is_only: true });
    let mut found: Vec<_> = entries.iter().filter(is_unread).take(MOST).filter_map(near).collect();
    for directive in free {
        let same = || found.iter().filter(|found| found.meant == directive.name).count();
        if same() > 1 {
            found.iter_mut().filter(|one| one.meant == directive.name).for_each(|one| one.is_only = false);
        }
    }
    found
}

fn is_known(capability: &Capability, key: &str) -> bool {
    capability.historic_directives.contains(&key)
        || capability.directives.iter().any(|directive| directive.name == key)
}

/// The key among those that are free for which an entry was probably meant.
fn meant(entry: &Entry, free: &[&'static Directive]) -> Option<&'static str> {
    let takes = |directive: &&&Directive| directive.types.iter().any(|kind| fits(*kind, &entry.value.kind));
    nearest_key(&entry.key, free.iter().filter(takes).map(|directive| directive.name))
}

/// What is to be said of them.
pub(crate) fn check(annotation: &Annotation) -> impl Iterator<Item = Finding> {
    misspelt(annotation).into_iter().map(|Misspelt { entry, meant, is_only }| {
        let variant = match entry.key.eq_ignore_ascii_case(meant) {
            _ if !is_only => "several",
            true => "case",
            false => "",
        };
        Finding::new(Code::UnknownDirective, variant, entry.key_at)
            .with("capability", &annotation.capability)
            .with("key", &entry.key)
            .with("suggestion", format!(" Did you mean `{meant}`?"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::CAPABILITIES;
    use klotho_grammars::{Language, parse};

    /// What the keys of an annotation with this body are taken for, each before what was meant.
    fn taken(capability: &str, body: &str) -> String {
        let text = format!("/* @klotho::{capability} {{\n{body}\n}} */\nx();");
        let tree = parse(Language::JavaScript, &text, None).unwrap();
        let read = crate::annotations(Language::JavaScript, &text, &tree);
        let found = misspelt(&read.list[0]).into_iter();
        let shown = found.map(|found| {
            let mark = if found.is_only { "" } else { "?" };
            format!("{} {}{mark}", found.entry.key_at.of(&text), found.meant)
        });
        shown.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn a_key_that_comes_near_one_of_the_capability_is_found() {
        for (capability, body, expected) in [
            ("execution_unit", "id = \"a\"\ntargt = \"ecs\"", "targt target"),
            ("execution_unit", "idd = \"a\"", "idd id"),
            ("execution_unit", "ID = \"a\"", "ID id"),
            ("execution_unit", "Target = \"ecs\"", "Target target"),
            ("execution_unit", "targets = \"ecs\"", "targets target"),
            ("execution_unit", "\"targt\" = \"ecs\"", "\"targt\" target"),
            ("execution_unit", "'keep-warm' = true", "'keep-warm' keep_warm"),
            ("execution_unit", "[worklod]\nmonthly_requests = 1", "worklod workload"),
            ("execution_unit", "[worklod.x]\ny = 1", "worklod workload"),
            ("execution_unit", "worklod.monthly_requests = 1\nworklod.memory_mb = 2", "worklod workload"),
            ("execution_unit", "require = { gpu = true }", "require requires"),
            ("expose", "targte = \"public\"", "targte target"),
            ("persist", "sceret = true", "sceret secret"),
            ("persist", "[worklod]\nstorage_gb = 1", "worklod workload"),
            (
                "persist",
                "environment_variable = { A = \"orm.connection_string\" }",
                "environment_variable environment_variables",
            ),
            ("persist", "environment_vars = { A = \"b\" }", "environment_vars environment_variables"),
            // Of three letters or fewer: one doubled, one where two belong, two that changed places, the other of two doubled.
            ("execution_unit", "iid = \"a\"", "iid id"),
            ("execution_unit", "di = \"a\"", "di id"),
            ("execution_unit", "Idd = \"a\"", "Idd id"),
            ("persist", "tl = 60", "tl ttl"),
            ("persist", "tll = 60", "tll ttl"),
            ("persist", "tlt = 60", "tlt ttl"),
            ("persist", "TTL = 60", "TTL ttl"),
            (
                "static_unit",
                "static_file = \"a\"\nindex_dokument = \"b\"",
                "static_file static_files, index_dokument index_document",
            ),
            ("embed_assets", "includes = [\"a\"]\nexlude = \"b\"", "includes include, exlude exclude"),
        ] {
            assert_eq!(taken(capability, body), expected, "{capability} {body}");
        }
    }

    #[test]
    fn a_note_is_left_alone() {
        for (capability, body) in [
            ("execution_unit", "id = \"a\"\nnote = \"b\"\nowner = \"c\"\nteam = \"d\"\nversion = 2"),
            ("execution_unit", "name = \"a\"\nsize = \"b\"\nmem_mb = 1\ntype = \"lambda\"\nregion = \"c\""),
            // Words of few letters, one of which differs.
            ("execution_unit", "ip = \"10\"\nuid = \"a\"\nit = \"b\"\nad = \"c\"\nids = \"d\"\n_id = \"e\""),
            ("execution_unit", "i = \"a\"\nd = \"b\"\nidx = \"c\"\n\"ïd\" = \"d\""),
            ("persist", "til = 1\ntel = 2\nttx = 3\nrtl = 4\nltt = 5"),
            // Words that keys begin with, and others that look like keys from afar.
            ("execution_unit", "keep = true\nall = true\n[work]\na = 1\n[need]\nb = 2"),
            ("execution_unit", "market = \"de\"\nlarge = \"no\"\ntarg = \"a\""),
            ("persist", "secure = true\nbatch = true\n[environment]\na = \"b\""),
            ("static_unit", "index = \"a\"\nshared = \"b\"\nstatic = \"c\"\nshared_by = \"d\""),
            // What is meant is given.
            ("execution_unit", "id = \"a\"\ndi = \"b\"\nidd = \"c\"\nID = \"d\""),
            ("execution_unit", "target = \"ecs\"\ntargt = \"ecs\""),
            // What is meant takes no such value.
            ("execution_unit", "targets = [\"ecs\"]\nworkloads = 3\nrequired = true"),
            ("persist", "version = \"1.2\""),
            ("persist", "[environment_variables]\nid = \"a\"\nidd = \"b\"\nsecrt = true"),
            ("presist", "idd = \"a\""),
            ("execution_unit", ""),
        ] {
            assert_eq!(taken(capability, body), "", "{capability} {body}");
        }
    }

    #[test]
    fn of_two_keys_that_may_mean_the_same_neither_is_certain() {
        let body = "targt = \"ecs\"\ntaget = \"lambda\"\nidd = \"a\"";
        assert_eq!(taken("execution_unit", body), "targt target?, taget target?, idd id");
    }

    #[test]
    fn a_long_list_holds_notes() {
        let notes = |count: usize| (0..count).map(|n| format!("note_{n} = {n}\n")).collect::<String>();
        let body = |before| format!("id = \"a\"\n{}targt = \"ecs\"\ntaget = \"ecs\"", notes(before));
        assert_eq!(taken("execution_unit", &body(MOST - 2)), "targt target?, taget target?");
        assert_eq!(taken("execution_unit", &body(MOST - 1)), "targt target");
        assert_eq!(taken("execution_unit", &body(MOST)), "");
    }

    #[test]
    fn a_key_of_another_place_is_no_misspelling() {
        let elsewhere = CAPABILITIES.iter().flat_map(|other| {
            let own = other.directives.iter().map(|directive| directive.name);
            own.chain(other.historic_directives.iter().copied())
        });
        let elsewhere: Vec<_> = elsewhere.collect();
        let values = ["\"a\"", "true", "1", "[\"a\"]", "{ a = 1 }"];
        for capability in CAPABILITIES {
            for key in &elsewhere {
                for value in values {
                    let body = format!("{key} = {value}");
                    assert_eq!(taken(capability.name, &body), "", "{} {body}", capability.name);
                }
            }
        }
    }
}
