package shape

import (
	"net/http"
	"slices"

	"bourgeon/app/gathering"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// vocabulary is a list of words, as it is written.
type vocabulary struct {
	press.Vocabulary
	All    []press.Vocabulary
	Lines  string
	Faults page.Faults
}

// Words lists the site's vocabularies, and makes one.
func (f *Face) Words(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := animator(v); err != nil {
		return err
	}
	return f.words(v, w, r, http.StatusOK, vocabulary{})
}

func (f *Face) words(v *page.Visit, w http.ResponseWriter, r *http.Request, status int, words vocabulary) error {
	var err error
	if words.All, err = f.Reader.Vocabularies(r.Context(), v.Viewer, v.Site.ID); err != nil {
		return err
	}
	h, err := f.head(r.Context(), v, v.T("Vocabularies"))
	if err != nil {
		return err
	}
	return page.RenderStatus(w, r, status, wordsPage(v, h, words))
}

// Vocabulary shows one list of words.
func (f *Face) Vocabulary(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := animator(v); err != nil {
		return err
	}
	words, err := f.Reader.VocabularyBySlug(r.Context(), v.Viewer, v.Site.ID, r.PathValue("slug"))
	if err != nil {
		return err
	}
	lines := ""
	for _, t := range words.Terms {
		lines += t.Label.In(v.Site.Language()) + "\n"
	}
	return f.words(v, w, r, http.StatusOK, vocabulary{Vocabulary: words, Lines: lines})
}

// SaveWords keeps a list of words.
func (f *Face) SaveWords(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := animator(v); err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	slug := r.PathValue("slug")
	_, err = f.Gatherer.SaveVocabulary(r.Context(), v.Viewer, v.Site, slug, in.Line("name"), linesOf(in.Text("terms")))
	if press.KindOf(err) == press.Invalid {
		words := vocabulary{Lines: in.Text("terms"), Faults: faultsOf(err)}
		words.Slug, words.Name = slug, press.Text{v.Site.Language(): in.Line("name")}
		return f.words(v, w, r, http.StatusUnprocessableEntity, words)
	}
	if err != nil {
		return err
	}
	return v.Done(w, r, "/desk/words", "saved")
}

// gathered is the answers to a question, and the passages gathered from them.
type gathered struct {
	Form       press.Form
	Question   press.Field
	Questions  []press.Field
	Words      []press.Vocabulary
	Vocabulary press.Vocabulary // under whose words one gathers
	Entries    []press.Entry
	Quotations []press.Quotation
	Typed      press.Quotation
	Word       string
	Faults     page.Faults
}

const maxRead = 100

// Gathering shows the answers to a question, to gather passages of them under words.
func (f *Face) Gathering(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	form, err := f.published(v, r)
	if err != nil {
		return err
	}
	return f.gathering(v, w, r, http.StatusOK, gathered{Form: form})
}

func (f *Face) gathering(v *page.Visit, w http.ResponseWriter, r *http.Request, status int, g gathered) error {
	ctx := r.Context()
	for _, field := range standing(g.Form) {
		if field.Kind == press.LongText && field.Public() {
			g.Questions = append(g.Questions, field)
		}
	}
	asked := r.FormValue("question")
	at := max(0, slices.IndexFunc(g.Questions, func(q press.Field) bool { return q.Key == asked }))
	if len(g.Questions) > 0 {
		g.Question = g.Questions[at]
	}
	var err error
	if g.Words, err = f.Reader.Vocabularies(ctx, v.Viewer, v.Site.ID); err != nil {
		return err
	}
	if len(g.Words) > 0 {
		asked := r.FormValue("words")
		g.Vocabulary = g.Words[max(0, slices.IndexFunc(g.Words, func(w press.Vocabulary) bool { return w.Slug == asked }))]
	}
	found, err := f.Reader.Entries(ctx, v.Viewer, store.Selection{Site: v.Site.ID, Form: g.Form.ID, Limit: maxRead, Body: true})
	if err != nil {
		return err
	}
	for _, e := range found.Entries {
		if e.Rendered[g.Question.Key] != "" {
			g.Entries = append(g.Entries, e)
		}
	}
	if g.Quotations, err = f.Reader.Quotations(ctx, v.Viewer, g.Form); err != nil {
		return err
	}
	h, err := f.head(ctx, v, v.T("Gather passages"))
	if err != nil {
		return err
	}
	h.Scripts = []string{"shape.js"}
	return page.RenderStatus(w, r, status, gatherPage(v, h, g))
}

// Gather files a passage under a word, or takes one away.
func (f *Face) Gather(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	form, err := f.published(v, r)
	if err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	back := at(form.ID, "/gather?question="+in.Line("question")+"&words="+in.Line("words"))
	if drop := in.Line("drop"); drop != "" {
		if err := f.Gatherer.Let(ctx, v.Viewer, form, press.QuotationID(drop)); err != nil {
			return err
		}
		return v.Done(w, r, back, "saved")
	}
	g := gathered{Form: form, Word: in.Line("word"), Typed: press.Quotation{
		Entry: press.EntryID(in.Line("entry")), Field: in.Line("question"), Words: in.Text("passage"), Vocabulary: in.Line("words"),
	}}
	err = f.Gatherer.Gather(ctx, v.Viewer, v.Site, form, g.Typed, g.Word)
	if press.KindOf(err) == press.Invalid {
		g.Faults = faultsOf(err)
		return f.gathering(v, w, r, http.StatusUnprocessableEntity, g)
	}
	if err != nil {
		return err
	}
	return v.Done(w, r, back+"#entry-"+string(g.Typed.Entry), "gathered")
}

// of are the passages gathered from an entry's answer.
func (g gathered) of(e press.Entry) []press.Quotation {
	return slices.DeleteFunc(slices.Clone(g.Quotations), func(q press.Quotation) bool { return q.Entry != e.ID || q.Field != g.Question.Key })
}

func (g gathered) wordOf(v *page.Visit, q press.Quotation) string {
	for _, words := range g.Words {
		for _, t := range words.Terms {
			if words.Slug == q.Vocabulary && t.Slug == q.Term {
				return t.Label.In(v.L.Lang())
			}
		}
	}
	return q.Term
}

// folder is a dossier as it is prepared.
type folder struct {
	press.Dossier
	Entries []press.Entry // in it, in order
	Others  []press.Entry // that may join it
	Forms   []press.Form
	Faults  page.Faults
}

// Dossiers lists the site's dossiers.
func (f *Face) Dossiers(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := animator(v); err != nil {
		return err
	}
	all, err := f.Reader.Dossiers(r.Context(), v.Viewer, v.Site.ID)
	if err != nil {
		return err
	}
	h, err := f.head(r.Context(), v, v.T("Dossiers"))
	if err != nil {
		return err
	}
	return page.Render(w, r, dossiersPage(v, h, all))
}

// Dossier shows one dossier, or a new one.
func (f *Face) Dossier(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := animator(v); err != nil {
		return err
	}
	d := press.Dossier{}
	if id := r.PathValue("id"); id != "new" {
		var err error
		if d, err = f.Reader.Dossier(r.Context(), v.Viewer, press.DossierID(id)); err != nil {
			return err
		}
		if d.Site != v.Site.ID {
			return nowhere()
		}
	}
	return f.folding(v, w, r, http.StatusOK, folder{Dossier: d})
}

func (f *Face) folding(v *page.Visit, w http.ResponseWriter, r *http.Request, status int, d folder) error {
	ctx := r.Context()
	for _, id := range d.Dossier.Entries {
		e, err := f.Reader.Entry(ctx, v.Viewer, id)
		switch kind := press.KindOf(err); {
		case err == nil:
			d.Entries = append(d.Entries, e)
		case kind != press.NotFound && kind != press.Gone:
			return err
		}
	}
	found, err := f.Reader.Entries(ctx, v.Viewer, store.Selection{Site: v.Site.ID, Limit: maxRead})
	if err != nil {
		return err
	}
	for _, e := range found.Entries {
		if !slices.Contains(d.Dossier.Entries, e.ID) && e.Address.FormSlug != "page" {
			d.Others = append(d.Others, e)
		}
	}
	h, err := f.head(ctx, v, v.T("Dossiers"))
	if err != nil {
		return err
	}
	return page.RenderStatus(w, r, status, folderPage(v, h, d))
}

// SaveDossier keeps a dossier, and does what its button says.
func (f *Face) SaveDossier(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := animator(v); err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	ctx, id := r.Context(), press.DossierID(r.PathValue("id"))
	if id == "new" {
		id = ""
	}
	do := in.Line("do")
	if id != "" && (do == "bin" || do == "recover") {
		if err := f.Gatherer.BinDossier(ctx, v.Viewer, v.Site.ID, id, do == "bin"); err != nil {
			return err
		}
		return v.Done(w, r, "/desk/dossiers", "saved")
	}
	draft := gathering.DossierDraft{
		ID: id, Title: in.Line("title"), Slug: in.Line("slug"), Introduction: in.Text("introduction"), Entries: arranged(in, do),
	}
	d, err := f.Gatherer.SaveDossier(ctx, v.Viewer, v.Site, draft)
	if press.KindOf(err) == press.Invalid {
		typed := press.Dossier{ID: id, Site: v.Site.ID, Title: draft.Title, Slug: draft.Slug, Introduction: draft.Introduction, Entries: draft.Entries}
		return f.folding(v, w, r, http.StatusUnprocessableEntity, folder{Dossier: typed, Faults: faultsOf(err)})
	}
	if err != nil {
		return err
	}
	if do == "publish" || do == "hide" {
		if err := f.Gatherer.ShowDossier(ctx, v.Viewer, v.Site.ID, d.ID, do == "publish"); err != nil {
			return err
		}
	}
	return v.Done(w, r, "/desk/dossiers/"+string(d.ID), "saved")
}

// arranged is the order of a dossier's contributions, as its buttons change it.
func arranged(in page.Form, do string) []press.EntryID {
	var all []press.EntryID
	for _, id := range in.All("entry") {
		if !in.Has("out-" + id) {
			all = append(all, press.EntryID(id))
		}
	}
	for _, id := range in.All("add") {
		all = append(all, press.EntryID(id))
	}
	if len(do) > 3 && (do[:3] == "up:" || do[:3] == "dn:") {
		at := slices.Index(all, press.EntryID(do[3:]))
		other := at - 1
		if do[:3] == "dn:" {
			other = at + 1
		}
		if at >= 0 && other >= 0 && other < len(all) {
			all[at], all[other] = all[other], all[at]
		}
	}
	return all
}
