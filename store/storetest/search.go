package storetest

import (
	"testing"
	"time"

	"bourgeon/kit/terms"
	"bourgeon/press"
	"bourgeon/store"
)

var searches = []behaviour{
	{"search/finds in this order", testSearch},
	{"search/pages", testSearchPages},
	{"search/facets", testFacets},
	{"search/slips are guessed", testSlips},
	{"search/follows every change", testFollows},
	{"search/nobody anonymous", testSearchAnonymous},
	{"search/related", testRelated},
	{"search/a very long text", testLongText},
}

// testSearch asks both engines the same questions, which must get the same
// answers in the same order.
func testSearch(t *testing.T, w *World) {
	site := w.Site("mag")
	port := w.Section(site, "Pêche et marées")
	ana := w.Person("Ana Le Gall")
	in := func(year int) func(*press.Entry) {
		return func(e *press.Entry) { e.PublishedAt = time.Date(year, 5, 1, 0, 0, 0, 0, time.UTC) }
	}
	text := func(s string) func(*press.Entry) { return func(e *press.Entry) { e.Answers["text"] = []string{s} } }
	w.Entry(site, "Les ateliers vélo", press.Published, in(2020), text("Ils construisent des remorques."))
	w.Entry(site, "Journaux de quartier", press.Published, in(2021), By(ana), text("L’atelier d’écriture de l’école, un été."))
	w.Entry(site, "Une remorque", press.Published, in(2025), text("On la construit à l’atelier, pas à pas."), func(e *press.Entry) {
		e.Section, e.Tags = port.ID, []string{"Vélo"}
	})
	w.Entry(site, "Digue", press.Published, in(2026), func(e *press.Entry) {
		e.Standfirst, e.Answers["text"] = "Le journal du port.", []string{"La grande marée, et le vélo de Jean."}
	})
	w.Entry(site, "Gardening together", press.Published, in(2024), func(e *press.Entry) {
		e.Language, e.Answers["text"] = "en", []string{"Two gardeners share an atelier with the ferry’s crew."}
	})
	w.Entry(site, "C’hoari er straed", press.Published, in(2023), func(e *press.Entry) {
		e.Language, e.Answers["text"] = "br", []string{"Ar vugale a c’hoari e Brest."}
	})
	w.Entry(site, "Ateliers cachés", press.Proposed)

	const (
		velo, journaux, remorque, digue, garden, choari = "Les ateliers vélo", "Journaux de quartier", "Une remorque", "Digue", "Gardening together", "C’hoari er straed"
	)
	for query, want := range map[string][]string{
		"ateliers":                         {velo, remorque, garden, journaux}, // the title’s, then from the newest
		"ATELIER":                          {velo, remorque, garden, journaux},
		"l’atelier":                        {velo, remorque, garden, journaux},
		"d'atelier":                        {velo, remorque, garden, journaux},
		"vélos":                            {velo, remorque, digue}, // in the title, the tags, the text
		"velo":                             {velo, remorque, digue},
		"construire":                       {remorque, velo},
		"construisent":                     {remorque, velo},
		"journal":                          {journaux, digue},
		"ecole été":                        {journaux},
		"les ateliers de vélos":            {velo, remorque},
		"atelier vélo":                     {velo, remorque},
		`"atelier d’écriture"`:             {journaux},
		`"écriture atelier"`:               nil,
		`"grande marée"`:                   {digue},
		`"vélo ils"`:                       {velo, remorque, digue}, // ils is a stop word
		`"vélo construisent"`:              nil,                     // no phrase goes from the title to the text
		"atelier -vélo":                    {garden, journaux},
		`atelier -"construit à l’atelier"`: {velo, garden, journaux},
		"-atelier":                         {digue, choari},
		"jour*":                            {journaux, digue},
		"jour":                             nil,
		"gall":                             {journaux},
		"peche maree":                      {remorque}, // its section
		"gardeners":                        {garden},
		"gardening":                        {garden},
		"the crew":                         {garden},
		"c'hoari":                          {choari},
		"C’HOARI brest":                    {choari},
		"caché":                            nil,
		"%":                                {digue, remorque, garden, choari, journaux, velo},
		"":                                 {digue, remorque, garden, choari, journaux, velo},
		"introuvable":                      nil,
		"les":                              nil,
		`ete" OR "velo`:                    nil,
		"vélo & !port":                     {digue},
	} {
		s := store.Selection{Site: site.ID, Query: terms.Parse(query), Order: store.Relevance}
		same(t, "the query "+query, titles(must(w.Store.Entries(t.Context(), press.Viewer{}, s))(t)), want)
		if n := must(w.Store.CountEntries(t.Context(), press.Viewer{}, s))(t); n != len(want) {
			t.Errorf("%q counts %d, want %d", query, n, len(want))
		}
		s.Order = store.Newest
		if n := len(must(w.Store.Entries(t.Context(), press.Viewer{}, s))(t).Entries); n != len(want) {
			t.Errorf("%q, the newest first, finds %d, want %d", query, n, len(want))
		}
	}
	for query, want := range map[string][]string{
		"quar": {journaux}, "vel": {velo, remorque, digue}, "atelier quar": {journaux}, "v": nil, "l’éco": {journaux}, "cho": {choari},
	} {
		s := store.Selection{Site: site.ID, Query: terms.Parse(query).Typing(), Order: store.Relevance}
		same(t, "typing "+query, titles(must(w.Store.Entries(t.Context(), press.Viewer{}, s))(t)), want)
	}
	animator := w.Member("Anim", press.Animator, site.ID, "")
	s := store.Selection{Site: site.ID, Query: terms.Parse("caché"), Statuses: statuses, Order: store.Relevance}
	same(t, "an animator", titles(must(w.Store.Entries(t.Context(), animator, s))(t)), []string{"Ateliers cachés"})
	same(t, "a reader who asks for all", titles(must(w.Store.Entries(t.Context(), press.Viewer{}, s))(t)), []string(nil))
}

