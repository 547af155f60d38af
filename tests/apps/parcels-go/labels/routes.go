package labels

import (
	"io"
	"net/http"

	"github.com/go-chi/chi/v5"
)

// Routes serves printed labels.
func Routes() chi.Router {
	r := chi.NewRouter()
	r.Get("/{code}", func(w http.ResponseWriter, req *http.Request) {
		label, err := Read(req.Context(), chi.URLParam(req, "code"))
		if err != nil {
			http.Error(w, "no such label", http.StatusNotFound)
			return
		}
		w.Write(label)
	})
	r.Put("/{code}", put)
	r.Delete("/{code}", remove)
	return r
}

func put(w http.ResponseWriter, req *http.Request) {
	label, err := io.ReadAll(req.Body)
	if err == nil {
		err = Write(req.Context(), chi.URLParam(req, "code"), label)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func remove(w http.ResponseWriter, req *http.Request) {
	if err := files.Delete(req.Context(), chi.URLParam(req, "code")); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}
