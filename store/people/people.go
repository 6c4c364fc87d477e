// Package people is the part of the store that knows who somebody is and what
// they may do: persons, roles, invitations, sessions, challenges, tokens.
//
// It reads no entry. store.Reader and store.Tx have its methods; nobody else
// makes a Reader or a Tx. Start with person.go.
package people

import (
	"database/sql"

	"bourgeon/kit/engine"
	"bourgeon/store/rows"
)

// Reader answers questions about people.
type Reader struct{ q rows.Querier }

// NewReader reads through q.
func NewReader(q rows.Querier) Reader { return Reader{q} }

// Tx writes what is known of people.
type Tx struct {
	tx     *sql.Tx
	engine *engine.Engine
}

// NewTx writes in tx, on a database of that engine.
func NewTx(tx *sql.Tx, on *engine.Engine) Tx { return Tx{tx, on} }
