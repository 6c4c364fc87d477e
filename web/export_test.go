package web

// Probe adds routes to every site, for tests.
func (c *Config) Probe(routes ...Route) { c.probes = append(c.probes, routes...) }

// Programs are the routes of the API, for tests.
func Programs() []Route { return apiRoutes(nil) }
