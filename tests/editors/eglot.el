;;; eglot.el --- Emacs with eglot drives the real server  -*- lexical-binding: t -*-
;;
;;   KLOTHO_LS=target/release/klotho-ls emacs --batch -q -f package-initialize -l tests/editors/eglot.el
;;
;; Emacs 28 with the package eglot, or newer, set up as docs/editors/emacs.md says, on a small project.

(load (expand-file-name "emacs.el" (file-name-directory (or load-file-name buffer-file-name))) nil t)

(defun hover ()
  (let ((answer (jsonrpc-request (eglot-current-server) :textDocument/hover
                                 (eglot--TextDocumentPositionParams))))
    (format "%s" (plist-get answer :contents))))

(defun run (folder)
  (run-snippet "eglot")
  (setq eglot-confirm-server-edits nil eglot-sync-connect 30)
  (project folder)
  (find-file (expand-file-name "src/orders.js" folder))
  (call-interactively #'eglot)
  (check "the server is started" (eglot-current-server))
  (check "it is told of the project's folder"
         (file-equal-p folder (project-root (project-current))) (project-current))
  (check-mistakes)
  (check-hover #'hover)
  (check-a-switch folder (lambda () (eglot-code-actions (point) (point) nil t)))
  (eglot-shutdown (eglot-current-server))
  (check "the server ends" (not (eglot-current-server))))

(drive #'run)
