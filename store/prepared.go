package store

import (
	"context"
	"database/sql"
	"sync"
)

// prepared keeps the statements of an SQLite pool parsed: the driver would
// parse each text anew at every execution, which costs more than most of our
// queries. PostgreSQL's driver does the same by itself.
type prepared struct {
	db   *sql.DB
	mu   sync.RWMutex
	kept map[string]*sql.Stmt
}

// maxPrepared bounds the statements kept. The texts are ours, values apart, so
// that there are some hundreds; beyond, a text is parsed each time.
const maxPrepared = 1000

// statement is the text parsed, or nil when it is better run as it is: an
// error of the text is told where it is run.
func (p *prepared) statement(ctx context.Context, query string) *sql.Stmt {
	p.mu.RLock()
	s := p.kept[query]
	full := len(p.kept) >= maxPrepared
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
	if p.kept == nil {
		p.kept = map[string]*sql.Stmt{}
	}
	p.kept[query] = fresh
	return fresh
}

// QueryContext is sql.DB's.
func (p *prepared) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if s := p.statement(ctx, query); s != nil {
		return s.QueryContext(ctx, args...)
	}
	return p.db.QueryContext(ctx, query, args...)
}

// QueryRowContext is sql.DB's.
func (p *prepared) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if s := p.statement(ctx, query); s != nil {
		return s.QueryRowContext(ctx, args...)
	}
	return p.db.QueryRowContext(ctx, query, args...)
}
