; extends

; Each block comment is a text of its own.
((comment) @injection.content
  (#lua-match? @injection.content "^/[*].*@klotho::")
  (#set! injection.language "klotho")
  (#set! injection.include-children))

; Line comments are read together: an annotation goes over several of them.
((comment) @injection.content
  (#lua-match? @injection.content "^//")
  (#set! injection.language "klotho")
  (#set! injection.include-children)
  (#set! injection.combined))
