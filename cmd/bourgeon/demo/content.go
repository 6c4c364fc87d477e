package demo

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"bourgeon/kit/frontmatter"
	"bourgeon/press"
)

//go:embed content
var content embed.FS

// siteOrder is the order in which the sites open.
var siteOrder = []string{"la-criee", "bord-a-bord", "estran", "fil-commun"}

// person is a line of people.txt.
type person struct {
	key, name, organisation, email string
	roles                          []string // "contributor", "animator:la-criee", "steward:*"
}

// site is a folder of content.
type site struct {
	slug, name, tagline string
	look                press.Look
	languages           []string
	openness            press.Openness
	licence             press.LicenceID
	charter             string
	front               string
	sections            []section
	words               map[string]press.SiteWords // in further languages
	texts               []text
}

type section struct {
	slug, name, description string
	words                   map[string]press.SectionWords
}

// text is one contribution.
type text struct {
	file                          string // "la-criee/01-criee"
	form, title, standfirst, body string
	section, language             string
	tags, authors                 []string
	signature, pseudonym          string
	scribe, photographer          string
	ago                           int // days
	status                        press.Status
	note                          string
	remarks                       []atDesk
	licence                       press.LicenceID
	translationOf                 string
	takenFrom                     press.Provenance
	motif, seed                   string
	alt, caption                  string
	extras                        []extra
	featured                      bool
}

// atDesk is what an animator remarks on a paragraph, the first being 1.
type atDesk struct {
	paragraph      int
	words, instead string
}

func readPeople() ([]person, error) {
	data, err := content.ReadFile("content/people.txt")
	if err != nil {
		return nil, err
	}
	var people []person
	for n, line := range strings.Split(string(data), "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		parts := split(line, "|")
		if len(parts) != 5 {
			return nil, fmt.Errorf("people.txt:%d: want five parts", n+1)
		}
		people = append(people, person{parts[0], parts[1], parts[2], parts[3], strings.Fields(parts[4])})
	}
	return people, nil
}

func readSites() ([]site, error) {
	var sites []site
	for _, slug := range siteOrder {
		s, err := readSite(slug)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", slug, err)
		}
		sites = append(sites, s)
	}
	return sites, nil
}

func readSite(slug string) (site, error) {
	s := site{slug: slug}
	fields, body, err := readFile(path.Join("content", slug, "site.md"))
	if err != nil {
		return s, err
	}
	s.charter = body
	for _, f := range fields {
		switch f.Key {
		case "name":
			s.name = f.Value
		case "tagline":
			s.tagline = f.Value
		case "colour":
			s.look.Colour = f.Value
		case "look":
			s.look.Model = press.Model(f.Value)
		case "languages":
			s.languages = split(f.Value, ",")
		case "openness":
			s.openness = press.Openness(f.Value)
		case "licence":
			s.licence = press.LicenceID(f.Value)
		case "section":
			parts := split(f.Value, "|")
			if len(parts) != 3 {
				return s, fmt.Errorf("site.md: section %q: want three parts", f.Value)
			}
			s.sections = append(s.sections, section{slug: parts[0], name: parts[1], description: parts[2]})
		default:
			return s, fmt.Errorf("site.md: unknown key %q", f.Key)
		}
	}
	for _, lang := range s.languages {
		if err := s.readWords(lang); err != nil {
			return s, err
		}
	}
	if _, s.front, err = readFile(path.Join("content", slug, "front.md")); err != nil {
		return s, err
	}
	files, err := fs.Glob(content, path.Join("content", slug, "[0-9]*.md"))
	if err != nil {
		return s, err
	}
	for _, file := range files {
		t, err := readText(file)
		if err != nil {
			return s, fmt.Errorf("%s: %w", file, err)
		}
		s.texts = append(s.texts, t)
	}
	return s, nil
}

