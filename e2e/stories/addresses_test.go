package stories_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"bourgeon/kit/htmltest"
)

// fillSite publishes two articles, one in a section, with a picture and tags; it returns the address of the first.
func (n *network) fillSite() (article string) {
	n.t.Helper()
	keeps := n.enter(steward)
	keeps.get(n.at("/desk/sections")).want(http.StatusOK)
	keeps.press("#new button", fill{"name": {"Vie du port"}}).want(http.StatusOK)
	writes, animates := n.visitor(), n.enter(animator)
	writes.get(n.at("/write/article"))
	section := ""
	for _, option := range writes.page.All("[name=section] option") {
		if strings.Contains(option.Text(), "Vie du port") {
			section = option.Attr("value")
		}
	}
	n.propose(writes, author, contribution{title: "La criée rouvre", text: "Le premier samedi, nous étions *neuf*.", tags: "port, pêche", section: section, picture: photograph(n.t)})
	article = n.publish(animates, "La criée rouvre")
	writes.get(article + "/edit")
	writes.press("button[value=amend]", fill{"text": {"Le premier samedi, nous étions *dix*."}}).want(http.StatusOK)
	// From here on this writer is trusted: what follows appears at once.
	n.propose(writes, author, contribution{title: "Un vélo au fond du bassin", text: "On l’a repêché."})
	return article
}

// goAround crawls everything as a reader and as an animator, from the portal.
func (n *network) goAround(hosts ...string) {
	n.t.Helper()
	base, err := url.Parse(n.base)
	if err != nil {
		n.t.Fatal(err)
	}
	inside := func(u *url.URL) bool {
		for _, host := range hosts {
			if u.Host == host {
				return true
			}
		}
		return u.Host == base.Host && strings.HasPrefix(u.Path, base.Path)
	}
	pages := 0
	for _, c := range []*client{n.visitor(), n.enter(animator), n.enter(steward)} {
		c.crawl(n.base+"/", inside, func(c *client) {
			pages++
			if c.page.Node == nil {
				return
			}
			for _, link := range c.page.All("a[href]") {
				if target, err := c.url.Parse(link.Attr("href")); err == nil && !inside(target) && !strings.HasPrefix(target.Host, "creativecommons.org") && target.Scheme != "mailto" {
					n.t.Errorf("%s has a link out, to %s", c.url, target)
				}
			}
		})
		c.crawl(n.at("/desk"), inside, func(*client) { pages++ })
	}
	n.t.Logf("%d pages", pages)
}

func TestSiteUnderAPath(t *testing.T) {
	n := open(t)
	n.fillSite()
	n.goAround()
}

func TestSiteOnItsOwnDomain(t *testing.T) {
	n := prepare(t, "", "--trust-proxy")
	_, port, _ := net.SplitHostPort(n.listen)
	n.base, n.site = "http://reseau.test:"+port, "http://bourg.test:"+port
	n.run("site", "move", "bourg", "--host", "bourg.test")
	n.start()
	article := n.fillSite()
	if !strings.HasPrefix(article, n.site+"/") {
		t.Errorf("the article is at %s", article)
	}
	n.goAround("bourg.test:" + port)

	// In the browser: the whole path of writing, with cookies of that domain.
	writer := n.someone()
	n.signIn(writer, author)
	writer.Open(n.site + "/")
	writer.Follow("Écrire")
	writer.Follow("a[href$='/write/article']")
	writer.Fill("[name=title]", "Depuis notre domaine")
	compose(writer, "Tout tient.")
	writer.Press("button[value=preview]")
	writer.Follow("main a.button[href*='/sign']")
	writer.Check("[name=charter]")
	writer.Press("main form .button")
	writer.See("Merci")
	if at := writer.URL(); !strings.HasPrefix(at, n.site) {
		t.Errorf("the path ends at %s", at)
	}
	silent(t, writer)
}

// TestBehindAProxyUnderAPath: the network answers under https-like front, at an address with a path.
func TestBehindAProxyUnderAPath(t *testing.T) {
	var upstream *url.URL
	proxy := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(upstream)
		r.SetXForwarded()
		if !strings.HasPrefix(r.In.URL.Path, "/ecrire/") && r.In.URL.Path != "/ecrire" {
			t.Errorf("the proxy was asked for %s", r.In.URL)
		}
	}})
	t.Cleanup(proxy.Close)
	front, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	n := prepare(t, "http://territoire.test:"+front.Port()+"/ecrire", "--trust-proxy")
	upstream = &url.URL{Scheme: "http", Host: n.listen}
	n.start()
	n.fillSite()
	n.goAround()

	writer := n.someone()
	n.signIn(writer, author)
	writer.Open(n.at("/"))
	writer.Follow("Écrire")
	writer.Follow("a[href$='/write/article']")
	writer.Fill("[name=title]", "Derrière le mandataire")
	compose(writer, "Tout tient.")
	saved(t, writer)
	if at := writer.URL(); !strings.HasPrefix(at, n.site+"/draft/") {
		t.Errorf("the draft is at %s", at)
	}
	silent(t, writer)
}

// TestOldAddressesNeverDie moves a site, a section and an entry.
func TestOldAddressesNeverDie(t *testing.T) {
	n := open(t)
	article := n.fillSite()
	keeps := n.enter(steward)
	old := map[string]string{"the entry": article, "its history": article + "/history", "the section": n.at("/section/vie-du-port"), "the site": n.at("/")}

	keeps.get(n.at("/desk/published")).want(http.StatusOK)
	keeps.get(keeps.resolve(linkTo(t, keeps.page, "La criée rouvre"))).want(http.StatusOK)
	keeps.press("form[action*=/file] button", fill{"slug": {"la-halle-rouvre"}}).want(http.StatusOK)
	keeps.get(n.at("/desk/sections")).want(http.StatusOK)
	keeps.get(keeps.resolve(linkTo(t, keeps.page, "", "/desk/sections/"))).want(http.StatusOK)
	keeps.press("form[action*=/desk/sections/] .button", fill{"slug": {"port"}}).want(http.StatusOK)
	keeps.get(n.at("/desk/site/address")).want(http.StatusOK)
	keeps.press("main form .button", fill{"slug": {"ville"}}).want(http.StatusOK)
	n.site = n.base + "/ville"

	now := map[string]string{
		"the entry": n.at("/article/la-halle-rouvre"), "its history": n.at("/article/la-halle-rouvre/history"),
		"the section": n.at("/section/port"), "the site": n.at("/"),
	}
	reader := n.visitor()
	for what, address := range old {
		reader.get(address)
		if reader.status != http.StatusOK || !reader.moved || reader.url.String() != now[what] {
			t.Errorf("%s, once at %s, is now at %s (%d), want %s", what, address, reader.url, reader.status, now[what])
		}
	}
	n.goAround()
}

// linkTo finds the address of a link by its words, and by a part of the address if one is given.
func linkTo(t testing.TB, page htmltest.Node, words string, part ...string) string {
	t.Helper()
	for _, a := range page.All("main a[href]") {
		if strings.Contains(a.Text(), words) && (len(part) == 0 || strings.Contains(a.Attr("href"), part[0])) {
			return a.Attr("href")
		}
	}
	t.Fatalf("no link %q", words)
	return ""
}