// testSearchPages: pages of a search neither repeat nor skip while people write.
func testSearchPages(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	var want []string
	for _, title := range []string{"a", "b", "c", "d vélo", "e", "f"} {
		w.Entry(site, title, press.Published, func(e *press.Entry) { e.Answers["text"] = []string{"un vélo"} })
	}
	want = []string{"d vélo", "f", "e", "c", "b", "a"}
	s := store.Selection{Site: site.ID, Query: terms.Parse("vélo"), Order: store.Relevance, Limit: 2}
	var got []string
	for i := 0; ; i++ {
		page := must(w.Store.Entries(ctx, press.Viewer{}, s))(t)
		got = append(got, titles(page)...)
		if i == 0 {
			w.Entry(site, "g vélo", press.Published) // comes first, and moves nothing
		}
		if page.Older == "" {
			if s.After, s.Before = page.Newer, ""; i < 2 {
				t.Fatalf("ended after %v", got)
			}
			break
		}
		s.Before = page.Older
	}
	same(t, "forwards", got, want)
	same(t, "backwards", titles(must(w.Store.Entries(ctx, press.Viewer{}, s))(t)), []string{"e", "c"})
}

func testFacets(t *testing.T, w *World) {
	ctx := t.Context()
	site, other := w.Site("mag"), w.Site("autre")
	port, quay := w.Section(site, "Port"), w.Section(site, "Quai")
	ana, bob := w.Person("Ana"), w.Person("Bob")
	at := func(year int, month time.Month, day int) func(*press.Entry) {
		return func(e *press.Entry) { e.PublishedAt = time.Date(year, month, day, 23, 30, 0, 0, time.UTC) }
	}
	w.Entry(site, "vélo un", press.Published, By(ana), at(2023, 12, 31), func(e *press.Entry) { // 2024 in Paris
		e.Section, e.Tags = port.ID, []string{"Fête", "Mer"}
	})
	w.Entry(site, "vélo deux", press.Published, By(ana), By(bob), at(2025, 3, 1), func(e *press.Entry) {
		e.Section, e.Tags, e.Language, e.Licence = quay.ID, []string{"fête"}, "br", "CC0-1.0"
	})
	w.Entry(site, "vélo trois", press.Published, at(2026, 3, 1), func(e *press.Entry) {
		e.Form, e.Section = w.Form(site, "brief").ID, port.ID
		e.Credits = []press.Credit{{Role: press.Author, Kind: press.SignAnonymous, Person: bob.ID}}
	})
	w.Entry(site, "port", press.Published, at(2020, 1, 1))
	w.Entry(site, "vélo caché", press.Proposed, By(bob))
	w.Entry(other, "vélo ailleurs", press.Published, at(2026, 3, 1))

	paris := must(time.LoadLocation("Europe/Paris"))(t)
	q := terms.Parse("vélos")
	values := func(all []press.Facet) (list []string) {
		for _, f := range all {
			list = append(list, f.Value+" "+string(rune('0'+f.Entries)))
		}
		return list
	}
	check := func(name string, f press.Facets, want map[string][]string) {
		t.Helper()
		for kind, got := range map[string][]press.Facet{
			"site": f.Sites, "form": f.Forms, "section": f.Sections, "tag": f.Tags, "author": f.Authors, "year": f.Years,
			"licence": f.Licences, "language": f.Languages,
		} {
			same(t, name+": "+kind, values(got), want[kind])
		}
	}
	all := must(w.Store.Facets(ctx, press.Viewer{}, store.Selection{Site: site.ID, Query: q}, paris))(t)
	check("a site", all, map[string][]string{
		"form": {"article 2", "brief 1"}, "section": {"port 2", "quai 1"}, "tag": {"fete 2", "mer 1"}, "author": {"ana 2", "bob 1"},
		"year": {"2026 1", "2025 1", "2024 1"}, "licence": {"CC-BY-SA-4.0 2", "CC0-1.0 1"}, "language": {"fr 2", "br 1"},
	})
	if all.Total != 3 || all.Forms[0].Name.In("fr") == "" || all.Sections[0].Label != "Port" || all.Authors[1].Label != "Bob" {
		t.Errorf("%+v", all)
	}
	check("narrowed", must(w.Store.Facets(ctx, press.Viewer{}, store.Selection{
		Site: site.ID, Query: q, Tag: "fete", Language: "br", Licence: "CC0-1.0", FormSlug: "article", Byline: "",
	}, paris))(t), map[string][]string{
		"form": {"article 1"}, "section": {"quai 1"}, "tag": {"fete 1"}, "author": {"ana 1", "bob 1"}, "year": {"2025 1"},
		"licence": {"CC0-1.0 1"}, "language": {"br 1"},
	})
	check("the network", must(w.Store.Facets(ctx, press.Viewer{}, store.Selection{Query: q, FormSlug: "article"}, time.UTC))(t), map[string][]string{
		"site": {"mag 2", "autre 1"}, "form": {"article 3"}, "tag": {"fete 2", "mer 1"}, "author": {"ana 2", "bob 1"},
		"year": {"2026 1", "2025 1", "2023 1"}, "licence": {"CC-BY-SA-4.0 2", "CC0-1.0 1"}, "language": {"fr 2", "br 1"},
	})
	check("nothing", must(w.Store.Facets(ctx, press.Viewer{}, store.Selection{Site: site.ID, Query: terms.Parse("rien")}, paris))(t), nil)
}

