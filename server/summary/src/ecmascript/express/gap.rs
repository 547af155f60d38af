//! Apps that the compiler does not see, and the form in which it would: each a finding that carries its own rewrite.

use super::app::{Making, making};
use crate::ecmascript::grammar::Kind;
use crate::ecmascript::imports::Imports;
use crate::ecmascript::outline::{Bind, Binding, Outline};
use crate::ecmascript::reader::Reader;
use klotho_annotation::finding::{Code, Finding};
use klotho_grammars::Node;
use klotho_text::Place;

/// What the compiler misses in the way in which an app is made, and what to write instead.
pub(super) fn gap<'a>(
    reader: &Reader<'a>,
    outline: &Outline<'a>,
    imports: &Imports<'a>,
    bind: &Bind<'a>,
) -> Option<Finding> {
    match making(reader, imports, bind) {
        Making::Default(name) => default_import(reader, imports, name),
        Making::Var => by_var(reader, outline, bind),
        Making::Inline => Some(inline(reader, outline, imports, bind)),
        Making::Compiled => Some(found("express-compiled", bind.value)),
        Making::Seen | Making::Twice(_) | Making::Property | Making::Other => None,
    }
}

fn found(variant: &'static str, node: Node<'_>) -> Finding {
    Finding::new(Code::CompilerGap, variant, Place::from(node.byte_range()))
}

/// `import express from "express"` becomes `import express = require("express")`; what it names besides, a second import.
fn default_import<'a>(reader: &Reader<'a>, imports: &Imports<'a>, name: &str) -> Option<Finding> {
    let (_, import, binding) = imports.only(name)?;
    let text = reader.source.text;
    let statement = import.statement;
    let finding = Finding::new(Code::CompilerGap, "express-default", statement).with("name", name);
    let quoted = import.import.at.of(text);
    let end = if statement.of(text).ends_with(';') { ";" } else { "" };
    let rewritten = format!("import {name} = require({quoted}){end}");
    let clause = text.get(binding.at.end as usize..import.import.at.start as usize)?;
    let Some(others) = clause.trim_start().strip_prefix(',') else {
        // `{ default as name }` has no second half, and its first is not for a rewrite to guess.
        let is_plain = clause.trim() == "from";
        return Some(if is_plain { finding.with("rewrite", rewritten) } else { finding });
    };
    let others = others.trim();
    Some(finding.with("rewrite", format!("{rewritten}\nimport {others} {quoted}{end}")))
}

/// `var` becomes `const`, or `let` where the variable is set again or is not alone.
fn by_var<'a>(reader: &Reader<'a>, outline: &Outline<'a>, bind: &Bind<'a>) -> Option<Finding> {
    let declaration = bind.node.parent()?;
    let keyword = declaration.child(0).filter(|keyword| keyword.kind() == "var")?;
    let name = reader.text(bind.target);
    let mut set = outline.bindings.iter().filter(|other| other.binding == Binding::Assignment);
    let is_set = set.any(|other| reader.text(other.target) == name);
    let becomes = if is_set || reader.children(declaration).count() > 1 { "let" } else { "const" };
    Some(found("express-var", keyword).with("keyword", becomes).with("rewrite", becomes))
}

/// `const app = require("express")()` becomes two declarations, where `express` is still to have as a name.
fn inline<'a>(reader: &Reader<'a>, outline: &Outline<'a>, imports: &Imports<'a>, bind: &Bind<'a>) -> Finding {
    let finding = found("express-inline", bind.value);
    let rewritten = || {
        let declaration = bind.node.parent().filter(|parent| reader.is(*parent, Kind::Lexical))?;
        let is_taken = imports.named("express").is_some()
            || outline.bindings.iter().any(|other| reader.text(other.target) == "express");
        if is_taken || reader.children(declaration).count() > 1 {
            return None;
        }
        let callee = reader.field(bind.value, |fields| fields.function)?;
        let text = reader.source.text;
        let before = text.get(declaration.start_byte()..callee.start_byte())?;
        let line = text.get(..declaration.start_byte())?;
        let indent = line.rsplit('\n').next().filter(|indent| indent.trim().is_empty())?;
        let required = reader.text(callee);
        Some((
            declaration.start_byte()..callee.end_byte(),
            format!("const express = {required};\n{indent}{before}express"),
        ))
    };
    match rewritten() {
        Some((range, text)) => {
            Finding::new(Code::CompilerGap, "express-inline", Place::from(range)).with("rewrite", text)
        }
        None => finding,
    }
}
