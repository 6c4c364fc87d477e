// Package forms is the part of the store that knows what contributions are
// asked and what is made of the answers: forms and their versions,
// vocabularies, quotations gathered under words, dossiers, invitation links,
// imports.
//
// It reads no entry, but to share it: what lists are narrowed by is written by store's index.
// store.Reader and store.Tx have its methods; nobody else makes a Reader or a
// Tx. Start with form.go.
package forms

import (
	"database/sql"

	"bourgeon/store/rows"
)

// Reader answers questions about forms.
type Reader struct{ q rows.Querier }

// NewReader reads through q.
func NewReader(q rows.Querier) Reader { return Reader{q} }

// Tx writes what is known of forms.
type Tx struct{ tx *sql.Tx }

// NewTx writes in tx.
func NewTx(tx *sql.Tx) Tx { return Tx{tx} }
