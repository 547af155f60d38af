(mark) @attribute
"::" @punctuation.delimiter
(capability) @type

(leader) @comment
(comment) @comment


(key) @variable.other.member
(table [(key) (dotted_key (key))] @namespace)

(string) @string
(number) @constant.numeric
(date) @string.special
(boolean) @constant.builtin.boolean

"=" @operator
["," "."] @punctuation.delimiter
["{" "}" "[" "]" "[[" "]]"] @punctuation.bracket
