module example.com/parcels

go 1.20

require (
	github.com/go-chi/chi/v5 v5.0.8
	gocloud.dev v0.29.0
)
