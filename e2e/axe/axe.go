// Package axe checks pages against the accessibility rules of axe-core, in a
// browser of the stories.
//
// It finds what a machine can find, roughly a third of WCAG; the rest is for
// people to look at. The rules are those of WCAG 2.0, 2.1 and 2.2, levels A and
// AA. axe-core is injected through the DevTools protocol, so it works under a
// strict content security policy, and never reaches the program. Start with [Check].
package axe

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"bourgeon/e2e/browser"
)

//go:embed axe.min.js
var source string

// Rules returns the axe-core tags that Check requires.
func Rules() []string { return []string{"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"} }

// BestPractice is the tag of the rules that axe-core advises beyond WCAG.
const BestPractice = "best-practice"

// A Violation is one rule that the page breaks, and where.
type Violation struct {
	ID      string `json:"id"`
	Impact  string `json:"impact"` // minor, moderate, serious or critical
	Help    string `json:"help"`
	HelpURL string `json:"helpUrl"`
	Nodes   []Node `json:"nodes"`
}

// A Node is an element that breaks a rule.
type Node struct {
	HTML    string   `json:"html"`
	Target  []string `json:"target"` // the way to it, a CSS selector for each frame
	Summary string   `json:"failureSummary"`
}

// Check reports, as errors of the test, the rules that the page in the tab breaks
// as it is shown now. More tags, such as BestPractice, may be asked for. The page's
// JavaScript must be on.
func Check(t testing.TB, tab *browser.Tab, tags ...string) {
	t.Helper()
	violations, err := Run(tab, append(Rules(), tags...)...)
	if err != nil {
		t.Fatalf("axe on %s: %v", tab.URL(), err)
	}
	if len(violations) > 0 {
		t.Errorf("axe on %s:\n%s", tab.URL(), Describe(violations))
	}
}

// Run returns the rules of the given tags that the page breaks.
func Run(tab *browser.Tab, tags ...string) ([]Violation, error) {
	loaded, err := browser.Evaluate[bool](tab, `typeof axe === "object"`)
	if err == nil && !loaded {
		_, err = browser.Evaluate[bool](tab, source+"\n;true")
	}
	if err != nil {
		return nil, fmt.Errorf("load axe-core: %w", err)
	}
	values, err := json.Marshal(tags)
	if err != nil {
		return nil, err
	}
	// Only what is reported crosses over: a whole result of axe-core is megabytes.
	violations, err := browser.Evaluate[[]Violation](tab, `axe.run(document, {
		runOnly: { type: "tag", values: `+string(values)+` }, resultTypes: ["violations"],
	}).then(r => r.violations.map(v => ({ id: v.id, impact: v.impact ?? "", help: v.help, helpUrl: v.helpUrl,
		nodes: v.nodes.map(n => ({ html: n.html, target: n.target.flat(), failureSummary: n.failureSummary })) })))`)
	if err != nil {
		return nil, fmt.Errorf("run axe-core: %w", err)
	}
	return violations, nil
}

// Describe lists violations for people, three elements of each.
func Describe(violations []Violation) string {
	var b strings.Builder
	for _, v := range violations {
		fmt.Fprintf(&b, "  %s (%s): %s\n    %s\n", v.ID, v.Impact, v.Help, v.HelpURL)
		for i, n := range v.Nodes {
			if i == 3 {
				fmt.Fprintf(&b, "    … and %d more\n", len(v.Nodes)-i)
				break
			}
			html := n.HTML
			if len(html) > 200 {
				html = strings.ToValidUTF8(html[:200], "") + "…"
			}
			fmt.Fprintf(&b, "    %s\n      %s\n      %s\n", strings.Join(n.Target, " › "), html,
				strings.ReplaceAll(n.Summary, "\n", "\n      "))
		}
	}
	return b.String()
}
