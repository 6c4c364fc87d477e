package stories_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestAnonymousMeansAnonymous looks for whoever signed without a name on every page that readers and animators reach.
func TestAnonymousMeansAnonymous(t *testing.T) {
	n := open(t)
	const email, name = "rozenn.secrete@example.org", "Rozenn Tevenn-Guzh"
	anonymous := fill{"kind": {"anonymous"}, "name": {""}, "charter": {"1"}}
	desk := n.enter(animator)

	writer := n.visitor()
	n.propose(writer, email, contribution{title: "Ce que je sais du port", text: "Un texte courageux.", tags: "port", sign: anonymous, picture: photograph(t)})
	writer.get(n.at("/me")).press("form[action=/bourg/me] button", fill{"name": {name}}).want(http.StatusOK)
	published := n.publish(desk, "Ce que je sais du port")
	writer.get(published + "/edit").want(http.StatusOK)
	writer.press("button[value=amend]", fill{"text": {"Un texte courageux, et repris."}, "note": {"Une précision"}}).want(http.StatusOK)
	n.propose(writer, email, contribution{title: "Un second texte", text: "Il attend encore.", sign: anonymous})

	person := n.sql(`select id from person where email = $1`, email)
	if person == "" {
		t.Fatal("the writer is not known")
	}
	secrets := []string{email, "rozenn", "tevenn", person}
	look := func(c *client) {
		said := strings.ToLower(c.body)
		for name, values := range c.header {
			said += "\n" + strings.ToLower(name+": "+strings.Join(values, " "))
		}
		for _, secret := range secrets {
			if at := strings.Index(said, strings.ToLower(secret)); at >= 0 {
				t.Errorf("%s holds %q: …%s…", c.url, secret, said[max(0, at-120):min(len(said), at+120)])
			}
		}
	}
	inside := func(u *url.URL) bool { return strings.HasPrefix(u.String(), n.base) }
	pages := 0
	count := func(c *client) { pages++; look(c) }
	reader := n.visitor()
	reader.crawl(n.at("/"), inside, count)
	for _, path := range []string{"/history", "/history/1", "/history/2", "/diff/1/2", "/source.md", "/embed", "/reuse"} {
		look(reader.get(published + path).want(http.StatusOK))
	}
	for _, path := range []string{"/search", "/authors", "/feed.atom?full=1", "/feed.rss?full=1", "/feed.json?full=1", "/feeds.opml", "/sitemap/pages.xml", "/journal"} {
		reader.get(n.at(path)).want(http.StatusOK)
		look(reader)
	}
	reader.get(n.at("/search?q=" + url.QueryEscape("tevenn")))
	if len(reader.page.All("main article")) > 0 {
		t.Errorf("a search for the name finds: %s", reader.says())
	}
	readers := pages
	desk.crawl(n.at("/desk"), inside, count)
	t.Logf("%d pages as a reader, %d as an animator", readers, pages-readers)
}
