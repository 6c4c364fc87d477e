package importing

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"bourgeon/kit/fold"
	"bourgeon/press"
)

// suggest guesses what the columns of a table are, by the names of the form's
// questions and what people usually call them.
func suggest(f press.Form, columns []string) []string {
	matched := make([]string, len(columns))
	taken := map[string]bool{}
	names := map[string]string{}
	for _, field := range f.Fields {
		if field.Gone || field.Kind.Silent() || field.Kind == press.Words || field.Kind == press.Inviter || field.Kind == press.Reference || field.Kind == press.Files {
			continue
		}
		names[fold.Text(field.Key)] = field.Key
		for _, label := range field.Label {
			names[fold.Text(label)] = field.Key
		}
		switch {
		case field.Role == press.RoleTitle:
			for _, name := range []string{"titre", "title", "nom", "name", "bf_titre"} {
				names[fold.Text(name)] = field.Key
			}
		case field.Role == press.RoleBody:
			for _, name := range []string{"texte", "text", "description", "contenu"} {
				names[fold.Text(name)] = field.Key
			}
		case field.Kind == press.PlaceKind:
			names["latitude"], names["lat"], names["longitude"], names["lon"], names["lng"] = field.Key+press.ColumnLat, field.Key+press.ColumnLat, field.Key+press.ColumnLon, field.Key+press.ColumnLon, field.Key+press.ColumnLon
			for _, name := range []string{"adresse", "address", "lieu", "ville", "commune"} {
				if names[name] == "" {
					names[name] = field.Key
				}
			}
		case field.Kind == press.Email:
			names["email"], names["mail"], names["courriel"], names["e mail"] = field.Key, field.Key, field.Key, field.Key
		case field.Kind == press.Link:
			names["url"], names["site"], names["site web"], names["lien"] = field.Key, field.Key, field.Key, field.Key
		case field.Kind == press.Phone:
			names["telephone"], names["tel"] = field.Key, field.Key
		case field.Kind == press.Pictures:
			names["image"], names["photo"], names["images"] = field.Key, field.Key, field.Key
		}
	}
	for _, name := range []string{"mots cles", "tags", "keywords"} {
		names[name] = press.ColumnTags
	}
	for _, name := range []string{"auteur", "autrice", "author", "signature"} {
		names[name] = press.ColumnAuthor
	}
	for i, column := range columns {
		if key := names[fold.Text(column)]; key != "" && !taken[key] {
			matched[i], taken[key] = key, true
		}
	}
	return matched
}

// read makes the content of an entry from a line, and tells what is wrong with
// it. A cell that an answer can't be read from is told; where the question must
// be answered, the line is left out.
func read(i press.ImportContent, f press.Form, row press.ImportRow, language string) (content press.Content, author string, published time.Time, notes []press.ImportNote) {
	content = press.Content{Answers: press.Answers{}, Language: language}
	columns := map[string]string{}
	for at, key := range i.Matched {
		if at >= len(row.Cells) || key == "" || press.Clean(row.Cells[at]) == "" {
			continue
		}
		cell := press.Clean(row.Cells[at])
		columns[key] = i.Columns[at]
		switch key {
		case press.ColumnTags:
			content.Tags = press.SplitTags(cell)
			continue
		case press.ColumnAuthor:
			author = press.CleanLine(cell)
			continue
		case press.ColumnDate:
			if day, ok := press.ReadDay(cell); ok {
				published = day
			} else {
				notes = append(notes, press.ImportNote{Line: row.Line, Column: i.Columns[at], Message: "“%s” isn’t read as a day.", Args: []string{short(cell)}})
			}
			continue
		}
		base, part, _ := strings.Cut(key, ".")
		if field, ok := f.ByKey(base); ok {
			content.Answers[base] = put(field, content.Answers[base], part, cell)
		}
	}
	content.Answers = f.Tidy(content.Answers)
	notes = append(notes, judge(f, &content, columns, row.Line)...)
	return content, author, published, notes
}

// put reads a cell into the answer to a field, or a part of it.
func put(f press.Field, answer []string, part, cell string) []string {
	switch f.Kind {
	case press.PlaceKind:
		p := make([]string, 4)
		copy(p, answer)
		if p[2] == "" {
			p[2] = string(press.Exact)
		}
		p[map[string]int{"lat": 0, "lon": 1, "": 3}[part]] = press.CleanLine(cell)
		return p
	case press.Period:
		days := make([]string, 2)
		copy(days, answer)
		if part == "to" {
			days[1] = cell
			return days
		}
		from, to, ranged := strings.Cut(strings.NewReplacer(" au ", " – ", " to ", " – ", " - ", " – ").Replace(cell), " – ")
		if days[0] = strings.TrimPrefix(from, "du "); ranged {
			days[1] = to
		}
		return days
	case press.Choices, press.People, press.Pictures:
		var all []string
		for piece := range strings.FieldsFuncSeq(cell, func(r rune) bool { return r == ';' || r == '|' || r == '\n' || r == ',' && f.Kind != press.Pictures }) {
			if f.Kind == press.Choices {
				piece, _ = f.OptionFor(piece)
			}
			all = append(all, piece)
		}
		return all
	case press.YesNo:
		for yes, words := range map[string][]string{"yes": {"oui", "yes", "vrai", "true", "1", "x"}, "no": {"non", "no", "faux", "false", "0"}} {
			for _, word := range words {
				if strings.EqualFold(word, cell) {
					return []string{yes}
				}
			}
		}
		return []string{cell}
	case press.Choice:
		key, _ := f.OptionFor(cell)
		return []string{key}
	}
	return []string{cell}
}

// judge tells the faults of a line, and takes off it the answers that can't be kept.
func judge(f press.Form, content *press.Content, columns map[string]string, line int) []press.ImportNote {
	var notes []press.ImportNote
	for _, field := range f.Fields {
		if field.Gone || field.Kind.Silent() || !f.Applies(field, content.Answers) {
			continue
		}
		answer := content.Answers[field.Key]
		if field.Kind == press.Pictures {
			continue // their addresses are tried later
		}
		field.When = nil
		for _, fault := range faults(press.Form{Fields: []press.Field{field}}.Check(press.Answers{field.Key: answer})) {
			note := press.ImportNote{Line: line, Column: columns[field.Key], Message: fault.Message, Grave: field.Required}
			for _, arg := range fault.Args {
				note.Args = append(note.Args, fmt.Sprint(arg))
			}
			if len(answer) > 0 {
				note.Message, note.Args = "“%s” can’t be read as an answer: it is left out.", []string{short(strings.Join(answer, ", "))}
				note.Grave = field.Required
				delete(content.Answers, field.Key)
			}
			notes = append(notes, note)
		}
	}
	if f.TitleIn(content.Answers, content.Language) == "" {
		for _, note := range notes {
			if note.Grave {
				return notes
			}
		}
		notes = append(notes, press.ImportNote{Line: line, Message: "The line gives no title.", Grave: true})
	}
	return notes
}

func short(s string) string {
	s = press.CleanLine(s)
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

func faults(err error) []press.FieldError {
	var e *press.Error
	if errors.As(err, &e) {
		return e.Fields
	}
	return nil
}
