package server

// Which zone a file is, by named's configuration: who set the server up has said so there, whatever the file says.

import (
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// NamesOfFiles tells the zones whose file is at a path, which is absolute and free of links. The configuration is asked at
// the first question, once; where there is none nothing is known.
func NamesOfFiles() func(path string) []string {
	known := sync.OnceValue(func() map[string][]string {
		r, err := tool{name: "named-checkconf", args: []string{"-px"}, limit: hostingTime, most: 1 << 26}.run()
		if err != nil || r.failed() {
			return nil
		}
		return zonesByFile(readConf(r.text))
	})
	return func(path string) []string { return known()[path] }
}

// zonesByFile is the names of all zones of a configuration by the file that they have, each once.
func zonesByFile(conf statement) map[string][]string {
	options, _ := conf.get("options")
	dir, names := options.value("directory"), map[string][]string{}
	var look func(in statement)
	look = func(in statement) {
		for _, s := range in.body {
			switch {
			case len(s.words) < 2:
			case s.words[0] == "view":
				look(s)
			case s.words[0] == "zone" && isInternet(s) && s.value("file") != "":
				file := s.value("file")
				if !filepath.IsAbs(file) && dir != "" {
					file = filepath.Join(dir, file)
				}
				at, err := withoutLinks(file)
				if name := strings.ToLower(strings.TrimSuffix(s.words[1], ".")) + "."; err == nil && filepath.IsAbs(at) && !slices.Contains(names[at], name) {
					names[at] = append(names[at], name)
				}
			}
		}
	}
	look(conf)
	return names
}

// isInternet tells a zone of class IN.
func isInternet(zone statement) bool {
	return len(zone.words) < 3 || strings.EqualFold(zone.words[2], "IN")
}