func testSlips(t *testing.T, w *World) {
	ctx := t.Context()
	site, other := w.Site("mag"), w.Site("autre")
	w.Entry(site, "La bibliothèque du port", press.Published)
	w.Entry(site, "L’atelier vélo", press.Published)
	w.Entry(site, "Un secret de mademoiselle", press.Proposed)
	w.Entry(other, "Le marché", press.Published)
	for query, want := range map[string]string{
		"biblioteque": "bibliothèque", "bibliohtèque": "bibliothèque", "ibliothèque": "bibliothèque", "atleier": "atelier",
		"Atelir vélo": "atelier vélo", "vélo biblioteque": "", "velo": "", "introuvable": "", "mademoisele": "", "marhcé": "",
		"por": "", `"biblioteque"`: "", "biblioteque -vélo": "bibliothèque -vélo",
	} {
		s := store.Selection{Site: site.ID, Query: terms.Parse(query)}
		q, ok, err := w.Store.Guess(ctx, press.Viewer{}, s)
		if err != nil || ok != (want != "") || ok && q.String() != want {
			t.Errorf("%q is guessed %q, %t, %v; want %q", query, q, ok, err, want)
		}
	}
	if q, ok, _ := w.Store.Guess(ctx, press.Viewer{}, store.Selection{Query: terms.Parse("marhcé")}); !ok || q.String() != "marché" {
		t.Errorf("across the network: %q, %t", q, ok)
	}
}

// testFollows: what is written is found as soon as it is kept, and nothing
// that is no longer so.
func testFollows(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	port := w.Section(site, "Port")
	e := w.Entry(site, "Marée", press.Published, func(e *press.Entry) { e.Tags, e.Section = []string{"Digue"}, port.ID })
	finds := func(query string, want bool) {
		t.Helper()
		s := store.Selection{Site: site.ID, Query: terms.Parse(query)}
		if n := must(w.Store.CountEntries(ctx, press.Viewer{}, s))(t); (n == 1) != want {
			t.Errorf("%q finds %d", query, n)
		}
	}
	finds("marée digue port", true)
	e.Title = "Tempête"
	w.Write(func(tx *store.Tx) error { return tx.UpdateEntry(ctx, e) })
	finds("marée", false)
	finds("tempêtes", true)
	w.Write(func(tx *store.Tx) error { return tx.ReplaceTags(ctx, e, []press.Tag{{Slug: "quai", Label: "Quai"}}) })
	finds("digue", false)
	finds("quai", true)
	port.Name = "Rade"
	w.Write(func(tx *store.Tx) error { return tx.SaveSection(ctx, port) })
	finds("port", false)
	finds("rade", true)
	w.Write(func(tx *store.Tx) error {
		return w.credit(tx, e.ID, []press.Credit{{Role: press.Author, Kind: press.SignName, Name: "Zoé"}})
	})
	finds("zoe", true)
	for _, status := range []press.Status{press.Binned, press.Withdrawn, press.Published} {
		e.Status = status
		w.Write(func(tx *store.Tx) error { return tx.UpdateEntry(ctx, e) })
		finds("tempête", status == press.Published)
	}
	lost := w.Store.Write(ctx, func(tx *store.Tx) error {
		e.Title = "Perdue"
		if err := tx.UpdateEntry(ctx, e); err != nil {
			return err
		}
		return press.Problem(press.Conflict, "no")
	})
	fails(t, "a write that is undone", lost, press.Conflict)
	finds("perdue", false)
	finds("tempête", true)
}

