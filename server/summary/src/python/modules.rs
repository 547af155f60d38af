//! Which packages a file imports, as the compiler sees it when it looks for stores.

use super::statements::ImportStatement;
use crate::source::Source;
use std::collections::HashMap;

/// The imported modules, wherever in the file their imports stand.
pub(super) struct Modules<'a> {
    by_name: HashMap<String, Module<'a>>,
}

/// How one module is imported, by all of a file's statements about it.
#[derive(Default)]
pub(super) struct Module<'a> {
    /// Whether `import module` stands somewhere.
    pub(super) whole: bool,
    /// What the module itself is called. The compiler keeps the last statement's word, and `from module import ...` has
    /// none: it takes an earlier `as` back.
    pub(super) alias: Option<&'a str>,
    /// The names that are taken from it, and what they are called here.
    names: HashMap<&'a str, Option<&'a str>>,
}

impl<'a> Modules<'a> {
    pub(super) fn of(source: &Source<'a>, statements: &[ImportStatement<'a>]) -> Self {
        let mut modules = Self { by_name: HashMap::new() };
        for statement in statements {
            for name in &statement.names {
                let alias = name.alias.map(|alias| source.text_of(alias));
                match &statement.module {
                    None => {
                        let module = modules.by_name.entry(name.text()).or_default();
                        module.whole = true;
                        module.alias = alias;
                    }
                    Some(from) if from.dots == 0 => {
                        let module = modules.by_name.entry(from.names.join(".")).or_default();
                        module.alias = None;
                        module.names.insert(name.names.last().copied().unwrap_or_default(), alias);
                    }
                    Some(_) => {}
                }
            }
        }
        modules
    }

    pub(super) fn get(&self, name: &str) -> Option<&Module<'a>> {
        self.by_name.get(name)
    }
}

impl<'a> Module<'a> {
    /// What `name` is called here, if it is taken from the module.
    pub(super) fn local(&self, name: &'static str) -> Option<&'a str> {
        self.names.get(name).map(|alias| alias.unwrap_or(name))
    }

    /// Whether `name` is taken from the module, as what it may.
    pub(super) fn takes(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }
}
