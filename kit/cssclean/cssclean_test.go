package cssclean

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func ours(address string) bool { return strings.HasPrefix(address, "/media/") }

func TestClean(t *testing.T) {
	tests := []struct {
		name, sheet, want string
		why               []Why
	}{
		{"nothing", " \n/* rien */ ", "", nil},
		{"a rule", "h1 ,h2>a { color : RED ; margin:0 auto!important }", "h1 ,h2>a{color:RED;margin:0 auto!important;}\n", nil},
		{"no semicolon at the end, nor a bracket", ".a{color:red", ".a{color:red;}\n", nil},
		{"conditions", "@media (width < 40rem) and (prefers-color-scheme: dark) { .a { color: red } }", "@media (width < 40rem) and (prefers-color-scheme: dark){.a{color:red;}}\n", nil},
		{"nesting", ".a { color: red; &:hover, .b:not(.c) { color: blue } margin: 0 }", ".a{color:red;&:hover, .b:not(.c){color:blue;}margin:0;}\n", nil},
		{"own properties", ".a{--Trait: 2px;border:var(--Trait) solid}", ".a{--Trait:2px;border:var(--Trait) solid;}\n", nil},
		{"strings", `.a::before{content:"\201C } url(x) "}`, `.a::before{content:"\201C } url(x) ";}` + "\n", nil},
		{"keyframes", "@keyframes k{from{opacity:0}50%{opacity:.5}}", "@keyframes k{from{opacity:0;}50%{opacity:.5;}}\n", nil},
		{"a picture of ours", ".a{background:url( '/media/ab/x.webp' ) no-repeat}", ".a{background:url(\"/media/ab/x.webp\") no-repeat;}\n", nil},
		{"another's picture", ".a{background:url(https://ailleurs.example/x.png);color:red}", ".a{color:red;}\n", []Why{Address}},
		{"data", ".a{background:url(data:image/svg+xml,x)}", "", []Why{Address}},
		{"import", "@import 'x.css'; @import url(x.css); .a{color:red}", ".a{color:red;}\n", []Why{AtRule, Address}},
		{"letters from elsewhere", "@font-face{font-family:x;src:url(x.woff2)} .a{color:red}", ".a{color:red;}\n", []Why{AtRule}},
		{"what runs", ".a{width:expression(alert(1));behavior:x;-moz-binding:y;color:red}", ".a{color:red;}\n", []Why{Function, Property, Property}},
		{"hidden by an escape", `.a{background:\75rl(x);color:red}`, ".a{color:red;}\n", []Why{Malformed}},
		{"hidden by a comment", ".a{background:u/**/rl(x)}", "", []Why{Function}},
		{"strings that load", ".a{background:image-set('x.png' 1x)}", "", []Why{Function}},
		{"a string without end", ".a{content:\"abc\n;color:red}\n.b{color:blue}", ".a{color:red;}\n.b{color:blue;}\n", []Why{Malformed}},
		{"a stray bracket", "} .a{color:red}", ".a{color:red;}\n", []Why{Malformed}},
		{"declarations outside", "color:red; .a{color:blue}", ".a{color:blue;}\n", []Why{Malformed}},
		{"brackets that don't meet", ".a{width:calc(1px}.b{color:red}", "", []Why{Malformed}},
		{"signs of HTML", "<!-- .a{color:red} --> </style><script>x</script>", ".a{color:red;}\n", []Why{Malformed}},
		{"too deep", strings.Repeat("a{", 9) + "color:red", "", []Why{TooDeep}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, remarks := Clean(tt.sheet, Options{Picture: ours})
			if got != tt.want {
				t.Errorf("cleaned\n%s\nto\n%s\nwant\n%s", tt.sheet, got, tt.want)
			}
			var why []Why
			for _, r := range remarks {
				why = append(why, r.Why)
			}
			if diff := cmp.Diff(tt.why, why); diff != "" {
				t.Errorf("remarks (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRemarksSayWhere(t *testing.T) {
	_, remarks := Clean(".a{color:red}\n\n@import 'x.css';", Options{})
	if want := []Remark{{Line: 3, Why: AtRule, What: "@import 'x.css';"}}; !slices.Equal(remarks, want) {
		t.Errorf("remarks %+v", remarks)
	}
}

// FuzzClean: what is left is left as it is, and holds nothing that loads.
func FuzzClean(f *testing.F) {
	for _, s := range []string{
		".a{color:red}", "@media (x){.a{b:c}}", "a{b:url(/media/x)}", `a{b:"\"}`, "a{b:url(", "@import x;", "a{/*", "a{b:c;&:is(d){e:f}}", "a[b='}']{c:d}",
		"a{b:(}c{d:e}", "\\", "a{b:\\0}", "<!--a{b:c}-->", "a{b:expression(c)}", "{}", "@{}", "a{b:c!important}", "a:u/**/rl(x){}", "a{b:{c:d}}",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, sheet string) {
		got, _ := Clean(sheet, Options{Picture: ours})
		again, remarks := Clean(got, Options{Picture: ours})
		if again != got || len(remarks) > 0 {
			t.Fatalf("%q became %q, then %q with %v", sheet, got, again, remarks)
		}
		if strings.Count(got, "url(\"/media/") != strings.Count(strings.ToLower(unquoted(got)), "url(") {
			t.Fatalf("%q loads: %q", sheet, got)
		}
		for _, bad := range []string{"@import", "expression(", "@font-face", "image-set(", "src("} {
			if strings.Contains(strings.ToLower(unquoted(got)), bad) {
				t.Fatalf("%q kept %s: %q", sheet, bad, got)
			}
		}
	})
}

// unquoted is a clean sheet without what its strings say.
func unquoted(sheet string) string {
	var b strings.Builder
	for i := 0; i < len(sheet); i++ {
		b.WriteByte(sheet[i])
		mark := sheet[i]
		if mark != '"' && mark != '\'' {
			continue
		}
		for i++; i < len(sheet) && sheet[i] != mark; i++ {
			if sheet[i] == '\\' {
				i++
			}
		}
	}
	return b.String()
}
