package press

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Form is a kind of contribution: ordered, typed fields. Forms are data: the
// built-in ones are seeded on every new site and may be changed there.
type Form struct {
	ID       FormID
	Site     SiteID
	Slug     string // its segment in addresses: "article"
	BuiltIn  string // key of the built-in form it comes from, else ""
	Name     Text   // "Un article"
	Plural   Text   // "Articles"
	Pitch    Text   // one sentence that tells when to choose it
	Fields   []Field
	Openness Openness // "" follows the site's
	Talk     Talk     // "" follows the site's
	Position int
	Listed   bool // offered to writers and counted among the latest
	Version  int
}

// FieldKind is the type of a field's answer.
type FieldKind string

const (
	ShortText FieldKind = "text"     // one line
	LongText  FieldKind = "markdown" // Markdown
	Pictures  FieldKind = "pictures" // media identifiers, in order
	Files     FieldKind = "files"    // the same, of documents, recordings and videos
)

// Media tells whether answers are identifiers of files, in order.
func (k FieldKind) Media() bool { return k == Pictures || k == Files }

// FieldRole tells what the house uses an answer for; most fields have none.
type FieldRole string

const (
	RoleTitle      FieldRole = "title"
	RoleStandfirst FieldRole = "standfirst"
	RoleBody       FieldRole = "body"
	RolePictures   FieldRole = "pictures"
	RoleFiles      FieldRole = "files"
)

// Field is a question of a form.
type Field struct {
	Key      string    `json:"key"`
	Kind     FieldKind `json:"kind"`
	Role     FieldRole `json:"role,omitempty"`
	Label    Text      `json:"label"`
	Help     Text      `json:"help,omitempty"`
	Example  Text      `json:"example,omitempty"`
	Required bool      `json:"required,omitempty"`
	Max      int       `json:"max,omitempty"` // characters, or files
}

// Answers to a form, by field key. An answer is a list of texts as in an HTML
// form; the field's kind says how to read them.
type Answers map[string][]string

// One is the first text of an answer, or "".
func (a Answers) One(key string) string {
	if len(a[key]) == 0 {
		return ""
	}
	return a[key][0]
}

// Field finds the first field with a role.
func (f Form) Field(role FieldRole) (Field, bool) {
	for _, field := range f.Fields {
		if field.Role == role {
			return field, true
		}
	}
	return Field{}, false
}

func (f Form) answer(a Answers, role FieldRole) string {
	field, ok := f.Field(role)
	if !ok {
		return ""
	}
	return a.One(field.Key)
}

// Title is the answer that names the entry.
func (f Form) Title(a Answers) string { return f.answer(a, RoleTitle) }

// Standfirst is the answer that sums the entry up.
func (f Form) Standfirst(a Answers) string { return f.answer(a, RoleStandfirst) }

// Pictures are the entry's own pictures, the first being the lead one.
func (f Form) Pictures(a Answers) []MediaID { return f.media(a, RolePictures) }

// Files are the entry's attachments, in order.
func (f Form) Files(a Answers) []MediaID { return f.media(a, RoleFiles) }

func (f Form) media(a Answers, role FieldRole) []MediaID {
	field, ok := f.Field(role)
	if !ok {
		return nil
	}
	var ids []MediaID
	for _, s := range a[field.Key] {
		ids = append(ids, MediaID(s))
	}
	return ids
}

// MaxText bounds a long answer, in bytes: a novel fits, an attack does not.
const MaxText = 1 << 20

// Tidy keeps only answers to the form's fields, cleaned by kind.
func (f Form) Tidy(a Answers) Answers {
	tidy := Answers{}
	for _, field := range f.Fields {
		var kept []string
		for _, s := range a[field.Key] {
			if field.Kind == LongText {
				s = Clean(s)
			} else {
				s = CleanLine(s)
			}
			if s != "" {
				kept = append(kept, s)
			}
		}
		if !field.Kind.Media() && len(kept) > 1 {
			kept = kept[:1]
		}
		if len(kept) > 0 {
			tidy[field.Key] = kept
		}
	}
	return tidy
}

// Check finds what must be mended in tidied answers before they are proposed.
func (f Form) Check(a Answers) error { return f.CheckContent(Content{Answers: a}) }

// CheckContent is Check for the answers and the tags.
func (f Form) CheckContent(content Content) error {
	var c Checks
	for _, field := range f.Fields {
		f.checkField(&c, field, content.Answers[field.Key])
	}
	CheckTags(&c, content.Tags)
	return c.Err()
}

