; Each block comment is a text of its own.
((comment) @injection.content
  (#match? @injection.content "^/[*][\\s\\S]*@klotho::")
  (#set! injection.language "klotho")
  (#set! injection.include-children))

; Line comments are read together: an annotation goes over several of them.
((comment) @injection.content
  (#match? @injection.content "^//")
  (#set! injection.language "klotho")
  (#set! injection.include-children)
  (#set! injection.combined))
