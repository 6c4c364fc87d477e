// Package rows is what the statements of the store and its children share:
// writing values, scanning them, gathering rows, and the errors of both.
//
// It knows no table and no rule. Start with List and Writer.
package rows

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"bourgeon/press"
)

// Querier asks: a pool, or a transaction.
type Querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Scanner is a row, whether alone or among others.
type Scanner interface{ Scan(dest ...any) error }

// List runs a query and gathers its rows.
func List[T any](ctx context.Context, q Querier, what string, scan func(Scanner) (T, error), query string, args ...any) ([]T, error) {
	found, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	defer found.Close()
	var all []T
	for found.Next() {
		v, err := scan(found)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", what, err)
		}
		all = append(all, v)
	}
	if err := found.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return all, nil
}

// Count runs a query that answers with one number.
func Count(ctx context.Context, q Querier, what, query string, args ...any) (int, error) {
	var n int
	if err := q.QueryRowContext(ctx, query, args...).Scan(&n); err != nil {
		return 0, NotFound(what, err)
	}
	return n, nil
}

// Exec runs a statement, wraps its error with what it was for, and tells how
// many rows it changed.
func Exec(ctx context.Context, tx *sql.Tx, what, query string, args ...any) (int64, error) {
	result, err := tx.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", what, err)
	}
	n, err := result.RowsAffected()
	if err != nil {
		return 0, fmt.Errorf("%s: %w", what, err)
	}
	return n, nil
}

// Change is Exec for statements that must find their row.
func Change(ctx context.Context, tx *sql.Tx, what, query string, args ...any) error {
	n, err := Exec(ctx, tx, what, query, args...)
	if err == nil && n == 0 {
		return fmt.Errorf("%s: %w", what, Missing())
	}
	return err
}

// Missing is the error of what isn't there, or not for whoever asks.
func Missing() error {
	return press.Problem(press.NotFound, "There is nothing at this address, or not for you.")
}

// NotFound turns an empty result into the error that people read.
func NotFound(what string, err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		err = Missing()
	}
	return fmt.Errorf("%s: %w", what, err)
}

// Opt gives the database null for an empty optional reference.
func Opt[T ~string](v T) any {
	if v == "" {
		return nil
	}
	return string(v)
}

// Marks is "$from, $from+1, …" for n values.
func Marks(from, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "$%d", from+i)
	}
	return b.String()
}

// Micros is how a time is kept: Unix microseconds, 0 for none.
func Micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// Moment scans what Micros kept, in UTC.
func Moment(t *time.Time) sql.Scanner { return moment{t} }

type moment struct{ t *time.Time }

func (m moment) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return fmt.Errorf("a time is kept as an integer, got %T", v)
	}
	*m.t = time.Time{}
	if n != 0 {
		*m.t = time.UnixMicro(n).UTC()
	}
	return nil
}

// ToJSON is how a value is kept in a text column.
func ToJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("store: %T does not marshal: %v", v, err))
	}
	return string(b)
}

// JSON scans what ToJSON kept.
func JSON(v any) sql.Scanner { return asJSON{v} }

type asJSON struct{ v any }

func (j asJSON) Scan(src any) error {
	switch s := src.(type) {
	case string:
		return json.Unmarshal([]byte(s), j.v)
	case []byte:
		return json.Unmarshal(s, j.v)
	default:
		return fmt.Errorf("JSON is kept as text, got %T", src)
	}
}
