package locale

import "fmt"

// Locale speaks one language. It is safe for concurrent use.
type Locale struct {
	lang     string
	messages map[key][]string
	plural   func(n int) int
	words    vocabulary
}

func newLocale(lang string) *Locale {
	l := &Locale{lang: lang, messages: map[key][]string{}, words: english()}
	l.plural = func(n int) int { return truth(n != 1 && n != -1) }
	switch lang {
	case "fr":
		l.words = french()
		l.plural = func(n int) int { return truth(n < -1 || n > 1) }
	case "br":
		l.words = breton()
		l.plural = bretonPlural
	}
	return l
}

// bretonPlural is the rule of Breton in the Unicode CLDR (Plural Rules): one,
// two, few, many, other.
func bretonPlural(n int) int {
	if n < 0 {
		n = -n
	}
	unit, tens := n%10, n/10%10
	switch irregular := tens == 1 || tens == 7 || tens == 9; {
	case unit == 1 && !irregular:
		return 0
	case unit == 2 && !irregular:
		return 1
	case (unit == 3 || unit == 4 || unit == 9) && !irregular:
		return 2
	case n != 0 && n%1_000_000 == 0:
		return 3
	}
	return 4
}

// T translates the message msgid. With args, the translation is a format of
// package fmt; without, it is the text itself. An unknown message is msgid.
func (l *Locale) T(msgid string, args ...any) string { return l.TC("", msgid, args...) }

// TC is T for a message that has a context (msgctxt), which tells it from others
// with the same English text.
func (l *Locale) TC(context, msgid string, args ...any) string {
	if forms := l.messages[key{context, msgid}]; len(forms) > 0 {
		msgid = forms[0]
	}
	return sprintf(msgid, args)
}

// N translates a message that counts n things. The count chooses the form and is
// not added to args: pass what the verbs need, as in
//
//	l.N("%d article", "%d articles", n, n)
func (l *Locale) N(singular, plural string, n int, args ...any) string {
	if forms := l.messages[key{"", singular}]; len(forms) > 0 {
		if i := l.plural(n); 0 <= i && i < len(forms) {
			return sprintf(forms[i], args)
		}
		return sprintf(forms[len(forms)-1], args)
	}
	if n == 1 || n == -1 {
		return sprintf(singular, args)
	}
	return sprintf(plural, args)
}

func sprintf(format string, args []any) string {
	if len(args) == 0 {
		return format
	}
	return fmt.Sprintf(format, args...)
}

// Lang returns the language tag (BCP 47), for the attribute lang.
func (l *Locale) Lang() string { return l.lang }

// Named are the languages that Name knows, by their tags.
var Named = []string{
	"fr", "en", "br", "ar", "ca", "co", "cy", "de", "es", "eu", "ga", "gl", "it", "nl", "oc", "pl", "pt", "ro", "ru", "tr", "uk",
}

// Dir returns the direction of writing, "ltr" or "rtl", for the attribute dir.
func (l *Locale) Dir() string { return DirOf(l.lang) }

// DirOf is the direction in which a language is written.
func DirOf(lang string) string {
	switch primary(lang) {
	case "ar", "dv", "fa", "he", "ps", "ur", "yi":
		return "rtl"
	}
	return "ltr"
}

// Name returns the name that the language lang has for itself, or its tag.
func (l *Locale) Name(lang string) string {
	switch primary(lang) {
	case "fr":
		return "français"
	case "en":
		return "English"
	case "br":
		return "brezhoneg"
	case "ar":
		return "العربية"
	case "ca":
		return "català"
	case "co":
		return "corsu"
	case "cy":
		return "Cymraeg"
	case "de":
		return "Deutsch"
	case "es":
		return "español"
	case "eu":
		return "euskara"
	case "ga":
		return "Gaeilge"
	case "gl":
		return "galego"
	case "it":
		return "italiano"
	case "nl":
		return "Nederlands"
	case "oc":
		return "occitan"
	case "pl":
		return "polski"
	case "pt":
		return "português"
	case "ro":
		return "română"
	case "ru":
		return "русский"
	case "tr":
		return "Türkçe"
	case "uk":
		return "українська"
	}
	return lang
}
