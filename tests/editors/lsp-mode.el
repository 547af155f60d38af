;;; lsp-mode.el --- Emacs with lsp-mode drives the real server  -*- lexical-binding: t -*-
;;
;;   KLOTHO_LS=target/release/klotho-ls emacs --batch -q -f package-initialize -l tests/editors/lsp-mode.el
;;
;; Emacs with the package lsp-mode, set up as docs/editors/emacs.md says, on a small project.

(load (expand-file-name "emacs.el" (file-name-directory (or load-file-name buffer-file-name))) nil t)

(defun hover ()
  (lsp-describe-thing-at-point)
  (let ((shown (get-buffer "*lsp-help*")))
    (if shown (with-current-buffer shown (buffer-string)) "")))

(defun run (folder)
  (run-snippet "lsp-mode")
  (project folder)
  (find-file (expand-file-name "src/orders.js" folder))
  ;; What a person does who is asked for the root of the project and takes what is proposed.
  (lsp-workspace-folders-add folder)
  (call-interactively #'lsp)
  (check "the server is started"
         (wait-for (lambda () (eq 'initialized (when-let ((server (car (lsp-workspaces)))) (lsp--workspace-status server))))))
  (check-mistakes)
  (check-hover #'hover)
  (check-a-switch folder (lambda () (call-interactively #'lsp-execute-code-action)))
  (let ((server (lsp--workspace-cmd-proc (car (lsp-workspaces)))))
    (lsp-workspace-shutdown (car (lsp-workspaces)))
    (check "the server ends" (wait-for (lambda () (not (process-live-p server)))))))

(drive #'run)
