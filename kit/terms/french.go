package terms

import (
	"regexp"
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/french"
)

// stemFrench stems a folded word by Snowball's French rules, after what those
// leave apart, or would do if the accents were there: plurals in -s after a, i,
// o, u (vélos), those in -x, feminines in -ée, verbs in -uire.
func stemFrench(env *snowballstem.Env) bool {
	env.SetCurrent(regular(env.Current()))
	return french.Stem(env)
}

func regular(w string) string {
	if singular, ok := irregular[w]; ok {
		return singular
	}
	if n := len(w); n > 3 && w[n-1] == 's' && (strings.IndexByte("aiouy", w[n-2]) >= 0 || w[n-2] == 'e' && w[n-3] == 'e') {
		w = w[:n-1]
	}
	if n := len(w); n > 3 && strings.HasSuffix(w, "ee") {
		w = w[:n-1]
	}
	if m := inUire.FindStringSubmatch(w); m != nil {
		w = m[1]
	}
	return w
}

// inUire are the usual forms of construire, conduire, produire …
var inUire = regexp.MustCompile(`^([a-z]{2,}ui)(?:t|te|tes|ts|re|rait|ra|ront|se|sent|sons|sez|sait|saient|sant)$`)

var irregular = map[string]string{
	"jeux": "jeu", "enjeux": "enjeu", "lieux": "lieu", "milieux": "milieu", "feux": "feu", "voeux": "voeu", "aveux": "aveu",
	"cheveux": "cheveu", "neveux": "neveu", "adieux": "adieu", "essieux": "essieu", "pieux": "pieu",
	"bijoux": "bijou", "cailloux": "caillou", "choux": "chou", "genoux": "genou", "hiboux": "hibou", "joujoux": "joujou", "poux": "pou",
	"travaux": "travail", "vitraux": "vitrail", "coraux": "corail", "emaux": "email", "baux": "bail", "soupiraux": "soupirail",
}