func testSearchAnonymous(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	ana := w.Person("Ana Kermorvan")
	w.Entry(site, "Lettre", press.Published, func(e *press.Entry) {
		e.CreatedBy = ana.ID
		e.Credits = []press.Credit{{Role: press.Author, Kind: press.SignAnonymous, Name: "Ana Kermorvan", Person: ana.ID}}
	})
	w.Entry(site, "Poème", press.Published, func(e *press.Entry) {
		e.CreatedBy = ana.ID
		e.Credits = []press.Credit{{Role: press.Author, Kind: press.SignPseudonym, Name: "Goéland", Person: ana.ID}}
	})
	for query, want := range map[string]int{"kermorvan": 0, "ana": 0, "goéland": 1, "lettre": 1} {
		for _, v := range []press.Viewer{{}, w.Viewer(ana), press.Itself} {
			if n := must(w.Store.CountEntries(ctx, v, store.Selection{Query: terms.Parse(query)}))(t); n != want {
				t.Errorf("%q finds %d, want %d", query, n, want)
			}
		}
	}
	if q, ok, _ := w.Store.Guess(ctx, press.Viewer{}, store.Selection{Query: terms.Parse("kermorvam")}); ok {
		t.Errorf("a guess tells %q", q)
	}
	f := must(w.Store.Facets(ctx, press.Viewer{}, store.Selection{Site: site.ID}, time.UTC))(t)
	if len(f.Authors) != 1 || f.Authors[0].Label != "Goéland" {
		t.Errorf("authors: %+v", f.Authors)
	}
}

// testLongText: the last page of a novel is found, on engines that count
// places only so far.
func testLongText(t *testing.T, w *World) {
	site := w.Site("mag")
	var long []byte
	for i := range 30_000 {
		long = append(long, "mot"+string(rune('a'+i%26))+string(rune('a'+i/26%26))+string(rune('a'+i/676%26))+" "...)
	}
	w.Entry(site, "Roman", press.Published, func(e *press.Entry) { e.Answers["text"] = []string{string(long) + "épilogue final"} })
	for query, want := range map[string]int{"épilogues": 1, "motaaa épilogue": 1, `"motaaa motbaa"`: 1, `"final épilogue"`: 0, `"motzzz final"`: 0} {
		if n := must(w.Store.CountEntries(t.Context(), press.Viewer{}, store.Selection{Query: terms.Parse(query)}))(t); n != want {
			t.Errorf("%q finds %d, want %d", query, n, want)
		}
	}
}

func testRelated(t *testing.T, w *World) {
	ctx := t.Context()
	site, other := w.Site("mag"), w.Site("autre")
	port := w.Section(site, "Port")
	filed := func(section press.SectionID, tags ...string) func(*press.Entry) {
		return func(e *press.Entry) { e.Section, e.Tags = section, tags }
	}
	e := w.Entry(site, "Réparer une chaudière", press.Published, filed(port.ID, "Énergie", "Atelier"))
	w.Entry(site, "Deux mots", press.Published, filed(port.ID, "Énergie", "Atelier"))
	w.Entry(site, "Un mot", press.Published, filed("", "énergie"))
	w.Entry(site, "Chaudières d’hier", press.Published)
	w.Entry(site, "La rubrique", press.Published, filed(port.ID))
	w.Entry(site, "Rien", press.Published)
	w.Entry(site, "Une chaudière cachée", press.Proposed, filed(port.ID, "Énergie"))
	w.Entry(site, "Page d’énergie", press.Published, filed("", "Énergie"), func(e *press.Entry) { e.Form = w.Form(site, "page").ID })
	w.Entry(other, "Chaudière d’ailleurs", press.Published, filed("", "Énergie"))
	for _, v := range []press.Viewer{{}, press.Itself} {
		same(t, "related", titles(store.Page{Entries: must(w.Store.Related(ctx, v, e, 5))(t)}), []string{"Deux mots", "Un mot", "Chaudières d’hier", "La rubrique"})
	}
	same(t, "the first", titles(store.Page{Entries: must(w.Store.Related(ctx, press.Viewer{}, e, 1))(t)}), []string{"Deux mots"})
	alone := w.Entry(site, "Oh", press.Published)
	same(t, "nothing in common", len(must(w.Store.Related(ctx, press.Viewer{}, alone, 3))(t)), 0)
}
