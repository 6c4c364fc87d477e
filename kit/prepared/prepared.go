// Package prepared runs queries on a database/sql pool whose driver would parse each text anew at every execution, which
// costs more than most queries do: it keeps the statements parsed.
//
// It is for programs whose texts are their own, values apart. Start with [New].
package prepared

import (
	"context"
	"database/sql"
	"sync"
)

// Pool asks a database with statements that it keeps.
type Pool struct {
	db   *sql.DB
	mu   sync.RWMutex
	kept map[string]*sql.Stmt
}

// New asks db. Closing db closes the statements.
func New(db *sql.DB) *Pool { return &Pool{db: db, kept: map[string]*sql.Stmt{}} }

// most bounds the statements kept, of programs that have some hundreds; beyond, a text is parsed each time.
const most = 1000

// statement is the text parsed, or nil when it is better run as it is: an
// error of the text is told where it is run.
func (p *Pool) statement(ctx context.Context, query string) *sql.Stmt {
	p.mu.RLock()
	s := p.kept[query]
	full := len(p.kept) >= most
	p.mu.RUnlock()
	if s != nil || full {
		return s
	}
	fresh, err := p.db.PrepareContext(ctx, query)
	if err != nil {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if s := p.kept[query]; s != nil { // another one was faster
		_ = fresh.Close()
		return s
	}
	p.kept[query] = fresh
	return fresh
}

// QueryContext is sql.DB's.
func (p *Pool) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if s := p.statement(ctx, query); s != nil {
		return s.QueryContext(ctx, args...)
	}
	return p.db.QueryContext(ctx, query, args...)
}

// QueryRowContext is sql.DB's.
func (p *Pool) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if s := p.statement(ctx, query); s != nil {
		return s.QueryRowContext(ctx, args...)
	}
	return p.db.QueryRowContext(ctx, query, args...)
}
