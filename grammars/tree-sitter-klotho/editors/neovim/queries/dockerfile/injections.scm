; extends

; Line comments are read together: an annotation goes over several of them.
((comment) @injection.content
  (#set! injection.language "klotho")
  (#set! injection.include-children)
  (#set! injection.combined))
