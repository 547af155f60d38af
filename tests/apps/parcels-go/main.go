// Parcels and where they are.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"path/filepath"

	"example.com/parcels/labels"
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"gocloud.dev/runtimevar"
	_ "gocloud.dev/runtimevar/filevar"
)

type parcel struct {
	Code string `json:"code"`
	City string `json:"city"`
}

func main() {
	path, err := filepath.Abs("carrier.key")
	if err != nil {
		log.Fatal(err)
	}

	/* @klotho::config {
	 *   id = "carrier-key"
	 *   secret = true
	 * }
	 */
	key, err := runtimevar.OpenVariable(context.Background(), fmt.Sprintf("file://%s?decoder=string", path))
	if err != nil {
		log.Fatal(err)
	}
	defer key.Close()

	r := chi.NewRouter()
	r.Use(middleware.Logger)

	r.Get("/parcels/{code}", func(w http.ResponseWriter, req *http.Request) {
		found, err := track(req.Context(), key, chi.URLParam(req, "code"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		json.NewEncoder(w).Encode(found)
	})

	r.Mount("/labels", labels.Routes())

	// @klotho::expose {
	//   id = "parcels-api"
	//   target = "public"
	// }
	log.Fatal(http.ListenAndServe(":3000", r))
}

// track asks the carrier where a parcel is.
func track(ctx context.Context, key *runtimevar.Variable, code string) (*parcel, error) {
	snapshot, err := key.Latest(ctx)
	if err != nil {
		return nil, err
	}
	return &parcel{Code: code, City: fmt.Sprint(snapshot.Value)}, nil
}
