package editor_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"bourgeon/store/storetest"
	"bourgeon/web/walktest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// serve puts a town on the network of this machine; the address is its site's.
func serve(t *testing.T) (string, *walktest.Town) {
	t.Helper()
	town := walktest.NewTown(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { town.Handler().ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	town.At = time.Now() // the browser has a clock of its own, for cookies
	town.House.Addresses.Base = server.URL
	town.Editor.Addresses.Base = server.URL
	return server.URL + "/" + town.Site.Slug, town
}
