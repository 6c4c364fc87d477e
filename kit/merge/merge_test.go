package merge

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTexts(t *testing.T) {
	tests := []struct {
		name, base, mine, theirs string
		want                     Result
	}{
		{name: "all empty"},
		{
			name: "apart", base: "a\n\nb\n\nc", mine: "A\n\nb\n\nc", theirs: "a\n\nb\n\nc\n\nd",
			want: Result{Text: "A\n\nb\n\nc\n\nd", Chunks: []Chunk{{Text: "A\n\nb\n\nc\n\nd"}}},
		},
		{
			name: "same line", base: "a\nb\nc\n", mine: "a\nx\nc\n", theirs: "a\ny\nc\n",
			want: Result{Text: "a\nx\n\ny\nc\n", Conflicts: 1, Chunks: []Chunk{
				{Text: "a\n"}, {Conflict: true, Base: "b\n", Mine: "x\n", Theirs: "y\n"}, {Text: "c\n"},
			}},
		},
		{
			name: "removed and changed", base: "a\nb\nc\n", mine: "a\nc\n", theirs: "a\ny\nc\n",
			want: Result{Text: "a\ny\nc\n", Conflicts: 1, Chunks: []Chunk{
				{Text: "a\n"}, {Conflict: true, Base: "b\n", Theirs: "y\n"}, {Text: "c\n"},
			}},
		},
		{
			name: "both added alike, and more", base: "a\n", mine: "a\nb\nm\n", theirs: "a\nb\nt\n",
			want: Result{Text: "a\nb\nm\n\nt\n", Conflicts: 1, Chunks: []Chunk{
				{Text: "a\nb\n"}, {Conflict: true, Mine: "m\n", Theirs: "t\n"},
			}},
		},
		{
			name: "last line end", base: "a\nb\nc", mine: "x\nb\nc", theirs: "a\nb\nc\n",
			want: Result{Text: "x\nb\nc\n", Chunks: []Chunk{{Text: "x\nb\nc\n"}}},
		},
		{
			name: "both removed", base: "a\nb\nc\nd\n", mine: "a\nc\nd\n", theirs: "a\nc\nD\n",
			want: Result{Text: "a\nc\nD\n", Chunks: []Chunk{{Text: "a\nc\nD\n"}}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, Texts(tt.base, tt.mine, tt.theirs)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func FuzzTexts(f *testing.F) {
	f.Add("a\nb\nc\n", "a\nx\nc\n", "a\ny\nc")
	f.Add("a\n\nb", "b\n\na\n\n", "\n\n")
	f.Add("", "a", "b")
	f.Fuzz(func(t *testing.T, base, mine, theirs string) {
		for name, r := range map[string]Result{
			"only mine": Texts(base, mine, base), "only theirs": Texts(base, base, mine), "alike": Texts(base, mine, mine),
		} {
			if r.Text != mine || r.Conflicts != 0 {
				t.Errorf("%s: %q with %d conflicts, want %q", name, r.Text, r.Conflicts, mine)
			}
		}
		r := Texts(base, mine, theirs)
		var all strings.Builder
		conflicts := 0
		for _, c := range r.Chunks {
			if c.Conflict {
				conflicts++
			}
			all.WriteString(c.Text + "\n" + c.Mine + "\n" + c.Theirs + "\n")
		}
		if conflicts != r.Conflicts {
			t.Errorf("%d conflicts, %d announced", conflicts, r.Conflicts)
		}
		has := map[string]bool{}
		for line := range strings.Lines(all.String()) {
			has[strings.TrimSuffix(line, "\n")] = true
		}
		inText := map[string]bool{}
		for line := range strings.Lines(r.Text) {
			inText[strings.TrimSuffix(line, "\n")] = true
		}
		old := map[string]bool{}
		for line := range strings.Lines(base) {
			old[strings.TrimSuffix(line, "\n")] = true
		}
		for _, version := range []string{mine, theirs} {
			for line := range strings.Lines(version) {
				line = strings.TrimSuffix(line, "\n")
				if line != "" && !old[line] && (!has[line] || !inText[line]) {
					t.Errorf("line %q is lost in %+v", line, r)
				}
			}
		}
	})
}
