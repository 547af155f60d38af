//! Annotations as a language writes them in its comments.

use klotho_annotation::MARK;
use klotho_grammars::Language;

/// How comments are written at a place.
pub(super) struct Written<'a> {
    pub(super) language: Language,
    /// The blanks before each line.
    pub(super) indent: &'a str,
    pub(super) newline: &'a str,
}

impl<'a> Written<'a> {
    /// As the rest of a text, at a column.
    pub(super) fn like(text: &str, language: Language, indent: &'a str) -> Self {
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        Self { language, indent, newline }
    }

    /// An annotation with these directives in its forms, best first, each with the end of its last line: one directive fits
    /// a line, more get a line each.
    pub(super) fn forms(&self, capability: &str, directives: &[String]) -> Vec<String> {
        let block = self.block(capability, directives);
        match directives {
            [only] => vec![self.line(&format!("{MARK}{capability} {{ {only} }}")), block],
            _ => vec![block],
        }
    }

    fn line(&self, text: &str) -> String {
        format!("{}{} {text}{}", self.indent, self.language.spec().comments.line, self.newline)
    }

    /// In a comment that stands by itself, where the language has such.
    fn block(&self, capability: &str, directives: &[String]) -> String {
        let (indent, newline) = (self.indent, self.newline);
        let head = format!("{MARK}{capability} {{");
        match self.language.spec().comments.block {
            Some((open, close)) => {
                let body: String =
                    directives.iter().map(|line| format!("{indent} *   {line}{newline}")).collect();
                format!("{indent}{open} {head}{newline}{body}{indent} * }}{newline}{indent} {close}{newline}")
            }
            None => {
                let body = directives.iter().map(|line| self.line(&format!("  {line}")));
                format!("{}{}{}", self.line(&head), body.collect::<String>(), self.line("}"))
            }
        }
    }
}

/// Behind the lines that must come first: which program runs the file, and how its text is encoded.
pub(crate) fn after_head(text: &str) -> usize {
    let is_head = |line: &&str| line.starts_with("#!") || (line.starts_with('#') && line.contains("coding"));
    let bom = text.len() - text.trim_start_matches('\u{feff}').len();
    bom + text[bom..].split_inclusive('\n').take(2).take_while(is_head).map(str::len).sum::<usize>()
}
