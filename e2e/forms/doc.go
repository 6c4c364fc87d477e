// Package forms holds the verbs of forms, and those that keep contributions, to
// what they promise together: changing a form under a thousand answers,
// bringing hard tables in. It holds tests alone.
package forms
