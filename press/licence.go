package press

// LicenceID names a licence as SPDX does ("CC-BY-SA-4.0"), or as our own text.
type LicenceID string

// Licence says what others may do with an entry or an image.
type Licence struct {
	ID    LicenceID
	Name  string // "CC BY-SA 4.0"
	URL   string // of its text, canonical
	Plain Text   // what it lets others do, in one sentence
	// Free tells whether the licence is a free one in the sense of
	// freedomdefined.org: anyone may use, share, adapt, sell.
	Free       bool
	Adapt      bool // may be changed
	Sell       bool // may be used for profit
	ShareAlike bool // what is made from it keeps the same licence
}

// Licences in the order of the interface: the freest with reciprocity first.
// Source of the rules: the deeds of Creative Commons 4.0.
var Licences = []Licence{
	{
		ID: "CC-BY-SA-4.0", Name: "CC BY-SA 4.0", URL: "https://creativecommons.org/licenses/by-sa/4.0/",
		Plain: Text{
			"fr": "On peut reprendre, traduire et adapter ce texte, même pour le vendre, en citant qui l’a écrit et sous la même licence.",
			"en": "Anyone may reuse, translate and adapt this text, even sell it, by naming its authors and keeping the same licence.",
			"br": "An holl a c’hall adober, treiñ hag azasaat an destenn-mañ, zoken evit he gwerzhañ, en ur venegiñ an aozerien ha gant an hevelep lañvaz.",
		},
		Free: true, Adapt: true, Sell: true, ShareAlike: true,
	},
	{
		ID: "CC-BY-4.0", Name: "CC BY 4.0", URL: "https://creativecommons.org/licenses/by/4.0/",
		Plain: Text{
			"fr": "On peut reprendre, traduire et adapter ce texte, même pour le vendre, en citant qui l’a écrit.",
			"en": "Anyone may reuse, translate and adapt this text, even sell it, by naming its authors.",
			"br": "An holl a c’hall adober, treiñ hag azasaat an destenn-mañ, zoken evit he gwerzhañ, en ur venegiñ an aozerien.",
		},
		Free: true, Adapt: true, Sell: true,
	},
	{
		ID: "CC0-1.0", Name: "CC0 1.0", URL: "https://creativecommons.org/publicdomain/zero/1.0/",
		Plain: Text{
			"fr": "Vous renoncez à vos droits autant que la loi le permet : on peut faire de ce texte tout ce qu’on veut.",
			"en": "You waive your rights as far as the law allows: anyone may do anything with this text.",
			"br": "Dilezel a rit ho kwirioù kement ha ma aotre al lezenn : an holl a ra gant an destenn-mañ ar pezh a garont.",
		},
		Free: true, Adapt: true, Sell: true,
	},
	{
		ID: "CC-BY-NC-SA-4.0", Name: "CC BY-NC-SA 4.0", URL: "https://creativecommons.org/licenses/by-nc-sa/4.0/",
		Plain: Text{
			"fr": "On peut reprendre et adapter ce texte sans but commercial, en citant qui l’a écrit et sous la même licence.",
			"en": "Anyone may reuse and adapt this text without commercial aim, by naming its authors and keeping the same licence.",
			"br": "An holl a c’hall adober hag azasaat an destenn-mañ hep pal kenwerzhel, en ur venegiñ an aozerien ha gant an hevelep lañvaz.",
		},
		Adapt: true, ShareAlike: true,
	},
	{
		ID: "CC-BY-NC-ND-4.0", Name: "CC BY-NC-ND 4.0", URL: "https://creativecommons.org/licenses/by-nc-nd/4.0/",
		Plain: Text{
			"fr": "On peut diffuser ce texte tel quel, sans but commercial, en citant qui l’a écrit ; personne ne peut l’adapter ni le traduire.",
			"en": "Anyone may share this text as it is, without commercial aim, by naming its authors; nobody may adapt or translate it.",
			"br": "An holl a c’hall skignañ an destenn-mañ evel m’emañ, hep pal kenwerzhel, en ur venegiñ an aozerien ; den ne c’hall azasaat nag he zreiñ.",
		},
	},
	{
		ID: "all-rights-reserved", Name: "©",
		Plain: Text{
			"fr": "Tous droits réservés : il faut vous demander avant de reprendre ce texte.",
			"en": "All rights reserved: one must ask you before reusing this text.",
			"br": "Pep gwir miret : ret eo goulenn ganeoc’h a-raok adober an destenn-mañ.",
		},
	},
}

// LicenceByID finds a licence.
func LicenceByID(id LicenceID) (Licence, bool) {
	for _, l := range Licences {
		if l.ID == id {
			return l, true
		}
	}
	return Licence{}, false
}
