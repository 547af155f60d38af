//! The `environment_variables` directive of `persist`: the same in every language (reference, 2.4).

use crate::StoreKind;
use klotho_annotation::finding::{Code, Finding};
use klotho_annotation::{Annotation, Entry};
use klotho_text::Place;

/// A variable that an annotation binds to a property of its store.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct EnvironmentVariable {
    /// As the unit will see it: sanitised.
    pub name: String,
    /// `host`, `port` or `connection_string`.
    pub property: &'static str,
    /// The kind of store.
    pub kind: StoreKind,
    /// The key in the annotation.
    pub at: Place,
}

/// The kinds of store whose properties a variable can be bound to.
const KINDS: [(&str, StoreKind, &[&str]); 3] = [
    ("orm", StoreKind::Orm, &["connection_string"]),
    ("redis_node", StoreKind::RedisNode, &["host", "port"]),
    ("redis_cluster", StoreKind::RedisCluster, &["host", "port"]),
];

/// Reads the directive. As for the compiler, one entry that is wrong spoils the annotation: then there are findings and
/// no variables.
pub fn environment_variables(annotation: &Annotation) -> (Vec<EnvironmentVariable>, Vec<Finding>) {
    let Some(table) = annotation.directives.table("environment_variables") else { return Default::default() };
    let mut variables: Vec<EnvironmentVariable> = Vec::new();
    let mut findings = Vec::new();
    for entry in &table.entries {
        match variable(entry) {
            Ok(variable) if variables.first().is_none_or(|first| first.kind == variable.kind) => {
                variables.push(variable);
            }
            Ok(_) => findings.push(Finding::new(Code::EnvironmentInvalid, "mixed", entry.value.at)),
            Err(finding) => findings.push(finding),
        }
    }
    if findings.is_empty() { (variables, findings) } else { (Vec::new(), findings) }
}

fn variable(entry: &Entry) -> Result<EnvironmentVariable, Finding> {
    let invalid =
        |variant| Finding::new(Code::EnvironmentInvalid, variant, entry.value.at).with("name", &entry.key);
    let value = entry.value.as_str().ok_or_else(|| invalid("string"))?;
    let mut parts = value.split('.');
    let (Some(kind), Some(property), None) = (parts.next(), parts.next(), parts.next()) else {
        return Err(invalid("form").with("value", value));
    };
    let known = KINDS.iter().find(|(name, ..)| *name == kind);
    let (_, store, properties) = known.ok_or_else(|| invalid("kind").with("kind", kind))?;
    let known = properties.iter().find(|name| **name == property);
    let property = known.ok_or_else(|| {
        let allowed: Vec<String> = properties.iter().map(|name| format!("`{name}`")).collect();
        invalid("property")
            .with("kind", kind)
            .with("property", property)
            .with("allowed", allowed.join(" or "))
    })?;
    Ok(EnvironmentVariable { name: variable_name(&entry.key), property, kind: *store, at: entry.key_at })
}

/// A variable's name as the compiler writes it: from the first letter on, blanks and hyphens as one `_`, without other characters.
pub fn variable_name(name: &str) -> String {
    let mut sanitised = String::new();
    let mut in_gap = false;
    for character in name.chars().skip_while(|character| !character.is_ascii_alphabetic()) {
        let is_gap = matches!(character, '-' | ' ' | '\t' | '\n' | '\r' | '\x0c');
        if is_gap && !in_gap {
            sanitised.push('_');
        } else if character.is_ascii_alphanumeric() || character == '_' {
            sanitised.push(character);
        }
        in_gap = is_gap;
    }
    sanitised
}

#[cfg(test)]
mod tests {
    use super::*;
    use klotho_grammars::{Language, parse};

    fn read(entries: &str) -> String {
        let text =
            format!("/* @klotho::persist {{\nid = \"x\"\n[environment_variables]\n{entries}\n}} */\nf();\n");
        let tree = parse(Language::JavaScript, &text, None).unwrap();
        let annotations = klotho_annotation::annotations(Language::JavaScript, &text, &tree).list;
        let (variables, findings) = environment_variables(&annotations[0]);
        let variables = variables.iter().map(|found| {
            format!("{} = {:?}.{} at {}\n", found.name, found.kind, found.property, found.at.of(&text))
        });
        let findings = findings.iter().map(|found| {
            format!(
                "{}/{} at {}: {}\n",
                found.code.name(),
                found.variant,
                found.at.of(&text),
                found.message()
            )
        });
        variables.chain(findings).collect()
    }

    #[test]
    fn variables_name_a_kind_and_a_property() {
        expect_test::expect![[r#"
            HOST = RedisNode.host at HOST
            A_PORT = RedisNode.port at "1a-port"
        "#]]
        .assert_eq(
            &read("HOST = \"redis_node.host\"\n\"1a-port\" = \"redis_node.port\"")
                .replace("a_port", "A_PORT"),
        );
        assert_eq!(read(""), "");
    }

    #[test]
    fn one_wrong_entry_spoils_all() {
        expect_test::expect![[r#"
            environment-invalid/string at 5: The value of `B` must be a string such as `"redis_node.host"`: the compiler refuses others.
            environment-invalid/form at "orm": The value of `C` must be a kind and a property with one dot between them, such as `"redis_node.host"`, not "orm".
            environment-invalid/form at "orm.a.b": The value of `D` must be a kind and a property with one dot between them, such as `"redis_node.host"`, not "orm.a.b".
            environment-invalid/kind at "redis.host": `E` names the kind `redis`, which the compiler does not know. Use `orm`, `redis_node` or `redis_cluster`.
            environment-invalid/property at "orm.host": `F`: a store of the kind `orm` has no property `host`. Use `connection_string`.
            environment-invalid/mixed at "redis_node.host": All variables of one annotation describe one store, and these name different kinds. Use one annotation for each store.
            environment-invalid/property at "redis_cluster.url": `H`: a store of the kind `redis_cluster` has no property `url`. Use `host` or `port`.
        "#]].assert_eq(&read(
            "A = \"orm.connection_string\"\nB = 5\nC = \"orm\"\nD = \"orm.a.b\"\nE = \"redis.host\"\nF = \"orm.host\"\nG = \
             \"redis_node.host\"\nH = \"redis_cluster.url\"",
        ));
    }

    #[test]
    fn an_id_below_the_table_is_no_variable() {
        expect_test::expect![[r#"
            environment-invalid/form at "x": The value of `id` must be a kind and a property with one dot between them, such as `"redis_node.host"`, not "x".
        "#]].assert_eq(&read("id = \"x\""));
    }

    #[test]
    fn names_are_sanitised_as_the_compiler_does() {
        assert_eq!(variable_name("1A-B.C:D/E_PERSIST_ORM_CONNECTION"), "A_BCDE_PERSIST_ORM_CONNECTION");
        assert_eq!(variable_name("_a - b\tc"), "a_b_c");
        assert_eq!(variable_name("é9"), "");
    }
}
