package typocheck

import "testing"

func TestFrench(t *testing.T) {
	for text, rule := range map[string]string{
		"L'eau":              "straight apostrophe",
		`Un "mot"`:           "straight quotes",
		"Vraiment ?":         "space before a high sign",
		"Vraiment?":          "space before a high sign",
		"« Oui» dit-elle":    "space before a high sign",
		"Ainsi : non":        "space before a colon",
		"Ainsi: non":         "space before a colon",
		"« Oui » dit-elle":   "space after an opening guillemet",
		"Et puis...":         "three dots",
		"Deux  espaces":      "two spaces",
		"Un mot , puis":      "space before a low sign",
		"La 1ère fois":       "ordinal",
		"La 2ème fois":       "ordinal",
		"Le port - le matin": "hyphen as a dash",
		"20 % des gens":      "space before a unit",
		"20% des gens":       "space before a unit",
		"à 14 h 32":          "space before a unit",
		"1 460 pas":          "space within a number",
		"Le coeur":           "ligature",
		"Ecrire ici":         "accent on a capital",
		"A propos":           "accent on a capital",
		"Voilà. A bientôt":   "accent on a capital",
	} {
		found := false
		for _, f := range French(text) {
			found = found || f.Rule == rule
		}
		if !found {
			t.Errorf("%q: %v, want %s", text, French(text), rule)
		}
	}
	for _, text := range []string{
		"L’eau", "« Oui\u00a0», dit-elle\u00a0: «\u00a0non\u202f!\u00a0»", "Vraiment\u202f?!", "À 14\u00a0h\u00a032, 20\u00a0% de 1\u202f460 pas", "Écrire à a@exemple.org",
		"http://localhost:8080/?lang=fr", "de 10:30 à 11:00", "la 1re fois, le 2e jour", "Le port – le matin", "(!)", "Un mot, puis…", "porte-à-porte", "::latest{count=6}",
	} {
		text = fix(text)
		if faults := French(text); len(faults) > 0 {
			t.Errorf("%q: %v", text, faults)
		}
	}
}

// fix puts the space after a guillemet that the table shows as an ordinary one.
func fix(s string) string {
	out := []rune{}
	for i, r := range []rune(s) {
		if r == ' ' && i > 0 && []rune(s)[i-1] == '«' {
			r = '\u00a0'
		}
		out = append(out, r)
	}
	return string(out)
}

func TestPage(t *testing.T) {
	faults, err := Page(`<html lang="fr"><head><title>Quoi ?</title></head><body>
		<p>Une <em>phrase</em> ?</p><p lang="en">What? <q lang="fr">Rien ?</q></p><p>Un mot <span lang="br">petra?</span> ici</p>
		<pre>a ? b</pre><p><code>a ? b</code></p><textarea>Quoi ?</textarea><img alt="Un port ?"><input placeholder="Quoi?" value="Ah ?"><a href="/?a=b" aria-label="Bien">x</a></body>`)
	if err != nil {
		t.Fatal(err)
	}
	var rules []string
	for _, f := range faults {
		rules = append(rules, f.Excerpt)
	}
	if len(faults) != 4 {
		t.Errorf("%d faults: %q", len(faults), rules)
	}
}
