package server

// Which zones a file is, by named's configuration: who set the server up has said so there, whatever the file says.

import (
	"slices"
	"strings"
	"sync"

	"github.com/mailzone/mailzone/zonefile"
)

// A Placement is what the configuration says of a file. The zero value: nothing.
type Placement struct {
	Zones     []Zone // that have their records in it, by name
	Directory string // that relative paths in it count from, as far as that is known
	Root      string // that absolute paths in it count from: named's chroot; "" if it has none
	By        string // the file that the configuration begins with
}

// Names is the names of the zones, each once.
func (p Placement) Names() []zonefile.Name {
	var names []zonefile.Name
	for _, z := range p.Zones {
		if len(names) == 0 || names[len(names)-1] != z.Name {
			names = append(names, z.Name)
		}
	}
	return names
}

// Placements tells what the configuration says of the file at a path, which is absolute and free of links. Nothing is known
// where there is no configuration. It is read at the first question, and the files are sorted for many.
func Placements(read func() (Configuration, error)) func(path string) Placement {
	type known struct {
		Configuration
		byPath map[string][]int
	}
	all := sync.OnceValue(func() known {
		c, err := read()
		if err != nil {
			return known{}
		}
		k := known{c, make(map[string][]int, len(c.Zones))}
		for i, z := range c.Zones {
			if z.Path != "" && z.end == "" {
				k.byPath[z.Path] = append(k.byPath[z.Path], i)
			}
		}
		return k
	})
	return func(path string) (p Placement) {
		k := all()
		for _, i := range k.byPath[path] {
			p.Zones = append(p.Zones, k.Zones[i])
		}
		if len(p.Zones) > 0 {
			p.Directory, p.Root, p.By = k.Directory, k.chroot, k.File
		}
		return p
	}
}

// Named is the zones of a name, in all views.
func (c Configuration) Named(name zonefile.Name) []Zone {
	at, _ := slices.BinarySearchFunc(c.Zones, name, func(z Zone, n zonefile.Name) int { return strings.Compare(string(z.Name), string(n)) })
	end := at
	for end < len(c.Zones) && c.Zones[end].Name == name {
		end++
	}
	return c.Zones[at:end]
}

// isAt reports whether the file of a zone is at a path, which is free of links. Where nobody knows what the file's path counts
// from, its end has to do.
func (z Zone) isAt(path string) bool {
	if z.end != "" {
		return strings.HasSuffix(path, z.end)
	}
	return z.Path != "" && z.Path == path
}

// leadsTo reports whether a path of a running named leads to one that is free of links.
func (c Configuration) leadsTo(of, path string) bool {
	if of == "" {
		return false
	}
	if !strings.HasPrefix(of, "/") && c.dir == "" {
		return strings.HasSuffix(path, joinConf("", of))
	}
	at, err := confRoot{dir: c.chroot}.resolved(joinConf(c.dir, of))
	return err == nil && at == path
}