func (f Form) checkField(c *Checks, field Field, answer []string) {
	if len(answer) == 0 {
		if field.Required {
			c.Fault(field.Key, requiredMessage(field.Role))
		}
		return
	}
	switch field.Kind {
	case Pictures:
		if field.Max > 0 && len(answer) > field.Max {
			c.Fault(field.Key, "Keep at most %d pictures.", field.Max)
		}
	case Files:
		if field.Max > 0 && len(answer) > field.Max {
			c.Fault(field.Key, "Keep at most %d files.", field.Max)
		}
	case LongText:
		if len(answer[0]) > MaxText {
			c.Fault(field.Key, "This text is too long for one page: cut it into several contributions.")
		}
		fallthrough
	default:
		if field.Max > 0 {
			CheckLength(c, field.Key, answer[0], field.Max)
		}
	}
}

func requiredMessage(role FieldRole) string {
	switch role {
	case RoleTitle:
		return "Give your text a title: a few words are enough."
	case RoleBody:
		return "Write your text: a few lines are enough to begin."
	default:
		return "Answer this question."
	}
}

// BuiltInForms are the forms that a new site begins with, in order.
// Their identifiers and sites are set by whoever seeds them.
func BuiltInForms() []Form {
	title := Field{
		Key: "title", Kind: ShortText, Role: RoleTitle, Required: true, Max: 150,
		Label:   Text{"fr": "Quel titre donnez-vous à votre texte ?", "en": "What title do you give your text?", "br": "Peseurt titl a roit d’ho testenn ?"},
		Help:    Text{"fr": "Dites l’essentiel en une ligne : qui fait quoi, où.", "en": "Say the main thing in one line: who does what, where.", "br": "Lavarit ar pep pouezusañ en ul linenn : piv a ra petra, pelec’h."},
		Example: Text{"fr": "Les Trois-Dunes ouvrent un atelier vélo le samedi", "en": "A bike workshop opens on Saturdays", "br": "Ur stal marc’hoù-houarn a zigor d’ar Sadorn"},
	}
	return []Form{
		{
			Slug: "article", BuiltIn: "article", Listed: true, Position: 1, Version: 1,
			Name:   Text{"fr": "Un article", "en": "An article", "br": "Ur pennad"},
			Plural: Text{"fr": "Articles", "en": "Articles", "br": "Pennadoù"},
			Pitch:  Text{"fr": "Pour raconter, expliquer, rendre compte, avec des images si vous en avez.", "en": "To tell, explain or report, with pictures if you have some.", "br": "Evit kontañ, displegañ, rentañ kont, gant skeudennoù m’ho peus."},
			Fields: []Field{
				title,
				{
					Key: "standfirst", Kind: ShortText, Role: RoleStandfirst, Max: 400,
					Label:   Text{"fr": "En deux phrases, de quoi s’agit-il ?", "en": "In two sentences, what is it about?", "br": "E div frazenn, eus petra ez eus kaoz ?"},
					Help:    Text{"fr": "Ces phrases se lisent dans les listes : elles doivent se comprendre toutes seules.", "en": "They are read in lists: they must stand on their own.", "br": "Lennet e vezont er rolloù : ret eo gellout o c’hompren o-unan."},
					Example: Text{"fr": "Chaque samedi, six bénévoles apprennent aux habitants à réparer leur vélo. On vient avec sa panne, on repart avec le sourire.", "en": "Every Saturday, six volunteers teach people to mend their bikes. Come with a flat tyre, leave with a smile.", "br": "Bep Sadorn e tesk c’hwec’h a youl-vat d’an dud dresañ o marc’h-houarn."},
				},
				{
					Key: "text", Kind: LongText, Role: RoleBody, Required: true,
					Label:   Text{"fr": "Racontez", "en": "Tell the story", "br": "Kontit"},
					Help:    Text{"fr": "Écrivez comme vous parlez. Qui, quoi, où, quand, comment, et ce que cela a changé. Une ligne vide sépare deux paragraphes.", "en": "Write as you speak. Who, what, where, when, how, and what it changed. An empty line separates two paragraphs.", "br": "Skrivit evel ma komzit. Piv, petra, pelec’h, pegoulz, penaos."},
					Example: Text{"fr": "Tout a commencé par un vélo oublié dans une cave…", "en": "It all began with a bike forgotten in a cellar…", "br": "Gant ur marc’h-houarn ankounac’haet en ur c’hav e krogas pep tra…"},
				},
				{
					Key: "pictures", Kind: Pictures, Role: RolePictures, Max: 12,
					Label:   Text{"fr": "Avez-vous des images ?", "en": "Do you have pictures?", "br": "Ha skeudennoù ho peus ?"},
					Help:    Text{"fr": "La première illustrera votre article. Dites qui les a faites et décrivez-les pour qui ne les voit pas.", "en": "The first one will illustrate your article. Say who made them and describe them for those who can't see them.", "br": "Ar skeudenn gentañ a skeudenno ho pennad. Lavarit piv en deus graet anezho."},
					Example: Text{"fr": "Trois personnes penchées sur une roue, dans un garage ouvert sur la rue.", "en": "Three people bent over a wheel, in a garage open to the street.", "br": "Tri den soublet war ur rod, en ur c’harrdi digor war ar straed."},
				},
				{
					Key: "files", Kind: Files, Role: RoleFiles, Max: 6,
					Label: Text{"fr": "Un document, un enregistrement, une vidéo à joindre ?", "en": "A document, a recording, a video to attach?", "br": "Un teuliad, un enrolladenn, ur video da stagañ ?"},
					Help:  Text{"fr": "On les lira et on les écoutera sous votre texte.", "en": "People will read and hear them below your text.", "br": "Lennet ha selaouet e vint dindan ho testenn."},
				},
			},
		},
		{
			Slug: "brief", BuiltIn: "brief", Listed: true, Position: 2, Version: 1,
			Name:   Text{"fr": "Une brève", "en": "A brief", "br": "Ur verrig"},
			Plural: Text{"fr": "Brèves", "en": "Briefs", "br": "Berrigoù"},
			Pitch:  Text{"fr": "Pour annoncer ou signaler quelque chose en quelques lignes.", "en": "To announce or point to something in a few lines.", "br": "Evit kemenn pe diskouez un dra bennak e-berr gomzoù."},
			Fields: []Field{
				title,
				{
					Key: "text", Kind: LongText, Role: RoleBody, Required: true, Max: 2000,
					Label:   Text{"fr": "En quelques lignes", "en": "In a few lines", "br": "E-berr gomzoù"},
					Help:    Text{"fr": "Qui, quoi, où, quand, et un lien pour en savoir plus.", "en": "Who, what, where, when, and a link to know more.", "br": "Piv, petra, pelec’h, pegoulz, hag ul liamm evit gouzout hiroc’h."},
					Example: Text{"fr": "La chorale de Kerbalan cherche deux basses. Répétitions le mardi à 20 h, salle des Goémoniers.", "en": "The Kerbalan choir looks for two basses. Rehearsals on Tuesdays at 8 pm.", "br": "Laz-kanañ Kerbalan a glask div vouezh boud."},
				},
				{
					Key: "pictures", Kind: Pictures, Role: RolePictures, Max: 2,
					Label: Text{"fr": "Une image ?", "en": "A picture?", "br": "Ur skeudenn ?"},
					Help:  Text{"fr": "Facultative. Dites qui l’a faite et décrivez-la pour qui ne la voit pas.", "en": "Optional. Say who made it and describe it for those who can't see it.", "br": "Diret eo. Lavarit piv en deus graet anezhi."},
				},
			},
		},
		{
			Slug: "page", BuiltIn: "page", Position: 3, Version: 1, Talk: TalkOff,
			Name:   Text{"fr": "Une page", "en": "A page", "br": "Ur bajenn"},
			Plural: Text{"fr": "Pages", "en": "Pages", "br": "Pajennoù"},
			Pitch:  Text{"fr": "Pour ce qui dure : l’accueil, une présentation, un mode d’emploi du site.", "en": "For what lasts: the front page, a presentation, how the site works.", "br": "Evit ar pezh a bad : an degemer, un displegadenn, penaos ez a al lec’hienn en-dro."},
			Fields: []Field{
				title,
				{
					Key: "text", Kind: LongText, Role: RoleBody, Required: true,
					Label: Text{"fr": "Le texte de la page", "en": "The page's text", "br": "Testenn ar bajenn"},
					Help:  Text{"fr": "Une ligne comme ::latest{count=6} place une liste de contributions dans la page.", "en": "A line such as ::latest{count=6} puts a list of contributions in the page.", "br": "Ul linenn evel ::latest{count=6} a laka ur roll er bajenn."},
				},
			},
		},
	}
}

// Tag is a free word; its slug makes it one whatever its capitals and accents.
type Tag struct {
	Slug  string
	Label string
}

// MaxTags bounds the tags of an entry.
const MaxTags = 12

// SplitTags reads tags typed with commas, semicolons or line ends, without
// repeats. What is too long or too much is kept for CheckTags to tell.
func SplitTags(s string) []string {
	var tags []string
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		part = CleanLine(strings.TrimPrefix(strings.TrimSpace(part), "#"))
		if part != "" && !slices.Contains(tags, part) {
			tags = append(tags, part)
		}
	}
	return tags
}

const maxTag = 50 // characters

// CheckTags says what is wrong with an entry's tags.
func CheckTags(c *Checks, tags []string) {
	if len(tags) > MaxTags {
		c.Fault("tags", "Keep at most %d keywords: the ones that people would search for.", MaxTags)
	}
	for _, t := range tags {
		if utf8.RuneCountInString(t) > maxTag {
			c.Fault("tags", "A keyword is a word or two: separate them with commas.")
		}
	}
}
