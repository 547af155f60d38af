; Names as most editors and tree-sitter itself use them; those of Helix stand in editors/helix.
(mark) @attribute
"::" @punctuation.delimiter
(capability) @type

(leader) @comment
(comment) @comment

(key) @property
(table [(key) (dotted_key (key))] @module)

(string) @string
(number) @number
(date) @string.special
(boolean) @boolean

"=" @operator
["," "."] @punctuation.delimiter
["{" "}" "[" "]" "[[" "]]"] @punctuation.bracket
