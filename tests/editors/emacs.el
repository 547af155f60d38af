;;; emacs.el --- What the tests of Emacs' clients have in common  -*- lexical-binding: t -*-
;;
;; Loaded by eglot.el and lsp-mode.el.  Every wait is for a condition.  Prints one line a check and a summary; ends with 1
;; when a check failed.

(require 'cl-lib)

(defconst patience 60 "Seconds until a condition counts as never met.")
(defconst repository
  (expand-file-name "../.." (file-name-directory (or load-file-name buffer-file-name))))
(defvar failed 0)
(defvar passed 0)

(defun check (name ok &optional detail)
  (if ok
      (setq passed (1+ passed))
    (setq failed (1+ failed)))
  (princ (format "%s %s%s\n" (if ok "ok     " "FAILED ") name
                 (if (and (not ok) detail) (format "\n        %s" detail) "")))
  ok)

(defun wait-for (condition)
  "Whether CONDITION comes to hold."
  (let ((end (+ (float-time) patience)) found)
    (while (and (not (setq found (funcall condition))) (< (float-time) end))
      (sit-for 0.05)
      (accept-process-output nil 0.05))
    found))

(defun text-of (file)
  (with-temp-buffer
    (insert-file-contents file)
    (buffer-string)))

(defun run-snippet (client)
  "Evaluates what the page tells people to write into their init.el for CLIENT, as it stands there."
  (with-temp-buffer
    (insert-file-contents (expand-file-name "docs/editors/emacs.md" repository))
    (search-forward (format "\n## %s\n" client))
    (search-forward "\n```elisp\n")
    (let ((start (point)))
      (search-forward "\n```\n")
      (let ((forms (buffer-substring start (match-beginning 0))))
        (with-temp-buffer
          (insert forms)
          (eval-buffer))))))

(defun project (folder)
  "A unit whose traffic is stated, with one mistake in it."
  (make-directory (expand-file-name "src" folder) t)
  (write-region "app: shop\nprovider: aws\nexecution_units:\n  orders:\n    type: lambda\n" nil
                (expand-file-name "klotho.yaml" folder))
  (write-region "{ \"name\": \"shop\", \"main\": \"src/orders.js\" }\n" nil (expand-file-name "package.json" folder))
  (write-region
   (concat "/* @klotho::execution_unit {\n *   id = \"orders\"\n *   target = \"lambda\"\n *   [workload]\n"
           " *   monthly_requests = 10_000_000\n * }\n */\n/* @klotho::persist { idd = \"x\" } */\n"
           "const orders = new Map();\nexports.read = async (id) => await orders.get(id);\n")
   nil (expand-file-name "src/orders.js" folder)))

(defun diagnostics ()
  (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))

(defun answering (title ask)
  "Calls ASK, which lets a person choose among texts, and chooses the one that starts with TITLE.  Returns all that were offered."
  ;; A key, so that the choice is one of texts and not of a menu.
  (let ((last-nonmenu-event ?a) offered)
    (cl-letf (((symbol-function 'y-or-n-p) (lambda (&rest _) t))
              ((symbol-function 'completing-read)
               (lambda (_prompt choices &rest _)
                 (setq offered (all-completions "" choices))
                 (or (cl-find-if (lambda (choice) (string-prefix-p title choice)) offered)
                     (car offered)))))
      (funcall ask))
    offered))

(defun put-server-on-path (folder)
  (let ((server (expand-file-name (getenv "KLOTHO_LS")))
        (bin (expand-file-name "bin" folder)))
    (make-directory bin t)
    (make-symbolic-link server (expand-file-name "klotho-ls" bin))
    (push bin exec-path)
    (setenv "PATH" (concat bin path-separator (getenv "PATH")))))

(defun check-a-switch (folder ask)
  "Whether the unit of the project in FOLDER is switched by ASK, which asks for code actions."
  (goto-char (point-min))
  (search-forward "execution_")
  (let ((offered (answering "Switch orders to ECS" ask)))
    (when (check "switching to ECS is offered"
                 (cl-some (lambda (choice) (string-prefix-p "Switch orders to ECS" choice)) offered) offered)
      (wait-for (lambda () (buffer-modified-p)))
      (save-some-buffers t)
      (let ((source (text-of (expand-file-name "src/orders.js" folder)))
            (config (text-of (expand-file-name "klotho.yaml" folder))))
        (check "the annotation on disk says ecs" (string-match-p "target = \"ecs\"" source) source)
        (check "klotho.yaml on disk says ecs" (string-match-p "type: ecs" config) config)))))

(defun check-mistakes ()
  (check "a mistake is reported" (wait-for #'diagnostics))
  (check "it says what is wrong" (cl-some (lambda (text) (string-match-p "id" text)) (diagnostics)) (diagnostics)))

(defun check-hover (ask)
  "Whether ASK, which returns what a hover says, says what the unit costs."
  (goto-char (point-min))
  (search-forward "execution_")
  (let ((text (wait-for (lambda ()
                          (let ((text (funcall ask)))
                            (and (string-match-p "Fargate" text) text))))))
    (check "the hover compares Lambda and Fargate" (and text (string-match-p "Lambda" text)) (funcall ask))))

(defun drive (run)
  "Calls RUN in a folder of its own, and ends Emacs with what became of it."
  (let ((folder (make-temp-file "klotho" t))
        (make-backup-files nil)
        (create-lockfiles nil))
    (princ (format "%s\n" (emacs-version)))
    (unwind-protect
        (condition-case reason
            (progn
              (put-server-on-path folder)
              (funcall run folder))
          (error (check "the script runs to its end" nil reason)))
      (delete-directory folder t))
    (princ (format "%d passed, %d failed\n" passed failed))
    (kill-emacs (if (zerop failed) 0 1))))
