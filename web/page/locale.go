package page

import (
	"embed"
	"io/fs"

	"bourgeon/kit/locale"
	"bourgeon/press"
)

//go:embed locale
var catalogues embed.FS

// LoadCatalogue reads the texts of all faces: locale/{language}/{face}.po.
func LoadCatalogue() (*locale.Catalogue, error) {
	sub, err := fs.Sub(catalogues, "locale")
	if err != nil {
		return nil, err
	}
	return locale.Load(sub, press.Languages...)
}
