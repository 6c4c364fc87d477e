package write

import (
	"strings"

	"bourgeon/app/advising"
	"bourgeon/web/page"
)

// level says how easily the text is read.
func level(v *page.Visit, l advising.Level) string {
	switch l {
	case advising.LevelEasy:
		return v.T("easy to read")
	case advising.LevelFair:
		return v.T("quite easy to read")
	case advising.LevelHard:
		return v.T("asks for attention: shorter sentences and everyday words would help")
	}
	return ""
}

// minutes that the text takes to read.
func minutes(v *page.Visit, r advising.Reading) string {
	n := max(1, (r.Words+110)/220)
	return v.N("%d minute to read", "%d minutes to read", n, n)
}

// advice is a suggestion in words, with an example.
type advice struct{ Say, Example string }

func said(v *page.Visit, s advising.Suggestion) advice {
	switch s.Matter {
	case advising.TitleLong:
		return advice{v.T("Your title is long: %d characters. What would you shout to somebody on the other side of the street?", s.Count), v.T("Rather than “Feedback on the participatory workshop on bicycles that was held on Saturday”: “On Saturday, forty bicycles rolled again”.")}
	case advising.TitleShort:
		return advice{v.T("Your title is short. Who does what, and where?"), v.T("Rather than “Workshop”: “Trois-Dunes opens a bicycle workshop”.")}
	case advising.TitleShouts:
		return advice{v.T("A title in capitals is harder to read, and seems to shout."), v.T("Rather than “LARGE SALE”: “Large sale”.")}
	case advising.TitleStops:
		return advice{v.T("A title has no full stop."), ""}
	case advising.StandfirstNone:
		return advice{v.T("Two sentences of summary are read in lists and when your text is shared: many people read nothing else."), v.T("Each Saturday, six volunteers teach people to mend their bicycles. One comes with a breakdown, and leaves with a smile.")}
	case advising.StandfirstLeans:
		return advice{v.T("The summary begins with “%s”: alone in a list, nobody knows who or what that is.", s.Words), v.T("Rather than “It reopens on Saturday”: “The wash house reopens on Saturday”.")}
	case advising.WhenMissing:
		return advice{v.T("We found no date. When does it happen, or since when?"), v.T("on Saturday 3 May, from 2 pm")}
	case advising.WhoMissing:
		return advice{v.T("We found no name. Who does it, and where?"), v.T("Jeanne Kerbrat, at the wash house of Kerbalan")}
	case advising.PictureNone:
		return advice{v.T("A picture makes people stop. A photograph taken by you on your phone is enough."), ""}
	case advising.PicturesSilent:
		return advice{v.N("%d picture is not described: those who can’t see it are told nothing.", "%d pictures are not described: those who can’t see them are told nothing.", s.Count, s.Count), v.T("Three people mend a wheel under a blue awning.")}
	case advising.LinksVague:
		return advice{v.T("The link “%s” doesn’t say where it goes: name what one finds there.", s.Words), v.T("Rather than “click here”: “the programme of the festival”.")}
	case advising.LinksBare:
		return advice{v.T("The address %s reads badly: put it behind words.", s.Words), v.T("Rather than “https://…”: “the programme of the festival”.")}
	case advising.ParagraphLong:
		return advice{v.T("The paragraph that begins with “%s” has %d words: cut it where the idea changes.", s.Words, s.Count), ""}
	case advising.HeadingsNone:
		return advice{v.T("About %d words without a heading: two or three would let people find their way.", s.Count), ""}
	case advising.SentencesLong:
		return advice{v.T("A sentence has %d words: “%s” Could it be two?", s.Count, s.Words), ""}
	}
	return advice{}
}

// kindOfWriting is a way to write, with its advice and a plan to begin with.
type kindOfWriting struct {
	Key, Name, Pitch string
	Tips             []string
	Plan             []string // headings, or questions when spoken
	Spoken           bool
}

// outline is the plan as Markdown.
func (k kindOfWriting) outline() string {
	before, after := "## ", ""
	if k.Spoken {
		before, after = "**", "**"
	}
	var lines []string
	for _, line := range k.Plan {
		lines = append(lines, before+line+after)
	}
	return strings.Join(lines, "\n\n…\n\n") + "\n\n…"
}

// kindsOfWriting in the order of the interface.
func kindsOfWriting(v *page.Visit) []kindOfWriting {
	return []kindOfWriting{
		{
			Key: "news", Name: v.T("A piece of news"), Pitch: v.T("Something happens, or will: say it at once."),
			Tips: []string{
				v.T("Begin with the essential: who, what, where, when."),
				v.T("Then how and why, from the most important to the least."),
				v.T("End with what one can do: a date, an address, somebody to call."),
			},
			Plan: []string{v.T("What happens"), v.T("How and why"), v.T("To go further")},
		},
		{
			Key: "report", Name: v.T("The report of a meeting"), Pitch: v.T("What was said and decided, for those who weren’t there."),
			Tips: []string{
				v.T("Say first what was decided; the discussion comes after."),
				v.T("Gather what was said by subject, not in the order of the evening."),
				v.T("Name people with their consent, and quote exactly or not at all."),
			},
			Plan: []string{v.T("What was decided"), v.T("What was discussed"), v.T("What remains to be done: who, and by when")},
		},
		{
			Key: "portrait", Name: v.T("A portrait"), Pitch: v.T("Somebody, told through what they do."),
			Tips: []string{
				v.T("Begin with a scene: a gesture, a place, a sentence of theirs."),
				v.T("Let them speak: short quotations, in their own words."),
				v.T("Have them read it over before it is published."),
			},
			Plan: []string{v.T("A scene to meet them"), v.T("Where they come from"), v.T("What they do, and why"), v.T("What they wish for")},
		},
		{
			Key: "interview", Name: v.T("An interview"), Pitch: v.T("Questions and answers, in somebody’s own voice."), Spoken: true,
			Tips: []string{
				v.T("Introduce the person in three lines before the first question."),
				v.T("Keep the short questions, and the answers that surprised you."),
				v.T("Tidy spoken language without changing what it means, and have it read over."),
			},
			Plan: []string{v.T("How did it begin?"), v.T("What was hardest?"), v.T("What would you tell somebody who begins?")},
		},
		{
			Key: "review", Name: v.T("A review"), Pitch: v.T("A book, a show, a place: what you thought of it, and why."),
			Tips: []string{
				v.T("Say what it is before what you think of it."),
				v.T("Give an example for each opinion."),
				v.T("Say whom it is for, and where to find it."),
			},
			Plan: []string{v.T("What it is"), v.T("What I liked, and what I liked less"), v.T("For whom, and where to find it")},
		},
		{
			Key: "tutorial", Name: v.T("A tutorial"), Pitch: v.T("How to do something, step by step."),
			Tips: []string{
				v.T("Say what one will get, whom it is for, and how long it takes."),
				v.T("List what is needed before the first step."),
				v.T("One action for each step, and a picture where hands hesitate."),
			},
			Plan: []string{v.T("What one gets, and for whom"), v.T("What is needed"), v.T("The steps"), v.T("If it doesn’t work")},
		},
	}
}
