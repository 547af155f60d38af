; Helix's own names; the first that fits counts.
(mark) @attribute
"::" @punctuation.delimiter
(capability) @type

(leader) @comment
(comment) @comment

(table [(key) (dotted_key (key))] @namespace)
(key) @variable.other.member

(string) @string
(number) @constant.numeric
(date) @string.special
(boolean) @constant.builtin.boolean

"=" @operator
["," "."] @punctuation.delimiter
["{" "}" "[" "]" "[[" "]]"] @punctuation.bracket