// readWords reads what a site says of itself in a further language: site.br.md, with the keys of site.md.
func (s *site) readWords(lang string) error {
	fields, body, err := readFile(path.Join("content", s.slug, "site."+lang+".md"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	words := press.SiteWords{Charter: body}
	for _, f := range fields {
		switch f.Key {
		case "name":
			words.Name = f.Value
		case "tagline":
			words.Tagline = f.Value
		case "section":
			parts := split(f.Value, "|")
			i := slices.IndexFunc(s.sections, func(c section) bool { return c.slug == parts[0] })
			if i < 0 || len(parts) != 3 {
				return fmt.Errorf("site.%s.md: section %q", lang, f.Value)
			}
			if s.sections[i].words == nil {
				s.sections[i].words = map[string]press.SectionWords{}
			}
			s.sections[i].words[lang] = press.SectionWords{Name: parts[1], Description: parts[2]}
		default:
			return fmt.Errorf("site.%s.md: unknown key %q", lang, f.Key)
		}
	}
	if s.words == nil {
		s.words = map[string]press.SiteWords{}
	}
	s.words[lang] = words
	return nil
}

func readFile(name string) ([]frontmatter.Field, string, error) {
	data, err := content.ReadFile(name)
	if err != nil {
		return nil, "", err
	}
	fields, body, err := frontmatter.Parse(string(data))
	return fields, strings.TrimSpace(body), err
}

func readText(file string) (text, error) {
	t := text{
		file:     strings.TrimSuffix(strings.TrimPrefix(file, "content/"), ".md"),
		language: "fr", status: press.Published, signature: string(press.SignName),
	}
	fields, body, err := readFile(file)
	if err != nil {
		return t, err
	}
	t.body = body
	for _, f := range fields {
		if err := t.set(f.Key, f.Value); err != nil {
			return t, fmt.Errorf("%s: %w", f.Key, err)
		}
	}
	if t.form == "" || t.title == "" || len(t.authors) == 0 {
		return t, fmt.Errorf("needs a form, a title and an author")
	}
	return t, nil
}

func (t *text) set(key, value string) (err error) {
	switch key {
	case "form":
		t.form = value
	case "title":
		t.title = value
	case "standfirst":
		t.standfirst = value
	case "section":
		t.section = value
	case "language":
		t.language = value
	case "tags":
		t.tags = split(value, ",")
	case "author":
		t.authors = split(value, ",")
	case "signature":
		t.signature, t.pseudonym, _ = strings.Cut(value, ":")
		t.pseudonym = strings.TrimSpace(t.pseudonym)
	case "scribe":
		t.scribe = value
	case "photographer":
		t.photographer = value
	case "ago":
		t.ago, err = strconv.Atoi(value)
	case "status":
		t.status = press.Status(value)
	case "note":
		t.note = value
	case "remark": // its paragraph, from 1 | words | another wording
		parts := split(value, "|")
		if len(parts) != 3 {
			return fmt.Errorf("%q: want three parts", value)
		}
		r := atDesk{words: parts[1], instead: parts[2]}
		r.paragraph, err = strconv.Atoi(parts[0])
		t.remarks = append(t.remarks, r)
	case "licence":
		t.licence = press.LicenceID(value)
	case "translation-of":
		t.translationOf = value
	case "taken-from":
		parts := split(value, "|")
		if len(parts) != 4 {
			return fmt.Errorf("want title, address, author and licence")
		}
		t.takenFrom = press.Provenance{
			Kind: press.TakenUp, Title: parts[0], URL: parts[1], Author: parts[2], Licence: press.LicenceID(parts[3]),
		}
	case "picture":
		t.motif, t.seed, _ = strings.Cut(value, " ")
	case "alt":
		t.alt = value
	case "caption":
		t.caption = value
	case "gallery", "sound", "document":
		x, err := readExtra(key, value)
		if err != nil {
			return err
		}
		t.extras = append(t.extras, x)
	case "featured":
		t.featured = value == "yes"
	default:
		return fmt.Errorf("unknown key")
	}
	return err
}

func split(s, separator string) []string {
	var parts []string
	for _, part := range strings.Split(s, separator) {
		parts = append(parts, strings.TrimSpace(part))
	}
	return parts
}
